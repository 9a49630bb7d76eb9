"""At a glance: about seven rows that answer what readers ask first, one line for each role on one axis."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.charts.lanes import (
    Axis,
    Share,
    draw_bar,
    draw_bars,
    draw_halves,
    draw_range,
    draw_shares,
    fit_axis_to_marks,
)
from comparisons.comparison import Cell, Comparison, ComparisonLine
from comparisons.judging.leads import choose_pay
from comparisons.language.amounts import PAY_NAMES
from comparisons.language.demands import SHORT_EDUCATION
from comparisons.language.messages import figure_origins
from comparisons.language.plain_skills import simplify_skill
from comparisons.language.verdict import Takeaway, find_takeaway
from comparisons.rows import note_anchor
from comparisons.titles import add_article, capitalize, spell_skill
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.pairs import (
    AllJobsMark,
    PairLine,
    PairRow,
    build_pair_line,
    build_pair_lines,
    list_doubts,
    write_note,
)

# How many skills are named that a role stands out for.
_MOST_SKILLS = 3


def build_glance_rows(comparison: Comparison) -> list[PairRow]:
    """The rows of the table at the top. What no role has is left out, and what is the same for all stands below it."""
    rows = [
        _build_pay_row(comparison),
        _build_jobs_row(comparison),
        _build_growth_row(comparison),
        _build_openings_row(comparison),
        _build_education_row(comparison),
        _build_degree_row(comparison),
        *_build_demand_rows(comparison),
        _build_rated_skills_row(comparison),
        _build_listed_skills_row(comparison),
        _build_women_row(comparison),
    ]
    return [row for row in rows if row is not None]


def _build_rated_skills_row(comparison: Comparison) -> PairRow | None:
    sources = comparison.official_skills.sources["rated_skills"]
    rated_sources = list(filter(None, sources))
    if len(rated_sources) < 2:
        return None
    lines = []
    for side, source in zip(comparison.sides, sources, strict=True):
        names = [
            simplify_skill(need.skill.name)
            for need in comparison.official_skills.needs["rated"][side.index][:_MOST_SKILLS]
        ]
        text = capitalize(", ".join(names)) if names else "No important skill by a clear margin"
        missing = "" if source else side.absent.missing
        lines.append(PairLine(side.letter, side.title, text, missing, "" if missing else note_anchor("rated_skills")))
    than = "the other" if len(comparison.sides) == 2 else "the others"
    note = f"skills it needs more than {than}, {cite_pages(rated_sources[:1])[0]}"
    return PairRow("Stands out for", "skills", [note], lines, find_takeaway(comparison, "skills"))


def _build_listed_skills_row(comparison: Comparison) -> PairRow | None:
    lists = comparison.skills.lists
    if not any(lists):
        return None
    lines = []
    for side, entries in zip(comparison.sides, lists, strict=True):
        names = list(dict.fromkeys([spell_skill(entry.name) for entry in entries]))[:_MOST_SKILLS]
        missing = "" if names else side.cut_lists.get("skills", side.absent.missing)
        text = capitalize(", ".join(names))
        lines.append(PairLine(side.letter, side.title, text, missing, note_anchor("skills") if names else ""))
    takeaway = (
        find_takeaway(comparison, "skills") if not any(comparison.official_skills.sources["rated_skills"]) else None
    )
    return PairRow("Skills listed", "skills", ["those named first"], lines, takeaway)


def _build_women_row(comparison: Comparison) -> PairRow | None:
    line = comparison.differing.get("demographics.female_percent")
    if line is None:
        return None
    lanes = draw_halves([side.letter for side in comparison.sides], [cell.value for cell in line.cells])
    doubts = list_doubts(comparison, line)
    lines = [pair._replace(leads=False) for pair in build_pair_lines(comparison, line, lanes)]
    survey = figure_origins.write_survey_notes(comparison.sides, [line])[0]
    years = [note[:1].lower() + note[1:].rstrip(".") for note in survey]
    note = ", ".join(["women", *years])
    return PairRow(
        "Who does it",
        "people",
        [f"{note}; the line is half", *doubts],
        lines,
        find_takeaway(comparison, "demographics.female_percent"),
    )


# -- pay -----------------------------------------------------------------------------------------


# Key that pay is led by -> the keys of the ends of its bar.
PAY_ENDS = {
    "salary.annual_median": ("salary.annual_p10", "salary.annual_p90"),
    "salary.hourly_median": ("salary.hourly_p10", "salary.hourly_p90"),
}


class PayBar(NamedTuple):
    """Both ends of a role's bar of pay, None where they are not published. `kind`: what the bar is, in words."""

    low: Any = None
    high: Any = None
    kind: str = ""


