"""The table of all figures: every row and value of a comparison, with its difference and its origin."""

import pytest
from django.test import Client
from lxml import html

from careers.models import Role
from comparisons.titles import as_shown, in_prose
from tests.comparisons.figure_tables import find_figure_row, find_origin, list_figure_texts, list_labels
from tests.comparisons.official import Occupation, find_slugs, load_release
from tests.comparisons.opened_pages import list_texts
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PROGRAM, SOFTWARE, store_role

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]


def open_comparison(client: Client, *roles: Role) -> html.HtmlElement:
    answer = client.get(f"/compare/{'-vs-'.join(role.slug for role in roles)}/")
    return html.document_fromstring(answer.content.decode())


def test_the_table_is_folded_and_says_how_long_it_is(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(SOFTWARE))
    assert page.cssselect("#all details")[0].get("open") is None
    assert list_texts(page, "#all summary") == [f"{len(list_labels(page))} rows as a table"]
    assert list_texts(page, "#all thead th")[1:] == [
        as_shown(LEAD),
        as_shown(SOFTWARE),
        f"{as_shown(LEAD)} minus {in_prose(SOFTWARE)}",
    ]


def test_each_difference_of_two_publishers_is_marked(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(SOFTWARE, publisher="Jobicy"))
    pay = find_figure_row(page, "Average pay a year")
    assert list_texts(pay, "small") == ["Zippia", "Jobicy", "different publishers"]


def test_figures_of_one_publisher_need_no_mark(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(SOFTWARE))
    assert list_texts(find_figure_row(page, "Average pay a year"), "small") == []


def test_further_roles_are_set_against_the_first(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(PROGRAM), store_role(CUSTOMER))
    pay = list_figure_texts(page, "Average pay a year")
    assert pay == ["$90,615", "$36,653−$53,962 vs ●", "$36,361−$54,254 vs ●"]
    assert list_texts(find_figure_row(page, "Pay range"), "small") == ["no overlap with ●", "no overlap with ●"]


def test_a_further_role_with_the_same_value_is_said_to_have_the_same(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(GUIDE), store_role(CUSTOMER))
    assert list_texts(find_figure_row(page, "Time to enter"), "td.c small") == ["same as ●"]


def test_a_role_without_the_value_hides_no_difference_between_the_others(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(GUIDE), store_role(CUSTOMER))
    assert list_figure_texts(page, "Average pay a year") == ["$90,615", "not in this source", "$36,361−$54,254 vs ●"]


def test_zero_is_a_value_that_differs(client: Client) -> None:
    page = open_comparison(
        client, store_role(LEAD, outlook={"job_count": 0, "growth_percent": 0}), store_role(SOFTWARE)
    )
    assert list_figure_texts(page, "Number of jobs") == ["0", "117,059", "−117,059"]
    assert list_figure_texts(page, "Growth rate") == ["0%", "+10%", "−10 points"]


def test_words_that_differ_have_no_difference(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(PROGRAM))
    assert list_figure_texts(page, "Best paying company")[2] == ""


def test_a_doubt_about_a_value_stands_beside_it(client: Client) -> None:
    lead = store_role(LEAD)
    assert lead.salary
    lead.salary.evidence["annual_average"]["warnings"] = ["average-outside-range"]
    lead.salary.save()
    page = open_comparison(client, lead, store_role(SOFTWARE))
    doubt = "the source disagrees with itself: pay and its range"
    assert list_texts(find_figure_row(page, "Average pay a year"), "td.a em") == [doubt]
    assert f"● {doubt}" in list_texts(page, ".pairs tbody:first-of-type .q small")
    assert list_texts(page, "#pay .mid small") == [f"● {doubt}"]


def test_a_doubt_about_several_values_is_said_once_and_marked_at_each(client: Client) -> None:
    lead = store_role(LEAD)
    assert lead.salary
    for field in ("annual_average", "hourly_average"):
        lead.salary.evidence[field]["warnings"] = ["hourly-disagrees-with-annual"]
    lead.salary.save()
    page = open_comparison(client, lead, store_role(SOFTWARE))
    assert list_texts(page, "#all .sub em") == ["● the source disagrees with itself: hourly and yearly pay"]
    assert list_figure_texts(page, "Average pay a year")[0] == "$90,615 ⚠"
    assert list_texts(find_figure_row(page, "Average pay a year"), "td.b em") == []
    assert list_texts(page, "#all td em") == []


def test_every_figure_opens_a_note_that_says_where_it_stands(client: Client) -> None:
    page = open_comparison(client, store_role(LEAD), store_role(SOFTWARE))
    [button, *_] = find_figure_row(page, "Average pay a year").cssselect("td.a button")
    note = find_origin(page, button)
    assert list_texts(note, "b:first-child") == ["Average pay a year", "$90,615", "$79,670"]
    [first, second, *_] = list_texts(note, "p")
    assert first == "$90,615 “90615”, line 8, as published, in a table."
    assert second == "$79,670 “79670”, line 8, as published, in a table. Zippia, captured on 1 March 2026."
    [link, *_] = note.cssselect("a")
    assert list_texts(page, f"li > {link.get('href')}")[0].startswith("Lead technician vs software support technician")
    for figure in page.cssselect("button[popovertarget]"):
        find_origin(page, figure)


def test_figures_of_one_column_name_it_once_and_quote_what_reads_as_shown_not_again(client: Client) -> None:
    load_release(2025, Occupation("51-3011", "Bakers", jobs=1_200), Occupation("51-4041", "Machinists"))
    bakers, machinists = find_slugs("51-3011", "51-4041")
    page = html.fromstring(client.get(f"/compare/{bakers}-vs-{machinists}/").content)
    [button, *_] = find_figure_row(page, "Number of jobs").cssselect("td.a button")
    assert list_texts(find_origin(page, button), "p")[:3] == [
        "Bakers row 2.",
        "Machinists row 3.",
        "Column TOT_EMP, as published. U.S. Bureau of Labor Statistics, May 2025.",
    ]


def test_figures_of_different_tables_each_name_their_own_cell(client: Client) -> None:
    load_release(2019, Occupation("51-3011", "Bakers", jobs=1_200))
    load_release(2025, Occupation("51-4041", "Machinists", jobs=5_000))
    bakers, machinists = find_slugs("51-3011", "51-4041")
    page = html.fromstring(client.get(f"/compare/{bakers}-vs-{machinists}/").content)
    [button, *_] = find_figure_row(page, "Number of jobs").cssselect("td.a button")
    assert list_texts(find_origin(page, button), "p")[:2] == [
        "1,200 “1200”, row 2, column TOT_EMP, as published. U.S. Bureau of Labor Statistics, May 2019.",
        "5,000 “5000”, row 2, column TOT_EMP, as published. U.S. Bureau of Labor Statistics, May 2025.",
    ]
