"""The roles of a publisher as points: the same in both drawings, few whatever is stored, and for everyone."""

import re

import pytest
from django.test import Client

from careers.models import Revision
from comparisons.charts import scatter
from comparisons.charts.plotly import validate
from comparisons.charts.scatter import MOST_POINTS, MOST_UNFILTERED
from comparisons.queries import listings
from comparisons.queries.revision import forget, forget_computed
from comparisons.views.explore import MOST_LISTED
from tests.comparisons.listed_roles import store_listed_role, store_many_roles
from tests.comparisons.opened_pages import count_queries, list_texts, open_page
from tests.comparisons.stored_roles import store_role_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def four() -> None:
    store_listed_role("Able", pay=50_000, jobs=100, group="production")
    store_listed_role("Baker", pay=30_000, jobs=10_000, group="food")
    store_listed_role("Cook", pay=40_000, jobs=1_000, group="food")
    store_listed_role("Dreamer", pay=90_000)


def read_traces(client: Client, query: str = "") -> dict[str, list[str]]:
    """Part -> the titles of its points."""
    data = client.get(f"/explore/points.json?{query}").json()["data"]
    return {trace["meta"]: [title for _, title, _ in trace["customdata"]] for trace in data}


def test_roles_with_pay_and_jobs_are_points(client: Client, four: None) -> None:
    assert read_traces(client) == {"ink": ["Baker", "Cook", "Able"]}
    finding = list_texts(open_page(client, "/explore/"), ".say")
    assert finding == ["Zippia publishes pay and jobs for 3 roles."]


def test_a_chosen_group_is_colored_and_the_rest_gray(client: Client, four: None) -> None:
    assert read_traces(client, "group=food") == {"soft": ["Able"], "a": ["Baker", "Cook"]}
    page = open_page(client, "/explore/?group=food")
    assert list_texts(page, ".say") == [
        "In none of 2 roles in food, pay is above that of the middle one of all 3 roles."
    ]
    assert len(page.cssselect(".points.a circle")) == 2
    assert list_texts(page, "tbody th") == ["Baker", "Cook"]


def test_a_chosen_education_is_colored_and_said(client: Client, four: None) -> None:
    store_listed_role("Early", pay=45_000, jobs=500, group="food", education="High school diploma or equivalent")
    store_listed_role("Fixer", pay=35_000, jobs=400, group="sales", education="High school diploma or equivalent")
    store_listed_role("Guide", pay=60_000, jobs=300, group="food", education="Master's degree")
    assert read_traces(client, "education=no-degree")["a"] == ["Early", "Fixer"]
    finding = "roles that ask for no degree, pay is above that of the middle one of all 6 roles."
    assert list_texts(open_page(client, "/explore/?education=no-degree"), ".say") == [f"In 1 of 2 {finding}"]
    page = open_page(client, "/explore/?group=food&education=no-degree")
    assert list_texts(page, ".say") == [f"In the only one of the {finding.replace('that ask', 'in food that ask', 1)}"]
    assert list_texts(page, "tbody th") == ["Early"]


def test_the_points_and_the_table_are_narrowed_down_by_the_same_address(client: Client, four: None) -> None:
    page = open_page(client, "/explore/?pay_from=40000&sort=-pay")
    assert list_texts(page, "tbody th") == ["Dreamer", "Able", "Cook"]
    assert read_traces(client, "pay_from=40000")["a"] == ["Cook", "Able"]
    links = [link.get("href") for link in page.cssselect("main a")]
    assert "/roles/?pay_from=40000&sort=-pay" in links


def test_both_drawings_show_the_same_points(client: Client, four: None) -> None:
    page = open_page(client, "/explore/?group=food")
    spec = client.get(page.cssselect("[data-points]")[0].get("data-points")).json()
    start, end = spec["layout"]["xaxis"]["range"]
    left, right = spec["layout"]["xaxis"]["domain"]
    low, top = spec["layout"]["yaxis"]["range"]
    height = spec["layout"]["height"] - spec["layout"]["margin"]["b"]
    for trace in spec["data"]:
        circles = page.cssselect(f".points.{trace['meta']} circle")
        assert [title for _, title, _ in trace["customdata"]] == [circle[0].text for circle in circles]
        for x, y, circle in zip(trace["x"], trace["y"], circles, strict=True):
            share = left + (right - left) * (x - start) / (end - start)
            assert float(circle.get("cx").rstrip("%")) == pytest.approx(100 * share, abs=0.05)
            assert float(circle.get("cy")) == pytest.approx(height * (top - y) / (top - low), abs=0.5)


