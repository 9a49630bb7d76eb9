"""The verdict of a comparison: who leads on what, and how that was worked out."""

from typing import Any

import pytest

from comparisons.comparison import Comparison, compare
from comparisons.judging.leads import judge_pair
from comparisons.language.verdict import find_takeaway, write_verdict
from comparisons.queries.roles import read_current_roles
from tests.comparisons.made_roles import compare_roles, make_attainment, make_outlook, make_page, make_pay, make_role
from tests.comparisons.official import Occupation, compare_codes, load_release
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PROGRAM, SOFTWARE, store_role
from tests.comparisons.typical_roles import make_accountant, make_developer, make_electrician, make_nurse
from tests.comparisons.verdict_words import read_rules, read_toss_up, read_verdict, write_with_markers


def list_sentences(comparison: Comparison) -> list[str]:
    text = write_verdict(comparison)
    return [write_with_markers(sentence) for sentence in (*text.sentences, text.toss_up) if sentence]


# -- two roles --------------------------------------------------------------------------------


def test_each_of_two_roles_has_a_sentence_on_what_it_leads_in() -> None:
    assert read_verdict(make_nurse(), make_developer()) == (
        "◆ Developers earn more and their field grows faster. ● Nurses have more openings and more ways in."
    )
    assert read_toss_up(make_nurse(), make_developer()) == (
        "Pay is not a toss-up: about 8 in 10 developers earn more than the middle nurse, and 1 in 9 nurses more than "
        "the middle developer."
    )


def test_the_rules_that_were_used_stand_with_their_thresholds_and_the_share_of_this_pair() -> None:
    assert read_rules(make_nurse(), make_developer()) == (
        "A role is named where it leads clearly: pay, unless 40 to 60% of one role’s people earn more than the other’s "
        "median (here 80%); growth, by 3 points or more; openings, by a quarter or more; ways "
        "in, where 10 points more work without a bachelor’s degree. Shares between two published steps of pay are read "
        "off a straight line. Figures with a relative error of 20% or more name no lead."
    )
    assert "ways in" not in read_rules(make_nurse(attainment={}), make_developer(attainment={}))
    assert "(here" not in read_rules(make_nurse(), make_developer(), make_electrician())


def test_the_rules_of_what_is_equal_stand_where_nothing_else_was_compared() -> None:
    equal = [role(salary={}, attainment={}, projection=make_outlook(4, 100)) for role in (make_nurse, make_developer)]
    assert read_rules(*equal) == (
        "A role is named where it leads clearly: growth, by 3 points or more; openings, by a quarter or more."
    )


def test_a_role_that_leads_on_everything_has_all_of_it_in_one_sentence() -> None:
    worse = make_electrician(projection=make_outlook(1, 20_000), attainment=make_attainment(0, 0, 1, 2, 60, 30, 7))
    assert read_verdict(make_nurse(), worse) == (
        "● Nurses earn more, their field grows faster, and they have more openings and more ways in. "
        "◆ Electricians lead on none of these, which says nothing about the work itself."
    )


def test_growth_that_comes_first_has_the_people_for_its_subject() -> None:
    growing = make_nurse(projection=make_outlook(12, 189_100))
    assert read_verdict(make_nurse(), growing) == (
        "◆ Nurses work in the faster-growing field. "
        "● Nurses lead on none of the points compared, which says nothing about the work itself."
    )


@pytest.mark.parametrize(
    ("growth", "other_growth", "words"),
    [
        (-2, -10, "their field shrinks less"),
        (3, -4, "their field grows while the other shrinks"),
        (0, -5, "their field keeps its size while the other shrinks"),
        (6, 0, "their field grows faster"),
    ],
)
def test_decline_is_called_so(growth: float, other_growth: float, words: str) -> None:
    first = make_developer(projection=make_outlook(growth, 100_000))
    second = make_electrician(projection=make_outlook(other_growth, 100_000))
    assert read_verdict(first, second).startswith(f"● Developers earn more and {words}. ◆")


