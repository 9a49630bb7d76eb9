"""The tables of the Bureau: values, their evidence, and the refusal of hostile files."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from careers.models import Role
from comparisons.search.matching import resolve_titles
from ingest.batches import uploads, worker
from ingest.documents.archives import find_files, read_files
from ingest.documents.document import PAGE_LIMIT, TABLE_LIMIT, read_document
from ingest.loading.load import reread_pages
from ingest.models import Batch, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import ParsedPage, RoleFacts
from ingest.parsing.parse_page import parse_page
from tests.ingest.small_pages import load_page, loaded, page, pipe, role, state, stored_page, undo_page

PROJECT = Path(__file__).parents[2]
NATIONAL = PROJECT / "fixtures" / "tables" / "national_M2025_dl.csv"
SMALL = (PROJECT / "tests" / "pages" / "official-table.csv").read_bytes()


def parsed(content: bytes, name: str = "table.csv") -> ParsedPage:
    return parse_page(read_document(name, content))


def refusal(content: bytes, name: str = "table.csv") -> str:
    with pytest.raises(UnreadableError) as refused:
        parsed(content, name)
    return str(refused.value)


@cache
def national() -> dict[str, RoleFacts]:
    return {str(role.soc_code): role for role in parsed(NATIONAL.read_bytes(), NATIONAL.name).roles}


def without(content: bytes, *begun: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if not line.startswith(begun))


def workbook(
    content: bytes,
    sheet: str = "national_M2024_dl",
    number: Callable[[str], Any] = str,
    state: str = "visible",
    others: dict[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """The rows of a .csv as an .xlsx, with a sheet of notes as in the files of the Bureau.

    `others`: name -> state and .csv of further sheets.
    """
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, (visibility, figures) in {sheet: (state, content), **(others or {})}.items():
        document = read_document("table.csv", figures)
        assert document.table is not None
        added = book.create_sheet(name)
        added.sheet_state = visibility
        added.append(list(document.table.columns))
        for _, cells in document.table.rows:
            added.append([number(cell) for cell in cells])
    notes = book.create_sheet("Field Descriptions")
    for line in ("area", "area_title", "* = not available"):
        notes.append([line, "what it means"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_number(cell: str) -> str | float | int:
    """A cell as a spreadsheet stores it when a person types it. Codes with leading zeros stay text."""
    if cell.replace(".", "", 1).isdigit() and not (cell.startswith("0") and len(cell) > 3):
        return float(cell) if "." in cell else int(cell)
    return cell


# -- figures ----------------------------------------------------------------------------------

# Read by eye from the published table.
GOLDEN: dict[str, dict[str, Any]] = {
    "15-1252": {
        "title": "Software Developers",
        "group": "Computer and Mathematical Occupations",
        "jobs": (1687890, Decimal("0.6")),
        "error": Decimal("0.4"),
        "annual": (148100, 82460, 105210, 135980, 171980, 214670),
        "hourly": ("71.20", "39.64", "50.58", "65.38", "82.68", "103.21"),
    },
    "29-1141": {
        "title": "Registered Nurses",
        "group": "Healthcare Practitioners and Technical Occupations",
        "jobs": (3379720, Decimal("0.3")),
        "error": Decimal("0.2"),
        "annual": (101420, 68940, 80330, 97550, 112350, 137470),
        "hourly": ("48.76", "33.14", "38.62", "46.90", "54.02", "66.09"),
    },
    "27-2011": {
        "title": "Actors",
        "group": "Arts, Design, Entertainment, Sports, and Media Occupations",
        "jobs": (55000, Decimal("17.7")),
        "error": Decimal("8.4"),
        "annual": (None,) * 6,
        "hourly": ("58.29", "16.50", "20.34", "29.05", "97.95", "143.68"),
    },
    "25-1021": {
        "title": "Computer Science Teachers, Postsecondary",
        "group": "Educational Instruction and Library Occupations",
        "jobs": (35480, Decimal("0.7")),
        "error": Decimal("0.3"),
        "annual": (104420, 49460, 66600, 96980, 131320, 170200),
        "hourly": (None,) * 6,
    },
}


@pytest.mark.parametrize("code", GOLDEN)
def test_an_occupation_has_the_figures_of_its_row(code: str) -> None:
    facts, golden = national()[code], GOLDEN[code]
    pay = facts.salary
    assert (facts.title, facts.profile.occupation_group) == (golden["title"], golden["group"])
    assert (facts.outlook.job_count, facts.outlook.relative_error_percent) == golden["jobs"]
    assert pay.relative_error_percent == golden["error"]
    parts = ("average", "p10", "p25", "median", "p75", "p90")
    assert tuple(getattr(pay, f"annual_{part}") for part in parts) == golden["annual"]
    hourly = tuple(amount and Decimal(amount) for amount in golden["hourly"])
    assert tuple(getattr(pay, f"hourly_{part}") for part in parts) == hourly


def test_every_detailed_occupation_and_no_group_is_a_role() -> None:
    assert len(national()) == 830
    assert not [code for code in national() if code.endswith("0000")]
    assert all(facts.profile.occupation_group for facts in national().values())


def test_the_national_table_is_consistent_and_names_its_release() -> None:
    table = parsed(NATIONAL.read_bytes(), NATIONAL.name)
    assert table.warnings == ()
    assert table.title == "Occupational Employment and Wage Statistics, national, May 2025"


def test_evidence_names_the_row_and_column_of_a_figure() -> None:
    evidence = national()["15-1252"].salary.evidence["annual_average"]
    assert (evidence.line, evidence.column, evidence.raw, evidence.how) == (108, "A_MEAN", "148100", "cell")
    group = national()["15-1252"].profile.evidence["occupation_group"]
    assert (group.line, group.column) == (92, "OCC_TITLE")


def test_a_mark_is_not_a_figure_and_its_reason_is_kept() -> None:
    actors, surgeons, bakers = parsed(SMALL).roles
    assert actors.outlook.job_count is None
    assert _mark(actors.outlook.evidence["job_count"]) == ("**", "cell", "not-published")
    assert _mark(actors.salary.evidence["annual_average"]) == ("*", "cell", "not-published")
    assert _mark(surgeons.salary.evidence["annual_p90"]) == ("#", "cell", "too-high")
    assert _mark(bakers.salary.evidence["hourly_p90"]) == ("twenty", "unread", None)


def _mark(evidence: Any) -> tuple[str, str, str | None]:
    return evidence.raw, evidence.how, evidence.missing


def test_hourly_pay_must_match_yearly_pay_and_percentiles_must_rise() -> None:
    wrong = SMALL.replace(b"18.50,", b"28.50,").replace(b'"44,360"', b'"24,360"')
    codes = {warning.code for warning in parsed(wrong).warnings}
    assert {"hourly-disagrees-with-annual", "percentiles-out-of-order"} <= codes


# -- which rows -------------------------------------------------------------------------------


def test_rows_of_industries_are_left_out_with_a_warning() -> None:
    message = next(warning.message for warning in parsed(SMALL).warnings if warning.code == "rows-left-out")
    assert message == (
        "1 row of Educational Services was left out: only the 7 rows of the nation and of states are used."
    )


def test_a_table_of_towns_alone_is_refused_with_what_was_expected() -> None:
    towns = without(SMALL, b"99,").replace(b"1,Alabama,2,", b"450,Anniston,4,")
    assert refusal(towns).startswith("The table has rows of Anniston alone. What was expected are rows of the whole")


def test_a_table_of_groups_alone_is_refused() -> None:
    assert "sums alone" in refusal(SMALL.replace(b"detailed", b"minor"))


def test_two_national_rows_of_one_code_are_refused() -> None:
    again = SMALL + SMALL.splitlines()[-1] + b"\n"
    assert refusal(again).startswith("The rows 9 and 10 both give national figures for 51-3011 (Bakers).")


def test_a_table_without_required_columns_is_refused_with_their_names() -> None:
    assert refusal(SMALL.replace(b"a_mean", b"a_mode")).startswith("The table lacks the columns A_MEAN.")


def test_a_row_with_a_cell_too_many_is_refused_with_its_line() -> None:
    assert refusal(b"A,B\n1,2\n1,2,3\n") == (
        "Row 3 of the table has 3 cells, but its head in row 1 has 2. Put cells that hold a comma into quotation "
        "marks, or save the table again as .csv."
    )


def test_another_table_is_of_unknown_kind() -> None:
    assert refusal(b"name,age\nAnn,40\n").startswith("The table is of no known kind")


def test_an_unknown_release_gives_a_warning_and_no_date() -> None:
    table = parsed(SMALL)
    assert table.title == "Occupational Employment and Wage Statistics, national, by state"
    assert "release-unknown" in {warning.code for warning in table.warnings}


@pytest.mark.parametrize("at", range(0, len(SMALL), 7))
def test_a_table_cut_anywhere_gives_no_false_figure(at: int) -> None:
    whole = {role.soc_code: role for role in parsed(SMALL).roles}
    try:
        roles = parsed(SMALL[:at]).roles
    except UnreadableError:
        return
    for facts in roles:
        assert (facts.salary, facts.outlook) == (whole[facts.soc_code].salary, whole[facts.soc_code].outlook)


# -- workbooks --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [str, as_number], ids=["texts", "numbers"])
def test_a_workbook_gives_what_the_same_csv_gives(number: Callable[[str], Any]) -> None:
    some = b"".join(NATIONAL.read_bytes().splitlines(keepends=True)[:120])
    book, table = parsed(workbook(some, number=number), "x.xlsx"), parsed(some)
    assert [_figures(role) for role in book.roles] == [_figures(role) for role in table.roles]
    assert book.title == "Occupational Employment and Wage Statistics, national, May 2024"
    evidence = book.roles[0].salary.evidence["annual_average"]
    assert (evidence.line, evidence.column, evidence.raw) == (5, "A_MEAN", "269630")


def _figures(facts: RoleFacts) -> list[Any]:
    groups = (facts.salary, facts.outlook, facts.profile)
    return [facts.title, facts.soc_code] + [
        getattr(group, name) for group in groups for name in type(group).__slots__ if name != "evidence"
    ]


def test_contents_and_not_names_tell_workbooks_from_archives() -> None:
    assert parsed(workbook(SMALL), "table.zip").roles


# -- workbooks with several sheets of figures -------------------------------------------------

OLDER = SMALL.replace(b"38,480", b"37,000") + SMALL.splitlines()[-1].replace(b"51-3011", b"51-3099") + b"\n"
TWO = {"national_M2023_dl": ("hidden", OLDER)}


def average_of_bakers(table: ParsedPage) -> int | None:
    return next(role.salary.annual_average for role in table.roles if role.soc_code == "51-3011")


def test_the_sheet_that_the_file_is_named_after_is_read_and_the_other_one_is_named() -> None:
    table = parsed(workbook(SMALL, others=TWO), "national_M2024_dl.xlsx")
    assert (average_of_bakers(table), str(table.figures_of)) == (38_480, "2024-05-01")
    message = next(warning.message for warning in table.warnings if warning.code == "sheets-left-out")
    assert message.endswith("“national_M2023_dl” (hidden) was not.")

    table = parsed(workbook(SMALL, others=TWO), "national_M2023_dl.xlsx")
    assert (average_of_bakers(table), str(table.figures_of)) == (37_000, "2023-05-01")
    assert "hidden-sheet" in {warning.code for warning in table.warnings}


@pytest.mark.parametrize("name", ["national.xlsx", "national_M2022_dl.xlsx", "figures 2023 and 2024.xlsx"])
@pytest.mark.parametrize("state", ["hidden", "visible", "veryHidden"])
def test_several_sheets_of_figures_are_refused_where_the_file_name_does_not_tell(name: str, state: str) -> None:
    book = workbook(SMALL, others={"national_M2023_dl": (state, OLDER)})
    reason = refusal(book, name)
    assert reason.startswith("The workbook has 2 sheets of figures: “national_M2024_dl”, “national_M2023_dl”")
    assert "name the file after the sheet" in reason


def test_a_copy_of_a_sheet_of_the_same_year_is_left_out_only_if_the_file_has_the_name_of_the_other() -> None:
    book = workbook(SMALL, others={"national_M2024_dl (2)": ("visible", OLDER)})
    assert average_of_bakers(parsed(book, "national_M2024_dl.xlsx")) == 38_480
    assert "2 sheets of figures" in refusal(book, "M2024.xlsx")


def test_figures_on_a_hidden_sheet_are_read_with_a_warning() -> None:
    assert "hidden-sheet" in {warning.code for warning in parsed(workbook(SMALL, state="hidden"), "x.xlsx").warnings}


def test_a_file_and_its_sheet_that_name_two_years_are_refused() -> None:
    reason = refusal(workbook(SMALL), "national_M2023_dl.xlsx")
    assert "the file says May 2023, the sheet says May 2024" in reason


# -- tables as people and earlier releases have them ------------------------------------------


def with_columns(content: bytes, change: Callable[[dict[str, str]], dict[str, str]]) -> bytes:
    """The table with each row, as column -> cell, changed."""
    rows = [change(row) for row in csv.DictReader(io.StringIO(content.decode()))]
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


NATION = without(SMALL, b"1,", b"99,U.S.,1,61")
AREA = ("area", "area_title", "area_type", "naics", "naics_title", "own_code")


def without_area(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in AREA}


def as_in_2018(row: dict[str, str]) -> dict[str, str]:
    return {{"o_group": "OCC_GROUP"}.get(name, name.upper()): cell for name, cell in without_area(row).items()}


@pytest.mark.parametrize("change", [without_area, as_in_2018])
def test_the_columns_of_earlier_releases_are_read(change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    earlier = parsed(with_columns(NATION, change), "national_M2018_dl.csv")
    assert [_figures(role) for role in earlier.roles] == [_figures(role) for role in parsed(NATION).roles]
    assert str(earlier.figures_of) == "2018-05-01"


def test_a_table_that_does_not_say_its_area_is_refused() -> None:
    assert "does not say which area it is about" in refusal(with_columns(NATION, without_area), "M2018.csv")
    states = with_columns(NATION, lambda row: {"st": "AL", "state": "Alabama", **without_area(row)})
    assert "rows of several areas (column STATE)" in refusal(states, "national_M2018_dl.csv")


def test_codes_that_a_spreadsheet_turned_into_numbers_are_read() -> None:
    def as_floats(row: dict[str, str]) -> dict[str, str]:
        changes = {"area": "99.0", "area_type": "1.0", "naics": "0.0", "own_code": "1235.0"}
        return {**row, **changes, "occ_code": row["occ_code"].replace("-", "") + ".0"}

    floats = parsed(with_columns(NATION, as_floats))
    assert [_figures(role) for role in floats.roles] == [_figures(role) for role in parsed(NATION).roles]


def test_rows_about_one_kind_of_owner_are_left_out_by_that_reason() -> None:
    private = with_columns(NATION, lambda row: {**row, "own_code": "5"})
    assert "The table has rows of one kind of owner (OWN_CODE 5) alone." in refusal(private)
    both = NATION + b"".join(private.splitlines(keepends=True)[1:])
    message = next(warning.message for warning in parsed(both).warnings if warning.code == "rows-left-out")
    assert message.startswith("6 rows of one kind of owner (OWN_CODE 5) were left out")


NOTES = b'\nNote: * means that the wage is not released.\n"Source: the Bureau, May 2025",,\n'
TITLES = b'Wages of the nation\n"May 2023, all industries",\n\n'


def test_titles_above_and_notes_below_the_figures_are_told_apart_from_them() -> None:
    table = parsed(TITLES + NATION + NOTES)
    assert [_figures(role) for role in table.roles] == [_figures(role) for role in parsed(NATION).roles]
    assert str(table.figures_of) == "2023-05-01"
    assert [line.text for line in table.unread] == [
        "Note: * means that the wage is not released.",
        "Source: the Bureau, May 2025",
    ]
    assert {warning.code for warning in table.warnings} == {warning.code for warning in parsed(NATION).warnings} - {
        "release-unknown"
    } | {"note"}
    first = table.roles[0].salary.evidence["annual_average"]
    assert first.line == parsed(NATION).roles[0].salary.evidence["annual_average"].line + 3


def test_a_column_that_stands_twice_is_refused() -> None:
    twice = SMALL.replace(b"a_median", b"a_mean", 1).replace(b"h_median", b"a_median", 1)
    assert refusal(twice).startswith("The table lacks the columns H_MEDIAN.")
    again = with_columns(NATION, lambda row: {**row, "A_MEAN": "1"})
    assert "more than one column A_MEAN" in refusal(again)


def test_other_separators_and_old_workbooks_are_refused_by_name() -> None:
    assert "separated by semicolons" in refusal(b"OCC_CODE;OCC_TITLE;A_MEAN\n1;2;3\n")
    assert "old Office format (.xls, .doc), or is locked" in refusal(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "national.xls"
    )


OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000_000)


def test_an_old_workbook_of_any_size_is_refused_with_what_to_do() -> None:
    assert "choose “Save as” with the type “Excel workbook (.xlsx)”" in refusal(OLD_WORKBOOK, "national.xls")


def test_old_workbooks_in_folders_and_archives_are_refused_and_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "national.xls").write_bytes(OLD_WORKBOOK)
    with zipfile.ZipFile(tmp_path / "tables.zip", "w") as archive:
        archive.writestr("STATE.XLS", OLD_WORKBOOK)
    contents = {Path(file.name).name: content for file, content in read_files(list(find_files([tmp_path])))}
    assert sorted(contents) == ["STATE.XLS", "national.xls"]
    for name, content in contents.items():
        assert isinstance(content, bytes)
        assert "Save as" in refusal(content, name)


def test_a_stray_comma_is_refused_with_its_row() -> None:
    shifted = SMALL.replace(b'"236,200"', b"236,200")
    assert refusal(shifted).startswith("Row 9 of the table has 25 cells, but its head in row 1 has 24.")


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with one part changed by hand."""
    with zipfile.ZipFile(io.BytesIO(workbook(SMALL))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, part: change(parts[part])})


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 9) for n in range(1, 9))
    + b"]>"
)


