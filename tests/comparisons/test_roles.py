"""The list of roles: whose figures, in which order, which of them, as CSV, and what it costs."""

import csv
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from careers.models import Listing, Role
from comparisons.queries import listings
from comparisons.titles import as_shown
from ingest.loading.list_rows import update_listings
from tests.comparisons.listed_roles import store_listed_role, store_many_roles
from tests.comparisons.occupations import store_majors
from tests.comparisons.official import Occupation, load_release
from tests.comparisons.opened_pages import count_queries, list_texts, open_page
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROFESSIONAL,
    PROGRAM,
    SOFTWARE,
    SPECIALIST,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db


def list_titles(client: Client, query: str) -> list[str]:
    return list_texts(open_page(client, f"/roles/?{query}"), "tbody th")


# -- Order ----------------------------------------------------------------------------------------------------


@pytest.fixture
def three() -> None:
    store_listed_role("Able", pay=50_000, low=40_000, jobs=10, growth=5, months_low=12, months_high=24)
    store_listed_role("Baker", pay=30_000, low=20_000, jobs=30, growth=-2, months_low=6, months_high=12)
    store_listed_role("Cook")


@pytest.mark.parametrize("column", listings.COLUMNS)
def test_missing_values_stand_last_whatever_the_list_is_sorted_by(column: str, client: Client, three: None) -> None:
    for sort in (column, f"-{column}"):
        assert list_titles(client, f"sort={sort}")[-1] == "Cook"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("pay", ["Baker", "Able", "Cook"]),
        ("-pay", ["Able", "Baker", "Cook"]),
        ("low", ["Baker", "Able", "Cook"]),
        ("-jobs", ["Baker", "Able", "Cook"]),
        ("growth", ["Baker", "Able", "Cook"]),
        ("months_low", ["Baker", "Able", "Cook"]),
        ("-title", ["Cook", "Baker", "Able"]),
        ("nonsense", ["Able", "Baker", "Cook"]),
    ],
)
def test_the_list_is_sorted_as_asked(sort: str, expected: list[str], client: Client, three: None) -> None:
    assert list_titles(client, f"sort={sort}") == expected


@pytest.mark.parametrize("sort", ["title", "-title", "pay", "-pay", "jobs"])
def test_roles_of_one_title_and_one_publisher_have_a_fixed_order(sort: str, client: Client) -> None:
    """Both databases keep updated rows elsewhere or in place as they like, so only a full order is one order."""
    roles = [store_listed_role(f"Aide {number}", pay=50_000) for number in range(12)]
    for role in reversed(roles):
        Listing.objects.filter(role=role).update(title="Aide", key="aide")
    listed = [link.get("href") for link in open_page(client, f"/roles/?sort={sort}").cssselect("tbody th a")]
    expected = [f"/roles/{role.slug}/" for role in roles]
    assert listed == (expected[::-1] if sort.startswith("-") else expected)


def test_pages_of_a_sorted_list_hold_every_role_once(client: Client) -> None:
    for number in range(60):
        store_listed_role(f"Role {number:02}", **({"pay": 1000 * (number % 7 + 1)} if number % 3 else {}))
    for sort in ("pay", "-pay", "title", "-title"):
        listed = list_titles(client, f"sort={sort}") + list_titles(client, f"sort={sort}&page=2")
        assert sorted(listed) == [f"Role {number:02}" for number in range(60)]
    assert not any(int(title[-2:]) % 3 for title in list_titles(client, "sort=-pay&page=2"))


def test_heads_say_how_the_list_is_sorted_and_lead_to_other_orders(client: Client, three: None) -> None:
    page = open_page(client, "/roles/?sort=-pay&pay_from=1")
    ordered = page.cssselect("th[aria-sort]")
    assert [(element.text_content(), element.get("aria-sort")) for element in ordered] == [
        ("Average a year", "descending")
    ]
    links = {link.text: link.get("href") for link in page.cssselect("thead a")}
    assert links["Average a year"] == "/roles/?pay_from=1&sort=pay"
    [ordered] = open_page(client, links["Average a year"]).cssselect("th[aria-sort]")
    assert ordered.get("aria-sort") == "ascending"
    assert links["Jobs"] == "/roles/?pay_from=1&sort=-jobs"
    assert links["Role"] == "/roles/?pay_from=1&sort=title"


