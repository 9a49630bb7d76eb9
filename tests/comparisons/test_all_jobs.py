"""Figures of all jobs beside those of official occupations: on pages, in files and answers, and where none is."""

import csv
import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from careers.models import Listing, Role
from comparisons.queries.place import read_place
from ingest.models import Page
from tests.comparisons.official import Occupation, find_slugs, load_release, make_all_jobs
from tests.comparisons.opened_pages import list_texts, open_page
from tests.ingest.projection_tables import add_all_jobs, change_row, make_csv, make_projection_rows
from tests.ingest.small_pages import load_page, undo_page
from tests.ingest.state_tables import CALIFORNIA, NURSES, make_state_row, make_table

pytestmark = pytest.mark.django_db

NURSE = Occupation("29-1141", "Registered Nurses", yearly=100_000)
COOK = Occupation("35-2014", "Cooks, Restaurant", yearly=40_000, times=("annual",))
DRIVER = Occupation("53-3032", "Heavy Truck Drivers", yearly=60_000)
# The middle of 50,000 on average is 47,500, by the rows of `official`.
TOTAL = make_all_jobs(yearly=50_000)


def load_wages(year: int = 2025, *more: Occupation) -> None:
    load_release(year, *more, NURSE, COOK, DRIVER)


def load_projections(rows: Any = None) -> None:
    content = make_csv(rows if rows is not None else add_all_jobs(make_projection_rows()))
    assert load_page(Page(name="table.csv", content=content), commit=True).status == "loaded"


def build_role_page(client: Client, code: str, query: str = "") -> html.HtmlElement:
    return open_page(client, f"/roles/{find_slugs(code)[0]}/{query}")


def open_comparison(client: Client, *codes: str) -> html.HtmlElement:
    return open_page(client, f"/compare/{'-vs-'.join(find_slugs(*codes))}/")


def find_row(page: html.HtmlElement, label: str) -> str:
    """The row of the table at a glance in plain text."""
    for body in page.cssselect("table.pairs tbody"):
        if body.cssselect("th.q")[0].text_content().startswith(label):
            return " ".join(" ".join(body.itertext()).split()).replace(" ;", ";")  # spans end before it
    raise AssertionError(label)


def read_note(page: html.HtmlElement, button: html.HtmlElement) -> str:
    [note] = page.cssselect(f"#{button.get('popovertarget')}")
    return " ".join(note.text_content().split())


# -- a role beside all jobs -------------------------------------------------------------------


def test_a_role_stands_beside_all_jobs_in_pay_and_growth(client: Client) -> None:
    load_wages(2025, TOTAL)
    load_projections()
    page = build_role_page(client, "29-1141")
    assert list_texts(page, ".say")[0].startswith("Pays twice the middle of all jobs")
    pay = find_row(page, "Pay")
    assert "All jobs $47,500" in pay
    assert "Twice the middle of all jobs" in pay
    growth = find_row(page, "Growth")
    assert "All jobs +3.1%" in growth
    assert "Faster than all jobs 1.8 points more" in growth
    assert "line: all jobs" not in growth, "a bar of its own needs no line"
    assert len(page.cssselect('table.pairs tr.o use[href="#o"]')) == 1


def test_pay_below_that_of_all_jobs_is_stated_in_percent_and_a_shrinking_role_never_as_a_multiple(
    client: Client,
) -> None:
    load_wages(2025, TOTAL)
    load_projections()
    page = build_role_page(client, "35-2014")
    assert "20% less than the middle of all jobs" in find_row(page, "Pay")
    assert "Shrinks, while all jobs grow 7.8 points apart" in find_row(page, "Growth")


def test_the_steps_of_pay_have_a_column_for_all_jobs_and_how_far_the_role_is_from_it(client: Client) -> None:
    load_wages(2025, TOTAL)
    page = build_role_page(client, "29-1141")
    [table] = page.cssselect("#pay table.rungs")
    heads = [" ".join(head.text_content().split()) for head in table.cssselect("thead th")]
    assert heads == ["A year", "Registered nurses", "Drawn", "All jobs", "Against all jobs"]
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.cssselect("th, td.n, td.f")]
        for row in table.cssselect("tbody tr")
    ]
    assert ["Half earn more than", "$95,000", "$47,500", "+$47,500"] in rows
    assert ["9 in 10 earn more than", "$50,000", "$25,000", "+$25,000"] in rows
    assert list_texts(page, "#pay h3")[0] == (
        "More than nine in ten registered nurses earn more than the middle of all jobs, $47,500 a year"
    )


