"""A sentence on the time that getting in takes."""

from comparisons import formats
from comparisons.comparison import Cell, Comparison
from comparisons.language.messages.row_notes import mixed_figures
from comparisons.language.parts import Part, Sentence, Words, finish_sentence
from comparisons.language.row_values import ComparedValues, select_values

# Months that stand for the missing upper end of "more than 10 years".
_NO_END = 10_000


def write_entry(comparison: Comparison) -> Sentence | None:
    """None where one span lies within another: neither of the two takes longer."""
    line = comparison.by_key.get("entry.time")
    if line is None:
        return None
    spans = {index: _span(cell) for index, cell in enumerate(line.cells)}
    time = select_values(comparison, line, {index: span for index, span in spans.items() if span})
    if time is None:
        return None
    if time.all_same:
        longest = max((role_value.cell.text for role_value in time.values), key=len)  # it says what the time goes by
        return _write(time, "Getting in takes the same time for ", time.everyone, f": {longest}")
    if _is_nested(time):
        return None
    slow, quick = time.highest.part(time.highest.cell.text), time.lowest.part(time.lowest.cell.text)
    roles: list[Words] = [time.highest.sides, ": ", slow]
    if not time.two:
        roles += ["; it is quickest for ", time.lowest.sides, ": ", quick]
        return _write(time, "Getting in takes longest for ", *roles, *_place_between(time))
    comma = "," if "," in time.lowest.cell.text else ""
    return _write(time, "Getting in takes longer for ", *roles, ", against ", quick, f"{comma} for ", time.lowest.sides)


def _is_nested(time: ComparedValues) -> bool:
    """Whether the span that begins first or last does not also end first or last."""
    ends: list[int] = [role_value.value[1] for role_value in time.values]
    return bool(max(ends) > time.highest.value[1] or min(ends) < time.lowest.value[1])


def _span(cell: Cell) -> tuple[int, int] | None:
    """Both ends in months; a span without an upper end is longer than any."""
    months = None if cell.missing else formats.months(cell.value)
    if months is None:
        return None
    low, high = months
    return low, _NO_END if high is None else high


def _place_between(time: ComparedValues) -> list[Words]:
    """The roles that a sentence on the two ends leaves out, each with its value."""
    words: list[Words] = []
    for role_value in time.between:
        link = "; in between are "
        if words:
            link = " and " if role_value is time.between[-1] else ", "
        text = Part(role_value.cell.text, role_value.side.letter, role_value.side.marker)
        words += [link, (role_value.side,), " with ", text]
    return words


def _write(time: ComparedValues, *words: Words) -> Sentence:
    """Names the publishers where there are several, and the roles without a time."""
    notes = [mixed_figures([(role_value.side.marker, role_value.cell) for role_value in time.values])]
    return finish_sentence(words, "figure", without=time.without, notes=list(filter(None, notes)))