# -- Figures --------------------------------------------------------------------------------------------------


def test_a_column_that_the_publisher_never_fills_is_left_out(client: Client) -> None:
    store_listed_role("Able", pay=50_000)
    assert list_texts(open_page(client, "/roles/"), "thead th") == ["Compare", "Role", "Average a year"]


def test_medians_stand_in_a_column_of_their_own(client: Client) -> None:
    store_role_from({"title": "Able", "publisher": "Jobicy", "salary": {"annual_median": 40_000}})
    page = open_page(client, "/roles/?publisher=jobicy")
    assert "Median a year" in list_texts(page, "thead th")
    assert "Average a year" not in list_texts(page, "thead th")


@pytest.fixture
def projected() -> None:
    for title, growth in (("Able", 8), ("Baker", -3)):
        store_listed_role(title, pay=40_000, projected_growth=growth, base_year=2024, target_year=2034)
    store_listed_role("Cook", pay=30_000)


def test_projected_growth_stands_below_its_years_and_orders_and_narrows_down(client: Client, projected: None) -> None:
    page = open_page(client, "/roles/?sort=-projected_growth")
    assert list_texts(page, "tbody th") == ["Able", "Baker", "Cook"]
    assert list_texts(page, "th.projected_growth") == ["Growth 2024–34"]
    assert list_texts(page, "td.projected_growth") == ["+8%", "−3%", "—"]
    assert not page.cssselect(".growth")
    assert list_titles(client, "growth_from=0") == ["Able"]
    assert list_titles(client, "has=growth") == ["Able", "Baker"]
    assert "Growth is projected." in page.text_content()


def test_only_growth_with_its_years_is_called_projected_beside_growth_of_another_kind(
    client: Client, projected: None
) -> None:
    store_listed_role("Driver", pay=30_000, growth=5)
    page = open_page(client, "/roles/?sort=-projected_growth")
    assert list_texts(page, "th.growth, th.projected_growth") == ["Growth rate", "Growth 2024–34"]
    assert "Growth with its years is projected." in page.text_content()


def test_a_list_without_a_publisher_is_of_the_first_that_has_figures_to_sort_by(
    client: Client, projected: None
) -> None:
    for title in ("Able", "Baker", "Cook", "Driver"):
        store_role_from({"title": f"{title} II", "publisher": "Other", "salary": {"annual_average": 40_000}})
    assert list_titles(client, "sort=pay") == ["Able II", "Baker II", "Cook II", "Driver II"]
    assert list_titles(client, "sort=-projected_growth") == ["Able", "Baker", "Cook"]
    assert list_titles(client, "sort=nonsense") == ["Able II", "Baker II", "Cook II", "Driver II"]
    assert list_titles(client, "has=growth&sort=months_low") == ["Able", "Baker"], "filters count more than an order"


def test_another_publisher_keeps_an_order_by_title(client: Client, projected: None) -> None:
    store_role_from({"title": "Driver II", "publisher": "Other", "salary": {"annual_average": 40_000}})
    page = open_page(client, "/explore/?sort=-title")
    assert all("sort=-title" in chip.get("href") for chip in page.cssselect(".chips a"))
    assert page.cssselect(".chips a")


def test_projected_growth_of_different_years_says_which(client: Client, projected: None) -> None:
    store_listed_role("Driver", projected_growth=1, base_year=2023, target_year=2033)
    page = open_page(client, "/roles/?sort=-projected_growth")
    assert list_texts(page, "th.projected_growth") == ["Projected growth"]
    assert list_texts(page, "td.projected_growth") == ["+8% 2024–34", "+1% 2023–33", "−3% 2024–34", "—"]


def test_projected_growth_is_in_the_file_under_its_own_name(client: Client, projected: None) -> None:
    [able, *_] = read_csv(client, "sort=title")
    names = ("projection.growth_percent", "projection.base_year", "projection.target_year", "outlook.growth_percent")
    assert [able[name] for name in names] == ["8", "2024", "2034", ""]


def test_a_time_that_comes_from_the_experience_figure_says_so(client: Client) -> None:
    store_listed_role("Able", years=12)
    store_listed_role("Baker", months_low=12, months_high=24, years=2)
    assert list_texts(open_page(client, "/roles/"), "td.months_low") == [
        "6 to 12 months, going by the experience figure",
        "1 to 2 years",
    ]