@pytest.mark.parametrize(
    ("growth", "other_growth", "words"),
    [
        (-2, -10, "work in the field that shrinks less."),
        (3, -4, "work in the field that grows."),
        (0, -5, "work in the field that keeps its size."),
    ],
)
def test_decline_that_comes_first_is_called_so_too(growth: float, other_growth: float, words: str) -> None:
    first = make_electrician(projection=make_outlook(growth, 100_000), attainment={})
    second = make_developer(projection=make_outlook(other_growth, 100_000), attainment={})
    assert read_verdict(first, second) == f"◆ Developers earn more. ● Electricians {words}"


def test_roles_that_lead_on_nothing_are_said_to_be_close() -> None:
    assert read_verdict(make_nurse(), make_nurse()) == (
        "Nothing here sets ● nurses and ◆ nurses clearly apart: pay, growth, openings and ways in are close."
    )


def test_a_lead_must_be_as_large_as_the_rules_say() -> None:
    just_under = make_nurse(
        projection=make_outlook(7.8, 151_300), attainment=make_attainment(0, 0, 0, 21.3, 60, 15, 3.7)
    )
    assert read_verdict(make_nurse(), just_under).startswith("Nothing here sets")
    enough = make_nurse(projection=make_outlook(7.9, 151_280), attainment=make_attainment(0, 0, 0, 21.2, 60, 15, 3.8))
    assert read_verdict(make_nurse(), enough) == (
        "◆ Nurses work in the faster-growing field. ● Nurses have more openings and more ways in."
    )


def test_openings_give_way_to_the_number_of_jobs_where_there_are_none() -> None:
    first, second = make_nurse(projection={}), make_developer(projection={})
    assert read_verdict(first, second) == ("◆ Developers earn more. ● Nurses are more numerous and have more ways in.")
    assert "jobs, by a quarter or more" in read_rules(first, second)


def test_the_people_become_the_subject_again_after_their_field() -> None:
    first = make_developer(projection={}, outlook={"growth_percent": 10, "job_count": 9_000})
    second = make_nurse(projection={}, outlook={"growth_percent": 2, "job_count": 4_000})
    assert read_verdict(first, second).startswith(
        "● Developers earn more, their field grows faster, and they are more numerous. "
    )


def test_whom_a_role_is_ahead_of_is_said_once() -> None:
    ahead = make_developer(projection=make_outlook(12, 189_100), attainment={})
    equal = make_developer(projection=make_outlook(12, 189_100), attainment={})
    behind = make_electrician(projection=make_outlook(4, 20_000), attainment={})
    assert read_verdict(ahead, equal, behind).startswith(
        "● Developers and ◆ developers earn more, are in a faster-growing field, and have more openings than "
        "electricians."
    )


def test_one_thing_that_can_be_compared_is_said_to_be_the_only_one() -> None:
    first, second = (role(projection={}, attainment={}, outlook={}) for role in (make_nurse, make_developer))
    assert read_verdict(first, second) == "◆ Developers earn more. Nothing but pay can be compared here."


def test_plural_titles_fields_and_acronyms_stand_as_such() -> None:
    pays = [make_pay(30_000, 40_000, 50_000, 60_000, 70_000), make_pay(50_000, 60_000, 80_000, 90_000, 99_000)]
    cooks, field = make_role("Cooks, Restaurant", salary=pays[0]), make_role("Software Engineering", salary=pays[1])
    assert read_toss_up(cooks, field) == (
        "Pay is not a toss-up: about 9 in 10 people in software engineering earn more than the median of cooks "
        "(restaurant), and fewer than 1 in 10 cooks (restaurant) more than the middle person in software engineering."
    )
    lpn, teacher = make_role("LPN", salary=pays[0]), make_role("Middle school teacher", salary=pays[1])
    assert read_toss_up(lpn, teacher) == (
        "Pay is not a toss-up: about 9 in 10 middle school teachers earn more than the middle LPN, and fewer than 1 "
        "in 10 LPNs more than the median middle school teacher."
    )


# -- three roles and more ----------------------------------------------------------------------


def test_four_roles_are_each_placed() -> None:
    roles = make_nurse(), make_developer(), make_electrician(), make_accountant()
    assert read_verdict(*roles) == (
        "◆ Developers earn the most and are in the fastest-growing field. ● Nurses have the most openings. "
        "▲ Electricians need no degree. "
        "■ Accountants lead on none of these."
    )
    assert read_toss_up(*roles) == (
        "● Nurses and ■ accountants come closest in pay: about 7 in 10 nurses earn more than the middle accountant, "
        "but the best-paid tenth of accountants starts higher."
    )


