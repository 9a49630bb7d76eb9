"""At a glance: about seven rows that answer what readers ask first, one line for each role on one axis."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from comparisons import formats
from comparisons.charts.canvas import Axis
from comparisons.charts.lanes import (
    Lane,
    Share,
    axis_of_bars,
    draw_bar,
    draw_point,
    draw_range,
    draw_shares,
)
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.judging.leads import choose_pay
from comparisons.language import messages
from comparisons.language.entry_education import SHORT_EDUCATION
from comparisons.language.plain_skills import plain_skill
from comparisons.language.titles import capital, with_article
from comparisons.language.verdict import what_follows
from comparisons.queries.official_skills import NEEDED, RatedSkill
from comparisons.views.sections.pairs import AllJobsMark, PairLine, PairRow, pair_line

# Key that pay is led by -> the keys of the ends of its bar.
PAY_ENDS = {
    "salary.annual_median": ("salary.annual_p10", "salary.annual_p90"),
    "salary.hourly_median": ("salary.hourly_p10", "salary.hourly_p90"),
}
_PAY_NAMES = {
    "salary.annual_median": "median a year",
    "salary.annual_average": "average a year",
    "salary.hourly_median": "median an hour",
    "salary.hourly_average": "average an hour",
}
# How many skills a role stands out for, and by how much of the five steps of importance at least.
MOST_SKILLS, LEAST_GAP = 3, Decimal("0.25")

# The four parts of the bar of education -> the levels that each sums up.
_EDUCATION_PARTS = {
    "no degree": ("less_than_high_school", "high_school", "some_college"),
    "associate’s": ("associate",),
    "bachelor’s": ("bachelor",),
    "master’s and up": ("master", "doctoral_or_professional"),
}


def glance_rows(comparison: Comparison) -> list[PairRow]:
    """The rows of the table at the top. What no role has is left out, and what is the same for all stands below it."""
    builders: tuple[Callable[[Comparison], PairRow | None], ...] = (
        _pay_row,
        _jobs_row,
        _growth_row,
        _openings_row,
        _education_row,
        _degree_row,
        _training_row,
        _experience_row,
        _time_row,
        _rated_skills_row,
        _listed_skills_row,
        _women_row,
    )
    built = [build(comparison) for build in builders]
    return [row for row in built if row is not None]


def _differing(comparison: Comparison, key: str) -> ComparisonLine | None:
    """The line of a key; None if no role has a value, or all have the same."""
    line = comparison.line(key)
    return None if line is None or line.empty or line.same else line


def _leads(line: ComparisonLine, index: int) -> bool:
    """Whether a role has more than all others; nobody leads where a value is missing."""
    values = [cell.value for cell in line.cells]
    if any(cell.missing for cell in line.cells) or len(line.publishers) > 1 or len(line.releases) > 1:
        return False
    return values[index] == max(values) and values.count(values[index]) == 1


def _doubts(comparison: Comparison, line: ComparisonLine) -> list[str]:
    """What to know before relying on the figures, by the markers of their roles."""
    notes = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        notes += [f"{side.marker} {doubt}" for doubt in cell.doubts]
    return notes


def _note(comparison: Comparison, words: str, line: ComparisonLine, rest: str = "") -> str:
    """Of what the figures are, with their month, or that their source gives none: `median a year, May 2025`."""
    markers: dict[str, list[str]] = {}
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        if not cell.missing:
            markers.setdefault(cell.release or "year not given", []).append(side.marker)
    when = ", ".join(markers)
    if len(markers) > 1:
        when = ", ".join(f"{' '.join(roles)} {release}" for release, roles in markers.items())
    return "; ".join(filter(None, [", ".join(filter(None, [words, when])), rest]))


def _pair_lines(
    comparison: Comparison, line: ComparisonLine, draw: Callable[[Side, Cell], Lane | None]
) -> list[PairLine]:
    lines = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        leads = _leads(line, side.index)
        lines.append(pair_line(side, cell, line.row.anchor, draw(side, cell), leads=leads))
    return lines


# -- pay ------------------------------------------------------------------------------------------


def leading_pay(comparison: Comparison) -> ComparisonLine | None:
    """The line of pay that the page speaks of; None where no role has a figure in it."""
    line = choose_pay(comparison)
    return line if line and any(not cell.missing for cell in line.cells) else None


def pay_ends(comparison: Comparison, key: str, index: int) -> tuple[Any, Any, str]:
    """Both ends of a role's bar of pay, None where it is not published, and what the bar is."""
    ends = []
    for end in PAY_ENDS.get(key, ()):
        line = comparison.line(end)
        ends.append(None if line is None or line.cells[index].missing else line.cells[index].value)
    if any(end is not None for end in ends):
        return ends[0], ends[1], "the middle 80%"
    span = comparison.line("salary.range") if key.startswith("salary.annual") else None
    if span is None or span.cells[index].missing:
        return None, None, ""
    low, high = span.cells[index].value
    return low, high, "the published range"


