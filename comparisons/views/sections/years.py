"""Pay over the years: a line for each role, and all years in a folded table."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from careers.vocabulary import NOT_IN_SOURCE, NOT_PUBLISHED, OTHER_PAY, TOO_HIGH
from comparisons import formats
from comparisons.charts.lanes import Lane
from comparisons.charts.year_lines import NAMED, NAMED_ON_WIDE, NAMELESS, YearLine, draw_years
from comparisons.comparison import Comparison, Side
from comparisons.formats import Number
from comparisons.judging.pay_years import FEWEST_YEARS, PayYears, read_pay_years
from comparisons.judging.state_pay import MEDIANS
from comparisons.language.amounts import PER_TIME
from comparisons.language.messages.absent_values import explain_missing_figure
from comparisons.language.parts import Part
from comparisons.language.verdict.incomparable_pay import IN_COUNTRY
from comparisons.language.verdict.year_findings import KEY, find_over_years
from comparisons.queries.current_role import YearEntry
from comparisons.rows import note_anchor
from comparisons.titles import capitalize
from comparisons.views.sections.figure_lines import FigureCell
from comparisons.views.sections.origins import OriginEntry, OriginNote, OriginPlace

# In this year the wage survey went over to a new classification: occupations that begin in it were counted in others.
_RECLASSIFIED_IN = 2021
KEYS = {NAMED: "", NAMED_ON_WIDE: "sx", NAMELESS: "cap"}
_ABSENT, _TOO_HIGH = "–", "too high"


class YearRow(NamedTuple):
    year: int
    cells: Sequence[FigureCell]


class YearsSection(NamedTuple):
    """`key`: the class of the line that names the roles above a drawing without names, "" where it needs none."""

    finding: Sequence[Part]
    lane: Lane
    key: str
    notes: Sequence[str]
    sides: Sequence[Side]
    rows: Sequence[YearRow]
    origins: OriginNote


def build_years_section(comparison: Comparison) -> YearsSection | None:
    """None where no role has two medians of earlier years."""
    years = read_pay_years(comparison)
    if years is None:
        return None
    sides = [side for side in comparison.sides if years.pay[side.index]]
    medians = []
    for pay in years.pay:
        medians.append({year: formats.dollars(amount) for year, amount in pay.items()})
    lines = []
    for side in sides:
        lines.append(YearLine(side.letter, side.title, join_years(years.pay[side.index]), medians[side.index]))
    lane = draw_years(lines, years.years, years.base)
    return YearsSection(
        find_over_years(comparison, years),
        lane,
        KEYS[lane.css_class] if len(sides) > 1 else "",
        _list_notes(comparison, years, has_gaps=any(len(line.runs) > 1 for line in lines)),
        sides,
        [
            YearRow(year, [_build_cell(medians[side.index], years, side, year) for side in sides])
            for year in years.years
        ],
        _build_origins(sides, years),
    )


def list_reasons_without_years(sides: Sequence[Side]) -> list[str]:
    """Why each role has no pay over the years: its newest year without a median says so."""
    reasons = []
    for side in sides:
        entries = [entry for entry in side.role.history if entry.figure(MEDIANS["annual"]) is None]
        is_kept = entries and len(side.role.history) >= FEWEST_YEARS
        reasons.append(_name_reason(entries[-1], "annual") if is_kept else side.absent.missing)
    return reasons


def join_years(pay: Mapping[int, Number]) -> list[list[tuple[int, Number]]]:
    """Consecutive years with their pay, in one list each.

    >>> join_years({2019: 20, 2022: 23, 2020: 21})
    [[(2019, 20), (2020, 21)], [(2022, 23)]]
    """
    runs: list[list[tuple[int, Number]]] = []
    for year, amount in sorted(pay.items()):
        if runs and year == runs[-1][-1][0] + 1:
            runs[-1].append((year, amount))
        else:
            runs.append([(year, amount)])
    return runs


def _build_cell(medians: Mapping[int, str], years: PayYears, side: Side, year: int) -> FigureCell:
    """`medians`: year -> that of the role, in words."""
    if year in medians:
        return FigureCell(side.letter, medians[year], origin=note_anchor(KEY))
    entry = years.entries[side.index].get(year)
    reason = _name_reason(entry, years.time) if entry else NOT_PUBLISHED
    return FigureCell(side.letter, _TOO_HIGH if reason == TOO_HIGH else _ABSENT)


def _name_reason(entry: YearEntry, time: str) -> str:
    return explain_missing_figure(entry.find_evidence(MEDIANS[time]))


def _list_notes(comparison: Comparison, years: PayYears, *, has_gaps: bool) -> list[str]:
    """What the line is of, and why some of it is missing."""
    first, last = years.years[0], years.years[-1]
    entries = chain.from_iterable(role_entries.values() for role_entries in years.entries)
    cited = formats.listed(list(dict.fromkeys(entry.source.publisher for entry in entries)))
    # Earlier years of a state are not kept.
    where = f" {IN_COUNTRY}" if any(side.role.area for side in comparison.sides) else ""
    what = f"Median {PER_TIME[years.time]}{where}, {_name_months(years)}, {first} to {last}"
    sentences = [f"{what} ({cited}), not adjusted for prices."]
    for side in comparison.sides:
        people = capitalize(side.people)
        pay = years.pay[side.index]
        if not pay:
            sentences.append(f"{people}: {_explain_no_line(side, years)}.")
        elif min(years.entries[side.index]) == _RECLASSIFIED_IN > first:
            sentences.append(f"{people} were counted differently before {_RECLASSIFIED_IN}.")
        if reasons := _list_reasons(years, side):
            sentences.append(f"Where {side.people} have none, their median is {' or '.join(reasons)}.")
    if has_gaps:
        sentences.append("A year without a figure is a gap.")
    return sentences


def _name_months(years: PayYears) -> str:
    entries = chain.from_iterable(role_entries.values() for role_entries in years.entries)
    months = {entry.source.release.split(" ")[0] for entry in entries}
    return f"{months.pop()} of each year" if len(months) == 1 else "by year"


def _explain_no_line(side: Side, years: PayYears) -> str:
    if not years.entries[side.index]:
        return NOT_IN_SOURCE
    other = MEDIANS["hourly" if years.time == "annual" else "annual"]
    if any(entry.figure(other) is not None for entry in years.entries[side.index].values()):
        return OTHER_PAY[years.time]
    newest = max(years.entries[side.index])
    return _name_reason(years.entries[side.index][newest], years.time)


def _list_reasons(years: PayYears, side: Side) -> list[str]:
    """Why releases with a role give no median of it; none for a role without a line."""
    pay = years.pay[side.index]
    missing = [entry for year, entry in years.entries[side.index].items() if pay and year not in pay]
    return list(dict.fromkeys(_name_reason(entry, years.time) for entry in missing))


def _build_origins(sides: Sequence[Side], years: PayYears) -> OriginNote:
    entries = []
    for side in sides:
        places = []
        for year in sorted(years.pay[side.index]):
            entry = years.entries[side.index][year]
            evidence = entry.find_evidence(MEDIANS[years.time])
            text = f"{year}: row {evidence.get('line')}, column {evidence.get('column')}."
            places.append(OriginPlace(text, entry.source.anchor, entry.source.release or entry.source.short))
        entries.append(OriginEntry(side.letter, side.title, places))
    return OriginNote(note_anchor(KEY), "Pay over the years", entries, ["Changes in percent are computed here."])
