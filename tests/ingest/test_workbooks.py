"""Wage tables as workbooks: values, several sheets, and the refusal of hostile files."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import IO, Any, cast
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.wage_tables import NATIONAL, SMALL, get_refusal, list_figures, make_workbook, pack, parse_table


def read_as_number(cell: str) -> str | float | int:
    """A cell as a spreadsheet stores it when a person types it. Codes with leading zeros stay text."""
    if cell.replace(".", "", 1).isdigit() and not (cell.startswith("0") and len(cell) > 3):
        return float(cell) if "." in cell else int(cell)
    return cell


# -- workbooks --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [str, read_as_number], ids=["texts", "numbers"])
def test_a_workbook_gives_what_the_same_csv_gives(number: Callable[[str], Any]) -> None:
    some = b"".join(NATIONAL.read_bytes().splitlines(keepends=True)[:120])
    book, table = parse_table(make_workbook(some, number=number), "x.xlsx"), parse_table(some)
    assert [list_figures(role) for role in book.roles] == [list_figures(role) for role in table.roles]
    assert book.title == "Occupational Employment and Wage Statistics, national, May 2024"
    evidence = book.roles[0].evidence["salary.annual_average"]
    assert (evidence.line, evidence.column, evidence.raw) == (5, "A_MEAN", "269630")


def test_contents_and_not_names_tell_workbooks_from_archives() -> None:
    assert parse_table(make_workbook(SMALL), "table.zip").roles


@pytest.mark.parametrize("shown", ["0%", "0.0%", "[Red]0.00%"])
def test_a_cell_shown_as_a_percentage_is_reported_and_not_read_as_its_hundredth(shown: str) -> None:
    table = parse_first_error(0.035, shown)
    assert table.roles[0].value("outlook.relative_error_percent") is None
    assert any("3.5%" in warning.message for warning in table.warnings)


def test_a_percent_sign_that_a_format_only_adds_changes_no_figure() -> None:
    assert parse_first_error(3.5, '0.0"%"').roles[0].value("outlook.relative_error_percent") == Decimal("3.5")


def parse_first_error(value: float, shown: str) -> ParsedPage:
    """A workbook whose first occupation has this relative error, in a cell of this format."""
    book = load_workbook(io.BytesIO(make_workbook(SMALL, number=read_as_number)))
    sheet = book["national_M2024_dl"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows() if row[heads.index("o_group")].value == "detailed")
    cell = row[heads.index("emp_prse")]
    cell.value, cell.number_format = value, shown
    saved = io.BytesIO()
    book.save(saved)
    return parse_table(saved.getvalue(), "national_M2024_dl.xlsx")


# -- workbooks with several sheets of figures -------------------------------------------------


OLDER = SMALL.replace(b"38,480", b"37,000") + SMALL.splitlines()[-1].replace(b"51-3011", b"51-3099") + b"\n"
TWO = {"national_M2023_dl": ("hidden", OLDER)}


def read_average_of_bakers(table: ParsedPage) -> int | None:
    amounts = [role.value("salary.annual_average") for role in table.roles if role.soc_code == "51-3011"]
    return cast(int | None, amounts[0])


def test_the_sheet_that_the_file_is_named_after_is_read_and_the_other_one_is_named() -> None:
    table = parse_table(make_workbook(SMALL, others=TWO), "national_M2024_dl.xlsx")
    assert (read_average_of_bakers(table), str(table.figures_of)) == (38_480, "2024-05-01")
    message = next(warning.message for warning in table.warnings if warning.code == "sheets-left-out")
    assert message.endswith("“national_M2023_dl” (hidden) was not.")

    table = parse_table(make_workbook(SMALL, others=TWO), "national_M2023_dl.xlsx")
    assert (read_average_of_bakers(table), str(table.figures_of)) == (37_000, "2023-05-01")
    assert "hidden-sheet" in {warning.code for warning in table.warnings}


@pytest.mark.parametrize("name", ["national.xlsx", "national_M2022_dl.xlsx", "figures 2023 and 2024.xlsx"])
@pytest.mark.parametrize("state", ["hidden", "visible", "veryHidden"])
def test_several_sheets_of_figures_are_refused_where_the_file_name_does_not_tell(name: str, state: str) -> None:
    book = make_workbook(SMALL, others={"national_M2023_dl": (state, OLDER)})
    reason = get_refusal(book, name)
    assert reason.startswith("The workbook has 2 sheets of figures: “national_M2024_dl”, “national_M2023_dl”")
    assert "name the file after the sheet" in reason


def test_a_copy_of_a_sheet_of_the_same_year_is_left_out_only_if_the_file_has_the_name_of_the_other() -> None:
    book = make_workbook(SMALL, others={"national_M2024_dl (2)": ("visible", OLDER)})
    assert read_average_of_bakers(parse_table(book, "national_M2024_dl.xlsx")) == 38_480
    assert "2 sheets of figures" in get_refusal(book, "M2024.xlsx")


def test_figures_on_a_hidden_sheet_are_read_with_a_warning() -> None:
    assert "hidden-sheet" in {
        warning.code for warning in parse_table(make_workbook(SMALL, state="hidden"), "x.xlsx").warnings
    }


def test_a_file_and_its_sheet_that_name_two_years_are_refused() -> None:
    reason = get_refusal(make_workbook(SMALL), "national_M2023_dl.xlsx")
    assert "the file says May 2023, the sheet says May 2024" in reason


def change_part(change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with one part changed by hand."""
    with zipfile.ZipFile(io.BytesIO(make_workbook(SMALL))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return pack({**parts, part: change(parts[part])})


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 9) for n in range(1, 9))
    + b"]>"
)


