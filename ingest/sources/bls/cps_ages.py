"""Table 11b of the Current Population Survey: employed people by detailed occupation and age. Their median age is read.

If a month of the year was not surveyed, the note below the table says so, and the name of the release repeats it.

Source: https://www.bls.gov/cps/tables.htm
"""

from ingest.documents.document import Document
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.bls.bureau_tables import TableRelease, make_page
from ingest.sources.bls.census_groups import read_census_matches
from ingest.sources.bls.cps_tables import (
    URL,
    SurveyReader,
    describe_months,
    find_survey_table,
    read_year,
    require_survey_table,
)

_HEADS = {"median_age": r"median age"}
_TITLE = r"employed (?:persons|people) by detailed occupation and age"
_WHAT = "Table 11b of the Current Population Survey"


def recognises(document: Document) -> bool:
    return find_survey_table(document, _HEADS, _TITLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = require_survey_table(document, _HEADS, _TITLE, _WHAT)
    year, months = read_year(source, _WHAT), describe_months(source)
    release = TableRelease(f"{year} ({months})" if months else str(year), year)
    reader = SurveyReader(source, "Table 11b", read_census_matches())
    keys = {"demographics.median_age": "median_age"}
    roles = [reader.role(code, rows, keys) for code, rows in reader.occupations().items()]
    title = f"Age of employed people, {release.name}: Current Population Survey, Table 11b"
    return make_page(reader, source.table, roles, release, title, URL)