def test_plotly_itself_finds_the_points_well_formed(client: Client, four: None) -> None:
    spec = client.get("/explore/points.json?group=food").json()
    assert validate(spec)


def test_a_point_says_its_title_pay_and_jobs(client: Client) -> None:
    store_listed_role("<i>Cook</i>", pay=40_000, jobs=1)
    page = open_page(client, "/explore/")
    assert page.cssselect("circle title")[0].text == "<i>cook</i>"  # figures would double the bytes of the page
    [trace] = client.get("/explore/points.json").json()["data"]
    assert trace["hovertext"] == ["&lt;i&gt;cook&lt;/i&gt;<br>$40,000 a year, 1 job"]


def test_the_axis_of_jobs_has_tens_and_holds_every_point(client: Client, four: None) -> None:
    svg = open_page(client, "/explore/").cssselect("svg.drawing")[0]
    assert [text for text in list_texts(svg, "text") if re.fullmatch("[0-9,]+k?m?", text)] == ["100", "1,000", "10k"]
    places = [float(circle.get("cx").rstrip("%")) for circle in svg.cssselect("circle")]
    assert all(5 < place < 98 for place in places)


def test_with_many_roles_shading_counts_all_and_few_are_points(client: Client, four: None) -> None:
    store_many_roles(MOST_POINTS + 200)
    page = open_page(client, "/explore/")
    assert len(page.cssselect("circle")) == MOST_UNFILTERED
    assert 1 < len(page.cssselect(".shade rect")) <= scatter.ACROSS * scatter.UPWARDS
    assert f"The points are the {MOST_UNFILTERED} with the most jobs." in list_texts(page, "figcaption")[0]
    asked = open_page(client, "/explore/?group=food")
    assert [circle[0].text.split(":")[0] for circle in asked.cssselect(".points.a circle")] == ["Baker", "Cook"]
    assert not asked.cssselect(".points.soft circle")
    assert len(asked.cssselect(".shade rect")) == len(page.cssselect(".shade rect"))


def test_the_table_begins_with_most_jobs_unless_another_order_is_asked_for(client: Client, four: None) -> None:
    page = open_page(client, "/explore/")
    assert list_texts(page, "tbody th") == ["Baker", "Cook", "Able", "Dreamer"]
    assert page.cssselect("th.jobs")[0].get("aria-sort") == "descending"
    assert not page.cssselect("input[name=sort]")
    by_title = open_page(client, "/explore/?sort=title")
    assert list_texts(by_title, "tbody th") == ["Able", "Baker", "Cook", "Dreamer"]
    assert by_title.cssselect("input[name=sort]")[0].get("value") == "title"


def test_a_long_table_with_roles_of_unknown_jobs_is_not_of_those_with_the_most(client: Client, four: None) -> None:
    for number in range(MOST_LISTED):
        store_listed_role(f"Dreamer {number}", pay=30_000)
    page = open_page(client, "/explore/")
    assert list_texts(page, "#table") == [f"The first {MOST_LISTED} as a table"]
    assert list_texts(page, "tbody th")[:3] == ["Baker", "Cook", "Able"]


def test_a_long_table_names_what_it_begins_with_and_leads_to_all_roles_in_its_order(client: Client, four: None) -> None:
    assert list_texts(open_page(client, "/explore/"), "#table") == ["The same roles as a table"]
    store_many_roles(30)
    page = open_page(client, "/explore/")
    assert list_texts(page, "#table") == [f"The {MOST_LISTED} with the most jobs"]
    titles = list_texts(page, "tbody th")
    assert len(titles) == MOST_LISTED
    [link] = [link for link in page.cssselect("main a") if link.text == "All of them on a page of its own"]
    assert list_texts(open_page(client, f"{link.get('href')}"), "tbody th")[:MOST_LISTED] == titles
    by_pay = open_page(client, "/explore/?sort=-pay")
    assert list_texts(by_pay, "#table") == [f"The first {MOST_LISTED} as a table"]


