"""Official occupations with figures of our own, in memory: as extreme as a source could have them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careers.areas import AREAS, is_territory
from careers.vocabulary import FIELDS
from comparisons.queries.current_role import (
    AllJobsEntry,
    AreaPayEntry,
    CitedPage,
    CurrentRole,
    Facts,
    FigureRow,
    YearEntry,
)

SOURCE = CitedPage(
    1,
    "Wages",
    "",
    None,
    "",
    "",
    1,
    "U.S. Bureau of Labor Statistics",
    "",
    "May 2025",
    "U.S. Bureau of Labor Statistics, May 2025",
    figures_of=date(2025, 5, 1),
    release="May 2025",
    anchor="s1",
)
# What of a median the percentiles are.
SPREAD = {"p10": 0.6, "p25": 0.8, "median": 1.0, "p75": 1.3, "p90": 1.7}
# The figures of all jobs that stand beside those of every role.
ALL_JOBS = {
    "salary.annual_median": AllJobsEntry(50_980, {"line": 2, "column": "A_MEDIAN", "how": "cell"}, SOURCE),
    "salary.hourly_median": AllJobsEntry(Decimal("24.51"), {"line": 2, "column": "H_MEDIAN", "how": "cell"}, SOURCE),
    "projection.growth_percent": AllJobsEntry(Decimal("3.1"), {"line": 3, "column": "Change", "how": "cell"}, SOURCE),
    "projection.base_year": AllJobsEntry(2024, {}, SOURCE),
    "projection.target_year": AllJobsEntry(2034, {}, SOURCE),
}
STATES = [area for area in AREAS.values() if not is_territory(area)]


@dataclass(frozen=True)
class GeneratedRole:
    """`by_hour`: pay is by the hour only. `first`: the first year with pay. `growth`: in percent. `women`: in percent.
    `education`: how many percent have each level, from less than high school up."""

    title: str = "Nurse"
    pay: float = 60_000
    jobs: int = 100_000
    growth: float = 5
    openings: int = 5_000
    women: float = 50
    education: Sequence[float] = (5, 15, 15, 15, 30, 15, 5)
    first: int = 2019
    rise: float = 0.05
    by_hour: bool = False


def make_current_role(number: int, extreme: GeneratedRole) -> CurrentRole:
    time = "hourly" if extreme.by_hour else "annual"
    shares = [Decimal(str(share)) for share in extreme.education]
    values: dict[str, dict[str, Any]] = {
        "salary": {f"{time}_{name}": _make_amount(extreme, extreme.pay * share) for name, share in SPREAD.items()},
        "outlook": {"job_count": extreme.jobs},
        "projection": {
            "base_year": 2024,
            "target_year": 2034,
            "growth_percent": Decimal(str(extreme.growth)),
            "openings_per_year": extreme.openings,
        },
        "demographics": {"female_percent": Decimal(str(extreme.women))},
        "attainment": dict(zip(FIELDS["attainment"], shares, strict=False)),
        "requirements": {"education": f"Degree {number}"},
    }
    groups = {group: Facts(dict.fromkeys(FIELDS[group]) | of_group, {}, SOURCE) for group, of_group in values.items()}
    return CurrentRole(
        number,
        extreme.title,
        f"role-{number}",
        0,
        groups,
        {"area_pay": SOURCE},
        [],
        [],
        [],
        f"29-{1000 + number}",
        area_pay=[_make_area_pay(number, extreme, place) for place in range(len(STATES))],
        history=[_make_year(number, extreme, year) for year in range(extreme.first, 2026)],
        name=extreme.title,
        all_jobs=ALL_JOBS,
    )


def _make_amount(extreme: GeneratedRole, amount: float) -> int | Decimal:
    return Decimal(f"{amount:.2f}") if extreme.by_hour else round(amount)


def _make_area_pay(number: int, extreme: GeneratedRole, place: int) -> AreaPayEntry:
    """From four fifths of the pay of the whole country to one and a half times as much."""
    pay = _make_amount(extreme, extreme.pay * (0.8 + 0.7 * ((7 * place) % len(STATES)) / len(STATES)))
    evidence = {"state": {"line": place + 2, "column": "AREA_TITLE, A_MEDIAN", "code": "29-1000"}}
    return AreaPayEntry(STATES[place], _make_row(number, extreme, pay, STATES[place].state, evidence))


def _make_year(number: int, extreme: GeneratedRole, year: int) -> YearEntry:
    pay = _make_amount(extreme, extreme.pay * (1 + extreme.rise) ** (year - 2025))
    field = "hourly_median" if extreme.by_hour else "annual_median"
    return YearEntry(
        year, _make_row(number, extreme, pay, None, {field: {"line": 2, "column": "A_MEDIAN"}}), None, SOURCE
    )


def _make_row(number: int, extreme: GeneratedRole, pay: Any, state: str | None, evidence: Any) -> FigureRow:
    yearly, hourly = (None, pay) if extreme.by_hour else (pay, None)
    day = date(2025, 5, 1)
    start = (number, 1, 1, "", json.dumps(evidence), 1, state, day, 1_000)
    return FigureRow(*start, yearly, None, None, hourly, None, None)
