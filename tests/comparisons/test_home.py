"""The first page: what it offers and counts, and which pairs it picks."""

from itertools import chain

import pytest
from django.test import Client

from careers.models import Publisher, Role
from comparisons.language.reasons import pair_reason
from comparisons.queries import featured
from ingest.loading.list_rows import update_listings
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
from tests.comparisons.test_pages import opened, queries, words

pytestmark = pytest.mark.django_db

PAGES = (LEAD, SOFTWARE, PROFESSIONAL, SPECIALIST, PROGRAM, CUSTOMER, GUIDE)


def official(title: str, pay: int | None, jobs: int | None, group: str = "Management") -> Role:
    """An official occupation as the table of the Bureau gives it: hundreds stand on one page."""
    facts = {"title": title, "publisher": "Bureau", "page": "national", "occupation_group": group}
    role = store_role_from(facts, salary={"annual_average": pay}, outlook={"job_count": jobs})
    role.soc_code = f"11-{role.pk}"
    role.save()
    update_listings([role.pk])
    return role


def chosen() -> list[tuple[str, str]]:
    return [(pair.first.title, pair.second.title) for pair in featured.choose_pairs(0)]


def why() -> dict[tuple[str, str], str]:
    return {(pair.first.title, pair.second.title): pair_reason(pair) for pair in featured.choose_pairs(0)}


def test_an_empty_site_has_no_pairs(client: Client) -> None:
    assert featured.choose_pairs(0) == ()
    assert "No roles are stored yet" in opened(client, "/").text_content()


def test_two_roles_of_one_page_are_worth_a_look_and_say_why() -> None:
    for title in (LEAD, SOFTWARE, PROGRAM, CUSTOMER):
        store_role(title)
    assert why() == {
        (PROGRAM, CUSTOMER): "Averages only $292 apart",
        (LEAD, SOFTWARE): "$10,945 between the averages",
    }


def test_no_role_stands_in_every_pair() -> None:
    for title in PAGES:
        store_role(title)
    for number in range(8):
        official(f"Kind {number} Managers", 60_000 + 9000 * number, 1000 * (number + 1), f"Group {number // 2}")
    found = chosen()
    assert len(found) == featured.MOST_PAIRS
    slugs = list(chain.from_iterable(found))
    assert max(slugs.count(slug) for slug in slugs) == 1


def test_occupations_of_one_kind_and_of_close_pay_with_unlike_jobs_are_worth_a_look() -> None:
    official("Registered Nurses", 98_000, 3_000_000, "Health")
    official("Licensed Nurses", 62_000, 600_000, "Health")
    official("Cashiers", 32_000, 3_100_000, "Sales")
    official("Telemarketers", 32_400, 60_000, "Sales")
    assert why() == {
        ("Registered Nurses", "Licensed Nurses"): "$36,000 between the averages",
        ("Cashiers", "Telemarketers"): "Averages only $400 apart, 52 times as many jobs for the first",
    }


def test_what_is_left_of_a_group_and_other_groups_are_no_alternatives() -> None:
    official("Nurses, All Other", 98_000, 3_000_000, "Health")
    official("Licensed Nurses", 62_000, 600_000, "Health")
    official("School Nurses", 70_000, 500_000, "Schools")
    assert chosen() == []


def test_a_large_table_does_not_hide_the_pairs_that_pages_compare() -> None:
    store_role(LEAD)
    store_role(SOFTWARE)
    for number in range(20):
        official(f"Managers {number} of Things", 50_000 + number, 1_000_000 + number)
    assert (LEAD, SOFTWARE) in chosen()


def test_one_group_does_not_fill_the_list() -> None:
    for number in range(12):
        official(f"Kind {number} Managers", 60_000 + 9000 * number, 1000 * (number + 1), "Management")
    for number in range(2):
        official(f"Kind {number} Teachers", 40_000 + 9000 * number, 10 * (number + 1), "Education")
    groups = [first.split()[-1] for first, _ in chosen()]
    assert groups.count("Managers") == featured.PER_GROUP
    assert groups.count("Teachers") == 1


def test_figures_of_two_publishers_are_never_set_against_each_other() -> None:
    official("Registered Nurses", 98_000, 3_000_000, "Health")
    facts = {"title": "Night Nurses", "publisher": "Other", "page": "other", "occupation_group": "Health"}
    store_role_from(facts, salary={"annual_average": 60_000}, outlook={"job_count": 5})
    assert Publisher.objects.count() == 2
    assert chosen() == []


def test_the_page_leads_to_pairs_roles_and_the_data(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    page = opened(client, "/")
    assert len(page.cssselect("form input[name=role]")) == 2
    links = {link.get("href") for link in page.cssselect("main a")}
    assert {"/roles/", "/explore/", "/about/"} <= links
    assert "/compare/lead-technician-vs-software-support-technician/" in links


def test_the_counts_and_the_newest_day_stand_behind_it(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    behind = words(opened(client, "/"), ".behind")[0]
    assert behind.startswith(
        "Behind this: 7 roles from 5 pages of 2 publishers (Zippia, Jobicy), the newest of 1 March"
    )


def test_each_page_leads_to_roles_and_about(client: Client) -> None:
    store_role(LEAD)
    for address in ("/", "/roles/", "/roles/lead-technician/", "/about/"):
        page = opened(client, address)
        assert {"/", "/roles/", "/about/"} <= {link.get("href") for link in page.cssselect("header a")}
        assert "/about/" in [link.get("href") for link in page.cssselect("footer a")]


def test_it_takes_three_queries_at_most_and_the_same_with_many_roles(client: Client) -> None:
    for title in PAGES:
        store_role(title)
    first = queries(client, "/")
    assert first <= 3
    for number in range(60):
        official(f"Kind {number} Managers", 60_000 + 9000 * number, 1000 * (number + 1))
    from comparisons.queries import revision
    from comparisons.views import response_cache

    revision.forget_computed()
    response_cache.forget()
    assert queries(client, "/") <= first