def test_roles_that_lead_together_are_among_the_leaders() -> None:
    twin = make_developer(outlook={"job_count": 1_000_000})
    assert read_verdict(make_nurse(), make_developer(), twin, make_accountant()) == (
        "◆ Developers and ▲ developers are among the best paid and those in the fastest-growing fields. "
        "● Nurses have the most openings and the most ways in. ■ Accountants lead on none of these."
    )
    assert read_verdict(make_developer(), twin, make_accountant()) == (
        "● Developers and ◆ developers earn more and are in a faster-growing field than accountants. "
        "▲ Accountants lead on none of these."
    )


def test_roles_that_cannot_be_compared_with_the_others_are_named() -> None:
    page = make_page("Zippia", "")
    scraped = make_role("Lead Technician", salary={"annual_average": 90_615}, page=page)
    assert read_verdict(make_nurse(), make_developer(), scraped) == (
        "◆ Developers earn more and are in a faster-growing field than nurses. "
        "● Nurses have more openings and more ways in than developers. "
        "▲ Lead technicians have no figures that can be compared with these."
    )


def test_a_role_whose_pay_is_not_known_is_not_said_to_lead_on_nothing_of_all() -> None:
    assert read_verdict(make_nurse(), make_developer(), make_electrician(), make_accountant(salary={})) == (
        "◆ Developers earn more than nurses and electricians, and are in the fastest-growing field. "
        "● Nurses have the most openings. ▲ Electricians need no degree. "
        "■ Accountants lead on none of the points on which they can be compared."
    )


def test_decline_among_three_is_called_so() -> None:
    down = [make_electrician(projection=make_outlook(growth, 100_000)) for growth in (-2, -9, -12)]
    assert read_verdict(*down) == (
        "● Electricians see the least decline. ◆ Electricians and ▲ electricians lead on none of the points compared."
    )
    up = make_electrician(projection=make_outlook(4, 100_000))
    assert read_verdict(up, *down[1:]).startswith("● Electricians are in the only growing field.")
    assert read_verdict(up, up, *down[1:]).startswith("● Electricians and ◆ electricians are in a growing field.")
    fewer = [make_electrician(projection=make_outlook(growth, 100_000)) for growth in (-2, -2, -9, -12)]
    assert read_verdict(*fewer).startswith(
        "● Electricians and ◆ electricians are among those in the fields that shrink least."
    )


def test_toss_ups_among_several_are_named_by_pair() -> None:
    twin = make_nurse()
    assert read_toss_up(make_nurse(), twin, make_developer()) == (
        "Pay is a toss-up between ● nurses and ◆ nurses: the medians are the same."
    )
    janitor = make_role(
        "Janitor or Cleaner", "Janitors and Cleaners", salary=make_pay(1_000, 2_000, 3_000, 4_000, 5_000)
    )
    assert read_toss_up(janitor, janitor, make_developer()).startswith(
        "Pay is a toss-up between ● janitors and cleaners, and ◆ janitors and cleaners: "
    )
    assert read_toss_up(make_nurse(), twin, make_nurse()) == "Pay is a toss-up between any two of them."
    assert read_toss_up(make_nurse(), twin, make_developer(), make_developer()) == (
        "Pay is a toss-up between ● nurses and ◆ nurses, and between ▲ developers and ■ developers."
    )
    assert read_toss_up(janitor, janitor, make_developer(), make_developer()) == (
        "Pay is a toss-up between ● janitors and cleaners, and ◆ janitors and cleaners, and between ▲ developers and ■ "
        "developers."
    )
    chain = []
    for more in (0, 3_000, 6_000, 9_000):
        chain.append(make_nurse(salary=make_pay(*(amount + more for amount in range(10_000, 60_000, 10_000)))))
    assert read_toss_up(*chain) == (
        "Pay is a toss-up between ● nurses and ◆ nurses, between ◆ nurses and ▲ nurses, "
        "and between ▲ nurses and ■ nurses."
    )


def test_a_name_with_an_and_of_its_own_stands_after_a_comma() -> None:
    pay = make_pay(20_000, 30_000, 40_000, 50_000, 60_000)
    actor, singer = make_role("Actor", "Actors", salary=pay), make_role("Musician", "Musicians and singers", salary=pay)
    assert "between ● actors, and ◆ musicians and singers" in read_toss_up(
        actor, singer, make_developer(), make_developer()
    )


