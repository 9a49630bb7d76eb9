"""Errors that a spreadsheet shows instead of a value: all readers report them with row and column and store none."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

import pytest

from ingest.parsing.cells import UnreadableError, read_name
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.projection_tables import (
    Cell,
    make_attainment_rows,
    make_csv,
    make_projection_rows,
    make_rank_rows,
    make_workbook,
)
from tests.ingest.read_files import find_occupation, parse_file
from tests.ingest.state_tables import CALIFORNIA, COOKS, HEADS, NATION, make_state_row
from tests.ingest.survey_tables import make_ages_rows, make_shares_rows

Table = Sequence[Sequence[Cell]]

CODE = "O*NET-SOC Code"
NURSES, COOKS_OF_ONET = "29-1141.00", "35-2014.00"
RATINGS = [
    (CODE, "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant"),
    (NURSES, "2.A.1.a", "Reading", "IM", "4.12", "N", "n/a"),
    (NURSES, "2.B.1.a", "Speaking", "IM", "4.62", "N", "n/a"),
]
TECHNOLOGY = [
    (CODE, "Example", "Hot Technology", "In Demand"),
    (NURSES, "SQL", "Y", "N"),
    (COOKS_OF_ONET, "Excel", "Y", "N"),
]
PRICES = [
    ("GeoFIPS", "GeoName", "TableName", "LineCode", "Description", "2024"),
    ("00000", "United States", "SARPP", "1", "RPPs: All items", "100.000"),
    ("06000", "California", "SARPP", "1", "RPPs: All items", "111.25"),
    ("02000", "Alaska", "SARPP", "1", "RPPs: All items", "102.5"),
]
TITLES = [(CODE, "Alternate Title", "Short Title"), (NURSES, "Ward Sister", "WS"), (NURSES, "Carer", "n/a")]
RELATED = [
    (CODE, "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
    (NURSES, COOKS_OF_ONET, "Primary-Short", "1"),
    (COOKS_OF_ONET, NURSES, "Primary-Short", "1"),
]
TASKS = [
    (CODE, "Task ID", "Task", "Task Type"),
    (NURSES, "1", "Take the pulse.", "Core"),
    (COOKS_OF_ONET, "2", "Cook the soup.", "Core"),
]
MAJORS = [("CIP2020Code", "CIP2020Title", "SOC2018Code"), ("51.3801", "Nursing", "29-1141"), ("12.05", "A", "35-2014")]
DIRECT_MATCH = [
    ("2018 SOC Code", "2018 SOC Direct Match Title"),
    ("29-1141", "Carer"),
    ("35-2014", "Cook"),
]
ZONES = [(CODE, "Job Zone"), (NURSES, "4"), (COOKS_OF_ONET, "2")]
NATIONAL = [HEADS, make_state_row(NATION), make_state_row(NATION, COOKS)]
STATES = [HEADS, make_state_row(CALIFORNIA), make_state_row(CALIFORNIA, COOKS)]
PROJECTIONS = make_projection_rows()

# File name -> its table, the row of the error, and the columns in which it stands.
TABLES: dict[str, tuple[Table, int, str]] = {
    "national_M2025_dl.csv": (NATIONAL, 2, "TOT_EMP|A_MEDIAN|H_PCT10|AREA_TYPE|OWN_CODE|O_GROUP|OCC_TITLE"),
    "oews_state_2025.csv": (STATES, 2, "TOT_EMP|A_MEDIAN|AREA_TITLE|AREA_TYPE|O_GROUP|OCC_TITLE|PRIM_STATE"),
    "occupation.csv": (
        PROJECTIONS,
        4,
        "Employment, 2024|Percent self employed, 2024|Occupation type|Typical education needed for entry",
    ),
    "education.csv": (make_attainment_rows(), 4, "Bachelor's degree"),
    "skills.csv": (make_rank_rows(), 3, "Fine motor"),
    "cpsaat11.csv": (make_shares_rows(), 9, "Women"),
    "cpsaat11b.csv": (make_ages_rows(None, ""), 7, "Median age"),
    "Skills (O*NET 30.1).txt": (RATINGS, 2, "Element Name|Scale ID|Data Value|Recommend Suppress|Not Relevant"),
    "Technology Skills (O*NET 30.1).txt": (TECHNOLOGY, 2, "Example|Hot Technology|In Demand"),
    "Job Zones (O*NET 30.1).txt": (ZONES, 2, "Job Zone"),
    "Alternate Titles (O*NET 30.1).txt": (TITLES, 2, "Alternate Title|Short Title"),
    "Related Occupations (O*NET 30.1).txt": (RELATED, 2, "Relatedness Tier|Index"),
    "Task Statements (O*NET 30.1).txt": (TASKS, 2, "Task|Task Type"),
    "SARPP_STATE_2008_2024.csv": (PRICES, 4, "GeoName|Description|2024"),
    "CIP2020_SOC2018_Crosswalk.csv": (MAJORS, 2, "CIP2020Code|CIP2020Title|SOC2018Code"),
    "soc_2018_direct_match_title_file.csv": (DIRECT_MATCH, 2, "2018 SOC Code|2018 SOC Direct Match Title"),
}


def list_cases() -> list[tuple[str, str]]:
    """File name and column of each error."""
    return [(name, column) for name, (_, _, columns) in TABLES.items() for column in columns.split("|")]


def write_text(name: str, table: Table) -> tuple[str, bytes]:
    if name.endswith(".txt"):
        return name, "".join("\t".join(map(str, row)) + "\r\n" for row in table).encode()
    return name, make_csv(table)


def write_workbook(name: str, table: Table) -> tuple[str, bytes]:
    """In a workbook an error is a cell of its own kind."""
    stem = PurePath(name).stem
    return f"{stem}.xlsx", make_workbook({"Figures": [list(row) for row in table]})


def put_error(table: Table, row: int, column: str, error: str) -> Table:
    head = next(cells for cells in table if column in cells)
    changed = [list(cells) for cells in table]
    changed[row - 1][list(head).index(column)] = error
    return changed


def list_stored_values(page: ParsedPage) -> str:
    stored = [asdict(role) for role in page.roles] + [asdict(price) for price in page.area_prices]
    return str(drop_evidence(stored))


def drop_evidence(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: drop_evidence(value) for key, value in data.items() if key != "evidence"}
    return [drop_evidence(value) for value in data] if isinstance(data, list | tuple) else data


@pytest.mark.parametrize("write", [write_text, write_workbook])
@pytest.mark.parametrize(("name", "column"), list_cases())
def test_an_error_is_reported_with_its_text_row_and_column_and_is_no_value(
    name: str, column: str, write: Callable[[str, Table], tuple[str, bytes]]
) -> None:
    table, row, _ = TABLES[name]
    written_name, content = write(name, put_error(table, row, column, "#DIV/0!"))
    page = parse_file(content, written_name)
    reports = [warning.message for warning in page.warnings if warning.line == row]
    assert any("“#DIV/0!”" in report and column.casefold() in report.casefold() for report in reports)
    assert "#DIV/0!" not in list_stored_values(page)
    untouched_name, untouched_content = write(name, table)
    untouched = parse_file(untouched_content, untouched_name)
    assert not [warning for warning in untouched.warnings if "#DIV/0!" in warning.message]


def test_a_cell_that_says_not_available_is_not_called_empty() -> None:
    content = write_text("Skills.txt", put_error(RATINGS, 2, "Element Name", "n/a"))[1]
    [report] = [warning.message for warning in parse_file(content, "Skills.txt").warnings if warning.line == 2]
    assert report == "“n/a” in the column “Element Name” is not a skill; it was not read."


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_every_kind_of_error_in_a_workbook_is_reported_as_what_it_is(error: str) -> None:
    name, content = write_workbook("national_M2025_dl.csv", put_error(NATIONAL, 3, "A_MEDIAN", error))
    messages = [warning.message for warning in parse_file(content, name).warnings if warning.line == 3]
    assert messages == [f"“{error}” in the column A_MEDIAN is not a figure."]


@pytest.mark.parametrize(
    ("name", "column", "key"),
    [
        ("Job Zones (O*NET 30.1).txt", "Job Zone", "entry.job_zone"),
        ("occupation.csv", "Employment, 2024", "projection.jobs_base"),
    ],
)
def test_a_figure_that_is_an_error_is_unclear_and_not_called_unpublished(name: str, column: str, key: str) -> None:
    table, row, _ = TABLES[name]
    written_name, content = write_text(name, put_error(table, row, column, "#DIV/0!"))
    place = find_occupation(parse_file(content, written_name), "29-1141").evidence[key]
    assert (place.how, place.missing, place.raw) == ("unread", None, "#DIV/0!")


def test_a_rating_that_is_an_error_is_unclear_and_not_called_unpublished() -> None:
    content = write_text("Skills.txt", put_error(RATINGS, 2, "Data Value", "#DIV/0!"))[1]
    rating = find_occupation(parse_file(content, "Skills.txt"), "29-1141").rated_skills[0]
    assert (rating.importance, rating.evidence["importance"].how, rating.evidence["importance"].missing) == (
        None,
        "unread",
        None,
    )


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?"])
def test_an_error_on_a_page_is_no_name(error: str) -> None:
    with pytest.raises(UnreadableError, match="is not a name"):
        read_name(error)
    assert read_name("#1 Diner") == "#1 Diner"
