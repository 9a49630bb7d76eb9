"""Each figure of a comparison, described once as plain data; `drawing` and the browser's Plotly draw from it.

A figure exists when one role at least has its values. A role without them stands in it with the reason, never as
nought. Only what a source says is drawn: a pay range has two ends, and nobody knows which percentiles they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.comparison import Cell, Comparison, Line, Side
from comparisons.current import SkillEntry
from comparisons.formats import Number
from comparisons.rows import NOT_IN_SOURCE, overlap
from comparisons.sentences import how_many_more
from comparisons.sheet import GAP, LINE, MARKER, Anchor, Sheet, Spec, ticks, wrapped
from comparisons.titles import plural

# Characters that fit the width of the smallest phone, in the plain size; in bold; in the left half of a sheet.
WIDE, BOLD, HALF = 42, 36, 20
# The most skills drawn of one group; the table beneath holds all.
MOST_SKILLS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """`title` says what was found, `subtitle` the unit and the source. `spec` is the figure in Plotly's schema.

    `head` and `rows` are its table twin: the same figures as text, the first of each row being its name.
    """

    slug: str
    name: str
    title: str
    subtitle: str
    spec: Spec
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def alt(self) -> str:
        return f"{self.title}. The table that belongs to the chart holds every figure."


def figures(comparison: Comparison) -> tuple[Figure, ...]:
    """The figures that a comparison of one to four roles has values for, in the order of the page."""
    found = (draw(comparison) for draw in (pay, jobs, skills, demographics))
    return tuple(figure for figure in found if figure)


def validated_json(figure: Figure) -> str:
    """The figure for the browser's Plotly, as JSON that plotly itself has checked; ValueError names what is wrong."""
    # Inside, for it takes memory that a process which only serves pages need not spend.
    from plotly.graph_objects import Figure as PlotlyFigure

    spec: str = PlotlyFigure(figure.spec).to_json()
    return spec


# -- What figures share ---------------------------------------------------------------------------------------


def _cells(comparison: Comparison, key: str) -> tuple[Cell, ...]:
    line = comparison.line(key)
    absent = Cell(None, formats.MISSING, NOT_IN_SOURCE, ())
    return line.cells if line else (absent,) * len(comparison.sides)


# Publisher -> the markers of the roles whose values are its own.
Publishers = dict[str, list[str]]


def _publishers(sides: Sequence[Side], *lines: Sequence[Cell]) -> Publishers:
    found: Publishers = {}
    for cells in lines:
        for side, cell in zip(sides, cells, strict=True):
            if not cell.missing and cell.origins:
                markers = found.setdefault(cell.origins[0].source.publisher, [])
                markers += [] if side.marker in markers else [side.marker]
    return found


def _source(publishers: Publishers) -> str:
    """
    >>> _source({"Zippia": ["●", "◆"]})
    'Source: Zippia.'
    >>> _source({"Zippia": ["●", "▲"], "Jobicy": ["◆"]})
    'Sources: Zippia for ● and ▲, and Jobicy for ◆; they may count differently.'
    """
    if len(publishers) < 2:
        return "".join(f"Source: {publisher}." for publisher in publishers)
    each = [f"{publisher} for {formats.listed(markers)}" for publisher, markers in publishers.items()]
    return f"Sources: {', '.join(each[:-1])}, and {each[-1]}; they may count differently."


def _write_name(sheet: Sheet, side: Side, publishers: Publishers) -> None:
    """A role's name in its colour after its marker, and its publishers where a figure has several."""
    mine = [publisher for publisher, markers in publishers.items() if side.marker in markers]
    _write_heading(sheet, _named(side) + (f" ({', '.join(mine)})" if mine and len(publishers) > 1 else ""), side.letter)


def _write_heading(sheet: Sheet, text: str, part: str) -> None:
    for words in wrapped(text, BOLD):
        sheet.write(words, sheet.line(), part=part, bold=True)


def _named(side: Side) -> str:
    return f"{side.marker} {side.title}"


