"""Table 5.3 of the Employment Projections: the education that people at work in each occupation have, in percent.

The Bureau takes it from the American Community Survey. A footnote marks occupations for which the survey has no exact
match; their figures are those of a wider or similar one.

Source: https://www.bls.gov/emp/tables/educational-attainment.htm
"""

import re

from ingest.documents.document import Document
from ingest.documents.tables import simplify_head
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.bls import matrix_tables
from ingest.sources.bls.bureau_tables import TableKind, TableRelease

_LEVELS = {
    "less_than_high_school": r"less than high school(?: diploma)?",
    "high_school": r"high school diploma or equivalent",
    "some_college": r"some college, no degree",
    "associate": r"associate's degree",
    "bachelor": r"bachelor's degree",
    "master": r"master's degree",
    "doctoral_or_professional": r"doctoral or professional degree",
}
_TABLE = TableKind("Table 5.3 of the Employment Projections", r"educational attainment for workers", _LEVELS)
_YEARS = re.compile(r"(20\d\d)(?:-(20\d\d|\d\d))?")


def recognizes(document: Document) -> bool:
    return matrix_tables.find_table(document, _TABLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = matrix_tables.require_table(document, _TABLE)
    release = _read_release(source.title)
    reader = matrix_tables.MatrixReader(source)
    roles = reader.make_roles("attainment", _LEVELS, reader.percent, "no-exact-match")
    title = f"Education of people at work, {release.name}: Employment Projections"
    return reader.make_matrix_page(roles, release, title)


def _read_release(title: str) -> TableRelease:
    years = _YEARS.search(simplify_head(title))
    if years is None:
        raise UnreadableError(
            "It is not clear which years the figures are of. The title above the columns of table 5.3 says it, as in "
            "“Educational attainment for workers 25 years and older by detailed occupation, 2022–23”. Load the table "
            "with its title."
        )
    last = matrix_tables.find_last_year(years[1], years[2]) if years[2] else int(years[1])
    return TableRelease(years[0].replace("-", "–"), last)
