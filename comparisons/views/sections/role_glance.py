"""A single role at a glance: its figures among those of all roles of its publisher."""

from collections.abc import Mapping

from careers.vocabulary import ALL_JOBS_NAME
from comparisons import formats
from comparisons.charts.lanes import draw_bars
from comparisons.comparison import Comparison, ComparisonLine
from comparisons.formats import Number
from comparisons.language.amounts import compare_rates
from comparisons.language.parts import Part
from comparisons.language.rank_sentences import rank_takeaway
from comparisons.language.verdict import Takeaway
from comparisons.language.verdict.outlook_findings import count_new_jobs_of
from comparisons.language.verdict.takeaways import NOT_WHO_CAN
from comparisons.queries.ranks import RoleRank
from comparisons.views.sections.glance import build_glance_rows, list_education_shares
from comparisons.views.sections.pairs import PairLine, PairRow
from comparisons.views.sections.role_pay import MIDDLE, CountryPay, is_many, join_takeaway, name_middle, place_pay

# Row -> the key of its figure, and the column that it is ranked by.
_RANKED = {
    "Jobs today": ("outlook.job_count", "jobs"),
    "Growth": ("projection.growth_percent", "projected growth"),
    "Growth rate": ("outlook.growth_percent", "growth"),
    "Openings a year": ("projection.openings_per_year", "openings"),
}
# Rows of words that stand in sections of their own.
_MOVED = ("Training", "Experience", "Skills listed")


def build_role_glance(
    comparison: Comparison, ranks: Mapping[str, RoleRank], country: CountryPay | None
) -> list[PairRow]:
    """`ranks`: by their columns. The role's figure is set in bold where another one stands below it."""
    rows = []
    for row in build_glance_rows(comparison):
        if row.label in _MOVED:
            continue
        placed = row._replace(all_jobs=None)
        if row.label == "Pay":
            placed = place_pay(comparison, placed, ranks.get("median") or ranks.get("pay"), country)
        elif row.label in _RANKED:
            key, column = _RANKED[row.label]
            placed = _place_bar(comparison, placed, key, ranks.get(column))
        elif row.label == "Education":
            placed = row._replace(takeaway=_write_education_takeaway(comparison))
        elif row.label == "Who does it":
            placed = row._replace(takeaway=_write_people_takeaway(comparison))
        has_second = len(placed.lines) > 1
        lines = [line._replace(leads=has_second and line.letter != "o") for line in placed.lines]
        rows.append(placed._replace(lines=lines))
    return rows


def _place_bar(comparison: Comparison, row: PairRow, key: str, rank: RoleRank | None) -> PairRow:
    """Growth stands above that of all jobs or of the middle; the bar of a count ends at the highest of all."""
    cell = comparison.published[0].get(key)
    if cell is None or cell.area:
        return row
    if key.endswith("growth_percent"):
        return _place_growth(comparison, row, comparison.by_key[key], rank)
    if rank is None:
        return row
    official = comparison.sides[0].official
    lane, _ = draw_bars("ao", [cell.value, rank.highest])
    notes = [*row.notes, f"full width: the most of all {'occupations' if official else 'roles'}"]
    takeaway = rank_takeaway(rank._replace(error=None), official=official)  # the row has the error at its figure
    if key == "projection.openings_per_year":
        takeaway = _write_openings_takeaway(comparison) or takeaway
    return row._replace(lines=[pair._replace(lane=lane) for pair in row.lines], notes=notes, takeaway=takeaway)


def _place_growth(comparison: Comparison, row: PairRow, line: ComparisonLine, rank: RoleRank | None) -> PairRow:
    value = line.cells[0].value
    of_all = comparison.all_jobs.get(line.row.key)
    official = comparison.sides[0].official
    takeaway = rank_takeaway(rank, official=official) if rank else Takeaway(())
    if of_all:
        words, note = compare_rates(value, of_all.value)
        notes = join_takeaway(Takeaway((Part(note),), join_takeaway(takeaway)))
        placed = _put_below(row, value, ALL_JOBS_NAME, of_all.value, line.row.anchor)
        return placed._replace(takeaway=Takeaway((Part(words),), notes))
    if rank is None:
        return row
    if is_many(rank):
        row = _put_below(row, value, name_middle(official), rank.middle, MIDDLE)
    return row._replace(takeaway=takeaway)


def _put_below(row: PairRow, value: Number, name: str, below: Number, origin: str) -> PairRow:
    """The growth of the role with another one below it. `name`, `origin`: of the other."""
    lane, lane_below = draw_bars("ao", [value, below])
    line = PairLine("o", name, formats.growth(below), "", origin, lane=lane_below)
    return row._replace(lines=[*[pair._replace(lane=lane) for pair in row.lines], line])


def _write_openings_takeaway(comparison: Comparison) -> Takeaway | None:
    """How many openings there are for the people in the work, and how many of them are no new jobs."""
    openings = comparison.published[0].get("projection.openings_per_year")
    jobs = comparison.published[0].get("projection.jobs_base")
    if not openings or not openings.value or not jobs or not jobs.value:
        return None
    words = Part(f"{formats.plain(round(100 * float(openings.value) / float(jobs.value), 1))} for every 100 jobs")
    new_jobs = count_new_jobs_of(comparison, comparison.sides[0])
    if new_jobs is None:
        return Takeaway((words,))
    return Takeaway((words,), f"{_name_replacing(float(new_jobs.share))} of them replace people who leave")


def _name_replacing(new_percent: float) -> str:
    """How many of the openings are no new jobs.

    >>> _name_replacing(8.8), _name_replacing(0.2), _name_replacing(-3), _name_replacing(120)
    ('91%', 'over 99%', 'all', 'none')
    """
    if new_percent <= 0:
        return "all"
    if new_percent >= 100:
        return "none"
    return "over 99%" if new_percent < 0.5 else f"{formats.rounded(100 - new_percent)}%"


def _write_education_takeaway(comparison: Comparison) -> Takeaway | None:
    shares = list_education_shares(comparison, 0)
    if not shares:
        return None
    below = sum(share.percent for share in shares[:2])
    return Takeaway((Part(f"{formats.rounded(below)}% have less than a bachelor’s"),), "of the people who do it")


def _write_people_takeaway(comparison: Comparison) -> Takeaway:
    for key in ("demographics.median_age", "demographics.average_age"):
        age = comparison.published[0].get(key)
        if age:
            return Takeaway((Part(f"{comparison.by_key[key].row.label} {age.text}"),), NOT_WHO_CAN)
    return Takeaway((Part("Who is counted now"),), "not who can do it")
