"""Small pages written by hand, loading them, and the state of the database as plain data."""

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from careers.models import Publisher, Revision, Role, Skill
from careers.vocabulary import CHOSEN_LISTS, FIELDS, ONE_ROW_GROUPS
from ingest.documents.document import Document
from ingest.loading import load, questions
from ingest.loading.fit import TABLES, fit_page
from ingest.loading.names import get_role_key
from ingest.loading.page_records import learn_names
from ingest.loading.propagation import propagate
from ingest.loading.read import PageReading
from ingest.loading.removal import remove_facts
from ingest.loading.store import store_readings
from ingest.models import KnownName, Page, Question
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts

DAY = date(2026, 3, 1)
PAY = {"Yearly salary": ("$31,200", "$41,600")}


def write_pipe(first: str, second: str, rows: dict[str, tuple[str, str]] = PAY, prose: str = "") -> bytes:
    """A pair page with bars between its cells. Everyday labels do not tell whose page it is, so a link does."""
    if PAY.keys().isdisjoint(rows):
        prose = f"Explore jobs\n{prose}".strip()
    table = [f"| {first} | {second} | |", *(f"| {label} | {a} | {b} |" for label, (a, b) in rows.items())]
    return "\n".join([*([prose] if prose else []), *table]).encode()


def run_together(
    first: str, second: str, rows: dict[str, str] | None = None, ending: str = "Browse production jobs"
) -> bytes:
    """A pair page with run-together cells. `rows`: label -> both cells, below the average salary."""
    rows = {"Average salary": "$31,200$41,600", **(rows or {})}
    heading = f"{first} vs {second.lower()}"
    lines = [heading, f"{heading} salary", f"{first}{second}", *(f"{label}{cells}" for label, cells in rows.items())]
    return "\n\n".join([*lines, ending]).encode()


def write_guide(title: str, *, skills: tuple[str, ...] = (), slug: str = "x") -> bytes:
    lines = [
        f"Core Functions of the {title} Role",
        f"A {title.lower()} does what is needed.",
        "Key Responsibilities",
        "- Begin.",
        "- Go on.",
        "Tech Skills",
        *(f"- {skill}" for skill in skills),
        "Work Setting",
        "Indoors.",
        "Source: Jobicy.com — Licensed under CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        f"Permalink: https://jobicy.com/careers/{slug}",
    ]
    return "\n".join(lines).encode()


def enter_page(content: bytes, name: str = "page.txt", captured_on: date | None = DAY, **entered: Any) -> Page:
    return Page(name=name, content=content, captured_on=captured_on, **entered)


@dataclass(frozen=True, slots=True)
class LoadedPage(load.LoadResult):
    """What loading a page did, and what its reading found."""

    report: load.PageReport | None = None


def load_page(page: Page, *, commit: bool, by: User | None = None) -> LoadedPage:
    """Load one page with all that follows from it, or preview it, in one transaction."""
    with transaction.atomic():
        if commit:
            [result] = load.load_chunk([page], by)
            changed_pages = propagate()
            result = load.with_later_changes(result, changed_pages.get(result.page or 0, {}))
        else:
            result = load.load_page_for_preview(page)
        report = load.fetch_reports([result.page])[result.page] if result.page else None
        if not commit:
            transaction.set_rollback(True)
            result = replace(result, page=None)
    values = {field.name: getattr(result, field.name) for field in fields(result)}
    return LoadedPage(**values, report=report)


def undo_page(page: Page) -> None:
    """Remove what a page brought, with all that follows from that, in one transaction."""
    with transaction.atomic():
        remove_facts([page])
        propagate()


def load_content(content: bytes, **entered: Any) -> LoadedPage:
    """The outcome of loading a page for good."""
    return load_page(enter_page(content, **entered), commit=True)


def store_facts(*roles: RoleFacts, seed: str = "", captured_on: date | None = DAY, **parsed: Any) -> PageReading:
    """Facts written by hand, stored as if they came from a page."""
    facts = ParsedPage(layout="pipe", publisher="Zippia", roles=roles, **parsed)
    content = repr((roles, seed)).encode("utf-8", "backslashreplace")
    made = enter_page(content, captured_on=captured_on)
    made.digest = Page.compute_digest(content)
    reading = PageReading(
        made, Document("page.txt", "text", ()), facts, fit_page(facts), questions.find_questions(facts)
    )
    with transaction.atomic():
        Revision.lock()
        learn_names([reading])
        store_readings([reading])
    return reading


def read_stored_page(outcome: load.LoadResult) -> Page:
    assert outcome.page is not None
    return Page.objects.get(pk=outcome.page)


def find_role(title: str) -> Any:  # whose facts are read without asking first whether there are any
    return Role.objects.with_title(title).get()


def find_evidence(title: str, group: str, name: str) -> Any:
    return getattr(find_role(title), group).evidence[name]


def read_state() -> dict[str, Any]:
    """All that loading decides, without keys and times, which depend on the order."""
    return {
        "roles": {get_role_key(role): _read_role(role) for role in Role.objects.all()},
        "rows": sorted(_read_rows()),
        "skills": sorted(Skill.objects.values_list("key", "name", "slug")),
        "publishers": sorted(Publisher.objects.exclude(citations=None).distinct().values_list("name", flat=True)),
        "names": sorted(KnownName.objects.values_list("kind", "name")),
        "questions": sorted(Question.objects.values_list("page__digest", "key", "field", "raw", "by_spelling")),
        "pages": {
            page.digest: (page.layout, page.warnings, page.ambiguous, page.unread, page.waiting, page.cut_line)
            for page in Page.objects.exclude(status=Page.Status.UNDONE)
        },
    }


def _read_role(role: Role) -> dict[str, Any]:
    one = {group: getattr(role, group) and getattr(role, group).citation.digest for group in ONE_ROW_GROUPS}
    many = {group: getattr(role, f"{group}_citation") for group in CHOSEN_LISTS}
    return {
        "title": role.title,
        "slug": role.slug,
        **one,
        **{group: citation and citation.digest for group, citation in many.items()},
    }


def _read_rows() -> list[str]:
    lines = []
    for group, table in TABLES.items():
        for row in table._default_manager.select_related("role", "citation"):
            skip = ("id", "role", "citation", "skill")
            names = FIELDS.get(group) or [field.name for field in row._meta.concrete_fields if field.name not in skip]
            values = {name: getattr(row, name) for name in (*names, "evidence")}
            lines.append(
                f"{group} {row.role.key} {row.citation.digest} {json.dumps(values, default=str, sort_keys=True)}"
            )
    return lines


def make_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
