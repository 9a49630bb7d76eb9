"""A single role at a glance: its figures among those of all roles of its publisher."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from careers.vocabulary import ALL_JOBS_NAME
from comparisons import formats
from comparisons.charts.lanes import Lane, axis_of_bars, axis_of_marks, draw_bar, draw_range
from comparisons.comparison import Cell, Comparison, ComparisonLine
from comparisons.judging.leads import find_pay_errors
from comparisons.language.all_jobs_words import compare_pay, compare_rates
from comparisons.language.parts import Part
from comparisons.language.rank_sentences import follow_rank
from comparisons.language.titles import capital
from comparisons.language.verdict import Follow
from comparisons.queries.ranks import RoleRank
from comparisons.thresholds import NO_RATIO_ERROR, RANKED_IN_WORDS, allows_ratio, is_uncertain
from comparisons.views.sections.glance import glance_rows
from comparisons.views.sections.glance.entry_rows import education_shares
from comparisons.views.sections.glance.pay_row import PAY_ENDS, leading_pay, pay_ends
from comparisons.views.sections.origins import OriginNote
from comparisons.views.sections.pairs import PairLine, PairRow

# Row -> the key of its figure, and the column that it is ranked by.
_RANKED = {
    "Jobs today": ("outlook.job_count", "jobs"),
    "Growth": ("projection.growth_percent", "projected growth"),
    "Growth rate": ("outlook.growth_percent", "growth"),
    "Openings a year": ("projection.openings_per_year", "openings"),
}
# Rows of words that stand in sections of their own.
_MOVED = ("Training", "Experience", "Skills listed")
# The anchor of the note on the middle of all.
MIDDLE = "middle"
# The parts of the lane that amounts stand beside.
_EDGES = (0.17, 0.83)


class CountryPay(NamedTuple):
    """The pay of a role in the whole country, for one whose own is of a state. `origin`: the anchor of its note."""

    key: str
    value: int | Decimal
    origin: str


def role_glance(
    comparison: Comparison, ranks: Mapping[str, RoleRank], country: CountryPay | None = None
) -> list[PairRow]:
    """`ranks`: by their columns. The role's figure is set in bold where another one stands below it."""
    rows = []
    for row in glance_rows(comparison):
        if row.label in _MOVED:
            continue
        placed = row._replace(all_jobs=None)
        if row.label == "Pay":
            placed = _among_pay(comparison, placed, ranks.get("median") or ranks.get("pay"))
            placed = _beside_country(comparison, placed, country) if country else placed
        elif row.label in _RANKED:
            key, column = _RANKED[row.label]
            placed = _among_bars(comparison, placed, key, ranks.get(column))
        elif row.label == "Education":
            placed = row._replace(follows=_follow_education(comparison))
        elif row.label == "Who does it":
            placed = row._replace(follows=_follow_people(comparison))
        has_second = len(placed.lines) > 1
        lines = [line._replace(leads=has_second and line.letter != "o") for line in placed.lines]
        rows.append(placed._replace(lines=lines))
    return rows


def _is_many(rank: RoleRank) -> bool:
    """Whether the middle of so many says something."""
    return rank.among >= RANKED_IN_WORDS


def _among_pay(comparison: Comparison, row: PairRow, rank: RoleRank | None) -> PairRow:
    """The pay of all jobs, or else of the occupation in the middle, stands below that of the role on the same axis."""
    line = leading_pay(comparison)
    of_all = comparison.all_jobs.get(line.row.key) if line else None
    if line and of_all and not line.cells[0].missing:
        return _beside_all_pay(comparison, row, line, of_all, rank)
    official = comparison.sides[0].official
    is_ranked = line is not None and line.row.key in ("salary.annual_median", "salary.annual_average")
    if rank is None or line is None or not is_ranked or line.cells[0].area:
        return row
    if not _is_many(rank):
        return row._replace(follows=follow_rank(rank, official=official))
    low, high, _ = pay_ends(comparison, line.row.key, 0)
    value = line.cells[0].value
    amounts = [float(amount) for amount in (low, high, value, rank.middle) if amount is not None]
    axis = axis_of_marks(amounts, _EDGES)
    of_role = [pair._replace(lane=draw_range("a", (low, high), value, axis)) for pair in row.lines]
    middle = _middle_line(official, formats.dollars(rank.middle), draw_range("o", (None, None), rank.middle, axis))
    ratio: tuple[str, ...] = ()
    if rank.middle and (rank.error is None or rank.error < NO_RATIO_ERROR):
        ratio = (_describe_ratio(value / rank.middle),)
    return row._replace(lines=[*of_role, middle], follows=follow_rank(rank, official=official, notes=ratio))


