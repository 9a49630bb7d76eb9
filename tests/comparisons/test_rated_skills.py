"""Rated skills, knowledge and technology of official occupations: on pages, in files and in the API."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.models import Role
from comparisons.comparison import compare
from comparisons.queries.roles import read_current_roles
from ingest.models import Page
from tests.comparisons.official import Occupation, load_release, slugs_of
from tests.comparisons.stored_roles import LEAD, store_role
from tests.ingest.small_pages import load_page

pytestmark = pytest.mark.django_db

NURSES, COOKS, OTHERS = "29-1141", "35-2014", "11-9199"
HEAD = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tRecommend Suppress\tNot Relevant"
RATINGS = {  # element -> importance and level of nurses, then of cooks
    ("2.A.1.b", "Active Listening"): (4.5, 4.25, 3.5, 3.0),
    ("2.A.1.f", "Science"): (3.25, 3.5, 1.25, 0.5),
    ("2.C.8.a", "Food Production"): (1.5, 0.25, 4.5, 4.0),
}
TECHNOLOGY = """O*NET-SOC Code\tExample\tHot Technology\tIn Demand
29-1141.00\tSpreadsheets\tY\tN
29-1141.00\tRecords of health\tN\tY
35-2014.00\tSpreadsheets\tY\tY
"""


def ratings(start: str) -> str:
    lines = [HEAD]
    for (element, name), figures in RATINGS.items():
        if not element.startswith(start):
            continue
        for code, (importance, level) in zip((NURSES, COOKS), (figures[:2], figures[2:]), strict=True):
            flag = "Y" if level < 1 else "N"
            lines.append(f"{code}.00\t{element}\t{name}\tIM\t{importance}\tN\tn/a")
            lines.append(f"{code}.00\t{element}\t{name}\tLV\t{level}\tN\t{flag}")
    return "\n".join([*lines, ""])


@pytest.fixture(autouse=True)
def rated() -> None:
    load_release(
        2025, Occupation(NURSES, "Registered Nurses"), Occupation(COOKS, "Cooks"), Occupation(OTHERS, "Others")
    )
    tables = {"Skills": ratings("2.A"), "Knowledge": ratings("2.C"), "Technology Skills": TECHNOLOGY}
    for name, content in tables.items():
        result = load_page(Page(name=f"{name} (O*NET 30.1, December 2025).txt", content=content.encode()), commit=True)
        assert result.status == "loaded", result


def pair() -> str:
    return "-vs-".join(slugs_of(NURSES, COOKS))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_comparison_shows_the_largest_gap_first_and_what_both_need(client: Client) -> None:
    official = compare(read_current_roles(slugs_of(NURSES, COOKS))).official
    assert [skill.name for skill in official.rated] == ["Food Production", "Science", "Active Listening"]
    assert [float(skill.difference or 0) for skill in official.rated] == [-3, 2, 1]
    page = text_of(client, reverse("comparison", args=[pair()]))
    assert "Rated 3 of 5 or more for both: Active Listening." in page
    assert "Of rated skills and knowledge, Food Production differs most: " in page
    assert page.index('id="knowledge-food-production"') < page.index('id="rated-science"')


def test_a_value_opens_its_origin_and_a_level_that_is_not_used_says_why(client: Client) -> None:
    page = text_of(client, reverse("comparison", args=[pair()]))
    assert "“4.5”, Knowledge, row 4 (35-2014.00), column Data Value, as published, in a table." in page
    assert "level —: not relevant to the occupation" in page
    assert "USDOL/ETA has not approved, endorsed or tested these modifications" in page


def test_technology_is_told_apart_into_shared_and_own_with_its_marks(client: Client) -> None:
    page = text_of(client, reverse("comparison", args=[pair()]))
    assert "Spreadsheets <small>hot, in demand for one</small>" in page
    assert "Records of health <small>in demand</small>" in page


def test_a_role_without_ratings_says_so(client: Client) -> None:
    page = text_of(client, reverse("comparison", args=["-vs-".join(slugs_of(NURSES, OTHERS))]))
    assert "Skills, rated: not in this source for ◆ Others." in page


def test_ratings_are_never_compared_with_what_a_page_lists(client: Client) -> None:
    lead = store_role(LEAD)
    roles = read_current_roles([lead.slug, *slugs_of(NURSES)])
    comparison = compare(roles)
    assert comparison.skills.shared == ()
    assert {skill.entries[0] for skill in comparison.official.rated} == {None}


def test_the_page_of_an_occupation_lists_the_most_important_first(client: Client) -> None:
    page = text_of(client, reverse("role", args=slugs_of(COOKS)))
    assert page.index('id="knowledge-food-production"') < page.index('id="rated-active-listening"')


def skills_of(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {skill["name"]: skill for skill in data["skills"]}


def test_json_gives_each_kind_with_its_own_keys(client: Client) -> None:
    skills = skills_of(client.get(reverse("role_json", args=slugs_of(NURSES))).json())
    assert skills["Active Listening"] == {
        "name": "Active Listening",
        "slug": "active-listening",
        "kind": "rated",
        "importance": 4.5,
        "level": 4.25,
    }
    assert (skills["Food Production"]["kind"], skills["Food Production"]["level"]) == ("knowledge", None)
    assert skills["Spreadsheets"] == {
        "name": "Spreadsheets",
        "slug": "spreadsheets",
        "kind": "tech",
        "hot": True,
        "in_demand": False,
    }


def rows_of(client: Client) -> Iterator[dict[str, str]]:
    content = client.get(reverse("role_csv", args=slugs_of(NURSES))).content.decode("utf-8-sig")
    return iter(csv.DictReader(StringIO(content)))


def test_csv_gives_each_figure_with_its_unit_and_the_reason_for_a_missing_one(client: Client) -> None:
    rows = {(row["field"], row["value"]): row for row in rows_of(client) if row["field"].startswith("skills[")}
    importance = next(row for (field, value), row in rows.items() if field.endswith("importance") and value == "4.5")
    assert (importance["unit"], importance["raw"], importance["basis"]) == ("of 5", "4.5", "published")
    missing = [row for row in rows.values() if row["basis"] == "missing"]
    assert [(row["raw"], row["note"]) for row in missing] == [("0.25", "not relevant to the occupation")]


def test_the_api_lists_the_occupations_of_a_skill_by_importance(client: Client) -> None:
    skill = client.get("/api/v1/skills/active-listening").json()
    assert (skill["listed"], skill["occupations"], skill["total"]) == (0, 2, 2)
    assert [(role["title"], role["importance"]) for role in skill["roles"]] == [
        ("Registered Nurses", 4.5),
        ("Cooks", 3.5),
    ]
    counts = {entry["slug"]: entry["occupations"] for entry in client.get("/api/v1/skills").json()["skills"]}
    assert counts == {
        "active-listening": 2,
        "food-production": 2,
        "records-of-health": 1,
        "science": 2,
        "spreadsheets": 2,
    }


def test_all_kinds_of_skills_take_one_query(client: Client) -> None:
    slugs: Sequence[str] = slugs_of(NURSES, COOKS)
    read_current_roles(slugs)
    with CaptureQueriesContext(connection) as captured:
        read_current_roles(slugs)
    assert sum("careers_skillrating" in query["sql"] for query in captured) == 1
    assert Role.objects.count() == 3
