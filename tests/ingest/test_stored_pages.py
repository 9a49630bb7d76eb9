"""Every page of the collections, loaded alone: what is stored is what was read, to the last value."""

from pathlib import Path
from typing import Any

import pytest

from careers.models import Role
from careers.vocabulary import FIELDS, KEY_OF, ONE_ROW_GROUPS
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.small_pages import load_content, read_stored_page

PROJECT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in ("fixtures/pages", "tests/pages")
    for path in (PROJECT / folder).rglob("*")
    if path.suffix in (".txt", ".html")
)


def mark_databases(path: Path) -> Any:
    """Run-together cells differ in how they are read; their values are those that other pages have."""
    marks = [pytest.mark.same_on_every_database] if path.name.startswith("run-together") else []
    return pytest.param(path, marks=marks, id=path.name)


def parse_path(path: Path) -> ParsedPage | None:
    try:
        return parse_page(read_document(path.name, path.read_bytes()))
    except UnreadableError:
        return None


@pytest.mark.django_db
@pytest.mark.without_coverage
@pytest.mark.parametrize("path", [mark_databases(path) for path in PAGES])
def test_what_is_stored_is_what_was_read(path: Path) -> None:
    page = parse_path(path)
    outcome = load_content(path.read_bytes(), name=path.name)

    nothing = read_facts(RoleFacts(title="", titled_by="table"))
    if page is None or (not page.ambiguous and all(read_facts(facts) == nothing for facts in page.roles)):
        assert outcome.status == "refused"
        return
    for facts in page.roles:
        role = Role.objects.with_title(facts.title).first()
        assert read_stored(role) == read_facts(facts)
    kept = read_stored_page(outcome)
    assert bytes(kept.content) == path.read_bytes()
    assert kept.cut_line == page.cut_line
    assert [(warning["code"], warning["line"]) for warning in kept.warnings if warning["code"] != "out-of-bounds"] == [
        (warning.code, warning.line) for warning in page.warnings if warning.code != "out-of-bounds"
    ]
    assert [question["field"] for question in kept.ambiguous] == [question.field for question in page.ambiguous]


def read_facts(facts: RoleFacts) -> dict[str, Any]:
    groups = {}
    for group in ONE_ROW_GROUPS:
        groups[group] = {name: facts.value(KEY_OF[group, name]) for name in FIELDS[group]}
    low, high = facts.value("salary.annual_low"), facts.value("salary.annual_high")
    if low and high and low > high:
        groups["salary"] |= {"annual_low": None, "annual_high": None}
    return {
        **groups,
        "skills": [(skill.name, skill.kind, skill.rank, skill.percent, skill.tier) for skill in facts.skills],
        "duties": [(duty.text, facts.duties_truncated and duty is facts.duties[-1]) for duty in facts.duties],
        "sections": [(section.heading, [content for _, content in section.blocks]) for section in facts.sections],
    }


def read_stored(role: Role | None) -> dict[str, Any]:
    if role is None:
        return read_facts(RoleFacts(title="", titled_by="table"))
    rows = {group: getattr(role, group) for group in ONE_ROW_GROUPS}
    return {
        **{group: {name: getattr(rows[group], name, None) for name in FIELDS[group]} for group in ONE_ROW_GROUPS},
        "skills": [
            (skill.name, skill.kind, skill.rank, skill.percent, skill.tier) for skill in role.roleskill_rows.all()
        ],
        "duties": [(duty.text, duty.truncated) for duty in role.duty_rows.all()],
        "sections": [
            (section.heading, [block.get("text", tuple(block.get("items", ()))) for block in section.blocks])
            for section in role.section_rows.all()
        ],
    }
