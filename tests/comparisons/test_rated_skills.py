"""Rated skills, knowledge and technology of official occupations: on pages, in files and in the API."""

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.models import KnowledgeRating, Role, Skill, SkillRating, Technology
from comparisons.comparison import compare
from comparisons.queries.roles import read_current_roles
from comparisons.rows import note_anchor
from comparisons.views.sections.origins import build_rating_notes
from comparisons.views.sections.skills import NeededSkills, build_needed_skills, build_software
from ingest.models import Page
from tests.comparisons.official import Occupation, compare_codes, find_slugs, load_release
from tests.comparisons.opened_pages import list_texts, open_page, read_markup
from tests.comparisons.stored_roles import LEAD, store_role
from tests.comparisons.verdict_words import join_parts
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


def write_ratings(start: str) -> str:
    lines = [HEAD]
    for (element, name), figures in RATINGS.items():
        if not element.startswith(start):
            continue
        for code, (importance, level) in zip((NURSES, COOKS), (figures[:2], figures[2:]), strict=True):
            flag = "Y" if level < 1 else "N"
            lines.append(f"{code}.00\t{element}\t{name}\tIM\t{importance}\tN\tn/a")
            lines.append(f"{code}.00\t{element}\t{name}\tLV\t{level}\tN\t{flag}")
    return "\n".join([*lines, ""])


@pytest.fixture(scope="module", autouse=True)
def rated(module_transaction: None) -> None:
    load_release(
        2025, Occupation(NURSES, "Registered Nurses"), Occupation(COOKS, "Cooks"), Occupation(OTHERS, "Others")
    )
    tables = {"Skills": write_ratings("2.A"), "Knowledge": write_ratings("2.C"), "Technology Skills": TECHNOLOGY}
    for name, content in tables.items():
        result = load_page(Page(name=f"{name} (O*NET 30.1, December 2025).txt", content=content.encode()), commit=True)
        assert result.status == "loaded", result


def make_pair_slug() -> str:
    return "-vs-".join(find_slugs(NURSES, COOKS))


def build_needed(*codes: str) -> NeededSkills:
    part = build_needed_skills(compare_codes(*codes))
    assert part is not None
    return part


def list_labels(part: NeededSkills) -> list[str]:
    return [rung.label for group in part.rungs.groups for rung in group.rungs] if part.rungs else []


def test_what_a_role_needs_more_stands_under_its_name_the_widest_gap_first() -> None:
    official = compare_codes(NURSES, COOKS).official_skills
    assert [skill.name for skill in official.rated] == ["Food Production", "Science", "Active Listening"]
    assert [float(skill.difference or 0) for skill in official.rated] == [-3, 2, 1]
    part = build_needed(NURSES, COOKS)
    assert part.rungs is not None
    groups = [(group.heading, group.note, [rung.label for rung in group.rungs]) for group in part.rungs.groups]
    assert groups == [
        ("Cooks need more", "what registered nurses would have to learn", ["Growing food"]),
        ("Registered nurses need more", "what cooks would have to learn", ["Using science", "Listening"]),
    ]
    assert [rung.note for group in part.rungs.groups for rung in group.rungs] == ["knowledge", "", ""]
    assert [cell.text for cell in part.rungs.groups[1].rungs[0].cells] == ["3.3", "1.3"]
    assert join_parts(part.finding) == "Using science and listening matter more for registered nurses"


def test_the_rule_of_what_is_drawn_is_printed_with_its_thresholds() -> None:
    assert build_needed(NURSES, COOKS).note == (
        "The widest gaps: what is rated at least 3 of 5 (important) for the role that needs it more, by at least "
        "0.5 points above the other, fields of knowledge by at least 1 point."
    )


def test_what_both_need_about_as_much_is_a_sentence() -> None:
    SkillRating.objects.filter(name="Active Listening").update(importance=4)
    part = build_needed(NURSES, COOKS)
    assert (part.common_label, part.common) == ("Both need about equally", "listening")
    assert "Listening" not in list_labels(part)


def test_where_no_skill_stands_out_the_rule_says_so() -> None:
    SkillRating.objects.update(importance=4)
    KnowledgeRating.objects.update(importance=4)
    part = build_needed(NURSES, COOKS)
    assert part.rungs is None
    assert part.note == "No skill that is rated at least 3 of 5 (important) stands at least 0.5 points above the other."


def test_a_skill_that_nobody_needs_is_not_drawn_however_wide_its_gap() -> None:
    SkillRating.objects.filter(name="Science", role__soc_code=NURSES).update(importance="2.9")
    assert "Using science" not in list_labels(build_needed(NURSES, COOKS))


def test_of_a_single_rated_role_the_most_important_skills_are_named_and_nothing_is_compared() -> None:
    part = build_needed(NURSES, OTHERS)
    assert (part.finding, part.rungs) == (None, None)
    assert (part.common_label, part.common) == (
        "Rated most important for registered nurses",
        "listening and using science",
    )
    assert part.absent == ["Skills, rated: not in this source for ◆\N{NO-BREAK SPACE}Others."]


