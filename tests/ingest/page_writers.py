"""Facts -> the text of a page as the publishers lay it out: the reverse of parsing.

A pair page is written with bars, with run-together cells, or as HTML; a guide with or without its front block.
Nothing here is shared with the parsers, so that the two can disagree.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Any, Literal

Values = Mapping[str, Any]

FURNITURE = (
    "Explore jobs",
    "Find specific jobs",
    "Explore careers",
    "Explore professions",
    "Best companies",
    "Explore companies",
)
RACES = {
    "black": "Black or African American",
    "unknown": "Unknown",
    "hispanic": "Hispanic or Latino",
    "asian": "Asian",
    "white": "White",
    "native": "American Indian and Alaska Native",
}
# What a published number of years stands for: the words of the sentence, and months.
BANDS: dict[int | None, tuple[str, int, int | None]] = {
    2: ("1-2 years", 12, 24),
    4: ("2-4 years", 24, 48),
    6: ("4-6 years", 48, 72),
    8: ("6-8 years", 72, 96),
    10: ("8-10 years", 96, 120),
    12: ("6-12 months", 6, 12),
    None: ("more than 10 years", 120, None),
}


@dataclass(frozen=True, slots=True)
class RoleContent:
    """What a pair page says about one role. `values`: vocabulary key -> value; a missing key is `-`."""

    title: str
    values: Values
    summary: str | None = None
    named: tuple[str, ...] = ()  # three skills, of the sentence
    listed: tuple[tuple[str, int], ...] = ()  # skills with percent, as bullets
    duties: tuple[str, ...] = ()
    more: bool = False  # a "Show more" below the duties


@dataclass(frozen=True, slots=True)
class PairContent:
    """A pair page. `tables`: names of `TABLES`, in page order."""

    roles: tuple[RoleContent, RoleContent]
    tables: tuple[str, ...] = ("overview", "salary", "education", "demographics")
    time: bool = True  # the sentence on the time to become one
    claim: bool = True  # the sentence on average pay
    group: str | None = "computer and mathematical"


# --- cells --------------------------------------------------------------------------------------


def _dollars(amount: int) -> str:
    return f"${amount:,}"


def _plain(number: Decimal | int) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else f"{number}"


def _blocks(entries: Iterable[tuple[str, Decimal | None]]) -> str | None:
    return " ".join(f"{label}, {share}%" for label, share in entries if share is not None) or None


def _of(key: str, form: Callable[[Any], str]) -> Callable[[Values], str | None]:
    return lambda values: None if values.get(key) is None else form(values[key])


def _range(values: Values) -> str | None:
    low, high = values.get("salary.annual_low"), values.get("salary.annual_high")
    return None if low is None or high is None else f"Between {_dollars(low)} And {_dollars(high)}"


def _degree(values: Values) -> str | None:
    name, percent = values.get("education.degree"), values.get("education.degree_percent")
    return None if name is None else f"{name}, {percent}%"


def _gender(values: Values) -> str | None:
    return _blocks((who, values.get(f"demographics.{who.lower()}_percent")) for who in ("Male", "Female"))


def _race(values: Values) -> str | None:
    return _blocks((label, values.get(f"demographics.race.{race}_percent")) for race, label in RACES.items())


_DEGREE = ("Most common degree", _degree)
_AGE = ("Average age", _of("demographics.average_age", str))
TABLES: dict[str, tuple[tuple[str, Callable[[Values], str | None]], ...]] = {
    "overview": (
        ("Yearly salary", _of("salary.annual_average", _dollars)),
        ("Hourly rate", _of("salary.hourly_average", lambda rate: f"${rate:,}")),
        ("Growth rate", _of("outlook.growth_percent", lambda share: f"{_plain(share)}%")),
        ("Number of jobs", _of("outlook.job_count", lambda count: f"{count:,}")),
        ("Job satisfaction", _of("outlook.satisfaction", _plain)),
        _DEGREE,
        _AGE,
        ("Years of experience", _of("entry.years_of_experience", str)),
    ),
    "salary": (
        ("Average salary", _of("salary.annual_average", _dollars)),
        ("Salary range", _range),
        ("Highest paying City", _of("salary.top_city", str)),
        ("Highest paying state", _of("salary.top_state", str)),
        ("Best paying company", _of("salary.top_company", str)),
        ("Best paying industry", _of("salary.top_industry", str)),
    ),
    "education": (
        _DEGREE,
        ("Most common major", _of("education.major", str)),
        ("Most common college", _of("education.college", str)),
    ),
    "demographics": (
        _AGE,
        ("Gender ratio", _gender),
        ("Race ratio", _race),
        ("LGBT Percentage", _of("demographics.lgbt_percent", lambda share: f"{share}%")),
    ),
}
KEYS_OF_TABLES: dict[str, tuple[str, ...]] = {
    "overview": (
        "salary.annual_average",
        "salary.hourly_average",
        "outlook.growth_percent",
        "outlook.job_count",
        "outlook.satisfaction",
        "education.degree",
        "education.degree_percent",
        "demographics.average_age",
        "entry.years_of_experience",
    ),
    "salary": (
        "salary.annual_average",
        "salary.annual_low",
        "salary.annual_high",
        "salary.top_city",
        "salary.top_state",
        "salary.top_company",
        "salary.top_industry",
    ),
    "education": ("education.degree", "education.degree_percent", "education.major", "education.college"),
    "demographics": (
        "demographics.average_age",
        "demographics.male_percent",
        "demographics.female_percent",
        *(f"demographics.race.{race}_percent" for race in RACES),
        "demographics.lgbt_percent",
    ),
}


def rows(content: PairContent, table: str) -> list[tuple[str, str, str]]:
    """The rows of one table: label, A's cell, B's cell."""
    a, b = (role.values for role in content.roles)
    return [(label, cell(a) or "-", cell(b) or "-") for label, cell in TABLES[table]]


# --- sentences ------------------------------------------------------------------------------------


def prose(title: str) -> str:
    return title.lower()


def with_article(title: str) -> str:
    low = prose(title)
    return f"{'an' if low[0] in 'aeiou' else 'a'} {low}"


_ODD_PLURALS = {"chief of staff": "chiefs of staff", "attorney": "attorneys", "foreman": "foremen"}


def plural(title: str) -> str:
    low = prose(title)
    if low in _ODD_PLURALS:
        return _ODD_PLURALS[low]
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return f"{low[:-1]}ies"
    return low if low.endswith("s") else f"{low}s"


def opening(content: PairContent) -> str:
    """The first line of prose: what differs, how long it takes, who earns more."""
    a, b = content.roles
    sentences = [
        f"The differences between {plural(a.title)} and {plural(b.title)} are told below.",
        "Each job has different responsibilities and duties.",
    ]
    if content.time:
        spans = [BANDS[role.values.get("entry.years_of_experience")][0] for role in content.roles]
        if spans[0] == spans[1]:
            who = f"{with_article(a.title)} and {with_article(b.title)}"
            sentences.append(f"It typically takes {spans[0]} to become both {who}.")
        else:
            sentences.append(
                f"While it typically takes {spans[0]} to become {with_article(a.title)}, "
                f"becoming {with_article(b.title)} takes usually requires {spans[1]}."
            )
    pays = [int(role.values["salary.annual_average"] or 0) for role in content.roles]
    if content.claim and all(pays):
        first, second = (a, b) if pays[0] >= pays[1] else (b, a)
        sentences.append(
            f"Additionally, {with_article(first.title)} has an average salary of "
            f"{_dollars(max(pays))}, which is higher than the {_dollars(min(pays))} "
            f"average annual salary of {with_article(second.title)}."
        )
    return " ".join(sentences)


def top_skills(content: PairContent) -> str | None:
    a, b = content.roles
    if not a.named or not b.named:
        return None
    *first, last = a.named
    *second, end = b.named
    return (
        f"The top three skills for {with_article(a.title)} include {', '.join(first)} and {last}. "
        f"The most important skills for {with_article(b.title)} are {', '.join(second)}, and {end}."
    )


def joining(content: PairContent, table: str) -> str | None:
    """The sentence that stands above a table."""
    a, b = content.roles
    if table == "salary":
        return f"{plural(a.title).capitalize()} and {plural(b.title)} have different pay scales, as shown below."
    if table == "education":
        return (
            f"There are a few differences between {with_article(a.title)} and {with_article(b.title)} "
            "in terms of educational background:"
        )
    if table == "demographics":
        return f"Here are the differences between {plural(a.title)}' and {plural(b.title)}' demographics:"
    return None


# --- pair pages -----------------------------------------------------------------------------------


def pipe(content: PairContent) -> str:
    """The layout with bars between the cells."""
    a, b = content.roles
    lines: list[str] = [*FURNITURE, opening(content), *filter(None, [top_skills(content)])]
    for table in content.tables:
        lines += filter(None, [joining(content, table)])
        lines.append(f"| {a.title} | {b.title} | |")
        lines += (f"| {label} | {first} | {second} |" for label, first, second in rows(content, table))
        if table == "overview":
            lines += filter(None, (role.summary for role in content.roles))
    return "\n".join(lines)


def run_together(content: PairContent) -> str:
    """The layout with headings and run-together cells."""
    a, b = content.roles
    first, second = prose(a.title), prose(b.title)
    versus = f"{first} vs {second}".capitalize()
    parts = ["Post job", versus, opening(content), *filter(None, [top_skills(content)])]
    for table in content.tables:
        heading = f"Differences between {first} and {second} education" if table == "education" else f"{versus} {table}"
        parts += filter(None, [heading, joining(content, table)])
        table_lines = [f"{a.title}{b.title}", *(label + one + other for label, one, other in rows(content, table))]
        parts.append("\n".join(table_lines))
        if table == "overview":
            for role in content.roles:
                if role.summary:
                    parts += [f"What does {with_article(role.title)} do?", role.summary]
    if any(role.duties for role in content.roles):
        parts.append(f"Differences between {first} and {second} duties and responsibilities")
    for role in content.roles:
        if role.duties:
            bullets = [*role.duties, *(["Show more"] if role.more else [])]
            parts.append(f"{prose(role.title).capitalize()} example responsibilities.")
            parts.append("\n".join(f"  • {text}" for text in bullets))
    skills = []
    for role in content.roles:
        if role.listed:
            skills.append(f"Common {prose(role.title)} skills")
            skills += (f"  • {name}, {percent}%" for name, percent in role.listed)
    if skills:
        parts += [f"{versus} skills", "\n".join(skills)]
    parts.append(f"Browse {content.group or 'other'} jobs")
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class HtmlStyle:
    """How a page is marked up: the differences between browsers and sites."""

    head: Literal["last", "first", "none"] = "last"  # where the empty cell of a head stands
    parts: bool = True  # thead and tbody
    label_tag: Literal["td", "th"] = "td"
    wrap: Literal["", "span", "p", "div", "b"] = ""  # around what stands in a cell
    upper: bool = False
    newline: str = "\n"
    comments: bool = False
    scripts: bool = False
    closed: bool = True  # false: rows and cells end where the next begins
    document: bool = True  # html, head and body around it


def html(content: PairContent, style: HtmlStyle = HtmlStyle()) -> str:
    """The pair page as saved from a browser."""
    a, b = content.roles
    versus = f"{prose(a.title)} vs {prose(b.title)}".capitalize()
    lines = [f"<h1>{_text(versus)}</h1>", f"<p>{_text(opening(content))}</p>"]
    if named := top_skills(content):
        lines.append(f"<p>{_text(named)}</p>")
    for table in content.tables:
        lines.append(f"<h2>{_text(f'{versus} {table}')}</h2>")
        if joint := joining(content, table):
            lines.append(f"<p>{_text(joint)}</p>")
        lines += _table((a.title, b.title), rows(content, table), style)
        if table == "overview":
            for role in content.roles:
                if role.summary:
                    lines.append(f"<h2>{_text(f'What does {with_article(role.title)} do?')}</h2>")
                    lines.append(f"<div><p>{_text(role.summary)}</p></div>")
    for role in content.roles:
        if role.duties:
            lines.append(f"<h3>{_text(prose(role.title).capitalize())} example responsibilities.</h3>")
            lines.append(_list([*role.duties, *(["Show more"] if role.more else [])]))
    for role in content.roles:
        if role.listed:
            lines.append(f"<h3>{_text(f'Common {prose(role.title)} skills')}</h3>")
            lines.append(_list([f"{name}, {percent}%" for name, percent in role.listed]))
    lines.append(f"<p><a href='/jobs'>Browse {_text(content.group or 'other')} jobs</a></p>")
    return _styled(lines, versus, style)


def _text(text: str) -> str:
    """Escaped text, with entities for the characters that sites write so."""
    return escape(text, quote=True).replace("é", "&eacute;")


def _table(titles: tuple[str, str], rows: Sequence[tuple[str, str, str]], style: HtmlStyle) -> list[str]:
    named = [f"<th scope=col>{_text(title)}</th>" for title in titles]
    blank = "<th>&nbsp;</th>"
    head = {"last": [*named, blank], "first": [blank, *named], "none": named}[style.head]
    body = [
        f"<tr>{_cell(style.label_tag, label, style)}{_cell('td', one, style)}{_cell('td', other, style)}</tr>"
        for label, one, other in rows
    ]
    first = f"<tr>{''.join(head)}</tr>"
    if style.parts:
        return ["<table>", f"<thead>{first}</thead>", "<tbody>", *body, "</tbody>", "</table>"]
    return ["<table>", first, *body, "</table>"]


def _cell(tag: str, text: str, style: HtmlStyle) -> str:
    inner = _text(text)
    if style.comments:
        inner = f"<!-- $1 -->{inner}<!-- | 99% -->"
    if style.wrap:
        inner = f"<{style.wrap} class='value'>{inner}</{style.wrap}>"
    if style.scripts:
        inner += "<script>document.write('$99')</script><style>td { color: red }</style>"
    return f"<{tag}>{inner}</{tag}>"


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li><p>{_text(item)}</p></li>" for item in items) + "</ul>"


_TAG = re.compile(r"</?[a-z]+\d?")
_OMITTED = re.compile("</(?:td|th|tr|li|tbody|thead)>")


def _styled(lines: list[str], title: str, style: HtmlStyle) -> str:
    if style.document:
        head = f"<head><meta charset='utf-8'><title>{_text(title)}</title></head>"
        lines = ["<!DOCTYPE html>", f"<html lang='en'>{head}<body>", *lines, "</body></html>"]
    else:
        lines = ["<main>", *lines, "</main>"]
    if not style.closed:
        lines = [_OMITTED.sub("", line) for line in lines]
    if style.upper:
        lines = [_TAG.sub(lambda tag: tag[0].upper(), line) for line in lines]
    return style.newline.join(lines)


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
    """A guide. `sections`: heading -> blocks; `guide` decides their order and leaves out missing ones."""

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


def guide_pieces(content: GuideContent) -> list[Piece]:
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
        pieces += _front_pieces(content.title, content.front)
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
    pieces += [("line", f"{label}: {text}") for label, text in _ratings(content)]
    if content.tiers:
        heading("Skill Map")
        pieces.append(("line", "Where the work begins and where it may lead."))
        for name, sentence, skills in content.tiers:
            pieces += [("line", name), ("line", sentence), *(("bullet", skill) for skill in skills)]
    section("Portfolio Tips")
    return pieces


def _ratings(content: GuideContent) -> list[tuple[str, str]]:
    pairs = (("Stress Level", content.stress), ("Balance Rating", content.balance))
    return [(label, text) for label, text in pairs if text]


def _front_pieces(title: str, front: Front) -> list[Piece]:
    lines = [front.summary]
    if front.growth is not None:
        lines += [f"{_plain(front.growth)}%", "growth rate"]
    if front.median is not None:
        lines += [_dollars(front.median), "median salary"]
    if front.remote:
        lines.append("remote-friendly")
    pieces: list[Piece] = [("heading", f"{title} Career Path Guide"), *(("line", line) for line in lines)]
    if front.demand:
        pieces += [("heading", "📈 Market Demand"), *(("line", word) for word in front.demand)]
    if front.span:
        pieces.append(("heading", "🇺🇸 Annual Salary (US, USD)"))
        pieces.append(("line", f"{front.span[0]:,}—{front.span[1]:,}"))
        if front.median is not None:
            pieces.append(("line", f"Median: {_dollars(front.median)}"))
        if front.levels:
            for level, amount in zip(("Entry", "Mid", "Senior"), front.levels, strict=True):
                pieces += [("line", f"{level}-Level"), ("line", _dollars(amount))]
        if front.note:
            pieces.append(("line", front.note))
    return pieces


def guide_sections(content: GuideContent) -> list[tuple[str, tuple[Block, ...]]]:
    """The sections that reading the guide must give, in page order: everything but the lists of skills and duties."""
    sections: list[tuple[str, tuple[Block, ...]]] = []
    if content.front and content.front.demand:
        sections.append(("Market Demand", tuple(("paragraph", word) for word in content.front.demand)))
    order = [content.core, "Work Setting", "Education Level", content.path, "Required Education", "Global Outlook"]
    order += ["Role Challenges", "Growth Paths", "Industry Trends"]
    sections += [(name, content.sections[name]) for name in order if name in content.sections]
    ratings: tuple[Block, ...] = tuple(("paragraph", f"{label}: {text}") for label, text in _ratings(content))
    sections.append(("Work-Life Balance & Stress", ratings))
    if content.tiers:
        blocks: list[Block] = [("paragraph", "Where the work begins and where it may lead.")]
        for name, sentence, skills in content.tiers:
            blocks += [("paragraph", name), ("paragraph", sentence), ("list", skills)]
        sections.append(("Skill Map", tuple(blocks)))
    if "Portfolio Tips" in content.sections:
        sections.append(("Portfolio Tips", content.sections["Portfolio Tips"]))
    return sections


def guide_end(content: GuideContent) -> list[str]:
    return [
        "Source: Jobicy.com — Licensed under CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        f"Permalink: https://jobicy.com/careers/{content.slug}",
    ]


def guide(content: GuideContent, bullet: str = "- ") -> str:
    """The guide as text, with blank lines between the lines if it has a front block."""
    lines = [bullet + text if kind == "bullet" else text for kind, text in guide_pieces(content)]
    return ("\n\n" if content.front else "\n").join([*lines, *guide_end(content)])


def guide_html(content: GuideContent, style: HtmlStyle = HtmlStyle()) -> str:
    """The guide as saved from a browser."""
    lines: list[str] = []
    items: list[str] = []
    for kind, text in [*guide_pieces(content), *(("line", line) for line in guide_end(content))]:
        if kind == "bullet":
            items.append(text)
            continue
        if items:
            lines.append(_list(items))
            items = []
        lines.append(f"<h2>{_text(text)}</h2>" if kind == "heading" else f"<p>{_text(text)}</p>")
    return _styled(lines, content.title, style)


# --- disturbances ---------------------------------------------------------------------------------

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def damaged(text: str, code_page: Literal["cp1253", "cp1252"]) -> str:
    """UTF-8 read as a Greek or Western code page, whose gaps are filled from cp1252 and latin-1."""
    return _NOT_ASCII.sub(lambda run: "".join(_sign(byte, code_page) for byte in run[0].encode()), text)


def _sign(byte: int, code_page: str) -> str:
    for codec in (code_page, "cp1252"):
        try:
            return bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            continue
    return chr(byte)


DISTURBANCES: dict[str, Callable[[str], str]] = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "trailing blanks": lambda text: "\n".join(f"{line}  \t" for line in text.split("\n")),
    "leading blanks": lambda text: "\n".join(f" \t{line}" for line in text.split("\n")),
    "doubled blank lines": lambda text: text.replace("\n\n", "\n \n\n"),
    "hard blanks": lambda text: text.replace(", ", ",\u00a0"),
    "wide blanks": lambda text: text.replace(" ", "  "),
    "blank lines around": lambda text: f"\n\n{text}\n\n",
    "unrelated lines before": lambda text: f"Sign in\nMenu\n\n{text}",
}