def test_each_figure_of_all_jobs_opens_where_it_stands(client: Client) -> None:
    load_wages(2025, TOTAL)
    load_projections()
    page = build_role_page(client, "29-1141")
    figures = {
        button.text_content(): button
        for button in page.cssselect("tr.o button[popovertarget], td.n.o button[popovertarget]")
    }
    assert set(figures) == {"$47,500", "+3.1%", "$75,000", "$60,000", "$35,000", "$25,000"}
    assert "All jobs, $47,500 row 2." in read_note(page, figures["$47,500"])
    growth = read_note(page, figures["+3.1%"])
    assert "All jobs, +3.1%, 2024 to 2034" in growth
    assert "00-0000" in growth


def test_a_role_that_is_paid_by_the_hour_alone_stands_beside_the_hourly_pay_of_all_jobs(client: Client) -> None:
    load_release(2025, TOTAL, Occupation("27-2011", "Actors", yearly=100_000, times=("hourly",)), NURSE)
    page = build_role_page(client, "27-2011")
    assert "All jobs $22.84" in find_row(page, "Pay")
    assert list_texts(page, "#pay h3")[0].endswith("earn more than the middle of all jobs, $22.84 an hour")


def test_pay_with_a_large_error_is_no_multiple_of_that_of_all_jobs(client: Client) -> None:
    load_release(
        2025, TOTAL, Occupation("29-1141", "Registered Nurses", yearly=100_000, pay_error="25.0"), COOK, DRIVER
    )
    page = build_role_page(client, "29-1141")
    assert "times the middle" not in page.text_content()
    assert "wice the middle" not in page.text_content()
    assert "All jobs $47,500" in find_row(page, "Pay")


def test_an_error_of_hourly_pay_counts_too(client: Client) -> None:
    actor = Occupation("27-2011", "Actors", yearly=100_000, times=("hourly",), pay_error="12.0")
    load_release(2025, TOTAL, actor, NURSE)
    page = build_role_page(client, "27-2011")
    assert not list_texts(page, ".say")[0].startswith("Pays")
    assert "Twice the middle of all jobs relative error 12%" in find_row(page, "Pay")


def test_a_role_without_others_to_rank_among_stands_beside_all_jobs(client: Client) -> None:
    load_release(2025, TOTAL, NURSE)
    of_nurses = [row for row in make_projection_rows() if row[1:2] not in (["35-2014"], ["53-3032"])]
    load_projections(add_all_jobs(of_nurses))
    page = build_role_page(client, "29-1141")
    assert "All jobs +3.1%" in find_row(page, "Growth")
    assert "Faster than all jobs 1.8 points more" in find_row(page, "Growth")
    assert "Twice the middle of all jobs" in find_row(page, "Pay")


# -- several roles ----------------------------------------------------------------------------


def test_a_comparison_draws_a_line_at_the_growth_of_all_jobs_and_says_how_many_times_as_fast(client: Client) -> None:
    load_wages(2025, TOTAL)
    fast = change_row(make_projection_rows(), "29-1141", "Employment change, percent, 2024–34", 15.8)
    load_projections(add_all_jobs(fast))
    page = open_comparison(client, "29-1141", "53-3032")
    growth = find_row(page, "Growth")
    assert "change in jobs 2024–34; line: all jobs, 3.1%" in growth
    assert "grows faster 5.1 times the rate of all jobs" in growth
    assert len(page.cssselect("table.pairs line.ref")) == 2
    [figure] = [button for button in page.cssselect("th.q small button") if button.text_content() == "3.1%"]
    assert "All jobs, +3.1%, 2024 to 2034" in read_note(page, figure)