def _beside_all_pay(
    comparison: Comparison, row: PairRow, line: ComparisonLine, of_all: Cell, rank: RoleRank | None
) -> PairRow:
    key, value = line.row.key, line.cells[0].value
    low, high, _ = pay_ends(comparison, key, 0)
    cells = [comparison.all_jobs.get(end) for end in PAY_ENDS.get(key, ())]
    ends = [cell.value if cell else None for cell in cells] or [None, None]
    amounts = [float(amount) for amount in (low, high, value, *ends, of_all.value) if amount is not None]
    axis = axis_of_marks(amounts, _EDGES)
    of_role = [pair._replace(lane=draw_range("a", (low, high), value, axis)) for pair in row.lines]
    lane = draw_range("o", (ends[0], ends[1]), of_all.value, axis)
    beside = PairLine("o", ALL_JOBS_NAME, of_all.text, "", line.row.anchor, False, lane)
    placed = row._replace(lines=[*of_role, beside])
    errors = find_pay_errors(comparison, 0)
    place = follow_rank(rank, official=True) if rank else _follow_errors(errors)
    if not allows_ratio(*errors):
        return placed._replace(follows=place)
    words = capital(compare_pay(value, of_all.value, key).text)
    return placed._replace(follows=Follow((Part(words),), _in_words(place)))


def _follow_errors(errors: Iterable[Decimal]) -> Follow:
    """What to know of pay that has no place among all."""
    large = list(filter(is_uncertain, errors))
    return Follow((Part(f"relative error {formats.percent(max(large))}"),) if large else ())


def _beside_country(comparison: Comparison, row: PairRow, country: CountryPay) -> PairRow:
    """Pay in a state stands above that in the whole country."""
    line = leading_pay(comparison)
    if line is None or line.row.key != country.key or not line.cells[0].area:
        return row
    low, high, _ = pay_ends(comparison, line.row.key, 0)
    value = line.cells[0].value
    amounts = [float(amount) for amount in (low, high, value, country.value) if amount is not None]
    if max(amounts) == min(amounts):
        return row
    axis = axis_of_marks(amounts, _EDGES)
    of_role = [pair._replace(lane=draw_range("a", (low, high), value, axis)) for pair in row.lines]
    lane = draw_range("o", (None, None), country.value, axis)
    whole = PairLine("o", "United States", formats.dollars(country.value), "", country.origin, False, lane)
    return row._replace(lines=[*of_role, whole], follows=_follow_country(float(value), float(country.value)))


def _follow_country(value: float, country: float) -> Follow:
    """
    >>> _follow_country(82510, 97550).parts[0].text, _follow_country(98000, 97550).parts[0].text
    ('15% less than in the whole country', 'About as much as in the whole country')
    """
    percent = round(100 * abs(value - country) / country)
    if not percent:
        return Follow((Part("About as much as in the whole country"),))
    return Follow((Part(f"{percent}% {'more' if value > country else 'less'} than in the whole country"),))


def _describe_ratio(ratio: float) -> str:
    """
    >>> _describe_ratio(1.59), _describe_ratio(0.62), _describe_ratio(1.04), _describe_ratio(2)
    ('1.6 times the middle one', '0.6 times the middle one', 'about as much as the middle one', 'twice the middle one')
    """
    rounded = formats.plain(round(ratio, 1))
    if rounded == "1":
        return "about as much as the middle one"
    return "twice the middle one" if rounded == "2" else f"{rounded} times the middle one"


