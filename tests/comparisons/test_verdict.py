"""The verdict of a comparison: who leads on what, whether pay is a toss-up, and how that was worked out."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparisons.comparison import Comparison, compare
from comparisons.judging.leads import judge_leads, judge_pair
from comparisons.language.titles import in_prose, plural
from comparisons.language.verdict import entry_findings, outlook_findings, pay_findings, what_follows, write_verdict
from comparisons.queries.roles import CurrentRole, read_current_roles
from tests.comparisons.figure_tables import verdict_texts
from tests.comparisons.made_roles import LEVELS, made, make_attainment, make_outlook, make_page, make_pay, make_role
from tests.comparisons.official import Occupation, compared, load_release
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PROGRAM, SOFTWARE, store_role

BACHELOR = {"education": "Bachelor's degree", "work_experience": "None", "training": "None"}
SCHOOL = {"education": "High school diploma or equivalent", "work_experience": "None", "training": "Apprenticeship"}


def nurse(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(68_940, 80_330, 97_550, 112_350, 137_470),
        "outlook": {"job_count": 3_379_720},
        "projection": make_outlook(4.9, 189_100),
        "attainment": make_attainment(0.5, 1.2, 3.9, 25.6, 54.4, 11.8, 2.7),
        "requirements": BACHELOR,
    }
    return make_role("Nurse", "Nurses", **(groups | changes))


def developer(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(82_460, 105_210, 135_980, 171_980, 214_670),
        "outlook": {"job_count": 1_687_890},
        "projection": make_outlook(15.8, 115_200),
        "attainment": make_attainment(0.5, 2.2, 7.4, 3.9, 51.9, 30.1, 3.9),
        "requirements": BACHELOR,
    }
    return make_role("Developer", "Developers", **(groups | changes))


def electrician(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(40_000, 48_000, 63_190, 80_000, 108_510),
        "outlook": {"job_count": 757_220},
        "projection": make_outlook(9.5, 81_000),
        "attainment": make_attainment(6, 40, 33, 12, 7, 1, 1),
        "requirements": SCHOOL,
    }
    return make_role("Electrician", "Electricians", **(groups | changes))


def accountant(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(53_000, 65_000, 83_680, 108_000, 141_000),
        "outlook": {"job_count": 1_449_500},
        "projection": make_outlook(4.6, 124_200),
        "attainment": make_attainment(0.2, 1, 4, 6, 60, 27, 2),
        "requirements": BACHELOR,
    }
    return make_role("Accountant", "Accountants", **(groups | changes))


def verdict(*roles: CurrentRole) -> str:
    return " ".join(sentence.text for sentence in write_verdict(made(*roles)).sentences)


def toss_up(*roles: CurrentRole) -> str:
    sentence = write_verdict(made(*roles)).toss_up
    return sentence.text if sentence else ""


def rules(*roles: CurrentRole) -> str:
    return write_verdict(made(*roles)).rules


def written(comparison: Comparison) -> list[str]:
    text = write_verdict(comparison)
    return [sentence.text for sentence in (*text.sentences, text.toss_up) if sentence]


def follows(comparison: Comparison, key: str) -> str:
    follow = what_follows(comparison, key)
    if follow is None:
        return ""
    words = "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in follow.parts)
    return f"{words} / {follow.note}" if follow.note else words


# -- two roles --------------------------------------------------------------------------------


def test_each_of_two_roles_has_a_sentence_on_what_it_leads_in() -> None:
    assert verdict(nurse(), developer()) == (
        "◆ Developers earn more and their field grows faster. ● Nurses have more openings and more ways in."
    )
    assert toss_up(nurse(), developer()) == (
        "Pay is not a toss-up: about 8 in 10 developers earn more than the middle nurse, and 1 in 9 nurses more than "
        "the middle developer."
    )


def test_the_rules_that_were_used_stand_with_their_thresholds_and_the_share_of_this_pair() -> None:
    assert rules(nurse(), developer()) == (
        "A role is named where it leads clearly: pay, where fewer than 40% or more than 60% of one role’s people earn "
        "more than the other’s median (here 80%); growth, by 3 points or more; openings, by a quarter or more; ways "
        "in, where 10 points more work without a bachelor’s degree. Shares between two published steps of pay are read "
        "off a straight line. Figures with a relative error of 20% or more name no lead."
    )
    assert "ways in" not in rules(nurse(attainment={}), developer(attainment={}))
    assert "(here" not in rules(nurse(), developer(), electrician())


def test_the_rules_of_what_is_equal_stand_where_nothing_else_was_compared() -> None:
    equal = [role(salary={}, attainment={}, projection=make_outlook(4, 100)) for role in (nurse, developer)]
    assert rules(*equal) == (
        "A role is named where it leads clearly: growth, by 3 points or more; openings, by a quarter or more."
    )


def test_a_role_that_leads_on_everything_has_all_of_it_in_one_sentence() -> None:
    worse = electrician(projection=make_outlook(1, 20_000), attainment=make_attainment(0, 0, 1, 2, 60, 30, 7))
    assert verdict(nurse(), worse) == (
        "● Nurses earn more, their field grows faster, and they have more openings and more ways in. "
        "◆ Electricians lead on none of these, which say nothing of the work itself."
    )


def test_growth_that_comes_first_has_the_people_for_its_subject() -> None:
    growing = nurse(projection=make_outlook(12, 189_100))
    assert verdict(nurse(), growing) == (
        "◆ Nurses work in the faster-growing field. "
        "● Nurses lead on none of these, which say nothing of the work itself."
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
    first = developer(projection=make_outlook(growth, 100_000))
    second = electrician(projection=make_outlook(other_growth, 100_000))
    assert verdict(first, second).startswith(f"● Developers earn more and {words}. ◆")


@pytest.mark.parametrize(
    ("growth", "other_growth", "words"),
    [
        (-2, -10, "work in the field that shrinks less."),
        (3, -4, "work in the field that grows."),
        (0, -5, "work in the field that keeps its size."),
    ],
)
def test_decline_that_comes_first_is_called_so_too(growth: float, other_growth: float, words: str) -> None:
    first = electrician(projection=make_outlook(growth, 100_000), attainment={})
    second = developer(projection=make_outlook(other_growth, 100_000), attainment={})
    assert verdict(first, second) == f"◆ Developers earn more. ● Electricians {words}"


def test_roles_that_lead_on_nothing_are_said_to_be_close() -> None:
    assert verdict(nurse(), nurse()) == (
        "Nothing here sets ● nurses and ◆ nurses clearly apart: pay, growth, openings and ways in are close."
    )


def test_a_lead_must_be_as_large_as_the_rules_say() -> None:
    just_under = nurse(projection=make_outlook(7.8, 151_300), attainment=make_attainment(0, 0, 0, 21.3, 60, 15, 3.7))
    assert verdict(nurse(), just_under).startswith("Nothing here sets")
    enough = nurse(projection=make_outlook(7.9, 151_280), attainment=make_attainment(0, 0, 0, 21.2, 60, 15, 3.8))
    assert verdict(nurse(), enough) == (
        "◆ Nurses work in the faster-growing field. ● Nurses have more openings and more ways in."
    )


def test_openings_give_way_to_the_number_of_jobs_where_there_are_none() -> None:
    first, second = nurse(projection={}), developer(projection={})
    assert verdict(first, second) == ("◆ Developers earn more. ● Nurses are more numerous and have more ways in.")
    assert "jobs, by a quarter or more" in rules(first, second)


def test_one_thing_that_can_be_compared_is_said_to_be_the_only_one() -> None:
    first, second = (role(projection={}, attainment={}, outlook={}) for role in (nurse, developer))
    assert verdict(first, second) == "◆ Developers earn more. Nothing but pay can be compared here."


def test_plural_titles_fields_and_acronyms_stand_as_such() -> None:
    pays = [make_pay(30_000, 40_000, 50_000, 60_000, 70_000), make_pay(50_000, 60_000, 80_000, 90_000, 99_000)]
    cooks, field = make_role("Cooks, Restaurant", salary=pays[0]), make_role("Software Engineering", salary=pays[1])
    assert toss_up(cooks, field) == (
        "Pay is not a toss-up: about 9 in 10 people in software engineering earn more than the median of cooks "
        "(restaurant), and fewer than 1 in 10 cooks (restaurant) more than the middle person in software engineering."
    )
    lpn, teacher = make_role("LPN", salary=pays[0]), make_role("Middle school teacher", salary=pays[1])
    assert toss_up(lpn, teacher) == (
        "Pay is not a toss-up: about 9 in 10 middle school teachers earn more than the middle LPN, and fewer than 1 "
        "in 10 LPNs more than the median middle school teacher."
    )


# -- pay --------------------------------------------------------------------------------------


def test_pay_within_the_band_is_a_toss_up_and_no_lead() -> None:
    close = developer(salary=make_pay(66_000, 80_000, 100_000, 115_000, 140_000))
    assert toss_up(nurse(), close) == (
        "Pay is a toss-up: 53% of developers earn more than the middle nurse, and 46% of nurses more than the middle "
        "developer."
    )
    assert "earn" not in verdict(nurse(), close)


def test_a_share_outside_the_band_is_conceded_where_the_other_makes_a_toss_up() -> None:
    wide = developer(salary=make_pay(30_000, 60_000, 90_000, 180_000, 250_000))
    narrow = nurse(salary=make_pay(98_000, 99_000, 100_000, 101_000, 102_000))
    assert toss_up(narrow, wide) == (
        "Pay is a toss-up: 47% of developers earn more than the middle nurse, though more than 9 in 10 nurses earn "
        "more than the middle developer."
    )


def test_a_median_that_is_too_high_to_be_told_still_leads() -> None:
    surgeon = make_role(
        "Surgeon",
        "Surgeons",
        salary=make_pay(98_000, 200_000, None, None, None),
        missing={"annual_median": "too-high", "annual_p75": "too-high", "annual_p90": "too-high"},
    )
    assert verdict(nurse(projection={}, attainment={}, outlook={}), surgeon).startswith("◆ Surgeons earn more.")
    assert toss_up(nurse(), surgeon) == (
        "Pay is not a toss-up: more than 9 in 10 surgeons earn more than the middle nurse, and the median of surgeons "
        "is higher than the source tells."
    )


def test_pay_by_the_hour_alone_is_compared_by_the_hour() -> None:
    actor = make_role(
        "Actor", "Actors", salary=make_pay(*map(Decimal, ("15.00", "20.00", "25.00", "40.00", "60.00")), time="hourly")
    )
    dancer = make_role(
        "Dancer",
        "Dancers",
        salary=make_pay(*map(Decimal, ("13.00", "14.00", "16.00", "18.00", "25.00")), time="hourly"),
    )
    assert verdict(actor, dancer) == "● Actors earn more. Nothing but pay can be compared here."
    assert follows(made(actor, dancer), "pay") == "● Actor +$9.00 an hour / 56% more"


def test_yearly_pay_is_never_set_against_hourly_pay() -> None:
    actor = make_role("Actor", "Actors", salary={"hourly_median": Decimal("25.00")})
    assert toss_up(nurse(), actor) == (
        "Pay cannot be compared: it is published by the year only for nurses and by the hour only for actors."
    )
    assert follows(made(nurse(), actor), "pay") == ""


def test_averages_are_judged_by_their_gap_and_the_ranges() -> None:
    def technician(title: str, average: int, low: int | None, high: int | None) -> CurrentRole:
        salary = {"annual_average": average, "annual_low": low, "annual_high": high}
        return make_role(title, salary=salary, page=make_page("Zippia", ""))

    first = technician("Baker", 50_000, 40_000, 60_000)
    expected = {
        (51_000, 41_000, 61_000): (
            "Treat pay as close: $1,000 (2%) lies between the averages, and the ranges overlap by 95%."
        ),
        (51_000, 55_000, 80_000): (
            "Pay may be a toss-up: $1,000 (2%) lies between the averages, but the ranges overlap by 25%."
        ),
        (51_000, None, None): (
            "Pay may be a toss-up: $1,000 (2%) lies between the averages, and there are no ranges of both."
        ),
        (50_000, 40_000, 60_000): "Treat pay as close: the averages are the same, and the ranges overlap by 100%.",
        (70_000, 61_000, 80_000): (
            "Pay is not a toss-up: $20,000 (40%) lies between the averages, and the ranges do not overlap."
        ),
        (60_000, None, None): "Pay is not a toss-up: $10,000 (20%) lies between the averages.",
    }
    for figures, sentence in expected.items():
        assert toss_up(first, technician("Cook", *figures)) == sentence
    assert verdict(first, technician("Cook", 60_000, None, None)).startswith("◆ Cooks average more.")


def test_large_errors_name_no_lead() -> None:
    uncertain = developer(
        salary={**make_pay(1, 2, 3, 4, 5), "annual_average": 4, "relative_error_percent": Decimal(25)}
    )
    known = nurse(salary={**make_pay(6, 7, 8, 9, 10), "annual_average": 8, "relative_error_percent": Decimal(1)})
    assert toss_up(known, uncertain) == (
        "Pay is too uncertain to be compared: the source gives a relative error of 25% for developers."
    )
    counted = nurse(
        projection={}, salary={}, attainment={}, outlook={"job_count": 100, "relative_error_percent": Decimal(30)}
    )
    many = developer(projection={}, salary={}, attainment={})
    assert judge_leads(made(counted, many)) == []


def test_figures_that_their_source_contradicts_name_no_lead() -> None:
    salary = {"annual_average": 90_000, "annual_low": 10_000, "annual_high": 20_000}
    page = make_page("Zippia", "")
    doubted = make_role("Baker", salary=salary, page=page, warnings={"annual_average": "average-outside-range"})
    other = make_role("Cook", salary={"annual_average": 30_000}, page=page)
    assert judge_leads(made(doubted, other)) == []


def test_two_publishers_name_no_lead_and_say_so() -> None:
    page = make_page("Zippia", "")
    scraped = make_role("Lead Technician", salary={"annual_average": 90_615}, outlook={"job_count": 250_590}, page=page)
    official = nurse(salary={"annual_average": 101_420})
    assert verdict(scraped, official) == (
        "Who leads cannot be told: the figures for ● lead technicians and ◆ nurses are not counted alike."
    )
    assert toss_up(scraped, official) == (
        "Pay is no fair comparison here: the figure for lead technicians is from Zippia and that for nurses is from "
        "Bureau, May 2025."
    )
    assert rules(scraped, official) == ""
    assert follows(made(scraped, official), "pay") == "◆ Nurse +$10,805 / 12% more; different publishers"


def test_two_releases_and_two_places_name_no_lead() -> None:
    older = developer(page=make_page(release="May 2024"))
    assert not any(standing.aspect == "pay" for standing in judge_leads(made(nurse(), older)))
    elsewhere = developer(page=make_page(release="May 2025", area="in California"))
    assert not any(standing.aspect == "pay" for standing in judge_leads(made(nurse(), elsewhere)))


def test_the_state_of_the_figures_is_named() -> None:
    page = make_page(area="in California")
    assert verdict(nurse(page=page), developer(page=page)) == (
        "◆ Developers earn more in California and their field grows faster. "
        "● Nurses have more openings and more ways in."
    )


def test_pay_of_a_state_says_so_and_is_not_set_against_that_of_the_country() -> None:
    page = make_page(area="in California")
    assert toss_up(nurse(page=page), developer(page=page)).startswith(
        "Pay in California is not a toss-up: about 8 in 10"
    )
    assert toss_up(nurse(page=page), developer()) == (
        "Pay is no fair comparison here: the figure for nurses is of people in California and that for developers is "
        "of people in the whole country."
    )
    assert toss_up(nurse(page=page), developer(salary={})) == (
        "Pay cannot be compared: there is none for developers in California."
    )
    assert toss_up(nurse(page=page), nurse(page=page), nurse(page=page)) == (
        "Pay in California is a toss-up between any two of them."
    )
    assert toss_up(nurse(page=page), developer(), accountant()).endswith(
        " Pay of nurses is not compared: it is of people in California."
    )


def test_pay_of_one_role_alone_cannot_be_compared() -> None:
    assert toss_up(nurse(), developer(salary={})) == "Pay cannot be compared: there is none for developers."
    assert toss_up(nurse(salary={}), developer(salary={})) == ""
    assert toss_up(nurse(), developer(salary={}), accountant(salary={})) == (
        "Pay cannot be compared: there is none for developers or accountants."
    )


def test_a_role_of_which_too_little_is_known_is_named() -> None:
    assert verdict(nurse(), make_role("Healer", page=make_page("Jobicy", ""))) == (
        "Who leads cannot be told: too little is known of ◆ healers."
    )


# -- three roles and more ----------------------------------------------------------------------


def test_four_roles_are_each_placed() -> None:
    roles = nurse(), developer(), electrician(), accountant()
    assert verdict(*roles) == (
        "◆ Developers earn most and grow fastest. ● Nurses have the most openings. ▲ Electricians need no degree. "
        "■ Accountants lead on none of these."
    )
    assert toss_up(*roles) == (
        "● Nurses and ■ accountants come closest in pay: about 7 in 10 nurses earn more than the middle accountant, "
        "but the best-paid tenth of accountants starts higher."
    )


def test_roles_that_lead_together_are_among_the_leaders() -> None:
    twin = developer(outlook={"job_count": 1_000_000})
    assert verdict(nurse(), developer(), twin, accountant()) == (
        "◆ Developers and ▲ developers are among the best paid and the fastest growing. "
        "● Nurses have the most openings and the most ways in. ■ Accountants lead on none of these."
    )
    assert verdict(developer(), twin, accountant()) == (
        "● Developers and ◆ developers earn more and grow faster than accountants. ▲ Accountants lead on none of these."
    )


def test_roles_that_cannot_be_compared_with_the_others_are_named() -> None:
    page = make_page("Zippia", "")
    scraped = make_role("Lead Technician", salary={"annual_average": 90_615}, page=page)
    assert verdict(nurse(), developer(), scraped) == (
        "◆ Developers earn more and grow faster than nurses. ● Nurses have more openings and more ways in than "
        "developers. ▲ Lead technicians have no figures that can be compared with these."
    )


def test_decline_among_three_is_called_so() -> None:
    down = [electrician(projection=make_outlook(growth, 100_000)) for growth in (-2, -9, -12)]
    assert verdict(*down) == (
        "● Electricians see the least decline. ◆ Electricians and ▲ electricians lead on none of these."
    )
    up = electrician(projection=make_outlook(4, 100_000))
    assert verdict(up, *down[1:]).startswith("● Electricians are in the only growing field.")
    assert verdict(up, up, *down[1:]).startswith("● Electricians and ◆ electricians are in a growing field.")
    fewer = [electrician(projection=make_outlook(growth, 100_000)) for growth in (-2, -2, -9, -12)]
    assert verdict(*fewer).startswith("● Electricians and ◆ electricians are among those that shrink least.")


def test_toss_ups_among_several_are_named_by_pair() -> None:
    twin = nurse()
    assert toss_up(nurse(), twin, developer()) == (
        "Pay is a toss-up between ● nurses and ◆ nurses: 50% of nurses earn more than the middle nurse, and 50% of "
        "nurses more than the middle nurse."
    )
    assert toss_up(nurse(), twin, nurse()) == "Pay is a toss-up between any two of them."
    assert toss_up(nurse(), twin, developer(), developer()) == (
        "Pay is a toss-up between nurses and nurses, and between developers and developers."
    )


def test_three_roles_far_apart_are_not_called_close() -> None:
    low = electrician(salary=make_pay(20_000, 21_000, 22_000, 23_000, 24_000))
    middle = nurse(salary=make_pay(40_000, 41_000, 42_000, 43_000, 44_000))
    assert toss_up(low, middle, developer()) == (
        "No two of them are close in pay: more than 9 in 10 nurses earn more than the middle electrician."
    )


# -- stored roles -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_scraped_roles_are_judged_by_averages_and_numbers() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (LEAD, SOFTWARE)]))
    assert written(comparison) == [
        "● Lead technicians average more and are more numerous.",
        "◆ Software support technicians lead on none of these, which say nothing of the work itself.",
        "Pay is not a toss-up: $10,945 (14%) lies between the averages, though the ranges overlap by 85%.",
    ]
    assert write_verdict(comparison).rules == (
        "A role is named where it leads clearly: pay, by 5% or more of the lower average (here 14%); jobs, by a "
        "quarter or more. Pay is close where averages are less than 5% apart and ranges share 80% or more of the "
        "narrower one. Figures with a relative error of 20% or more name no lead."
    )


@pytest.mark.django_db
def test_a_stored_toss_up_is_called_close() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (PROGRAM, CUSTOMER)]))
    assert written(comparison)[-1].startswith(
        "Treat pay as close: $292 (0.8%) lies between the averages, and the ranges"
    )
    pay = judge_pair(comparison, 0, 1)
    assert pay is not None
    assert pay.holds
    assert pay.ahead is None


@pytest.mark.django_db
def test_a_guide_has_too_little_to_lead_in() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (GUIDE, LEAD)]))
    assert written(comparison)[0] == "Who leads cannot be told: too little is known of ● software technicians."


@pytest.mark.django_db
def test_official_tables_are_judged_by_shares() -> None:
    load_release(2025, Occupation("11-1011", "Bakers"), Occupation("11-1021", "Cooks", yearly=78_000))
    assert written(compared("11-1011", "11-1021")) == [
        "◆ Cooks earn more.",
        "● Bakers lead on none of these, which say nothing of the work itself.",
        "Pay is not a toss-up: about 8 in 10 cooks earn more than the median of bakers, and 1 in 7 bakers more than "
        "the median of cooks.",
    ]


def test_one_role_has_no_verdict() -> None:
    assert write_verdict(made(nurse())) == ((), None, "")
    assert what_follows(made(nurse()), "pay") is None


# -- whatever is missing ------------------------------------------------------------------------

Numbers = list[int | None]
TITLES = st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.none() | st.sampled_from([0, 1, 100, 90_615]) | st.integers(0, 400_000)
SHARES = st.none() | st.integers(0, 14)
FOLLOWED = ("pay", "outlook.job_count", "projection.growth_percent", "projection.openings_per_year", "education")
FINDERS = (
    pay_findings.find_pay_steps,
    entry_findings.find_attainment,
    entry_findings.find_entry,
    outlook_findings.find_new_jobs,
    outlook_findings.find_room,
)
HOLE = re.compile(r"None|nan|—|  | [,.;:)]|\( |[,;:]$|: ,|and and|\.\.")


def role_of_numbers(index: int, title: str, numbers: Numbers, shares: Numbers) -> CurrentRole:
    average, median, jobs, openings, low, base = numbers
    pay = {"annual_average": average, "annual_median": median, "annual_p10": low, "annual_p90": average}
    return make_role(
        title,
        page=make_page(("Zippia", "Bureau")[index % 2], ("May 2025", "May 2024")[openings is None]),
        salary=pay | {"annual_low": low, "annual_high": low and low + 20_000},
        outlook={"job_count": jobs},
        projection=make_outlook((median or 0) % 30 - 15, openings or 0, base or 0, jobs or 0),
        attainment={level: share and Decimal(share) for level, share in zip(LEVELS, shares, strict=True)},
        preparation={
            "months_low": shares[0],
            "months_high": shares[0],
            "degree": "Master",
            "degree_percent": shares[1],
        },
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(TITLES, st.lists(NUMBERS, min_size=6, max_size=6), st.lists(SHARES, min_size=7, max_size=7)),
        min_size=2,
        max_size=4,
    )
)
def test_no_sentence_has_a_hole_whatever_is_missing(
    roles: list[tuple[str, list[int | None], list[int | None]]],
) -> None:
    comparison = made(*[role_of_numbers(index, *role) for index, role in enumerate(roles)])
    text = write_verdict(comparison)
    assert text.sentences
    said = [*verdict_texts(text), text.rules]
    for key in FOLLOWED:
        follow = what_follows(comparison, key)
        said += ["".join(part.text for part in follow.parts), follow.note] if follow else []
    for find in FINDERS:
        said.append("".join(part.text for part in find(comparison) or ()))
    names = {name for side in comparison.sides for name in (plural(side.title), in_prose(side.title), side.title)}
    for sentence in said:
        for name in sorted(names, key=len, reverse=True):
            sentence = re.sub(re.escape(name), "X", sentence, flags=re.IGNORECASE)
        assert not HOLE.search(sentence), sentence