def test_a_comparison_marks_the_middle_of_all_jobs_at_the_middle_step(client: Client) -> None:
    load_wages(2025, TOTAL)
    page = open_comparison(client, "29-1141", "53-3032")
    assert len(page.cssselect('#pay table.rungs use[href="#o"]')) == 1
    [note] = page.cssselect("#pay table.rungs tr.mid th small")
    assert " ".join(note.text_content().split()) == "all jobs $47,500"
    assert list_texts(page, "#pay table.rungs tr.mid th")[0] == "Half earn more than all jobs $47,500"
    assert "All jobs, $47,500" in read_note(page, note.cssselect("button")[0])


def test_growth_that_is_not_twice_that_of_all_jobs_is_stated_in_points(client: Client) -> None:
    load_wages(2025, TOTAL)
    load_projections()
    assert "grows, the other shrinks 9.6 points apart" in find_row(
        open_comparison(client, "29-1141", "35-2014"), "Growth"
    )


# -- where there is nothing to compare with ---------------------------------------------------


def test_without_the_row_of_all_jobs_pages_are_as_before(client: Client) -> None:
    load_wages()
    load_projections(make_projection_rows())
    for page in (build_role_page(client, "29-1141"), open_comparison(client, "29-1141", "53-3032")):
        text = re.sub(r"\s+", " ", page.cssselect("main")[0].text_content())
        assert "all jobs" not in text.casefold().replace("not the middle of all jobs", "")
        assert not page.cssselect('main [href="#o"]')


def test_figures_of_another_release_do_not_stand_beside_a_role(client: Client) -> None:
    load_wages(2024, TOTAL)
    load_release(2025, replace(NURSE, yearly=104_000), COOK, DRIVER)
    pay = find_row(build_role_page(client, "29-1141"), "Pay")
    assert "$98,800" in pay
    assert "all jobs" not in pay.casefold()


def test_the_newer_release_counts_and_its_undoing_brings_the_earlier_one_back(client: Client) -> None:
    load_wages(2024, make_all_jobs(yearly=48_000))
    load_wages(2025, TOTAL)
    assert "All jobs $47,500" in find_row(build_role_page(client, "29-1141"), "Pay")
    undo_page(Page.objects.get(name="national_M2025_dl.csv"))
    assert "All jobs $45,600" in find_row(build_role_page(client, "29-1141"), "Pay")


def test_pay_of_a_state_does_not_stand_beside_that_of_the_nation(client: Client) -> None:
    load_wages(2025, TOTAL)
    content = make_table(make_state_row(CALIFORNIA, NURSES))
    assert load_page(Page(name="oews_state_2025.csv", content=content), commit=True).status == "loaded"
    assert read_place({"where": "CA"})
    page = build_role_page(client, "29-1141", "?where=CA")
    assert "all jobs" not in find_row(page, "Pay").casefold()
    given = client.get(f"/api/v1/roles/{find_slugs('29-1141')[0]}?where=CA").json()
    assert [figure["key"] for figure in given["all_jobs"] if figure["key"].startswith("salary.")] == []


# -- lists, files and answers -----------------------------------------------------------------


def test_all_jobs_are_in_no_list_and_no_search(client: Client) -> None:
    load_wages(2025, TOTAL)
    assert Role.objects.count() == Listing.objects.count() == 3
    for path in ("/roles/", "/roles.csv", "/sitemap.xml", "/feed.xml", "/api/v1/roles", "/explore/points.json"):
        response = client.get(path)
        assert b"All Occupations" not in response.getvalue(), path
        assert b"00-0000" not in response.getvalue(), path
    assert client.get("/api/v1/search?q=all+occupations").json()["match"] != "found"
    assert client.get("/api/v1/roles").json()["total"] == 3


def test_explore_counts_who_is_above_the_middle_of_all_jobs_and_draws_a_line_there(client: Client) -> None:
    load_wages(2025, TOTAL)
    page = open_page(client, "/explore/")
    assert list_texts(page, ".say") == [
        "In 2 of 3 occupations the middle earner makes more than the middle of all jobs, $47,500 a year."
    ]
    assert "“47500”, row 2, column A_MEDIAN" in read_note(page, page.cssselect(".say button")[0])
    assert len(page.cssselect(".drawing .ref line")) == 1
    assert "middle of all jobs, $47,500" in page.cssselect(".drawing")[0].text_content()


