"""The first page: what it offers and counts, and which pairs it picks."""

from itertools import chain
from typing import Any

import pytest
from django.test import Client

from careers.models import Publisher, Role
from comparisons.language.reasons import write_question_reason
from comparisons.queries import featured
from comparisons.queries.revision import forget_computed
from comparisons.views import response_cache
from ingest.loading.list_rows import update_listings
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

PAGES = (LEAD, SOFTWARE, PROFESSIONAL, SPECIALIST, PROGRAM, CUSTOMER, GUIDE)
BACHELOR, ASSOCIATE, DIPLOMA = "Bachelor's degree", "Associate's degree", "High school diploma or equivalent"


def store_official(title: str, code: str, pay: int, education: str = BACHELOR, **changes: Any) -> Role:
    """An official occupation as the tables of the Bureau give it: hundreds stand on one page.

    `changes`: jobs, growth, openings, experience.
    """
    given = {"jobs": 500_000, "growth": 4.0, "openings": 10_000, "experience": "None"} | changes
    role = store_role_from(
        {"title": title, "publisher": "Bureau", "page": "national"},
        salary={"annual_median": pay},
        outlook={"job_count": given["jobs"]},
        projection={
            "growth_percent": given["growth"],
            "openings_per_year": given["openings"],
            "base_year": 2024,
            "target_year": 2034,
        },
        requirements={"education": education, "work_experience": given["experience"]},
    )
    role.soc_code = code
    role.save()
    update_listings([role.pk])
    return role


def list_questions() -> dict[str, list[tuple[str, str]]]:
    """Kind -> the names of both roles of each question."""
    names_by_kind: dict[str, list[tuple[str, str]]] = {}
    for question in featured.choose_questions(0):
        names_by_kind.setdefault(question.kind.name, []).append((question.first.name, question.second.name))
    return names_by_kind


def list_reasons() -> dict[tuple[str, str], str]:
    return {
        (question.first.name, question.second.name): write_question_reason(question)
        for question in featured.choose_questions(0)
    }


def test_an_empty_site_asks_nothing(client: Client) -> None:
    assert featured.choose_questions(0) == ()
    page = open_page(client, "/")
    assert "No roles are stored yet" in page.text_content()
    assert not page.cssselect("#questions")


def test_nearly_the_same_pay_with_another_education_is_a_good_question() -> None:
    store_official("Hygienist", "29-1292", 98_100, ASSOCIATE)
    store_official("Nurse", "29-1141", 97_550, BACHELOR)
    store_official("Librarian", "25-4022", 80_000, BACHELOR)
    assert list_questions() == {"CLOSE_PAY": [("Hygienist", "Nurse")]}
    assert list_reasons() == {("Hygienist", "Nurse"): "An associate’s degree against a bachelor’s degree"}


def test_a_degree_for_both_is_a_good_question_where_the_lower_paid_is_ahead_in_something() -> None:
    store_official("Nurse", "29-1141", 97_550, growth=4.9, openings=189_100)
    store_official("Developer", "15-1252", 135_980, growth=15.8, openings=115_200)
    assert list_questions() == {"BACHELOR": [("Developer", "Nurse")]}
    assert list_reasons() == {
        ("Developer", "Nurse"): "Growth to 2034 +15.8% and +4.9%, but nurses have 64% more openings"
    }


def test_no_question_is_asked_whose_answer_is_plain() -> None:
    store_official("Nurse", "29-1141", 97_550, growth=4.9, openings=89_100)
    store_official("Developer", "15-1252", 135_980, growth=15.8, openings=115_200)
    assert list_questions() == {}


def test_jobs_without_a_degree_are_asked_about_within_one_field_of_work() -> None:
    store_official("Carpenter", "47-2031", 60_580, DIPLOMA, growth=4.5, openings=74_100)
    store_official("Laborer", "47-2061", 47_120, DIPLOMA, growth=7.6, openings=76_000)
    store_official("Receptionist", "43-4171", 38_010, DIPLOMA, growth=12.0)
    assert list_questions() == {"NO_DEGREE": [("Carpenter", "Laborer")]}
    assert list_reasons() == {("Carpenter", "Laborer"): "Growth to 2034 +4.5% and +7.6%"}


@pytest.mark.parametrize("name", ["Nurses, All Other", "Nurse or midwife", "Critical and Intensive Care Nurse"])
def test_rests_of_groups_and_long_names_make_no_question(name: str) -> None:
    store_official("Hygienist", "29-1292", 98_100, ASSOCIATE)
    store_official(name, "29-1141", 97_550)
    assert list_questions() == {}


def test_jobs_that_follow_another_job_are_no_choice() -> None:
    store_official("Hygienist", "29-1292", 98_100, ASSOCIATE)
    store_official("Head Nurse", "29-1141", 97_550, experience="5 years or more")
    assert list_questions() == {}


