"""Table 11 of the Current Population Survey: employed people by detailed occupation, sex, race and ethnicity.

Shares are in percent of the employed. People of Hispanic or Latino ethnicity are counted under a race as well, and not
every race has a column, so the shares do not add up to 100.

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
    find_survey_table,
    read_year,
)
from ingest.sources.bls.matrix_tables import LICENCE, LICENCE_URL, PUBLISHER

_HEADS = {
    "women": r"women",
    "white": r"white",
    "black": r"black or african american",
    "asian": r"asian",
    "hispanic": r"hispanic or latino(?: ethnicity)?",
}
_NEEDED = {
    "women": "“Women”",
    "white": "“White”",
    "black": "“Black or African American”",
    "asian": "“Asian”",
    "hispanic": "“Hispanic or Latino”",
}
_TITLE = r"employed (?:persons|people) by detailed occupation, sex, race,? and hispanic or latino ethnicity"
_WHAT = "Table 11 of the Current Population Survey"
_KEYS = {
    "demographics.female_percent": "women",
    "demographics.survey.white_percent": "white",
    "demographics.survey.black_percent": "black",
    "demographics.survey.asian_percent": "asian",
    "demographics.survey.hispanic_percent": "hispanic",
}


def recognises(document: Document) -> bool:
    return find_survey_table(document, _HEADS, _TITLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = find_survey_table(document, _HEADS, _TITLE)
    if source is None:
        raise UnreadableError("The file holds no table of employed people by sex, race and ethnicity.")
    check_survey_table(source, _NEEDED, _TITLE, _WHAT)
    year = read_year(source, _WHAT)
    reader = SurveyReader(source, "Table 11", read_census_matches())
    roles = tuple(
        reader.role(code, rows, _KEYS, "demographics.survey.group") for code, rows in reader.occupations().items()
    )
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=f"Employed people by sex, race and ethnicity, {year}: Current Population Survey, Table 11",
        url=URL,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        figures_of=date(year, 1, 1),
        roles=roles,
        warnings=(*source.table.warnings, *reader.warnings),
        unread=tuple(reader.unread),
        cut_line=reader.cut_line,
        joins_occupations=True,
        release=str(year),
        compiled_as="survey",
    )
