"""Compare next on the page of a comparison: what pages set beside roles that are no occupations."""

import pytest
from django.test import Client
from django.utils import timezone

from careers.models import Citation, Publisher, SalaryStats
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import store_citation, store_role_from

pytestmark = pytest.mark.django_db


def compare_on_pages(*pages: str) -> None:
    """Store roles as pages compare them: `compare_on_pages("Baker Cook", "Cook Miller")`. Each earns $40,000."""
    titles = dict.fromkeys(" ".join(pages).split())
    roles = {
        title: store_role_from({"title": title, "page": f"of {title}"}, salary=PAY, outlook=JOBS) for title in titles
    }
    for page in pages:
        citation = store_citation("Zippia", page)
        for title in page.split():
            SalaryStats.objects.create(role=roles[title], citation=citation, **PAY)


PAY, JOBS = {"annual_average": 40_000}, {"job_count": 1_500}


def test_what_the_newest_page_compares_with_each_role_is_offered_with_its_figures(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Miller", "Cook Waiter", "Baker Porter")
    page = open_page(client, "/compare/baker-vs-cook/")
    assert list_texts(page, "#next header p") == ["Zippia"]
    assert list_texts(page, "#next li a") == ["Baker or porter?", "Cook or waiter?"]
    assert list_texts(page, "#next li small") == ["$40,000 average · 1,500 jobs"] * 2
    assert page.cssselect("#next li a")[1].get("href") == "/compare/cook-vs-waiter/"


def test_what_the_page_compares_already_is_not_offered(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Baker")
    assert not open_page(client, "/compare/baker-vs-cook/").cssselect("#next")


def test_a_role_on_several_pages_is_offered_once(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Miller", "Miller Cook")
    assert list_texts(open_page(client, "/compare/baker-vs-cook/"), "#next li a") == ["Cook or miller?"]


def test_the_newest_pages_of_a_role_come_first_however_many_it_is_on(client: Client) -> None:
    compare_on_pages("Baker Cook", *[f"Cook Miller{number}" for number in range(30)])
    assert list_texts(open_page(client, "/compare/baker-vs-cook/"), "#next li a") == ["Cook or miller29?"]


def test_a_table_of_many_roles_compares_none_of_them(client: Client) -> None:
    compare_on_pages("Baker Cook", "Baker Cook Miller Waiter Porter")
    assert not open_page(client, "/compare/baker-vs-cook/").cssselect("#next")


def test_pages_that_were_taken_down_offer_nothing(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Miller")
    other = Publisher.objects.create(name="Other", slug="other", taken_down_at=timezone.now())
    Citation.objects.filter(title="Cook miller").update(publisher=other)
    assert not open_page(client, "/compare/baker-vs-cook/").cssselect("#next")
