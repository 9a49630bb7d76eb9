"""The facts of a page are checked against one another: contradictions give warnings and change no value."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.checks import check_page
from ingest.parsing.evidence import Evidence
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, PageWarning, ParsedPage
from ingest.parsing.role_facts import RoleFacts

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "tests/pages/pipe-all-different.txt").read_text("utf-8")


def parse_changed(label: str, first: str, second: str) -> ParsedPage:
    """The consistent page with other cells wherever it has this row."""
    row = re.compile(rf"\| {re.escape(label)} \|.*")
    assert row.search(PAGE)
    text = row.sub(f"| {label} | {first} | {second} |", PAGE)
    return parse_page(read_document("page.txt", text.encode()))


def list_warnings_about(page: ParsedPage, role: int) -> set[tuple[str, str | None]]:
    title = page.roles[role].title
    return {(w.code, w.field) for w in page.warnings if w.role == title}


def test_a_consistent_page_has_no_warning() -> None:
    assert parse_page(read_document("page.txt", PAGE.encode())).warnings == ()


@pytest.mark.parametrize(
    ("label", "cell", "code", "field"),
    [
        ("Hourly rate", "$99.00", "hourly-disagrees-with-annual", "salary.hourly_average"),
        ("Salary range", "Between $1,000 And $2,000", "average-outside-range", "salary.annual_average"),
        ("Gender ratio", "Male, 50.0% Female, 40.0%", "gender-sum", "demographics.male_percent"),
        ("Highest paying City", "Boston, MA", "city-not-in-state", "salary.top_city"),
    ],
)
def test_each_check_warns_about_its_value_and_marks_it(label: str, cell: str, code: str, field: str) -> None:
    for role, cells in ((0, (cell, "-")), (1, ("-", cell))):
        page = parse_changed(label, *cells)
        assert (code, field) in list_warnings_about(page, role)
        assert not {c for c, _ in list_warnings_about(page, 1 - role)} & {code}
        assert code in page.roles[role].evidence[field].warnings


def test_race_shares_may_differ_from_100_by_at_most_0_3() -> None:
    def page(white: str) -> ParsedPage:
        block = (
            "Black or African American, 10.0% Unknown, 5.0% Hispanic or Latino, 15.0% "
            f"Asian, 10.0% White, {white}% American Indian and Alaska Native, 0.4%"
        )
        return parse_changed("Race ratio", block, "-")

    assert ("race-sum", "demographics.race.white_percent") not in list_warnings_about(page("59.9"), 0)
    assert ("race-sum", "demographics.race.white_percent") in list_warnings_about(page("60.0"), 0)
    assert page("60.0").roles[0].value("demographics.race.white_percent") == 60


RACES = {f"demographics.race.{name}_percent": Decimal(20) for name in ("black", "unknown", "hispanic", "asian")}
WHITE = "demographics.race.white_percent"


def make_role_facts(title: str, values: Mapping[str, Any]) -> RoleFacts:
    """A role with these values, each on a line of its own."""
    evidence = {key: Evidence(line, str(value), "cell") for line, (key, value) in enumerate(values.items(), 1)}
    return RoleFacts(title=title, titled_by="table", values=values, evidence=evidence)


def check_roles(*roles: RoleFacts, warnings: tuple[PageWarning, ...] = ()) -> ParsedPage:
    return check_page(ParsedPage(layout="pipe", publisher="Zippia", roles=roles, warnings=warnings))


@pytest.mark.parametrize(
    "values",
    [
        {"salary.annual_average": 208_000, "salary.hourly_average": Decimal("101.00")},
        {"salary.annual_average": 208_000, "salary.hourly_average": Decimal("99.00")},
        {"salary.annual_average": 208_000, "salary.hourly_median": Decimal("1.00")},
        {"salary.annual_p10": 30_000, "salary.annual_p25": 30_000, "salary.annual_p90": 31_000},
        {"salary.annual_low": 30_000, "salary.annual_high": 30_000, "salary.annual_average": 30_000},
        {"salary.annual_low": 30_000, "salary.annual_median": 90_000},
        {"demographics.male_percent": Decimal("50.5"), "demographics.female_percent": Decimal("49.5")},
        {"demographics.male_percent": Decimal(30)},
        {"demographics.female_percent": Decimal(30)},
        {**dict.fromkeys(RACES), WHITE: None},
        {"entry.months_low": 24, "entry.months_high": 48},
        {**RACES, WHITE: Decimal("20.3")},
        {**RACES, WHITE: Decimal("19.7")},
        {"entry.years_of_experience": 4, "entry.months_low": 24, "entry.months_high": 48},
        {"entry.years_of_experience": None, "entry.months_low": 24, "entry.months_high": 48},
        {"entry.years_of_experience": 2},
        {"salary.top_city": "Boston, MA", "salary.top_state": "Massachusetts"},
        {"salary.top_city": "Boston, MA"},
        {"salary.top_state": "Massachusetts"},
        {"salary.top_city": "Springfield, ZZ", "salary.top_state": "Massachusetts"},
    ],
)
def test_figures_that_agree_or_stand_alone_have_no_warning(values: dict[str, Any]) -> None:
    assert check_roles(make_role_facts("Baker", values)).warnings == ()


@pytest.mark.parametrize(
    ("values", "code", "message"),
    [
        (
            {"salary.annual_average": 208_000, "salary.hourly_average": Decimal("101.01")},
            "hourly-disagrees-with-annual",
            "$101.01 an hour is $210,101 a year, not $208,000",
        ),
        (
            {"salary.annual_average": 15_000, "salary.hourly_average": Decimal("7.5")},
            "hourly-disagrees-with-annual",
            "$7.50 an hour is $15,600 a year, not $15,000",
        ),
        (
            {"salary.hourly_p75": Decimal("98.99"), "salary.annual_p75": 208_000},
            "hourly-disagrees-with-annual",
            "not $208,000",
        ),
        (
            {"salary.annual_p10": 30_000, "salary.annual_median": 29_999},
            "percentiles-out-of-order",
            "pay a year fall from $30,000 to $29,999",
        ),
        (
            {"salary.hourly_p75": Decimal("20.50"), "salary.hourly_p90": Decimal("20.40")},
            "percentiles-out-of-order",
            "pay an hour fall from $20.50 to $20.40",
        ),
        (
            {"salary.annual_low": 30_001, "salary.annual_high": 30_000},
            "average-outside-range",
            "from $30,001 down to $30,000",
        ),
        (
            {"demographics.male_percent": Decimal(60), "demographics.female_percent": Decimal("40.1")},
            "gender-sum",
            "add up to 100.1, not 100",
        ),
        ({**RACES, WHITE: Decimal("20.4")}, "race-sum", "add up to 100.4, not 100"),
        ({**RACES, WHITE: Decimal("19.6")}, "race-sum", "add up to 99.6, not 100"),
        (
            {"entry.years_of_experience": 2, "entry.months_low": 72},
            "experience-disagrees-with-time",
            "The years of experience and the time to enter disagree",
        ),
        (
            {"salary.top_city": "Boston, MA", "salary.top_state": "Texas"},
            "city-not-in-state",
            "city, Boston, MA, is not in the highest paying state, Texas",
        ),
    ],
)
def test_values_that_contradict_one_another_are_all_marked(values: dict[str, Any], code: str, message: str) -> None:
    page = check_roles(make_role_facts("Baker", values), make_role_facts("Miller", values))
    for role in page.roles:
        warned = [warning for warning in page.warnings if warning.role == role.title]
        assert {warning.field for warning in warned} == set(values)
        assert {warning.code for warning in warned} == {code}
        assert all(message in warning.message and f"({role.title})" in warning.message for warning in warned)
        for key in values:
            assert role.evidence[key].warnings == (code,)


@pytest.mark.parametrize("figure", ["average", "median", "entry", "mid", "senior"])
@pytest.mark.parametrize("value", [29_999, 40_001])
def test_pay_outside_its_range_is_marked_and_the_range_is_not(figure: str, value: int) -> None:
    key = f"salary.annual_{figure}"
    page = check_roles(
        make_role_facts("Baker", {key: value, "salary.annual_low": 30_000, "salary.annual_high": 40_000})
    )
    assert [(warning.code, warning.field) for warning in page.warnings] == [("average-outside-range", key)]
    assert f"${value:,} lies outside the pay range" in page.warnings[0].message


def test_pay_is_compared_with_the_one_end_of_its_range_that_is_published() -> None:
    for end, value in (("salary.annual_low", 29_999), ("salary.annual_high", 30_001)):
        [warning] = check_roles(make_role_facts("Baker", {"salary.annual_average": value, end: 30_000})).warnings
        assert warning.code == "average-outside-range"


def test_warnings_stand_by_line_each_once_and_mark_the_value_of_their_role_alone() -> None:
    own = PageWarning("split-by-spelling", 2, "Check it.", "salary.top_state", "Miller")
    earlier = PageWarning("unknown-label", 1, "A row is not known.")
    values = {"salary.top_city": "Boston, MA", "salary.top_state": "Texas"}
    page = check_roles(make_role_facts("Baker", {}), make_role_facts("Miller", values), warnings=(own, earlier, own))
    assert [(warning.line, warning.code) for warning in page.warnings] == [
        (1, "city-not-in-state"),
        (1, "unknown-label"),
        (2, "city-not-in-state"),
        (2, "split-by-spelling"),
    ]
    assert page.roles[1].evidence["salary.top_city"].warnings == ("city-not-in-state",)
    state = page.roles[1].evidence["salary.top_state"]
    assert state.warnings == ("city-not-in-state", "split-by-spelling")
    assert not any(key.startswith("salary.") for key in page.roles[0].evidence)


@pytest.mark.parametrize(
    ("field", "title", "marks"),
    [
        ("salary.top_state", "Miller", ("split-by-spelling",)),
        ("salary.top_state", "Baker", ()),
        ("salary.top_company", "Miller", ()),
        ("skills", "Miller", ()),
        (None, "Miller", ()),
    ],
)
def test_a_warning_marks_the_value_that_it_names(field: str | None, title: str, marks: tuple[str, ...]) -> None:
    baker, miller = (make_role_facts(name, {"salary.top_state": "Texas"}) for name in ("Baker", "Miller"))
    page = check_roles(baker, miller, warnings=(PageWarning("split-by-spelling", 2, "Check it.", field, title),))
    assert page.roles[1].evidence["salary.top_state"].warnings == marks
    again = check_page(page)
    assert again.roles[1].evidence["salary.top_state"].warnings == marks


def test_a_figure_with_several_values_is_left_to_a_person_with_the_most_frequent_value_first() -> None:
    page = parse_changed("Average salary", "$1,000", "$2,000")
    assert ("repeated-figure-differs", "salary.annual_average") in list_warnings_about(page, 0)
    for facts, candidates in zip(page.roles, (("$41,600", "$1,000"), ("$104,000", "$2,000")), strict=True):
        assert facts.value("salary.annual_average") is None
        evidence = facts.evidence["salary.annual_average"]
        assert (evidence.how, evidence.candidates) == ("unread", candidates)


def test_the_most_frequent_value_stands_first_wherever_it_stands_on_the_page() -> None:
    page = parse_changed("Yearly salary", "$1,000", "-")
    assert page.roles[0].evidence["salary.annual_average"].candidates == ("$41,600", "$1,000")
    [question] = page.ambiguous
    assert (question.field, question.raw, question.candidates) == (
        "salary.annual_average",
        "$1,000",
        ("$41,600", "$1,000"),
    )
    [warning, _] = [warning for warning in page.warnings if warning.code == "repeated-figure-differs"]
    assert (warning.line, warning.role) == (question.line, page.roles[0].title)
    assert warning.message.startswith(f"“$1,000” in line {question.line} and “$41,600” in line ")


def test_both_ends_of_a_range_that_differs_are_asked_for_at_once() -> None:
    row = "| Salary range | Between $1,000 And $2,000 | Between $3,000 And $4,000 |"
    text = PAGE.replace("| Salary range |", f"{row}\n| Salary range |", 1)
    page = parse_page(read_document("page.txt", text.encode()))
    assert {question.field for question in page.ambiguous} == {"salary.annual_low"}
    for facts in page.roles:
        assert (facts.value("salary.annual_low"), facts.value("salary.annual_high")) == (None, None)
        low, high = facts.evidence["salary.annual_low"], facts.evidence["salary.annual_high"]
        assert (low.how, low.candidates) == (high.how, high.candidates)


def test_the_choice_of_a_person_settles_a_figure_with_several_values() -> None:
    text = PAGE.replace("| Average salary | $41,600 |", "| Average salary | $1,000 |")
    choices = {("radio announcer", "salary.annual_average"): "$41,600"}
    page = parse_page(read_document("page.txt", text.encode()), Knowledge(choices=choices))
    assert page.roles[0].value("salary.annual_average") == 41600
    assert page.roles[0].evidence["salary.annual_average"].how == "chosen"
    assert page.ambiguous == ()
    assert not list_warnings_about(page, 0)


def test_a_page_of_two_kinds_is_refused() -> None:
    guide = (ROOT / "tests/pages/guide-front.txt").read_text("utf-8")
    pair = (ROOT / "tests/pages/run-together-all-different.txt").read_text("utf-8")
    expected = "two kinds at once: a career guide and .* cells run together. Save one page as a file of its own"
    with pytest.raises(UnreadableError, match=expected):
        parse_page(read_document("a.txt", f"{guide}\n{pair}".encode()))


def test_a_page_that_compares_a_role_with_itself_is_refused() -> None:
    text = "| Baker | baker | |\n| Average age | 42 | 43 |\n| Yearly salary | $1,000 | $2,000 |\n"
    with pytest.raises(UnreadableError, match="with itself"):
        parse_page(read_document("a.txt", text.encode()))
