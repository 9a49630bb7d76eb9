"""Which group of the Census Bureau's list of occupations each official occupation belongs to.

The Current Population Survey gives its figures by the titles of that list. A group can be one occupation, or several:
`25-1000` is the minor group, `51-403X` are those occupations of 51-4030 that have no group of their own.

Source: https://www.census.gov/topics/employment/industry-occupation/guidance.html
"""

import re
from calendar import month_name
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ingest.documents.document import Document
from ingest.documents.source_notes import csv_text
from ingest.documents.tables import DataTable, match_columns, simplify_head
from ingest.parsing.cells import UnreadableError, letters_of
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.crosswalks import FOLDER, read_rows

# How the code of a group matches that of an occupation: it is the same, has X for some digits, or is of a wider group.
Match = Literal["exact", "pattern", "broad", "minor", "major"]

_HEADS = {name: rf"(?:20\d\d )?{name.replace('_', ' ')}" for name in ("census_title", "census_code", "soc_code")}
# The compiled file: for each official occupation its groups.
FILE = FOLDER / "crosswalk_census.csv"
COLUMNS = ("code", "census_code", "census_title", "soc_code", "match")

_CODE = re.compile(r"\d\d-\d[\dX]{3}", re.ASCII)
_MAJOR_CODE = re.compile(r"\d\d-0000", re.ASCII)


@dataclass(frozen=True, slots=True)
class CensusGroup:
    """One row of the list. `soc_code` can hold X for digits; major groups have a range as their `census_code`."""

    census_code: str
    title: str
    soc_code: str

    @property
    def key(self) -> str:
        """The form in which titles are compared: the tables use other commas and capitals than the list."""
        return letters_of(self.title)


@dataclass(frozen=True, slots=True)
class CensusMatch:
    """An official occupation, and one of the groups by which the survey counts it."""

    code: str
    group: CensusGroup
    match: Match


def recognizes(document: Document) -> bool:
    return find_census_list(document) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    raise UnreadableError(
        "This is the Census Bureau's list of occupations. It gives no facts by itself: it says which group of the list "
        "each occupation belongs to when the tables of the Current Population Survey are loaded, and Rolewise comes "
        "with that. To use a newer list, put it into the folder with the other tables and run the command "
        "compile_occupations."
    )


def find_census_list(document: Document) -> DataTable | None:
    """The Census Bureau's list of occupations; None if the file does not have it.

    If there are several sheets, the list is the one with the fewest other columns; the others say how it changed.
    """
    lists = [sheet for sheet in document.sheets if len(_find_columns(sheet)) == len(_HEADS)]
    return min(lists, key=lambda table: sum(map(bool, table.columns)), default=None)


def read_census_list(sheet: DataTable) -> list[CensusGroup]:
    columns = _find_columns(sheet)
    groups: list[CensusGroup] = []
    for _, cells in sheet.rows:
        title, census_code, soc_code = (_read_cell(cells, columns[name]) for name in _HEADS)
        if _MAJOR_CODE.fullmatch(soc_code):
            groups.append(CensusGroup(census_code, (title or _read_cell(cells, 0)).rstrip(": "), soc_code))
        elif _CODE.fullmatch(soc_code) and title:
            groups.append(CensusGroup(census_code, title, soc_code))
    return groups


def _find_columns(table: DataTable) -> dict[str, int]:
    """Name -> index of the columns of a list; empty for a sheet that compares two lists, with a column twice."""
    heads = [simplify_head(head) for head in table.columns]
    matches = [head for head in heads if any(re.fullmatch(pattern, head) for pattern in _HEADS.values())]
    return match_columns(table, _HEADS) if len(matches) == len(_HEADS) else {}


def _read_cell(cells: Sequence[str], index: int) -> str:
    return " ".join(cells[index].split()) if index < len(cells) else ""


def match_census_groups(
    occupations: Mapping[str, Collection[str]], groups: Collection[CensusGroup]
) -> list[CensusMatch]:
    """The groups of each occupation. `occupations`: its code -> the codes of the classification that it consists of.

    An exact code comes first, then patterns with X, then the broad, the minor and the major group.
    """
    by_code = {group.soc_code: group for group in groups}
    matches: list[CensusMatch] = []
    for code, soc_codes in sorted(occupations.items()):
        matched: dict[str, CensusMatch] = {}
        parts = [code] if code in by_code else sorted(soc_codes)
        for part in parts:
            for match, group in _find_groups(part, by_code):
                matched.setdefault(group.census_code, CensusMatch(code, group, match))
        matches += matched.values()
    return matches


def _find_groups(soc_code: str, by_code: Mapping[str, CensusGroup]) -> list[tuple[Match, CensusGroup]]:
    if soc_code in by_code:
        return [("exact", by_code[soc_code])]
    patterns = [group for code, group in by_code.items() if "X" in code and _is_of_pattern(soc_code, code)]
    if patterns:
        return [("pattern", group) for group in patterns]
    wider: tuple[tuple[Match, str], ...] = (
        ("broad", f"{soc_code[:6]}0"),
        ("minor", f"{soc_code[:5]}00"),
        ("minor", f"{soc_code[:4]}000"),
        ("major", f"{soc_code[:3]}0000"),
    )
    for match, code in wider:
        if code in by_code:
            return [(match, by_code[code])]
    return []


def _is_of_pattern(soc_code: str, pattern: str) -> bool:
    """
    >>> _is_of_pattern("51-4032", "51-403X"), _is_of_pattern("51-4111", "51-403X")
    (True, False)
    """
    return all(sign in ("X", digit) for digit, sign in zip(soc_code, pattern, strict=False))


def write_census_matches(matches: Iterable[CensusMatch]) -> str:
    rows: list[tuple[str, ...]] = [COLUMNS]
    for match in matches:
        group = match.group
        rows.append((match.code, group.census_code, group.title, group.soc_code, match.match))
    return csv_text(rows)


@cache
def read_census_matches() -> tuple[CensusMatch, ...]:
    """The compiled file. Raises UnreadableError."""
    matches = []
    for row in read_rows(FILE):
        if row["match"] in get_args(Match):
            group = CensusGroup(row["census_code"], row["census_title"], row["soc_code"])
            matches.append(CensusMatch(row["code"], group, cast(Match, row["match"])))
    return tuple(matches)


_MONTHS = list(month_name)
_UPDATED = re.compile(rf"last updated: ({'|'.join(_MONTHS[1:])}) (\d{{1,2}}), (20\d\d)")


def describe_census_list(sheet: DataTable) -> dict[str, object]:
    """What sources.toml says about the compiled file."""
    updated = _UPDATED.search(" ".join(sheet.above))
    day = f"{updated[3]}-{_MONTHS.index(updated[1]):02}-{int(updated[2]):02}" if updated else ""
    columns = _find_columns(sheet)
    return {
        "publisher": "U.S. Census Bureau",
        "title": "Census Occupation Code List",
        "release": day,
        "licence": "Public domain",
        "licence_url": "https://www.census.gov/about/policies/citation.html",
        "url": "https://www.census.gov/topics/employment/industry-occupation/guidance/code-lists.html",
        "columns": {name: sheet.columns[columns[name]] for name in ("census_code", "census_title", "soc_code")},
    }
