"""Pay and jobs of one state, by state, and adjusted for prices: pages, files and the API."""

import csv
import io
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from comparisons.queries import revision
from comparisons.queries.place import PRICES, WHERE
from comparisons.views import response_cache
from ingest.models import Page
from tests.comparisons.figure_tables import find_figure_row, find_origin, list_figure_texts
from tests.comparisons.official import find_slugs
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import LEAD, store_role
from tests.comparisons.stored_states import load_table, make_pair_address
from tests.ingest.price_tables import PRICE_FILE, PRICE_TABLE
from tests.ingest.projection_tables import make_csv, make_projection_rows
from tests.ingest.small_pages import undo_page
from tests.ingest.state_tables import (
    CALIFORNIA,
    COOKS,
    DRIVERS,
    NATION,
    NURSES,
    make_national_table,
    make_state_row,
    make_table,
)

pytestmark = pytest.mark.django_db


def make_role_address(code: str = NURSES[0]) -> str:
    return f"/roles/{find_slugs(code)[0]}"


def fetch_role(client: Client, code: str, query: str = "") -> Any:
    return client.get(f"/api/v1{make_role_address(code)}{query}").json()


def read_text(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


# -- one state --------------------------------------------------------------------------------


def test_a_state_takes_the_place_of_the_country_for_pay_and_jobs_of_both_roles(
    client: Client, figures_by_state: None
) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=CA")
    text = read_text(page)
    assert "Pay and jobs of official occupations are those in California, May 2025." in text
    assert list_figure_texts(page, "Median pay a year")[:2] == ["$111,250", "$44,500"]
    assert list_figure_texts(page, "Number of jobs")[:2] == ["1,200", "2,400"]
    assert "$64,000" not in " ".join(list_texts(page, ".pairs td.n, .rungs td"))
    origin = find_origin(page, find_figure_row(page, "Median pay a year").cssselect("button")[0]).text_content()
    assert "row 2 (29-1141), column AREA_TITLE, TOT_EMP, A_MEDIAN, A_PCT10, A_PCT90" in origin
    assert "in California, May 2025" in origin


def test_json_csv_and_api_give_the_figures_of_the_state_with_their_rows(client: Client, figures_by_state: None) -> None:
    for address in (f"{make_role_address()}.json?where=CA", f"/api/v1{make_role_address()}?where=ca"):
        data = client.get(address).json()
        assert (data["salary"]["annual_median"], data["outlook"]["job_count"]) == (111250, 1200)
        assert data["salary"]["annual_average"] is None
        assert data["where"]["state"] == "CA"
        assert data["where"]["note"] is None
        assert data["evidence"]["salary.annual_median"]["line"] == 2
    rows = list(csv.DictReader(io.StringIO(client.get(f"{make_role_address()}.csv?where=CA").text)))
    [median] = [row for row in rows if row["field"] == "salary.annual_median"]
    assert (median["value"], median["line"], median["note"]) == ("111250", "2", "in California")


def test_projected_figures_beside_those_of_a_state_are_of_the_whole_country(
    client: Client, figures_by_state: None
) -> None:
    load_table(make_csv(make_projection_rows()), "table.csv")
    for address in (make_pair_address(), make_role_address()):
        assert (
            "Pay and jobs of official occupations are those in California, May 2025; growth and openings are those of "
            "the whole country."
        ) in read_text(open_page(client, f"{address}/?where=CA"))


def test_rows_of_a_file_name_the_state_and_say_why_a_figure_is_missing(client: Client, figures_by_state: None) -> None:
    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(client.get(f"{make_role_address()}.csv").text))}
    assert (rows["area_pay[1].median"]["value"], rows["area_pay[1].median"]["note"]) == ("111250", "California")
    missing = rows["area_pay[2].median"]
    assert (missing["value"], missing["note"]) == ("", "Guam; too high for the source to publish")


def test_without_a_state_nothing_changes_and_all_states_stand_in_the_answer(
    client: Client, figures_by_state: None
) -> None:
    data = fetch_role(client, NURSES[0])
    assert data["where"] is None
    assert data["salary"]["annual_median"] == 64000
    no_hours = {"hourly_median": None, "hourly_p10": None, "hourly_p90": None}
    alabama, california, guam = data["area_pay"]
    assert alabama == {
        "state": "AL",
        "fips": "01",
        "jobs": None,
        "median": 60000,
        "p10": 40000,
        "p90": 90000,
        **no_hours,
    }
    assert (california["state"], california["fips"], california["median"]) == ("CA", "06", 111250)
    assert guam["median"] is None
    assert data["evidence"]["area_pay[2].median"]["missing"] == "too-high"
    assert data["sources"][data["evidence"]["area_pay[1]"]["source"]]["title"].endswith("by state, May 2025")