def _pay_row(comparison: Comparison) -> PairRow | None:
    line = leading_pay(comparison)
    if line is None:
        return None
    ends = [pay_ends(comparison, line.row.key, side.index) for side in comparison.sides]
    values = [cell.value for cell in line.cells if not cell.missing]
    amounts = [float(end) for low, high, _ in ends for end in (low, high) if end is not None]
    amounts += map(float, values)
    low, high = min(amounts), max(amounts)
    axis = Axis(low, high) if high > low else Axis(0, 2 * high or 1)

    def draw(side: Side, cell: Cell) -> Lane:
        start, stop, _ = ends[side.index]
        return draw_range(side.letter, (start, stop), None if cell.missing else cell.value, axis)

    notes = [
        _note(comparison, _PAY_NAMES[line.row.key], line, _describe_bars(comparison, [kind for _, _, kind in ends]))
    ]
    notes += _doubts(comparison, line)
    return PairRow("Pay", "pay", notes, _pair_lines(comparison, line, draw), what_follows(comparison, "pay"))


def _describe_bars(comparison: Comparison, kinds: Sequence[str]) -> str:
    """What the bars are, for which role where they are not the same for all."""
    by_kind: dict[str, list[str]] = {}
    for side, kind in zip(comparison.sides, kinds, strict=True):
        if kind:
            by_kind.setdefault(kind, []).append(side.marker)
    if len(by_kind) == 1:
        return f"bar: {next(iter(by_kind))}"
    return ", ".join([f"bar {' '.join(markers)}: {kind}" for kind, markers in by_kind.items()])


# -- jobs -----------------------------------------------------------------------------------------


def _bar_row(
    comparison: Comparison, key: str, label: str, anchor: str, note: str, of_all: Cell | None = None
) -> PairRow | None:
    """`of_all`: the figure of all jobs, which a line is drawn at."""
    line = _differing(comparison, key)
    if line is None:
        return None
    reference = float(of_all.value) if of_all else None
    axis = axis_of_bars([None if cell.missing else cell.value for cell in line.cells], reference)

    def draw(side: Side, cell: Cell) -> Lane:
        return draw_bar(side.letter, None if cell.missing else cell.value, axis, reference)

    lines = _pair_lines(comparison, line, draw)
    return PairRow(label, anchor, [note, *_doubts(comparison, line)], lines, what_follows(comparison, key))


def _jobs_row(comparison: Comparison) -> PairRow | None:
    line = comparison.line("outlook.job_count")
    if line is None:
        return None
    counted = "employees" if any(side.official for side in comparison.sides) else ""
    note = _note(comparison, counted, line)
    return _bar_row(comparison, "outlook.job_count", "Jobs today", "outlook", capital(note) if not counted else note)


def projected_years(comparison: Comparison) -> str:
    """The years of the projection as `2024–34`; "" where the roles' projections are of different years."""
    line = comparison.line("projection.years")
    spans = {cell.value for cell in line.cells if not cell.missing} if line else set()
    if len(spans) != 1:
        return ""
    base, target = spans.pop()
    return short_span(base, target) if base and target else ""


def short_span(base: int, target: int) -> str:
    """
    >>> short_span(2024, 2034), short_span(1999, 2009)
    ('2024–34', '1999–2009')
    """
    end = f"{target % 100:02d}" if base // 100 == target // 100 else f"{target}"
    return f"{base}–{end}"


def _without_years(
    row: PairRow | None, comparison: Comparison, key: str, write: Callable[[Any], str]
) -> PairRow | None:
    """The row with its figures alone, where the note has the years of all."""
    line = comparison.line(key)
    if row is None or line is None or not projected_years(comparison):
        return row
    lines = []
    for pair, cell in zip(row.lines, line.cells, strict=True):
        lines.append(pair if cell.missing else pair._replace(text=write(cell.value)))
    return row._replace(lines=lines)


