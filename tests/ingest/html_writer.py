"""Pages as HTML, marked up as different browsers and sites do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from tests.ingest.guide_writer import GuideContent, list_guide_pieces, write_guide_end
from tests.ingest.pair_writer import (
    PairContent,
    add_article,
    list_rows,
    write_joining,
    write_opening,
    write_prose,
    write_top_skills,
)


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


def write_html(content: PairContent, style: HtmlStyle = HtmlStyle()) -> str:
    """The pair page as saved from a browser."""
    a, b = content.roles
    versus = f"{write_prose(a.title)} vs {write_prose(b.title)}".capitalize()
    lines = [f"<h1>{_escape_text(versus)}</h1>", f"<p>{_escape_text(write_opening(content))}</p>"]
    if named := write_top_skills(content):
        lines.append(f"<p>{_escape_text(named)}</p>")
    for table in content.tables:
        lines.append(f"<h2>{_escape_text(f'{versus} {table}')}</h2>")
        if joint := write_joining(content, table):
            lines.append(f"<p>{_escape_text(joint)}</p>")
        lines += _write_table((a.title, b.title), list_rows(content, table), style)
        if table == "overview":
            for role in content.roles:
                if role.summary:
                    lines.append(f"<h2>{_escape_text(f'What does {add_article(role.title)} do?')}</h2>")
                    lines.append(f"<div><p>{_escape_text(role.summary)}</p></div>")
    for role in content.roles:
        if role.duties:
            lines.append(f"<h3>{_escape_text(write_prose(role.title).capitalize())} example responsibilities.</h3>")
            lines.append(_list([*role.duties, *(["Show more"] if role.more else [])]))
    for role in content.roles:
        if role.listed:
            lines.append(f"<h3>{_escape_text(f'Common {write_prose(role.title)} skills')}</h3>")
            lines.append(_list([f"{name}, {percent}%" for name, percent in role.listed]))
    lines.append(f"<p><a href='/jobs'>Browse {_escape_text(content.group or 'other')} jobs</a></p>")
    return _join_styled(lines, versus, style)


def _escape_text(text: str) -> str:
    """Escaped text, with entities for the characters that sites write as entities."""
    return escape(text, quote=True).replace("é", "&eacute;")


def _write_table(titles: tuple[str, str], rows: Sequence[tuple[str, str, str]], style: HtmlStyle) -> list[str]:
    named = [f"<th scope=col>{_escape_text(title)}</th>" for title in titles]
    blank = "<th>&nbsp;</th>"
    head = {"last": [*named, blank], "first": [blank, *named], "none": named}[style.head]
    body = [
        f"<tr>{_wrap(style.label_tag, label, style)}{_wrap('td', one, style)}{_wrap('td', other, style)}</tr>"
        for label, one, other in rows
    ]
    first = f"<tr>{''.join(head)}</tr>"
    if style.parts:
        return ["<table>", f"<thead>{first}</thead>", "<tbody>", *body, "</tbody>", "</table>"]
    return ["<table>", first, *body, "</table>"]


def _wrap(tag: str, text: str, style: HtmlStyle) -> str:
    inner = _escape_text(text)
    if style.comments:
        inner = f"<!-- $1 -->{inner}<!-- | 99% -->"
    if style.wrap:
        inner = f"<{style.wrap} class='value'>{inner}</{style.wrap}>"
    if style.scripts:
        inner += "<script>document.write('$99')</script><style>td { color: red }</style>"
    return f"<{tag}>{inner}</{tag}>"


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li><p>{_escape_text(item)}</p></li>" for item in items) + "</ul>"


_TAG = re.compile(r"</?[a-z]+\d?")
_OMITTED = re.compile("</(?:td|th|tr|li|tbody|thead)>")


def _join_styled(lines: list[str], title: str, style: HtmlStyle) -> str:
    if style.document:
        head = f"<head><meta charset='utf-8'><title>{_escape_text(title)}</title></head>"
        lines = ["<!DOCTYPE html>", f"<html lang='en'>{head}<body>", *lines, "</body></html>"]
    else:
        lines = ["<main>", *lines, "</main>"]
    if not style.closed:
        lines = [_OMITTED.sub("", line) for line in lines]
    if style.upper:
        lines = [_TAG.sub(lambda tag: tag[0].upper(), line) for line in lines]
    return style.newline.join(lines)


def write_guide_html(content: GuideContent, style: HtmlStyle = HtmlStyle()) -> str:
    """The guide as saved from a browser."""
    lines: list[str] = []
    items: list[str] = []
    for kind, text in [*list_guide_pieces(content), *(("line", line) for line in write_guide_end(content))]:
        if kind == "bullet":
            items.append(text)
            continue
        if items:
            lines.append(_list(items))
            items = []
        lines.append(f"<h2>{_escape_text(text)}</h2>" if kind == "heading" else f"<p>{_escape_text(text)}</p>")
    return _join_styled(lines, content.title, style)
