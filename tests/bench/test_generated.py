"""Generated roles look like loaded ones, and pages take the same few queries for many of them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from bench.gate import MANY, QUERY_LIMIT, list_pages
from bench.generated import generate
from careers.models import Listing, Role
from ingest.loading.list_rows import update_listings

PAGES = Path(__file__).parent.parent.parent / "fixtures" / "pages"


@pytest.mark.django_db
def test_pages_take_no_more_queries_at_a_thousand_roles_than_at_seven(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def count_queries(slugs: list[str]) -> dict[str, int]:
        counts = {}
        for name, path in list_pages(slugs).items():
            client.get(path)  # fills what a process reads once
            with django_assert_max_num_queries(QUERY_LIMIT) as captured:
                assert client.get(path).status_code == 200
            counts[name] = len(captured)
        return counts

    call_command("load_pages", PAGES, stdout=StringIO())
    stored = list(Role.objects.order_by("pk").select_related("salary"))
    few = count_queries([role.slug for role in stored if role.salary])
    generated = generate(MANY - len(stored))
    assert Role.objects.count() == MANY
    many = count_queries([role.slug for role in generated if role.salary])
    # Fewer are fine: a role with few others to compare with also looks for similar titles.
    assert {name for name in few if many[name] > few[name]} == set()


@pytest.mark.django_db
def test_generated_roles_have_the_listings_that_loading_would_write() -> None:
    call_command("load_pages", PAGES, stdout=StringIO())
    roles = [role.pk for role in generate(60)]
    listed = list(Listing.objects.filter(role__in=roles).order_by("pk").values())
    assert len({row["pay"] for row in listed}) > 20, "their pay is varied"
    update_listings(roles)
    assert list(Listing.objects.filter(role__in=roles).order_by("pk").values()) == listed
