"""Run-together cells: every split is listed, a single one is the answer, and nothing is guessed."""

from typing import Any

import pytest

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.zippia import run_together_cells


@pytest.mark.parametrize(
    ("key", "cells", "pairs"),
    [
        ("salary.annual_average", "$36,653$36,361", [("$36,653", "$36,361")]),
        ("salary.annual_average", "-$36,361", [("-", "$36,361")]),
        ("salary.annual_average", "$36,653-", [("$36,653", "-")]),
        ("salary.hourly_average", "$17.62$17.48", [("$17.62", "$17.48")]),
        ("outlook.growth_percent", "-7%9%", [("-7%", "9%")]),
        ("outlook.growth_percent", "-5%", [("-", "5%")]),
        ("outlook.growth_percent", "--5%", [("-", "-5%")]),
        ("outlook.growth_percent", "5%-3%", [("5%", "-3%")]),
        ("outlook.growth_percent", "5%-", [("5%", "-")]),
        ("outlook.growth_percent", "--", [("-", "-")]),
        ("outlook.growth_percent", "\u22127%\u22129%", [("\u22127%", "\u22129%")]),
        ("outlook.growth_percent", "\u2013\u20135%", [("\u2013", "\u20135%")]),
        ("salary.annual_average", "$36,653\u2014", [("$36,653", "\u2014")]),
        ("outlook.growth_percent", "+5% -3.1234%", [("+5%", "-3.1234%")]),
        ("outlook.growth_percent", "5%3", []),
        ("outlook.job_count", "160,368117,102", [("160,368", "117,102")]),
        ("outlook.job_count", "0-", [("0", "-")]),
        ("outlook.job_count", "0 950", [("0", "950")]),
        ("outlook.job_count", "123,456,7891", [("123,456,789", "1")]),
        ("outlook.job_count", "12,341,567,330", []),
        ("outlook.job_count", "12312,345", [("12", "312,345"), ("123", "12,345")]),
        ("outlook.job_count", "1,234567", [("1,234", "567")]),
        ("outlook.job_count", "99912", [("99", "912"), ("999", "12")]),
        ("outlook.satisfaction", "45", [("4", "5")]),
        ("outlook.satisfaction", "4.25-", [("4.25", "-")]),
        ("outlook.satisfaction", "3.5-", [("3.5", "-")]),
        ("outlook.satisfaction", "3.54.25", [("3.5", "4.25")]),
        ("outlook.satisfaction", "5.00 0", [("5.00", "0")]),
        ("outlook.satisfaction", "55.1", []),
        ("outlook.satisfaction", "3.5444.25", []),
        ("salary.hourly_average", "$1,038.30 $7", [("$1,038.30", "$7")]),
        ("salary.hourly_average", "$123456.7-", [("$123456.7", "-")]),
        ("salary.hourly_average", "$17.622$17.48", []),
        ("salary.annual_average", "$1,234,567 $123456789", [("$1,234,567", "$123456789")]),
        (
            "salary.annual_low",
            "Between $9 And $10between $11 and $12",
            [("Between $9 And $10", "between $11 and $12")],
        ),
        ("education.degree", "A Degree,51%B Degree, 100%", [("A Degree,51%", "B Degree, 100%")]),
        ("education.degree", "A Degree, 51% -", [("A Degree, 51%", "-")]),
        ("demographics.average_age", "4242", [("42", "42")]),
        ("demographics.average_age", "-42", [("-", "42")]),
        ("entry.years_of_experience", "1212", [("12", "12")]),
        ("entry.years_of_experience", "210", [("2", "10")]),
        ("entry.years_of_experience", "212", [("2", "12"), ("21", "2")]),
        ("salary.top_city", "Long Beach, CANew York, NY", [("Long Beach, CA", "New York, NY")]),
        ("salary.top_city", "-Winston-Salem, NC", [("-", "Winston-Salem, NC")]),
        ("salary.top_state", "HawaiiNew Jersey", [("Hawaii", "New Jersey")]),
        ("salary.top_state", "West VirginiaVirginia", [("West Virginia", "Virginia")]),
        ("salary.top_state", "ArkansasKansas", [("Arkansas", "Kansas")]),
        ("demographics.lgbt_percent", "11%9%", [("11%", "9%")]),
        ("education.degree", "-Bachelor's Degree, 46%", [("-", "Bachelor's Degree, 46%")]),
        ("demographics.male_percent", "Male, 60.0% Female, 40.0%", []),
        ("demographics.male_percent", "Male, 60.0% Female, 40.0%-", [("Male, 60.0% Female, 40.0%", "-")]),
    ],
)
def test_a_shape_lists_every_split_into_two_valid_cells(key: str, cells: str, pairs: list[tuple[str, str]]) -> None:
    assert run_together_cells.SHAPES[key].find_splits(cells) == pairs