def _among_bars(comparison: Comparison, row: PairRow, key: str, rank: RoleRank | None) -> PairRow:
    """Growth stands above that of the occupation in the middle; a bar of a count ends at the highest of all."""
    line = comparison.by_key.get(key)
    if line is None or line.cells[0].missing or line.cells[0].area:
        return row
    of_all = comparison.all_jobs.get(key)
    official = comparison.sides[0].official
    value = line.cells[0].value
    follows = follow_rank(rank, official=official) if rank else Follow(())
    if of_all and key.endswith("growth_percent"):
        return _beside_all_growth(row, value, of_all, line.row.anchor, follows)
    if rank is None:
        return row
    if key.endswith("growth_percent"):
        if not _is_many(rank):
            return row._replace(follows=follows)
        axis = axis_of_bars([value, rank.middle])
        of_role = [pair._replace(lane=draw_bar("a", value, axis)) for pair in row.lines]
        middle = _middle_line(official, formats.growth(rank.middle), draw_bar("o", rank.middle, axis))
        return row._replace(lines=[*of_role, middle], follows=follows)
    lane = draw_bar("a", value, axis_of_bars([value, rank.highest]))
    notes = [*row.notes, f"full width: the most of all {'occupations' if official else 'roles'}"]
    if key == "projection.openings_per_year":
        follows = _follow_openings(comparison) or follows
    return row._replace(lines=[pair._replace(lane=lane) for pair in row.lines], notes=notes, follows=follows)


def _beside_all_growth(row: PairRow, value: Decimal, of_all: Cell, origin: str, place: Follow) -> PairRow:
    """`place`: of the role among all."""
    axis = axis_of_bars([value, of_all.value])
    of_role = [pair._replace(lane=draw_bar("a", value, axis)) for pair in row.lines]
    lane = draw_bar("o", of_all.value, axis)
    beside = PairLine("o", ALL_JOBS_NAME, formats.growth(of_all.value), "", origin, False, lane)
    words, note = compare_rates(value, of_all.value)
    return row._replace(
        lines=[*of_role, beside], follows=Follow((Part(words),), _in_words(Follow((Part(note),), _in_words(place))))
    )


def _in_words(follow: Follow) -> str:
    """What follows and the note on it, as one note."""
    return "; ".join(filter(None, ["".join(part.text for part in follow.parts), follow.note]))


def _middle_line(official: bool, text: str, lane: Lane) -> PairLine:
    return PairLine("o", f"Middle {'occupation' if official else 'role'}", text, "", MIDDLE, False, lane)


def note_of_middle(comparison: Comparison, ranks: Iterable[RoleRank], rows: Iterable[PairRow]) -> list[OriginNote]:
    """How the middle of all is found, where one of these rows shows it."""
    many = [rank for rank in ranks if _is_many(rank)]
    if not many or not any(line.origin == MIDDLE for row in rows for line in row.lines):
        return []
    noun = "occupation" if comparison.sides[0].official else "role"
    rule = (
        f"Computed here: of all that {many[0].publisher} gives a figure for, as many have more as have less. Each "
        f"{noun} counts once, whether many or few people do it, so this is not the middle of all jobs."
    )
    return [OriginNote(MIDDLE, f"The middle {noun}", [], [rule])]


def _known(comparison: Comparison, key: str) -> float | None:
    line = comparison.by_key.get(key)
    return None if line is None or line.cells[0].missing else float(line.cells[0].value)


def _follow_openings(comparison: Comparison) -> Follow | None:
    """How many openings there are for the people in the work, and how many of them are no new jobs."""
    openings, jobs = _known(comparison, "projection.openings_per_year"), _known(comparison, "projection.jobs_base")
    target, span = _known(comparison, "projection.jobs_target"), comparison.by_key.get("projection.years")
    if not openings or not jobs:
        return None
    words = Part(f"{formats.plain(round(100 * openings / jobs, 1))} for every 100 jobs")
    if target is None or span is None or span.cells[0].missing:
        return Follow((words,))
    first, last = span.cells[0].value
    if not first or not last or last <= first:
        return Follow((words,))
    new = max(0.0, (target - jobs) / (last - first))
    share = f"{100 * max(0.0, openings - new) / openings:.0f}%"
    return Follow((words,), f"{'all' if share == '100%' else share} of them replace people who leave")


def _follow_education(comparison: Comparison) -> Follow | None:
    shares = education_shares(comparison, 0)
    if not shares:
        return None
    below = sum(share.percent for share in shares[:2])
    return Follow((Part(f"{below:.0f}% have less than a bachelor’s"),), "of the people who do it")


def _follow_people(comparison: Comparison) -> Follow:
    for key in ("demographics.median_age", "demographics.average_age"):
        line = comparison.by_key.get(key)
        if line and not line.cells[0].missing:
            return Follow((Part(f"{line.row.label} {line.cells[0].text}"),), "who is counted now, not who can do it")
    return Follow((Part("Who is counted now"),), "not who can do it")