def test_json_tells_the_figures_of_all_jobs_with_their_source(client: Client) -> None:
    load_wages(2025, TOTAL)
    load_projections()
    [slug] = find_slugs("29-1141")
    given = client.get(f"/roles/{slug}.json").json()["all_jobs"]
    by_key = {figure["key"]: figure for figure in given}
    assert by_key["projection.growth_percent"]["value"] == 3.1
    assert by_key["projection.jobs_base"]["value"] == 169_956_100
    median = by_key["salary.annual_median"]
    assert (median["value"], median["unit"], median["line"], median["column"]) == (47_500, "USD a year", 2, "A_MEDIAN")
    assert median["source"]["figures_of"] == "2025-05"
    assert client.get(reverse("api_role", args=[slug])).json()["all_jobs"] == given


def test_csv_and_the_offline_file_tell_each_figure_of_all_jobs_once(client: Client) -> None:
    load_wages(2025, TOTAL)
    path = f"/compare/{'-vs-'.join(find_slugs('29-1141', '53-3032'))}"
    rows = list(csv.DictReader(StringIO(client.get(f"{path}.csv").content.decode("utf-8-sig"))))
    medians = [row for row in rows if row["field"] == "all_jobs.salary.annual_median"]
    assert [(row["role"], row["value"], row["raw"], row["line"], row["figures_of"]) for row in medians] == [
        ("All jobs", "47500", "47500", "2", "2025-05")
    ]
    values = client.get(f"{path}.json").json()["values"]
    assert [value["value"] for value in values if value["field"] == "all_jobs.salary.annual_median"] == [47_500]
    assert "all_jobs.salary.annual_median" in client.get(f"{path}.html").content.decode()


def test_a_publisher_of_pages_never_stands_beside_all_jobs(client: Client) -> None:
    load_wages(2025, TOTAL)
    slugs = dict(Role.objects.values_list("title", "slug"))
    assert len(slugs) == 3
    Role.objects.filter(soc_code="53-3032").update(soc_code=None)  # a role that is no official occupation
    page = open_page(client, f"/roles/{slugs['Heavy Truck Drivers']}/")
    assert "All jobs" not in page.cssselect("main")[0].text_content()
    assert client.get(f"/roles/{slugs['Heavy Truck Drivers']}.json").json()["all_jobs"] == []


def test_the_figures_are_read_once_per_revision_in_one_query(client: Client) -> None:
    load_wages(2025, TOTAL)
    counts = []
    for path in (f"/compare/{'-vs-'.join(find_slugs('29-1141', '53-3032'))}/", f"/roles/{find_slugs('29-1141')[0]}/"):
        with CaptureQueriesContext(connection) as captured:
            assert "all jobs" in open_page(client, path).text_content().casefold()
        counts.append(sum("careers_alljobsfigure" in query["sql"] for query in captured))
    assert counts == [1, 0]


def test_about_says_what_all_jobs_are(client: Client) -> None:
    [section] = open_page(client, "/about/").cssselect("#all-jobs + p")
    text = " ".join(section.text_content().split())
    assert "every employee in the country counts once" in text
    assert "from 2 times on, where all jobs grow by 1% or more" in text


def test_the_shipped_figures_stand_beside_a_projection_of_another_table_of_that_release(client: Client) -> None:
    load_wages(2025, TOTAL)
    load_projections(make_projection_rows())
    call_command("load_pages", "fixtures/occupations/all_jobs.csv", verbosity=0)
    page = open_comparison(client, "29-1141", "53-3032")
    assert "line: all jobs, 3.1%" in find_row(page, "Growth")
    [figure] = [button for button in page.cssselect("th.q small button") if button.text_content() == "3.1%"]
    [note] = page.cssselect(f"#{figure.get('popovertarget')}")
    for link in note.cssselect("a"):
        assert page.cssselect(link.get("href")), "its source is named on the page"
    titles = [item.text_content() for item in page.cssselect("#sources li") if "Projections" in item.text_content()]
    assert len(titles) == 1


def test_a_release_in_two_tables_gives_one_figure(client: Client) -> None:
    load_wages(2025, TOTAL)
    load_release(2025, TOTAL, NURSE, COOK, DRIVER, ending="\n\n")
    given = client.get(f"/roles/{find_slugs('29-1141')[0]}.json").json()["all_jobs"]
    assert [figure["value"] for figure in given if figure["key"] == "salary.annual_median"] == [47_500]
