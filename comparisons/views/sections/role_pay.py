"""Pay of a single role at a glance: what stands below it on the same axis, and the takeaway."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from careers.vocabulary import ALL_JOBS_NAME
from comparisons import formats
from comparisons.charts.lanes import draw_range, fit_axis_to_marks
from comparisons.comparison import Cell, Comparison, ComparisonLine
from comparisons.judging.leads import find_pay_errors
from comparisons.language.amounts import compare_pay
from comparisons.language.parts import Part
from comparisons.language.rank_sentences import rank_takeaway
from comparisons.language.verdict import Takeaway
from comparisons.queries.ranks import RoleRank
from comparisons.rows import note_anchor
from comparisons.thresholds import NO_RATIO_ERROR, RANKED_IN_WORDS, allows_ratio, is_uncertain
from comparisons.titles import capitalize
from comparisons.views.sections.glance import PAY_ENDS, find_leading_pay, find_pay_bar
from comparisons.views.sections.origins import OriginNote
from comparisons.views.sections.pairs import PairLine, PairRow

# The anchor of the note on the role in the middle of all of its publisher: as many have more as have less.
MIDDLE = note_anchor("middle")
# The parts of the lane that amounts stand beside.
_EDGES = (0.17, 0.83)


class CountryPay(NamedTuple):
    """The pay of a role in the whole country, for one whose own is of a state. `origin`: the anchor of its note."""

    key: str
    value: int | Decimal
    origin: str


class _PayBelow(NamedTuple):
    """Pay that stands below that of the role. `ends`: of its bar, None for none. `origin`: the anchor of its note."""

    name: str
    text: str
    value: Any
    origin: str
    ends: tuple[Any, Any] = (None, None)


def place_pay(comparison: Comparison, row: PairRow, rank: RoleRank | None, country: CountryPay | None) -> PairRow:
    """The row on pay with that of all jobs below it, or else of the occupation in the middle, or of the country."""
    line = find_leading_pay(comparison)
    if line is None:
        return row
    cell, key = line.cells[0], line.row.key
    of_all = comparison.all_jobs.get(key)
    if of_all and not cell.missing:
        row = _put_all_jobs_below(comparison, row, line, of_all, rank)
    elif rank and key in ("salary.annual_median", "salary.annual_average") and not cell.area:
        row = _put_middle_below(comparison, row, line, rank)
    if country and key == country.key and cell.area:
        row = _put_country_below(comparison, row, line, country)
    return row


def _put_below(comparison: Comparison, row: PairRow, line: ComparisonLine, below: _PayBelow) -> PairRow:
    value = line.cells[0].value
    low, high, _ = find_pay_bar(comparison, line.row.key, 0)
    amounts = [float(amount) for amount in (low, high, value, *below.ends, below.value) if amount is not None]
    axis = fit_axis_to_marks(amounts, _EDGES)
    role_lines = [pair._replace(lane=draw_range("a", (low, high), value, axis)) for pair in row.lines]
    lane = draw_range("o", below.ends, below.value, axis)
    return row._replace(lines=[*role_lines, PairLine("o", below.name, below.text, "", below.origin, lane=lane)])


# -- the occupation in the middle -----------------------------------------------------------------


def _put_middle_below(comparison: Comparison, row: PairRow, line: ComparisonLine, rank: RoleRank) -> PairRow:
    official = comparison.sides[0].official
    if not is_many(rank):
        return row._replace(takeaway=rank_takeaway(rank, official=official))
    middle = _PayBelow(name_middle(official), formats.dollars(rank.middle), rank.middle, MIDDLE)
    ratio: tuple[str, ...] = ()
    if rank.middle and (rank.error is None or rank.error < NO_RATIO_ERROR):
        ratio = (_describe_ratio(line.cells[0].value / rank.middle),)
    placed = _put_below(comparison, row, line, middle)
    return placed._replace(takeaway=rank_takeaway(rank, official=official, notes=ratio))


def _describe_ratio(ratio: float) -> str:
    """
    >>> _describe_ratio(1.59), _describe_ratio(0.62), _describe_ratio(1.04), _describe_ratio(2)
    ('1.6 times the middle one', '0.6 times the middle one', 'about as much as the middle one', 'twice the middle one')
    """
    rounded = formats.plain(round(ratio, 1))
    if rounded == "1":
        return "about as much as the middle one"
    return "twice the middle one" if rounded == "2" else f"{rounded} times the middle one"


def is_many(rank: RoleRank) -> bool:
    """Whether there are enough roles for their middle to say something."""
    return rank.among >= RANKED_IN_WORDS


def name_middle(official: bool) -> str:
    return f"Middle {'occupation' if official else 'role'}"


def join_takeaway(takeaway: Takeaway) -> str:
    """What follows and the note on it, as one note."""
    return "; ".join(filter(None, ["".join(part.text for part in takeaway.parts), takeaway.note]))


def note_of_middle(comparison: Comparison, ranks: Iterable[RoleRank], rows: Iterable[PairRow]) -> list[OriginNote]:
    """How the middle of all is found, where one of these rows shows it."""
    many = [rank for rank in ranks if is_many(rank)]
    lines = chain.from_iterable(row.lines for row in rows)
    if not many or not any(line.origin == MIDDLE for line in lines):
        return []
    noun = "occupation" if comparison.sides[0].official else "role"
    rule = (
        f"Computed here: of all that {many[0].publisher} gives a figure for, as many have more as have less. Each "
        f"{noun} counts once, whether many or few people do it, so this is not the middle of all jobs."
    )
    return [OriginNote(MIDDLE, f"The middle {noun}", [], [rule])]


# -- all jobs -------------------------------------------------------------------------------------


def _put_all_jobs_below(
    comparison: Comparison, row: PairRow, line: ComparisonLine, of_all: Cell, rank: RoleRank | None
) -> PairRow:
    key = line.row.key
    cells = [comparison.all_jobs.get(end) for end in PAY_ENDS.get(key, ())]
    low, high = [cell.value if cell else None for cell in cells] or (None, None)
    below = _PayBelow(ALL_JOBS_NAME, of_all.text, of_all.value, line.row.anchor, (low, high))
    placed = _put_below(comparison, row, line, below)
    errors = find_pay_errors(comparison, 0)
    place = rank_takeaway(rank, official=True) if rank else _write_errors_takeaway(errors)
    if not allows_ratio(*errors):
        return placed._replace(takeaway=place)
    words = capitalize(compare_pay(line.cells[0].value, of_all.value, key).text)
    return placed._replace(takeaway=Takeaway((Part(words),), join_takeaway(place)))


def _write_errors_takeaway(errors: Iterable[Decimal]) -> Takeaway:
    """What to know of pay that has no place among all."""
    large = list(filter(is_uncertain, errors))
    return Takeaway((Part(f"relative error {formats.percent(max(large))}"),) if large else ())


# -- the whole country ----------------------------------------------------------------------------


def _put_country_below(comparison: Comparison, row: PairRow, line: ComparisonLine, country: CountryPay) -> PairRow:
    """Nothing is put where the bar of the state is one point, at the pay of the country."""
    value = line.cells[0].value
    low, high, _ = find_pay_bar(comparison, line.row.key, 0)
    if {low, high, value, country.value} <= {None, value}:
        return row
    below = _PayBelow("United States", formats.dollars(country.value), country.value, country.origin)
    placed = _put_below(comparison, row, line, below)
    return placed._replace(takeaway=_write_country_takeaway(float(value), float(country.value)))


def _write_country_takeaway(value: float, country: float) -> Takeaway:
    """
    >>> _write_country_takeaway(82510, 97550).parts[0].text, _write_country_takeaway(98000, 97550).parts[0].text
    ('15% less than in the whole country', 'About as much as in the whole country')
    """
    percent = round(100 * abs(value - country) / country)
    if not percent:
        return Takeaway((Part("About as much as in the whole country"),))
    return Takeaway((Part(f"{percent}% {'more' if value > country else 'less'} than in the whole country"),))
