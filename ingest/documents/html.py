"""A page saved from a browser as HTML -> the lines that its text would have.

Table rows become lines with bars between the cells; headings and list items are marked as such.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from ingest.parsing.cells import UnreadableError

LineKind = Literal["text", "heading", "bullet", "row"]
RawLine = tuple[int, LineKind, str]  # number in the file (from 1), kind, text

_DROPPED = frozenset(
    "script style noscript template svg math head nav iframe object audio video canvas select option textarea "
    "del s strike".split()  # the last three are struck out
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary "
    "table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CLOSED = re.compile(
    r"</(?:html|body|main|article|section|div|table|tbody|tfoot|tr|td|th|ul|ol|li|p|h[1-6]|dl|dd|"
    r"dt|footer|header|aside|blockquote|form|pre)\s*>\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)?$",
    re.IGNORECASE,
)
_MOST_ATTRIBUTES = 2_000  # of one element; the parser compares each of them with all others
# The parser reads the whole rest of a tag as attributes. Quotes enclose a value only behind "=".
_QUOTED = re.compile("=\\s*(?:\"[^\"]*\"|'[^']*')")
_TAG = re.compile(rf"<!--|<(script(?=[\s>])|[a-z])(?:[^=>]+|{_QUOTED.pattern}|=)*", re.IGNORECASE)
# Comments and scripts contain no elements: "i<n ;" in a script starts none.
_ENDS = {None: re.compile("-->"), "script": re.compile("</script", re.IGNORECASE)}
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,5}\)(https?://[^\s<>\"]{1,1000}) -->")


@dataclass(frozen=True, slots=True)
class HtmlLines:
    """What a saved page holds. `open_ended`: the file stops before its last block closes. `unfinished`: it lacks the
    closing tag of the page, which browsers always write.

    `addresses`: what the head states as the page's address, the most reliable first; `site`: the name of the site.
    """

    lines: list[RawLine]
    title: str | None
    addresses: list[str]
    site: str | None
    open_ended: bool
    unfinished: bool


def read_html(text: str) -> HtmlLines:
    """The lines, title and address of a saved page. Raises UnreadableError for HTML that cannot be read whole."""
    _refuse_many_attributes(text)
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableError(f"The HTML cannot be read ({error}). Save the page again, or save its text.") from None
    if root is None:
        raise UnreadableError("The HTML holds nothing. Save the page again, or save its text.")
    if any("depth" in entry.message or "RESOURCE" in entry.type_name for entry in parser.error_log):
        raise UnreadableError("The HTML is nested too deeply to be read whole. Save the page's text and load that.")
    lines = list(_walk(root, "text"))
    end = text.rstrip()
    closed = "<html" in text[:5000].lower() and end.lower().endswith("</html>")
    return HtmlLines(
        lines,
        title=_find_first_text(root, "//title/text()"),
        addresses=_list_addresses(root, text),
        site=_find_first_text(root, "//meta[@property='og:site_name']/@content"),
        open_ended=not closed and not _CLOSED.search(end[-2000:]),
        unfinished="<html" in text[:5000].lower() and "</html" not in text.lower(),
    )


def _refuse_many_attributes(text: str) -> None:
    ends, position = dict(_ENDS), 0
    while tag := _TAG.search(text, position):
        position = tag.end()
        is_long = position - tag.start() >= 2 * _MOST_ATTRIBUTES
        if is_long and len(_QUOTED.sub(" ", tag[0]).replace("/", " ").split()) > _MOST_ATTRIBUTES:
            raise UnreadableError(
                f"The HTML has an element with more than {_MOST_ATTRIBUTES:,} attributes. Save the page's text and "
                "load that."
            )
        kind = tag[1] and tag[1].lower()
        if kind in ends and not tag[0].endswith("/"):
            end = ends[kind].search(text, tag.start() + len("<!"))
            if end:
                position = max(position, end.start())
            else:
                del ends[kind]  # none is further down either


def _find_first_text(root: etree._Element, path: str) -> str | None:
    matches = root.xpath(path)
    if isinstance(matches, list) and matches:
        return " ".join(str(matches[0]).split())[:300] or None
    return None


def _list_addresses(root: etree._Element, text: str) -> list[str]:
    saved_from = _SAVED_FROM.search(text[:5000])
    addresses = (
        _find_first_text(root, "//link[@rel='canonical']/@href"),
        _find_first_text(root, "//meta[@property='og:url']/@content"),
        saved_from[1] if saved_from else None,
    )
    return [address for address in addresses if address and re.match(r"https?://", address)]


def _walk(element: etree._Element, kind: LineKind) -> Iterator[RawLine]:
    """The lines below an element, in page order. The parser bounds the depth (about 250)."""
    inline: list[str] = []  # the text of the line that is open
    line = _find_line(element)

    def flush() -> Iterator[RawLine]:
        text = " ".join("".join(inline).split())
        inline.clear()
        if text:
            yield line, kind, text

    inline.append(element.text or "")
    for child in element:
        tag = _name_of_tag(child)
        if tag == "br":
            yield from flush()
        elif tag in _BLOCKS:
            yield from flush()
            yield from _walk_block(child, tag, kind)
        elif tag and tag not in _DROPPED:
            if next(child.iter(*_BLOCKS), None) is not None:
                yield from flush()
                yield from _walk(child, kind)
            else:
                _collect_below(child, inline)
        line = _find_line(child) if not inline else line
        inline.append(child.tail or "")
    yield from flush()


def _walk_block(element: etree._Element, tag: str, kind: LineKind) -> Iterator[RawLine]:
    if (tag == "tr" or element.get("role") == "row") and (cells := _read_cells(element)) is not None:
        yield _find_line(element), "row", "| " + " | ".join(cells) + " |"
    elif tag in _HEADINGS:
        yield _find_line(element), "heading", _join_text(element)
    elif tag == "footer":
        for line, below, text in _walk(element, kind):
            yield line, "text" if below == "bullet" else below, text  # a footer lists the site's pages
    elif tag == "li":
        yield from _walk_list_item(element, is_nested=kind == "bullet")
    elif tag == "pre":
        start = _find_line(element)
        for number, text in enumerate("".join(map(str, element.itertext())).splitlines(), start):
            yield number, "text", text
    elif element.find("dt") is not None and (terms := _read_terms(element)):
        yield from terms
    else:
        yield from _walk(element, kind)


_LONGEST_TERM = 60  # characters of a term, and of its only value; a longer one explains something


def _read_terms(element: etree._Element) -> list[RawLine]:
    """The rows of a list of terms, each with its values; [] for a list that explains its terms."""
    if next(element.iter("li", "table", *_HEADINGS), None) is not None or element.find("*//dt") is not None:
        return []
    terms = _list_terms(element)
    if not all(_has_plain_values(cells) for _, cells in terms):
        return []
    return [(line, "row", f"| {' | '.join(cells)} |") for line, cells in terms]


def _list_terms(element: etree._Element) -> list[tuple[int, list[str]]]:
    """(line, the term and its values) of each term; [] where other text stands among them."""
    terms: list[tuple[int, list[str]]] = []
    for child in element:
        text = _join_text(child)
        if _name_of_tag(child) == "dt":
            terms.append((_find_line(child), [text]))
        elif _name_of_tag(child) == "dd" and terms:
            terms[-1][1].append(text)
        elif text:
            return []
    return terms


def _has_plain_values(cells: Sequence[str]) -> bool:
    """Whether a term has values, and neither it nor its only value is as long as an explanation."""
    term, *values = cells
    if not values or not all(values) or len(term) > _LONGEST_TERM:
        return False
    return len(values) > 1 or len(values[0]) <= _LONGEST_TERM


_LONGEST_HEAD = 150  # characters
_CELL_ROLES = ("cell", "gridcell", "columnheader", "rowheader")  # of elements that are drawn as a table


def _read_cells(row: etree._Element) -> list[str] | None:
    """The cells of a row of facts; None for a row that lays out the page, with tables or headed text in it.

    An element that is only drawn as a row counts as one if it has nothing but cells.
    """
    if next(row.iter("table"), None) is not None:
        return None
    cells_of_row = [cell for cell in row if _name_of_tag(cell) in ("td", "th") or cell.get("role") in _CELL_ROLES]
    has_others = bool((row.text or "").strip()) or len(cells_of_row) < sum(bool(_name_of_tag(child)) for child in row)
    if has_others and _name_of_tag(row) != "tr":
        return None
    shown = [cell for cell in cells_of_row if not _is_hidden(cell)]
    cells = [_join_text(cell).replace("|", "/") for cell in shown]
    if any(len(cell) > _LONGEST_HEAD for cell in cells) and next(row.iter(*_HEADINGS), None) is not None:
        return None
    return cells


def _walk_list_item(element: etree._Element, *, is_nested: bool) -> Iterator[RawLine]:
    """The lines of an item. That of an item of a list below another item is indented, as in text."""
    indent = "  " if is_nested else ""
    if next(element.iterdescendants("li", "table", *_HEADINGS), None) is None:
        yield _find_line(element), "bullet", indent + _join_text(element)
        return
    for line, kind, text in _walk(element, "bullet" if _has_text_above_list(element) else "text"):
        yield line, kind, indent + text if kind == "bullet" else text


def _has_text_above_list(element: etree._Element) -> bool:
    """Whether an element has text of its own above the list in it, if there is one; an item of a menu has none."""
    if (element.text or "").strip():
        return True
    for child in element:
        if _name_of_tag(child) in ("ul", "ol", "li"):
            return False
        if next(child.iter("li"), None) is not None:
            return _has_text_above_list(child)
        if _join_text(child) or (child.tail or "").strip():
            return True
    return True


def _join_text(element: etree._Element) -> str:
    """All the text of an element, with a space at each block or line break."""
    parts: list[str] = []
    _collect_text(element, parts)
    return " ".join("".join(parts).split())


def _collect_text(element: etree._Element, parts: list[str]) -> None:
    tag = _name_of_tag(element)
    if not tag or tag in _DROPPED:
        return
    if tag in ("br", "sup") or tag in _BLOCKS:
        parts.append(" ")  # a raised digit marks a note and is not part of a figure
    _add_text(element.text, parts, tag)
    for child in element:
        _collect_below(child, parts)
        _add_text(child.tail, parts, _name_of_tag(child))
    if tag in _BLOCKS:
        parts.append(" ")


def _add_text(text: str | None, parts: list[str], tag: str) -> None:
    """Add the text behind the start or end of a tag. Digits before and behind it can be two figures, one of a note."""
    if text:
        if parts and parts[-1][-1:].isdigit() and text[0].isdigit() and tag not in ("", "wbr"):
            parts.append(" ")
        parts.append(text)


def _collect_below(child: etree._Element, parts: list[str]) -> None:
    """Collect the text of an element within a line or cell, unless it is not shown or is a mark."""
    if not _is_hidden(child) and not _is_note_mark(child, parts) and not _is_mark_of_heading(child):
        _collect_text(child, parts)


_NOT_SHOWN = re.compile(r"(?:display\s?:\s?none|visibility\s?:\s?hidden)", re.IGNORECASE)
_MARKS_OF_HEADINGS = ("#", "\xa7", "\xb6", "\U0001f517")
_NOTE_MARK = re.compile(r"\[\w{1,3}\]|[*†‡§]{1,3}|(\d{1,3})")


def _is_hidden(element: etree._Element) -> bool:
    """Whether a browser does not show an element, as far as the element itself says."""
    return element.get("hidden") is not None or bool(_NOT_SHOWN.search(str(element.get("style", ""))))


def _is_note_mark(element: etree._Element, before: list[str]) -> bool:
    """Whether a raised text refers to a note. Without brackets and link, a digit behind a figure can be a power."""
    if _name_of_tag(element) != "sup":
        return False
    mark = _NOTE_MARK.fullmatch("".join(map(str, element.itertext())).strip())
    if mark is None:
        return False
    is_linked = element.find("a") is not None
    return is_linked or mark[1] is None or not "".join(before[-6:]).rstrip()[-1:].isdigit()


def _is_mark_of_heading(element: etree._Element) -> bool:
    """Whether a link is the mark beside a heading that leads to the heading itself."""
    return _name_of_tag(element) == "a" and "".join(map(str, element.itertext())).strip() in _MARKS_OF_HEADINGS


def _name_of_tag(element: etree._Element) -> str:
    """The name of an element; "" for comments and processing instructions."""
    return element.tag if isinstance(element.tag, str) else ""


def _find_line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1