def add_entities(xml: bytes) -> bytes:
    start = xml.index(b"<worksheet")
    return xml[:start] + LAUGHS + xml[start:].replace(b"<sheetData>", b"<sheetData><!-- &i; -->", 1)


def put_far_away(place: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"<sheetData>", b'<sheetData><row r="1"><c r="%s"><v>1</v></c></row>' % place, 1)


def find_first_sheet(xml: bytes) -> bytes:
    sheet = re.search(rb"<sheet [^>]*/>", xml)
    assert sheet
    return sheet[0]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "entities": (change_part(add_entities), "names entities"),
    "entities in the list of sheets": (
        change_part(lambda xml: LAUGHS + xml[xml.index(b"<workbook") :], "xl/workbook.xml"),
        "names entities",
    ),
    "a cell far to the right": (change_part(put_far_away(b"CZZ1")), "at most 100 are read"),
    "a cell beyond all columns": (change_part(put_far_away(b"ZZZZZZ1")), "at most 100 are read"),
    "a row far below": (
        change_part(lambda xml: xml.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')),
        "at most 150,000 are read",
    ),
    "too many cells": (
        change_part(
            lambda xml: xml.replace(b"</sheetData>", b'<row r="140000"><c r="CA140000"/></row></sheetData>'),
        ),
        "at most 2,000,000 are read",
    ),
    "one sheet many times over": (
        change_part(
            lambda xml: xml.replace(b"</sheets>", b'<sheet name="x" sheetId="9"/>' * 30 + b"</sheets>"),
            "xl/workbook.xml",
        ),
        "more than 20 sheets",
    ),
    "one sheet under two names": (
        change_part(
            lambda xml: xml.replace(
                b"</sheets>", re.sub(rb'name="[^"]*"', b'name="x"', find_first_sheet(xml)) + b"</sheets>"
            ),
            "xl/workbook.xml",
        ),
        "names a part twice",
    ),
    "formulas": (
        change_part(
            lambda xml: xml.replace(b"<sheetData>", b'<sheetData><row r="1"><c r="A1"><f>1+1</f></c></row>', 1)
        ),
        "holds formulas",
    ),
    "a bomb": (change_part(lambda xml: xml + b" " * 16_000_000), "unpacks to"),
    "a small bomb": (change_part(lambda xml: xml + b" " * 3_000_000), "packed at most 50 to 1"),
    "torn": (make_workbook(SMALL)[:-400], "The workbook is damaged or incomplete"),
    "no table": (pack({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "cannot be read"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_refused_with_a_reason(what: str) -> None:
    content, words = HOSTILE[what]
    assert words in get_refusal(content, "table.xlsx")


def parse_with_entities(part: IO[bytes], events: tuple[str, ...], forbid_dtd: bool) -> Any:
    """What reads XML without minding hostile files."""
    return ElementTree.iterparse(part, ("start", "end"))  # noqa: S314


@pytest.mark.parametrize(
    ("what", "limit", "fault"),
    [
        ("a cell far to the right", "ingest.documents.workbooks.MOST_COLUMNS", 10**9),
        ("a row far below", "ingest.documents.workbooks.MOST_ROWS", 10**9),
        ("one sheet many times over", "ingest.documents.workbooks.MOST_SHEETS", 10**9),
        ("a small bomb", "ingest.documents.workbooks.MOST_RATIO", 10**9),
        ("entities", "defusedxml.ElementTree.iterparse", parse_with_entities),
    ],
)
def test_without_the_limit_the_check_of_workbooks_fails(
    what: str, limit: str, fault: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit, fault)
    with pytest.raises((AssertionError, pytest.fail.Exception)):  # refused for another reason, or not at all
        test_a_hostile_workbook_is_refused_with_a_reason(what)
