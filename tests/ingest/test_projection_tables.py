"""The tables of the Employment Projections: values, their evidence, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from careers.vocabulary import FIELDS
from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.projection_tables import (
    ATTAINMENT_TITLE,
    PROJECTION_HEADS,
    PROJECTION_TITLE,
    RANK_TITLE,
    Rows,
    change_row,
    make_attainment_rows,
    make_csv,
    make_projection_rows,
    make_rank_rows,
    make_workbook,
    move_by_two_years,
)
from tests.ingest.read_files import explain_refusal

OTHER_TABLE: Rows = [
    ["Table 1.10 Separations and openings, projected 2024–34 (Employment in thousands)"],
    ["2024 National Employment Matrix title", "2024 National Employment Matrix code", "Employment, 2024",
     "Employment, 2034", "Exits", "Transfers", "Separations", "Openings", "Rate", "Other rate", "Sum"],
    ["Registered nurses", "29-1141", *range(9)],
]  # fmt: skip


def parse_table(content: bytes, name: str = "occupation.xlsx") -> ParsedPage:
    return parse_page(read_document(name, content))


def get_refusal(content: bytes, name: str = "occupation.xlsx") -> str:
    return explain_refusal(content, name)


def find_occupation(page: ParsedPage, code: str = "29-1141") -> RoleFacts:
    return next(role for role in page.roles if role.soc_code == code)


def parse_projections(rows: Rows | None = None) -> ParsedPage:
    return parse_table(make_workbook({"Table 1.10": OTHER_TABLE, "Table 1.2": rows or make_projection_rows()}))


# -- table 1.2 --------------------------------------------------------------------------------


def test_thousands_are_stored_as_jobs_with_both_years() -> None:
    role = find_occupation(parse_projections())
    assert (role.value("projection.base_year"), role.value("projection.target_year")) == (2024, 2034)
    assert (role.value("projection.jobs_base"), role.value("projection.jobs_target")) == (3_391_000, 3_557_100)
    assert role.value("projection.openings_per_year") == 189_100
    assert (role.value("projection.growth_percent"), role.value("projection.self_employed_percent")) == (
        Decimal("4.9"),
        Decimal("0.5"),
    )


def test_the_word_none_is_a_value_and_a_dash_is_none() -> None:
    page = parse_projections()
    nurses, cooks = find_occupation(page), find_occupation(page, "35-2014")
    assert (nurses.value("requirements.work_experience"), nurses.value("requirements.training")) == ("None", "None")
    assert cooks.value("requirements.training") is None
    assert cooks.evidence["requirements.training"].missing == "not-published"
    assert cooks.value("projection.growth_percent") == Decimal("-4.7")
    assert cooks.value("projection.self_employed_percent") is None
    assert cooks.evidence["projection.self_employed_percent"].missing == "not-published"


def test_only_line_items_are_occupations_and_notes_are_reported() -> None:
    page = parse_projections()
    assert [role.soc_code for role in page.roles] == ["29-1141", "35-2014", "53-3032"]
    assert page.roles[0].title == "Registered nurses"
    assert [line.line for line in page.unread] == [7]


def test_evidence_names_sheet_row_column_and_code() -> None:
    evidence = find_occupation(parse_projections()).evidence["projection.jobs_target"]
    assert (evidence.sheet, evidence.line, evidence.column) == ("Table 1.2", 4, "Employment, 2034")
    assert (evidence.code, evidence.raw) == ("29-1141", "3557.1")


def test_a_page_names_its_publisher_release_table_and_addresses() -> None:
    page = parse_projections()
    assert page.publisher == "U.S. Bureau of Labor Statistics"
    assert page.title == "Employment Projections, 2024–34, Table 1.2"
    assert (page.licence, page.figures_of) == ("Public domain", date(2024, 1, 1))
    assert (page.joins_occupations, page.release) == (True, "2024–34")
    assert page.url == "https://www.bls.gov/emp/"
    assert page.licence_url == "https://www.bls.gov/opub/copyright-information.htm"
    assert page.cut_line is None


def test_a_table_that_stops_in_a_row_says_where() -> None:
    whole = make_csv(make_projection_rows()).removesuffix(b"\r\n").removesuffix(b"\n")
    page = parse_table(whole[: whole.rindex(b"\n") + 20], "table.csv")
    assert page.cut_line == 7
    assert [(warning.line, warning.code) for warning in page.warnings] == [(7, "cut-here")]


def test_a_note_above_a_table_says_nothing_about_its_years() -> None:
    for rows, figures_of in ((make_attainment_rows(), date(2023, 1, 1)), (make_rank_rows(), date(2024, 1, 1))):
        page = parse_table(make_workbook({"Table": [["Revised in 2027."], *rows]}))
        assert page.figures_of == figures_of


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        ("15.100000000000001", "15.1"),
        ("100.00000000000001", "100"),
        ("-0.30000000000000004", "-0.3"),
        ("0.12345678", "0.12345678"),
        ("0.123456784", "0.12345678"),
        ("4.50000000", "4.50000000"),
    ],
)
def test_what_spreadsheets_add_to_a_figure_is_left_out(cell: str, percent: str) -> None:
    """A figure with up to eight decimals stays as it is written."""
    rows = change_row(make_projection_rows(), "29-1141", "Employment change, percent, 2024–34", cell)
    page = parse_table(make_csv(rows), "table.csv")
    assert str(find_occupation(page).value("projection.growth_percent")) == percent


@pytest.mark.parametrize("names", [("Table 1.2", "Table 1.10"), ("Table 1.10", "Table 1.2"), ("Figures", "Others")])
def test_the_order_and_the_names_of_the_sheets_do_not_matter(names: tuple[str, str]) -> None:
    tables = {"Table 1.2": make_projection_rows(), "Table 1.10": OTHER_TABLE, "Figures": make_projection_rows()}
    page = parse_table(make_workbook({name: tables.get(name, OTHER_TABLE) for name in names}))
    assert find_occupation(page).value("projection.jobs_base") == 3_391_000


@pytest.mark.parametrize("names", [("Old", "New"), ("New", "Old")])
def test_an_older_edition_on_a_hidden_sheet_is_not_read(names: tuple[str, str]) -> None:
    editions = {"Old": make_projection_rows(), "New": move_by_two_years(make_projection_rows())}
    page = parse_table(make_workbook({name: editions[name] for name in names}, hidden="Old"))
    assert find_occupation(page).value("projection.target_year") == 2036
    assert "hidden-sheet" not in {warning.code for warning in page.warnings}


def test_the_order_of_the_columns_does_not_matter() -> None:
    rows = make_projection_rows()
    backwards = [rows[0], *[list(reversed(row)) for row in rows[1:]]]
    page, turned = parse_projections(), parse_projections(backwards)
    assert [(role.title, role.values) for role in turned.roles] == [(role.title, role.values) for role in page.roles]


def test_an_edition_that_stands_on_a_hidden_sheet_alone_is_read_with_a_warning() -> None:
    page = parse_table(make_workbook({"Others": OTHER_TABLE, "Table 1.2": make_projection_rows()}, hidden="Table 1.2"))
    assert find_occupation(page).value("projection.target_year") == 2034
    assert "sheet “Table 1.2”, which the workbook hides" in "".join(warning.message for warning in page.warnings)


def test_two_editions_that_a_workbook_shows_are_refused() -> None:
    editions = {"Old": make_projection_rows(), "New": move_by_two_years(make_projection_rows())}
    assert get_refusal(make_workbook(editions)).endswith(
        "on 2 sheets: “Old”, “New”. Save the sheet that you mean as a file of its own."
    )


def test_a_newer_release_says_its_own_years() -> None:
    def newer(cell: object) -> object:
        text = str(cell).replace("2034", "2036").replace("2024", "2026").replace("–34", "–36")
        return text if isinstance(cell, str) else cell

    rows: Rows = [[newer(cell) for cell in row] for row in make_projection_rows()]  # type: ignore[misc]  # same types
    page = parse_projections(rows)
    role = find_occupation(page)
    assert (role.value("projection.base_year"), role.value("projection.target_year")) == (2026, 2036)
    assert page.title == "Employment Projections, 2026–36, Table 1.2"


def test_a_table_without_its_unit_is_refused() -> None:
    rows = make_projection_rows()
    rows[0] = [PROJECTION_TITLE.replace(" (Employment in thousands)", "")]
    assert "does not say that it counts jobs in thousands" in get_refusal(make_workbook({"Table 1.2": rows}))


def test_heads_that_disagree_about_the_years_are_refused() -> None:
    rows = make_projection_rows()
    rows[1] = [str(head).replace("2024–34 annual", "2023–33 annual") for head in rows[1]]
    assert "not clear from which year to which" in get_refusal(make_workbook({"Table 1.2": rows}))


def test_a_missing_column_is_named() -> None:
    rows = [row[:-1] for row in make_projection_rows() if len(row) > 1]
    reason = get_refusal(make_workbook({"Table 1.2": [[PROJECTION_TITLE], *rows]}))
    assert reason.startswith("The table lacks the columns “Typical on-the-job training”.")


@pytest.mark.parametrize("year", [2024, 2034])
def test_a_table_with_the_jobs_of_one_year_lacks_those_of_another(year: int) -> None:
    """Both columns have one head apart from the year, and a table can be of any two years."""
    place = PROJECTION_HEADS.index(f"Employment, {year}")
    rows = [row[:place] + row[place + 1 :] for row in make_projection_rows() if len(row) > 1]
    reason = get_refusal(make_workbook({"Table 1.2": [[PROJECTION_TITLE], *rows]}))
    assert reason.startswith("The table lacks the columns “Employment” of another year.")


@pytest.mark.parametrize("cell", ["3,39", "many", "1e3", "3391.00005", "-5", ">=5"])
def test_a_bad_cell_is_reported_with_its_row_and_column_and_nothing_else_is_lost(cell: str) -> None:
    page = parse_projections(change_row(make_projection_rows(), "29-1141", "Employment, 2034", cell))
    role = find_occupation(page)
    assert (role.value("projection.jobs_target"), role.value("projection.jobs_base")) == (None, 3_391_000)
    assert role.evidence["projection.jobs_target"].how == "unread"
    warning = next(warning for warning in page.warnings if warning.code == "unreadable-value")
    assert (warning.line, warning.field) == (4, "projection.jobs_target")
    assert f"“{cell}” in the column “Employment, 2034”" in warning.message


def test_a_code_twice_is_refused() -> None:
    rows = make_projection_rows()
    assert "The rows 4 and 5 both give figures" in get_refusal(make_workbook({"Table 1.2": [*rows[:4], rows[3]]}))


def test_the_sheet_saved_as_csv_gives_the_same_values() -> None:
    saved, book = parse_table(make_csv(make_projection_rows()), "table.csv"), parse_projections()
    for first, second in zip(saved.roles, book.roles, strict=True):
        assert first.values == second.values
        assert first.evidence == second.evidence


def test_the_export_of_the_search_page_is_read() -> None:
    heads = [
        "Occupation Title", "Occupation Code", "Employment 2024", "Employment 2034", "Employment Change, 2024-2034",
        "Employment Percent Change, 2024-2034", "Occupational Openings, 2024-2034 Annual Average",
        "Median Annual Wage 2024", "Typical Entry-Level Education", "Education Code",
        "Work Experience in a Related Occupation", "Workex Code", "Typical on-the-job Training", "trCode",
    ]  # fmt: skip
    row = [
        "Actuaries    * Health Actuary* Pricing Actuary", '="15-2011"', "1,033.6", "1,040.9", "7.3", "21.8", "2.4",
        "N/A", "Bachelor's degree", "3", "None", "4", "Long-term on-the-job training", "3",
    ]  # fmt: skip
    role = find_occupation(parse_table(make_csv([heads, row]), "Employment Projections.csv"), "15-2011")
    assert role.title == "Actuaries"
    assert (role.value("projection.jobs_base"), role.value("projection.growth_percent")) == (1_033_600, Decimal("21.8"))
    assert "projection.self_employed_percent" not in role.evidence
    titles = [(title.title, title.source) for title in role.titles]
    assert titles == [("Health Actuary", "bls"), ("Pricing Actuary", "bls")]
    place = role.titles[1].evidence["title"]
    assert (place.line, place.raw, place.column, place.code) == (2, "Pricing Actuary", "Occupation Title", "15-2011")


def test_the_years_stand_in_the_heads_of_their_columns() -> None:
    role = find_occupation(parse_projections())
    for name, column in (("base_year", "Employment, 2024"), ("target_year", "Employment, 2034")):
        place = role.evidence[f"projection.{name}"]
        assert (place.line, place.raw, place.column, place.sheet) == (2, column, column, "Table 1.2")


@pytest.mark.parametrize("cell", ["N/A", "—"])
def test_a_cell_without_a_figure_is_not_published_and_no_mistake(cell: str) -> None:
    page = parse_projections(change_row(make_projection_rows(), "29-1141", "Employment, 2034", cell))
    assert find_occupation(page).value("projection.jobs_target") is None
    assert find_occupation(page).evidence["projection.jobs_target"].missing == "not-published"
    assert find_occupation(page).evidence["projection.jobs_base"].missing is None
    assert [warning.code for warning in page.warnings] == ["note"]


def test_an_empty_cell_of_figures_is_reported_because_the_bureau_writes_a_dash() -> None:
    page = parse_projections(change_row(make_projection_rows(), "29-1141", "Employment, 2034", None))
    assert find_occupation(page).value("projection.jobs_target") is None
    assert find_occupation(page).evidence["projection.jobs_target"].missing is None
    assert [warning.message for warning in page.warnings if warning.code == "unreadable-value"] == [
        "The cell in the column “Employment, 2034” is empty; a figure was expected."
    ]


def test_rows_that_cannot_be_read_are_reported_with_their_kind() -> None:
    rows = make_projection_rows()
    rows[5:5] = [["Weavers", "51-60", "Line item", 1, 2], ["Weavers", "51-6063", "Line item", 1, 2]]
    page = parse_table(make_csv(rows), "table.csv")
    assert [(left.line, left.text) for left in page.unread][:2] == [
        (6, "Weavers, 51-60, Line item, 1, 2"),
        (7, "Weavers, 51-6063, Line item, 1, 2"),
    ]
    messages = {(warning.line, warning.code): warning.message for warning in page.warnings}
    assert (
        "“51-60” in the column “2024 National Employment Matrix code” is not an occupation code"
        in messages[6, "unreadable-value"]
    )
    assert "The row has 5 of 13 cells" in messages[7, "cut-here"]
    assert [role.soc_code for role in page.roles] == ["29-1141", "35-2014", "53-3032"]


def test_a_table_without_an_occupation_is_refused() -> None:
    assert "No row of the table has the code" in get_refusal(make_workbook({"Table 1.2": make_projection_rows()[:3]}))


def test_a_table_with_codes_of_another_form_is_refused_with_the_first_of_them() -> None:
    rows = [[str(cell).replace("-", "–") if cell else cell for cell in row] for row in make_projection_rows()]
    assert "Row 3: “29–0000” in the column “2024 National Employment Matrix code” is not an occupation code" in (
        get_refusal(make_workbook({"Table 1.2": rows}))
    )


@pytest.mark.parametrize(
    "years", [{"2034": "2024", "2024–34": "2024–24"}, {"self employed, 2024": "self employed, 2023"}]
)
def test_heads_with_impossible_years_are_refused(years: dict[str, str]) -> None:
    rows = make_projection_rows()
    for old, new in years.items():
        rows[1] = [str(head).replace(old, new) for head in rows[1]]
    assert "not clear from which year to which" in get_refusal(make_workbook({"Table 1.2": rows}))


# -- tables 5.3 and 6.5 -----------------------------------------------------------------------


def test_shares_of_attained_education_are_read_with_their_years() -> None:
    page = parse_table(make_workbook({"Table 5.3": make_attainment_rows()}), "education.xlsx")
    attainment = find_occupation(page)
    published = [float(attainment.value(f"attainment.{name}")) for name in FIELDS["attainment"]]
    assert published == [0.5, 1.2, 3.9, 25.6, 54.4, 11.8, 2.7]
    assert attainment.evidence["attainment.bachelor"].column == "Bachelor's degree"
    assert attainment.value("attainment.doctoral_or_professional") == Decimal("2.7")
    assert page.title == "Education of people at work, 2022–23: Employment Projections, Table 5.3"
    assert find_occupation(page, "53-3032").value("attainment.some_college") is None
    assert [role.soc_code for role in page.roles] == ["29-1141", "35-2014", "53-3032"]


def test_a_footnote_of_the_title_is_a_doubt_of_the_values() -> None:
    page = parse_table(make_workbook({"Table 5.3": make_attainment_rows()}), "education.xlsx")
    assert find_occupation(page, "35-2014").evidence["attainment.bachelor"].warnings == ("no-exact-match",)
    assert find_occupation(page, "35-2014").title == "Cooks, restaurant"
    assert find_occupation(page).evidence["attainment.bachelor"].warnings == ()


def test_ranks_by_skill_are_read() -> None:
    page = parse_table(make_workbook({"Table 6.5": make_rank_rows()}), "skills.xlsx")
    ranks = find_occupation(page)
    assert (ranks.value("skill_ranks.adaptability"), ranks.value("skill_ranks.writing_and_reading")) == (80, 96)
    assert [ranks.value(f"skill_ranks.{name}") for name in FIELDS["skill_ranks"]] == list(range(80, 97))
    assert find_occupation(page, "53-3032").evidence["skill_ranks.science"].warnings == ("imputed",)
    assert page.title == "Rank by skill, 2024: Employment Projections, Table 6.5"


@pytest.mark.parametrize(
    ("rows", "title"),
    [(make_attainment_rows(), ATTAINMENT_TITLE), (make_rank_rows(), RANK_TITLE)],
    ids=["shares", "ranks"],
)
def test_a_table_that_does_not_say_its_years_is_refused(rows: Rows, title: str) -> None:
    assert "is not clear" in get_refusal(make_workbook({"Table": [[title.partition(", 20")[0]], *rows[1:]]}))


def test_another_table_of_the_program_is_of_no_known_kind() -> None:
    assert "of no known kind" in get_refusal(make_workbook({"Table 1.10": OTHER_TABLE}))