def _twin(name: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    return (name, *(cell.missing or cell.text for cell in cells))


def _titles(comparison: Comparison) -> tuple[str, ...]:
    return tuple(side.title for side in comparison.sides)


def _people(title: str) -> str:
    """The people of a title, at the start of a sentence.

    >>> _people("Lead Technician"), _people("iOS Developer"), _people("LPN"), _people("clerk")
    ('Lead technicians', 'iOS developers', 'LPNs', 'Clerks')
    """
    people = plural(title)
    return people if title[1:2].isupper() else people[0].upper() + people[1:]


def _known(comparison: Comparison, cells: Sequence[Cell]) -> list[tuple[Any, str]]:
    """The values there are, largest first, each with its role's title."""
    pairs = zip(cells, comparison.sides, strict=True)
    known = [(cell.value, side.title) for cell, side in pairs if not cell.missing]
    return sorted(known, key=lambda pair: pair[0], reverse=True)


def _from_to(name: str, known: Sequence[tuple[Number, str]], show: Callable[[Number], str]) -> str:
    """
    >>> _from_to("Average pay", [(90615, "Lead"), (62663, "Clerk")], formats.dollars)
    'Average pay: from $62,663 (Clerk) to $90,615 (Lead)'
    >>> _from_to("Average pay", [(90615, "Lead")], formats.dollars)
    'Average pay: $90,615 (Lead)'
    """
    ends = [f"{show(value)} ({title})" for value, title in known]
    return f"{name}: {ends[0]}" if len(ends) == 1 else f"{name}: from {ends[-1]} to {ends[0]}"


# -- Pay ------------------------------------------------------------------------------------------------------


class _Pay(NamedTuple):
    """What is drawn of one role: the two ends of its range, where both are known, and its average.

    `what` is "median" where the source gives that and no average.
    """

    range: Cell
    middle: Cell
    what: str

    @property
    def ends(self) -> tuple[int, int] | None:
        low, high = self.range.value or (None, None)
        return None if low is None or high is None else (low, high)

    @property
    def values(self) -> list[int]:
        return [*(self.ends or ()), *([] if self.middle.missing else [self.middle.value])]


def pay(comparison: Comparison) -> Figure | None:
    """Pay ranges as bars and averages as marks, all roles on one axis."""
    averages, medians = _cells(comparison, "salary.annual_average"), _cells(comparison, "salary.annual_median")
    ranges = _cells(comparison, "salary.annual_low")
    pays = [
        _Pay(span, median, "median") if average.missing and not median.missing else _Pay(span, average, "average")
        for span, average, median in zip(ranges, averages, medians, strict=True)
    ]
    values = [value for each in pays for value in each.values]
    if not values:
        return None
    publishers = _publishers(comparison.sides, ranges, [each.middle for each in pays])
    low, high = min(values), max(values)
    # A single value has no span of its own to stand in.
    sheet = Sheet(low, high, 0.18, 0.8) if low < high else Sheet(0.9 * low, 1.1 * high + 1, 0.18, 0.8)
    common = _common([each.ends for each in pays])
    for side, each in zip(comparison.sides, pays, strict=True):
        _write_name(sheet, side, publishers)
        _pay_lines(sheet, side, each, common)
        sheet.y += GAP
    for end in common or ():
        sheet.border(end)
    marks = ticks(sheet.low, sheet.high, 4)
    has_median = any(each.what == "median" for each in pays)
    key = ["the bar is the range" + (", darker where the ranges overlap" if common else ""), "the mark the average"]
    key += ["hollow where it is the median"] if has_median else []
    return Figure(
        "pay",
        "Pay",
        _pay_title(comparison, averages, [each.ends for each in pays]),
        f"US dollars a year: {'; '.join(key)}. {_source(publishers)}",
        sheet.spec(marks, [_thousands(mark) for mark in marks]),
        ("", *_titles(comparison)),
        (
            _twin("Average pay a year", averages),
            *([_twin("Median pay a year", medians)] if has_median else []),
            _twin("Pay range", ranges),
        ),
    )


def _pay_lines(sheet: Sheet, side: Side, pay: _Pay, common: tuple[int, int] | None) -> None:
    if not pay.values:
        reasons = dict.fromkeys([pay.range.missing or f"range {pay.range.text}", pay.middle.missing])
        sheet.write(", ".join(reasons), sheet.line(), part="soft")
        return
    if pay.middle.missing:
        sheet.write(f"average {pay.middle.missing}", sheet.line(), part="soft")
    else:
        share = (pay.middle.value - sheet.low) / (sheet.high - sheet.low)
        above: Anchor = "left" if share > 0.85 else "right" if share < 0.15 else "center"
        sheet.label(f"{pay.what} {pay.middle.text}", sheet.line(), pay.middle.value, part=side.letter, side=above)
    if not pay.ends:
        sheet.write(f"range {pay.range.missing or pay.range.text}", sheet.line(), part="soft")
    y = sheet.line()
    if pay.ends:
        sheet.bar(side.letter, y, *pay.ends, (side.title, pay.range.text), pale=True)
        low, high = pay.ends
        sheet.label(_thousands(low), y, low, part=side.letter, side="left")
        sheet.label(_thousands(high), y, high, part=side.letter)
        if common:
            sheet.bar(side.letter, y, *common, ("Where the ranges overlap", formats.dollar_range(*common)), pale=True)
    if not pay.middle.missing:
        says = (side.title, f"{pay.what} {pay.middle.text}")
        sheet.dot(side.letter, y, pay.middle.value, says, hollow=pay.what == "median")


def _thousands(value: Number) -> str:
    """
    >>> _thousands(67000), _thousands(32700), _thousands(36653), _thousands(60000.0)
    ('$67k', '$32.7k', '$36,653', '$60k')
    """
    return f"${value / 1000:g}k" if value and value % 100 == 0 else formats.dollars(value)


def _common(spans: Sequence[tuple[int, int] | None]) -> tuple[int, int] | None:
    """What all the ranges have in common, where there are two or more."""
    known = [span for span in spans if span]
    if len(known) < 2:
        return None
    low, high = max(span[0] for span in known), min(span[1] for span in known)
    return (low, high) if low < high else None


def _pay_title(comparison: Comparison, averages: Sequence[Cell], spans: Sequence[tuple[int, int] | None]) -> str:
    known = _known(comparison, averages)
    if len(known) != 2 or len(comparison.sides) != 2:
        return _from_to("Average pay", known, formats.dollars) if known else "Pay, as far as it is published"
    (most, better_paid), (least, _) = known
    finding = "The average pay is the same"
    if most > least:
        finding = f"{_people(better_paid)} average {formats.dollars(most - least)} more"
    share = overlap(*spans) if all(spans) else None
    if share is None:
        return finding
    if share == 100:  # all of the narrower one
        return f"{finding}; one range lies within the other"
    return f"{finding}; the ranges " + (f"overlap by {share:.0f}%" if share else "do not overlap")


# -- Jobs -----------------------------------------------------------------------------------------------------


def jobs(comparison: Comparison) -> Figure | None:
    """The number of jobs in each role, as bars from nought."""
    cells = _cells(comparison, "outlook.job_count")
    known = _known(comparison, cells)
    if not known:
        return None
    publishers = _publishers(comparison.sides, cells)
    sheet = Sheet(0, max(known[0][0], 1), 0, 0.72)
    for side, cell in zip(comparison.sides, cells, strict=True):
        _write_name(sheet, side, publishers)
        y = sheet.line()
        if cell.missing:
            sheet.write(cell.missing, y, part="soft")
        else:
            sheet.bar(side.letter, y, 0, cell.value, (side.title, formats.counted(cell.value, "job")))
            sheet.label(cell.text, y, cell.value, part=side.letter)
        sheet.y += GAP
    return Figure(
        "jobs",
        "Number of jobs",
        _jobs_title(comparison, known),
        f"Jobs in each role. {_source(publishers)}",
        sheet.spec(),
        ("", *_titles(comparison)),
        (_twin("Number of jobs", cells),),
    )


def _jobs_title(comparison: Comparison, known: Sequence[tuple[int, str]]) -> str:
    least, most = known[-1][0], known[0][0]
    if len(known) != 2 or len(comparison.sides) != 2 or not least:
        return _from_to("Number of jobs", known, formats.plain)
    if least == most:
        return "The number of jobs is the same"
    more = how_many_more(most, least)
    return f"{_people(known[0][1])} have {more} jobs" if more else "The number of jobs is about the same"


# -- Skills ---------------------------------------------------------------------------------------------------


Owners = tuple[SkillEntry | None, ...]


class _Group(NamedTuple):
    """Skills that the same roles list: (name, each role's entry)."""

    heading: str
    part: str
    skills: list[tuple[str, Owners]]


def skills(comparison: Comparison) -> Figure | None:
    """The bridge between the roles' skill lists: the first's own, the shared ones, the others' own.

    A bar is the share that the source gives a skill. A skill listed without one has its marker and no bar.
    """
    if not any(comparison.skills.lists):
        return None
    groups = _skill_groups(comparison)
    shares = [entry.percent for entries in comparison.skills.lists for entry in entries if entry.percent is not None]
    sheet = Sheet(0, max([*shares, 1]), 0.56, 0.84)
    for group in groups:
        _write_heading(sheet, group.heading, group.part)
        shown = group.skills[:MOST_SKILLS]
        with_bars = any(entry and entry.percent is not None for _, owners in shown for entry in owners)
        for name, owners in shown:
            (_skill_bars if with_bars else _skill_name)(sheet, comparison, name, owners)
        if len(group.skills) > MOST_SKILLS:
            sheet.write(f"and {len(group.skills) - MOST_SKILLS} more in the table", sheet.line(), part="soft")
        sheet.y += GAP
    return Figure(
        "skills",
        "Skills",
        _skills_title(comparison),
        _skills_subtitle(comparison, with_shares=bool(shares)),
        sheet.spec(),
        ("Skill", *_titles(comparison)),
        tuple((name, *map(_share, owners)) for group in groups for name, owners in group.skills),
    )


def _skill_groups(comparison: Comparison) -> list[_Group]:
    sides, found = comparison.sides, comparison.skills
    own = []
    for side, entries in zip(sides, found.only, strict=True):
        heading = f"{side.marker} Only {side.title}" if len(sides) > 1 else _named(side)
        if not found.lists[side.index]:
            heading = f"{_named(side)}: no list of skills"
        owned = [(entry.name, tuple(entry if each is side else None for each in sides)) for entry in entries]
        # Without skills of its own a role has no place here, unless to say that it has no list at all.
        own += [_Group(heading, side.letter, owned)] if owned or not found.lists[side.index] else []
    matches = [(match.name, match.entries) for match in found.shared]
    shared = [_Group(f"In {_several(comparison)}", "ink", matches)] if matches else []
    first = [group for group in own if group.part == sides[0].letter]
    return [*first, *shared, *own[len(first) :]]


def _several(comparison: Comparison) -> str:
    return "both lists" if len(comparison.sides) == 2 else "more than one list"


def _skill_name(sheet: Sheet, comparison: Comparison, name: str, owners: Owners) -> None:
    """A skill without bars has the whole width, after the markers of the roles that list it."""
    listing = [side for side, entry in zip(comparison.sides, owners, strict=True) if entry]
    for place, side in enumerate(listing):
        sheet.write(side.marker, sheet.y + LINE / 2, part=side.letter, indent=MARKER * place)
    for words in wrapped(name, WIDE - 2 * len(listing), 2):
        sheet.write(words, sheet.line(), indent=MARKER * len(listing))


def _skill_bars(sheet: Sheet, comparison: Comparison, name: str, owners: Owners) -> None:
    top = sheet.y
    lines = wrapped(name, HALF, 2)
    entries = [(side, entry) for side, entry in zip(comparison.sides, owners, strict=True) if entry]
    middle = top + LINE * max(len(lines), len(entries)) / 2
    for index, words in enumerate(lines):
        sheet.write(words, middle + LINE * (index - (len(lines) - 1) / 2), 0.53, anchor="right")
    for index, (side, entry) in enumerate(entries):
        y = middle + LINE * (index - (len(entries) - 1) / 2)
        if entry.percent is None:
            sheet.write(f"{side.marker} listed", y, sheet.left, part=side.letter)
        else:
            sheet.bar(side.letter, y, 0, entry.percent, (side.title, f"{name}, {formats.percent(entry.percent)}"))
            sheet.label(formats.percent(entry.percent), y, entry.percent, part=side.letter)
    sheet.y = top + LINE * max(len(lines), len(entries)) + 2


def _share(entry: SkillEntry | None) -> str:
    if entry is None:
        return "not listed"
    return "listed, no share" if entry.percent is None else formats.percent(entry.percent)


def _skills_title(comparison: Comparison) -> str:
    if len(comparison.sides) == 1:
        return formats.counted(_length(comparison.skills.lists[0]), "listed skill")
    if not all(comparison.skills.lists):
        return "Skills, as far as they are listed"
    names = [match.name for match in comparison.skills.shared]
    if not names:
        return f"No skill is on {_several(comparison)}"
    finding = f"{formats.counted(len(names), 'skill is', 'skills are')} on {_several(comparison)}"
    return f"{finding}: {names[0]}" if len(names) == 1 else finding


def _length(entries: Sequence[SkillEntry]) -> int:
    """How many skills: several entries may name one."""
    return len({entry.slug for entry in entries})


def _skills_subtitle(comparison: Comparison, *, with_shares: bool) -> str:
    """How much of each list the other one covers, in both directions; what the bars are; the source."""
    publishers: Publishers = {}
    for side in comparison.sides:
        if source := side.list_sources.get("skills"):
            publishers.setdefault(source.publisher, []).append(side.marker)
    shared, sentences = len(comparison.skills.shared), []
    if shared and len(comparison.sides) == 2:
        lengths = [_length(entries) for entries in comparison.skills.lists]
        first, second = (
            f"{formats.percent(round(100 * shared / length))} of the {length} listed for {side.marker}"
            for length, side in zip(lengths, comparison.sides, strict=True)
        )
        sentences.append(f"That is {first} and {second}.")
    if with_shares:
        sentences.append("Bars are the shares the source gives.")
    return " ".join([*sentences, _source(publishers)])


# -- Who does this work today ---------------------------------------------------------------------------------


def demographics(comparison: Comparison) -> Figure | None:
    """Shares of people as dots, a line for each category; equal shares are said to be no information."""
    lines = [
        line
        for line in comparison.section("people").lines
        if line.row.format is formats.percent and not all(cell.missing for cell in line.cells)
    ]
    if not lines:
        return None
    publishers = _publishers(comparison.sides, *(line.cells for line in lines))
    values = [float(cell.value) for line in lines for cell in line.cells if not cell.missing]
    sheet = Sheet(0, max([*values, 1]), 0.19, 0.79)
    absent = [
        side for side in comparison.sides if all(line.cells[side.index].missing for line in lines)
    ]  # said once, below, and not on every line
    for line in lines:
        sheet.write(line.row.label, sheet.line())
        _people_line(sheet, [side for side in comparison.sides if side not in absent], line)
        sheet.y += GAP
    for side in absent:
        for words in wrapped(f"{_named(side)}: {lines[0].cells[side.index].missing}", WIDE):
            sheet.write(words, sheet.line(), part=side.letter)
    marks = ticks(sheet.low, sheet.high)
    note = " Equal figures are no information to compare." if any(line.same for line in lines) else ""
    return Figure(
        "demographics",
        "Who does this work today",
        _people_title(comparison, lines),
        f"Percent of the people counted in each role now.{note} {_source(publishers)}",
        sheet.spec(marks, [formats.percent(round(mark)) for mark in marks]),
        ("", *_titles(comparison)),
        tuple(_twin(line.row.label, line.cells) for line in lines),
    )


def _people_line(sheet: Sheet, sides: Sequence[Side], line: Line) -> None:
    """The least and the most stand beside their dots; the rest are told apart by colour and marker."""
    y = sheet.line()
    known = [(line.cells[side.index], side) for side in sides if not line.cells[side.index].missing]
    known.sort(key=lambda pair: float(pair[0].value))
    (least, first), (most, last) = known[0], known[-1]
    for index, (cell, side) in enumerate(known):
        # Of dots on one spot only the lowest is filled, so that all are seen.
        covers = index > 0 and cell.value == known[index - 1][0].value
        sheet.dot(side.letter, y, cell.value, (side.title, f"{line.row.label}, {cell.text}"), hollow=covers)
    if least.value < most.value:
        sheet.link(least.value, most.value, y)
        sheet.label(least.text, y, least.value, part=first.letter, side="left")
        sheet.label(most.text, y, most.value, part=last.letter)
    elif len(known) == 1:
        sheet.label(most.text, y, most.value, part=last.letter)
    else:
        free: Anchor = "left" if most.value > sheet.high / 2 else "right"
        sheet.label(f"{most.text} each", y, most.value, part="soft", side=free)
    missing = [side for side in sides if line.cells[side.index].missing]
    if missing:
        told = f"{' '.join(side.marker for side in missing)} {line.cells[missing[0].index].missing}"
        sheet.write(told, sheet.line(), part="soft")


def _people_title(comparison: Comparison, lines: Sequence[Line]) -> str:
    """The widest gap between two roles, in percentage points; of equally wide ones the first."""
    if len(comparison.sides) == 1:
        return "Who does this work today"
    gaps = [(_gap(line), line.row.label) for line in lines if sum(not cell.missing for cell in line.cells) > 1]
    if not gaps:
        return "Published for one role only"
    gap, label = max(gaps, key=lambda pair: pair[0])
    if not gap:
        return "The same figures for all: no information to compare"
    return f"The widest gap is {formats.counted(gap, 'percentage point')}: {label}"


def _gap(line: Line) -> Number:
    values: list[Number] = [cell.value for cell in line.cells if not cell.missing]
    return max(values) - min(values)  # type: ignore[operator]  # one row's values are of one type
