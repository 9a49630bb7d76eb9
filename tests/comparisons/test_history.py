"""Pay and jobs of earlier years: one figure for each year and publisher, with gaps, never the current ones."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from careers.models import Citation, Role
from comparisons.charts import draw_figures
from comparisons.charts.figure import Figure
from comparisons.comparison import compare
from comparisons.queries.roles import read_current_roles
from ingest.models import Page
from tests.comparisons.official import slugs_of
from tests.comparisons.test_pages import opened, words
from tests.ingest.small_pages import load_page, undo_page
from tests.ingest.state_tables import COOKS, DRIVERS, NATION, NURSES, national_table, state_row, table_of

pytestmark = pytest.mark.django_db


def load(content: bytes, name: str) -> Any:
    result = load_page(Page(name=name, content=content), commit=True)
    assert result.status in ("loaded", "unchanged"), result
    return result


@pytest.fixture
def stored() -> None:
    """Nurses in five years, of which one is missing; cooks in the last two."""
    for year, median in ((2019, "50,000"), (2020, "52,000"), (2022, "56,000")):
        load(national_table(NURSES, jobs=str(year), median=median), f"national_M{year}_dl.csv")
    for year, median in ((2024, "60,000"), (2025, "64,000")):
        load(national_table(NURSES, COOKS, jobs=str(year), median=median), f"national_M{year}_dl.csv")


def history(client: Client, code: str = NURSES[0]) -> Any:
    return client.get(f"/api/v1/roles/{slugs_of(code)[0]}").json()["history"]


def figure(*codes: str) -> Figure | None:
    figures = draw_figures(compare(read_current_roles(slugs_of(*codes))))
    return next((drawn for drawn in figures if drawn.slug == "history"), None)


def test_each_year_has_one_entry_and_a_missing_year_none(client: Client, stored: None) -> None:
    assert [(entry["year"], entry["median"], entry["jobs"]) for entry in history(client)] == [
        (2019, 50000, 2019),
        (2020, 52000, 2020),
        (2022, 56000, 2022),
        (2024, 60000, 2024),
        (2025, 64000, 2025),
    ]
    assert [entry["year"] for entry in history(client, COOKS[0])] == [2024, 2025]


def test_each_year_has_a_citation_and_a_row_of_its_own(client: Client, stored: None) -> None:
    data = client.get(f"/api/v1/roles/{slugs_of(NURSES[0])[0]}").json()
    evidence = data["evidence"]["history[0].median"]
    assert (evidence["line"], evidence["raw"], evidence["column"]) == (2, "50,000", "A_MEDIAN")
    titles = [data["sources"][data["evidence"][f"history[{index}].jobs"]["source"]]["title"] for index in range(5)]
    assert titles == [
        f"Occupational Employment and Wage Statistics, national, May {year}" for year in (2019, 2020, 2022, 2024, 2025)
    ]


def test_an_earlier_year_is_never_current_while_a_later_one_is_stored(client: Client, stored: None) -> None:
    load(national_table(NURSES, median="58,000"), "national_M2023_dl.csv")
    role = Role.objects.get(soc_code=NURSES[0])
    assert role.salary is not None
    assert role.salary.annual_median == 64000
    assert [entry["year"] for entry in history(client)] == [2019, 2020, 2022, 2023, 2024, 2025]


def test_of_two_releases_of_one_year_one_counts_and_undo_removes_a_year(client: Client, stored: None) -> None:
    again = load(national_table(NURSES, COOKS, DRIVERS, jobs="7", median="61,000"), "national_M2024_dl (2).csv")
    assert len(history(client)) == 5
    newest = Page.objects.get(name="national_M2025_dl.csv")
    undo_page(newest)
    assert history(client)[-1]["year"] == 2024
    undo_page(Page.objects.get(pk=again.page))
    assert history(client)[-1]["median"] == 60000


def test_the_line_has_gaps_and_says_that_pay_is_not_adjusted_for_prices(stored: None) -> None:
    drawn = figure(NURSES[0], COOKS[0])
    assert drawn is not None
    lines = {part: len(strokes) for (part, width, _), strokes in drawn.sheet.strokes.items() if width == 2}
    assert lines == {"a": 2, "b": 1}  # 2019 to 2020 and 2024 to 2025, and nothing over the years without a figure
    dots = {part: [dot.value for dot in dots] for (part, _), dots in drawn.sheet.dots.items()}
    assert dots == {"a": [2019, 2020, 2022, 2024, 2025], "b": [2024, 2025]}
    assert "in dollars of the day, not adjusted for prices, in the whole country" in drawn.subtitle
    assert drawn.title == (
        "Median pay a year: Registered Nurses $50,000 in 2019 and $64,000 in 2025; Cooks, Restaurant $60,000 in 2024 "
        "and $64,000 in 2025"
    )
    assert drawn.rows[0][0] == "2019"
    assert drawn.rows[0][2] == "no figure in this year"
    assert drawn.rows[0][1].startswith("$50,000 a year (one in ten below $41,000, one in ten above $99,000)")


def test_svg_and_plotly_draw_the_same_points(client: Client, stored: None) -> None:
    drawn = figure(NURSES[0])
    assert drawn is not None
    spec = client.get(f"/roles/{slugs_of(NURSES[0])[0]}/figures/history.json").json()
    [dots] = spec["data"]
    assert dots["x"] == [2019, 2020, 2022, 2024, 2025]
    [points] = drawn.sheet.dots.values()
    assert dots["y"] == [float(point.y) for point in points]
    lines = [shape for shape in spec["layout"]["shapes"] if shape["name"] == "a"]
    assert len(lines) == 2


def test_a_median_above_what_is_told_is_a_gap_with_its_reason(client: Client) -> None:
    for year, median in ((2023, "200,000"), (2024, "#"), (2025, "220,000")):
        hourly = ("50.00", "#" if median == "#" else "90.00", "#")
        row = state_row(NATION, NURSES, yearly=("100,000", median, "#"), hourly=hourly)
        load(table_of(row), f"national_M{year}_dl.csv")
    drawn = figure(NURSES[0])
    assert drawn is not None
    assert [row[1].partition(";")[0] for row in drawn.rows][1] == "median higher than the source tells"
    assert not [part for (part, width, _) in drawn.sheet.strokes if width == 2]


def test_one_year_makes_no_line(client: Client) -> None:
    load(national_table(NURSES), "national_M2025_dl.csv")
    assert figure(NURSES[0]) is None
    page = opened(client, f"/roles/{slugs_of(NURSES[0])[0]}/")
    assert not page.cssselect("#chart-history")


def test_the_page_shows_the_line_once_and_links_each_release(client: Client, stored: None) -> None:
    page = opened(client, f"/compare/{'-vs-'.join(slugs_of(NURSES[0], COOKS[0]))}/")
    assert len(page.cssselect("#chart-history svg.drawing")) == 1
    [sources] = [text for text in words(page, "p.small") if text.startswith("Each year is of a release of its own")]
    assert sources.endswith("May 2019, May 2020, May 2022, May 2024, May 2025.")


def test_the_years_that_ship_join_the_occupations_that_are_stored(client: Client) -> None:
    load(national_table(NURSES, COOKS, ("53-3032", "Heavy and Tractor-Trailer Truck Drivers")), "national_M2025_dl.csv")
    call_command("load_pages", "fixtures/tables", verbosity=0)
    for year in range(2019, 2025):
        call_command("load_pages", f"fixtures/occupations/pay_{year}.csv", verbosity=0)
    entries = history(client)
    assert [entry["year"] for entry in entries] == [2019, 2020, 2021, 2022, 2023, 2024, 2025]
    assert (entries[0]["median"], entries[0]["jobs"]) == (73300, 2982280)
    assert Citation.objects.filter(figures_of__year=2019).count() == 1
    assert Role.objects.get(soc_code=NURSES[0]).title == "Registered Nurses"