def test_a_long_table_of_a_publisher_without_numbers_of_jobs_leads_to_its_own_list(client: Client) -> None:
    for number in range(MOST_LISTED + 1):
        store_listed_role(f"Dreamer {number:02}", pay=90_000)
    store_role_from({"title": "Baker", "publisher": "Other", "outlook": {"job_count": 1_000}})
    page = open_page(client, "/explore/")
    assert list_texts(page, "#table") == [f"The first {MOST_LISTED} as a table"]
    [link] = [link for link in page.cssselect("main a") if link.text == "All of them on a page of its own"]
    assert list_texts(open_page(client, f"{link.get('href')}"), "tbody th")[0] == "Dreamer 00"


def test_the_shading_counts_every_role_once(four: None) -> None:
    store_many_roles(500)
    [publisher] = listings.list_publishers(0)
    assert sum(shade.roles for shade in scatter.count_shades(publisher)) == publisher.drawable == 503


def test_points_asked_for_are_bounded_and_it_is_said(client: Client, four: None) -> None:
    store_many_roles(MOST_POINTS + 200)
    page = open_page(client, "/explore/?pay_from=1")
    assert len(page.cssselect("circle")) == MOST_POINTS
    assert f"The points are the {MOST_POINTS} of what you asked for with the most jobs." in page.text_content()


def test_points_take_the_same_few_queries_however_many_roles(client: Client, four: None) -> None:
    queries_of_few: dict[str, int] = {}
    for address in ("/explore/", "/explore/?group=food", "/explore/points.json?pay_from=35000"):
        assert count_queries(client, address) <= 5
        queries_of_few[address] = count_queries(client, address)
    store_many_roles(MOST_POINTS + 200)
    for address, few in queries_of_few.items():
        forget_computed()
        assert count_queries(client, address) <= 6  # with those over all roles, once per revision
        assert count_queries(client, address) <= few


def test_points_without_filters_are_read_once_per_revision(client: Client, four: None) -> None:
    forget_computed()
    queries_at_first = count_queries(client, "/explore/points.json")
    assert count_queries(client, "/explore/points.json") < queries_at_first
    with Revision.counting_up():
        store_listed_role("Early", pay=45_000, jobs=500)
    forget()
    assert read_traces(client)["ink"] == ["Baker", "Cook", "Early", "Able"]


def test_a_publisher_without_points_says_so(client: Client) -> None:
    store_listed_role("Dreamer", pay=90_000)
    assert "gives no role both pay and a number of jobs" in open_page(client, "/explore/").text_content()
    assert client.get("/explore/points.json").json()["data"] == []


def test_points_are_named_and_no_name_covers_another(client: Client, four: None) -> None:
    store_many_roles(300)
    page = open_page(client, "/explore/")
    for css_class, width in (("wide", 1000), ("narrow", 286)):
        names = page.cssselect(f".names.{css_class} text")
        assert 2 <= len(names) <= scatter.NAMED[width]
        boxes = []
        for name in names:
            length = scatter.LETTER * len(name.text)
            start = float(name.get("x").rstrip("%")) * width / 100 + float(name.get("dx"))
            left = start - length if name.get("text-anchor") == "end" else start
            assert -1 <= left <= width
            boxes.append((left, left + length, float(name.get("y"))))
        for index, (left, right, foot) in enumerate(boxes):
            for other_left, other_right, other_foot in boxes[:index]:
                apart = right < other_left or other_right < left
                assert apart or abs(foot - other_foot) >= scatter.LINE


def test_figures_close_together_have_numbers_along_both_axes_and_names_within_the_drawing(client: Client) -> None:
    for title, pay, jobs in (("Support technician", 40_000, 120_000), ("Program support technician", 60_000, 170_000)):
        store_listed_role(title, pay=pay, jobs=jobs)
    store_listed_role("Lead technician", pay=90_000, jobs=250_000)
    page = open_page(client, "/explore/")
    numbers = list_texts(page, ".drawing .soft text")
    assert [number for number in numbers if number.startswith("$")] == ["$40k", "$50k", "$60k", "$70k", "$80k", "$90k"]
    assert [number for number in numbers if number.endswith("0k") and "$" not in number] == ["100k", "200k"]
    for name in page.cssselect(".names.narrow text"):
        if name.get("text-anchor") == "end":
            assert float(name.get("x").removesuffix("%")) * 2.86 > scatter.LETTER * len(name.text_content())
