"""Raw lines -> the lines of a page: repaired, and told apart as rows, headings, bullets and text.

Lines that a program broke are joined again. Blank lines are left out, and every line keeps its number in the file
(from 1).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter

from careers.spelling import fold_spelling
from ingest.documents.decoding import is_plain, repair_line
from ingest.documents.html import LineKind, RawLine
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning
from ingest.parsing.readers import READER_BY_LABEL

MOST_LINES = 50_000  # that are not blank; a real page has some hundreds, and each is compared with what pages say

# Links and buttons around the text of a page, which saved copies contain, in lower case.
FURNITURE = frozenset(
    "explore jobs|find specific jobs|explore careers|explore professions|best companies|"
    "explore companies|post job|show more".split("|")
)

# What stands alone where a site shows an advertisement or a button, between any two lines of its text.
_ADVERTISEMENTS = frozenset(
    "ad|ads|advertisement|advertisements|sponsored|sponsored content|sponsored links|promoted|share|share this page|"
    "loading...|loading\u2026|skip to content|skip to main content".split("|")
)

# The last two, and a single "o", are how Word's own bullets come out as text; programs that read aloud say "bullet". A
# character with a variation selector is an emoji.
_BULLET_CHARACTER = (
    r"[\u00bb\u2022\u2023\u2192\u25a0\u25a1\u25aa\u25ab\u25b8\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6\u2610\u2611\u27a2\u27a4"
    r"\u2713\u2714\uf0a7\uf0b7](?!\ufe0f)\s*|\[[ xX]\]\s+"
)
_BULLET_CHARACTERS = re.compile(rf"(?:{_BULLET_CHARACTER})+(?=\S)")
_BULLET = re.compile(
    rf"(?:{_BULLET_CHARACTER}|(?:[-*\u2013\u2014\u00b7o]|bullet(?=\s+[A-Z])|\d{{1,2}}[.)])\s+)(?:{_BULLET_CHARACTER})*(?=\S)"
)

# What programs that save pages as Markdown write: lines, headings, links, pictures, bold text, marks that mean none.
_LINE_DRAWN = re.compile(r"(?:[-=*_] ?){3,}")  # below a heading, or between two parts of a page
_HEADING = re.compile(  # between marks
    r"#{1,6} (\S.*?)(?: #{1,6}| \{[#.][^{}]*\})?|(={2,6}) ?(\S.*?) ?\2|"
    r"(\*{1,3}|_{1,3})(?!\s)((?:(?!\4).)+)(?<!\s)\4"
)
_LINK_OF_HEADING = re.compile(r"(?:\s+#|\s*[\xb6\U0001f517])$")
_MARKDOWN = re.compile(
    r"!?\[([^\[\]]*)\]\((?:https?:|/|#)[^()\s]*\)|\*\*([\w$+-](?:[^*]*[^*\s])?)\*\*|\[\d{1,3}\](?=[^\W\d_])|\\(?=[$&#*_.+\-|\[\]()!])"
)


@dataclass(frozen=True)
class Line:
    """One line that is not blank.

    `text`: repaired, with single spaces and without its bullet; `raw`: as in the file.
    `cells`: the cells of a row, the first without the colon that may end a label; `whole`: the row ends with its
    closing bar, or the paragraph certainly ends here. `taken_in`: how many lines right below it this one takes in,
    since it is too long for one. `is_nested`: it is a bullet of a list below another bullet.
    """

    number: int
    kind: LineKind
    text: str
    raw: str
    cells: tuple[str, ...] = ()
    whole: bool = True
    taken_in: int = 0
    is_nested: bool = False

    @cached_property
    def key(self) -> str:
        """The text in the form in which spellings are compared."""
        return fold_spelling(self.text)

    @cached_property
    def label(self) -> str:
        """The first cell of a row in the form in which spellings are compared."""
        return fold_spelling(self.cells[0])


def repair_lines(
    raw_lines: Iterable[RawLine], warnings: list[PageWarning], *, are_elements: bool = False
) -> tuple[Line, ...]:
    """The lines that are not blank, repaired. A line takes in the next one if both are one bullet or one paragraph.

    `are_elements`: each is an element of HTML, which goes on in no other. Raises UnreadableError for too many lines.
    """
    raw_lines = list(raw_lines)
    wrapping = None if are_elements else _find_wrapping([raw for _, _, raw in raw_lines])
    lines: list[Line] = []
    last_number = 0
    for number, kind, raw in raw_lines:
        text = raw if is_plain(raw) else repair_line(number, raw, warnings)
        text = _drop_markdown(text) if kind == "text" else " ".join(text.split())
        if not text or _says_nothing(kind, text):
            continue
        may_go_on = number == last_number + 1 and not are_elements and lines
        above = lines[-1] if may_go_on and (wrapping or lines[-1].kind == "bullet") else None
        if above and above.taken_in < _MOST_TAKEN_IN and _goes_on(above, text, raw, wrapping):
            lines[-1] = _take_in(above, text, raw, wrapping)
        else:
            if above and wrapping and above.kind == "text" and text[0].isalnum():
                is_ended = above.text.endswith(_SENTENCE_STOPS) and not wrapping.breaks(above.raw, text)
                lines[-1] = replace(above, whole=is_ended)
            lines += _split_bullets(_make_line(number, kind, text, raw))
        last_number = number
        if len(lines) > MOST_LINES:
            raise UnreadableError(
                f"The file has more than {MOST_LINES:,} lines, more than any page has. Save one page as a file of its "
                "own and load that."
            )
    lines = list(_mark_nested(lines, are_elements=are_elements))
    if any(len(line.cells) > 3 for line in lines):
        lines = list(_drop_blank_columns(list(_drop_comparing_columns(lines, warnings))))
    return tuple(lines)


def _says_nothing(kind: str, text: str) -> bool:
    """Whether a line is drawn, or marks the place of an advertisement."""
    if kind == "text" and text[0] in "-=*_" and _LINE_DRAWN.fullmatch(text):
        return True
    return len(text) < 25 and kind in ("text", "heading") and text.casefold().strip("[]()") in _ADVERTISEMENTS


def _mark_nested(lines: Iterable[Line], *, are_elements: bool) -> Iterator[Line]:
    """The lines, with the mark on bullets that stand further in than the first of their list.

    A copy can lose the blanks before its first line. So in text another bullet stands where the first does, or the ones
    further in begin with another character.
    """
    for kind, group in groupby(lines, key=attrgetter("kind")):
        if kind != "bullet":
            yield from group
            continue
        bullets = list(group)
        edge, character = _find_start(bullets[0])
        is_edge = are_elements or any(_find_start(bullet)[0] <= edge for bullet in bullets[1:])
        for bullet in bullets:
            if bullet.text[-1] in ";," and len(bullet.text) > 1:  # which parts it from the next one
                bullet = replace(bullet, text=bullet.text[:-1].rstrip())
            place, its_character = _find_start(bullet)
            is_nested = place >= edge + 2 and (is_edge or its_character != character)
            yield replace(bullet, is_nested=True) if is_nested else bullet


def _find_start(bullet: Line) -> tuple[int, str]:
    """How far in a bullet begins, and its first character: "1" for all numbers. Many bullets can share a long line."""
    raw = bullet.raw[:_WRAPPED].expandtabs(4)
    text = raw.lstrip()
    return len(raw) - len(text), "1" if text[:1].isdigit() else text[:1]


def _split_bullets(line: Line) -> list[Line]:
    """A line, or the several bullets that a copy has put on it, as in "• Java • SQL"."""
    if line.kind != "bullet" or not line.raw.lstrip().startswith("•"):
        return [line]
    texts = [text.strip() for text in line.text.split("•")]
    return [replace(line, text=text) for text in texts if text] or [line]


_WRAPPED = 40  # characters: shorter lines are seldom broken because of their length
_WIDEST = 120  # characters to which programs break lines
_FEWEST_BROKEN = 3  # lines that end within a sentence, which tell that a program has broken all long ones
_MOST_TAKEN_IN = 30  # lines: the text of a bullet is copied with each of them
_SHARE = re.compile(r"\d{1,3}%")  # of a skill
_ADDRESS = re.compile(r"https?:|www\.|\w\.[a-z]{2,3}/")  # a line with one goes on with nothing
_LABELS = tuple(READER_BY_LABEL)
_ENDS_WITHIN_WORD = re.compile(r"[^\W\d_]-$")
_SENTENCE_STOPS = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a program has broken paragraphs into lines. `are_apart`: blank lines stand between the paragraphs."""

    width: int
    are_apart: bool

    def breaks(self, raw: str, below: str) -> bool:
        """Whether the last line of `raw` ends where the first word of the one below would have made it too long."""
        return len(raw.rpartition("\n")[2].rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > self.width


def _take_in(above: Line, text: str, raw: str, wrapping: _Wrapping | None) -> Line:
    """The line above with the next one at its end."""
    joint = "" if wrapping and _ENDS_WITHIN_WORD.search(above.text) else " "
    return replace(above, text=above.text + joint + text, raw=f"{above.raw}\n{raw}", taken_in=above.taken_in + 1)


def _find_wrapping(texts: Sequence[str]) -> _Wrapping | None:
    """None for a page whose paragraphs have one line each, as most do."""
    width = 0
    for text in texts:
        if len(text) > width and " " in text.strip() and text.lstrip()[0] != "|":
            width = len(text.rstrip())
            if width > _WIDEST:
                return None
    if width < _WRAPPED:
        return None
    count_blank = sum(not text.strip() for text in texts)
    wrapping = _Wrapping(width, are_apart=count_blank * 10 > len(texts))
    count_broken = 0
    for text, below in pairwise(texts):
        is_within_sentence = below.lstrip()[:1].islower() and not text.rstrip().endswith(_SENTENCE_STOPS)
        if is_within_sentence and text.strip() and wrapping.breaks(text, below):
            count_broken += 1
    return wrapping if count_broken >= _FEWEST_BROKEN else None


def _goes_on(above: Line, text: str, raw: str, wrapping: _Wrapping | None) -> bool:
    """Whether the line right below a bullet or a paragraph goes on with it, because it is too long for one line."""
    if above.kind not in ("bullet", "text") or _BULLET.match(text) or text[0] == "|" or text.casefold() in FURNITURE:
        return False
    if _SHARE.fullmatch(text) and above.kind == "bullet" and "%" not in above.text:
        return True
    has_address = _ADDRESS.search(text) or (wrapping and _ADDRESS.search(above.text))
    begins_within_sentence = text[0].islower() and len(above.text) >= _WRAPPED and above.text[-1] not in ".!?:%"
    if wrapping and not has_address and (begins_within_sentence or wrapping.breaks(above.raw, text)):
        return _goes_on_after_break(above, text, wrapping)
    if above.kind == "text":
        return False
    is_indented = raw[0].isspace() and text[0].islower()
    return is_indented or (begins_within_sentence and text[-1] != ":" and not has_address)


def _goes_on_after_break(above: Line, text: str, wrapping: _Wrapping) -> bool:
    """Whether a line goes on with the one above, which a program may have broken: it is no row of facts, and the one
    above is not the last of its paragraph."""
    if text[0].isupper() and fold_spelling(text).startswith(_LABELS):
        return False
    return wrapping.are_apart or not above.text.endswith(_SENTENCE_STOPS)


def _drop_markdown(text: str) -> str:
    """The words of a line, with single spaces.

    >>> _drop_markdown("A **good**  [page](https://example.com)")
    'A good page'
    """
    if "[" in text or "*" in text or "\\" in text:  # the pattern looks at every letter
        text = _MARKDOWN.sub(lambda mark: mark[1] or mark[2] or "", text)
    return " ".join(text.split())


def _make_line(number: int, kind: LineKind, text: str, raw: str) -> Line:
    """A line of plain text may turn out to be a row or a bullet."""
    if kind == "row" or (kind == "text" and text[0] == "|" and "|" in text[1:]):
        label, *cells = map(str.strip, text[1:].removesuffix("|").split("|"))
        label = label.removesuffix(":").rstrip()
        return Line(number, "row", text, raw, (label, *cells), whole=text[-1] == "|")
    if kind == "bullet":
        inner_bullets = _BULLET_CHARACTERS.match(text)  # beside that of the list
        return Line(number, kind, text[inner_bullets.end() :] if inner_bullets else text, raw)
    if kind == "text" and (bullet := _BULLET.match(text)):
        return Line(number, "bullet", text[bullet.end() :], raw)
    if text[0] in "#=*_" and (heading := _HEADING.fullmatch(text)):
        text = heading[1] or heading[3] or heading[5]
    if text[-1] in "#\xb6\U0001f517":
        text = _LINK_OF_HEADING.sub("", text) or text
    return Line(number, kind, text, raw)


_COMPARING_HEADS = frozenset(("difference", "differences", "diff", "diff.", "gap", "vs", "vs.", "versus"))


def _drop_comparing_columns(lines: Iterable[Line], warnings: list[PageWarning]) -> Iterator[Line]:
    """The lines, without the column beside or between two roles in which a table compares them."""
    column = 0
    for line in lines:
        if len(line.cells) == 4:
            places = [place for place in (1, 2, 3) if fold_spelling(line.cells[place]) in _COMPARING_HEADS]
            left_out = column
            if len(places) == 1 and all(line.cells[1:3]) and line.label not in READER_BY_LABEL:
                left_out = places[0]
                column = left_out + (not line.cells[3])  # the head is one column too far to the left
                message = f"The column “{line.cells[left_out]}” was left out: it only compares the two roles."
                warnings.append(PageWarning("unknown-label", line.number, message))
            if left_out:
                line = replace(line, cells=(*line.cells[:left_out], *line.cells[left_out + 1 :]))
        elif line.kind != "row":
            column = 0
        yield line


def _drop_blank_columns(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, without the columns in which no row of as many cells has text, such as those with pictures.

    Three columns are a label and two roles, of which nothing may be known.
    """
    filled: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        filled[len(line.cells)].update(column for column, cell in enumerate(line.cells) if cell)
    for line in lines:
        if len(line.cells) <= 3 or len(filled[len(line.cells)]) == len(line.cells):
            yield line
            continue
        label, *cells = [cell for column, cell in enumerate(line.cells) if column in filled[len(line.cells)]] or [""]
        yield replace(line, cells=(label.removesuffix(":").rstrip(), *cells))