def test_bars_end_where_the_largest_figure_of_the_publisher_does(client: Client) -> None:
    store_listed_role("Able", pay=50_000, low=25_000, high=75_000, jobs=400)
    store_listed_role("Baker", pay=60_000, low=20_000, high=100_000, jobs=100)
    page = open_page(client, "/roles/")
    ranges = [bar.cssselect("rect")[0] for bar in page.cssselect("td.low .of")]
    assert [(rect.get("x"), rect.get("width")) for rect in ranges] == [("25.0", "50.0"), ("20.0", "80.0")]
    jobs = [bar.cssselect("rect")[0].get("width") for bar in page.cssselect("td.jobs .of")]
    assert jobs == ["100.0", "25.0"]


# -- Filters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pay_from=40000", ["Able"]),
        ("pay_from=$40,000", ["Able"]),
        ("pay_to=40000", ["Baker"]),
        ("pay_from=30000&pay_to=50000", ["Able", "Baker"]),
        ("jobs_from=20", ["Baker"]),
        ("growth_from=0", ["Able"]),
        ("growth_from=-2", ["Able", "Baker"]),
        ("months_to=12", ["Baker"]),
        ("has=pay", ["Able", "Baker"]),
        ("has=jobs&has=growth", ["Able", "Baker"]),
        ("pay_from=40000&jobs_from=20", []),
    ],
)
def test_the_list_is_narrowed_down(query: str, expected: list[str], client: Client, three: None) -> None:
    assert list_titles(client, query) == expected


def test_a_group_is_asked_for_by_its_name(client: Client) -> None:
    store_listed_role("Able", group="production")
    store_listed_role("Baker", group="food & drink")
    page = open_page(client, "/roles/?group=food+%26+drink")
    assert list_texts(page, "tbody th") == ["Baker"]
    assert list_texts(page, "#f-group option") == ["All groups", "Food & drink (1)", "Production (1)"]
    assert page.cssselect("#f-group option[selected]")[0].get("value") == "food & drink"


def test_roles_are_narrowed_down_to_an_education(client: Client) -> None:
    store_listed_role("Able", education="Bachelor's degree")
    store_listed_role("Baker", education="No formal educational credential")
    store_listed_role("Cook", education="Postsecondary nondegree award")
    store_listed_role("Driver")
    page = open_page(client, "/roles/?education=no-degree")
    assert list_texts(page, "tbody th") == ["Baker", "Cook"]
    assert list_texts(page, "td.education") == ["No degree", "Certificate"]
    options = ["Any", "High school or less (1)", "No degree (2)", "Associate’s or less (2)", "Bachelor’s or less (3)"]
    assert list_texts(page, "#f-education option") == [*options, "Master’s or less (3)"]
    assert page.cssselect("#f-education option[selected]")[0].get("value") == "no-degree"
    assert [row["requirements.education"] for row in read_csv(client, "education=bachelor&sort=-title")] == [
        "Postsecondary nondegree award",
        "No formal educational credential",
        "Bachelor's degree",
    ]


def test_education_is_not_asked_for_where_it_is_never_given(client: Client, three: None) -> None:
    page = open_page(client, "/roles/?education=bachelor")
    assert not page.cssselect("#f-education, .education")


@pytest.fixture
def nurse(client: Client) -> Role:
    """A nurse of the official wage table, to whom two majors lead, and more roles of another publisher."""
    for title in ("Able", "Baker", "Cook"):
        store_listed_role(title, pay=30_000)
    load_release(2024, Occupation("29-1141", "Nurses"), Occupation("35-2014", "Cooks"))
    nurse = Role.objects.get(soc_code="29-1141")
    store_majors(nurse, "Nursing Science, General", "Midwifery")
    return nurse


