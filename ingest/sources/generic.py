"""Plain tables of publishers whose pages no other module knows: a row of titles, and rows with labels.

Nothing tells whose page it is, so this source recognizes no page by itself. It reads a page only for a publisher whom a
person names. It knows the labels of the vocabulary and everyday ones; prose is left unread, because its meaning depends
on the publisher.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from careers.spelling import fold_spelling
from careers.vocabulary import TERMS, USD_A_YEAR, USD_AN_HOUR
from ingest.documents.document import Document, cut_message
from ingest.documents.lines import Line
from ingest.parsing import cells, columns
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.partial_page import PartialPage, PartialRole
from ingest.parsing.readers import READER_BY_LABEL, READER_OF, CellReader
from ingest.parsing.role_facts import RoleFacts
from ingest.sources.crosswalks import FOLDER, read_rows

MOST_ROLES = 20
# What the cell above the labels can say of columns of roles.
_ROLE_CORNERS = frozenset("role|roles|job|jobs|job title|title|occupation|position|profession|career".split("|"))


def _build_readers() -> Mapping[str, CellReader]:
    """Label -> how its cells are read."""
    readers: dict[str, CellReader] = {}
    for term in TERMS:
        term_reader = READER_OF.get(term.key)
        if term_reader and term_reader.keys == (term.key,):
            readers[fold_spelling(term.label)] = term_reader
        elif term.unit == USD_A_YEAR:
            readers[fold_spelling(term.label)] = CellReader((), (term.key,), lambda text: (cells.read_money(text),))
        elif term.unit == USD_AN_HOUR:
            readers[fold_spelling(term.label)] = CellReader((), (term.key,), lambda text: (cells.read_rate(text),))
    readers |= READER_BY_LABEL
    # Only one publisher gives years of experience as the upper end of a band.
    return {label: reader for label, reader in readers.items() if reader.keys[0] != "entry.years_of_experience"}


_READERS = _build_readers()


def recognizes(document: Document) -> bool:
    return False


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    """Read the table of a page. The publisher is left empty: the caller knows it.

    Raises UnreadableError if the page holds no table with a title above each column.
    """
    lines, cut = _split_off_cut_row(document)
    titles = _read_titles(lines)
    page = _PlainTable([PartialRole(title) for title in titles])
    for line in lines:
        page.read(line)
    page.settle_repeats()
    columns.check_columns(titles)
    if not page.names_roles and not any(map(_names_occupation, titles)):
        raise UnreadableError(
            f"Nothing shows that the columns of the table, such as “{titles[0][:60]}”, are roles: no title of an "
            "occupation ends like them. If they are roles, write “Role” into the cell above the labels."
        )
    if cut:
        page.note_cut_row(cut)
        page.warn("cut-here", cut, cut_message(cut))
        if cut.raw:
            page.report_unread(cut)
    return ParsedPage(
        layout="plain-table",
        publisher="",
        title=document.title,
        url=document.url,
        roles=tuple(RoleFacts(title=role.title, values=role.values, evidence=role.evidence) for role in page.roles),
        warnings=(*document.warnings, *page.warnings),
        ambiguous=tuple(page.ambiguous),
        unread=tuple(page.unread),
        cut_line=cut.number if cut else None,
    )


def _read_titles(lines: Sequence[Line]) -> Sequence[str]:
    """The titles above the columns. Raises UnreadableError where there are none, too many, or one twice."""
    titles = columns.find_column_heads(lines)
    if not titles:
        raise UnreadableError(
            "The page holds no table that can be read: a row with a role's title above each column, and below it rows "
            "with labels such as “Average salary”, were expected."
        )
    if len(titles) > MOST_ROLES:
        raise UnreadableError(f"The table has {len(titles)} columns; at most {MOST_ROLES} roles are read from a page.")
    if len({fold_spelling(title) for title in titles}) < len(titles):
        raise UnreadableError("Two columns of the table have the same title. Load a page of different roles.")
    return titles


def _names_occupation(head: str) -> bool:
    """Whether the head of a column ends with a word with which titles end, as roles do and most companies do not.

    >>> _names_occupation("Pastry Chef II"), _names_occupation("Northwind")
    (True, False)
    """
    return not _read_last_words_of_titles().isdisjoint(_find_last_word(head))


def _find_last_word(title: str) -> list[str]:
    """The word that says what somebody is: "cook" in "Cook, restaurant" and in "Line Cook II (night)"."""
    words = re.findall("[a-z]+", re.split(r"[,(]", title.casefold())[0])
    return [word for word in words if word.strip("ivx")][-1:]


@cache
def _read_last_words_of_titles() -> frozenset[str]:
    words: set[str] = set()
    for path in FOLDER.glob("titles_*.csv"):
        for row in read_rows(path):
            words.update(_find_last_word(row["title"]))
    return frozenset(words)


def _split_off_cut_row(document: Document) -> tuple[Sequence[Line], Line | None]:
    """The whole lines, and the last line if the file may stop within it: a row without its bar or all of its cells."""
    lines = document.lines
    last = lines[-1]
    if document.form == "html" and not document.open_ended:
        return lines, document.end_of_copy()
    is_whole_row = last.kind == "row" and last.whole and len(last.cells) == columns.count_columns(lines) + 1
    if is_whole_row and not document.open_ended:
        return lines, None
    return lines[:-1], last


@dataclass(slots=True)
class _PlainTable(PartialPage[PartialRole]):
    """A table, as far as it has been read. `names_roles`: the cell above its labels says that the columns are roles.

    `corner`: that cell; None before the head was read. `is_of_others`: a second table began, about other roles.
    """

    names_roles: bool = False
    corner: str | None = None
    is_of_others: bool = False

    def read(self, line: Line) -> None:
        titles = [role.title for role in self.roles]
        if line.kind != "row":
            self.report_unread(line)
        elif titles in ([*line.cells], [*line.cells[1:]], [*line.cells[:-1]]):
            columns.check_corner(line.cells[0], titles[0])
            self.names_roles = self.names_roles or line.label.strip(" :") in _ROLE_CORNERS
            self.corner, self.is_of_others = line.cells[0], False
        elif columns.is_ruler(line):
            pass
        elif self.corner is not None and self._is_other_head(line):
            self.is_of_others = True
            self.warn("unknown-label", line, columns.OTHER_HEAD)
            self.report_unread(line)
        elif self.is_of_others:
            self.report_unread(line)
        else:
            self._read_row(line)

    def _is_other_head(self, line: Line) -> bool:
        """Whether a row begins a table of other roles: other words above each column, and no label beside them.

        Its titles can stand one column too far to the left, as the first table's then do.
        """
        label, names = line.cells[0], [name for name in line.cells[1:] if name]
        is_shifted = self.corner == self.roles[0].title and not line.cells[-1]
        begins_table = label in ("", self.corner) or is_shifted or fold_spelling(label).strip(" :") in _ROLE_CORNERS
        are_words = all(any(map(str.isalpha, name)) and not any(map(str.isdigit, name)) for name in names)
        are_titles = are_words and len(set(names)) == len(names) > 0
        return begins_table and are_titles and fold_spelling(label) not in _READERS

    def _read_row(self, line: Line) -> None:
        reader = _READERS.get(line.label)
        if reader is None:
            self.warn("unknown-label", line, columns.describe_unknown_label(line.cells))
            self.report_unread(line)
        elif len(line.cells) != len(self.roles) + 1 or not line.whole:
            self.warn("unreadable-value", line, columns.describe_uneven_row(line))
            self.report_unread(line)
        else:
            for index, text in enumerate(line.cells[1:]):
                self.put_cell(index, reader, line, self.drop_title(index, text), "cell")

    def note_cut_row(self, cut: Line) -> None:
        reader = _READERS.get(cut.label) if cut.kind == "row" else None
        if reader:
            for role in self.roles:
                role.put_lost(reader.keys, cut, "cut")
