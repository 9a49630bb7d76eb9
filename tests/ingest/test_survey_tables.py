"""The tables of the Current Population Survey: whose figures an occupation gets, and what is refused."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from ingest.documents.document import read_document
from ingest.parsing.evidence import Evidence
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.sources.bls.census_groups import (
    CensusGroup,
    find_census_list,
    match_census_groups,
    read_census_list,
    read_census_matches,
)
from tests.ingest.projection_tables import Rows, make_csv, make_workbook
from tests.ingest.read_files import explain_refusal, find_occupation
from tests.ingest.survey_tables import Changes, make_ages_rows, make_shares_rows, make_survey_book

NURSES, TEACHERS, AIDES, BUYERS, DRILLERS = "29-1141", "25-1011", "31-1120", "13-1020", "51-4032"
DASHES = ["–"] * 5


def parse_table(content: bytes, name: str = "cpsaat11.xlsx") -> ParsedPage:
    return parse_page(read_document(name, content))


def parse_shares(changes: Changes | None = None) -> ParsedPage:
    return parse_table(make_csv(make_shares_rows(changes)), "cpsaat11.csv")


def parse_ages(changes: Changes | None = None, note: str = "") -> ParsedPage:
    return parse_table(make_csv(make_ages_rows(changes, note)), "cpsaat11b.csv")


def find_women(page: ParsedPage, code: str) -> Evidence:
    return find_occupation(page, code).evidence["demographics.female_percent"]


def get_refusal(content: bytes, name: str = "cpsaat11.xlsx") -> str:
    return explain_refusal(content, name)


# -- whose figures ----------------------------------------------------------------------------


def test_an_occupation_with_a_group_of_its_own_gets_its_shares() -> None:
    page = parse_shares({"Registered nurses": (3300, 87.9, 73.6, 14.5, 8.9, 8.1)})
    role = find_occupation(page, NURSES)
    assert (role.value("demographics.female_percent"), role.value("demographics.male_percent")) == (
        Decimal("87.9"),
        None,
    )
    assert role.value("demographics.survey.white_percent") == Decimal("73.6")
    assert role.value("demographics.survey.hispanic_percent") == Decimal("8.1")
    assert role.value("demographics.survey.group") is None
    place = find_women(page, NURSES)
    assert (place.sheet, place.column, place.raw, place.wider_group) == ("Table 11", "Women", "87.9", "")


def test_an_occupation_of_a_wider_group_names_it_at_every_figure() -> None:
    group = "Postsecondary teachers"
    page = parse_shares({group: (1300, 48.4, 79.5, 7.5, 10.8, 8)})
    role = find_occupation(page, TEACHERS)
    assert (role.value("demographics.female_percent"), role.value("demographics.survey.group")) == (
        Decimal("48.4"),
        group,
    )
    assert find_women(page, TEACHERS).wider_group == group
    assert role.evidence["demographics.survey.asian_percent"].wider_group == group
    assert find_occupation(parse_ages(), TEACHERS).evidence["demographics.median_age"].wider_group == group
    named = role.evidence["demographics.survey.group"]
    assert (named.raw, named.how, named.column, named.sheet) == (group, "cell", "Occupation", "Table 11")
    assert (named.code, named.line) == (TEACHERS, role.evidence["demographics.survey.asian_percent"].line)


def test_an_occupation_of_several_groups_gets_their_mean_by_the_number_of_people() -> None:
    page = parse_shares(
        {"Home health aides": (600, 90, 70, 20, 5, 10), "Personal care aides": (1400, 80, 70, 20, 5, 10)}
    )
    assert find_occupation(page, AIDES).value("demographics.female_percent") == Decimal("83.0")
    assert find_occupation(page, AIDES).value("demographics.survey.group") is None
    place = find_women(page, AIDES)
    assert (place.how, place.mean_of) == ("weighted-mean", 2)
    assert place.raw == "90 (Home health aides: 600); 80 (Personal care aides: 1400)"


def test_a_group_without_a_figure_does_not_count_in_the_mean() -> None:
    page = parse_shares({"Buyers and purchasing agents, farm products": (12, *DASHES)})
    assert find_occupation(page, BUYERS).value("demographics.female_percent") == Decimal(40)
    assert find_women(page, BUYERS).mean_of == 2
    page = parse_shares(dict.fromkeys(list_group_names(BUYERS)[:2], (12, *DASHES)))
    place = find_women(page, BUYERS)
    assert (place.how, place.mean_of, place.raw) == ("cell", 0, "40")


def list_group_names(code: str) -> list[str]:
    return [match.group.title for match in read_census_matches() if match.code == code]


def test_an_occupation_of_two_wider_groups_names_both() -> None:
    assert find_occupation(parse_shares(), DRILLERS).value("demographics.survey.group") == "; ".join(
        list_group_names(DRILLERS)
    )
    assert len(list_group_names(DRILLERS)) == 2


def test_a_dash_says_that_there_are_too_few_people_where_there_are() -> None:
    page = parse_shares({"Registered nurses": (14, *DASHES), "Chief executives": (900, *DASHES)})
    assert find_occupation(page, NURSES).value("demographics.female_percent") is None
    assert find_women(page, NURSES).missing == "too-few"
    assert find_women(page, "11-1011").missing == "not-published"
    for employed, reason in ((50, "too-few"), (51, "not-published")):
        place = find_women(parse_shares({"Postsecondary teachers": (employed, *DASHES)}), TEACHERS)
        assert (place.missing, place.how, place.raw) == (reason, "cell", "–")
        assert (place.column, place.code, place.wider_group) == ("Women", TEACHERS, "Postsecondary teachers")


def test_a_cell_without_a_figure_is_not_published_and_no_mistake() -> None:
    page = parse_shares({"Registered nurses": (3300, "N/A", 73.6, 14.5, 8.9, 8.1)})
    assert find_women(page, NURSES).missing == "not-published"
    assert "unreadable-value" not in {warning.code for warning in page.warnings}


def test_an_empty_cell_is_reported_because_the_bureau_writes_a_dash() -> None:
    page = parse_shares({"Registered nurses": (3300, None, 73.6, 14.5, 8.9, 8.1)})
    assert find_women(page, NURSES).missing is None
    assert [warning.message for warning in page.warnings if warning.code == "unreadable-value"] == [
        "The cell in the column “Women” is empty; a figure was expected."
    ]


def test_the_median_age_is_of_its_year_without_the_months_that_the_note_names() -> None:
    page = parse_ages({"Registered nurses": (3300, 42.3)})
    assert find_occupation(page, NURSES).value("demographics.median_age") == Decimal("42.3")
    assert (page.release, page.figures_of) == ("2025", date(2025, 1, 1))
    cut_short = parse_ages(note="NOTE: Annual estimates for 2025 are 11-month averages that exclude October. Really.")
    assert cut_short.release == "2025 (eleven months, without October)"
    assert cut_short.release in str(cut_short.title)


# -- reading ----------------------------------------------------------------------------------


def test_a_bad_cell_is_reported_once_with_its_row_and_column_and_the_others_are_read() -> None:
    page = parse_shares({"Postsecondary teachers": (1300, "many", 79.5, 7.5, 10.8, 8)})
    [warning] = [warning for warning in page.warnings if warning.code == "unreadable-value"]
    assert "“many” in the column “Women”" in warning.message
    place = find_women(page, TEACHERS)
    assert (place.how, place.line) == ("unread", warning.line)
    assert find_occupation(page, TEACHERS).value("demographics.survey.white_percent") == Decimal("79.5")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ((600, "many"), "Women"),
        ((600, -5), "Women"),
        ((600, 900), "Women"),
        (("many", 90), "Total"),
        ((-600, 90), "Total"),
    ],
)
def test_a_bad_cell_of_one_group_leaves_no_mean_of_the_others(cells: tuple[int | str, int | str], column: str) -> None:
    page = parse_shares(
        {"Home health aides": (*cells, 70, 20, 5, 10), "Personal care aides": (1400, 80, 70, 20, 5, 10)}
    )
    assert find_occupation(page, AIDES).value("demographics.female_percent") is None
    assert find_women(page, AIDES).how == "unread"
    messages = [warning.message for warning in page.warnings if warning.code == "unreadable-value"]
    assert len(messages) == 1
    assert f"in the column “{column}" in messages[0]


def test_sums_are_left_out_and_rows_that_no_occupation_takes_are_reported() -> None:
    rows = make_shares_rows()
    rows.insert(9, ["Weavers of dreams", 80, 50, 50, 20, 5, 10])
    page = parse_table(make_survey_book(rows))
    [warning] = [warning for warning in page.warnings if warning.code == "rows-left-out"]
    assert warning.message == "No occupation takes its figures from 1 of 548 rows, by the crosswalk: Weavers of dreams."
    assert "Weavers of dreams, 80, 50, 50, 20, 5, 10" in [line.text for line in page.unread]


def test_the_table_as_text_gives_the_same() -> None:
    content = make_csv(make_shares_rows({"Registered nurses": (3300, 87.9, 73.6, 14.5, 8.9, 8.1)}))
    role = find_occupation(parse_table(content, "cpsaat11.csv"), NURSES)
    assert role.value("demographics.female_percent") == Decimal("87.9")


@pytest.mark.parametrize("rows", [make_shares_rows(), make_ages_rows(None, "")])
def test_a_table_that_a_spreadsheet_saved_as_text_gives_the_same(rows: Rows) -> None:
    """It has quotation marks around cells with commas and line ends, and is filled up with tabs."""
    width = max(map(len, rows))
    cells = [[str(cell or "") for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    quoted = [[f'"{cell}"' if "," in cell or "\n" in cell else cell for cell in row] for row in cells]
    text = "".join("\t".join(row) + "\r\n" for row in quoted)
    assert "\n" in text.split("\t")[0]
    saved, plain = parse_table(text.encode(), "cpsaat.txt"), parse_table(make_csv(rows), "cpsaat.csv")
    assert saved.roles == plain.roles
    assert (saved.warnings, saved.unread) == (plain.warnings, plain.unread)


def test_a_row_in_which_the_file_stops_is_not_read() -> None:
    rows = make_shares_rows()[:-1]
    content = make_csv(rows).rstrip()
    page = parse_table(content, "cpsaat11.csv")
    assert page.cut_line == len(rows)
    assert [warning.code for warning in page.warnings].count("cut-here") == 1


def test_every_other_check_leaves_the_shares_alone() -> None:
    """They do not add up to 100, and there are no men among them."""
    codes = {warning.code for warning in parse_shares().warnings}
    assert not codes & {"race-sum", "gender-sum"}


# -- what is refused --------------------------------------------------------------------------


def test_a_table_of_another_list_of_occupations_is_refused_with_the_reason() -> None:
    rows = make_shares_rows()
    for row in rows[7:-1]:
        row[0] = f"Former {row[0]}"
    message = get_refusal(make_survey_book(rows))
    assert message.startswith("Only 0 of the 544 groups")
    assert "Census Bureau's list of 2018" in message
    assert "at least 90% must" in message


def test_a_table_without_a_column_says_which() -> None:
    rows: Rows = [[*row[:5], *row[6:]] for row in make_shares_rows()]
    assert "lacks the columns “Asian”. Table 11 of the Current Population Survey has them" in get_refusal(
        make_survey_book(rows)
    )


def test_a_table_of_no_or_two_years_is_refused() -> None:
    assert "but here there is none" in get_refusal(make_survey_book(make_shares_rows(year="")))
    rows = make_shares_rows()
    rows[2] = ["Occupation", 2021, 2022]
    assert "2021 and 2022" in get_refusal(make_survey_book(rows))


def test_a_table_that_does_not_say_that_it_is_by_occupation_is_refused() -> None:
    rows = make_shares_rows()
    rows[0] = ["18. Employed persons by detailed industry, sex, race, and Hispanic or Latino ethnicity"]
    assert "“by detailed occupation”" in get_refusal(make_survey_book(rows))


def test_a_group_with_two_rows_is_refused() -> None:
    rows = make_shares_rows()
    rows.insert(12, ["Registered nurses", 80, 50, 50, 20, 5, 10])
    assert "both give figures for Registered nurses" in get_refusal(make_survey_book(rows))


# -- the list of the Census Bureau ------------------------------------------------------------

LIST: Rows = [
    [None, "2018 Census Occupation Code List"],
    [None, "last updated: September 26, 2019"],
    [None, "2018 Census Title ", "2018 Census Code", "2018 SOC Code"],
    ["Production Occupations:", None, "7700-8990", "51-0000"],
    [None, "Welders", "8140", "51-4120"],
    [None, "Other welders", "8225", "51-4XXX"],
    [None, "Nurses", "3255", "29-1141"],
    [None, "Teachers of colleges", "2205", "25-1000"],
    [None, "Supervisors", "9005", "53-1000"],
    [None, "Unemployed", "9920", "none"],
]
CHANGES: Rows = [
    ["2018 SOC Code", "2018 Census Code", "2018 Census Title", "Census No Change", "Census Code Change"],
    ["29-1141", "3255", "Nurses of old", "x", None],
    ["25-1000", "2205", "Teachers of old", None, "x"],
]


def test_the_list_is_the_sheet_without_the_changes_and_has_rows_with_a_code_alone() -> None:
    groups = read_census_groups()
    assert [group.soc_code for group in groups] == ["51-0000", "51-4120", "51-4XXX", "29-1141", "25-1000", "53-1000"]
    assert (groups[0].title, groups[0].census_code) == ("Production Occupations", "7700-8990")
    assert groups[3] == CensusGroup("3255", "Nurses", "29-1141")


def read_census_groups() -> list[CensusGroup]:
    sheet = find_census_list(read_document("codes.xlsx", make_workbook({"Changes": CHANGES, "List": LIST})))
    assert sheet is not None
    return read_census_list(sheet)


@pytest.mark.parametrize(
    ("code", "match", "title"),
    [
        ("29-1141", "exact", "Nurses"),
        ("51-4121", "pattern", "Other welders"),
        ("25-1011", "minor", "Teachers of colleges"),
        ("53-1047", "minor", "Supervisors"),
        ("51-9199", "major", "Production Occupations"),
    ],
)
def test_the_exact_code_comes_first_then_patterns_then_wider_groups(code: str, match: str, title: str) -> None:
    [census_match] = match_census_groups({code: {code}}, read_census_groups())
    assert (census_match.match, census_match.group.title) == (match, title)


def test_the_broad_group_comes_before_the_minor_one() -> None:
    groups = [CensusGroup("1", "Minor", "51-4000"), CensusGroup("2", "Broad", "51-4120")]
    [census_match] = match_census_groups({"51-4121": ["51-4121"]}, groups)
    assert census_match.match == "broad"


def test_an_occupation_that_the_list_does_not_have_gets_the_groups_of_its_parts() -> None:
    matches = match_census_groups({"99-1000": ["29-1141", "25-1011"]}, read_census_groups())
    assert [match.group.title for match in matches] == ["Teachers of colleges", "Nurses"]


def test_the_list_itself_is_refused_and_says_what_it_is_for() -> None:
    assert "It gives no facts by itself" in get_refusal(make_workbook({"List": LIST}), "codes.xlsx")


def test_the_shipped_crosswalk_leads_from_every_occupation() -> None:
    groups = Counter(match.code for match in read_census_matches())
    assert len(groups) == 830
    assert sum(count > 1 for count in groups.values()) == 9
