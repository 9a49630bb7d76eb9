"""The computed summary: true, plain, and silent where a value is missing."""

from typing import Any

import pytest

from comparisons.charts import figures
from comparisons.comparison import Comparison, compare
from comparisons.current import current
from comparisons.sentences import TOSS_UP_GAP, TOSS_UP_OVERLAP, coverage, in_short, moves
from tests.comparisons import stored
from tests.comparisons.stored import CUSTOMER, GUIDE, LEAD, PROFESSIONAL, PROGRAM, SOFTWARE, store, store_facts

pytestmark = pytest.mark.django_db


def pair(*titles: str, **changes: Any) -> Comparison:
    """The roles of these titles; the changes are to the first."""
    roles = [store(titles[0], **changes)] + [store(title) for title in titles[1:]]
    return compare(current([role.slug for role in roles]))


def summary(comparison: Comparison) -> list[str]:
    return [sentence.text for sentence in in_short(comparison)]


def test_the_better_paid_role_is_named_first_wherever_it_stands() -> None:
    expected = (
        "● Lead technicians average ● $90,615 a year, $10,945 (14%) more than "
        "◆ software support technicians with ◆ $79,670"
    )
    comparison = pair(LEAD, SOFTWARE)
    assert summary(comparison)[0] == expected
    turned = compare(current(["software-support-technician", "lead-technician"]))
    assert summary(turned)[0].startswith("◆ Lead technicians average ◆ $90,615")


def test_pay_that_is_close_is_a_toss_up_and_says_what_that_means() -> None:
    sentence = summary(pair(PROGRAM, CUSTOMER))[0]
    assert sentence.startswith("Pay is a toss-up between ● program support technicians and ◆ customer support")
    assert "$292 (0.8%) apart" in sentence
    assert f"less than {TOSS_UP_GAP}%" in sentence
    assert f"{TOSS_UP_OVERLAP}% or more" in sentence


def test_close_averages_without_ranges_are_no_toss_up() -> None:
    sentence = summary(pair(PROGRAM, CUSTOMER, salary={"annual_low": None}))[0]
    assert "toss-up" not in sentence
    assert "$292 (0.8%) more than" in sentence


def test_equal_pay_is_said_to_be_equal() -> None:
    assert summary(pair(LEAD, SOFTWARE, salary={"annual_average": 79670}))[0] == "Both average $79,670 a year"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"salary": {"annual_average": None}}, "average"),
        ({"outlook": {"job_count": None}}, "jobs for"),
        ({"entry": {"months_low": None, "months_high": None, "years_of_experience": None}}, "Getting in"),
        ({"skills": []}, "list"),
    ],
)
def test_a_sentence_with_a_missing_value_is_not_printed(changes: dict[str, Any], words: str) -> None:
    full = summary(pair(LEAD, SOFTWARE))
    assert any(words in sentence for sentence in full)
    first = store_facts({**_facts(LEAD), "title": "Other Technician"}, **changes)
    comparison = compare(current([first.slug, "software-support-technician"]))
    assert not any(words in sentence for sentence in summary(comparison))
    assert "None" not in " ".join(summary(comparison))


def _facts(title: str) -> dict[str, Any]:
    return stored.figures()[title]


def test_zero_jobs_divide_nothing() -> None:
    assert not any("jobs for" in sentence for sentence in summary(pair(LEAD, SOFTWARE, outlook={"job_count": 0})))


def test_jobs_are_counted_in_times_in_percent_or_as_about_as_many() -> None:
    many = summary(pair(LEAD, SOFTWARE))
    assert many[1] == (
        "There are 2.1 times as many jobs for ● lead technicians as for ◆ software support technicians: "
        "● 250,590 against ◆ 117,059"
    )
    few = summary(compare(current([store(PROFESSIONAL).slug, "software-support-technician"])))
    assert few[1].startswith("There are 6% more jobs for ● professional technicians than for")
    same = store_facts({**_facts(SOFTWARE), "title": "Twin Technician"})
    equal = summary(compare(current([same.slug, "software-support-technician"])))
    assert equal[1].startswith("There are about as many jobs for ● twin technicians and ◆ software support technicians")


def test_growth_is_told_only_where_it_differs_and_keeps_its_sign() -> None:
    assert not any("growth" in sentence for sentence in summary(pair(LEAD, SOFTWARE)))
    shrinking = store_facts(_facts(LEAD) | {"title": "Shrinking Technician"}, outlook={"growth_percent": -7})
    told = summary(compare(current([shrinking.slug, "software-support-technician"])))
    assert told[2] == (
        "The growth rate is higher for ◆ software support technicians with ◆ +10% "
        "and lower for ● shrinking technicians with ● −7%"
    )
    three = summary(compare(current([shrinking.slug, "software-support-technician", "lead-technician"])))
    assert any("is highest for" in each and "and lowest for" in each for each in three)


@pytest.mark.parametrize(
    ("count", "told", "title"),
    [
        (160_000, "There are 37% more jobs for ● lead technicians", "Lead technicians have 37% more jobs"),
        (250_000, "There are 2.1 times as many jobs for", "Lead technicians have 2.1 times as many jobs"),
        (119_000, "There are about as many jobs for", "The number of jobs is about the same"),
    ],
)
def test_the_summary_and_the_chart_tell_the_number_of_jobs_in_the_same_way(count: int, told: str, title: str) -> None:
    comparison = pair(LEAD, SOFTWARE, outlook={"job_count": count})
    assert summary(comparison)[1].startswith(told)
    assert next(each for each in figures(comparison) if each.slug == "jobs").title == title


def test_the_longer_way_in_is_named() -> None:
    slow = {"months_low": 72, "months_high": 96, "years_of_experience": 8}
    told = summary(pair(LEAD, SOFTWARE, entry=slow))
    assert (
        "Getting in takes longer for ● lead technicians: ● 6 to 8 years, against ◆ 1 to 2 years "
        "for ◆ software support technicians"
    ) in told


def test_more_than_ten_years_is_longer_than_any_band() -> None:
    slow = {"months_low": 120, "months_high": None, "years_of_experience": None}
    assert any(
        "longer for ● lead technicians: ● more than 10 years" in each
        for each in summary(pair(LEAD, SOFTWARE, entry=slow))
    )


def test_two_publishers_are_named_where_their_figures_meet() -> None:
    first = summary(pair(LEAD, SOFTWARE, publisher="Jobicy"))[0]
    assert first.endswith("(figures of different publishers: Jobicy and Zippia)")


def test_both_ways_of_moving_are_told() -> None:
    told = [sentence.text for sentence in moves(pair(LEAD, SOFTWARE))]
    lead, software = "● lead technician", "◆ software support technician"
    assert told == [
        f"Moving from {lead} to {software} you would add customer service and troubleshoot",
        f"Moving from {software} to {lead} you would add architecture and digital transformation",
    ]


def test_lists_say_what_share_of_the_whole_they_cover() -> None:
    told = [sentence.text for sentence in coverage(pair(PROGRAM, GUIDE))]
    assert told[0] == "The list for ● program support technician has 6 entries that add up to 56%"
    assert told[1].endswith("entries without shares")


def test_three_roles_are_summed_up_by_their_ends() -> None:
    told = summary(pair(LEAD, PROGRAM, CUSTOMER))
    assert told[0].startswith("● Lead technicians average ● $90,615 a year, the most here: $54,254 (149%) more than")
    assert "Getting in takes as long for all three: 1 to 2 years" in told


def test_one_role_has_no_summary() -> None:
    assert in_short(pair(LEAD)) == ()
