"""Pages and what they must give, in pairs of files: adding `x.txt` and `x.json` adds a test."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.page_data import describe_role, list_differences

pytestmark = pytest.mark.without_coverage

ROOT = Path(__file__).resolve().parents[2]
REVIEWED = sorted(
    path for folder in (ROOT / "fixtures" / "pages", ROOT / "tests" / "pages") for path in folder.rglob("*.json")
)
NAMES = [str(path.relative_to(ROOT).with_suffix("")) for path in REVIEWED]


def find_page_beside(reviewed: Path) -> Path:
    (page,) = (p for p in reviewed.parent.glob(f"{reviewed.stem}.*") if p.suffix != ".json")
    return page


@cache
def parse_reviewed(reviewed: Path) -> tuple[ParsedPage, dict[str, Any]]:
    page = find_page_beside(reviewed)
    expected: dict[str, Any] = json.loads(reviewed.read_text("utf-8"))
    return parse_page(read_document(page.name, page.read_bytes())), expected


@pytest.mark.parametrize("reviewed", REVIEWED, ids=NAMES)
def test_a_page_gives_what_its_reviewed_file_says(reviewed: Path) -> None:
    page, expected = parse_reviewed(reviewed)
    assert page.layout == expected["layout"]
    assert len(page.roles) == len(expected["roles"])
    for wanted, role in zip(expected["roles"], page.roles, strict=True):
        data = describe_role(role)
        for key in wanted:
            assert list_differences(wanted[key], data.get(key), f"{role.title}.{key}") == []
    for key, value in expected.get("source", {}).items():
        assert getattr(page, key) == value


@pytest.mark.parametrize("reviewed", REVIEWED, ids=NAMES)
def test_a_page_reports_what_is_unclear_unread_cut_or_contradictory(reviewed: Path) -> None:
    page, expected = parse_reviewed(reviewed)
    if "warnings" in expected:
        assert sorted({warning.code for warning in page.warnings}) == sorted(set(expected["warnings"]))
    if "ambiguous" in expected:
        wanted = {(value["field"], value["role"], value["raw"]) for value in expected["ambiguous"]}
        assert {(value.field, value.role, value.raw) for value in page.ambiguous} == wanted
        candidates = {(value.field, value.role): list(value.candidates) for value in page.ambiguous}
        assert len(candidates) == len(page.ambiguous)
        for value in expected["ambiguous"]:
            if "candidates" in value:
                assert candidates[value["field"], value["role"]] == value["candidates"]
    if "unread" in expected:
        lines = sorted({left.line for left in page.unread} - {page.cut_line})
        assert lines == [line for line in expected["unread"] if line != page.cut_line]
    if "cut_line" in expected:
        assert page.cut_line == expected["cut_line"]
