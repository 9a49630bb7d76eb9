"""Roles made from plain figures, without a database, for what is computed from a comparison alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from careers.areas import AREAS
from careers.vocabulary import FIELDS
from comparisons.comparison import Comparison, compare
from comparisons.queries.current_role import (
    AreaPayEntry,
    CitedPage,
    CurrentRole,
    Facts,
    FigureRow,
    RatedEntry,
    SkillEntry,
    TechnologyEntry,
    YearEntry,
)
from comparisons.queries.occupation_lists import MajorEntry
from comparisons.titles import name_of

# Percentiles of pay, as make_pay takes them.
PERCENTILES = ("p10", "p25", "median", "p75", "p90")
LEVELS = FIELDS["attainment"]


def make_page(publisher: str = "Bureau", release: str = "May 2025", area: str = "") -> CitedPage:
    key = abs(hash((publisher, release, area)))
    page = CitedPage(key, "Wages", "", None, "", "", len(publisher), publisher, "", "loaded", release=release)
    return page._replace(area=area, figures_of=date(2025, 5, 1) if release else None)


def make_pay(*amounts: Any, time: str = "annual") -> dict[str, Any]:
    """The five percentiles from the lowest to the highest; None for one that is not published."""
    return {f"{time}_{name}": amount for name, amount in zip(PERCENTILES, amounts, strict=True)}


def make_outlook(growth: float, openings: int, base: int = 100_000, target: int = 110_000) -> dict[str, Any]:
    """A projection from 2024 to 2034."""
    return {
        "base_year": 2024,
        "target_year": 2034,
        "growth_percent": Decimal(str(growth)),
        "openings_per_year": openings,
        "jobs_base": base,
        "jobs_target": target,
    }


def make_attainment(*shares: float) -> dict[str, Decimal]:
    """The shares of the seven levels of education, the lowest level first."""
    return {level: Decimal(str(share)) for level, share in zip(LEVELS, shares, strict=True)}


def make_role(
    title: str,
    plural: str = "",
    *,
    page: CitedPage | None = None,
    missing: Mapping[str, str] | None = None,
    warnings: Mapping[str, str] | None = None,
    states: Mapping[str, int] | None = None,
    years: Mapping[int, int] | None = None,
    ratings: Mapping[str, float] | None = None,
    listed: Sequence[str] = (),
    technology: Sequence[str] = (),
    majors: Sequence[str] = (),
    **groups: Mapping[str, Any],
) -> CurrentRole:
    """A role with some groups of facts, such as `salary={"annual_median": 97_550}`.

    `plural`: makes the title a short name. `missing`: field -> the code of why it has no value. `warnings`: field -> a
    code. `states`, `years`: median pay. `ratings`: skill -> its importance.
    """
    page = page or make_page()
    facts = {name: _make_facts(name, values, page, missing or {}, warnings or {}) for name, values in groups.items()}
    lists: dict[str, Any] = {"skills": listed, "technology": technology, "majors": majors, "area_pay": states or ()}
    lists["rated_skills"] = ratings or ()
    return CurrentRole(
        1,
        title,
        title.lower().replace(" ", "-"),
        1,
        facts,
        {group: page for group, entries in lists.items() if entries},
        [SkillEntry(name, name.lower(), "listed", rank, None, None, {}) for rank, name in enumerate(listed)],
        [],
        [],
        "00-0000" if page.publisher == "Bureau" else None,
        majors=[MajorEntry(name, name, {}) for name in majors],
        area_pay=[AreaPayEntry(AREAS[state], _make_row(median, state)) for state, median in (states or {}).items()],
        history=[YearEntry(year, _make_row(median), None, page) for year, median in (years or {}).items()],
        ratings=tuple([_make_rating(name, importance) for name, importance in (ratings or {}).items()]),
        technology=tuple([TechnologyEntry(name, name.lower(), "tech", True, False, "{}") for name in technology]),
        name=name_of(title, title if plural else None, plural),
    )


def _make_facts(
    group: str, values: Mapping[str, Any], page: CitedPage, missing: Mapping[str, str], warnings: Mapping[str, str]
) -> Facts:
    evidence: dict[str, Any] = {
        field: {"line": 1, "how": "cell"} for field, value in values.items() if value is not None
    }
    for field, code in missing.items():
        if field in FIELDS[group]:
            evidence[field] = {"line": 1, "missing": code}
    for field, code in warnings.items():
        if field in FIELDS[group]:
            evidence[field] = {"line": 1, "how": "cell", "warnings": [code]}
    return Facts(dict.fromkeys(FIELDS[group]) | dict(values), evidence, page)


def _make_row(median: int, state: str | None = None) -> FigureRow:
    day = date(2025, 5, 1)
    return FigureRow(1, 1, 1, "", "{}", None, state, day, None, median, None, None, None, None, None)


def _make_rating(name: str, importance: float) -> RatedEntry:
    return RatedEntry(name, name.lower().replace(" ", "-"), "rated", Decimal(str(importance)), None, "{}")


def compare_roles(*roles: CurrentRole) -> Comparison:
    return compare(roles)