@pytest.mark.parametrize(
    "cells",
    [
        "IBMPayPal",
        "AT&TeBay",
        "MITMcGill University",
        "RSM USDeWitt",
        "AdobeeBay",
        "HubSpotathenahealth",
        "GoogleYouTube",
        "Forever 21Adobe",
        "Booking.comAdobe",
        "Yahoo!Adobe",
        "3MAdobe",
        "EYAdobe",
        "MacAdobe",
        "McKinsey",
        "adidasNike",
        "Chase BankeBay Inc",
        "Entergyiclick",
        "PayPallululemon athletica",
        "YouTube@properties",
        "LinkedIn&pizza",
        "PayPal Co.7-Eleven",
        "AdobeezCater",
        "Jane StreetxAI",
    ],
)
def test_spelling_that_does_not_show_one_clear_boundary_is_ambiguous(cells: str) -> None:
    reading = run_together_cells.split_names(cells, frozenset())
    assert reading.rule is None


def test_two_known_names_split_what_spelling_cannot() -> None:
    names = frozenset({"IBM", "PayPal", "AT&T", "eBay"})
    assert run_together_cells.split_names("IBMPayPal", names).pairs == [("IBM", "PayPal")]
    assert run_together_cells.split_names("AT&TeBay", names).pairs == [("AT&T", "eBay")]
    assert run_together_cells.split_names("IBMPayPal", frozenset({"IBM"})).rule is None


@pytest.mark.parametrize(
    ("cells", "known_name", "candidate"),
    [
        ("AdobecloudBees", "cloudBees", ("Adobe", "cloudBees")),
        ("HubSpotcloudbees", "HubSpot", ("HubSpot", "cloudbees")),
        ("AdobeuKnit", "Adobe", ("Adobe", "uKnit")),
    ],
)
def test_one_known_name_speaks_against_a_boundary_within_it_or_beside_it(
    cells: str, known_name: str, candidate: tuple[str, str]
) -> None:
    assert run_together_cells.split_names(cells, frozenset()).rule == "boundary"
    reading = run_together_cells.split_names(cells, frozenset({known_name}))
    assert reading.rule is None
    assert candidate in reading.pairs


@pytest.mark.parametrize("known", ["Mand", "Adobe", "Mandiant", "Adobe Inc"])
def test_a_known_name_that_fits_the_boundary_or_is_part_of_a_half_speaks_against_nothing(known: str) -> None:
    reading = run_together_cells.split_names("MandiantAdobe", frozenset({known}))
    assert (reading.pairs, reading.rule) == ([("Mandiant", "Adobe")], "boundary")


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014", "\u2212"])
def test_a_dash_of_any_kind_at_one_end_of_names_is_a_cell(dash: str) -> None:
    assert run_together_cells.split_names(f"{dash}PayPal", frozenset()).pairs == [(dash, "PayPal")]
    assert run_together_cells.split_names(f"PayPal{dash}", frozenset()).pairs == [("PayPal", dash)]
    assert run_together_cells.split_names(f"{dash}{dash}", frozenset()).pairs == [(dash, dash)]


def test_a_dash_at_both_ends_of_names_settles_nothing() -> None:
    reading = run_together_cells.split_names("-PayPal-", frozenset())
    assert reading.rule is None
    assert reading.pairs[:2] == [("-", "PayPal-"), ("-PayPal", "-")]