@pytest.mark.parametrize("address", ["/roles/", "/explore/"])
def test_a_major_leads_from_the_page_of_a_role_to_all_roles_that_it_leads_to(
    address: str, client: Client, nurse: Role
) -> None:
    link = open_page(client, f"/roles/{nurse.slug}/").cssselect("#entry .one a, #entry .two a")[0]
    assert link.text == "Nursing science"
    page = open_page(client, link.get("href").replace("/roles/", address))
    assert list_texts(page, "tbody th") == ["Nurses"]
    assert list_texts(page, "#f-major option") == ["Any", "Nursing science"]
    assert page.cssselect("#f-major option[selected]")[0].text == "Nursing science"


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "All roles"),
        ("has=nothing", "All roles"),
        ("major=9.Midw", "Roles that a major in midwifery leads to"),
        ("jobs_from=1", "Roles that match"),
        ("major=9.Midw&jobs_from=1", "Roles that match"),
    ],
)
def test_a_list_is_headed_by_what_it_lists(client: Client, nurse: Role, query: str, heading: str) -> None:
    page = open_page(client, f"/roles/?{query}")
    assert list_texts(page, "h1") == [heading]
    is_narrowed = heading != "All roles"
    assert str(page.findtext(".//title")).startswith(heading if is_narrowed else "Roles with figures from ")
    title = str(open_page(client, f"/explore/?{query}").findtext(".//title"))
    assert title.startswith(f"Pay and jobs of r{heading[1:]} – " if is_narrowed else "Roles with figures from ")


def test_majors_of_an_earlier_table_lead_nowhere(client: Client, nurse: Role) -> None:
    Role.objects.filter(pk=nurse.pk).update(majors_citation=None)
    page = open_page(client, "/roles/?major=9.Midw")
    assert list_texts(page, "#f-major + em") == ["There is no such major to choose."]


@pytest.mark.parametrize(
    "query",
    [
        "education=much",
        "major=much",
        "major=%00",
        "pay_from=much",
        "pay_from=-1",
        "growth_from=NaN",
        "jobs_from=" + "9" * 40,
        "months_to=7",
        "has=wings",
    ],
)
def test_what_cannot_be_read_narrows_nothing_down(query: str, client: Client, three: None) -> None:
    assert list_titles(client, query) == ["Able", "Baker", "Cook"]


@pytest.mark.parametrize("typed", ["40k", "$40 K", "40,000", "$40000"])
def test_dollars_may_be_written_as_people_write_them(typed: str, client: Client, three: None) -> None:
    expected = list_titles(client, "pay_from=40000")
    assert 0 < len(expected) < 3
    assert list_titles(client, urlencode({"pay_from": typed})) == expected


def test_another_publisher_is_asked_what_it_can_answer_of_the_same(client: Client, three: None) -> None:
    store_listed_role("Driver", group="transport", months_low=6, months_high=6)
    facts = {"annual_average": 40_000}
    store_role_from({"title": "Zoologist", "publisher": "Jobicy", "salary": facts, "outlook": {"job_count": 5}})
    asked = "publisher=zippia&pay_from=30k&months_to=12&group=transport&has=jobs&has=months_low&sort=-pay&page=2"
    for address in ("/roles/", "/explore/"):
        other = open_page(client, f"{address}?{asked}").cssselect(".chips a:not([aria-current])")[0]
        assert other.get("href") == "?publisher=jobicy&pay_from=30k&has=jobs&sort=-pay"


def test_what_cannot_be_read_is_kept_and_said_beside_its_input(client: Client, three: None) -> None:
    page = open_page(client, "/roles/?pay_from=much")
    typed = page.cssselect("#f-pay-from")[0]
    assert (typed.get("value"), typed.get("aria-invalid")) == ("much", "true")
    assert list_texts(page, f"#{typed.get('aria-describedby')}") == ["A number of dollars, as 80,000."]


def test_the_list_says_how_many_of_how_many_it_shows(client: Client, three: None) -> None:
    assert list_texts(open_page(client, "/roles/"), ".found")[0].startswith("All of them.")
    assert list_texts(open_page(client, "/roles/?has=pay"), ".found")[0].startswith("2 of 3 roles match.")
    assert list_texts(open_page(client, "/roles/?pay_from=90000"), ".found")[0].startswith("None of 3 roles matches.")