def _build_pay_row(comparison: Comparison) -> PairRow | None:
    line = find_leading_pay(comparison)
    if line is None:
        return None
    bars = [find_pay_bar(comparison, line.row.key, side.index) for side in comparison.sides]
    amounts: list[float] = []
    for cell, bar in zip(line.cells, bars, strict=True):
        value = cell.value
        amounts += [float(amount) for amount in (bar.low, bar.high, value) if amount is not None]
    axis = fit_axis_to_marks(amounts, (0, 1))
    lanes = []
    for side, cell, bar in zip(comparison.sides, line.cells, bars, strict=True):
        lanes.append(draw_range(side.letter, (bar.low, bar.high), cell.value, axis))
    note = write_note(comparison, PAY_NAMES[line.row.key], line, _describe_bars(comparison, bars))
    notes = [note, *list_doubts(comparison, line)]
    return PairRow("Pay", "pay", notes, build_pair_lines(comparison, line, lanes), find_takeaway(comparison, "pay"))


def find_leading_pay(comparison: Comparison) -> ComparisonLine | None:
    """The line of pay that the page compares; None where no role has a figure in it."""
    line = choose_pay(comparison)
    return line if line and any(not cell.missing for cell in line.cells) else None


def find_pay_bar(comparison: Comparison, key: str, index: int) -> PayBar:
    """The bar around the pay of one role in the row of `key`: by percentiles, else the published range."""
    ends = [comparison.published[index].get(end) for end in PAY_ENDS.get(key, ())]
    if any(ends):
        low, high = [end.value if end else None for end in ends]
        return PayBar(low, high, "the middle 80%")
    span = comparison.published[index].get("salary.range") if key.startswith("salary.annual") else None
    if span is None:
        return PayBar()
    low, high = span.value
    return PayBar(low, high, "the published range")


def _describe_bars(comparison: Comparison, bars: Sequence[PayBar]) -> str:
    """What the bars are, for which role where they differ."""
    markers: dict[str, list[str]] = {}
    for side, bar in zip(comparison.sides, bars, strict=True):
        if bar.kind:
            markers.setdefault(bar.kind, []).append(side.marker)
    if len(markers) == 1:
        return f"bar: {next(iter(markers))}"
    return ", ".join([f"bar {' '.join(roles)}: {kind}" for kind, roles in markers.items()])


# -- jobs, growth and openings -------------------------------------------------------------------


_NO_SPAN = "over how many years, the source does not say"


def _build_jobs_row(comparison: Comparison) -> PairRow | None:
    line = comparison.differing.get("outlook.job_count")
    if line is None:
        return None
    counted = "employees" if any(side.official for side in comparison.sides) else ""
    return _build_bar_row(comparison, line, "Jobs today", write_note(comparison, counted, line))


