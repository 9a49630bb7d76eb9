"""Invented facts, written as a guide and read back: every value equal, or null and reported."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.vocabulary import STORED_IN
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest import disturbances, guide_writer, html_writer
from tests.ingest.disturbances import DISTURBANCES
from tests.ingest.drawn_pages import HTML_STYLES, SOME, parse_text, sometimes
from tests.ingest.guide_writer import Block, Front, GuideContent
from tests.ingest.html_writer import HtmlStyle

pytestmark = pytest.mark.without_coverage


GUIDE_TITLES = (
    "Software Technician|C++ Developer|.NET Developer|3D Artist|UX/UI Designer|IT Support Specialist|QA Engineer|"
    "Maître D'|Line Cook|Front-End Developer|R&D Manager|Chief of Staff|Director, Sales|Role Player|Path Finder"
).split("|")

LINES = (
    "Most of the work is done indoors, with other people.",
    "A café near the office — “the best” one — is where ideas come from.",
    "It pays $39,000 a year; growth is 6% a year.",
    "Nobody’s first year is easy!",
    "What comes next? Nobody knows.",
)

ITEMS = (
    "Install, configure, and upgrade software.",
    "Ticketing systems (Jira Service Desk, ServiceNow)",
    "C#",
    "C++",
    "Work-life balance",
    "Soft Skills: Communication & Customer Service",
    "Median: $39,000",
    "Knife work",
    "Sautéing",
    "Source: the kitchen",
)

TIERS = ("Foundational Skills", "Specialization Paths", "Professional & Software Skills", "Advanced", "Basics & more")


def collect_guide_values(content: GuideContent) -> dict[str, Any]:
    front = content.front
    values: dict[str, Any] = {"work_life.stress_level": content.stress, "work_life.balance_rating": content.balance}
    if front:
        low, high = front.span or (None, None)
        entry, mid, senior = (front.span and front.levels) or (None, None, None)
        values |= {
            "summary": front.summary,
            "outlook.growth_percent": front.growth,
            "salary.annual_median": front.median,
            "salary.annual_low": low,
            "salary.annual_high": high,
            "salary.annual_entry": entry,
            "salary.annual_mid": mid,
            "salary.annual_senior": senior,
            "salary.note": front.note if front.span else None,
        }
    return values


def find_wrong_in_guide(page: ParsedPage, content: GuideContent) -> list[str]:
    (role,) = page.roles
    faults = [] if role.title == content.title else [f"title {role.title!r}, not {content.title!r}"]
    wanted = collect_guide_values(content)
    for key in STORED_IN:
        if role.value(key) != wanted.get(key):
            faults.append(f"{key} is {role.value(key)!r}, not {wanted.get(key)!r}")
    skills = [(skill.kind, skill.tier, skill.name) for skill in role.skills]
    listed: list[tuple[str, str | None, str]] = []
    for kind, names in (("tool", content.tools), ("tech", content.tech), ("soft", content.soft)):
        listed += [(kind, None, name) for name in names]
    listed += [("listed", tier, name) for tier, _, names in content.tiers for name in names]
    if skills != listed:
        faults.append(f"skills {skills}, not {listed}")
    if [duty.text for duty in role.duties] != list(content.duties):
        faults.append(f"duties {role.duties}")
    sections = [(section.heading, section.blocks) for section in role.sections]
    if sections != guide_writer.list_guide_sections(content):
        faults.append(f"sections {sections}, not {guide_writer.list_guide_sections(content)}")
    source = (page.publisher, page.licence, page.licence_url, page.url)
    place = f"https://jobicy.com/careers/{content.slug}"
    if source != ("Jobicy", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", place):
        faults.append(f"source {source}")
    return faults


TEXTS = st.lists(st.sampled_from(ITEMS), max_size=4, unique=True).map(tuple)


def _make_paragraph(text: str) -> Block:
    return "paragraph", text


def _make_bullets(items: list[str]) -> Block:
    return "list", tuple(items)


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    paragraph = st.sampled_from([_make_paragraph(line) for line in LINES])
    bullets = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True).map(_make_bullets)
    first, last = draw(st.lists(paragraph, max_size=2)), draw(st.lists(paragraph, max_size=1))
    middle = [draw(bullets)] if draw(st.booleans()) or not (first or last) else []
    return (*first, *middle, *last)


@st.composite
def fronts(draw: st.DrawFn) -> Front:
    low = draw(st.integers(15, 180)) * 1000
    high = low + draw(st.integers(1, 900)) * 1000
    growth = st.sampled_from([Decimal(text) for text in ("6", "0", "-3", "12.5", "-0.5")])
    return Front(
        draw(st.sampled_from(("A cook runs one station — and more.", "3D artists draw what is not there yet!"))),
        growth=draw(sometimes(growth)),
        median=draw(sometimes(st.integers(15_000, 300_000))),
        remote=draw(st.booleans()),
        demand=draw(st.sampled_from([("Low", "Medium", "High"), ()])),
        span=draw(sometimes(st.just((low, high)))),
        levels=draw(sometimes(st.just((low + 700, low + 900, high - 300)))),
        note=draw(sometimes(st.just(f"The top 10% can look forward to ${high:,} or more."))),
    )


@st.composite
def guides(draw: st.DrawFn) -> GuideContent:
    content = GuideContent(
        draw(st.sampled_from(GUIDE_TITLES)),
        draw(st.none() | fronts()),
        duties=draw(TEXTS),
        tools=draw(TEXTS),
        tech=draw(TEXTS),
        soft=draw(TEXTS),
        stress=draw(sometimes(st.sampled_from(("High", "Moderate", "Low to Moderate")))),
        balance=draw(sometimes(st.sampled_from(("Good", "Challenging")))),
        tiers=tuple(
            (name, "What it is about.", draw(TEXTS.filter(bool)))
            for name in draw(st.lists(st.sampled_from(TIERS), max_size=3, unique=True))
        ),
    )
    names = ("Work Setting", "Education Level", content.path, "Required Education", "Global Outlook", "Role Challenges")
    kept = draw(st.sets(st.sampled_from((*names, "Growth Paths", "Industry Trends", "Portfolio Tips"))))
    return replace(content, sections={name: draw(blocks()) for name in (content.core, *sorted(kept))})


def list_reported_in_guide(page: ParsedPage) -> set[str]:
    return {left.text for left in page.unread} - {"remote-friendly"} | {question.field for question in page.ambiguous}


@given(guides(), st.sampled_from(["- ", "* ", "• ", "  • ", "– ", "— ", "◦ ", "  - "]))
@SOME
def test_a_guide_gives_what_was_written(content: GuideContent, bullet: str) -> None:
    page = parse_text("page.txt", guide_writer.write_guide(content, bullet))
    assert find_wrong_in_guide(page, content) == []
    assert list_reported_in_guide(page) == set()


@given(guides(), HTML_STYLES)
@SOME
def test_a_saved_guide_gives_what_was_written(content: GuideContent, style: HtmlStyle) -> None:
    page = parse_text("page.html", html_writer.write_guide_html(content, style))
    assert find_wrong_in_guide(page, content) == []
    assert list_reported_in_guide(page) == set()


@given(guides(), st.sampled_from(list(DISTURBANCES)))
@SOME
def test_line_ends_blanks_and_unrelated_lines_change_nothing_in_a_guide(
    content: GuideContent, disturbance: str
) -> None:
    assert (
        find_wrong_in_guide(
            parse_text("page.txt", DISTURBANCES[disturbance](guide_writer.write_guide(content))), content
        )
        == []
    )


@pytest.mark.parametrize("code_page", ["cp1253", "cp1252"])
@given(content=guides())
@settings(SOME, max_examples=25)
def test_a_damaged_guide_is_repaired_to_what_was_written(
    code_page: Literal["cp1253", "cp1252"], content: GuideContent
) -> None:
    page = parse_text("page.txt", disturbances.damage(guide_writer.write_guide(content), code_page))
    assert find_wrong_in_guide(page, content) == []
    assert "repaired-text" in {warning.code for warning in page.warnings}
