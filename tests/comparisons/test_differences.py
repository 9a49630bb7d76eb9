"""The table of what differs: few rows, in a told order, each difference with its sign and its publishers."""

import pytest
from django.test import Client
from lxml import html

from careers.models import Role
from comparisons.comparison import compare
from comparisons.queries.roles import read_current_roles
from comparisons.views.tables import MOST_DIFFERENCES, differences
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROGRAM,
    SOFTWARE,
    fixture_facts,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db


def page(client: Client, *roles: Role) -> html.HtmlElement:
    answer = client.get(f"/compare/{'-vs-'.join(role.slug for role in roles)}/")
    return html.document_fromstring(answer.content.decode())


def words(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in element.cssselect(path)]


def test_the_most_unusual_difference_stands_first_and_words_last() -> None:
    comparison = compare(read_current_roles([store_role(LEAD).slug, store_role(PROGRAM).slug]))
    keys = [line.row.key for line in differences(comparison, {"outlook.job_count": 0.9, "salary.range": 0.95})]
    assert keys[:3] == ["salary.range", "outlook.job_count", "salary.annual_average"]
    assert len(keys) == MOST_DIFFERENCES
    assert keys.index("education.degree") < keys.index("salary.top_city")


def test_the_page_says_that_it_keeps_the_order_of_the_page(client: Client) -> None:
    told = words(page(client, store_role(LEAD), store_role(SOFTWARE)), "#differs + p")[0]
    assert told.startswith("In the order of the page: to tell what is unusual takes 20 stored roles of one publisher.")
    assert told.endswith("Differences are computed here, ● minus ◆.")


def test_the_page_says_that_the_most_unusual_stands_first(client: Client) -> None:
    for number in range(20):
        store_role_from(fixture_facts()[LEAD] | {"title": f"Role {number}"}, outlook={"job_count": 200_000 + number})
    found = page(client, store_role(LEAD), store_role(PROGRAM))
    assert words(found, "#differs + p")[0].startswith("The most unusual first:")
    assert words(found, "table.brief th a")[:2] == ["Number of jobs", "Average pay a year"]


def test_each_difference_of_two_publishers_is_marked(client: Client) -> None:
    found = page(client, store_role(LEAD), store_role(SOFTWARE, publisher="Jobicy"))
    for table in ("table.brief", "section:not(:has(.brief)) > table"):
        row = next(row for row in found.cssselect(f"{table} tbody tr") if "Average pay a year" in row.text_content())
        assert words(row, "td small") == ["Zippia", "Jobicy", "different publishers"]
    assert words(found, "#differs + p")[0].endswith("Different publishers may count differently.")
    assert "(figures of different publishers: Zippia and Jobicy)" in words(found, ".short li")[0]


def test_figures_of_one_publisher_need_no_mark(client: Client) -> None:
    assert not page(client, store_role(LEAD), store_role(SOFTWARE)).cssselect(".lines td small")


def test_further_roles_are_set_against_the_first(client: Client) -> None:
    found = page(client, store_role(LEAD), store_role(PROGRAM), store_role(CUSTOMER))
    pay = found.cssselect("table.brief tbody tr")[0]
    assert words(pay, "td") == ["$90,615", "$36,653 −$53,962 vs ●", "$36,361 −$54,254 vs ●"]
    span = found.cssselect("table.brief tbody tr")[1]
    assert words(span, "td small") == ["no overlap with ●", "no overlap with ●"]
    assert words(found, "#salary-annual-average td.c small") == ["−$54,254 vs ●"]


def test_a_further_role_with_the_same_value_is_said_to_have_the_same(client: Client) -> None:
    found = page(client, store_role(LEAD), store_role(GUIDE), store_role(CUSTOMER))
    assert words(found, "#entry-time td.c small") == ["same as ●"]


def test_a_role_without_the_value_hides_no_difference_between_the_others(client: Client) -> None:
    found = page(client, store_role(LEAD), store_role(GUIDE), store_role(CUSTOMER))
    assert words(found.cssselect("table.brief tbody tr")[0], "td") == [
        "$90,615",
        "— not in this source",
        "$36,361 −$54,254 vs ●",
    ]


def test_a_value_of_one_role_alone_is_no_difference(client: Client) -> None:
    found = page(client, store_role(LEAD), store_role(SOFTWARE, outlook={"job_count": None}))
    assert "Number of jobs" not in words(found, "table.brief th a")


def test_zero_is_a_value_that_differs(client: Client) -> None:
    found = page(client, store_role(LEAD, outlook={"job_count": 0, "growth_percent": 0}), store_role(SOFTWARE))
    rows = {words(row, "th a")[0]: words(row, "td") for row in found.cssselect("table.brief tbody tr")}
    assert rows["Number of jobs"] == ["0", "117,059", "−117,059"]
    assert rows["Growth rate"] == ["0%", "+10%", "−10 points"]


def test_a_guide_and_a_role_with_figures_are_compared_by_what_both_have(client: Client) -> None:
    found = page(client, store_role(LEAD), store_role(GUIDE))
    assert not found.cssselect("table.brief")
    assert words(found, ".works h3") == [LEAD, GUIDE]
    assert len(words(found, ".works .guide h5, .works .guide h4, .works .guide summary")) > 0
    assert words(found, "#salary-annual-average td.b") == ["— not in this source"]


def test_a_doubt_about_a_value_stands_beside_it_here_too(client: Client) -> None:
    lead = store_role(LEAD)
    assert lead.salary
    lead.salary.evidence["annual_average"]["warnings"] = ["average-outside-range"]
    lead.salary.save()
    found = page(client, lead, store_role(SOFTWARE))
    assert words(found, "table.brief td.a em") == [
        "the source disagrees with itself: the average lies outside the range"
    ]