def test_each_job_stands_in_one_question_and_no_field_of_work_fills_a_kind() -> None:
    for number in range(12):
        pay = 60_000 + 9000 * (number // 2)
        store_official(f"Mechanic {number}", f"49-{number:04}", pay, BACHELOR if number % 2 else ASSOCIATE)
    for number in range(2):
        store_official(f"Teacher {number}", f"25-{number:04}", 150_000, BACHELOR if number % 2 else ASSOCIATE)
    [questions] = list_questions().values()
    names = list(chain.from_iterable(questions))
    assert len(names) == len(set(names)) == 2 * (featured.PER_FIELD + 1)
    assert sum(first.startswith("Mechanic") for first, _ in questions) == featured.PER_FIELD


def test_two_roles_of_one_page_follow_where_occupations_give_too_few_questions() -> None:
    for title in (LEAD, SOFTWARE, PROGRAM, CUSTOMER):
        store_role(title)
    assert list_reasons() == {
        (CUSTOMER, PROGRAM): "Averages only $292 apart",
        (LEAD, SOFTWARE): "$10,945 between the averages",
    }


def test_figures_of_two_publishers_are_never_set_against_each_other() -> None:
    store_official("Hygienist", "29-1292", 98_100, ASSOCIATE)
    facts = {"title": "Nurse", "publisher": "Other", "page": "other"}
    store_role_from(facts, salary={"annual_median": 97_550}, outlook={"job_count": 500_000})
    assert Publisher.objects.count() == 2
    assert list_questions() == {}


def test_each_question_tells_pay_and_what_differs_with_publisher_and_year(client: Client) -> None:
    store_official("Hygienist", "29-1292", 98_100, ASSOCIATE)
    store_official("Nurse", "29-1141", 97_550)
    page = open_page(client, "/")
    [row] = page.cssselect("#questions table tr + tr")
    assert list_texts(row, "th, td.n") == [
        "Hygienist or nurse?An associate’s degree against a bachelor’s degree",
        "$98,100",
        "$97,550",
    ]
    assert [mark.get("href") for mark in row.cssselect("use")] == ["#b", "#a"]
    assert [link.get("href") for link in row.cssselect("a")] == ["/compare/hygienist-vs-nurse/"]
    assert list_texts(page, "#questions header p")[1] == "Bureau, 2024–34"
    assert {figure.get("popovertarget") for figure in row.cssselect("td button")} == {"o-questions"}
    assert "As published by Bureau, 2024–34." in list_texts(page, "#o-questions")[0]


def test_the_page_leads_to_questions_roles_and_the_data(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    page = open_page(client, "/")
    assert len(page.cssselect("form input[name=role]")) == 2
    links = {link.get("href") for link in page.cssselect("main a")}
    assert {"/roles/", "/explore/", "/about/"} <= links
    assert "/compare/lead-technician-vs-software-support-technician/" in links


def test_the_counts_and_the_newest_day_stand_behind_it(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    behind = list_texts(open_page(client, "/"), ".behind")[0]
    assert behind.startswith(
        "Behind this: 7 roles from 5 pages of 2 publishers (Zippia, Jobicy), the newest of 1 March"
    )


def test_each_page_leads_to_roles_and_about(client: Client) -> None:
    store_role(LEAD)
    for address in ("/", "/roles/", "/roles/lead-technician/", "/about/"):
        page = open_page(client, address)
        assert {"/", "/roles/", "/about/"} <= {link.get("href") for link in page.cssselect("header a")}
        assert "/about/" in [link.get("href") for link in page.cssselect("footer a")]


def test_jobs_are_narrowed_down_by_the_education_that_a_reader_has(client: Client) -> None:
    for number in range(4):
        store_official(f"Mechanic {number}", f"49-{number:04}", 50_000 + 9_000 * number, DIPLOMA)
        store_official(f"Engineer {number}", f"17-{number:04}", 50_100 + 9_000 * number)
    addresses = [link.get("href") for link in open_page(client, "/").cssselect("#behind a[href*=education]")]
    assert [address.partition("=")[2] for address in addresses] == ["no-degree", "associate", "bachelor"]
    listed = [open_page(client, address).cssselect("tbody th a") for address in addresses]
    assert [len(links) for links in listed] == [4, 4, 8]


def test_education_is_not_offered_where_no_source_gives_it(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    assert not open_page(client, "/").cssselect("#behind a[href*=education]")


def test_it_takes_four_queries_at_most_and_the_same_with_many_roles(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    first = count_queries(client, "/")
    assert first <= 4
    for number in range(60):
        store_official(f"Mechanic {number}", f"49-{number:04}", 60_000 + 300 * number)
    forget_computed()
    response_cache.forget()
    assert count_queries(client, "/") <= first


def test_the_list_by_growth_is_offered_where_a_publisher_projects_it(client: Client) -> None:
    store_role(LEAD)
    assert "fastest growing" not in open_page(client, "/").text_content()
    forget_computed()
    store_official("Bakers", "51-3011", 40_000, education=DIPLOMA, growth=1.0)
    store_official("Cooks", "35-2014", 40_100, growth=5.0)
    [link] = [link for link in open_page(client, "/").cssselect("main a") if link.text == "fastest growing first"]
    assert list_texts(open_page(client, link.get("href")), "tbody th") == ["Cooks", "Bakers"]
