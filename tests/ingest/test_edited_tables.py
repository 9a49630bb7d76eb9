"""Wage tables as people save them and as earlier releases have them."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents.archives import find_files, read_files
from ingest.documents.document import read_document
from ingest.documents.tables import find_separator
from tests.ingest.wage_tables import SMALL, drop_lines, get_refusal, list_figures, parse_table

# -- tables as people and earlier releases have them ------------------------------------------


def change_columns(content: bytes, change: Callable[[dict[str, str]], dict[str, str]]) -> bytes:
    """The table with each row, as column -> cell, changed."""
    rows = [change(row) for row in csv.DictReader(io.StringIO(content.decode()))]
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


NATION = drop_lines(SMALL, b"1,", b"99,U.S.,1,61")
AREA = ("area", "area_title", "area_type", "naics", "naics_title", "own_code")


def drop_area(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in AREA}


def write_as_in_2018(row: dict[str, str]) -> dict[str, str]:
    return {{"o_group": "OCC_GROUP"}.get(name, name.upper()): cell for name, cell in drop_area(row).items()}


@pytest.mark.parametrize("change", [drop_area, write_as_in_2018])
def test_the_columns_of_earlier_releases_are_read(change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    earlier = parse_table(change_columns(NATION, change), "national_M2018_dl.csv")
    assert [list_figures(role) for role in earlier.roles] == [list_figures(role) for role in parse_table(NATION).roles]
    assert str(earlier.figures_of) == "2018-05-01"


def test_a_table_that_does_not_say_its_area_is_refused() -> None:
    assert "does not say which area it is about" in get_refusal(change_columns(NATION, drop_area), "M2018.csv")
    states = change_columns(NATION, lambda row: {"st": "AL", "state": "Alabama", **drop_area(row)})
    assert "rows of several areas (column STATE)" in get_refusal(states, "national_M2018_dl.csv")


def test_codes_that_a_spreadsheet_turned_into_numbers_are_read() -> None:
    def as_floats(row: dict[str, str]) -> dict[str, str]:
        changes = {"area": "99.0", "area_type": "1.0", "naics": "0.0", "own_code": "1235.0"}
        return {**row, **changes, "occ_code": row["occ_code"].replace("-", "") + ".0"}

    floats = parse_table(change_columns(NATION, as_floats))
    assert [list_figures(role) for role in floats.roles] == [list_figures(role) for role in parse_table(NATION).roles]


def test_rows_about_one_kind_of_owner_are_left_out_by_that_reason() -> None:
    private = change_columns(NATION, lambda row: {**row, "own_code": "5"})
    assert "The table has only rows of one kind of owner (OWN_CODE 5)." in get_refusal(private)
    both = NATION + b"".join(private.splitlines(keepends=True)[1:])
    message = next(warning.message for warning in parse_table(both).warnings if warning.code == "rows-left-out")
    assert message.startswith("6 rows of one kind of owner (OWN_CODE 5) were left out")


NOTES = b'\nNote: * means that the wage is not released.\n"Source: the Bureau, May 2025",,\n'
TITLES = b'Wages of the nation\n"May 2023, all industries",\n\n'


def test_titles_above_and_notes_below_the_figures_are_told_apart_from_them() -> None:
    table = parse_table(TITLES + NATION + NOTES)
    assert [list_figures(role) for role in table.roles] == [list_figures(role) for role in parse_table(NATION).roles]
    assert str(table.figures_of) == "2023-05-01"
    assert [line.text for line in table.unread] == [
        "Note: * means that the wage is not released.",
        "Source: the Bureau, May 2025",
    ]
    assert {warning.code for warning in table.warnings} == {
        warning.code for warning in parse_table(NATION).warnings
    } - {"release-unknown"} | {"note"}
    first = table.roles[0].evidence["salary.annual_average"]
    assert first.line == parse_table(NATION).roles[0].evidence["salary.annual_average"].line + 3


def test_a_column_that_stands_twice_is_refused() -> None:
    twice = SMALL.replace(b"a_median", b"a_mean", 1).replace(b"h_median", b"a_median", 1)
    assert get_refusal(twice).startswith("The table lacks the columns H_MEDIAN.")
    again = change_columns(NATION, lambda row: {**row, "A_MEAN": "1"})
    assert "more than one column A_MEAN" in get_refusal(again)


def test_other_separators_and_old_workbooks_are_refused_by_name() -> None:
    assert "separated by semicolons" in get_refusal(b"OCC_CODE;OCC_TITLE;A_MEAN\n1;2;3\n")
    assert "separated by semicolons" in get_refusal(b"OCC_CODE;OCC_TITLE;A_MEAN\n1;Cooks, private, and others;3\n")
    assert "old Office format (.xls, .doc), or is locked" in get_refusal(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "national.xls"
    )


OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000_000)


def test_an_old_workbook_of_any_size_is_refused_with_what_to_do() -> None:
    assert "choose “Save as” with the type “Excel workbook (.xlsx)”" in get_refusal(OLD_WORKBOOK, "national.xls")


def test_old_workbooks_in_folders_and_archives_are_refused_and_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "national.xls").write_bytes(OLD_WORKBOOK)
    with zipfile.ZipFile(tmp_path / "tables.zip", "w") as archive:
        archive.writestr("STATE.XLS", OLD_WORKBOOK)
    contents = {Path(file.name).name: content for file, content in read_files(list(find_files([tmp_path])))}
    assert sorted(contents) == ["STATE.XLS", "national.xls"]
    for name, content in contents.items():
        assert isinstance(content, bytes)
        assert "Save as" in get_refusal(content, name)


def write_tabs(rows: list[list[str]]) -> bytes:
    """As spreadsheets save a table as text: filled up with tabs, and quotation marks around cells with commas."""
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in filled]
    return "".join("\t".join(row) + "\r\n" for row in quoted).encode()


def test_a_table_that_a_spreadsheet_saved_as_text_is_read_as_the_table() -> None:
    rows = list(csv.reader(io.StringIO(SMALL.decode())))
    for content in (write_tabs(rows), write_tabs([["May 2025 estimates"], [], *rows]), SMALL, b"\xef\xbb\xbf" + SMALL):
        saved = parse_table(content, "national_M2025_dl.txt")
        assert [list_figures(role) for role in saved.roles] == [list_figures(role) for role in parse_table(SMALL).roles]


@pytest.mark.parametrize("name", ["Occupation code", "OCC_CODE", "LineCode", "CIP2020Code", "Code", "Element ID"])
@pytest.mark.parametrize("separator", ["\t", ","])
def test_text_whose_head_names_a_code_is_a_table(name: str, separator: str) -> None:
    text = f"Title,{name},Pay\nCooks,35-2014,5\n".replace(",", separator)
    assert find_separator(text) == separator


@pytest.mark.parametrize(
    "text",
    [
        "She learned to code, then to test, and then to code\nand, as ever, to wait",
        "\tBaker\tCook\nDress code\tcasual\tformal\n",
        "Barcode\tPay\n1\t2\n",
        "Zip code\t12345",
        "",
    ],
)
def test_a_page_is_no_table_because_a_line_names_a_code(text: str) -> None:
    assert find_separator(text) == ""


def test_all_jobs_have_their_code_where_a_spreadsheet_turned_codes_into_numbers() -> None:
    numbers = NATION.replace(b"00-0000", b"0").replace(b"11-1011", b"111011")
    assert numbers != NATION
    assert [(fact.key, fact.value) for fact in parse_table(numbers).all_jobs] == [
        (fact.key, fact.value) for fact in parse_table(NATION).all_jobs
    ]


@pytest.mark.parametrize(
    "content", [bytes(range(128, 256)) * 20, b"\x90\x8f" * 100, b"Caf\xe9,1\n", b"\xf0\x01\x02" * 99]
)
def test_a_file_that_is_named_as_a_workbook_and_is_neither_one_nor_text_is_refused_as_that(content: bytes) -> None:
    assert "neither a workbook nor text" in get_refusal(content, "occupation.xlsx")


def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_row() -> None:
    assert "cannot be read from row 2 on: a quotation mark is not closed" in get_refusal(
        b'OCC_CODE,A_MEAN\n"1,2\n3,4\n'
    )


def test_a_cell_that_is_too_long_is_refused_by_that_reason() -> None:
    content = b"OCC_CODE,A_MEAN\n11-1011,%s\n3,4\n" % (b"x" * 140_000)
    assert "cannot be read from row 2 on: a cell has more than 131,072 characters" in get_refusal(content)


def test_lists_with_semicolons_in_the_cells_of_a_table_are_no_other_separators() -> None:
    content = b'OCC_CODE,OCC_TITLE\n11-1011,"Cooks; Chefs; Bakers"\n11-1021,"Pilots; Mates; Sailors"\n'
    table = read_document("national.csv", content).table
    assert table is not None
    assert table.columns == ("OCC_CODE", "OCC_TITLE")


def test_a_stray_comma_is_refused_with_its_row() -> None:
    shifted = SMALL.replace(b'"236,200"', b"236,200")
    assert get_refusal(shifted).startswith("Row 9 of the table has 25 cells, but its head in row 1 has 24.")