def _build_growth_row(comparison: Comparison) -> PairRow | None:
    """Projected growth, or the rate of pages that do not say over how many years; both on one page of both kinds."""
    projected = comparison.differing.get("projection.growth_percent")
    published = comparison.differing.get("outlook.growth_percent")
    years = write_projected_years(comparison)
    if projected and published:
        return _build_mixed_growth_row(comparison, projected, published)
    if projected:
        of_all = comparison.all_jobs.get(projected.row.key)
        note = " ".join(filter(None, ["change in jobs", years]))
        row = _build_bar_row(comparison, projected, "Growth", note, of_all)
        if years:
            row = _leave_out_years(row, projected, formats.growth)
        if of_all:
            row = row._replace(all_jobs=AllJobsMark(formats.percent(of_all.value), projected.row.anchor))
        return row
    if published is None:
        return None
    note = write_note(comparison, "change in jobs", published, _NO_SPAN)
    return _build_bar_row(comparison, published, "Growth rate", note)


def _build_mixed_growth_row(comparison: Comparison, projected: ComparisonLine, published: ComparisonLine) -> PairRow:
    """One line for each role from the row that has its figure. Nobody leads: the figures are of different years."""
    cells = []
    for cell, other in zip(projected.cells, published.cells, strict=True):
        cells.append((published, other) if cell.missing and not other.missing else (projected, cell))
    lanes = draw_bars([side.letter for side in comparison.sides], [cell.value for _, cell in cells])
    lines = []
    without_span: list[str] = []
    with_span: list[str] = []
    for side, (line, cell), lane in zip(comparison.sides, cells, lanes, strict=True):
        pair = build_pair_line(side, cell, line, lane)
        if not cell.missing:
            pair = pair._replace(text=formats.growth(cell.value))
            (with_span if line is projected else without_span).append(side.marker)
        lines.append(pair)
    notes = ["change in jobs, not over the same years", f"{' '.join(without_span)} {_NO_SPAN}"]
    years = write_projected_years(comparison)
    if years:
        notes.append(f"{' '.join(with_span)} {years}")
    return PairRow("Growth", "outlook", notes, lines, None)


def _build_openings_row(comparison: Comparison) -> PairRow | None:
    line = comparison.differing.get("projection.openings_per_year")
    if line is None:
        return None
    years = write_projected_years(comparison)
    row = _build_bar_row(comparison, line, "Openings a year", " ".join(filter(None, ["average", years])))
    return _leave_out_years(row, line, formats.plain) if years else row


def _build_bar_row(
    comparison: Comparison, line: ComparisonLine, label: str, note: str, of_all: Cell | None = None
) -> PairRow:
    """`of_all`: the figure of all jobs, which a line is drawn at."""
    letters, values = [side.letter for side in comparison.sides], [cell.value for cell in line.cells]
    lanes = draw_bars(letters, values, float(of_all.value) if of_all else None)
    lines, notes = build_pair_lines(comparison, line, lanes), [note, *list_doubts(comparison, line)]
    return PairRow(label, "outlook", notes, lines, find_takeaway(comparison, line.row.key))


def _leave_out_years(row: PairRow, line: ComparisonLine, write: Callable[[Any], str]) -> PairRow:
    """`write`: says a figure without the years that it is of, which stand in the note on the row."""
    pairs = zip(row.lines, line.cells, strict=True)
    return row._replace(lines=[pair if cell.missing else pair._replace(text=write(cell.value)) for pair, cell in pairs])


def write_projected_years(comparison: Comparison) -> str:
    """The years of the projection as `2024–34`; "" where the roles' projections are of different years."""
    line = comparison.by_key.get("projection.years")
    spans = {cell.value for cell in line.cells if not cell.missing} if line else set()
    if len(spans) != 1:
        return ""
    base, target = spans.pop()
    return formats.shorten_span(base, target) if base and target else ""


# -- getting in ----------------------------------------------------------------------------------


