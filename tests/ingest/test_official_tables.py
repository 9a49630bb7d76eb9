"""Wage tables: the values of their rows with evidence, and which rows are read."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from ingest.documents.document import PAGE_LIMIT, TABLE_LIMIT
from ingest.parsing.cells import UnreadableError
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.wage_tables import NATIONAL, SMALL, drop_lines, get_refusal, parse_table


@cache
def read_national() -> dict[str, RoleFacts]:
    return {str(role.soc_code): role for role in parse_table(NATIONAL.read_bytes(), NATIONAL.name).roles}


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
    facts, golden = read_national()[code], GOLDEN[code]
    assert (facts.title, facts.value("occupation_group")) == (golden["title"], golden["group"])
    assert (facts.value("outlook.job_count"), facts.value("outlook.relative_error_percent")) == golden["jobs"]
    assert facts.value("salary.relative_error_percent") == golden["error"]
    parts = ("average", "p10", "p25", "median", "p75", "p90")
    assert tuple(facts.value(f"salary.annual_{part}") for part in parts) == golden["annual"]
    hourly = tuple(amount and Decimal(amount) for amount in golden["hourly"])
    assert tuple(facts.value(f"salary.hourly_{part}") for part in parts) == hourly


def test_every_detailed_occupation_and_no_group_is_a_role() -> None:
    assert len(read_national()) == 830
    assert not [code for code in read_national() if code.endswith("0000")]
    assert all(facts.value("occupation_group") for facts in read_national().values())


def test_the_national_table_is_consistent_and_names_its_release() -> None:
    table = parse_table(NATIONAL.read_bytes(), NATIONAL.name)
    assert table.warnings == ()
    assert table.title == "Occupational Employment and Wage Statistics, national, May 2025"


def test_evidence_names_the_row_and_column_of_a_figure() -> None:
    evidence = read_national()["15-1252"].evidence["salary.annual_average"]
    assert (evidence.line, evidence.column, evidence.raw, evidence.how) == (108, "A_MEAN", "148100", "cell")
    group = read_national()["15-1252"].evidence["occupation_group"]
    assert (group.line, group.column) == (92, "OCC_TITLE")


def test_hourly_pay_must_match_yearly_pay_and_percentiles_must_rise() -> None:
    wrong = SMALL.replace(b"18.50,", b"28.50,").replace(b'"44,360"', b'"24,360"')
    codes = {warning.code for warning in parse_table(wrong).warnings}
    assert {"hourly-disagrees-with-annual", "percentiles-out-of-order"} <= codes


# -- which rows -------------------------------------------------------------------------------


def test_rows_of_industries_are_left_out_with_a_warning() -> None:
    message = next(warning.message for warning in parse_table(SMALL).warnings if warning.code == "rows-left-out")
    assert message == (
        "1 row of Educational Services was left out: only the 7 rows of the nation and of states are used."
    )


def test_a_table_of_towns_alone_is_refused_with_what_was_expected() -> None:
    towns = drop_lines(SMALL, b"99,").replace(b"1,Alabama,2,", b"450,Anniston,4,")
    assert get_refusal(towns).startswith("The table has only rows of Anniston. Rows of the whole nation")


def test_a_table_without_codes_is_refused_with_the_first_row_that_lacks_its_code() -> None:
    assert get_refusal(re.sub(rb"\d\d-\d{4}", b"Jan-11", SMALL)).startswith(
        "No row of an occupation has its code, such as 11-1011, in the column OCC_CODE and its title in OCC_TITLE: row "
    )


def test_a_table_without_required_columns_is_refused_with_their_names() -> None:
    assert get_refusal(SMALL.replace(b"a_mean", b"a_mode")).startswith("The table lacks the columns A_MEAN.")


def test_a_row_with_a_cell_too_many_is_refused_with_its_line() -> None:
    assert get_refusal(b"A,B\n1,2\n1,2,3\n") == (
        "Row 3 of the table has 3 cells, but its head in row 1 has 2. Put cells that hold a comma into quotation "
        "marks, or save the table again as .csv."
    )
    assert get_refusal(b"Cook\n\nA,B\n1,2,3\n").endswith(
        "If the file is a page and not a table, give it the ending .txt."
    )


def test_another_table_is_of_unknown_kind() -> None:
    assert get_refusal(b"name,age\nAnn,40\n").startswith(
        "The table is of no known kind: its columns are “name”, “age”."
    )
    assert get_refusal(b"name\n").startswith("The table is of no known kind: it has no row with the names of columns.")


@pytest.mark.without_coverage
def test_a_table_cut_anywhere_gives_no_false_figure() -> None:
    whole = {role.soc_code: role for role in parse_table(SMALL).roles}
    for end in range(0, len(SMALL), 7):
        try:
            roles = parse_table(SMALL[:end]).roles
        except UnreadableError:
            continue
        for facts in roles:
            role = whole[facts.soc_code]
            assert (facts.values, facts.evidence) == (role.values, role.evidence), f"cut at {end}"


def test_a_table_may_be_longer_than_a_page_up_to_its_own_limit() -> None:
    long = SMALL + b"x" * PAGE_LIMIT
    assert parse_table(long).roles
    assert parse_table(long, "table.txt").roles
    assert f"a table may have {TABLE_LIMIT:,}" in get_refusal(SMALL + b"x" * TABLE_LIMIT)
    assert f"a page may have {PAGE_LIMIT:,}" in get_refusal(b"x" * (PAGE_LIMIT + 1), "page.txt")
