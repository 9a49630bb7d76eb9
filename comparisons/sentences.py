"""The computed summary: a sentence exists only when all of its values do."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from comparisons import formats, phrases, rows
from comparisons.comparison import Comparison, Line, Side
from comparisons.titles import in_prose, plural

# Two roles' pay is a toss-up when the averages are closer than this, in percent of the lower,
# and the ranges overlap by this much of the narrower. The words printed beside it are made from these.
TOSS_UP_GAP = 5
TOSS_UP_OVERLAP = 80
TOSS_UP = (
    f"We say toss-up when averages are less than {TOSS_UP_GAP}% apart and ranges overlap by {TOSS_UP_OVERLAP}% or more"
)

# Counts closer than this, in percent of the lower, are "about as many".
ABOUT = 5
# From this ratio on, "2.1 times as many" reads better than "110% more".
MANY_TIMES = 1.5
# How many skills a sentence names.
MOST_NAMED = 3
MOST_SENTENCES = 5


class Part(NamedTuple):
    """Words of a sentence; `letter` names the side that they belong to, and `marker` is its mark."""

    text: str
    letter: str = ""
    marker: str = ""


class Sentence(NamedTuple):
    parts: tuple[Part, ...]
    anchor: str
    anchor_label: str

    @property
    def text(self) -> str:
        return "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in self.parts)


def of(side: Side, text: str) -> Part:
    return Part(text, side.letter, side.marker)


def people(side: Side) -> Part:
    return of(side, plural(side.title))


def capital(part: Part) -> Part:
    return part._replace(text=part.text[:1].upper() + part.text[1:])


def in_short(comparison: Comparison) -> tuple[Sentence, ...]:
    """Up to five sentences on two roles or more, in the order of the page."""
    if len(comparison.sides) < 2:
        return ()
    makers: Sequence[Callable[[Comparison], Sentence | None]] = (pay, jobs, growth, entry, skills)
    return tuple(sentence for make in makers if (sentence := make(comparison)))[:MOST_SENTENCES]


def is_toss_up(gap_percent: float, overlap: float | None) -> bool:
    """
    >>> is_toss_up(2.6, 100), is_toss_up(2.6, 79.9), is_toss_up(5, 100), is_toss_up(2.6, None)
    (True, False, False, False)
    """
    return gap_percent < TOSS_UP_GAP and overlap is not None and overlap >= TOSS_UP_OVERLAP


def pay(comparison: Comparison) -> Sentence | None:
    line = _complete(comparison, "salary.annual_average")
    if line is None:
        return None
    (low, lowest), (high, highest) = _ends(comparison, line)
    if not low:
        return None
    gap = high - low
    share = float(100 * gap / low)
    many = len(comparison.sides) > 2
    if not gap:
        return _sentence(line, Part(f"{_all(comparison)} average {formats.dollars(low)} a year"))
    amount = f"{formats.dollars(gap)} ({_rounded(share)}%)"
    ranges = [
        value for side, value in zip(comparison.sides, _ranges(comparison), strict=True) if side in (lowest, highest)
    ]
    overlap = rows.overlap(*ranges) if len(ranges) == 2 and None not in ranges else None
    if is_toss_up(share, overlap) and not many:
        parts = [
            Part("Pay is a toss-up between "),
            people(highest),
            Part(" and "),
            people(lowest),
            Part(f": the averages are {amount} apart and the ranges overlap by {overlap:.0f}%. {TOSS_UP}"),
        ]
        return _sentence(line, *parts)
    parts = [capital(people(highest)), Part(" average "), of(highest, formats.dollars(high)), Part(" a year")]
    parts += [Part(", the most here: " if many else ", "), Part(f"{amount} more than "), people(lowest)]
    return _sentence(line, *parts, Part(" with "), of(lowest, formats.dollars(low)))


def jobs(comparison: Comparison) -> Sentence | None:
    line = _complete(comparison, "outlook.job_count")
    if line is None:
        return None
    (low, fewest), (high, most) = _ends(comparison, line)
    if not low:
        return None
    counts = [of(most, formats.plain(high)), Part(" against "), of(fewest, formats.plain(low))]
    more = how_many_more(high, low)
    if not more:
        return _sentence(line, Part("There are about as many jobs for "), *_everyone(comparison), Part(": "), *counts)
    link = " than for " if more.endswith("more") else " as for "
    return _sentence(
        line, Part(f"There are {more} jobs for "), people(most), Part(link), people(fewest), Part(": "), *counts
    )


def how_many_more(high: int, low: int) -> str:
    """One count against another, in the words that the summary and the chart share; "" where they are about equal.

    >>> how_many_more(160_000, 117_059), how_many_more(250_590, 117_059), how_many_more(119_000, 117_059)
    ('37% more', '2.1 times as many', '')
    """
    if 100 * (high - low) < ABOUT * low:
        return ""
    if high < MANY_TIMES * low:
        return f"{_rounded(float(100 * (high - low) / low))}% more"
    return f"{formats.times(high, low)} as many"


def growth(comparison: Comparison) -> Sentence | None:
    """Only where it differs: figures for whole occupation groups are equal for many roles."""
    line = _complete(comparison, "outlook.growth_percent")
    if line is None or line.same:
        return None
    (low, slowest), (high, fastest) = _ends(comparison, line)
    more, less = ("higher", "lower") if len(comparison.sides) == 2 else ("highest", "lowest")
    parts = [
        Part(f"The growth rate is {more} for "),
        people(fastest),
        Part(" with "),
        of(fastest, formats.growth(high)),
    ]
    parts += [Part(f" and {less} for "), people(slowest), Part(" with "), of(slowest, formats.growth(low))]
    return _sentence(line, *parts)


def entry(comparison: Comparison) -> Sentence | None:
    line = _complete(comparison, "entry.time")
    spans = [rows.months(cell.value) for cell in line.cells] if line else []
    if line is None or None in spans:
        return None
    if line.same:
        both = _all(comparison)
        return _sentence(line, Part(f"Getting in takes as long for {both.lower()}: {line.cells[0].text}"))
    ordered = sorted(zip(spans, comparison.sides, line.cells, strict=True), key=lambda each: _length(each[0]))
    (short, quick, quick_cell), (long, slow, slow_cell) = ordered[0], ordered[-1]
    if _length(short)[0] > _length(long)[0] or _length(short)[1] > _length(long)[1]:
        return None  # one band lies within the other: neither takes longer
    parts = [
        Part("Getting in takes longer for "),
        people(slow),
        Part(": "),
        of(slow, slow_cell.text),
        Part(", against "),
    ]
    return _sentence(line, *parts, of(quick, quick_cell.text), Part(" for "), people(quick))


def _length(span: Any) -> tuple[int, int]:
    """Both ends of a span in months; one without an upper end is longer than any."""
    low, high = span
    return low, 10_000 if high is None else high


def skills(comparison: Comparison) -> Sentence | None:
    if not all(comparison.skills.lists):
        return None
    everywhere = [match.name for match in comparison.skills.shared if all(match.entries)]
    if not everywhere:
        words = f"{_none_of(comparison)} lists; each list covers only a part of the work"
        return Sentence((Part(words),), "skills", "Skills")
    return Sentence((Part(f"{_all(comparison)} lists name {_named(everywhere)}"),), "skills", "Skills")


def _named(names: Sequence[str]) -> str:
    """
    >>> _named(["SQL", "Java"]), _named(["a", "b", "c", "d", "e"])
    ('SQL and Java', 'a, b, c and 2 more')
    """
    if len(names) <= MOST_NAMED + 1:
        return formats.listed(list(names))
    return formats.listed([*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"])


def moves(comparison: Comparison) -> Iterator[Sentence]:
    """What one role's list asks for beyond the other's, in both directions; only for two roles that both have lists."""
    if len(comparison.sides) != 2 or not all(comparison.skills.lists):
        return
    for start, goal in ((0, 1), (1, 0)):
        origin, target = comparison.sides[start], comparison.sides[goal]
        added = [skill.name for skill in comparison.skills.only[goal]]
        words = _named(added) if added else "nothing that is not on both lists"
        parts = [
            Part("Moving from "),
            of(origin, in_prose(origin.title)),
            Part(" to "),
            of(target, in_prose(target.title)),
        ]
        yield Sentence((*parts, Part(f" you would add {words}")), "skills", "Skills")


def coverage(comparison: Comparison) -> Iterator[Sentence]:
    """What share of the whole each role's list covers, so that absence is not read as proof."""
    for side, entries, cover in zip(comparison.sides, comparison.skills.lists, comparison.skills.cover, strict=True):
        if not entries:
            continue
        count = formats.counted(len(entries), "entry", "entries")
        words = f" has {count}" + (f" that add up to {cover}%" if cover is not None else " without shares")
        yield Sentence((Part("The list for "), of(side, in_prose(side.title)), Part(words)), "skills", "Skills")


