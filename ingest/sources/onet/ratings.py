"""Skills and knowledge: how important each is for an occupation (1 to 5), and at which level it is needed (0 to 7).

Each skill has two rows for an O*NET code: one on the scale IM, one on LV. O*NET advises against using some figures
(`Recommend Suppress`), and a level says nothing where the skill is `Not Relevant`: these are kept raw.

From release 30.3 on the skills have the names Essential Skills and Transferable Skills.

Source: https://www.onetcenter.org/dictionary/30.1/text/skills.html
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import chain
from typing import cast

from careers.vocabulary import Missing
from ingest.documents.document import Document
from ingest.documents.tables import FoundTable
from ingest.parsing.cells import UnreadableError, names_something
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, PageWarning, ParsedPage
from ingest.parsing.role_facts import RatingFact
from ingest.sources.onet.onet_tables import (
    OnetReader,
    OnetRow,
    RowsByCode,
    choose_main_codes,
    compute_mean,
    find_table,
    make_page,
)

_HEADS = {
    "element_id": ("Element ID",),
    "element": ("Element Name",),
    "scale": ("Scale ID",),
    "value": ("Data Value",),
    "suppress": ("Recommend Suppress",),
    "not_relevant": ("Not Relevant",),
}
# Start of an element's code -> its group, and the name of its table.
_GROUPS = {"2.A": ("rated_skills", "Skills"), "2.B": ("rated_skills", "Skills"), "2.C": ("knowledge", "Knowledge")}
_ONE_KIND = re.compile(r"(?:essential|transferable) skills", re.IGNORECASE)  # in the name of a file
_PLACES = Decimal("0.01")
_SCALES = {"IM": "importance", "LV": "level"}

# Element -> scale -> O*NET code -> its row.
_Rows = dict[str, dict[str, dict[str, OnetRow]]]


def recognizes(document: Document) -> bool:
    return _find_ratings(document) is not None


def _find_ratings(document: Document) -> tuple[FoundTable, str, str] | None:
    """The table of a document, with its group and its name. Abilities and others have the same columns."""
    source = find_table(document, _HEADS)
    if source is None:
        return None
    index = source.columns["element_id"]
    codes = (cells[index][:3] for _, cells in source.table.rows if len(cells) > index)
    group = next((_GROUPS[code] for code in codes if code in _GROUPS), None)
    return (source, *group) if group else None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source, group, name = cast(tuple[FoundTable, str, str], _find_ratings(document))  # it was recognized
    reader = OnetReader(source, name)
    if group == "rated_skills":
        _check_kinds(reader, document.name)
    return make_page(document, reader, reader.roles(lambda rows: {group: _read_ratings(reader, rows)}))


def _check_kinds(reader: OnetReader, file_name: str) -> None:
    """Refuse one of the two files of skills that releases from 30.3 on have; warn of another table with one kind alone.

    Only one table of skills is current for an occupation: that of one kind hides the skills of the other.
    """
    index = reader.source.columns["element_id"]
    kinds = {cells[index][:3] for _, cells in reader.source.table.rows if len(cells) > index} & _GROUPS.keys()
    if len(kinds) == 1:
        message = (
            "The table holds one of the two kinds of skills, and the skills of one table are shown for an occupation. "
            "Pack Essential Skills and Transferable Skills into one .zip archive and load that, or load the folder or "
            "the archive of the whole release."
        )
        if _ONE_KIND.search(file_name):
            raise UnreadableError(message)
        reader.warnings.append(PageWarning("half-of-the-skills", 1, message))


def _read_ratings(reader: OnetReader, rows_by_code: RowsByCode) -> tuple[RatingFact, ...]:
    rows = _sort_rows(
        reader, chain.from_iterable(rows_by_code[onet_code] for onet_code in choose_main_codes(rows_by_code))
    )
    return tuple(_read_rating(reader, element, by_scale) for element, by_scale in rows.items())


def _sort_rows(reader: OnetReader, rows: Iterable[OnetRow]) -> _Rows:
    """The rows of one occupation. Raises UnreadableError if two give the same figure."""
    sorted_rows: _Rows = {}
    for row in rows:
        element, scale = reader.text(row, "element"), _SCALES.get(reader.text(row, "scale"))
        if not names_something(element):
            reader.report_wrong(row, "element", "a skill")
            continue
        if scale is None:
            reader.report_wrong(row, "scale", "IM or LV")
            continue
        by_code = sorted_rows.setdefault(element, {}).setdefault(scale, {})
        if row.onet_code in by_code:
            raise UnreadableError(
                f"The rows {by_code[row.onet_code].number} and {row.number} both give the {scale} of “{element}” "
                f"for {row.onet_code}. Load the table of one release."
            )
        by_code[row.onet_code] = row
    return sorted_rows


def _read_rating(reader: OnetReader, element: str, by_scale: Mapping[str, Mapping[str, OnetRow]]) -> RatingFact:
    values: dict[str, Decimal | None] = {"importance": None, "level": None}
    evidence: dict[str, Evidence] = {}
    for scale, rows in by_scale.items():
        mean, evidence[scale] = _average_figures(reader, list(rows.values()), element, scale)
        values[scale] = None if mean is None else mean.quantize(_PLACES, ROUND_HALF_EVEN)
    return RatingFact(element, values["importance"], values["level"], evidence)


def _average_figures(
    reader: OnetReader, rows: Sequence[OnetRow], element: str, scale: str
) -> tuple[Decimal | None, Evidence]:
    """The mean of the figures that O*NET does not advise against, or why there is none."""
    usable: list[tuple[OnetRow, Decimal]] = []
    missing: Missing = "not-published"
    for row in rows:
        doubt = _find_doubt(reader, row, element)
        value = reader.figure(row, "value", scale)
        if doubt:
            missing = doubt
        elif value is not None:
            usable.append((row, value))
    return compute_mean(reader, usable or [(row, None) for row in rows], "value", missing)


def _find_doubt(reader: OnetReader, row: OnetRow, element: str) -> Missing | None:
    """Why O*NET itself advises against using the figure of a row; None if it does not."""
    reasons: tuple[tuple[str, Missing], ...] = (("not_relevant", "not-relevant"), ("suppress", "suppressed"))
    for name, reason in reasons:
        flag = reader.text(row, name)
        if flag == "Y":
            return reason
        if flag not in ("", "N"):
            head = reader.source.head(name)
            message = f"“{flag[:20]}” in the column “{head}” is neither Y nor N; the figure of “{element}” is not used."
            reader.warnings.append(PageWarning("unreadable-value", row.number, message, role=row.onet_code))
            return "suppressed"
    return None
