"""Pay: the steps that the sources publish, as rungs; everything else on pay is folded."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.language.parts import Finding
from comparisons.language.verdict.pay_findings import find_pay_steps, find_spreads
from comparisons.views.sections.pairs import join_releases
from comparisons.views.sections.pay_rungs import choose_steps, draw_pay, name_unpaid
from comparisons.views.sections.rungs import Rungs, find_sides_with_values

# What names the best paying places and employers.
_BEST = ("salary.top_city", "salary.top_state", "salary.top_company", "salary.top_industry")
_RANGE = "salary.range"


class PaySection(NamedTuple):
    """`finding`: the heading, None where too little is known. `when`: which people, places and months the figures
    cover. `folded`: the other rows on pay. `best`: rows on who pays best. `notes`: sentences below."""

    finding: Finding
    when: str
    sources: str
    rungs: Sequence[Rungs]
    folded: Sequence[ComparisonLine]
    best: Sequence[ComparisonLine]
    notes: Sequence[str]


def build_pay_section(comparison: Comparison) -> PaySection | None:
    """None where no role has any pay."""
    lines = [line for line in comparison.sections["pay"].lines if not line.empty]
    if not lines:
        return None
    tables = choose_steps(comparison)
    drawn = {step.key for step in chain.from_iterable(tables.values())}
    best = [line for line in lines if line.row.key in _BEST]
    folded = [line for line in lines if line.row.key not in drawn.union(_BEST)]
    notes = [comparison.by_key[_RANGE].row.help] if _RANGE in drawn else []
    for unit, steps in tables.items():
        notes += name_unpaid(comparison, steps, unit)
    publishers = list(dict.fromkeys(chain.from_iterable([line.publishers for line in lines])))
    return PaySection(
        find_pay_steps(comparison) or find_spreads(comparison),
        _describe_figures(comparison, lines),
        formats.listed(publishers),
        [draw_pay(comparison, steps, unit) for unit, steps in tables.items()],
        folded,
        best,
        notes,
    )


def _describe_figures(comparison: Comparison, lines: Sequence[ComparisonLine]) -> str:
    """`Employees, United States, May 2025.`, with the months of each role by its marker where they are not the same."""
    cells = chain.from_iterable(line.cells for line in lines)
    areas = {
        cell.area.removeprefix("in ").removeprefix("the ") or "United States" for cell in cells if not cell.missing
    }
    # Official figures count employees alone.
    people = ["Employees"] if all(side.official for side in comparison.sides) else []
    paid = find_sides_with_values(comparison.sides, lines)
    releases = [_list_releases(side, lines) for side in paid]
    where, *months = map(formats.listed, [sorted(areas), *releases])
    markers: dict[str, list[str]] = {}
    for side, text in zip(paid, months, strict=True):
        markers.setdefault(text or "year not given", []).append(side.marker)
    return f"{', '.join([*people, where, join_releases(markers)])}."


def _list_releases(side: Side, lines: Sequence[ComparisonLine]) -> list[str]:
    """The releases without the state, which stands before them."""
    cells = [line.cells[side.index] for line in lines]
    releases = [cell.release.removeprefix(f"{cell.area}, ") for cell in cells if cell.release]
    return list(dict.fromkeys(releases))
