"""A page that is cut anywhere gives what it has: never a false value, never a crash."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from careers.spelling import fold_spelling
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts
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


def list_values(page: ParsedPage) -> dict[tuple[int, str], Any]:
    """Every value of a page, by role and vocabulary key."""
    by_place: dict[tuple[int, str], Any] = {}
    for at, role in enumerate(page.roles):
        by_place[at, "title"] = fold_spelling(role.title)
        for key, value in role.values.items():
            if value is not None:
                by_place[at, key] = value
    return by_place


def read(name: str, data: bytes) -> ParsedPage | None:
    try:
        return parse_page(read_document(name, data))
    except UnreadableError:
        return None


class WholeLists(NamedTuple):
    """What a whole page lists for a role. `bodies`: heading of a section -> its paragraphs and lists."""

    skills: set[tuple[str, str, int | None, str | None]]
    skill_keys: set[str]
    duties: set[str]
    bodies: dict[str, list[str | tuple[str, ...]]]


def collect_lists(role: RoleFacts) -> WholeLists:
    return WholeLists(
        {(skill.name, skill.kind, skill.percent, skill.tier) for skill in role.skills},
        {fold_spelling(skill.name) for skill in role.skills},
        {duty.text for duty in role.duties},
        {section.heading: [body for _, body in section.blocks] for section in role.sections},
    )


def find_false_entries(role: RoleFacts, whole: WholeLists) -> Iterator[str]:
    """The entries of a role's lists that the whole page does not have. A list in a section may end earlier."""
    for skill in role.skills:
        entry = (skill.name, skill.kind, skill.percent, skill.tier)
        # Without its bullet a skill is spelled as in the sentence.
        is_in_sentence = skill.evidence.how == "sentence" and fold_spelling(skill.name) in whole.skill_keys
        if entry not in whole.skills and not is_in_sentence:
            yield f"skill {entry}"
    for duty in role.duties:
        if duty.text not in whole.duties:
            yield f"duty {duty.text}"
    for section in role.sections:
        whole_bodies = whole.bodies.get(section.heading, [])
        for _, body in section.blocks:
            begins_a_list = isinstance(body, tuple) and any(body == other[: len(body)] for other in whole_bodies)
            if body not in whole_bodies and not begins_a_list:
                yield f"{section.heading}: {body!r}"


def find_false_values(name: str, content: bytes, offsets: range) -> list[str]:
    """What a page gives when it is cut and the whole page does not."""
    whole = parse_page(read_document(name, content))
    truth = list_values(whole)
    lists = [collect_lists(role) for role in whole.roles]
    faults = []
    for end in offsets:
        page = read(name, content[:end])
        if page is None:
            continue
        for key, value in list_values(page).items():
            if truth.get(key) != value:
                faults.append(f"cut at {end}: {key} is {value!r}, not {truth.get(key)!r}")
        for place, role in enumerate(page.roles):
            faults += [f"cut at {end}: {fault}" for fault in find_false_entries(role, lists[place])]
        if page.url and page.url != whole.url:
            faults.append(f"cut at {end}: {page.url}")
    return faults


@pytest.mark.without_coverage
@pytest.mark.parametrize("place", range(len(WHOLE)), ids=[f"{path.parent.name}/{path.name}" for path in WHOLE])
def test_a_page_cut_anywhere_gives_no_false_value(place: int) -> None:
    path = WHOLE[place]
    whole = path.read_bytes()
    # Every fifth offset of a page of usual size, beginning elsewhere on each, so that pages of one layout together are
    # cut at all places of a line; and every eleventh of a long guide, which is several in each line.
    step = 5 if len(whole) < 7_000 else 11
    assert find_false_values(path.name, whole, range(place % step, len(whole), step)) == []