def test_the_only_two_whose_pay_can_be_compared_do_not_come_closest() -> None:
    scraped = make_role("Lead Technician", salary={"annual_average": 90_615}, page=make_page("Zippia", ""))
    assert read_toss_up(make_nurse(), make_developer(), scraped).startswith(
        "◆ Developers and ● nurses are not close in pay: about 8 in 10 developers earn more than the middle nurse."
    )


def test_a_small_share_beside_a_toss_up_is_conceded_as_small() -> None:
    low = make_role("Baker", salary=make_pay(10_000, 20_000, 50_000, 51_000, 52_000))
    high = make_role("Cook", salary=make_pay(20_000, 45_000, 51_000, 80_000, 99_000))
    assert read_toss_up(low, high) == (
        "Pay is a toss-up: 54% of cooks earn more than the middle baker, though only 25% of bakers earn more than the "
        "middle cook."
    )


def test_three_roles_far_apart_are_not_called_close() -> None:
    low = make_electrician(salary=make_pay(20_000, 21_000, 22_000, 23_000, 24_000))
    middle = make_nurse(salary=make_pay(40_000, 41_000, 42_000, 43_000, 44_000))
    assert read_toss_up(low, middle, make_developer()) == (
        "No two of them are close in pay: more than 9 in 10 nurses earn more than the middle electrician."
    )


# -- stored roles -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_scraped_roles_are_judged_by_averages_and_numbers() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (LEAD, SOFTWARE)]))
    assert list_sentences(comparison) == [
        "● Lead technicians earn more on average and are more numerous.",
        "◆ Software support technicians lead on none of these, which says nothing about the work itself.",
        "Pay is not a toss-up: the averages are $10,945 (14%) apart, though the ranges overlap by 85%.",
    ]
    assert write_verdict(comparison).rules == (
        "A role is named where it leads clearly: pay, by 5% or more of the lower average (here 14%); jobs, by a "
        "quarter or more. Pay is close where averages are less than 5% apart and ranges share 80% or more of the "
        "narrower one. Figures with a relative error of 20% or more name no lead."
    )


@pytest.mark.django_db
def test_a_stored_toss_up_is_called_close() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (PROGRAM, CUSTOMER)]))
    sentence = "Treat pay as close: the averages are $292 (0.8%) apart, and one range lies within the other."
    assert list_sentences(comparison)[-1] == sentence
    pay = judge_pair(comparison, 0, 1)
    assert pay is not None
    assert pay.is_toss_up
    assert pay.ahead is None


@pytest.mark.django_db
def test_a_guide_has_too_little_to_lead_in() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (GUIDE, LEAD)]))
    assert list_sentences(comparison)[0] == "No verdict is possible: too little is known about ● software technicians."


@pytest.mark.django_db
def test_official_tables_are_judged_by_shares() -> None:
    load_release(2025, Occupation("11-1011", "Bakers"), Occupation("11-1021", "Cooks", yearly=78_000))
    assert list_sentences(compare_codes("11-1011", "11-1021")) == [
        "◆ Cooks earn more.",
        "● Bakers lead on none of the points compared, which says nothing about the work itself.",
        "Pay is not a toss-up: about 8 in 10 cooks earn more than the median of bakers, and 1 in 7 bakers more than "
        "the median of cooks.",
    ]


def test_one_role_has_no_verdict() -> None:
    assert write_verdict(compare_roles(make_nurse())) == ((), None, "")
    assert find_takeaway(compare_roles(make_nurse()), "pay") is None


def test_a_role_without_figures_is_not_called_close_to_the_others() -> None:
    page = make_page("Zippia", "")
    same: dict[str, Any] = {"salary": {"annual_average": 50_000}, "outlook": {"job_count": 1_000}, "page": page}
    roles = [make_role("Baker", **same), make_role("Cook", **same), make_role("Smith", page=page)]
    assert read_verdict(*roles) == (
        "Nothing here sets ● bakers and ◆ cooks clearly apart: pay and the number of jobs are close. "
        "▲ Smiths have no figures that can be compared with these."
    )
