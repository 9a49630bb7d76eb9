"""Heads of columns that name no role, and the number of columns that a table has."""

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.columns import check_columns, count_columns, find_column_heads, find_kind_of_column

HEADS = {
    "times": "Now; Spring 2024; Week 12; Last month; Third quarter; 2nd quarter; H2; Q1",
    "months": "January; Sept; March 2024; May 5, 2024; Jun. '24",
    "days": "Monday",
    "sexes": "Women; ** Men **; Both sexes:; Women cabinet makers; Female plumbers; Men nurses",
    "years": "2023; FY 24; 1990s; '24; 2023-24; year 2; Last year; In 2024; 2024 est.; Projected 2034; 5 years ago",
    "age groups": "Under 25; 25-34; Aged 25 to 34 years; 65 and over; 65+; Ages 30; Gen Z",
    "groups of people": "Hispanic or Latino; Full-time; Experienced",
    "degrees": "High school; PhD; Bachelor's degree",
    "sectors": "Small companies; Government; Rural",
    "statistics": "Median; Top 10%; 75%; P25; 75th percentile; Highest pay; Total jobs; National average",
    "pay periods": "Per hour; Weekly",
    "levels of experience": "Entry level; Mid-career; 2 years of experience; Over 10 years experience",
    "companies": "Google LLC; Acme, Inc.; JPMorgan Chase & Co.; Shell PLC",
    "joining words": "vs.; Versus",
    "notes": "Source; Label",
    "numbers": "#1; 12,000; $50k; 3rd; IV; Column 2; No. 3; ?; 12/5",
    "places": "Boston; Ohio; OH; Boston, MA; Boston, Massachusetts; Paris, France; Austin,TX; Reno, Nevada area",
}


@pytest.mark.parametrize(
    ("kind", "head"), [(kind, head) for kind, heads in HEADS.items() for head in heads.split("; ")]
)
def test_a_head_that_names_no_role_says_what_it_is(kind: str, head: str) -> None:
    assert find_kind_of_column(head) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Baker",
        "Male Nurse",
        "Women's Coach",
        "Cook, Line",
        "3D Artist",
        "Chef II of Boston",
        "Oh",
        "Summer Camp Cook",
        "a" * 300,
    ],
)
def test_a_title_is_not_such_a_head(title: str) -> None:
    assert find_kind_of_column(title) is None


def test_codes_of_states_are_places_only_if_all_heads_are_codes() -> None:
    check_columns(["PA", "Baker"])
    with pytest.raises(UnreadableError, match="The columns of the table are places, such as “PA”, not roles"):
        check_columns(["PA", "NY"])
    with pytest.raises(UnreadableError, match="are sexes, such as “Women”"):
        check_columns(["PA", "Women"])


@pytest.mark.parametrize(
    ("rows", "count", "heads"),
    [
        ("| | Baker | Cook |\n| Average age | 41 | 42 |", 2, ("Baker", "Cook")),
        ("| Baker | Cook | |\n| Average age | 41 | 42 |", 2, ("Baker", "Cook")),
        ("| Baker | Cook |\n| Average age | 41 | 42 |", 2, ("Baker", "Cook")),
        ("| About | Baker | Cook |\nPlease read on.\n| Average age | 41 | 42 |", 2, ("Baker", "Cook")),
        ("| | Baker |\n| Average age | 41 |\n| | Cook |\n| Hourly rate | $9 |", 1, ("Baker",)),
        ("| | Baker | |\n| Average age | 41 | 42 |", 2, ()),
        ("| | - | - |\n| Average age | 41 | 42 |", 2, ()),
        ("| Baker |\n| Average age | 41 | 42 |", 2, ()),
        ("| a | b | c | d |\n| Average age | 41 | 42 |", 2, ()),
        ("| | A | B |\n| Average age | 41 | 42 |\n| Hourly rate | $9 |\n| Number of jobs | 1 | 2 |", 2, ("A", "B")),
        ("| | Baker | Cook |\n| Hat size | 41 | 42 |", 0, ()),
        ("| | Baker | Cook |\n| Median pay | $4,000 | 3% |\n| Average age | 41 | 42 |", 2, ("Baker", "Cook")),
        ("| | 2023 | 2024 |\n| Average age | 41 | 42 |", 2, ("2023", "2024")),
    ],
)
def test_heads_stand_above_the_columns_that_most_rows_have(rows: str, count: int, heads: tuple[str, ...]) -> None:
    lines = read_document("page.txt", f"{rows}\n".encode()).lines
    assert count_columns(lines) == count
    assert find_column_heads(lines) == heads


@pytest.mark.parametrize(
    "heads",
    [
        ["Baker 2024", "Baker 2025"],
        ["Men bakers", "Women bakers"],
        ["Cook (2024)", "Cook (2025)"],
        ["Men bakers", "Women bakers", "Cook"],
        ["Women Cabinet Makers", "Cook"],
        ["Cook", "Men Bakers"],
    ],
)
def test_columns_of_one_role_are_not_read_as_two(heads: list[str]) -> None:
    with pytest.raises(UnreadableError, match="not roles"):
        check_columns(heads)


@pytest.mark.parametrize(
    "heads",
    [
        ["Men's Coach", "Women's Coach"],
        ["Nurse", "Male Nurse"],
        ["Expo 2030 Guide", "Guide"],
        ["Baker", "Cook"],
        ["Women's Health Nurses", "Cook"],
        ["Women Apparel Boss", "Cook"],
        ["Womenswear Designers", "Cook"],
    ],
)
def test_titles_that_differ_in_more_are_roles(heads: list[str]) -> None:
    check_columns(heads)
