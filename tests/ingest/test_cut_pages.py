"""A page that is cut anywhere gives what it has: never a false value, never a crash."""

from pathlib import Path
from typing import Any

import pytest

from careers.vocabulary import STORED_IN
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError, key_of
from ingest.parsing.facts import ParsedPage
from ingest.parsing.parse_page import parse_page
from tests.ingest.real_pages import FOLDER

ROOT = Path(__file__).resolve().parents[2]
WHOLE = [
    *sorted((ROOT / "fixtures" / "pages").rglob("*.txt")),
    *sorted((ROOT / "fixtures" / "pages").rglob("*.html")),
    ROOT / "tests/pages/pipe-all-different.txt",
    ROOT / "tests/pages/run-together-all-different.txt",
    ROOT / "tests/pages/html-all-different.html",
    ROOT / "tests/pages/guide-front.txt",
    ROOT / "tests/pages/guide-front-damaged-greek.txt",
    ROOT / "tests/pages/guide-html-front.html",
    *sorted(FOLDER.glob("*.txt")),
]


def values(page: ParsedPage) -> dict[tuple[int, str], Any]:
    """Every value of a page, by role and vocabulary key."""
    by_place: dict[tuple[int, str], Any] = {}
    for at, role in enumerate(page.roles):
        by_place[at, "title"] = key_of(role.title)
        for key, (group, name) in STORED_IN.items():
            value = getattr(getattr(role, group), name)
            if value is not None:
                by_place[at, key] = value
    return by_place


def read(name: str, data: bytes) -> ParsedPage | None:
    try:
        return parse_page(read_document(name, data))
    except UnreadableError:
        return None


def false_values(name: str, whole: bytes, step: int) -> list[str]:
    """What a page gives when it is cut and the whole page does not."""
    full = parse_page(read_document(name, whole))
    truth = values(full)
    lists = [
        (
            {(s.name, s.kind, s.percent, s.tier) for s in role.skills},
            {s.name for s in role.skills},
            {duty.text for duty in role.duties},
            {section.heading: section.blocks for section in role.sections},
        )
        for role in full.roles
    ]
    faults = []
    for end in range(0, len(whole), step):
        page = read(name, whole[:end])
        if page is None:
            continue
        for key, value in values(page).items():
            if truth.get(key) != value:
                faults.append(f"cut at {end}: {key} is {value!r}, not {truth.get(key)!r}")
        for at, role in enumerate(page.roles):
            skills, names, duties, sections = lists[at]
            for skill in role.skills:
                # Without its bullet a skill is spelled as in the sentence.
                entry = (skill.name, skill.kind, skill.percent, skill.tier)
                spoken = skill.evidence.how == "sentence"
                if entry not in skills and not (spoken and key_of(skill.name) in {key_of(n) for n in names}):
                    faults.append(f"cut at {end}: skill {entry}")
            faults += [f"cut at {end}: duty {d.text}" for d in role.duties if d.text not in duties]
            for section in role.sections:
                blocks = [body for _, body in sections.get(section.heading, ())]
                for _, body in section.blocks:
                    if body not in blocks and not (
                        isinstance(body, tuple) and any(body == b[: len(body)] for b in blocks)
                    ):
                        faults.append(f"cut at {end}: {section.heading}: {body!r}")
        if page.url and page.url != full.url:
            faults.append(f"cut at {end}: {page.url}")
    return faults


@pytest.mark.usefixtures("without_coverage")
@pytest.mark.parametrize("path", WHOLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_cut_at_any_offset_gives_no_false_value(path: Path) -> None:
    whole = path.read_bytes()
    # Every offset of a page of usual size, and every seventh of a long guide, which is at least one in each line.
    step = 1 if len(whole) < 7_000 else 7
    assert false_values(path.name, whole, step) == []
