"""The page about the data: it says what the code does, with the code's own figures."""

import re
from datetime import date

import pytest
from django.test import Client

from careers import vocabulary
from careers.models import Citation
from comparisons import formats, thresholds
from comparisons.language.verdict import rules_text
from comparisons.queries import group_figures, revision
from comparisons.views import response_cache
from ingest.loading.current import subtract_year
from tests.comparisons.official import Occupation, load_release
from tests.comparisons.opened_pages import count_queries, list_texts, open_page
from tests.comparisons.stored_roles import GUIDE, LEAD, PROGRAM, SOFTWARE, store_role

pytestmark = pytest.mark.django_db


def read_about(client: Client) -> str:
    return " ".join(open_page(client, "/about/").text_content().split())


def test_each_publisher_stands_there_with_counts_days_licence_and_attribution(client: Client) -> None:
    for title in (LEAD, SOFTWARE, PROGRAM, GUIDE):
        store_role(title)
    page = open_page(client, "/about/")
    names = list_texts(page, "#publishers h3")
    assert names == ["Zippia", "Jobicy"]
    lines = dict(zip(names, list_texts(page, "#publishers h3 + p"), strict=True))
    assert lines["Zippia"].startswith("3 roles from 2 pages, captured or loaded 1 March 2026. No license is stated.")
    assert lines["Zippia"].endswith("Text by Zippia.")
    assert lines["Jobicy"].startswith(
        "1 role from 1 page, captured or loaded 1 March 2026. Licensed under CC BY 4.0 unless"
    )
    assert lines["Jobicy"].endswith("Text by Jobicy.")
    licence = page.cssselect("a[rel~=license]")[0]
    assert licence.get("href") == "https://creativecommons.org/licenses/by/4.0/"


def test_licences_that_pages_state_themselves_stand_there_with_their_number(client: Client) -> None:
    for title in (LEAD, SOFTWARE, PROGRAM):
        store_role(title)
    Citation.objects.filter(title__startswith="Lead").update(licence="CC0", licence_url="https://example.org/cc0")
    page = open_page(client, "/about/")
    assert "License of 1 of 2 pages: CC0." in list_texts(page, "#publishers h3 + p")[0]
    assert [link.get("href") for link in page.cssselect("a[rel~=license]")] == ["https://example.org/cc0"]


def test_a_licence_that_all_pages_state_stands_there_without_a_number(client: Client) -> None:
    store_role(LEAD)
    Citation.objects.update(licence="CC0")
    assert list_texts(open_page(client, "/about/"), "#publishers h3 + p")[0].endswith("License: CC0. Text by Zippia.")


def test_an_empty_site_has_the_page_too(client: Client) -> None:
    assert "No pages are stored yet." in read_about(client)


def test_thresholds_are_those_that_the_code_uses(client: Client) -> None:
    page_text = read_about(client)
    assert rules_text.TOSS_UP in page_text
    assert f"growth, by {thresholds.LEAD_IN_GROWTH} points or more; openings, by a quarter or more; jobs" in page_text
    assert f"From {thresholds.MANY_TIMES} times on" in page_text
    assert f"under {thresholds.ABOUT_AS_MANY}%" in page_text
    assert f"at least {group_figures.FEWEST_ROLES} roles of a publisher" in page_text


def test_its_worked_examples_are_what_the_code_computes(client: Client) -> None:
    page_text = read_about(client)
    gap = 60_000 - 50_000
    assert f"$60,000 against $50,000 is a gap of $10,000, or {100 * gap // 50_000}% of the lower" in page_text
    assert f"an overlap of {formats.overlap((40_000, 60_000), (50_000, 90_000)):.0f}%" in page_text


def test_the_bands_of_the_experience_figure_stand_there(client: Client) -> None:
    page_text = read_about(client)
    assert "2 is 1 to 2 years" in page_text
    assert "12 is 6 to 12 months" in page_text


def test_every_way_of_reading_and_every_doubt_is_explained(client: Client) -> None:
    items = list_texts(open_page(client, "/about/"), "#reading li")
    assert set(vocabulary.HOW.values()) | set(vocabulary.WARNINGS.values()) <= set(items)
    for reason in (vocabulary.NOT_PUBLISHED, vocabulary.UNCLEAR, vocabulary.NOT_IN_SOURCE):
        assert any(item.startswith(f"{reason}:") for item in items)


def test_what_it_says_of_choosing_a_page_is_what_loading_does(client: Client) -> None:
    assert "captured within a year of the newest" in read_about(client)

    assert subtract_year(date(2026, 3, 1)) == date(2025, 3, 1)


def test_what_is_not_known_is_said(client: Client) -> None:
    unknown = " ".join(list_texts(open_page(client, "/about/"), "#unknown li"))
    for matter in ("growth rate", "ends of a pay range", "Years of experience"):
        assert matter in unknown


def test_pay_by_state_stands_below_its_own_heading(client: Client) -> None:
    page = open_page(client, "/about/")
    [paragraph] = [part for part in page.cssselect("main p") if "Regional Price Parity" in part.text_content()]
    assert paragraph.getprevious().text_content() == "Pay by state and over the years"
    assert paragraph.text_content().startswith("The wage statistics give")


def test_each_part_has_its_place_in_the_list_at_the_top(client: Client) -> None:
    page = open_page(client, "/about/")
    places = [element.get("id") for element in page.cssselect("section[id]")]
    assert len(places) > 5
    assert [link.get("href")[1:] for link in page.cssselect("main a[href^='#']")] == places


def test_it_takes_the_same_three_queries_whatever_is_stored(client: Client) -> None:
    store_role(LEAD)
    first = count_queries(client, "/about/")
    assert first <= 3
    for title in (SOFTWARE, PROGRAM, GUIDE):
        store_role(title)
    revision.forget_computed()
    response_cache.forget()
    assert count_queries(client, "/about/") <= first


def test_each_table_stands_there_in_its_newest_release(client: Client) -> None:
    for year in (2025, 2026):
        load_release(year, Occupation("35-2014", "Cooks, Restaurant", yearly=20 * year))
    page = open_page(client, "/about/")
    assert list_texts(page, "#publishers summary") == ["1 table"]
    assert list_texts(page, "#publishers li") == ["Occupational Employment and Wage Statistics, national, May 2026"]


def test_the_words_about_official_statistics_name_no_year_that_a_later_release_makes_untrue(client: Client) -> None:
    for words in list_texts(open_page(client, "/about/"), "#official p"):
        assert not re.search(r"\b20\d\d\b", words), words
