"""The five real pages, if their folder is beside the project: exactly what they say."""

import json
from typing import Any

import pytest

from careers.names import make_slug
from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.page_data import describe_role, list_differences
from tests.ingest.real_pages import FOLDER

EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8")) if FOLDER.exists() else {}


def parse_real_page(name: str) -> ParsedPage:
    return parse_page(read_document(name, (FOLDER / name).read_bytes()))


def keep_vocabulary(role: dict[str, Any]) -> dict[str, Any]:
    """A role of the expected file, without the keys that are not in the vocabulary."""
    return {
        key: value
        for key, value in role.items()
        if key not in ("source", "tools", "tech_skills", "soft_skills", "skill_map", "section_headings", "skills")
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_page_gives_what_was_read_by_eye(name: str) -> None:
    expected, page = EXPECTED[name], parse_real_page(name)
    assert page.layout == expected["layout"]
    assert not page.unread
    assert not page.ambiguous
    for wanted, role in zip(expected["roles"], page.roles, strict=True):
        assert list_differences(keep_vocabulary(wanted), describe_role(role)) == []
        if "skills" in wanted:
            listed = [(make_slug(s["name"]), s["rank"], s["percent"]) for s in wanted["skills"]]
            assert [(make_slug(s.name), s.rank, s.percent) for s in role.skills] == listed
    if "occupation_group" in expected:
        assert page.roles[0].value("occupation_group") == expected["occupation_group"]
        assert page.roles[1].value("occupation_group") is None


@pytest.mark.parametrize("name", [name for name in EXPECTED if EXPECTED[name]["layout"] == "guide"])
def test_a_real_guide_gives_its_lists_sections_and_source(name: str) -> None:
    wanted, page = EXPECTED[name]["roles"][0], parse_real_page(name)
    (role,) = page.roles
    for kind, names in (("tool", "tools"), ("tech", "tech_skills"), ("soft", "soft_skills")):
        assert [s.name for s in role.skills if s.kind == kind] == wanted[names]
    tiers: dict[str, list[str]] = {}
    for skill in role.skills:
        if skill.tier:
            tiers.setdefault(skill.tier, []).append(skill.name)
    assert tiers == wanted["skill_map"]
    assert [section.heading for section in role.sections] == wanted["section_headings"]
    source = {
        "publisher": page.publisher,
        "licence": page.licence,
        "licence_url": page.licence_url,
        "url": page.url,
    }
    assert source == wanted["source"]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_line_of_a_real_guide_is_in_a_section_a_list_or_the_source(name: str) -> None:
    page = parse_real_page(name)
    if page.layout != "guide":
        return
    (role,) = page.roles
    kept = {skill.name for skill in role.skills} | {duty.text for duty in role.duties}
    for section in role.sections:
        kept.add(section.heading)
        for _, body in section.blocks:
            kept.update([body] if isinstance(body, str) else body)
    lines = read_document(name, (FOLDER / name).read_bytes()).lines
    lost = [line.text for line in lines if line.text not in kept]
    assert lost == [
        "Key Responsibilities",
        "Tech Stack",
        "Skills and Qualifications",
        "Tech Skills",
        "Soft Abilities",
        "Job Market Today",
        *[line.text for line in lines[-3:]],
    ]