def test_of_many_places_at_which_names_may_meet_the_likeliest_stand_first() -> None:
    reading = run_together_cells.split_names("IBMeBay 3MVisa", frozenset())
    assert reading.rule is None
    assert reading.pairs[0] == ("IBM", "eBay 3MVisa")
    assert len(run_together_cells.split_names("A1" * 20, frozenset()).pairs) == 12


def test_longer_text_than_any_row_is_not_split() -> None:
    longest = "X" + "x" * 149
    assert run_together_cells.split_names(longest * 2, frozenset()).rule == "boundary"
    assert run_together_cells.split_names(f"{longest * 2}x", frozenset()) == run_together_cells.NameSplit([], None)
    assert run_together_cells.SHAPES["education.degree"].find_splits(f"{'x' * 989}, 5%y, 6%") != []
    assert run_together_cells.SHAPES["education.degree"].find_splits(f"{'x' * 993}, 5%y, 6%") == []
    assert run_together_cells.split_skills(f"{'x' * 990}, b and c", oxford=False) != []
    assert run_together_cells.split_skills(f"{'x' * 992}, b and c", oxford=False) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("BakerMiller", ("Baker", "Miller")),
        ("Baker Miller", ("Baker", "Miller")),
        ("Baker  Miller", ("Baker", "Miller")),
        ("Baker Miller Cook", None),
        ("BakersMiller", None),
    ],
)
def test_a_head_is_split_where_both_titles_meet(text: str, titles: tuple[str, str] | None) -> None:
    assert run_together_cells.split_titles(text, "baker", "miller") == titles


@pytest.mark.parametrize(
    ("text", "oxford", "readings"),
    [
        ("java", False, [("java",)]),
        ("java and sql", False, [("java and sql",), ("java", "sql")]),
        ("a, b and c", True, [("a", "b", "c")]),
        ("a, b, and c", False, [("a", "b", "c")]),
        ("a, b, c, and d", True, [("a", "b, c", "d"), ("a, b", "c", "d")]),
    ],
)
def test_a_list_of_three_skills_is_read_in_every_way(text: str, oxford: bool, readings: list[tuple[str, ...]]) -> None:
    assert run_together_cells.split_skills(text, oxford=oxford) == readings


@pytest.mark.parametrize(
    "pair",
    [
        ("Mandiant", "Adobe"),
        ("Bank of America", "Visa"),
        ("Lowe's", "T-Mobile"),
        ("Ernst & Young", "The Home Depot"),
        ("University of California, Los Angeles", "Washington University in St. Louis"),
        ("University of Illinois at Urbana-Champaign", "Ohio State University, The"),
        ("Start-up", "Health Care"),
        ("Technology", "Fortune 500"),
        ("7-Eleven", "Visa"),
        ("24 Hour Fitness", "Adobe"),
        ("University of Miami", "University of Tennessee"),
    ],
)
def test_two_ordinary_names_are_split_at_their_only_boundary(pair: tuple[str, str]) -> None:
    assert run_together_cells.split_names("".join(pair), frozenset()) == run_together_cells.NameSplit(
        [pair], "boundary"
    )


def test_a_dash_at_one_end_is_an_unpublished_cell() -> None:
    assert run_together_cells.split_names("-PayPal", frozenset()).pairs == [("-", "PayPal")]
    assert run_together_cells.split_names("Stanford University-", frozenset()).pairs == [("Stanford University", "-")]
    assert run_together_cells.split_names("--", frozenset()).pairs == [("-", "-")]


def read(row: str, knowledge: Knowledge | None = None, time: str = "") -> ParsedPage:
    """A page with one row. `time`: a sentence on the time to enter."""
    opening = f"Baker vs miller\n\nThe day begins early for both.{time}"
    text = f"{opening}\n\nBaker vs miller overview\n\nBakerMiller\n{row}\n\nBrowse food jobs\n"
    return parse_page(read_document("a.txt", text.encode()), knowledge or Knowledge())


