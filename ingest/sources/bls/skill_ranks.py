"""Table 6.5 of the Employment Projections: how each occupation ranks among all, by 17 skills.

A rank is the share of occupations with a lower score, from 0 to 100. A footnote marks occupations whose scores the
Bureau took from a similar one.

Source: https://www.bls.gov/emp/tables/skills-by-occupation.htm
"""

import re

from careers.vocabulary import FIELDS
from ingest.documents.document import Document
from ingest.documents.tables import simplify_head
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.bls import matrix_tables
from ingest.sources.bls.bureau_tables import TableKind, TableRelease

# Field -> pattern of its head.
_SKILLS = {name: name.replace("_", " ") for name in FIELDS["skill_ranks"]}
_SKILLS |= {"detail_oriented": "detail[ -]oriented", "fine_motor": "fine motor(?: skills)?"}
_TITLE = r"percentile rank of detailed occupations by skill"
_TABLE = TableKind("Table 6.5 of the Employment Projections", _TITLE, _SKILLS)
_YEAR = re.compile(r"by skill, (20\d\d)\b")


def recognizes(document: Document) -> bool:
    return matrix_tables.find_table(document, _TABLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = matrix_tables.require_table(document, _TABLE)
    release = _read_release(source.title)
    reader = matrix_tables.MatrixReader(source)
    roles = reader.make_roles("skill_ranks", _SKILLS, reader.rank, "imputed")
    title = f"Rank by skill, {release.name}: Employment Projections"
    return reader.make_matrix_page(roles, release, title)


def _read_release(title: str) -> TableRelease:
    year = _YEAR.search(simplify_head(title))
    if year is None:
        raise UnreadableError(
            "It is not clear that the figures are percentile ranks, and of which year. The title above the columns of "
            "table 6.5 says both, as in “Percentile rank of detailed occupations by skill, 2024”. Load the table with "
            "its title."
        )
    return TableRelease(year[1], int(year[1]))