def test_a_state_without_a_figure_says_why(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=AL")
    assert list_figure_texts(page, "Number of jobs")[0] == "not published"


def test_a_state_without_any_figure_is_named_once_for_all_roles_that_lack_one(
    client: Client, figures_by_state: None
) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=TX")
    note = "publishes no figures for registered nurses or cooks (restaurant) in Texas, May 2025."
    assert read_text(page).count("publishes no figures") == read_text(page).count(note) == 1


def test_what_the_country_has_alone_is_not_kept_by_state_and_what_it_never_had_is_not_in_the_source(
    client: Client, figures_by_state: None
) -> None:
    store_role(LEAD)
    page = open_page(client, f"{make_pair_address()}-vs-lead-technician/?where=CA")
    assert find_figure_row(page, "Average pay a year").text_content().count("not kept by state") == 2
    assert "not kept by state" not in find_figure_row(page, "Growth rate").text_content()


def test_a_territory_that_lacks_one_role_is_named_with_that_role_alone(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=GU")
    notes = list_texts(page, ".hero .note")
    assert "The U.S. Bureau of Labor Statistics publishes no figures for cooks (restaurant) in Guam, May 2025." in notes
    assert not [note for note in notes if "registered nurses" in note]


def test_pay_by_the_hour_alone_is_shown_for_a_state(client: Client, figures_by_state: None) -> None:
    data = fetch_role(client, COOKS[0], "?where=AL&prices=1")
    assert (data["salary"]["hourly_median"], data["salary"]["annual_median"]) == (11.5, None)
    page = open_page(client, f"{make_role_address(COOKS[0])}/?where=AL")
    assert list_texts(page, "#pay .mid td.n") == ["$11.50"]


def test_who_is_paid_by_the_hour_alone_has_no_pay_published_where_a_state_has_none(client: Client) -> None:
    no_years, no_hours = ("*", "*", "*"), ("**", "**", "**")
    load_table(make_table(make_state_row(NATION, COOKS, yearly=no_years)), "national_M2025_dl.csv")
    load_table(make_table(make_state_row(CALIFORNIA, COOKS, yearly=no_hours, hourly=no_hours)), "state_M2025_dl.csv")
    assert fetch_role(client, COOKS[0])["salary"]["hourly_median"] == 33.65
    for state, reason in (("CA", "not-published"), ("TX", "not-in-area")):
        evidence = fetch_role(client, COOKS[0], f"?where={state}")["evidence"]
        assert evidence["salary.hourly_median"]["missing"] == reason


def test_a_role_of_another_publisher_keeps_its_figures_and_says_so(client: Client, figures_by_state: None) -> None:
    store_role(LEAD)
    page = open_page(client, f"/compare/{find_slugs(NURSES[0])[0]}-vs-lead-technician/?where=CA")
    note = "Pay and jobs of lead technicians are those of the whole country: their publisher has no figures by state."
    assert note in list_texts(page, ".hero .note")
    assert list_figure_texts(page, "Average pay a year")[1].startswith("$90,615")
    assert fetch_note(client, "lead-technician") == note


def test_no_pay_in_a_state_is_not_said_to_be_none_at_all(client: Client, figures_by_state: None) -> None:
    store_role(LEAD)
    page = open_page(client, f"/compare/{find_slugs(NURSES[0])[0]}-vs-lead-technician/?where=TX")
    assert "No steps or range of pay by the year are published for registered nurses in Texas." in list_texts(
        page, ".note"
    )


def fetch_note(client: Client, slug: str) -> Any:
    return client.get(f"/api/v1/roles/{slug}?where=CA").json()["where"]["note"]


def test_an_occupation_without_figures_by_state_keeps_those_of_the_country(
    client: Client, figures_by_state: None
) -> None:
    data = fetch_role(client, DRIVERS[0], "?where=CA&prices=1")
    assert data["salary"]["annual_median"] == 64000
    assert data["where"]["note"].endswith("are those of the whole country: no figures by state are stored for them.")
    assert data["where"]["adjusted"] is None


def test_figures_of_a_state_and_of_the_country_are_marked_where_they_are_compared(
    client: Client, figures_by_state: None
) -> None:
    page = open_page(client, f"{make_pair_address(NURSES[0], DRIVERS[0])}/?where=CA")
    gap = list_figure_texts(page, "Median pay a year")[2]
    assert gap == "+$47,250different places"


# -- addresses --------------------------------------------------------------------------------


def test_a_state_that_does_not_exist_is_a_calm_answer(client: Client, figures_by_state: None) -> None:
    for query in ("?where=ZZ", "?where=%00", "?where=" + "x" * 3000, "?where=<b>", "?where=CA&where=ZZ"):
        page = open_page(client, f"{make_pair_address()}/{query}", status=400)
        assert list_figure_texts(page, "Median pay a year")[0].startswith("$64,000")
        for answered in (page, open_page(client, f"{make_role_address()}/{query}", status=400)):
            assert "No state or territory is called" in read_text(answered)
        for address in (f"{make_pair_address()}.json", f"{make_role_address()}.json", f"/api/v1{make_role_address()}"):
            answer = client.get(address + query)
            assert answer.status_code == 400
            assert answer.json()["error"]
        for address in (f"{make_pair_address()}.csv", f"{make_role_address()}.csv", f"{make_pair_address()}.html"):
            assert client.get(address + query).status_code == 400
        assert client.get(f"{make_pair_address()}/figures/pay.json{query}").status_code == 404


def test_a_state_can_be_asked_for_by_its_name(client: Client, figures_by_state: None) -> None:
    assert fetch_role(client, NURSES[0], "?where=california")["where"]["state"] == "CA"


def test_links_that_lead_on_keep_the_state_and_the_prices(client: Client, figures_by_state: None) -> None:
    query = "?where=CA&prices=1"
    page = open_page(client, f"{make_pair_address()}/{query}")
    [canonical] = page.cssselect("link[rel=canonical]")
    assert urlsplit(str(canonical.get("href"))).query == query[1:]
    links = [
        str(link.get("href"))
        for link in page.cssselect("main a")
        if not str(link.get("href")).startswith(("#", "http"))
    ]
    leading_on = [link for link in links if link.startswith(("/compare/", "/roles/"))]
    assert len(leading_on) >= 6
    assert [link for link in leading_on if "where=CA&prices=1" not in link] == []
    sides = {field.get("name"): field.get("value") for field in page.cssselect(".change input[type=hidden]")}
    assert sides == {WHERE: "CA", PRICES: "1"}
    [strip] = page.cssselect("#strip[data-figure]")
    assert str(strip.get("data-figure")).endswith(query)
    answer = client.get("/compare/", {"role": list(find_slugs(NURSES[0], COOKS[0])), "where": "CA", "prices": "1"})
    assert urlsplit(answer.headers["Location"]).query == query[1:]


def test_one_link_leads_from_a_state_back_to_the_whole_country(client: Client, figures_by_state: None) -> None:
    def list_ways_back(address: str) -> list[str]:
        links = open_page(client, address).cssselect(".verdict a")
        return [str(link.get("href")) for link in links if link.text == "Show the whole country"]

    pair = f"{make_pair_address()}/"
    assert list_ways_back(f"{pair}?where=CA&prices=1&pay=2") == ["?pay=2"]
    assert list_ways_back(f"{make_role_address()}/?where=GU") == ["?"]
    assert list_ways_back(pair) == []


def test_the_form_works_without_script_and_keeps_the_choice(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=CA&prices=1")
    [form] = page.cssselect("form#place")
    assert form.get("method", "get") == "get"
    [chosen] = form.cssselect("option[selected]")
    assert chosen.text == "California"
    assert [option.text for option in form.cssselect("option")] == ["All states", "Alabama", "California", "Guam"]
    assert form.cssselect("input[name=prices][checked]")


def test_kept_pages_of_several_states_are_not_mixed_up(client: Client, figures_by_state: None, settings: Any) -> None:
    settings.RESPONSE_CACHE_BYTES, settings.REVISION_SECONDS = 5_000_000, 60.0
    response_cache.forget()
    revision.forget()
    medians = []
    for query in ("", "?where=CA", "?where=AL", "", "?where=CA"):
        page = html.document_fromstring(client.get(f"{make_role_address()}/{query}").text)
        medians += list_texts(page, "#pay .mid td.n")
    assert medians == ["$64,000", "$111,250", "$60,000", "$64,000", "$111,250"]


# -- prices -----------------------------------------------------------------------------------


def test_pay_adjusted_for_prices_is_computed_and_says_how(client: Client, figures_by_state: None) -> None:
    data = fetch_role(client, NURSES[0], "?where=CA&prices=1")["where"]
    assert (data["price_level"]["level"], data["price_level"]["year"]) == (111.25, 2024)
    assert (data["adjusted"]["median"], data["adjusted"]["p10"]) == (100000, 72000)
    assert data["adjusted"]["basis"] == "computed"
    page = open_page(client, f"{make_pair_address()}/?where=CA&prices=1")
    assert list_texts(page, "#strip td.n") == ["$100,000", "$40,000"]
    assert list_texts(page, "#strip .f") == ["Registered nurses +$60,000"]
    assert (
        "times 100, divided by the price level" in find_origin(page, page.cssselect("#strip button")[0]).text_content()
    )
    assert list_figure_texts(page, "Median pay a year")[0] == "$111,250"
    assert "Regional Price Parities by state" in read_text(page)


@pytest.mark.parametrize("query", ["", "?where=CA", "?where=CA&prices=1", "?where=AL"])
def test_the_price_levels_of_all_states_are_among_the_sources_of_a_role(
    client: Client, figures_by_state: None, query: str
) -> None:
    page = open_page(client, f"{make_role_address()}/{query}")
    [place] = [link for link in page.cssselect("[popover] a") if "Economic Analysis" in link.text_content()]
    assert place.get("href")[1:] in [element.get("id") for element in page.cssselect("#sources [id]")]


def test_a_state_without_a_price_level_is_not_adjusted(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_role_address()}/?where=AL&prices=1")
    assert "Pay cannot be adjusted for prices: no price level in Alabama is stored." in read_text(page)
    data = fetch_role(client, NURSES[0], "?where=AL&prices=1")["where"]
    assert (data["price_level"], data["adjusted"]) == (None, None)


def test_adjusted_pay_is_marked_as_computed_in_files(client: Client, figures_by_state: None) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{make_role_address()}.csv?where=CA&prices=1").text)))
    [adjusted] = [row for row in rows if row["field"] == "where.adjusted.median"]
    assert (adjusted["value"], adjusted["basis"], adjusted["unit"]) == ("100000", "computed", "USD a year")
    [level] = [row for row in rows if row["field"] == "where.price_level.level"]
    assert (level["value"], level["basis"], level["raw"]) == ("111.25", "published", "111.25")


def test_the_api_lists_price_levels_of_areas_and_forgets_those_that_are_undone(client: Client) -> None:
    result = load_table(PRICE_TABLE, PRICE_FILE)
    areas = {area["state"]: area for area in client.get("/api/v1/areas").json()["areas"]}
    assert areas["CA"]["price_level"]["level"] == 111.25
    assert areas["CA"]["price_level"]["publisher"] == "U.S. Bureau of Economic Analysis"
    assert areas["GU"]["price_level"] is None
    undo_page(Page.objects.get(pk=result.page))
    areas = {area["state"]: area for area in client.get("/api/v1/areas").json()["areas"]}
    assert areas["CA"]["price_level"] is None


# -- by state ---------------------------------------------------------------------------------


def test_the_page_of_a_role_lists_every_state(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_role_address()}/")
    guam, alabama = (" ".join(list_texts(page, "table.states tbody tr")[row].split()) for row in (2, 0))
    assert "too high for the source to publish" in guam
    assert "$60,000" in alabama


def test_every_state_of_the_table_leads_to_the_page_with_this_state(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_role_address()}/?where=CA&prices=1")
    assert [link.get("href") for link in page.cssselect("table.states a")] == [
        "?where=AL&prices=1",
        "?where=CA&prices=1",
        "?where=GU&prices=1",
    ]


def test_hostile_titles_are_only_words_beside_a_state(client: Client) -> None:
    title = "<script>alert(1)</script> Nurses"
    load_table(make_national_table((NURSES[0], title)), "national_M2025_dl.csv")
    load_table(make_table(make_state_row(CALIFORNIA)), "state_M2025_dl.csv")
    answer = client.get(f"{make_role_address()}/?where=GU&prices=1")
    assert "<script>alert" not in answer.text
    json.loads(client.get(f"{make_role_address()}.json?where=GU").content)


def test_a_state_costs_no_query_for_each_role(client: Client, figures_by_state: None) -> None:
    counts = []
    for codes in ((NURSES[0], COOKS[0]), (NURSES[0], COOKS[0], DRIVERS[0])):
        address = f"{make_pair_address(*codes)}/?where=CA&prices=1"
        client.get(address)  # price levels are read once per revision
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6
