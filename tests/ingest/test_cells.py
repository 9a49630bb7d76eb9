"""What the text of a single cell may be: every form that is read, and the nearest forms that are refused."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ingest.parsing import cells
from ingest.parsing.cells import OutOfBoundsError, UnreadableError
from ingest.parsing.choices import read_chosen_values
from ingest.parsing.readers import GENDERS, RACES

GENDER_SHARES = "Male, 72.1% Female, 27.9%"


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (cells.read_money, "$1000", 1_000),
        (cells.read_money, "$1,234,567", 1_234_567),
        (cells.read_money, "$123456789", 123_456_789),
        (cells.read_money, "$90,615.00", 90_615),
        (cells.read_rate, "$7", Decimal(7)),
        (cells.read_rate, "$38.3", Decimal("38.3")),
        (cells.read_rate, "$1,000.00", Decimal(1000)),
        (cells.read_growth, "−7%", Decimal(-7)),
        (cells.read_growth, "–7%", Decimal(-7)),
        (cells.read_growth, "+123456.1234%", Decimal("123456.1234")),
        (cells.read_whole_percent, "100%", 100),
        (cells.read_whole_percent, "0%", 0),
        (cells.read_count, "0", 0),
        (cells.read_count, "7", 7),
        (cells.read_count, "1,234", 1_234),
        (cells.read_count, "123,456,789,012", 123_456_789_012),
        (cells.read_count, "1234567890", 1_234_567_890),
        (cells.read_satisfaction, "0", Decimal(0)),
        (cells.read_satisfaction, "5", Decimal(5)),
        (cells.read_satisfaction, "5.00", Decimal(5)),
        (cells.read_pay_range, "between $9,000 and $10,000", (9_000, 10_000)),
        (cells.read_share, "Bachelor's Degree,59%", ("Bachelor's Degree", 59)),
        (cells.read_share, "A Degree, of sorts,  100%", ("A Degree, of sorts", 100)),
        (cells.read_months, "1 year", (12, 12)),
        (cells.read_months, "120 months", (120, 120)),
        (cells.read_months, "6 - 8 YEARS", (72, 96)),
        (cells.read_months, "100–120 months", (100, 120)),
        (cells.read_months, "3-3 years", (36, 36)),
        (cells.read_months, "10+ years", (120, None)),
        (cells.read_months, "over 10 years", (120, None)),
        (cells.read_months, "Less than 6 months", (None, 6)),
        (cells.read_months, "under 2 years", (None, 24)),
        (cells.read_name, "3M", "3M"),
        (cells.read_name, "Yahoo!", "Yahoo!"),
    ],
)
def test_a_cell_is_read(read: Callable[[str], Any], text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.read_money, "90,615"),
        (cells.read_money, "$1,23"),
        (cells.read_money, "$1,234,567,890"),
        (cells.read_money, "$1234567890"),
        (cells.read_money, "$90,615.50"),
        (cells.read_rate, "$38.305"),
        (cells.read_rate, "$1234567"),
        (cells.read_growth, "7"),
        (cells.read_growth, "1.23456%"),
        (cells.read_growth, "1234567%"),
        (cells.read_whole_percent, "11.5%"),
        (cells.read_whole_percent, "-1%"),
        (cells.read_count, "01"),
        (cells.read_count, "0,123"),
        (cells.read_count, "1,234,567,890,123"),
        (cells.read_count, "12345678901"),
        (cells.read_age, "9"),
        (cells.read_age, "100"),
        (cells.read_years, "0"),
        (cells.read_years, "100"),
        (cells.read_satisfaction, "4.255"),
        (cells.read_satisfaction, "-1"),
        (cells.read_satisfaction, "good"),
        (cells.read_pay_range, "Between $30,000 And $"),
        (cells.read_pay_range, "$30,000"),
        (cells.read_share, "59%"),
        (cells.read_share, "Degree, 1000%"),
        (cells.read_months, "soon"),
        (cells.read_months, "8-6 years"),
        (cells.read_months, "1000 months"),
        (cells.read_months, "More than 00 years"),
        (cells.read_months, "02-4 years"),
        (cells.read_months, "2-04 years"),
        (cells.read_months, "2 weeks"),
        (cells.read_name, "?!"),
        *((cells.read_name, word) for word in ("N/A", "na", "n.a.", "NaN", "None", "null", "nil")),
        *((cells.read_name, word) for word in ("Not available", "not  published", "TBD", "Unknown", "Not disclosed")),
        *((cells.read_name, name) for name in ("Ohio [1]", "Ohio*", "Ohio †", "Ohio¹", "-Ohio", "— Ohio")),
    ],
)
def test_a_cell_that_is_no_such_value_is_refused_with_its_text(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(text)
    assert not isinstance(refused.value, OutOfBoundsError)
    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.read_money, "$999"),
        (cells.read_rate, "$1,000.01"),
        (cells.read_rate, "$98,700"),
        (cells.read_rate, "$123456.78"),
        (cells.read_whole_percent, "101%"),
        (cells.read_whole_percent, "123456%"),
        (cells.read_satisfaction, "5.01"),
        (cells.read_satisfaction, "45"),
        (cells.read_share, "A Degree, 101%"),
        (lambda text: cells.read_shares(text, GENDERS), "Male, 100.1%"),
    ],
)
def test_an_impossible_figure_is_told_apart_from_an_unreadable_one(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(OutOfBoundsError, match=re.escape(text)):
        read(text)


def test_shares_are_read_in_the_order_of_their_labels() -> None:
    text = "White, 61% Asian, 10.5%  black or African American, 9%"
    shares = (Decimal(9), None, None, Decimal("10.5"), Decimal(61), None)
    assert cells.read_shares(text, RACES) == shares


@pytest.mark.parametrize("text", ["Male, 50% Male, 50%", "Male, 50% Others, 50%", "Male, 50% and so on", "Male 50%"])
def test_a_list_with_a_share_that_is_repeated_or_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="is not a list of shares of male, female"):
        cells.read_shares(text, GENDERS)


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "‒", "–", "—", "−"])
def test_any_dash_alone_is_no_value(dash: str) -> None:
    assert cells.is_missing(dash)
    assert not cells.is_missing(dash * 2)


@pytest.mark.parametrize("text", ["", "0", "none"])
def test_other_text_is_a_value(text: str) -> None:
    assert not cells.is_missing(text)


# -- what a person enters ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("demographics.male_percent", "72.1%", {"demographics.male_percent": Decimal("72.1")}),
        (
            "demographics.male_percent",
            GENDER_SHARES,
            {"demographics.male_percent": Decimal("72.1"), "demographics.female_percent": Decimal("27.9")},
        ),
        ("demographics.race.black_percent", "9.5%", {"demographics.race.black_percent": Decimal("9.5")}),
        ("demographics.median_age", "42", {"demographics.median_age": Decimal(42)}),
        ("demographics.median_age", "100.5", {"demographics.median_age": Decimal("100.5")}),
        ("entry.job_zone", "4", {"entry.job_zone": 4}),
        ("entry.months_low", "2-4 years", {"entry.months_low": 24, "entry.months_high": 48}),
        ("entry.months_low", "120 Months", {"entry.months_low": 120}),
        ("entry.months_high", "1 year", {"entry.months_high": 12}),
        ("entry.months_low", None, {"entry.months_low": None}),
        ("salary.annual_median", "$41,600", {"salary.annual_median": 41_600}),
        ("salary.hourly_p10", "$12.50", {"salary.hourly_p10": Decimal("12.50")}),
        ("work_life.balance_rating", "Fair", {"work_life.balance_rating": "Fair"}),
        ("skills", "Dough;  Ovens , big ;", {"skills": ["Dough", "Ovens , big"]}),
    ],
)
def test_a_person_may_enter_a_value(field: str, text: str | None, values: dict[str, Any]) -> None:
    assert read_chosen_values(field, text) == values


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("outlook.growth_percent", "many", "“many” is not a percentage"),
        ("entry.months_high", "soon", "“soon” is not a span of time like 18 months or 2 years"),
        ("projection.base_year", "1999", "“1999” is not a year"),
        ("demographics.median_age", "42.35", "“42.35” is not an age"),
        ("skills", " ; ", "No skill is named"),
        ("colour", "blue", "“colour” is not a value that can be chosen"),
    ],
)
def test_a_text_that_is_no_such_value_is_refused_with_the_reason(field: str, text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_chosen_values(field, text)
