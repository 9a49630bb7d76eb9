"""Wage tables by state: which rows are read, which state they are of, and how they join the occupations."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from careers.models import AreaPay, Role
from ingest.documents.document import read_document
from ingest.loading.load import load_pages
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import AreaPayFact
from tests.ingest.read_files import explain_refusal
from tests.ingest.small_pages import LoadedPage, enter_page, load_page, read_stored_page, undo_page
from tests.ingest.state_tables import (
    ALABAMA,
    CALIFORNIA,
    COOKS,
    DRIVERS,
    GUAM,
    HEADS,
    IN_DOWNLOAD,
    NATION,
    NURSES,
    Row,
    make_national_table,
    make_state_row,
    make_table,
)


def parse_table(content: bytes, name: str = "state_M2025_dl.csv") -> ParsedPage:
    return parse_page(read_document(name, content))


def get_refusal(content: bytes, name: str = "state_M2025_dl.csv") -> str:
    return explain_refusal(content, name)


def read_entries(content: bytes) -> dict[str, AreaPayFact]:
    """State -> what a table says about nurses there."""
    [role] = [role for role in parse_table(content).roles if role.soc_code == "29-1141"]
    return {entry.state: entry for entry in role.area_pay}


def list_messages(content: bytes) -> list[str]:
    return [f"{warning.line}: {warning.message}" for warning in parse_table(content).warnings]


# -- rows and states --------------------------------------------------------------------------


def test_a_table_of_states_gives_jobs_and_pay_of_each_state_to_occupations_that_another_table_brings() -> None:
    reading = parse_table(make_table(make_state_row(CALIFORNIA), make_state_row(ALABAMA, COOKS), make_state_row(GUAM)))
    assert reading.joins_occupations
    assert reading.title == "Occupational Employment and Wage Statistics, by state, May 2025"
    assert [(role.soc_code, len(role.area_pay)) for role in reading.roles] == [("29-1141", 2), ("35-2014", 1)]
    california, guam = reading.roles[0].area_pay
    assert (california.state, california.fips) == ("CA", "06")
    assert (california.jobs, california.p10, california.median, california.p90) == (1200, 50000, 70000, 90000)
    assert (guam.state, guam.fips) == ("GU", "66")


def test_states_are_known_by_their_names_however_a_file_numbers_them() -> None:
    of_flat_file = make_table(*(make_state_row(area) for area in IN_DOWNLOAD))
    of_download = make_table(*(make_state_row(area) for area in IN_DOWNLOAD.values()))
    assert read_entries(of_flat_file).keys() == read_entries(of_download).keys() == {"CA", "AL"}
    assert not list_messages(of_flat_file)
    assert not list_messages(of_download)


def test_a_number_that_contradicts_the_name_of_a_state_is_reported_once_with_its_row() -> None:
    misnumbered = ("600000", "California", "2", "AL")
    content = make_table(make_state_row(ALABAMA), make_state_row(misnumbered), make_state_row(misnumbered, COOKS))
    assert read_entries(content).keys() == {"AL", "CA"}
    assert list_messages(content) == [
        "3: The row is about California, but its column PRIM_STATE says “AL”. The name was taken, here and in the rows "
        "below."
    ]


def test_sums_over_occupations_and_other_areas_are_no_states() -> None:
    sums = make_state_row(CALIFORNIA, ("29-0000", "Healthcare Occupations"), group="major")
    town = make_state_row(("11500", "Anniston, AL", "4", "AL"))
    content = make_table(make_state_row(CALIFORNIA), sums, town)
    assert [role.soc_code for role in parse_table(content).roles] == ["29-1141"]
    assert list_messages(content) == ["1: 1 row of Anniston, AL was left out: only the 2 rows of states are used."]


def test_an_earlier_table_without_types_of_areas_names_and_numbers_each_state() -> None:
    heads = [{"AREA_TITLE": "STATE", "PRIM_STATE": "ST", "AREA_TYPE": "NOTHING"}.get(head, head) for head in HEADS]
    right = make_state_row(("1", "Alabama", "", "AL"))
    misnumbered = make_state_row(("40", "California", "", "CA"))
    assert read_entries(make_table(right, misnumbered, heads=heads)).keys() == {"AL"}


def test_figures_of_one_state_in_two_rows_are_refused_with_both_rows() -> None:
    content = make_table(make_state_row(CALIFORNIA), make_state_row(ALABAMA), make_state_row(CALIFORNIA, jobs="1,300"))
    assert get_refusal(content).startswith("The rows 2 and 4 both give figures of California for 29-1141")


def test_a_table_with_nation_and_states_gives_both() -> None:
    content = make_table(
        make_state_row(NATION, jobs="9,000"),
        make_state_row(CALIFORNIA),
        make_state_row(ALABAMA, COOKS),
        make_state_row(CALIFORNIA, COOKS),
    )
    reading = parse_table(content)
    [nurses] = reading.roles
    assert not reading.joins_occupations
    assert nurses.value("outlook.job_count") == 9000
    assert [entry.state for entry in nurses.area_pay] == ["CA"]
    assert [warning.message for warning in reading.warnings] == [
        "The rows of one occupation by state were left out, because the table has no row of the nation for them: "
        "35-2014 (Cooks, Restaurant)."
    ]


# -- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mark", "reason"), [("*", "not-published"), ("**", "not-published"), ("#", "too-high")])
def test_a_mark_instead_of_a_figure_is_a_missing_value_with_its_reason(mark: str, reason: str) -> None:
    content = make_table(make_state_row(CALIFORNIA, yearly=("50,000", mark, mark), hourly=("24.04", mark, mark)))
    entry = read_entries(content)["CA"]
    assert (entry.p10, entry.median, entry.p90, entry.hourly_median) == (50000, None, None, None)
    assert entry.evidence["median"].missing == entry.evidence["p90"].missing == reason
    assert not list_messages(content)


def test_pay_by_the_hour_alone_is_kept() -> None:
    entry = read_entries(make_table(make_state_row(CALIFORNIA, yearly=("*", "*", "*"))))["CA"]
    assert entry.median is None
    assert (entry.hourly_p10, entry.hourly_median, entry.hourly_p90) == tuple(map(Decimal, ("24.04", "33.65", "43.27")))
    assert read_entries(make_table(make_state_row(CALIFORNIA)))["CA"].hourly_median is None


def test_a_cell_that_is_no_figure_is_reported_with_row_and_column_and_nothing_is_guessed() -> None:
    content = make_table(make_state_row(ALABAMA), make_state_row(CALIFORNIA, jobs="12oo", yearly=("1", "7o,000", "3")))
    entry = read_entries(content)["CA"]
    assert (entry.jobs, entry.p10, entry.median, entry.p90) == (None, 1, None, 3)
    assert list_messages(content) == [
        "3: “12oo” in the column TOT_EMP is not a figure.",
        "3: “7o,000” in the column A_MEDIAN is not a figure.",
    ]


def test_the_place_of_a_row_names_all_columns_that_were_read() -> None:
    place = read_entries(make_table(make_state_row(CALIFORNIA)))["CA"].evidence["state"]
    assert (place.line, place.code) == (2, "29-1141")
    assert place.column == "AREA_TITLE, TOT_EMP, A_MEDIAN, A_PCT10, A_PCT90"
    assert place.raw == "California, 1,200, 70,000, 50,000, 90,000"


def test_a_workbook_reads_like_its_text() -> None:
    rows: list[Row] = [HEADS, make_state_row(CALIFORNIA), make_state_row(ALABAMA, COOKS)]
    book = Workbook()
    assert book.active is not None
    book.active.title = "state_M2025_dl"
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    assert parse_table(saved.getvalue(), "state_M2025_dl.xlsx").roles == parse_table(make_table(*rows[1:])).roles


# -- joining ----------------------------------------------------------------------------------


def load(content: bytes, name: str = "state_M2025_dl.csv") -> LoadedPage:
    return load_page(enter_page(content, name), commit=True)


@pytest.mark.django_db
def test_states_before_the_nation_are_refused_and_join_once_it_is_loaded() -> None:
    states = make_table(make_state_row(CALIFORNIA))
    refused = load(states)
    assert refused.status == "refused"
    assert refused.error is not None
    assert "Load the national table of the Occupational Employment and Wage Statistics first" in refused.error
    load(make_national_table(), "national_M2025_dl.csv")
    assert load(states).status == "loaded"
    [entry] = AreaPay.objects.filter(role__soc_code="29-1141")
    assert (entry.state, entry.median) == ("CA", 70000)


@pytest.mark.django_db
def test_states_and_nation_join_in_one_load_whatever_their_order() -> None:
    pages = [
        enter_page(make_table(make_state_row(CALIFORNIA)), "state_M2025_dl.csv"),
        enter_page(make_national_table(), "national_M2025_dl.csv"),
    ]
    assert [result.status for result in load_pages(pages)] == ["loaded", "loaded"]
    assert Role.objects.get(soc_code="29-1141").area_pay_citation is not None


@pytest.mark.django_db
def test_only_the_newest_release_of_the_states_is_current_and_undoing_it_restores_the_earlier_one() -> None:
    load(make_national_table(), "national_M2025_dl.csv")
    later = load(make_table(make_state_row(CALIFORNIA, jobs="1,300")), "state_M2025_dl.csv")
    load(make_table(make_state_row(CALIFORNIA), make_state_row(ALABAMA)), "state_M2024_dl.csv")
    role = Role.objects.select_related("area_pay_citation").get(soc_code="29-1141")
    assert role.area_pay_citation is not None
    assert role.area_pay_citation.title.endswith("May 2025")
    undo_page(read_stored_page(later))
    role = Role.objects.select_related("area_pay_citation").get(soc_code="29-1141")
    assert role.area_pay_citation is not None
    assert role.area_pay_citation.title.endswith("May 2024")
    assert not AreaPay.objects.filter(jobs=1300).exists()


@pytest.mark.django_db
def test_a_table_of_states_never_renames_an_occupation() -> None:
    load(make_national_table((NURSES[0], "Nurses")), "national_M2024_dl.csv")
    load(make_table(make_state_row(CALIFORNIA)), "state_M2025_dl.csv")
    assert Role.objects.get(soc_code="29-1141").title == "Nurses"
    load(make_national_table((NURSES[0], "Zealous nurses"), COOKS, DRIVERS), "national_M2025_dl.csv")
    assert Role.objects.get(soc_code="29-1141").title == "Zealous nurses"


@pytest.mark.django_db
def test_a_release_of_another_year_neither_confirms_nor_contradicts() -> None:
    load(make_national_table(median="60,000"), "national_M2024_dl.csv")
    load(make_national_table(median="64,000"), "national_M2025_dl.csv")
    load(make_national_table(median="64,000"), "national_M2023_dl.csv")
    role = Role.objects.get(soc_code="29-1141")
    assert role.salary is not None
    assert role.salary.annual_median == 64000
    assert not {"agrees", "differs"} & role.salary.evidence["annual_median"].keys()
