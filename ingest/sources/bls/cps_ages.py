"""Table 11b of the Current Population Survey: employed people by detailed occupation and age. Their median age is read.

A year of which a month was not surveyed says so in the note below the table, and then in the name of the release.

Source: https://www.bls.gov/cps/tables.htm
"""

from datetime import date

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import Knowledge, ParsedPage
from ingest.sources.bls.census_groups import read_census_matches
from ingest.sources.bls.cps_tables import (
    URL,
    SurveyReader,
    check_survey_table,
    describe_months,
    find_survey_table,
    read_year,
)
from ingest.sources.bls.matrix_tables import LICENCE, LICENCE_URL, PUBLISHER

_HEADS = {"median_age": r"median age"}
_TITLE = r"employed (?:persons|people) by detailed occupation and age"
_WHAT = "Table 11b of the Current Population Survey"


def recognises(document: Document) -> bool:
    return find_survey_table(document, _HEADS, _TITLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = find_survey_table(document, _HEADS, _TITLE)
    if source is None:
        raise UnreadableError("The file holds no table of employed people by age.")
    check_survey_table(source, {"median_age": "“Median age”"}, _TITLE, _WHAT)
    year = read_year(source, _WHAT)
    months = describe_months(source)
    release = f"{year} ({months})" if months else str(year)
    reader = SurveyReader(source, "Table 11b", read_census_matches())
    keys = {"demographics.median_age": "median_age"}
    roles = tuple(reader.role(code, rows, keys) for code, rows in reader.occupations().items())
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=f"Age of employed people, {release}: Current Population Survey, Table 11b",
        url=URL,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        figures_of=date(year, 1, 1),
        roles=roles,
        warnings=(*source.table.warnings, *reader.warnings),
        unread=tuple(reader.unread),
        cut_line=reader.cut_line,
        joins_occupations=True,
        release=release,
    )
