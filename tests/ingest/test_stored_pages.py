"""Every page of the collections, loaded alone: what is stored is what was read, to the last value."""

from pathlib import Path
from typing import Any

import pytest

from careers.models import Role
from careers.vocabulary import FIELDS
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import FACT_CLASSES, ParsedPage, RoleFacts
from ingest.parsing.parse_page import parse_page
from tests.ingest.small_pages import loaded, stored_page

PROJECT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in ("fixtures/pages", "tests/pages")
    for path in (PROJECT / folder).rglob("*")
    if path.suffix in (".txt", ".html")
)


def parsed(path: Path) -> ParsedPage | None:
    try:
        return parse_page(read_document(path.name, path.read_bytes()))
    except UnreadableError:
        return None


@pytest.mark.django_db
@pytest.mark.usefixtures("without_coverage")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_is_stored_is_what_was_read(path: Path) -> None:
    page = parsed(path)
    outcome = loaded(path.read_bytes(), name=path.name)

    nothing = said(RoleFacts(title="", titled_by="table"))
    if page is None or (not page.ambiguous and all(said(facts) == nothing for facts in page.roles)):
        assert outcome.status == "refused"
        return
    for facts in page.roles:
        role = Role.objects.with_title(facts.title).first()
        assert stored(role) == said(facts)
    kept = stored_page(outcome)
    assert bytes(kept.content) == path.read_bytes()
    assert kept.cut_line == page.cut_line
    assert [(each["code"], each["line"]) for each in kept.warnings if each["code"] != "out-of-bounds"] == [
        (each.code, each.line) for each in page.warnings if each.code != "out-of-bounds"
    ]
    assert [each["field"] for each in kept.ambiguous] == [each.field for each in page.ambiguous]


def said(facts: RoleFacts) -> dict[str, Any]:
    found = {group: {name: getattr(getattr(facts, group), name) for name in FIELDS[group]} for group in FACT_CLASSES}
    if facts.salary.annual_low and facts.salary.annual_high and facts.salary.annual_low > facts.salary.annual_high:
        found["salary"] |= {"annual_low": None, "annual_high": None}
    return {
        **found,
        "skills": [(each.name, each.kind, each.rank, each.percent, each.tier) for each in facts.skills],
        "duties": [(each.text, facts.duties_truncated and each is facts.duties[-1]) for each in facts.duties],
        "sections": [(each.heading, [content for _, content in each.blocks]) for each in facts.sections],
    }


def stored(role: Role | None) -> dict[str, Any]:
    if role is None:
        return said(RoleFacts(title="", titled_by="table"))
    rows = {group: getattr(role, group) for group in FACT_CLASSES}
    return {
        **{group: {name: getattr(rows[group], name, None) for name in FIELDS[group]} for group in FACT_CLASSES},
        "skills": [(each.name, each.kind, each.rank, each.percent, each.tier) for each in role.roleskill_rows.all()],
        "duties": [(each.text, each.truncated) for each in role.duty_rows.all()],
        "sections": [
            (each.heading, [block.get("text", tuple(block.get("items", ()))) for block in each.blocks])
            for each in role.section_rows.all()
        ],
    }
