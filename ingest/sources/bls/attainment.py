"""Table 5.3 of the Employment Projections: the education that people at work in each occupation have, in percent.

The Bureau takes it from the American Community Survey. A footnote marks occupations for which the survey has no exact
match; their figures are those of a wider or similar one.

Source: https://www.bls.gov/emp/tables/educational-attainment.htm
"""

import re
from datetime import date

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import Knowledge, ParsedPage
from ingest.sources.bls.matrix_tables import (
    CODE_HEAD,
    LICENCE,
    LICENCE_URL,
    PUBLISHER,
    TITLE_HEAD,
    URL,
    MatrixReader,
    check_table,
    find_table,
    plain_head,
    share_role,
)

_HEADS = {
    "title": TITLE_HEAD,
    "code": CODE_HEAD,
    "less_than_high_school": r"less than high school(?: diploma)?",
    "high_school": r"high school diploma or equivalent",
    "some_college": r"some college, no degree",
    "associate": r"associate's degree",
    "bachelor": r"bachelor's degree",
    "master": r"master's degree",
    "doctoral_or_professional": r"doctoral or professional degree",
}
_TITLE = r"educational attainment for workers"
_YEARS = re.compile(r"(20\d\d)(?:-(20\d\d|\d\d))?")


def recognises(document: Document) -> bool:
    return find_table(document, _HEADS, _TITLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = find_table(document, _HEADS, _TITLE)
    if source is None:
        raise UnreadableError("The file holds no table of educational attainment.")
    names = [name for name in _HEADS if name not in ("title", "code")]
    needed = {name: f"“{name.replace('_', ' ')}”" for name in _HEADS}
    check_table(source, needed, "Table 5.3 of the Employment Projections")
    years = _YEARS.search(plain_head(source.title))
    if years is None:
        raise UnreadableError(
            "Of which years the figures are is not clear: the title above the columns of table 5.3 says it, as "
            "“Educational attainment for workers 25 years and older by detailed occupation, 2022–23”. Load the table "
            "with its title."
        )
    span = years[0].replace("-", "–")
    last = int(years[1][: -len(years[2])] + years[2]) if years[2] else int(years[1])
    reader = MatrixReader(source)
    roles = tuple(
        share_role(reader, row, "attainment", names, reader.share, "no-exact-match") for row in reader.occupations()
    )
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=", ".join(filter(None, [f"Education of people at work, {span}: Employment Projections", source.number])),
        url=URL,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        figures_of=date(last, 1, 1),
        roles=roles,
        warnings=(*source.table.warnings, *reader.warnings),
        unread=tuple(reader.unread),
        cut_line=reader.cut_line,
        joins_occupations=True,
        release=span,
    )