# The four parts of the bar of education -> the levels that each sums up.
_EDUCATION_PARTS = {
    "no degree": ("less_than_high_school", "high_school", "some_college"),
    "associate’s": ("associate",),
    "bachelor’s": ("bachelor",),
    "master’s and up": ("master", "doctoral_or_professional"),
}
# Key -> the label of its row and the note on it.
_DEMANDS = {
    "requirements.training": ("Training", "typical, on the job"),
    "requirements.work_experience": ("Experience", "typical, in a related job"),
    "entry.time": ("Time to enter", ""),
}


def _build_education_row(comparison: Comparison) -> PairRow | None:
    line = comparison.by_key.get("requirements.education")
    shares = [list_education_shares(comparison, side.index) for side in comparison.sides]
    if line is None or line.empty or (line.same and not any(shares)):
        return None
    lanes = [draw_shares(side.letter, shares[side.index]) for side in comparison.sides]
    lines = []
    for side, cell, lane in zip(comparison.sides, line.cells, lanes, strict=True):
        pair = build_pair_line(side, cell, line, lane)
        lines.append(pair._replace(text=SHORT_EDUCATION.get(cell.text, cell.text)))
    note = "typical entry"
    if any(shares):
        note += "; bar: what people in it have, from no degree to master’s and up"
    return PairRow("Education", "entry", [note], lines, find_takeaway(comparison, "education"))


def list_education_shares(comparison: Comparison, index: int) -> list[Share]:
    """The four parts of the bar of education; none where a level is not published."""
    shares = []
    for name, levels in _EDUCATION_PARTS.items():
        total = 0.0
        for level in levels:
            cell = comparison.published[index].get(f"attainment.{level}")
            if cell is None:
                return []
            total += float(cell.value)
        shares.append(Share(name, total))
    return shares


def _build_degree_row(comparison: Comparison) -> PairRow | None:
    """The most common degree, where pages give that and not what is typically needed."""
    line = comparison.differing.get("education.degree")
    if line is None:
        return None
    takeaway = None
    if "requirements.education" not in comparison.by_key:
        takeaway = find_takeaway(comparison, "education")
    degrees = [cell.value for cell in line.cells if not cell.missing]
    if len({name for name, _ in degrees}) == 1 and all(share is not None for _, share in degrees):
        return _build_shares_row(comparison, line, degrees[0][0], takeaway)
    return _build_words_row(comparison, line, "Most common degree", "", takeaway)


def _build_shares_row(comparison: Comparison, line: ComparisonLine, degree: str, takeaway: Takeaway | None) -> PairRow:
    """The shares of people who hold the degree that is most common in all roles."""
    axis = Axis(0, 100)
    lanes = []
    for side, cell in zip(comparison.sides, line.cells, strict=True):
        lanes.append(draw_bar(side.letter, None if cell.missing else cell.value[1], axis))
    lines = []
    for pair, cell in zip(build_pair_lines(comparison, line, lanes), line.cells, strict=True):
        text = pair.text if cell.missing else formats.percent(cell.value[1])
        lines.append(pair._replace(text=text, leads=False))
    name = add_article(degree).replace("'", "’").replace("doctorate degree", "doctorate")
    note = f"people in it with {name}, the most common degree"
    has_typical = "requirements.education" in comparison.by_key
    return PairRow("Most common degree" if has_typical else "Education", "entry", [note], lines, takeaway)


def _build_demand_rows(comparison: Comparison) -> list[PairRow]:
    """What is asked for in words, where every role has a value and not all have the same."""
    rows = []
    for key, (label, note) in _DEMANDS.items():
        line = comparison.differing.get(key)
        if line is not None and key in comparison.complete:
            rows.append(_build_words_row(comparison, line, label, note, find_takeaway(comparison, key)))
    return rows


def _build_words_row(
    comparison: Comparison, line: ComparisonLine, label: str, note: str, takeaway: Takeaway | None
) -> PairRow:
    pairs = zip(comparison.sides, line.cells, strict=True)
    lines = [build_pair_line(side, cell, line) for side, cell in pairs]
    return PairRow(label, "", [note] if note else [], lines, takeaway)
