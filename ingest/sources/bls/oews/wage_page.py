"""The tables of the Occupational Employment and Wage Statistics by the U.S. Bureau of Labor Statistics.

A row is about one area and one occupation or group of occupations. Only the nation's detailed occupations, over all
industries and owners, become roles; rows of states and territories add to them. The nation's row of all occupations
together gives the figures of all jobs. The name of a state decides which one it is, because the files of the Bureau
number states in several ways. A cell can hold a mark instead of a figure: `*` and `**` mean not published, `#` means
too high to publish. Self-employed people are not counted. Wages are USD, relative errors percent.

Source: https://www.bls.gov/oes/tables.htm
"""

from dataclasses import replace
from datetime import date

from ingest.documents.document import Document
from ingest.documents.tables import DataTable
from ingest.parsing.parsed_page import Knowledge, PageWarning, ParsedPage
from ingest.parsing.role_facts import RoleFacts
from ingest.plurals import list_first_three
from ingest.sources.bls.bureau_tables import LICENCE, LICENCE_URL, PUBLISHER
from ingest.sources.bls.oews.wage_columns import (
    AREA_FIGURES,
    AREA_HOURLY,
    AreaRow,
    check_wage_columns,
    find_area_column,
    index_columns,
    read_release,
)
from ingest.sources.bls.oews.wage_reader import OccupationByState, WageReader

PROGRAM = "Occupational Employment and Wage Statistics"
URL = "https://www.bls.gov/oes/"


def recognizes(document: Document) -> bool:
    return document.table is not None and {"OCC_CODE", "OCC_TITLE"} <= index_columns(document.table).keys()


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    table = document.table or DataTable((), ())
    columns = index_columns(table)
    check_wage_columns(table, columns)
    release = read_release(document.name, table)
    area_column = find_area_column(document.name, table, columns)
    reader = WageReader(table=table, columns=columns)
    national, by_state = reader.rows_by_area(area_column)
    if national:
        roles = _build_national_roles(reader, reader.detailed_rows(national), reader.read_states(by_state))
    else:
        roles = []
        for code, states in reader.read_states(by_state).items():
            roles.append(RoleFacts(title=states.title, soc_code=code, area_pay=tuple(states.entries.values())))
    all_jobs = reader.read_all_jobs(national)
    if not release:
        message = "Neither the name of the file nor its sheet names the year of the figures. Enter the day of capture."
        reader.warnings.append(PageWarning("release-unknown", 1, message))
    reader.report_cut(table)
    month = f"May {release}" if release else ""
    parts_of_title = [PROGRAM, "national" if national else "", "by state" if by_state else "", month]
    return ParsedPage(
        layout="table",
        publisher=PUBLISHER,
        title=", ".join(filter(None, parts_of_title)),
        url=URL,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        figures_of=date(int(release), 5, 1) if release else None,
        roles=tuple(roles),
        warnings=(*document.warnings, *reader.warnings),
        unread=tuple(reader.unread),
        cut_line=reader.cut_line,
        columns={"state": "AREA_TITLE", "fips": "AREA_TITLE", **AREA_FIGURES, **AREA_HOURLY} if by_state else {},
        all_jobs=all_jobs,
        # A table without the nation adds to occupations of the national table.
        joins_occupations=not national,
        release=month,
    )


def _build_national_roles(
    reader: WageReader, rows: list[AreaRow], by_state: dict[str, OccupationByState]
) -> list[RoleFacts]:
    roles = []
    for row in rows:
        states = by_state.pop(row.code, None)
        roles.append(replace(reader.role(row), area_pay=tuple(states.entries.values()) if states else ()))
    if by_state:
        examples = [f"{code} ({states.title})" for code, states in by_state.items()]
        occupations = "one occupation" if len(by_state) == 1 else f"{len(by_state):,} occupations"
        message = (
            f"The rows of {occupations} by state were left out, because the table has no row of the "
            f"nation for them: {list_first_three(examples)}."
        )
        reader.warnings.append(PageWarning("rows-left-out", 1, message))
    return roles


# What is kept of the national tables of earlier years.
_EARLIER = (
    "outlook.job_count",
    *("salary.annual_median", "salary.annual_p10", "salary.annual_p90"),
    *("salary.hourly_median", "salary.hourly_p10", "salary.hourly_p90"),
)


def keep_earlier_year(page: ParsedPage) -> ParsedPage:
    """The number of jobs and the median and outer percentiles of pay of a national table, to add to occupations."""
    roles = []
    for role in page.roles:
        values = {key: value for key, value in role.values.items() if key in _EARLIER}
        evidence = {key: place for key, place in role.evidence.items() if key in _EARLIER}
        roles.append(RoleFacts(title=role.title, soc_code=role.soc_code, values=values, evidence=evidence))
    stem = f"pay_{page.figures_of.year}" if page.figures_of else ""
    return replace(page, roles=tuple(roles), all_jobs=(), compiled_as=stem, joins_occupations=True)