def _growth_row(comparison: Comparison) -> PairRow | None:
    """Projected growth, or the rate of pages that do not say over how many years; both on one page of both kinds."""
    projected = _differing(comparison, "projection.growth_percent")
    published = _differing(comparison, "outlook.growth_percent")
    years = projected_years(comparison)
    if projected and published:
        return _mixed_growth_row(comparison, projected, published)
    if projected:
        key = "projection.growth_percent"
        of_all = comparison.all_jobs.get(key)
        note = " ".join(filter(None, ["change in jobs", years]))
        row = _bar_row(comparison, key, "Growth", "outlook", note, of_all)
        if row and of_all:
            row = row._replace(all_jobs=AllJobsMark(formats.percent(of_all.value), projected.row.anchor))
        return _without_years(row, comparison, key, formats.growth)
    if published is None:
        return None
    note = _note(comparison, "change in jobs", published, _NO_SPAN)
    return _bar_row(comparison, "outlook.growth_percent", "Growth rate", "outlook", note)


_NO_SPAN = "over how many years, the source does not say"


def _mixed_growth_row(comparison: Comparison, projected: ComparisonLine, published: ComparisonLine) -> PairRow:
    """One line for each role from the row that has its figure. Nobody leads: the figures are of different years."""
    cells = []
    without_span = []
    for side, cell, other in zip(comparison.sides, projected.cells, published.cells, strict=True):
        is_published = bool(cell.missing and not other.missing)
        cells.append((published, other) if is_published else (projected, cell))
        if is_published:
            without_span.append(side.marker)
    axis = axis_of_bars([None if cell.missing else cell.value for _, cell in cells])
    lines = []
    for side, (line, cell) in zip(comparison.sides, cells, strict=True):
        value = None if cell.missing else cell.value
        text = "" if value is None else formats.growth(value)
        lines.append(pair_line(side, cell, line.row.anchor, draw_bar(side.letter, value, axis), text=text))
    years = projected_years(comparison)
    notes = ["change in jobs, not over the same years", f"{' '.join(without_span)} {_NO_SPAN}"]
    if years:
        projecting = [side.marker for side in comparison.sides if side.marker not in without_span]
        notes.append(f"{' '.join(projecting)} {years}")
    return PairRow("Growth", "outlook", notes, lines, None)


def _openings_row(comparison: Comparison) -> PairRow | None:
    key = "projection.openings_per_year"
    years = projected_years(comparison)
    row = _bar_row(comparison, key, "Openings a year", "outlook", " ".join(filter(None, ["average", years])))
    return _without_years(row, comparison, key, formats.plain)


# -- getting in -----------------------------------------------------------------------------------


def education_shares(comparison: Comparison, index: int) -> list[Share]:
    """The four parts of the bar of education; none where a level is not published."""
    shares = []
    for name, levels in _EDUCATION_PARTS.items():
        total = 0.0
        for level in levels:
            line = comparison.line(f"attainment.{level}")
            if line is None or line.cells[index].missing:
                return []
            total += float(line.cells[index].value)
        shares.append(Share(name, total))
    return shares


def _education_row(comparison: Comparison) -> PairRow | None:
    line = comparison.line("requirements.education")
    shares = [education_shares(comparison, side.index) for side in comparison.sides]
    if line is None or line.empty or (line.same and not any(shares)):
        return None
    lines = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        lane = draw_shares(side.letter, shares[side.index])
        text = SHORT_EDUCATION.get(cell.text, cell.text)
        lines.append(pair_line(side, cell, line.row.anchor, lane, text=text))
    note = "typical entry"
    if any(shares):
        note += "; bar: what people in it have, from no degree to master’s and up"
    return PairRow("Education", "entry", [note], lines, what_follows(comparison, "education"))


def _degree_row(comparison: Comparison) -> PairRow | None:
    """The most common degree, where pages give that and not what is typically needed."""
    line = _differing(comparison, "education.degree")
    if line is None:
        return None
    published = [cell for cell in line.cells if not cell.missing]
    names = {cell.value[0] for cell in published}
    shares = [cell.value[1] for cell in published]
    follows = what_follows(comparison, "education") if comparison.line("requirements.education") is None else None
    if len(names) > 1 or None in shares:
        return _words_row(comparison, line, "Most common degree", "", follows)
    axis = Axis(0, 100)

    def draw(side: Side, cell: Cell) -> Lane:
        return draw_bar(side.letter, None if cell.missing else cell.value[1], axis)

    lines = []
    for pair, cell in zip(_pair_lines(comparison, line, draw), line.cells, strict=True):
        text = pair.text if cell.missing else formats.percent(cell.value[1])
        lines.append(pair._replace(text=text, leads=False))
    note = f"people in it with {with_article(published[0].value[0])}, the most common degree"
    return PairRow("Education", "entry", [note], lines, follows)


def _words_row(comparison: Comparison, line: ComparisonLine, label: str, note: str, follows: Any = None) -> PairRow:
    lines = [
        pair_line(side, cell, line.row.anchor, None) for side, cell in zip(comparison.sides, line.cells, strict=True)
    ]
    return PairRow(label, "", [note] if note else [], lines, follows)


