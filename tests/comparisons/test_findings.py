"""The findings above the sections of a comparison: whole sentences for every case."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from comparisons.comparison import compare
from comparisons.language.parts import Part
from comparisons.language.verdict import entry_findings, outlook_findings, pay_findings, people_findings, skill_findings
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.roles import read_current_roles
from tests.comparisons.made_roles import compare_roles, make_attainment, make_outlook, make_page, make_pay, make_role
from tests.comparisons.occupations import make_requirements
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.verdict_words import join_parts

ZIPPIA = make_page("Zippia", "")


def make_baker(**groups: Any) -> CurrentRole:
    return make_role("Baker", "Bakers", **groups)


def make_cook(**groups: Any) -> CurrentRole:
    return make_role("Cook", "Cooks", **groups)


def make_smith(**groups: Any) -> CurrentRole:
    return make_role("Smith", "Smiths", **groups)


# -- steps of pay -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((12_000, 24_000, 36_000, 48_000, 60_000), "The gap grows from $2,000 at the low end to $10,000 at the top"),
        ((20_000, 30_000, 40_000, 50_000, 53_000), "The gap shrinks from $10,000 at the low end to $3,000 at the top"),
        ((8_000, 18_000, 31_000, 45_000, 60_000), "Bakers earn more at the low end, cooks at the top"),
        ((12_000, 18_000, 29_000, 38_000, 60_000), "Cooks earn more at both ends, bakers in between"),
        ((12_000, 18_000, 31_000, 45_000, 60_000), "Bakers earn more only a quarter of the way up"),
        ((12_000, 18_000, 29_000, 41_000, 50_000), "Bakers earn more only a quarter of the way up and in the middle"),
        ((12_000, 22_000, 32_000, 42_000, 52_000), "The gap is $2,000 at the low end and at the top"),
        (
            (20_000, 30_000, 40_000, 50_000, 60_100),
            "The gap hardly changes, from $10,000 at the low end to $10,100 at the top",
        ),
        ((10_000, 20_000, 30_000, 40_000, 50_000), "Pay is the same at every step"),
        (
            (10_000, 20_000, 30_000, 40_000, 58_000),
            "At the low end pay is the same, at the top it is $8,000 apart",
        ),
        (
            (15_000, 20_000, 30_000, 40_000, 50_000),
            "At the top pay is the same, at the low end it is $5,000 apart",
        ),
        (
            (10_000, 18_000, 30_000, 41_000, 50_000),
            "Bakers earn more a quarter of the way up, cooks three quarters of the way up",
        ),
        (
            (12_000, 24_000, 36_000, 48_000, None),
            "The gap grows from $2,000 at the low end to $8,000 three quarters of the way up",
        ),
        ((None, None, 36_000, None, None), ""),
        (
            (12_000, 50_000, 36_000, 48_000, 60_000),
            "The gap is widest a quarter of the way up, $30,000; it is $2,000 at the low end and $10,000 at the top",
        ),
    ],
)
def test_the_gap_between_steps_of_pay_is_stated_from_end_to_end(steps: tuple[Any, ...], words: str) -> None:
    first = make_baker(salary=make_pay(10_000, 20_000, 30_000, 40_000, 50_000))
    assert join_parts(pay_findings.find_pay_steps(compare_roles(first, make_cook(salary=make_pay(*steps))))) == words


def test_the_gap_by_the_hour_says_so() -> None:
    hourly = [
        make_pay(*map(Decimal, amounts.split()), time="hourly") for amounts in ("10 20 30 40 50", "12 24 36 48 60.50")
    ]
    finding = pay_findings.find_pay_steps(compare_roles(make_baker(salary=hourly[0]), make_cook(salary=hourly[1])))
    assert join_parts(finding) == "The gap grows from $2.00 an hour at the low end to $10.50 an hour at the top"


def test_the_gap_among_three_is_that_between_best_and_least_paid() -> None:
    pays = [make_pay(*amounts) for amounts in ((1, 2, 3, 4, 50), (7, 8, 9, 10, 20), (2, 3, 4, 5, 6))]
    three = compare_roles(make_baker(salary=pays[0]), make_cook(salary=pays[1]), make_smith(salary=pays[2]))
    assert join_parts(pay_findings.find_pay_steps(three)) == (
        "The best and the worst paid roles are $6 apart at the low end and $44 at the top"
    )


def test_steps_of_two_publishers_make_no_gap() -> None:
    pay = make_pay(1, 2, 3, 4, 5)
    assert (
        pay_findings.find_pay_steps(compare_roles(make_baker(salary=pay), make_cook(salary=pay, page=ZIPPIA))) is None
    )


def test_pay_of_two_publishers_is_described_by_how_far_that_of_each_reaches() -> None:
    def spreads(*roles: CurrentRole) -> str:
        return join_parts(pay_findings.find_spreads(compare_roles(*roles)))

    ranged = make_smith(salary={"annual_low": 67_000, "annual_high": 121_000}, page=ZIPPIA)
    official = make_cook(salary=make_pay(10_000, 20_000, 30_000, 40_000, 50_000))
    hourly = make_baker(salary=make_pay(None, 20, None, 40, None, time="hourly"))
    top_coded = make_baker(salary=make_pay(10_000, None, 30_000, None, 50_000))
    assert spreads(ranged, official) == (
        "The range given for smiths is $67,000 to $121,000; half of cooks earn between $20,000 and $40,000 a year"
    )
    in_california = make_cook(
        salary=make_pay(10_000, 20_000, 30_000, 40_000, 50_000), page=make_page(area="in California")
    )
    assert spreads(in_california, make_baker()).endswith(" and $40,000 a year in California")
    baker_there = make_baker(salary=make_pay(None, 25_000, None, 50_000, None), page=make_page(area="in California"))
    assert spreads(in_california, baker_there) == (
        "Half of cooks earn between $20,000 and $40,000 a year in California; half of bakers earn between $25,000 and "
        "$50,000"
    )
    ranged_alike = make_baker(salary={"annual_low": 67_000, "annual_high": 121_000}, page=make_page("Other"))
    assert spreads(ranged, ranged_alike) == (
        "The range given for smiths is $67,000 to $121,000; the range given for bakers is $67,000 to $121,000"
    )
    assert spreads(official, hourly).endswith("$40,000 a year; half of bakers earn between $20 and $40 an hour")
    assert spreads(official, make_baker()) == "Half of cooks earn between $20,000 and $40,000 a year"
    assert spreads(hourly, make_baker()) == "Half of bakers earn between $20 and $40 an hour"
    assert spreads(top_coded) == "Eight in ten bakers earn between $10,000 and $50,000 a year"
    assert spreads(ranged) == spreads(make_baker(), make_cook()) == spreads(ranged, official, hourly) == ""


def test_each_amount_of_a_finding_names_its_row() -> None:
    pays = [make_pay(1, 2, 3, 4, 50), make_pay(7, 8, 9, 10, 20)]
    finding = pay_findings.find_pay_steps(compare_roles(make_baker(salary=pays[0]), make_baker(salary=[pays[1]][0])))
    assert finding is not None
    growing = pay_findings.find_pay_steps(
        compare_roles(make_baker(salary=pays[0]), make_cook(salary=make_pay(2, 4, 6, 8, 100)))
    )
    assert [part.key for part in growing or () if part.key] == ["salary.annual_p10", "salary.annual_p90"]


def find_self_employed(*percents: float | None) -> Sequence[Part]:
    shares = [{"self_employed_percent": None if percent is None else Decimal(str(percent))} for percent in percents]
    roles = [make(projection=share) for make, share in zip((make_baker, make_cook, make_smith), shares, strict=False)]
    return outlook_findings.describe_self_employed(compare_roles(*roles))


def write_self_employed(*percents: float | None) -> str:
    return join_parts(find_self_employed(*percents)).partition("; they are ")[2]


def test_each_share_of_self_employed_people_opens_the_note_on_where_it_stands() -> None:
    figures = [part.text for part in find_self_employed(0.5, 1.6) if part.key == "projection.self_employed_percent"]
    assert figures == ["0.5%", "1.6%"]


def test_self_employed_people_are_counted_by_role_and_together_where_their_share_is_the_same() -> None:
    assert write_self_employed(0.5, 1.6) == "0.5% of bakers and 1.6% of cooks, too few to change the answer."
    assert write_self_employed(0.2, 0.2) == "0.2% of both, too few to change the answer."
    assert write_self_employed(7, 7, 7) == "7% of all three. What they earn may be more or less than what is shown."
    # The figures of one role alone give no answer.
    assert write_self_employed(0.2, None) == write_self_employed(0.2) == "0.2% of bakers."


# -- getting in -------------------------------------------------------------------------------


def write_way_in(*requirements: dict[str, str]) -> str:
    roles = [
        make(requirements=of_role)
        for make, of_role in zip((make_baker, make_cook, make_smith), requirements, strict=False)
    ]
    return join_parts(entry_findings.find_way_in(compare_roles(*roles)))


def test_the_way_in_on_paper_is_the_same_or_differs_in_something() -> None:
    bachelor, school = make_requirements("Bachelor's degree"), make_requirements("High school diploma or equivalent")
    assert write_way_in(bachelor, bachelor) == (
        "On paper the same way in: a bachelor’s degree, no earlier experience, no training on the job"
    )
    assert write_way_in(bachelor, school) == "On paper cooks need no degree; bakers a bachelor’s degree"
    assert write_way_in(make_requirements("No formal educational credential"), school) == (
        "On paper bakers need no diploma or degree; cooks a high school diploma"
    )
    assert (
        write_way_in(bachelor, make_requirements("Master's degree"))
        == "On paper bakers need a bachelor’s degree; cooks a master’s degree"
    )
    assert write_way_in(school, make_requirements("High school diploma or equivalent", "Apprenticeship")) == (
        "On paper both need a high school diploma; only cooks also need an apprenticeship"
    )
    assert write_way_in(
        make_requirements("Bachelor's degree", experience="5 years or more"),
        make_requirements("Bachelor's degree", experience="Less than 5 years"),
    ) == (
        "On paper both need a bachelor’s degree; bakers need 5 years or more of earlier experience, cooks some "
        "earlier experience (under 5 years)"
    )
    free, trained = [
        make_requirements("No formal educational credential", training) for training in ("None", "Apprenticeship")
    ]
    assert write_way_in(free, trained) == (
        "On paper neither needs a diploma or degree; only cooks also need an apprenticeship"
    )
    assert write_way_in(free, free, trained).startswith("On paper none of the three needs a diploma or degree; ")
    assert (
        write_way_in(bachelor, school, bachelor)
        == "On paper cooks need no degree; bakers and smiths a bachelor’s degree"
    )
    assert write_way_in(bachelor, {}) == ""


def test_the_way_in_of_some_roles_is_described_by_what_is_known_of_each() -> None:
    def way_in_of_some(*roles: CurrentRole) -> str:
        return join_parts(entry_findings.find_way_in_of_some(compare_roles(*roles)))

    asking = make_cook(requirements={"education": "Bachelor's degree"})
    timed = make_smith(preparation={"months_low": 12, "months_high": 24}, page=ZIPPIA)
    assert way_in_of_some(timed, asking) == (
        "On paper cooks need a bachelor’s degree; getting in takes 1 to 2 years for smiths"
    )
    assert way_in_of_some(timed, make_baker()) == "Getting in takes 1 to 2 years for smiths"
    assert way_in_of_some(timed, timed) == way_in_of_some(make_baker(), make_cook()) == ""


def write_attainment(*of_roles: tuple[float, ...]) -> str:
    makers = (make_baker, make_cook, make_smith)
    roles = [make(attainment=make_attainment(*shares)) for make, shares in zip(makers, of_roles, strict=False)]
    return join_parts(entry_findings.find_attainment(compare_roles(*roles)))


NURSES, DEVELOPERS = (0.5, 1.2, 3.9, 25.6, 54.4, 11.8, 2.7), (0.5, 2.2, 7.4, 3.9, 51.9, 30.1, 3.9)
BUILDERS, SCHOLARS = (20, 50, 20, 5, 4, 1, 0), (0, 0, 0, 0.3, 9.7, 40, 50)


def test_education_in_practice_is_described_by_what_differs() -> None:
    assert write_attainment(NURSES, DEVELOPERS) == (
        "In practice 31% of bakers have less than a bachelor’s, and 34% of cooks have more"
    )
    assert write_attainment(SCHOLARS, BUILDERS) == (
        "In practice 95% of cooks have less than a bachelor’s degree, against under 1% of bakers"
    )
    assert write_attainment(BUILDERS, (5, 30, 50, 10, 4, 1, 0)) == (
        "In practice 70% of bakers have no more than a high school diploma, against 35% of cooks"
    )
    assert write_attainment(SCHOLARS, (0, 0, 0, 0.3, 60, 20, 19.7)) == (
        "In practice 90% of bakers have more than a bachelor’s degree, against 40% of cooks"
    )
    assert (
        write_attainment(NURSES, NURSES) == "In practice much the same: 31% of both have less than a bachelor’s degree"
    )
    assert write_attainment(NURSES, (0.5, 1.2, 3.9, 26.6, 54.4, 11.0, 2.4)) == (
        "In practice much the same: 31% and 32% of them have less than a bachelor’s degree"
    )
    assert write_attainment(NURSES, DEVELOPERS, BUILDERS) == (
        "In practice 95% of smiths have less than a bachelor’s degree, against 14% of cooks"
    )


def test_majors_are_counted() -> None:
    def majors(*of_roles: list[str]) -> str:
        roles = [make(majors=names) for make, names in zip((make_baker, make_cook, make_smith), of_roles, strict=False)]
        return join_parts(entry_findings.find_majors(compare_roles(*roles)))

    assert majors(["a", "b"], ["c"]) == "No major leads to both"
    assert majors(["a", "b"], ["b", "c"]) == "1 major leads to both"
    assert majors(["a", "b", "d"], ["b", "c", "a"], ["b", "a"]) == "2 majors lead to all three"
    assert majors(["a", "b"], ["b", "a"]) == "The same 2 majors lead to both"
    assert majors(["a", "b"], []) == ""


# -- skills -----------------------------------------------------------------------------------


def write_rated(*of_roles: dict[str, float]) -> str:
    roles = [
        make(ratings=ratings) for make, ratings in zip((make_baker, make_cook, make_smith), of_roles, strict=False)
    ]
    return join_parts(skill_findings.find_rated_skills(compare_roles(*roles)))


def test_what_matters_more_for_each_role_is_named_in_plain_words() -> None:
    nurses = {
        "Social Perceptiveness": 4.1,
        "Service Orientation": 4.0,
        "Programming": 1.6,
        "Writing": 3.8,
        "Speaking": 4.0,
    }
    developers = {
        "Social Perceptiveness": 2.9,
        "Service Orientation": 2.9,
        "Programming": 4.0,
        "Writing": 3.6,
        "Speaking": 3.4,
    }
    assert write_rated(nurses, developers) == (
        "Reading people and looking for ways to help matter more for bakers; programming for cooks"
    )
    assert write_rated(nurses, {**nurses, "Speaking": 3.4}) == "Speaking matters more for bakers"
    assert write_rated(nurses, nurses) == "No skill sets them clearly apart: both need 4 skills about equally"
    assert write_rated(nurses, developers, {**developers, "Repairing": 3.2} | {"Programming": 4.6}) == (
        "Reading people matters most for bakers; programming for smiths"
    )
    assert write_rated(nurses, {}) == ""
    assert write_rated({"Repairing": 1.0}, {"Repairing": 1.2}) == "No skill sets both clearly apart"


def test_a_skill_that_its_source_rates_anew_keeps_its_name() -> None:
    assert write_rated({"Weaving": 4.0}, {"Weaving": 2.0}) == "Weaving matters more for bakers"


def write_listed(*of_roles: list[str]) -> str:
    roles = [
        make(listed=names, page=ZIPPIA)
        for make, names in zip((make_baker, make_cook, make_smith), of_roles, strict=False)
    ]
    return join_parts(skill_findings.find_listed_skills(compare_roles(*roles)))


def test_listed_skills_are_shared_near_or_neither() -> None:
    assert write_listed(["Java", "SQL"], ["java"]) == "Java is on both lists"
    assert write_listed(["a", "b", "c", "d"], ["a", "b", "c", "d"]) == "A, b, c and d are on both lists"
    assert write_listed(list("abcde"), list("abcde")) == "A, b, c and 2 more are on both lists"
    assert write_listed(["Java"], ["SQL"]) == "No skill is on both lists"
    assert write_listed(["Customer Service"], ["Customer Service Orientation"]) == (
        "No skill of one name is on both lists, but “Customer Service” and “Customer Service Orientation” are close"
    )
    assert write_listed(["Java"], ["Java"], ["SQL"]) == "No skill is on all three lists"
    assert write_listed(["Java"], []) == ""


def test_programs_named_for_all_are_counted() -> None:
    def technology(*of_roles: list[str]) -> str:
        roles = [make(technology=names) for make, names in zip((make_baker, make_cook), of_roles, strict=True)]
        return join_parts(skill_findings.find_technology(compare_roles(*roles)))

    assert technology(["Word", "Excel"], ["Excel", "Word", "Git"]) == "2 programs are named for both"
    assert technology(["Word"], ["Word"]) == "1 program is named for both"
    assert technology(["Word"], ["Git"]) == "No program is named for both"
    assert technology(["Word"], []) == ""


# -- outlook and people -----------------------------------------------------------------------


def write_outlook(*of_roles: tuple[int, int, int]) -> list[str]:
    """`of_roles`: openings a year, jobs at the start, jobs at the end."""
    roles = []
    for make, (openings, base, target) in zip((make_baker, make_cook, make_smith), of_roles, strict=False):
        roles.append(make(projection=make_outlook(0, openings, base, target)))
    comparison = compare_roles(*roles)
    return [join_parts(outlook_findings.find_new_jobs(comparison)), join_parts(outlook_findings.find_room(comparison))]


def test_openings_are_described_by_what_they_are_for_and_by_the_size_of_the_field() -> None:
    assert write_outlook((189_100, 3_391_000, 3_557_100), (115_200, 1_693_800, 1_961_500)) == [
        "About 9 in 10 openings for bakers replace somebody; of those for cooks about 1 in 4 is a new job",
        "For every 100 jobs of 2024, self-employed people included, there are 5.6 openings a year for bakers and 6.8 "
        "for cooks: for its size, the field of cooks has more room",
    ]
    assert write_outlook((100, 1_000, 900), (100, 1_000, 2_000)) == [
        "Every opening for bakers replaces somebody; of those for cooks all are new jobs",
        "For every 100 jobs of 2024, self-employed people included, there are 10.0 openings a year for both",
    ]
    assert write_outlook((100, 1_000, 900), (100, 1_000, 1_000))[0] == (
        "For both, every opening replaces somebody: no new jobs are projected"
    )
    assert (
        write_outlook((100, 1_000, 1_100), (100, 1_000, 1_120))[0]
        == "For both, about 9 in 10 openings replace somebody"
    )
    assert write_outlook((100, 1_000, 1_500), (100, 1_000, 1_900))[0] == (
        "About half of all openings for bakers replace somebody; of those for cooks about 9 in 10 are new jobs"
    )
    assert write_outlook((100, 1_000, 1_100), (120, 1_000, 1_120), (300, 1_000, 1_300))[1].endswith(
        "and 30.0 for smiths: for its size, the field of smiths has the most room"
    )


def test_nothing_is_said_of_openings_that_are_not_known() -> None:
    assert write_outlook((0, 1_000, 1_100), (0, 1_000, 1_100)) == ["", ""]
    comparison = compare_roles(make_baker(), make_cook())
    assert outlook_findings.find_new_jobs(comparison) is None


def test_openings_that_are_known_of_one_role_alone_are_described_by_its_name() -> None:
    comparison = compare_roles(make_baker(projection=make_outlook(0, 100, 1_000, 1_100)), make_cook())
    assert join_parts(outlook_findings.find_new_jobs(comparison)) == (
        "For bakers, about 9 in 10 openings replace somebody"
    )
    assert outlook_findings.find_room(comparison) is None


def test_the_people_are_summarized_by_what_is_known() -> None:
    def people(*groups: dict[str, Any]) -> str:
        roles = [make(**of_role) for make, of_role in zip((make_baker, make_cook), groups, strict=True)]
        return join_parts(people_findings.summarize_people(compare_roles(*roles)))

    nurses = {"demographics": {"female_percent": Decimal("87.9")}, "median_age": {"median_age": Decimal("42.3")}}
    survey = {"survey": {"white_percent": Decimal(50)}}
    assert (
        people(nurses, nurses | {"median_age": {"median_age": Decimal("38.6")}})
        == "Women and age: median age 42.3 and 38.6"
    )
    assert people(nurses | survey, nurses) == "Women, race and age: median age 42.3"
    assert people(nurses | survey, {}) == "Women, race and age"
    assert people(survey, {}) == "Race"
    assert people({}, {}) == ""


# -- stored roles -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_scraped_roles_have_findings_on_their_ranges_lists_and_people() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (LEAD, SOFTWARE)]))
    findings = [
        pay_findings.find_pay_steps(comparison),
        entry_findings.write_entry(comparison),
        skill_findings.find_listed_skills(comparison),
        people_findings.summarize_people(comparison),
    ]
    assert [join_parts(finding) for finding in findings] == [
        "The gap shrinks from $12,000 at the low end to $8,000 at the top",
        "Getting in takes the same time for both: 1 to 2 years",
        "Java is on both lists",
        "Women, race and age: average age 42",
    ]
    assert skill_findings.find_rated_skills(comparison) is None