def with_entities(xml: bytes) -> bytes:
    start = xml.index(b"<worksheet")
    return xml[:start] + LAUGHS + xml[start:].replace(b"<sheetData>", b"<sheetData><!-- &i; -->", 1)


def far_away(place: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"<sheetData>", b'<sheetData><row r="1"><c r="%s"><v>1</v></c></row>' % place, 1)


def first_sheet(xml: bytes) -> bytes:
    sheet = re.search(rb"<sheet [^>]*/>", xml)
    assert sheet
    return sheet[0]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "entities": (changed(with_entities), "names entities"),
    "entities in the list of sheets": (
        changed(lambda xml: LAUGHS + xml[xml.index(b"<workbook") :], "xl/workbook.xml"),
        "names entities",
    ),
    "a cell far to the right": (changed(far_away(b"XFD1")), "at most 100 are read"),
    "a cell beyond all columns": (changed(far_away(b"ZZZZZZ1")), "at most 100 are read"),
    "a row far below": (
        changed(lambda xml: xml.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')),
        "at most 150,000 are read",
    ),
    "too many cells": (
        changed(
            lambda xml: xml.replace(b"</sheetData>", b'<row r="140000"><c r="CA140000"/></row></sheetData>'),
        ),
        "at most 2,000,000 are read",
    ),
    "one sheet many times over": (
        changed(
            lambda xml: xml.replace(b"</sheets>", b'<sheet name="x" sheetId="9"/>' * 30 + b"</sheets>"),
            "xl/workbook.xml",
        ),
        "more than 20 sheets",
    ),
    "one sheet under two names": (
        changed(
            lambda xml: xml.replace(
                b"</sheets>", re.sub(rb'name="[^"]*"', b'name="x"', first_sheet(xml)) + b"</sheets>"
            ),
            "xl/workbook.xml",
        ),
        "names a part twice",
    ),
    "formulas": (
        changed(lambda xml: xml.replace(b"<sheetData>", b'<sheetData><row r="1"><c r="A1"><f>1+1</f></c></row>', 1)),
        "holds formulas",
    ),
    "a bomb": (changed(lambda xml: xml + b" " * 16_000_000), "unpacks to"),
    "a small bomb": (changed(lambda xml: xml + b" " * 3_000_000), "packed at most 50 to 1"),
    "torn": (workbook(SMALL)[:-400], "a zip archive or an office document"),
    "no table": (packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "cannot be read"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_refused_with_a_reason(what: str) -> None:
    content, words = HOSTILE[what]
    assert words in refusal(content, "table.xlsx")


def test_a_table_may_be_longer_than_a_page_up_to_its_own_limit() -> None:
    long = SMALL + b"x" * PAGE_LIMIT
    assert parsed(long).roles
    assert f"a table may have {TABLE_LIMIT:,}" in refusal(SMALL + b"x" * TABLE_LIMIT)
    assert f"a page may have {PAGE_LIMIT:,}" in refusal(long, "table.txt")


# -- stored -----------------------------------------------------------------------------------

stored_here = pytest.mark.django_db
PAIR = pipe("Actors", "Bakers")


def loaded_table(content: bytes = SMALL, name: str = "table.csv") -> Page:
    return stored_page(load_page(page(content, name), commit=True))


@stored_here
def test_loading_a_table_twice_changes_nothing() -> None:
    first = load_page(page(SMALL, "table.csv"), commit=True)
    before = state()
    second = load_page(page(SMALL, "again.csv"), commit=True)

    assert (first.status, second.status) == ("loaded", "unchanged")
    assert state() == before
    actors = Role.objects.get(soc_code="27-2011")
    assert actors.salary is not None
    assert actors.salary.hourly_average == Decimal("58.29")
    assert actors.salary.evidence["annual_average"] == {
        "line": 4,
        "raw": "*",
        "how": "cell",
        "column": "A_MEAN",
        "missing": "not-published",
    }
    assert actors.salary.citation.publisher.name == "U.S. Bureau of Labor Statistics"


@stored_here
def test_a_preview_of_a_table_leaves_nothing() -> None:
    rehearsed = load_page(page(SMALL, "table.csv"), commit=False)

    assert rehearsed.status == "loaded"
    assert not Role.objects.exists()


@stored_here
def test_pages_and_tables_give_the_same_state_in_any_order_and_are_never_joined() -> None:
    loaded_table()
    loaded(PAIR)
    one = state()
    for saved in Page.objects.all():
        undo_page(saved)
    assert not Role.objects.exists()
    Page.objects.all().delete()
    loaded(PAIR)
    loaded_table()

    assert state() == one
    assert Role.objects.count() == 5
    assert role("Bakers").salary.annual_average == 41_600
    assert role("Bakers").soc_code is None


@stored_here
def test_undoing_a_table_makes_an_earlier_release_current_again() -> None:
    loaded_table()
    before = state()
    newer = loaded_table(SMALL.replace(b"38,480", b"38,500"))

    undo_page(newer)

    assert state() == before


@stored_here
@pytest.mark.parametrize("names", [("M2024", "M2025"), ("M2025", "M2024")])
def test_the_later_release_is_current_whichever_was_loaded_first(names: tuple[str, str]) -> None:
    jobs = {"M2024": b"236,200", "M2025": b"236,300"}
    for name in names:
        loaded_table(SMALL.replace(jobs["M2024"], jobs[name]), f"national_{name}_dl.csv")

    bakers = Role.objects.get(soc_code="51-3011")
    assert bakers.outlook is not None
    assert (bakers.outlook.job_count, str(bakers.outlook.citation.figures_of)) == (236_300, "2025-05-01")


@stored_here
@pytest.mark.parametrize("names", [("M2024", "M2025"), ("M2025", "M2024")])
def test_a_withheld_figure_is_not_shown_from_an_earlier_release(names: tuple[str, str]) -> None:
    bakers = next(line for line in SMALL.splitlines() if b"51-3011" in line)
    assert b"38,480" in bakers
    held_back = SMALL.replace(bakers, bakers.replace(b'"38,480"', b"*"))
    for name in names:
        loaded_table({"M2024": SMALL, "M2025": held_back}[name], f"national_{name}_dl.csv")

    salary = Role.objects.get(soc_code="51-3011").salary
    assert salary is not None
    assert str(salary.citation.figures_of) == "2025-05-01"


@stored_here
@pytest.mark.parametrize("names", [("M2019", "M2025"), ("M2025", "M2019")])
def test_an_occupation_has_the_title_of_its_newest_release_whichever_was_loaded_first(names: tuple[str, str]) -> None:
    titles = {"M2019": b"Bakers and Confectioners", "M2025": b"Dough Workers"}
    for name in names:
        loaded_table(SMALL.replace(b",Bakers,", b",%s," % titles[name]), f"national_{name}_dl.csv")
    bakers = Role.objects.get(soc_code="51-3011")
    assert bakers.title == "Dough Workers"
    assert bakers.listings.get().title == "Dough Workers"
    assert resolve_titles("dough workers")[0].role is not None
    address = bakers.slug

    undo_page(Page.objects.get(name="national_M2025_dl.csv"))

    bakers.refresh_from_db()
    assert (bakers.title, bakers.slug) == ("Bakers and Confectioners", address)


@stored_here
def test_a_release_that_gets_another_date_renames_its_occupations() -> None:
    older = loaded_table(SMALL.replace(b",Bakers,", b",Bread Makers,"), "first.csv")
    older.captured_on = date(2020, 5, 1)
    older.save()
    reread_pages([older])
    newer = load_page(page(SMALL, "second.csv", captured_on=date(2022, 5, 1)), commit=True)
    assert newer.status == "loaded"
    assert Role.objects.get(soc_code="51-3011").title == "Bakers"

    older.refresh_from_db()
    older.captured_on = date(2024, 5, 1)
    older.save()
    reread_pages([older])

    assert Role.objects.get(soc_code="51-3011").title == "Bread Makers"


@stored_here
def test_an_occupation_with_a_very_long_title_is_stored() -> None:
    title = "Bakers, Confectioners, and All Other Workers in the Making of Bread, Cakes, Biscuits, and Similar Goods"
    title += ", Except Those Who Sell Them, All Other"
    assert len(title) > 136
    loaded_table(SMALL.replace(b",Bakers,", f',"{title}",'.encode()))
    assert Role.objects.get(soc_code="51-3011").title == title


@stored_here
def test_a_workbook_can_be_uploaded_alone_or_in_an_archive() -> None:
    book = workbook(SMALL)
    batch = uploads.open_batch(None, {})
    uploads.add_file(batch, "national.xlsx", io.BytesIO(book))
    uploads.add_file(batch, "pages.zip", io.BytesIO(packed({"a/pair.txt": PAIR, "a/table.csv": SMALL})))
    assert any(not worker.continue_batch(batch, 0.5).working for _ in range(100))

    drafts = {draft.name: draft for draft in batch.drafts.all()}
    assert {name: draft.status for name, draft in drafts.items()} == {
        "national.xlsx": "new",
        "pages.zip/a/pair.txt": "new",
        "pages.zip/a/table.csv": "new",
    }
    assert [role["key"] for role in drafts["national.xlsx"].roles] == ["SOC 27-2011", "SOC 29-1249", "SOC 51-3011"]
    assert not any(role["near"] for role in drafts["national.xlsx"].roles)


# -- in the admin -----------------------------------------------------------------------------


@stored_here
@pytest.mark.usefixtures("without_coverage")
def test_an_admin_pages_through_the_preview_loads_the_table_and_undoes_it(admin_client: Client) -> None:
    upload = SimpleUploadedFile("national_M2025_dl.csv", NATIONAL.read_bytes())
    admin_client.post("/admin/ingest/page/upload/", {"files": [upload]})
    batch = Batch.objects.get()
    finish(admin_client, batch)

    screen = content(admin_client, reverse("admin:ingest_batch_change", args=[batch.pk]))
    assert "and 825 more" in screen
    assert "<b>1</b> page</a>" in screen
    address = reverse("admin:ingest_draft_change", args=[batch.drafts.get().pk])
    first, last = content(admin_client, address), content(admin_client, f"{address}?p=34")
    assert "Roles 1 to 25 of 830" in first
    assert "row 5, column A_MEAN" in first
    assert "Roles 826 to 830 of 830" in last
    assert len(first) < 1_000_000

    admin_client.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    finish(admin_client, batch)
    assert Role.objects.occupations().count() == 830
    assert "Roles 1 to 25 of 830" in content(
        admin_client, reverse("admin:ingest_page_change", args=[Page.objects.get().pk])
    )

    admin_client.post(reverse("admin:ingest_batch_undo", args=[batch.pk]))
    finish(admin_client, batch)
    assert not Role.objects.exists()


def content(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def finish(client: Client, batch: Batch) -> None:
    for _ in range(100):
        batch.refresh_from_db()
        if batch.stage not in (Batch.Stage.READING, Batch.Stage.LOADING, Batch.Stage.UNDOING):
            return
        client.post(reverse("admin:ingest_batch_work", args=[batch.pk]))
    raise AssertionError(batch.stage)
