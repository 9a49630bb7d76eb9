"""Pay and jobs of earlier years: one figure for each year and publisher, with gaps, never the current ones."""

import csv
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from careers.models import Citation, Role
from ingest.models import Page
from tests.comparisons.official import find_slugs
from tests.ingest.small_pages import load_page, undo_page
from tests.ingest.state_tables import (
    COOKS,
    DRIVERS,
    HEADS,
    NATION,
    NURSES,
    make_national_table,
    make_state_row,
    make_table,
)

pytestmark = pytest.mark.django_db


def load(content: bytes, name: str) -> Any:
    result = load_page(Page(name=name, content=content), commit=True)
    assert result.status in ("loaded", "unchanged"), result
    return result


@pytest.fixture
def stored() -> None:
    """Nurses in five years, of which one is missing; cooks in the last two."""
    for year, median in ((2019, "50,000"), (2020, "52,000"), (2022, "56,000")):
        load(make_national_table(NURSES, jobs=str(year), median=median), f"national_M{year}_dl.csv")
    for year, median in ((2024, "60,000"), (2025, "64,000")):
        load(make_national_table(NURSES, COOKS, jobs=str(year), median=median), f"national_M{year}_dl.csv")


def fetch_history(client: Client, code: str = NURSES[0]) -> Any:
    return client.get(f"/api/v1/roles/{find_slugs(code)[0]}").json()["history"]


def test_each_year_has_one_entry_and_a_missing_year_none(client: Client, stored: None) -> None:
    assert [(entry["year"], entry["median"], entry["jobs"]) for entry in fetch_history(client)] == [
        (2019, 50000, 2019),
        (2020, 52000, 2020),
        (2022, 56000, 2022),
        (2024, 60000, 2024),
        (2025, 64000, 2025),
    ]
    assert [entry["year"] for entry in fetch_history(client, COOKS[0])] == [2024, 2025]


def test_each_year_has_a_citation_and_a_row_of_its_own(client: Client, stored: None) -> None:
    data = client.get(f"/api/v1/roles/{find_slugs(NURSES[0])[0]}").json()
    evidence = data["evidence"]["history[0].median"]
    assert (evidence["line"], evidence["raw"], evidence["column"]) == (2, "50,000", "A_MEDIAN")
    titles = [data["sources"][data["evidence"][f"history[{index}].jobs"]["source"]]["title"] for index in range(5)]
    assert titles == [
        f"Occupational Employment and Wage Statistics, national, May {year}" for year in (2019, 2020, 2022, 2024, 2025)
    ]


def test_rows_of_a_file_name_the_year_of_a_figure(client: Client, stored: None) -> None:
    text = client.get(f"/roles/{find_slugs(NURSES[0])[0]}.csv").text
    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["history[0].median"]["value"] == "50000"
    assert rows["history[0].median"]["note"].startswith("2019; ")


@pytest.mark.parametrize(
    ("heads", "mark", "missing", "reason", "words"),
    [
        ("A_ H_ MEAN_", "*", "median p10 p90 hourly_median", "not-published", "not published"),
        ("A_ H_ MEAN_", "#", "median p10 p90 hourly_median", "too-high", "too high"),
        ("TOT_ EMP_", "**", "jobs", "not-published", "not published"),
    ],
)
def test_a_year_without_any_pay_or_without_jobs_has_the_reason_and_the_text_of_its_cells(
    client: Client, heads: str, mark: str, missing: str, reason: str, words: str
) -> None:
    cells = []
    for head, cell in zip(HEADS, make_state_row(NATION), strict=True):
        cells.append(mark if head.startswith(tuple(heads.split())) else cell)
    load(make_national_table(NURSES), "national_M2025_dl.csv")
    load(make_table(cells), "national_M2024_dl.csv")
    address = f"/roles/{find_slugs(NURSES[0])[0]}"
    evidence = client.get(f"/api/v1{address}").json()["evidence"]
    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(client.get(f"{address}.csv").text))}
    for name in missing.split():
        place = evidence[f"history[0].{name}"]
        column = {"median": "A_MEDIAN", "p10": "A_PCT10", "p90": "A_PCT90", "hourly_median": "H_MEDIAN"}
        assert (place["missing"], place["raw"], place["line"]) == (reason, mark, 2)
        assert place["column"] == column.get(name, "TOT_EMP")
        row = rows[f"history[0].{name}"]
        assert (row["basis"], row["raw"], row["line"]) == ("missing", mark, "2")
        assert words in row["note"]


def test_a_year_without_any_pay_does_not_hide_the_pay_of_another_year(client: Client) -> None:
    cells = [
        "#" if head.startswith(("A_", "H_", "MEAN_")) else cell
        for head, cell in zip(HEADS, make_state_row(NATION), strict=True)
    ]
    load(make_national_table(NURSES), "national_M2024_dl.csv")
    load(make_table(cells), "national_M2025_dl.csv")
    assert client.get(f"/api/v1/roles/{find_slugs(NURSES[0])[0]}").json()["salary"]["annual_median"] == 64000


def test_an_earlier_year_is_never_current_while_a_later_one_is_stored(client: Client, stored: None) -> None:
    load(make_national_table(NURSES, median="58,000"), "national_M2023_dl.csv")
    role = Role.objects.get(soc_code=NURSES[0])
    assert role.salary is not None
    assert role.salary.annual_median == 64000
    assert [entry["year"] for entry in fetch_history(client)] == [2019, 2020, 2022, 2023, 2024, 2025]


def test_of_two_releases_of_one_year_one_counts_and_undo_removes_a_year(client: Client, stored: None) -> None:
    again = load(make_national_table(NURSES, COOKS, DRIVERS, jobs="7", median="61,000"), "national_M2024_dl (2).csv")
    assert len(fetch_history(client)) == 5
    newest = Page.objects.get(name="national_M2025_dl.csv")
    undo_page(newest)
    assert fetch_history(client)[-1]["year"] == 2024
    undo_page(Page.objects.get(pk=again.page))
    assert fetch_history(client)[-1]["median"] == 60000


@pytest.mark.same_on_every_database
@pytest.mark.without_coverage
def test_the_years_that_ship_join_the_occupations_that_are_stored(client: Client) -> None:
    load(
        make_national_table(NURSES, COOKS, ("53-3032", "Heavy and Tractor-Trailer Truck Drivers")),
        "national_M2025_dl.csv",
    )
    call_command("load_pages", "fixtures/tables", verbosity=0)
    for year in (2019, 2024):
        call_command("load_pages", f"fixtures/occupations/pay_{year}.csv", verbosity=0)
    entries = fetch_history(client)
    assert [entry["year"] for entry in entries] == [2019, 2024, 2025]
    assert (entries[0]["median"], entries[0]["jobs"]) == (73300, 2982280)
    assert Citation.objects.filter(figures_of__year=2019).count() == 1
    assert Role.objects.get(soc_code=NURSES[0]).title == "Registered Nurses"


@pytest.mark.same_on_every_database
@pytest.mark.without_coverage
def test_the_year_without_any_pay_that_ships_says_that_none_is_published(client: Client) -> None:
    call_command("load_pages", "fixtures/tables", "fixtures/occupations/pay_2021.csv", verbosity=0)
    data = client.get(f"/api/v1/roles/{find_slugs('41-9012')[0]}").json()
    assert [(entry["year"], entry["jobs"]) for entry in data["history"]] == [(2021, 2000), (2025, 3780)]
    place = data["evidence"]["history[0].median"]
    assert (place["missing"], place["code"], place["column"]) == ("not-published", "41-9012", "A_MEDIAN")