def test_counting_stops_where_it_no_longer_helps(client: Client, three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comparisons.queries.listings.MOST_COUNTED", 1)
    monkeypatch.setattr("comparisons.views.lists.MOST_COUNTED", 1)
    page = open_page(client, "/roles/?has=pay&sort=-pay")
    assert list_texts(page, "tbody th") == ["Able", "Baker"]
    assert not page.cssselect(".paging")


# -- CSV ------------------------------------------------------------------------------------------------------


def read_csv(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/roles.csv?{query}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_the_csv_holds_what_the_list_shows_in_its_order(client: Client, three: None) -> None:
    for query in ("", "sort=-pay", "has=pay&sort=jobs", "pay_from=90000"):
        assert [row["title"] for row in read_csv(client, query)] == list_titles(client, query)


def test_the_csv_holds_all_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comparisons.views.lists.ROWS_AT_ONCE", 20)
    for number in range(60):
        store_listed_role(f"Role {number:02}", pay=1000 + number)
    assert [row["salary.annual_average"] for row in read_csv(client, "sort=pay&page=2")] == [
        str(1000 + number) for number in range(60)
    ]


def test_figures_stay_numbers_and_words_run_nothing(client: Client) -> None:
    store_listed_role("=1+1", pay=50_000, growth=-7)
    [row] = read_csv(client)
    assert (row["title"], row["salary.annual_average"], row["outlook.growth_percent"]) == ("'=1+1", "50000", "-7")
    assert row["outlook.job_count"] == ""


# -- Cost -----------------------------------------------------------------------------------------------------


def test_lists_take_the_same_few_queries_however_many_roles(client: Client) -> None:
    queries_of_few: dict[str, int] = {}
    for title in (LEAD, SOFTWARE, PROFESSIONAL, SPECIALIST, PROGRAM, CUSTOMER, GUIDE):
        store_role(title)
    for query in ("", "?sort=-pay", "?sort=-pay&page=9", "?pay_from=40000&has=jobs&sort=growth"):
        address = f"/roles/{query}"
        assert count_queries(client, address) <= 5
        queries_of_few[address] = count_queries(client, address)
    store_many_roles(1200)
    for address, few in queries_of_few.items():
        assert count_queries(client, address) <= max(few, 4)


@pytest.mark.parametrize("column", [*listings.COLUMNS, "title"])
def test_a_page_is_read_along_an_index(column: str) -> None:
    store_role(LEAD)
    store_many_roles(3)
    [publisher] = listings.list_publishers(0)
    for descending in (False, True):
        order = listings.Order(column, descending)
        plan = order.with_value(listings.listings_of(publisher))[:50].explain()
        if connection.vendor == "sqlite":
            assert "USING INDEX listing_by" in plan
            assert "TEMP B-TREE" not in plan


def test_what_is_stored_since_shows_when_the_revision_moves() -> None:
    role = store_role(LEAD)
    assert listings.list_publishers(1)[0].roles == 1
    store_role(SOFTWARE)
    assert listings.list_publishers(1)[0].roles == 1
    assert listings.list_publishers(2)[0].roles == 2
    role.salary = None
    role.save()
    update_listings([role.pk])
    assert listings.list_publishers(3)[0].filled["pay"] == 1


def test_hostile_words_are_escaped_in_the_list(client: Client) -> None:
    store_listed_role('<b>"Cook" & Co {0}</b>', group='<i>"x"</i>', pay=1)
    body = client.get("/roles/").content.decode()
    assert "<b>" not in body.replace("</b>", "")
    assert html.document_fromstring(body).cssselect("tbody th a")[0].text == '<b>"cook" & co {0}</b>'


def test_a_publisher_that_is_not_known_leads_to_the_first(client: Client) -> None:
    store_role(LEAD)
    for address in ("/roles/", "/explore/"):
        assert client.get(f"{address}?publisher=nobody").headers["Location"] == address


def test_the_figures_of_all_publishers_are_held(client: Client) -> None:
    store_role(LEAD)
    client.get("/roles/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/roles/")
    assert not [query for query in captured if "GROUP BY" in query["sql"]]


def test_too_many_ticks_are_reported_and_none_is_lost(client: Client) -> None:
    for title in (LEAD, SOFTWARE, PROFESSIONAL, SPECIALIST, PROGRAM):
        store_role(title)
    slugs = [box.get("value") for box in open_page(client, "/roles/").cssselect("td.pick input")]
    answer = client.get("/compare/", {"role": slugs})
    page = html.document_fromstring(answer.content.decode())
    assert "5 roles are too many for one page" in list_texts(page, ".say")[0]
    assert [box.get("value") for box in page.cssselect("form input[checked]")] == slugs
    assert as_shown(LEAD) in list_texts(page, "form label")
