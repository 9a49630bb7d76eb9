"""Table 11 of the Current Population Survey: employed people by detailed occupation, sex, race and ethnicity.

Shares are in percent of the employed. People of Hispanic or Latino ethnicity are counted under a race as well, and not
every race has a column, so the shares do not add up to 100.

Source: https://www.bls.gov/cps/tables.htm
"""

from dataclasses import replace

from ingest.documents.document import Document
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.bls import cps_tables
from ingest.sources.bls.bureau_tables import TableKind, TableRelease
from ingest.sources.bls.census_groups import read_census_matches

_TABLE = TableKind(
    "Table 11 of the Current Population Survey",
    r"employed (?:persons|people) by detailed occupation, sex, race,? and hispanic or latino ethnicity",
    {
        "women": r"women",
        "white": r"white",
        "black": r"black or african american",
        "asian": r"asian",
        "hispanic": r"hispanic or latino(?: ethnicity)?",
    },
)
_KEYS = {
    "demographics.female_percent": "women",
    "demographics.survey.white_percent": "white",
    "demographics.survey.black_percent": "black",
    "demographics.survey.asian_percent": "asian",
    "demographics.survey.hispanic_percent": "hispanic",
}


def recognizes(document: Document) -> bool:
    return cps_tables.find_survey_table(document, _TABLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = cps_tables.require_survey_table(document, _TABLE)
    year = cps_tables.read_year(source, _TABLE.name)
    release = TableRelease(str(year), year)
    reader = cps_tables.SurveyReader(source, "Table 11", read_census_matches())
    roles = []
    for code, rows in reader.occupations().items():
        roles.append(reader.role(code, rows, _KEYS, "demographics.survey.group"))
    title = f"Employed people by sex, race and ethnicity, {year}: Current Population Survey, Table 11"
    return replace(reader.make_page(roles, release, title, cps_tables.URL), compiled_as="survey")
