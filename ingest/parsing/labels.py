"""The row labels of a pair page: what each fills, and how its cells are read or parted."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.parsing import cells, run_together_cells

Value = int | str | Decimal | None
NameKind = Literal["company", "industry", "major", "college"]


@dataclass(frozen=True, slots=True)
class Label:
    """One row label: the vocabulary keys it fills, how a cell is read, how glued cells part."""

    keys: tuple[str, ...]
    read: Callable[[str], tuple[Value, ...]]
    shape: run_together_cells.Shape | None = None
    names: NameKind | None = None


def _single(reader: Callable[[str], Value]) -> Callable[[str], tuple[Value, ...]]:
    return lambda text: (reader(text),)


def _label(key: str, reader: Callable[[str], Value], shape: run_together_cells.Shape) -> Label:
    return Label((key,), _single(reader), shape)


def _named(key: str, kind: NameKind) -> Label:
    return Label((key,), _single(cells.name), names=kind)


_PAY = _label("salary.annual_average", cells.money, run_together_cells.MONEY)
_RACE_KEYS = tuple(
    f"demographics.race.{race}_percent" for race in ("black", "unknown", "hispanic", "asian", "white", "native")
)

LABELS: dict[str, Label] = {
    "yearly salary": _PAY,
    "average salary": _PAY,
    "hourly rate": _label("salary.hourly_average", cells.rate, run_together_cells.RATE),
    "salary range": Label(("salary.annual_low", "salary.annual_high"), cells.span_of_pay, run_together_cells.RANGE),
    "highest paying city": _label("salary.top_city", cells.name, run_together_cells.CITY),
    "highest paying state": _label("salary.top_state", cells.name, run_together_cells.STATE),
    "best paying company": _named("salary.top_company", "company"),
    "best paying industry": _named("salary.top_industry", "industry"),
    "growth rate": _label("outlook.growth_percent", cells.growth, run_together_cells.GROWTH),
    "number of jobs": _label("outlook.job_count", cells.count, run_together_cells.COUNT),
    "job satisfaction": _label("outlook.satisfaction", cells.satisfaction, run_together_cells.SATISFACTION),
    "years of experience": _label("entry.years_of_experience", cells.years, run_together_cells.YEARS),
    "most common degree": Label(
        ("education.degree", "education.degree_percent"), cells.share, run_together_cells.SHARE
    ),
    "most common major": _named("education.major", "major"),
    "most common college": _named("education.college", "college"),
    "average age": _label("demographics.average_age", cells.age, run_together_cells.AGE),
    "gender ratio": Label(
        ("demographics.male_percent", "demographics.female_percent"),
        lambda text: cells.block(text, run_together_cells.GENDERS),
        run_together_cells.GENDER,
    ),
    "race ratio": Label(_RACE_KEYS, lambda text: cells.block(text, run_together_cells.RACES), run_together_cells.RACE),
    "lgbt percentage": _label("demographics.lgbt_percent", cells.whole_percent, run_together_cells.PERCENT),
}
LABEL_OF = {key: label for label in LABELS.values() for key in label.keys}