def list_values(page: ParsedPage, key: str) -> list[Any]:
    return [role.value(key) for role in page.roles]


def test_an_ambiguous_count_is_null_and_lists_its_candidates_in_step() -> None:
    page = read("Number of jobs12312,345")
    assert list_values(page, "outlook.job_count") == [None, None]
    assert [(a.role, a.field, a.raw, a.candidates) for a in page.ambiguous] == [
        ("Baker", "outlook.job_count", "12312,345", ("12", "123")),
        ("Miller", "outlook.job_count", "12312,345", ("312,345", "12,345")),
    ]


def test_a_stored_figure_settles_a_count_that_one_candidate_agrees_with() -> None:
    stored = Knowledge(figures={("baker", "outlook.job_count"): frozenset({123})})
    page = read("Number of jobs12312,345", stored)
    assert list_values(page, "outlook.job_count") == [123, 12345]
    assert page.roles[0].evidence["outlook.job_count"].how == "cross-reference"


def test_stored_figures_that_agree_with_two_candidates_settle_nothing() -> None:
    stored = Knowledge(
        figures={
            ("baker", "outlook.job_count"): frozenset({123}),
            ("miller", "outlook.job_count"): frozenset({312345}),
        }
    )
    assert list_values(read("Number of jobs12312,345", stored), "outlook.job_count") == [None, None]


def test_the_sentence_settles_years_of_experience() -> None:
    time = (
        " While it typically takes 1-2 years to become a baker, becoming a miller takes usually requires 6-12 months."
    )
    page = read("Years of experience212", time=time)
    assert list_values(page, "entry.years_of_experience") == [2, 12]
    assert list_values(page, "entry.months_high") == [24, 12]


def test_years_that_no_sentence_explains_stay_ambiguous() -> None:
    assert list_values(read("Years of experience212"), "entry.years_of_experience") == [None, None]


def test_a_choice_is_kept_as_evidence_and_settles_the_ambiguity() -> None:
    chosen = Knowledge(choices={("baker", "salary.top_company"): "IBM", ("miller", "salary.top_company"): "PayPal"})
    page = read("Best paying companyIBMPayPal", chosen)
    assert list_values(page, "salary.top_company") == ["IBM", "PayPal"]
    assert [role.evidence["salary.top_company"].how for role in page.roles] == ["chosen", "chosen"]
    assert page.ambiguous == ()


def test_names_are_learned_from_cells_and_never_from_a_split() -> None:
    assert read("Best paying companyMandiantAdobe").learned == ()
    pipe = b"| Baker | Miller | |\n| Best paying company | IBM | - |\n"
    learned = parse_page(read_document("a.txt", pipe)).learned
    assert [(name.kind, name.name) for name in learned] == [("company", "IBM")]


def test_a_split_by_spelling_has_a_warning_until_both_halves_are_known() -> None:
    assert {w.code for w in read("Best paying companyMandiantAdobe").warnings} == {"split-by-spelling"}
    knowledge = Knowledge(names={"company": frozenset({"Mandiant", "Adobe"})})
    page = read("Best paying companyMandiantAdobe", knowledge)
    assert page.warnings == ()
    assert list_values(page, "salary.top_company") == ["Mandiant", "Adobe"]


def test_a_head_in_the_other_order_turns_the_columns() -> None:
    row = "Average age3142\n\nMillerBaker\nLGBT Percentage9%11%"
    page = read(row)
    assert list_values(page, "demographics.average_age") == [31, 42]
    assert list_values(page, "demographics.lgbt_percent") == [11, 9]


def test_a_word_for_none_is_not_a_name_and_is_never_learned() -> None:
    page = parse_page(read_document("a.txt", b"| Baker | Miller | |\n| Best paying company | N/A | IBM |\n"))
    assert list_values(page, "salary.top_company") == [None, "IBM"]
    assert [(a.role, a.field, a.raw) for a in page.ambiguous] == [("Baker", "salary.top_company", "N/A")]
    assert [name.name for name in page.learned] == ["IBM"]
