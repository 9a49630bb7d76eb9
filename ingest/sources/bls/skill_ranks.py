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
from ingest.sources.bls.bureau_tables import TableRelease
from ingest.sources.bls.matrix_tables import (
    CODE_HEAD,
    TITLE_HEAD,
    MatrixReader,
    MatrixTable,
    find_table,
    make_matrix_page,
    require_table,
    share_role,
)

# Field -> pattern of its head.
_SKILLS = {name: name.replace("_", " ") for name in FIELDS["skill_ranks"]}
_SKILLS |= {"detail_oriented": "detail[ -]oriented", "fine_motor": "fine motor(?: skills)?"}
_HEADS = {"title": TITLE_HEAD, "code": CODE_HEAD, **_SKILLS}
_TITLE = r"percentile rank of detailed occupations by skill"
_WHAT = "Table 6.5 of the Employment Projections"
_YEAR = re.compile(r"by skill, (20\d\d)\b")


def recognises(document: Document) -> bool:
    return find_table(document, _HEADS, _TITLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = require_table(document, _HEADS, _TITLE, _WHAT)
    release = _read_release(source)
    reader = MatrixReader(source)
    roles = [share_role(row, "skill_ranks", _SKILLS, reader.rank, "imputed") for row in reader.occupations()]
    return make_matrix_page(reader, roles, release, f"Rank by skill, {release.name}: Employment Projections")


def _read_release(source: MatrixTable) -> TableRelease:
    year = _YEAR.search(simplify_head(source.title))
    if year is None:
        raise UnreadableError(
            "It is not clear that the figures are percentile ranks, and of which year. The title above the columns of "
            "table 6.5 says both, as in “Percentile rank of detailed occupations by skill, 2024”. Load the table with "
            "its title."
        )
    return TableRelease(year[1], int(year[1]))
