"""Sentences on getting in: the time that it takes, and the degrees that people have."""

from comparisons import rows
from comparisons.comparison import Cell, Comparison
from comparisons.language.summary.sentence import (
    KnownValues,
    Part,
    Sentence,
    Words,
    find_values,
    place_between,
    select_values,
    write_sentence,
)

# Months that stand for the missing upper end of "more than 10 years".
_NO_END = 10_000


def write_entry(comparison: Comparison) -> Sentence | None:
    """None where one span lies within another: neither of the two takes longer."""
    line = comparison.line("entry.time")
    if line is None:
        return None
    spans = {index: _span(cell) for index, cell in enumerate(line.cells)}
    time = select_values(comparison, line, {index: span for index, span in spans.items() if span})
    if time is None:
        return None
    if time.all_same:
        longest = max((known.cell.text for known in time.values), key=len)  # it says what the time goes by
        return write_sentence(time, "Getting in takes the same time for ", time.everyone, f": {longest}")
    if _is_nested(time):
        return None
    longer, against = ("longer", ", against ") if time.two else ("longest", ", and shortest, ")
    comma = "" if time.two and "," not in time.lowest.cell.text else ","
    slow, quick = time.highest.part(time.highest.cell.text), time.lowest.part(time.lowest.cell.text)
    roles: list[Words] = [time.highest.sides, ": ", slow, against, quick, f"{comma} for ", time.lowest.sides]
    return write_sentence(time, f"Getting in takes {longer} for ", *roles, *place_between(time))


def _is_nested(time: KnownValues) -> bool:
    """Whether the span that begins first or last does not also end first or last."""
    ends: list[int] = [known.value[1] for known in time.values]
    return bool(max(ends) > time.highest.value[1] or min(ends) < time.lowest.value[1])


def _span(cell: Cell) -> tuple[int, int] | None:
    """Both ends in months; a span without an upper end is longer than any."""
    months = None if cell.missing else rows.months(cell.value)
    if months is None:
        return None
    low, high = months
    return low, _NO_END if high is None else high


def write_degrees(comparison: Comparison) -> Sentence | None:
    """The most common degrees, where all are known."""
    degrees = find_values(comparison, "education.degree")
    if degrees is None or degrees.without or any(known.value[0] is None for known in degrees.values):
        return None
    words: list[Words] = []
    for known in degrees.values:
        if words:
            words.append(" and " if known is degrees.values[-1] else ", ")
        words += [Part(known.cell.text, known.side.letter, known.side.marker), " for ", (known.side,)]
    return write_sentence(degrees, "The most common degree: ", *words)
