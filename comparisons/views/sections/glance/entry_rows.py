"""The rows on getting in: what is asked for, and what people who do the work have."""

from comparisons import formats
from comparisons.charts.lanes import Axis, Share, draw_bar, draw_shares
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.language.demands import SHORT_EDUCATION
from comparisons.language.verdict import Takeaway, find_takeaway
from comparisons.titles import add_article
from comparisons.views.sections.pairs import PairRow, build_pair_line, build_pair_lines

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


def build_education_row(comparison: Comparison) -> PairRow | None:
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
            cell = comparison.cells[index].get(f"attainment.{level}")
            if cell is None:
                return []
            total += float(cell.value)
        shares.append(Share(name, total))
    return shares


def build_degree_row(comparison: Comparison) -> PairRow | None:
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


def build_demand_rows(comparison: Comparison) -> list[PairRow]:
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
