"""The JSON of a role and of a comparison: the vocabulary, nested, with numbers as numbers."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from careers.models import Citation, RoleAlias
from careers.vocabulary import STORED_IN
from tests.comparisons.full_role import store_role_with_every_field
from tests.comparisons.stored_roles import GUIDE, LEAD, PAGES, PROGRAM, SOFTWARE, read_fixture_facts, store_role

pytestmark = pytest.mark.django_db


def fetch_json(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/json"
    return answer.json()


def find_at(data: dict[str, Any], key: str) -> Any:
    for step in key.split("."):
        data = data[step]
    return data


def test_every_key_of_the_vocabulary_is_there_nested_by_its_dots(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role_with_every_field().slug}.json")
    for key in STORED_IN:
        assert find_at(data, key) is not None, key
    assert {"title", "slug", "skills", "duties", "duties_truncated", "sections", "sources"} < data.keys()


def test_numbers_are_numbers_and_whole_where_they_are_whole(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role(LEAD).slug}.json")
    assert data["salary"]["annual_average"] == 90615
    assert data["salary"]["hourly_average"] == 43.56
    assert data["outlook"]["growth_percent"] == 10
    assert isinstance(data["outlook"]["growth_percent"], int)
    assert data["demographics"]["race"]["white_percent"] == 53.6


def test_missing_is_null_and_zero_is_zero(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role(LEAD, outlook={'growth_percent': 0}).slug}.json")
    assert data["outlook"]["growth_percent"] == 0
    assert data["outlook"]["satisfaction"] is None
    assert data["salary"]["annual_p10"] is None
    guide = fetch_json(client, f"/roles/{store_role(GUIDE).slug}.json")
    assert guide["salary"]["annual_average"] is None
    assert guide["demographics"]["race"]["asian_percent"] is None


def test_skills_and_duties_keep_their_order(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role(PROGRAM).slug}.json")
    assert [skill["name"] for skill in data["skills"]][:3] == ["Program Support", "Data Entry", "DMV"]
    assert data["skills"][0] == {
        "name": "Program Support",
        "slug": "program-support",
        "kind": "listed",
        "rank": 1,
        "percent": 17,
        "tier": None,
    }
    assert data["duties"] == read_fixture_facts()[PROGRAM]["duties"]


def test_sections_keep_their_blocks(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role(GUIDE).slug}.json")
    assert data["sections"] == read_fixture_facts()[GUIDE]["sections"]
    assert data["work_life"] == {"stress_level": "Moderate", "balance_rating": "Good"}


def test_each_page_that_is_cited_stands_once_among_the_sources(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role(GUIDE).slug}.json")
    assert data["sources"] == [
        {
            "publisher": "Jobicy",
            "title": "Software technician",
            "url": "https://jobicy.example/software-technician/",
            "captured_on": "2026-03-01",
            "licence": "CC BY 4.0",
            "licence_url": "https://creativecommons.org/licenses/by/4.0/",
            "figures_of": None,
        }
    ]


def test_a_source_without_title_address_or_licence_has_nulls_and_no_empty_words(client: Client) -> None:
    lead = store_role(LEAD)
    Citation.objects.update(title="", url="")
    source = fetch_json(client, f"/roles/{lead.slug}.json")["sources"][0]
    assert [source[key] for key in ("title", "url", "licence", "licence_url")] == [None] * 4


def test_evidence_says_where_a_value_stands_and_in_which_source(client: Client) -> None:
    data = fetch_json(client, f"/roles/{store_role(LEAD).slug}.json")
    assert data["evidence"]["salary.annual_average"] == {"line": 8, "raw": "90615", "how": "cell", "source": 0}


def test_a_comparison_holds_its_roles_in_the_order_of_the_address(client: Client) -> None:
    lead, software = store_role(LEAD), store_role(SOFTWARE)
    data = fetch_json(client, f"/compare/{software.slug}-vs-{lead.slug}.json")
    assert [role["slug"] for role in data["roles"]] == [software.slug, lead.slug]
    assert data["roles"][1] == fetch_json(client, f"/roles/{lead.slug}.json")


def test_an_alias_leads_to_the_data_of_its_role(client: Client) -> None:
    lead = store_role(LEAD)
    RoleAlias.objects.create(role=lead, title="Head Technician", slug="head-technician")
    assert client.get("/roles/head-technician.json").headers["Location"] == "/roles/lead-technician.json"
    answer = client.get("/compare/head-technician-vs-lead-technician.json")
    assert answer.headers["Location"] == "/compare/lead-technician-vs-lead-technician.json"


def test_an_unknown_role_is_not_found_and_near_titles_are_named(client: Client) -> None:
    store_role(LEAD)
    answer = client.get("/roles/lead-tecnician.json")
    assert answer.status_code == 404
    assert answer.json() == {
        "error": "No role is called “lead tecnician”.",
        "near": [{"title": "Lead technician", "slug": "lead-technician"}],
    }


def test_more_than_four_roles_are_refused_in_every_form(client: Client) -> None:
    for ending in ("csv", "html", "json"):
        answer = client.get(f"/compare/a-vs-b-vs-c-vs-d-vs-e.{ending}")
        assert answer.status_code == 404
    assert answer.json() == {"error": "5 roles are too many for one page: 4 can be read side by side."}


def test_the_fixture_pages_come_out_as_they_went_in(client: Client) -> None:
    """Loaded as anyone loads them and read back: each figure that a reviewed page gives is there."""
    call_command("load_pages", PAGES, verbosity=0)
    for path in sorted(PAGES.glob("*/*.json")):
        for facts in json.loads(path.read_text())["roles"]:
            data = fetch_json(client, "/roles/" + facts["title"].lower().replace(" ", "-") + ".json")
            for group in ("salary", "outlook", "entry", "education", "demographics", "work_life"):
                for name, value in (facts.get(group) or {}).items():
                    assert data[group][name] == value, (path.name, group, name)