def pair_teaser(pays: tuple[int | None, int | None], jobs: tuple[int | None, int | None]) -> str:
    """One line on why two roles are worth comparing.

    >>> pair_teaser((90615, 79670), (None, 5)), pair_teaser((36653, 36361), (None, None))
    ('$10,945 between the averages', 'Averages only $292 apart')
    >>> pair_teaser((None, 1), (200, 100)), pair_teaser((None, None), (None, None))
    ('2 times as many jobs for one', 'Set side by side by their publisher')
    """
    low, high = min(pays[0] or 0, pays[1] or 0), max(pays[0] or 0, pays[1] or 0)
    if low:
        gap = formats.dollars(high - low)
        return f"Averages only {gap} apart" if is_close(low, high) else f"{gap} between the averages"
    few, many = min(jobs[0] or 0, jobs[1] or 0), max(jobs[0] or 0, jobs[1] or 0)
    if few and many >= MANY_TIMES * few:
        return f"{formats.times(many, few)} as many jobs for one"
    return "Set side by side by their publisher"


def is_close(low: int, high: int) -> bool:
    return 100 * (high - low) < TOSS_UP_GAP * low


def _complete(comparison: Comparison, key: str) -> Line | None:
    line = comparison.line(key)
    return line if line and line.complete else None