def _told_of_all(comparison: Comparison, key: str) -> ComparisonLine | None:
    """The line of a key that is not the same for all, where every role has a value."""
    line = _differing(comparison, key)
    return None if line is None or any(cell.missing for cell in line.cells) else line


def _training_row(comparison: Comparison) -> PairRow | None:
    line = _told_of_all(comparison, "requirements.training")
    if line is None:
        return None
    follows = what_follows(comparison, "requirements.training")
    return _words_row(comparison, line, "Training", "typical, on the job", follows)


def _experience_row(comparison: Comparison) -> PairRow | None:
    line = _told_of_all(comparison, "requirements.work_experience")
    return None if line is None else _words_row(comparison, line, "Experience", "typical, in a related job")


def _time_row(comparison: Comparison) -> PairRow | None:
    line = _told_of_all(comparison, "entry.time")
    return None if line is None else _words_row(comparison, line, "Time to enter", "")


# -- skills ---------------------------------------------------------------------------------------


def outstanding_skills(comparison: Comparison, index: int) -> list[RatedSkill]:
    """The rated skills that a role needs more than every other rated role, the largest gap first: the important ones
    alone, if it has any."""
    ahead: list[tuple[Decimal, RatedSkill]] = []
    for skill in comparison.official.rated:
        if skill.kind != "rated":
            continue
        gap = _gap_ahead(skill, index)
        if gap is not None and gap >= LEAST_GAP:
            ahead.append((gap, skill))
    ahead.sort(key=lambda item: -item[0])
    important = [skill for _, skill in ahead if _is_important(skill, index)]
    return important or [skill for _, skill in ahead]


def _is_important(skill: RatedSkill, index: int) -> bool:
    entry = skill.entries[index]
    return entry is not None and entry.importance is not None and entry.importance >= NEEDED


def _gap_ahead(skill: RatedSkill, index: int) -> Decimal | None:
    """How much more important a skill is to a role than to any other; None where there is nothing to compare."""
    importances = [entry.importance if entry else None for entry in skill.entries]
    importance = importances[index]
    others = [value for place, value in enumerate(importances) if place != index and value is not None]
    return importance - max(others) if importance is not None and others else None


def _rated_skills_row(comparison: Comparison) -> PairRow | None:
    sources = comparison.official.sources["rated_skills"]
    if sum(source is not None for source in sources) < 2:
        return None
    lines = []
    for side, source in zip(comparison.sides, sources, strict=True):
        names = [plain_skill(skill.name) for skill in outstanding_skills(comparison, side.index)[:MOST_SKILLS]]
        text = capital(", ".join(names)) if names else "Nothing by a clear margin"
        missing = "" if source else side.absent.missing
        lines.append(PairLine(side.letter, side.title, text, missing, "" if missing else "rated-skills", False, None))
    than = "the other" if len(comparison.sides) == 2 else "the others"
    cited = next(source for source in sources if source)
    note = f"skills it needs more than {than}, {cited.short}"
    return PairRow("Stands out for", "skills", [note], lines, what_follows(comparison, "skills"))


def _listed_skills_row(comparison: Comparison) -> PairRow | None:
    lists = comparison.skills.lists
    if not any(lists):
        return None
    lines = []
    for side, entries in zip(comparison.sides, lists, strict=True):
        names = list(dict.fromkeys([entry.name for entry in entries]))[:MOST_SKILLS]
        missing = "" if names else side.cut_lists.get("skills", side.absent.missing)
        text = capital(", ".join(names))
        lines.append(PairLine(side.letter, side.title, text, missing, "skills" if names else "", False, None))
    follows = what_follows(comparison, "skills") if not any(comparison.official.sources["rated_skills"]) else None
    return PairRow("Skills listed", "skills", ["those named first"], lines, follows)


# -- people ---------------------------------------------------------------------------------------


def _women_row(comparison: Comparison) -> PairRow | None:
    line = _differing(comparison, "demographics.female_percent")
    if line is None:
        return None
    axis = Axis(0, 100)

    def draw(side: Side, cell: Cell) -> Lane:
        return draw_point(side.letter, None if cell.missing else cell.value, axis, 50)

    lines = [pair._replace(leads=False) for pair in _pair_lines(comparison, line, draw)]
    survey = messages.survey_notes(comparison.sides, [line])[0]
    years = [note[:1].lower() + note[1:].rstrip(".") for note in survey]
    note = ", ".join(["women", *years])
    return PairRow(
        "Who does it",
        "people",
        [f"{note}; the line is half", *_doubts(comparison, line)],
        lines,
        what_follows(comparison, "demographics.female_percent"),
    )
