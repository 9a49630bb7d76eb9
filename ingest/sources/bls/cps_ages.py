"""Table 11b of the Current Population Survey: employed people by detailed occupation and age. Their median age is read.

If a month of the year was not surveyed, the note below the table says so, and the name of the release repeats it.

Source: https://www.bls.gov/cps/tables.htm
"""

from ingest.documents.document import Document
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.bls import cps_tables
from ingest.sources.bls.bureau_tables import TableKind, TableRelease
from ingest.sources.bls.census_groups import read_census_matches

_TABLE = TableKind(
    "Table 11b of the Current Population Survey",
    r"employed (?:persons|people) by detailed occupation and age",
    {"median_age": r"median age"},
)


def recognizes(document: Document) -> bool:
    return cps_tables.find_survey_table(document, _TABLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = cps_tables.require_survey_table(document, _TABLE)
    year, months = cps_tables.read_year(source, _TABLE.name), cps_tables.describe_months(source)
    release = TableRelease(f"{year} ({months})" if months else str(year), year)
    reader = cps_tables.SurveyReader(source, "Table 11b", read_census_matches())
    keys = {"demographics.median_age": "median_age"}
    roles = [reader.role(code, rows, keys) for code, rows in reader.occupations().items()]
    title = f"Age of employed people, {release.name}: Current Population Survey, Table 11b"
    return reader.make_page(roles, release, title, cps_tables.URL)
