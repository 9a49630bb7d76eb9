"""Price levels of states: a table without roles through reading, preview, loading, undo and take-down."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from careers.models import AreaPrice, Citation, Publisher, Revision, Role
from ingest.batches import uploads, worker
from ingest.documents.document import read_document
from ingest.loading.load import load_chunk, reread_pages
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Batch, Draft, Page
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.price_tables import ALASKA, CALIFORNIA, HEAD, NATION, PRICE_FILE, PRICE_TABLE, write_row, write_table
from tests.ingest.read_files import explain_refusal
from tests.ingest.small_pages import LoadedPage, enter_page, load_page, read_stored_page, undo_page, write_pipe


def parse_prices(content: bytes, name: str = PRICE_FILE) -> ParsedPage:
    return parse_page(read_document(name, content))


def get_refusal(content: bytes) -> str:
    return explain_refusal(content, PRICE_FILE)


@pytest.mark.django_db
def test_prices_are_stored_after_a_page_without_any() -> None:
    load_chunk([enter_page(write_pipe("Baker", "Miller")), enter_page(PRICE_TABLE, PRICE_FILE, captured_on=None)])

    assert AreaPrice.objects.count() == 2


def load(content: bytes = PRICE_TABLE, name: str = PRICE_FILE) -> LoadedPage:
    return load_page(enter_page(content, name, captured_on=None), commit=True)


# -- reading ----------------------------------------------------------------------------------


def test_the_prices_of_all_items_of_the_newest_year_are_read_whatever_the_order_of_the_columns() -> None:
    reading = parse_prices(PRICE_TABLE)
    assert not reading.roles
    assert reading.title == "Regional Price Parities by state, all items, 2024"
    levels = [(price.state, price.fips, price.year, price.price_level) for price in reading.area_prices]
    assert levels == [("AK", "02", 2024, Decimal("102.5")), ("CA", "06", 2024, Decimal("111.25"))]
    place = reading.area_prices[1].evidence
    assert (place.line, place.raw, place.column, place.sheet) == (4, "111.25", "2024", "SARPP")
    assert not reading.warnings
    assert (reading.publisher, reading.licence) == ("U.S. Bureau of Economic Analysis", "Public domain")
    assert (reading.release, reading.figures_of, reading.layout) == ("2024", date(2024, 1, 1), "table")
    assert reading.url == "https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area"


def test_names_and_codes_of_the_table_may_be_spelled_in_another_way() -> None:
    content = write_table(NATION, ALASKA, CALIFORNIA).replace(b"SARPP", b"sarpp").replace(b"Alaska", b"Alaska *")
    assert [price.state for price in parse_prices(content).area_prices] == ["AK", "CA"]


def test_a_newest_year_that_is_marked_as_preliminary_is_the_newest() -> None:
    page = parse_prices(write_table(NATION, ALASKA, head=HEAD.replace("2024", "2024 (p)")))
    assert (page.release, [price.year for price in page.area_prices]) == ("2024", [2024])


@pytest.mark.parametrize("cell", ["l11.25", "0.000"])
def test_a_cell_that_is_no_level_is_reported_with_row_and_column_and_the_state_has_none(cell: str) -> None:
    reading = parse_prices(write_table(NATION, ALASKA, write_row("06", "California", "112", cell, "112")))
    assert [price.state for price in reading.area_prices] == ["AK"]
    [warning] = reading.warnings
    assert (warning.line, warning.message) == (4, f"“{cell}” in the column 2024 is no price level (California).")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (write_table(NATION), "gives no price level of a state"),
        (
            write_table(NATION, write_row("06", "California", "112", "111[1]", "112")),
            "Row 3: “111[1]” in the column 2024 is no price level (California).",
        ),
        (
            write_table(NATION, write_row("06", "California[1]", "112", "111", "112")),
            "1 rows of California[1] were left out: they are not states.",
        ),
        (write_table(CALIFORNIA), "the table has no such row"),
        (write_table(write_row("00", "United States", "100", "99.5", "100"), CALIFORNIA), "must be 100 in 2024"),
        (write_table(NATION, CALIFORNIA, CALIFORNIA), "The rows 3 and 4 both give the price level of California"),
        (
            write_table(NATION, write_row("00", "Abilene, TX", "90", "91", "92", table="MARPP")),
            "Row 3 is of the table “MARPP”",
        ),
        (write_table(NATION, head=HEAD.replace(",Description", ",Other")), "DESCRIPTION"),
        (write_table(NATION, head=HEAD.replace("2022,2024,2023", "a,b,c")), "lacks columns of years, such as 2024"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    assert reason in get_refusal(content)


# -- storing ----------------------------------------------------------------------------------


def read_levels() -> dict[str, Any]:
    return {price.state: price.price_level for price in AreaPrice.objects.all()}


@pytest.mark.django_db
def test_loading_undoing_and_loading_again_leaves_what_the_table_says() -> None:
    before = Revision.objects.count()
    result = load()
    assert result.status == "loaded"
    assert [(change.role, change.field, change.before) for change in result.changes] == [("", "area_prices", None)]
    assert read_levels() == {"AK": Decimal("102.5"), "CA": Decimal("111.25")}
    assert not Role.objects.exists()
    [citation] = Citation.objects.all()
    assert citation.licence == "Public domain"
    assert load().already_loaded
    undo_page(read_stored_page(result))
    assert read_levels() == {}
    assert not Citation.objects.exists()
    assert load().status == "loaded"
    assert len(read_levels()) == 2
    assert Revision.objects.count() >= before


@pytest.mark.django_db
def test_reading_a_stored_table_again_changes_nothing() -> None:
    stored = read_stored_page(load())
    [result] = reread_pages([stored])
    assert (result.status, result.changes) == ("unchanged", ())
    assert len(read_levels()) == 2


@pytest.mark.django_db
def test_a_publisher_of_price_levels_can_be_taken_down_and_put_back() -> None:
    load()
    publisher = Publisher.objects.get()
    take_down_publisher(publisher, None, "for a test")
    refused = load(write_table(NATION, ALASKA))
    assert refused.status == "refused"
    put_back_publisher(publisher, None)
    assert len(read_levels()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("level", ["1.02", "49.999", "200.001", "888"])
def test_a_level_that_no_state_can_have_is_left_out_with_a_warning(level: str) -> None:
    result = load(write_table(NATION, ALASKA, write_row("06", "California", "112.5", level, "112.0")))
    assert read_levels().keys() == {"AK"}
    assert result.report is not None
    [warning] = result.report.warnings
    message = f"“{level}” in the column “2024” is out of bounds: no price level can be that."
    assert (warning["line"], warning["message"]) == (4, message)


@pytest.mark.django_db
def test_the_preview_shows_each_level_with_its_row_and_stores_nothing(admin_client: Client) -> None:
    batch = Batch.objects.create()
    uploads.add_file(batch, PRICE_FILE, io.BytesIO(PRICE_TABLE))
    worker.continue_here(batch, 5)
    draft = Draft.objects.get()
    assert (draft.status, draft.change_count, draft.roles) == ("new", 1, [])
    text = admin_client.get(reverse("admin:ingest_draft_change", args=[draft.pk])).content.decode()
    assert "California, 2024: <b>111.250</b>" in text
    assert "Nothing was read from this page." not in text
    assert read_levels() == {}
    worker.start_loading(batch, "all", None)
    worker.continue_here(batch, 5)
    stored = admin_client.get(reverse("admin:ingest_page_change", args=[Page.objects.get().pk])).content.decode()
    assert "California, 2024: <b>111.250</b>" in stored
    worker.start_undoing(batch, None)
    worker.continue_here(batch, 5)
    assert read_levels() == {}


@pytest.mark.django_db
def test_the_levels_that_ship_are_loaded_by_the_command_with_their_publisher() -> None:
    call_command("load_pages", "fixtures/occupations/area_prices.csv", verbosity=0)
    assert len(read_levels()) == 51
    price = AreaPrice.objects.select_related("citation__publisher").get(state="CA")
    assert (price.year, price.price_level, price.fips) == (2024, Decimal("110.720"), "06")
    assert price.citation.publisher.name == "U.S. Bureau of Economic Analysis"
    assert price.evidence["column"] == "2024"
