"""Facts -> the text of a guide, with or without its front block."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from tests.ingest.pair_writer import write_dollars, write_plain

# --- guides ---------------------------------------------------------------------------------------


Block = tuple[Literal["paragraph"], str] | tuple[Literal["list"], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Front:
    """The block before the first heading. Figures that are None are left out."""

    summary: str
    growth: Decimal | None = None
    median: int | None = None
    remote: bool = False
    demand: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    levels: tuple[int, int, int] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GuideContent:
    """A guide. `sections`: heading -> blocks; `write_guide` decides their order and leaves out missing ones."""

    title: str
    front: Front | None = None
    duties: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    tech: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    stress: str | None = None
    balance: str | None = None
    sections: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    tiers: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # name, a sentence, its skills

    @property
    def core(self) -> str:
        return f"Core Functions of the {self.title} Role"

    @property
    def path(self) -> str:
        return f"Path to {self.title}"

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


Piece = tuple[Literal["heading", "line", "bullet"], str]


def list_guide_pieces(content: GuideContent) -> list[Piece]:
    """The guide as headings, lines and bullets, in page order."""
    pieces: list[Piece] = []

    def heading(text: str) -> None:
        pieces.append(("heading", text))

    def section(name: str) -> None:
        if name in content.sections:
            heading(name)
            for kind, body in content.sections[name]:
                pieces.extend([("line", str(body))] if kind == "paragraph" else [("bullet", item) for item in body])

    def bullets(name: str, items: Iterable[str]) -> None:
        if items:
            heading(name)
            pieces.extend(("bullet", item) for item in items)

    if content.front:
        pieces += _list_front_pieces(content.title, content.front)
    section(content.core)
    bullets("Key Responsibilities", content.duties)
    section("Work Setting")
    bullets("Tech Stack", content.tools)
    heading("Skills and Qualifications")
    section("Education Level")
    bullets("Tech Skills", content.tech)
    bullets("Soft Abilities", content.soft)
    for name in (content.path, "Required Education", "Global Outlook"):
        section(name)
    heading("Job Market Today")
    for name in ("Role Challenges", "Growth Paths", "Industry Trends"):
        section(name)
    heading("Work-Life Balance & Stress")
    pieces += [("line", f"{label}: {text}") for label, text in _list_ratings(content)]
    if content.tiers:
        heading("Skill Map")
        pieces.append(("line", "Where the work begins and where it may lead."))
        for name, sentence, skills in content.tiers:
            pieces += [("line", name), ("line", sentence), *(("bullet", skill) for skill in skills)]
    section("Portfolio Tips")
    return pieces


def _list_ratings(content: GuideContent) -> list[tuple[str, str]]:
    pairs = (("Stress Level", content.stress), ("Balance Rating", content.balance))
    return [(label, text) for label, text in pairs if text]


def _list_front_pieces(title: str, front: Front) -> list[Piece]:
    lines = [front.summary]
    if front.growth is not None:
        lines += [f"{write_plain(front.growth)}%", "growth rate"]
    if front.median is not None:
        lines += [write_dollars(front.median), "median salary"]
    if front.remote:
        lines.append("remote-friendly")
    pieces: list[Piece] = [("heading", f"{title} Career Path Guide"), *(("line", line) for line in lines)]
    if front.demand:
        pieces += [("heading", "📈 Market Demand"), *(("line", word) for word in front.demand)]
    if front.span:
        pieces.append(("heading", "🇺🇸 Annual Salary (US, USD)"))
        pieces.append(("line", f"{front.span[0]:,}—{front.span[1]:,}"))
        if front.median is not None:
            pieces.append(("line", f"Median: {write_dollars(front.median)}"))
        if front.levels:
            for level, amount in zip(("Entry", "Mid", "Senior"), front.levels, strict=True):
                pieces += [("line", f"{level}-Level"), ("line", write_dollars(amount))]
        if front.note:
            pieces.append(("line", front.note))
    return pieces


def list_guide_sections(content: GuideContent) -> list[tuple[str, tuple[Block, ...]]]:
    """The sections that reading the guide must give, in page order: everything but the lists of skills and duties."""
    sections: list[tuple[str, tuple[Block, ...]]] = []
    if content.front and content.front.demand:
        sections.append(("Market Demand", tuple(("paragraph", word) for word in content.front.demand)))
    order = [content.core, "Work Setting", "Education Level", content.path, "Required Education", "Global Outlook"]
    order += ["Role Challenges", "Growth Paths", "Industry Trends"]
    sections += [(name, content.sections[name]) for name in order if name in content.sections]
    ratings: tuple[Block, ...] = tuple(("paragraph", f"{label}: {text}") for label, text in _list_ratings(content))
    sections.append(("Work-Life Balance & Stress", ratings))
    if content.tiers:
        blocks: list[Block] = [("paragraph", "Where the work begins and where it may lead.")]
        for name, sentence, skills in content.tiers:
            blocks += [("paragraph", name), ("paragraph", sentence), ("list", skills)]
        sections.append(("Skill Map", tuple(blocks)))
    if "Portfolio Tips" in content.sections:
        sections.append(("Portfolio Tips", content.sections["Portfolio Tips"]))
    return sections


def write_guide_end(content: GuideContent) -> list[str]:
    return [
        "Source: Jobicy.com — Licensed under CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        f"Permalink: https://jobicy.com/careers/{content.slug}",
    ]


def write_guide(content: GuideContent, bullet: str = "- ") -> str:
    """The guide as text, with blank lines between the lines if it has a front block."""
    lines = [bullet + text if kind == "bullet" else text for kind, text in list_guide_pieces(content)]
    return ("\n\n" if content.front else "\n").join([*lines, *write_guide_end(content)])