def _ends(comparison: Comparison, line: Line) -> tuple[tuple[Any, Side], tuple[Any, Side]]:
    """The lowest value and the highest, each with its side."""
    valued = [(cell.value, side) for cell, side in zip(line.cells, comparison.sides, strict=True)]
    return min(valued, key=lambda each: each[0]), max(valued, key=lambda each: each[0])


def _ranges(comparison: Comparison) -> list[tuple[Any, Any] | None]:
    lows, highs = comparison.values("salary.annual_low"), comparison.values("salary.annual_high")
    return [(low, high) if None not in (low, high) else None for low, high in zip(lows, highs, strict=True)]


def _sentence(line: Line, *parts: Part) -> Sentence:
    if len(line.publishers) > 1:
        parts = (*parts, Part(f" (figures of different publishers: {formats.listed(list(line.publishers))})"))
    return Sentence(parts, line.row.anchor, line.row.label)


def _everyone(comparison: Comparison) -> Iterator[Part]:
    """The roles in a row, with commas and "and"."""
    for index, side in enumerate(comparison.sides):
        last = index == len(comparison.sides) - 1
        yield Part("" if not index else " and " if last else ", ")
        yield people(side)


def _all(comparison: Comparison) -> str:
    return phrases.EVERYONE[len(comparison.sides)].capitalize()


def _none_of(comparison: Comparison) -> str:
    return f"No skill stands on {phrases.EVERYONE[len(comparison.sides)]}"


def _rounded(share: float) -> str:
    """
    >>> _rounded(13.74), _rounded(0.8), _rounded(0.04)
    ('14', '0.8', 'under 0.1')
    """
    return f"{share:.0f}" if share >= 1 else f"{share:.1f}" if share >= 0.05 else "under 0.1"
