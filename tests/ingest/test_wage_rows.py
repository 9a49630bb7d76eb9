"""Rows and cells of wage tables that are not as usual: what is read, where it stands, and what is reported."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import PageWarning, ParsedPage
from ingest.sources.bls.oews.wage_page import keep_earlier_year
from tests.ingest.read_files import explain_refusal
from tests.ingest.state_tables import (
    CALIFORNIA,
    COOKS,
    DRIVERS,
    HEADS,
    NATION,
    NURSES,
    Row,
    make_state_row,
    make_table,
)

NAME = "all_data_M2025_dl.csv"
ALL_JOBS = ("00-0000", "All Occupations")
HEALTH = ("29-0000", "Healthcare Practitioners")
TEACHING = ("25-0000", "Educational Instruction")


def parse_rows(*rows: Row, heads: Row = HEADS, name: str = NAME) -> ParsedPage:
    return parse_page(read_document(name, make_table(*rows, heads=heads)))


def get_refusal(*rows: Row) -> str:
    return explain_refusal(make_table(*rows), NAME)


def change_row(row: Row, **cells: str) -> Row:
    """The row with other cells, by the names of their columns."""
    return [cells.get(head, cell) for head, cell in zip(HEADS, row, strict=True)]


def list_warnings(page: ParsedPage, *codes: str) -> list[tuple[int, str]]:
    """Line and message of each warning with one of these codes."""
    return [(warning.line, warning.message) for warning in page.warnings if warning.code in codes]


# -- rows that are left out -------------------------------------------------------------------


def test_a_row_without_the_code_of_an_occupation_is_reported_and_those_below_are_read() -> None:
    for area in (CALIFORNIA, NATION):
        page = parse_rows(
            change_row(make_state_row(area), OCC_CODE="29-11"),
            change_row(make_state_row(area), OCC_TITLE=""),
            make_state_row(area, COOKS),
        )
        assert [role.soc_code for role in page.roles] == ["35-2014"]
        assert [(line.line, line.text) for line in page.unread] == [(2, "29-11 Registered Nurses"), (3, "29-1141")]
        assert list_warnings(page, "unreadable-value") == [
            (2, "“29-11” in the column “OCC_CODE” is not the code of an occupation; it was not read."),
            (3, "The row has nothing in the column “OCC_TITLE”, where a title was expected; it was not read."),
        ]


def test_a_code_or_a_figure_with_other_digits_than_ours_is_reported() -> None:
    page = parse_rows(change_row(make_state_row(NATION), OCC_CODE="29-114１"), make_state_row(NATION, COOKS))
    assert [role.soc_code for role in page.roles] == ["35-2014"]
    assert list_warnings(page, "unreadable-value") == [
        (2, "“29-114１” in the column “OCC_CODE” is not the code of an occupation; it was not read.")
    ]
    [role] = parse_rows(change_row(make_state_row(NATION), TOT_EMP="１２")).roles
    assert role.values["outlook.job_count"] is None


def test_a_row_that_ends_before_its_last_cell_is_reported_as_cut() -> None:
    page = parse_rows(make_state_row(NATION), make_state_row(NATION, COOKS)[:-1], make_state_row(NATION, DRIVERS))
    assert [role.soc_code for role in page.roles] == ["29-1141", "53-3032"]
    assert list_warnings(page, "cut-here") == [(3, "The row has 23 of 24 cells; it was not read.")]
    assert [line.line for line in page.unread] == [3]


def test_one_or_two_cells_without_an_occupation_are_a_note() -> None:
    page = parse_rows(make_state_row(NATION), ["Note:", "of May"], [*[""] * 6, "Source"], ["*", "**", "#"])
    assert list_warnings(page, "note") == [
        (3, "The row names no occupation; it was not read."),
        (4, "The row names no occupation; it was not read."),
    ]
    assert [line for line, _ in list_warnings(page, "cut-here")] == [5]


def test_a_code_alone_is_no_note() -> None:
    page = parse_rows(make_state_row(NATION), ["", "", "", "", "", "", "35-2014"])
    assert list_warnings(page, "note") == []
    assert list_warnings(page, "cut-here") == [(3, "The row has 7 of 24 cells; it was not read.")]


def test_what_is_left_out_is_named_by_area_and_industry() -> None:
    towns = [change_row(make_state_row(NATION), AREA="11", AREA_TYPE="4", AREA_TITLE=title) for title in ("", "Tulsa")]
    industry = change_row(make_state_row(NATION), NAICS="31-33")
    page = parse_rows(make_state_row(NATION), *towns, industry)
    assert list_warnings(page, "rows-left-out") == [
        (
            1,
            "3 rows of an area without a name, Tulsa, an industry without a name were left out: only the one row of "
            "the whole nation is used.",
        )
    ]


def test_an_industry_is_named_where_the_table_names_it() -> None:
    heads = [*HEADS, "NAICS_TITLE"]
    rows = [[*make_state_row(NATION), ""], [*change_row(make_state_row(NATION), NAICS="31-33"), "Manufacturing"]]
    page = parse_rows(*rows, heads=heads)
    assert "1 row of Manufacturing was left out" in list_warnings(page, "rows-left-out")[0][1]


def test_sums_alone_are_refused_for_states_and_for_the_nation() -> None:
    for area in (CALIFORNIA, NATION):
        assert get_refusal(make_state_row(area, HEALTH, group="major")).startswith("The table holds nothing but sums")


def test_two_rows_of_the_nation_about_one_thing_are_refused_with_both() -> None:
    nurses = get_refusal(make_state_row(NATION), make_state_row(NATION))
    assert nurses.startswith("The rows 2 and 3 both give national figures for 29-1141 (Registered Nurses).")


# -- cells ------------------------------------------------------------------------------------


def test_an_occupation_belongs_to_the_group_of_its_first_two_digits() -> None:
    groups = [make_state_row(NATION, group, group="major") for group in (TEACHING, HEALTH)]
    page = parse_rows(*groups, make_state_row(NATION), make_state_row(NATION, COOKS))
    nurses, cooks = page.roles
    assert nurses.value("occupation_group") == "Healthcare Practitioners"
    place = nurses.evidence["occupation_group"]
    assert (place.line, place.raw, place.column) == (3, "Healthcare Practitioners", "OCC_TITLE")
    assert cooks.value("occupation_group") is None


def test_errors_have_decimals_and_counts_have_none() -> None:
    page = parse_rows(change_row(make_state_row(NATION), EMP_PRSE="1.5", MEAN_PRSE="0.4", TOT_EMP="1200.5"))
    [role] = page.roles
    assert role.value("outlook.relative_error_percent") == Decimal("1.5")
    assert role.value("salary.relative_error_percent") == Decimal("0.4")
    assert role.value("outlook.job_count") is None
    assert role.evidence["outlook.job_count"].how == "unread"
    assert role.evidence["outlook.relative_error_percent"].how == "cell"
    warning = PageWarning(
        "unreadable-value",
        2,
        "“1200.5” in the column TOT_EMP is not a figure.",
        "outlook.job_count",
        "Registered Nurses",
    )
    assert page.warnings == (warning,)


def test_a_negative_figure_is_none() -> None:
    [role] = parse_rows(change_row(make_state_row(NATION), A_MEDIAN="-70,000")).roles
    assert role.value("salary.annual_median") is None
    assert role.evidence["salary.annual_median"].how == "unread"


def test_an_empty_cell_is_reported_because_the_bureau_marks_what_it_does_not_publish() -> None:
    page = parse_rows(
        change_row(make_state_row(NATION), A_MEDIAN="", TOT_EMP="**"),
        change_row(make_state_row(CALIFORNIA), A_MEDIAN=""),
    )
    [role] = page.roles
    assert (role.value("salary.annual_median"), role.value("outlook.job_count")) == (None, None)
    assert role.evidence["salary.annual_median"].how == "unread"
    assert role.evidence["salary.annual_median"].missing is None
    assert role.evidence["outlook.job_count"].missing == "not-published"
    message = (
        "The cell in the column A_MEDIAN is empty; a figure or * was expected. Load the table as it was published."
    )
    assert list_warnings(page, "unreadable-value") == [(2, message), (3, message)]


def test_the_mark_for_too_high_belongs_to_wages_alone() -> None:
    [role] = parse_rows(change_row(make_state_row(NATION), A_PCT90="#", A_PCT75="**", TOT_EMP="#")).roles
    highest, upper, jobs = (
        role.evidence["salary.annual_p90"],
        role.evidence["salary.annual_p75"],
        role.evidence["outlook.job_count"],
    )
    assert (highest.missing, highest.column, highest.raw) == ("too-high", "A_PCT90", "#")
    assert (upper.missing, upper.column, upper.raw) == ("not-published", "A_PCT75", "**")
    assert (jobs.missing, jobs.how) == (None, "unread")


def test_pay_by_the_hour_of_a_state_stands_in_for_pay_that_is_not_published_alone() -> None:
    unreadable = make_state_row(CALIFORNIA, yearly=("*", "many", "*"))
    not_published = make_state_row(CALIFORNIA, COOKS, yearly=("*", "*", "*"))
    page = parse_rows(unreadable, not_published)
    nurses, cooks = (role.area_pay[0] for role in page.roles)
    assert (nurses.median, nurses.hourly_median) == (None, None)
    assert (cooks.median, cooks.hourly_median) == (None, Decimal("33.65"))
    assert nurses.evidence["median"].code == "29-1141"
    assert cooks.evidence["median"].code == "35-2014"
    assert cooks.evidence["median"].missing == "not-published"


# -- the page ---------------------------------------------------------------------------------


def test_a_page_says_whose_and_of_when_its_figures_are() -> None:
    page = parse_rows(make_state_row(NATION), name="national_M2025_dl.csv")
    assert (page.layout, page.publisher) == ("table", "U.S. Bureau of Labor Statistics")
    assert (page.figures_of, page.release) == (date(2025, 5, 1), "May 2025")
    assert (page.all_jobs, page.columns, page.cut_line) == ((), {}, None)
    assert [role.titled_by for role in page.roles] == ["table"]
    by_state = parse_rows(make_state_row(CALIFORNIA), name="state_M2025_dl.csv")
    assert by_state.columns["state"] == "AREA_TITLE"
    assert by_state.columns["hourly_p90"] == "H_PCT90"


def test_a_table_that_names_no_year_asks_for_the_day_of_capture() -> None:
    page = parse_rows(make_state_row(NATION), name="national.csv")
    assert (page.figures_of, page.release) == (None, "")
    assert page.title == "Occupational Employment and Wage Statistics, national"
    [(line, message)] = list_warnings(page, "release-unknown")
    assert (line, message.endswith("Enter the day of capture.")) == (1, True)


def test_a_table_that_stops_in_a_row_says_where() -> None:
    whole = make_table(make_state_row(NATION), make_state_row(NATION, COOKS))
    page = parse_page(read_document("national_M2025_dl.csv", whole[:-30]))
    assert page.cut_line == 3
    assert [warning.line for warning in page.warnings if warning.code == "cut-here"] == [3]
    assert [role.soc_code for role in page.roles] == ["29-1141"]


@pytest.mark.parametrize("area", [NATION, CALIFORNIA])
def test_every_wage_table_has_the_address_and_the_license_of_its_publisher(area: tuple[str, str, str, str]) -> None:
    page = parse_rows(make_state_row(area))
    assert (page.url, page.licence) == ("https://www.bls.gov/oes/", "Public domain")
    assert page.licence_url == "https://www.bls.gov/opub/copyright-information.htm"


def test_of_an_earlier_year_the_number_of_jobs_and_the_outer_pay_are_kept() -> None:
    rows = [make_state_row(NATION, ALL_JOBS, group="total"), make_state_row(NATION), make_state_row(NATION, COOKS)]
    page = keep_earlier_year(parse_rows(*rows, name="national_M2015_dl.csv"))
    nurses = page.roles[0]
    assert [(role.title, role.soc_code, role.titled_by) for role in page.roles] == [
        (*reversed(NURSES), "table"),
        (*reversed(COOKS), "table"),
    ]
    assert (nurses.value("outlook.job_count"), nurses.value("outlook.relative_error_percent")) == (1200, None)
    assert [nurses.value(f"salary.annual_{part}") for part in ("p10", "median", "p90")] == [50000, 70000, 90000]
    assert nurses.value("salary.hourly_median") == Decimal("33.65")
    assert (nurses.value("salary.relative_error_percent"), nurses.value("salary.annual_p25")) == (None, None)
    assert [key for key in nurses.evidence if key.startswith("outlook.")] == ["outlook.job_count"]
    assert "salary.annual_median" in nurses.evidence
    assert "salary.relative_error_percent" not in nurses.evidence
    assert (page.all_jobs, page.compiled_as, page.joins_occupations) == ((), "pay_2015", True)
    assert (page.url, page.licence) == ("https://www.bls.gov/oes/", "Public domain")