def test_more_than_two_roles_are_set_against_all_others() -> None:
    others = Role.objects.get(soc_code=OTHERS)
    for rating in SkillRating.objects.filter(role__soc_code=COOKS):
        rating.pk, rating.role = None, others
        rating.save()
        Role.objects.filter(pk=others.pk).update(rated_skills_citation=rating.citation)
    part = build_needed(NURSES, COOKS, OTHERS)
    assert part.rungs is not None
    assert [(group.heading, group.note) for group in part.rungs.groups] == [
        ("Registered nurses need more than the others", "")
    ]


def test_every_figure_opens_where_its_list_stands(client: Client) -> None:
    page = read_markup(client, reverse("comparison", args=[make_pair_slug()]))
    assert f'<button popovertarget="o-{note_anchor("rated_skills")}">3.3</button>' in page
    assert f'<button popovertarget="o-{note_anchor("knowledge")}">4.5</button>' in page
    assert "rows 2 to 7 (29-1141.00)" in page[page.index(f'id="o-{note_anchor("rated_skills")}"') :]
    assert "USDOL/ETA has not approved, endorsed or tested these modifications" in page


def test_the_rows_of_a_list_reach_from_its_first_to_its_last_whatever_the_gaps() -> None:
    speaking = Skill.objects.create(name="Speaking", slug="speaking", key="speaking")
    for code, importance in ((NURSES, 4), (COOKS, Decimal("2.5"))):
        rating = SkillRating.objects.get(role__soc_code=code, name="Science")
        rating.pk, rating.skill, rating.name, rating.position = None, speaking, "Speaking", 99
        rating.importance, rating.evidence = importance, {"importance": {"line": 40, "sheet": "Skills", "code": code}}
        rating.save()
    note = next(
        note for note in build_rating_notes(compare_codes(NURSES, COOKS)) if note.anchor == note_anchor("rated_skills")
    )
    assert [entry.places[0][0] for entry in note.entries] == [
        "Skills, rows 2 to 40 (29-1141.00).",
        "Skills, rows 4 to 40 (35-2014.00).",
    ]


def test_technology_stands_in_columns_of_one_role_and_of_both(client: Client) -> None:
    part = build_software(compare_codes(NURSES, COOKS))
    assert part is not None
    assert join_parts(part.finding) == "1 program is named for both"
    assert [(column.heading, list(column.shown)) for column in part.columns.columns] == [
        ("Only registered nurses", ["Records of health"]),
        ("Both", ["Spreadsheets"]),
    ]
    page = read_markup(client, reverse("comparison", args=[make_pair_slug()]))
    assert f'<button popovertarget="o-{note_anchor("technology")}">1</button>' in page
    assert "a program that is not named may still be used" in page


def test_many_programs_are_folded_and_those_in_demand_stand_first() -> None:
    technology = Technology.objects.get(role__soc_code=NURSES, name="Spreadsheets")
    for number in range(50):
        name = f"Program {number}"
        skill = Skill.objects.create(name=name, slug=f"program-{number}", key=name.lower())
        technology.pk, technology.skill, technology.name = None, skill, name
        technology.position, technology.hot, technology.in_demand = 10 + number, False, number == 49
        technology.save()
    part = build_software(compare_codes(NURSES, OTHERS))
    assert part is not None
    (column,) = part.columns.columns
    assert list(column.shown[:3]) == ["Records of health", "Program 49", "Spreadsheets"]
    assert (column.total, len(column.shown), len(column.folded), column.left_out) == (52, 8, 8, 36)
    assert part.absent == ["Technology: not in this source for ◆\N{NO-BREAK SPACE}Others."]


def test_ratings_are_never_compared_with_what_a_page_lists(client: Client) -> None:
    lead = store_role(LEAD)
    roles = read_current_roles([lead.slug, *find_slugs(NURSES)])
    comparison = compare(roles)
    assert comparison.skills.shared == ()
    assert {skill.entries[0] for skill in comparison.official_skills.rated} == {None}


def index_skills(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {skill["name"]: skill for skill in data["skills"]}


def test_json_gives_each_kind_with_its_own_keys(client: Client) -> None:
    skills = index_skills(client.get(reverse("role_json", args=find_slugs(NURSES))).json())
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


def read_rows(client: Client) -> Iterator[dict[str, str]]:
    content = client.get(reverse("role_csv", args=find_slugs(NURSES))).content.decode("utf-8-sig")
    return iter(csv.DictReader(StringIO(content)))


def test_csv_gives_each_figure_with_its_unit_and_the_reason_for_a_missing_one(client: Client) -> None:
    rows = {(row["field"], row["value"]): row for row in read_rows(client) if row["field"].startswith("skills[")}
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
    slugs: Sequence[str] = find_slugs(NURSES, COOKS)
    read_current_roles(slugs)
    with CaptureQueriesContext(connection) as captured:
        read_current_roles(slugs)
    assert sum("careers_skillrating" in query["sql"] for query in captured) == 1
    assert Role.objects.count() == 3


def test_the_table_at_the_top_cites_ratings_as_their_section_does(client: Client) -> None:
    page = open_page(client, f"/compare/{make_pair_slug()}/")
    [note] = [text for text in list_texts(page, ".q small") if text.startswith("skills it needs more")]
    [source] = list_texts(page, "#skills header p")[1:]
    assert note == f"skills it needs more than the other, {source}"
