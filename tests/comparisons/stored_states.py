"""Occupations with figures by state, loaded as an admin would load them."""

from typing import Any

from comparisons.queries import revision
from ingest.models import Page
from tests.comparisons.official import find_slugs
from tests.ingest.price_tables import PRICE_FILE, PRICE_TABLE
from tests.ingest.small_pages import load_page
from tests.ingest.state_tables import (
    ALABAMA,
    CALIFORNIA,
    COOKS,
    GUAM,
    NURSES,
    Row,
    make_national_table,
    make_state_row,
    make_table,
)

ALASKA = ("200000", "Alaska", "2", "02")
ARIZONA = ("400000", "Arizona", "2", "04")
AREAS = (ALABAMA, ALASKA, ARIZONA, CALIFORNIA)

TOO_HIGH = ("50,000", "#", "#")
STATES: list[Row] = [
    make_state_row(CALIFORNIA, jobs="1,200", yearly=("80,100", "111,250", "150,000")),
    make_state_row(ALABAMA, jobs="**", yearly=("40,000", "60,000", "90,000")),
    make_state_row(GUAM, jobs="90", yearly=TOO_HIGH, hourly=TOO_HIGH),
    make_state_row(CALIFORNIA, COOKS, jobs="2,400", yearly=("30,000", "44,500", "60,000")),
    make_state_row(ALABAMA, COOKS, jobs="300", yearly=("*", "*", "*"), hourly=("9.00", "11.50", "15.00")),
]


def load_table(content: bytes, name: str) -> Any:
    result = load_page(Page(name=name, content=content), commit=True)
    assert result.status == "loaded", result
    revision.forget_computed()
    return result


def store_states() -> None:
    """Nurses and cooks with figures by state, drivers without; price levels of Alaska and California."""
    load_table(make_national_table(jobs="5,000", median="64,000"), "national_M2025_dl.csv")
    load_table(make_table(*STATES), "state_M2025_dl.csv")
    load_table(PRICE_TABLE, PRICE_FILE)


def make_pair_address(*codes: str) -> str:
    return f"/compare/{'-vs-'.join(find_slugs(*(codes or (NURSES[0], COOKS[0]))))}"


def make_median_row(area: tuple[str, ...], occupation: tuple[str, str], median: str) -> Row:
    return make_state_row(area, occupation, yearly=("*", median, "*"), hourly=("*", "*", "*"))


def load_medians(medians: dict[tuple[str, str], tuple[str, ...]], *others: Row) -> None:
    """The median of each occupation in the four states; "**" is not published, "#" is too high."""
    rows = [
        make_median_row(area, occupation, median)
        for occupation, of_states in medians.items()
        for area, median in zip(AREAS, of_states, strict=True)
    ]
    load_table(make_national_table(), "national_M2025_dl.csv")
    load_table(make_table(*rows, *others), "state_M2025_dl.csv")
