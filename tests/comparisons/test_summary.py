"""The computed summary: true, plain, and silent where a value is missing."""

import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Role, SalaryStats
from careers.vocabulary import FIELDS
from comparisons.charts import draw_figures
from comparisons.comparison import Comparison, compare
from comparisons.judging.toss_up import judge_toss_up
from comparisons.language.summary import summarize, write_coverage, write_moves
from comparisons.language.titles import plural
from comparisons.queries.roles import CitedPage, CurrentRole, Facts, read_current_roles
from comparisons.thresholds import TOSS_UP_GAP, TOSS_UP_OVERLAP
from tests.comparisons import stored_roles
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROFESSIONAL,
    PROGRAM,
    SOFTWARE,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db


def pair(*titles: str, **changes: Any) -> Comparison:
    """The roles of these titles; the changes are to the first."""
    roles = [store_role(titles[0], **changes)] + [store_role(title) for title in titles[1:]]
    return compare(read_current_roles([role.slug for role in roles]))


def summary(comparison: Comparison) -> list[str]:
    return [sentence.text for sentence in summarize(comparison)]


def test_the_better_paid_role_is_named_first_wherever_it_stands() -> None:
    expected = (
        "● Lead technicians average ● $90,615 a year, $10,945 (14%) more than "
        "◆ software support technicians with ◆ $79,670"
    )
    comparison = pair(LEAD, SOFTWARE)
    assert summary(comparison)[0] == expected
    turned = compare(read_current_roles(["software-support-technician", "lead-technician"]))
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
        ({"salary": {"annual_average": None, "hourly_average": None}}, "average"),
        ({"outlook": {"job_count": None}}, "jobs for"),
        ({"entry": {"months_low": None, "months_high": None, "years_of_experience": None}}, "Getting in"),
        ({"skills": []}, "list"),
    ],
)
def test_a_sentence_with_a_missing_value_is_not_printed(changes: dict[str, Any], words: str) -> None:
    full = summary(pair(LEAD, SOFTWARE))
    assert any(words in sentence for sentence in full)
    first = store_role_from({**_facts(LEAD), "title": "Other Technician"}, **changes)
    comparison = compare(read_current_roles([first.slug, "software-support-technician"]))
    assert not any(words in sentence for sentence in summary(comparison))
    assert "None" not in " ".join(summary(comparison))


def _facts(title: str) -> dict[str, Any]:
    return stored_roles.fixture_facts()[title]


def test_one_job_is_singular() -> None:
    none = store_role_from(_facts(SOFTWARE) | {"title": "Harbor Pilot"}, outlook={"job_count": 0})
    one = store_role(LEAD, outlook={"job_count": 1})
    sentences = summary(compare(read_current_roles([one.slug, none.slug])))
    assert "There is ● 1 job for ● lead technicians and ◆ 0 for ◆ harbor pilots" in sentences


def test_zero_jobs_are_counted_and_divide_nothing() -> None:
    sentences = summary(pair(LEAD, SOFTWARE, outlook={"job_count": 0, "growth_percent": 0}))
    assert sentences[1] == "There are ◆ 117,059 jobs for ◆ software support technicians and ● 0 for ● lead technicians"
    assert sentences[2].endswith("and lower for ● lead technicians with ● 0%")


def test_jobs_are_counted_in_times_in_percent_or_as_about_as_many() -> None:
    many = summary(pair(LEAD, SOFTWARE))
    assert many[1] == (
        "There are 2.1 times as many jobs for ● lead technicians as for ◆ software support technicians: "
        "● 250,590 against ◆ 117,059"
    )
    few = summary(compare(read_current_roles([store_role(PROFESSIONAL).slug, "software-support-technician"])))
    assert few[1].startswith("There are 6% more jobs for ● professional technicians than for")
    same = store_role_from({**_facts(SOFTWARE), "title": "Twin Technician"})
    equal = summary(compare(read_current_roles([same.slug, "software-support-technician"])))
    assert equal[1].startswith("There are about as many jobs for ● twin technicians and ◆ software support technicians")


def test_growth_is_told_only_where_it_differs_and_keeps_its_sign() -> None:
    assert not any("growth" in sentence for sentence in summary(pair(LEAD, SOFTWARE)))
    shrinking = store_role_from(_facts(LEAD) | {"title": "Shrinking Technician"}, outlook={"growth_percent": -7})
    sentences = summary(compare(read_current_roles([shrinking.slug, "software-support-technician"])))
    assert sentences[2] == (
        "The growth rate is higher for ◆ software support technicians with ◆ +10% "
        "and lower for ● shrinking technicians with ● −7%"
    )
    three = summary(compare(read_current_roles([shrinking.slug, "software-support-technician", "lead-technician"])))
    assert any("is highest for" in each and "and lowest for" in each for each in three)


@pytest.mark.parametrize(
    ("count", "beginning", "title"),
    [
        (160_000, "There are 37% more jobs for ● lead technicians", "Lead technicians have 37% more jobs"),
        (250_000, "There are 2.1 times as many jobs for", "Lead technicians have 2.1 times as many jobs"),
        (119_000, "There are about as many jobs for", "The number of jobs is about the same"),
    ],
)
def test_the_summary_and_the_chart_tell_the_number_of_jobs_in_the_same_way(
    count: int, beginning: str, title: str
) -> None:
    comparison = pair(LEAD, SOFTWARE, outlook={"job_count": count})
    assert summary(comparison)[1].startswith(beginning)
    assert next(each for each in draw_figures(comparison) if each.slug == "jobs").title == title


def test_the_longer_way_in_is_named() -> None:
    slow = {"months_low": 72, "months_high": 96, "years_of_experience": 8}
    sentences = summary(pair(LEAD, SOFTWARE, entry=slow))
    assert (
        "Getting in takes longer for ● lead technicians: ● 6 to 8 years, against ◆ 1 to 2 years "
        "for ◆ software support technicians"
    ) in sentences


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
    sentences = [sentence.text for sentence in write_moves(pair(LEAD, SOFTWARE))]
    lead, software = "● lead technician", "◆ software support technician"
    assert sentences == [
        f"If you move from {lead} to {software}, your list has 1 of the 3 skills listed there (33%), "
        "and you would add customer service and troubleshoot",
        f"If you move from {software} to {lead}, your list has 1 of the 3 skills listed there (33%), "
        "and you would add architecture and digital transformation",
    ]


def test_lists_say_what_share_of_the_whole_they_cover() -> None:
    sentences = [sentence.text for sentence in write_coverage(pair(PROGRAM, GUIDE))]
    assert sentences[0] == (
        "The list for ● program support technician has 6 skills whose shares add up to 56%: "
        "44% of the whole is not listed"
    )
    assert sentences[1].endswith("skills without shares: how much of the whole it covers is not published")


def test_skills_of_lists_from_two_publishers_are_marked() -> None:
    assert summary(pair(LEAD, GUIDE))[1:] == [
        "No skill is on both lists; each list covers only a part of the work "
        "(lists of different publishers: Zippia and Jobicy)",
    ]


def test_roles_without_a_figure_of_the_same_kind_are_said_to_have_none() -> None:
    guide = store_role_from({"title": "Guide", "publisher": "Jobicy"}, salary={"annual_median": 39000})
    sentences = summarize(compare(read_current_roles([store_role(LEAD).slug, guide.slug])))
    assert [(each.text, each.anchor) for each in sentences] == [
        ("No figure of the same kind is known for both; read what each does", "work"),
        ("The number of jobs and the time to enter are known for ● lead technicians only", "outlook-job-count"),
    ]


def official(title: str, **salary: Any) -> Role:
    """As the official wage statistics have occupations: a plural title, an average and a median, no range."""
    figures = {"annual_average": 98430, "annual_median": 93600, "annual_p90": 135320} | salary
    return store_role_from({"title": title, "publisher": "Bureau", "page": "wages"}, salary=figures)


def test_official_occupations_are_told_by_their_plural_titles() -> None:
    nurses, cooks = official("Registered Nurses"), official("Cooks, Restaurant", annual_average=36780, annual_p90=49010)
    assert summary(compare(read_current_roles([nurses.slug, cooks.slug]))) == [
        "● Registered nurses average ● $98,430 a year, $61,650 (168%) more than ◆ cooks (restaurant) with ◆ $36,780",
        "Both have a median pay of $93,600 a year",
        "Of ● registered nurses one in ten earns more than ● $135,320 and "
        "of ◆ cooks (restaurant) one in ten earns more than ◆ $49,010 a year",
    ]


def test_a_median_is_set_against_a_median_and_never_against_an_average() -> None:
    nurses = official("Registered Nurses", annual_average=98430)
    guide = store_role_from({"title": "Guide", "publisher": "Jobicy"}, salary={"annual_median": 39000})
    sentences = summary(compare(read_current_roles([nurses.slug, guide.slug])))
    assert sentences == [
        "The median pay of ● registered nurses is ● $93,600 a year, $54,600 (140%) more than that of "
        "◆ guides with ◆ $39,000 (figures of different publishers: Bureau and Jobicy)"
    ]


def test_who_is_paid_by_the_hour_only_is_compared_by_the_hour() -> None:
    by_the_hour: dict[str, Any] = {"annual_average": None, "annual_median": None, "annual_p90": None}
    actors = official("Actors", **by_the_hour, hourly_average="40.10")
    nurses = official("Registered Nurses", hourly_average="47.32")
    assert summary(compare(read_current_roles([actors.slug, nurses.slug])))[0] == (
        "◆ Registered nurses average ◆ $47.32 an hour, $7.22 (18%) more than ● actors with ● $40.10"
    )


def test_an_average_by_the_hour_does_not_stand_without_the_medians_that_say_the_opposite() -> None:
    by_the_hour: dict[str, Any] = {"annual_average": None, "annual_median": None, "annual_p90": None}
    actors = official("Actors", **by_the_hour, hourly_average="58.29", hourly_median="29.05")
    others = official("Chiropractors", hourly_average="43.52", hourly_median="38.08")
    assert summary(compare(read_current_roles([actors.slug, others.slug])))[:2] == [
        "● Actors average ● $58.29 an hour, $14.77 (34%) more than ◆ chiropractors with ◆ $43.52",
        "The median pay of ◆ chiropractors is ◆ $38.08 an hour, $9.03 (31%) more than that of ● actors with ● $29.05",
    ]


def test_what_one_role_alone_has_is_named() -> None:
    bare = store_role_from({"title": "Bare Role", "summary": "They do things."})
    sentences = summary(compare(read_current_roles([bare.slug, store_role(LEAD).slug])))
    assert sentences[0] == "Pay, the number of jobs and the time to enter are known for ◆ lead technicians only"


def test_several_roles_without_a_value_are_joined_by_or() -> None:
    bare, other = (store_role_from({"title": each, "summary": "They do."}) for each in ("Bare Role", "Other Role"))
    sentences = summary(
        compare(read_current_roles([store_role(LEAD).slug, bare.slug, store_role(SOFTWARE).slug, other.slug]))
    )
    assert sentences[0].endswith("; there is no figure for ◆ bare roles or ■ other roles")


def test_a_role_without_the_value_is_named_and_the_others_are_compared() -> None:
    bare = store_role_from({"title": "Bare Role", "summary": "They do things."})
    comparison = compare(read_current_roles([store_role(LEAD).slug, bare.slug, store_role(SOFTWARE).slug]))
    sentences = summary(comparison)
    assert sentences[0].endswith(
        "more than ▲ software support technicians with ▲ $79,670; there is no figure for ◆ bare roles"
    )
    assert sentences[2] == (
        "Getting in takes the same time for ● lead technicians and ▲ software support technicians: 1 to 2 years; "
        "there is no figure for ◆ bare roles"
    )
    assert sentences[3] == (
        "The skill lists for ● lead technicians and ▲ software support technicians name java; "
        "there is no list for ◆ bare roles"
    )


def test_roles_that_share_an_end_are_both_named() -> None:
    twin = store_role_from(_facts(LEAD) | {"title": "Twin Technician"})
    sentences = summary(compare(read_current_roles([store_role(LEAD).slug, store_role(SOFTWARE).slug, twin.slug])))
    assert sentences[0].startswith("● Lead technicians and ▲ twin technicians average ● $90,615 a year, the most here:")
    assert sentences[1].startswith(
        "There are ● 250,590 jobs for ● lead technicians and ▲ twin technicians, the most here,"
    )


def test_a_time_that_goes_by_the_experience_figure_is_as_long_as_the_same_time_in_words() -> None:
    by_figure = {"months_low": None, "months_high": None, "years_of_experience": 2}
    assert "Getting in takes the same time for both: 1 to 2 years, going by the experience figure" in summary(
        pair(LEAD, SOFTWARE, entry=by_figure)
    )


def test_three_roles_close_in_pay_are_a_toss_up_between_all() -> None:
    twin = store_role_from(_facts(PROGRAM) | {"title": "Twin Technician"})
    sentence = summary(compare(read_current_roles([store_role(PROGRAM).slug, store_role(CUSTOMER).slug, twin.slug])))[0]
    assert sentence.startswith(
        "Pay is a toss-up between ● program support technicians, ▲ twin technicians and ◆ customer support technicians"
        ": the averages are at most $292 (0.8%) apart and the ranges overlap by at least 100%."
    )


TITLES = st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.none() | st.sampled_from([0, 1, 100, 90615]) | st.integers(0, 400_000)


def made(index: int, title: str, numbers: list[int | None]) -> CurrentRole:
    """A role that is in no database: a figure for each number."""
    average, median, jobs, growth, months, experience = numbers
    source = CitedPage(index, "", "", None, "", "", index % 2, f"Publisher {index % 2}", "", "today")
    values: dict[str, dict[str, Any]] = {group: dict.fromkeys(fields) for group, fields in FIELDS.items()}
    values["salary"] |= {"annual_average": average, "annual_median": median, "annual_low": average}
    values["salary"]["annual_high"] = average and average + 10
    values["outlook"] |= {"job_count": jobs, "growth_percent": growth}
    values["preparation"] |= {"months_low": months, "months_high": months, "years_of_experience": experience}
    groups = {group: Facts(facts, {}, source) for group, facts in values.items()}
    return CurrentRole(index, title, f"role-{index}", 0, groups, {}, [], [], [])


@given(st.lists(st.tuples(TITLES, st.lists(NUMBERS, min_size=6, max_size=6)), min_size=2, max_size=4))
def test_no_sentence_has_a_hole_whatever_is_missing(roles: list[tuple[str, list[int | None]]]) -> None:
    comparison = compare([made(index, title, numbers) for index, (title, numbers) in enumerate(roles)])
    sentences = summarize(comparison)
    assert 1 <= len(sentences) <= 5
    for sentence in sentences:
        for side in comparison.sides:
            sentence = sentence._replace(
                parts=tuple(
                    part._replace(text="X") if part.text.casefold() == plural(side.title).casefold() else part
                    for part in sentence.parts
                )
            )
        text = sentence.text
        assert not re.search(r"None|—|  | [,.;:)]|\( |[,;:]$|: ,|and and", text), text
        assert text[0].isupper() or not text[0].isalpha(), text


def test_three_roles_are_summed_up_by_their_ends() -> None:
    sentences = summary(pair(LEAD, PROGRAM, CUSTOMER))
    assert sentences[0].startswith(
        "● Lead technicians average ● $90,615 a year, the most here: $54,254 (149%) more than"
    )
    assert "Getting in takes the same time for all three: 1 to 2 years" in sentences


def test_every_role_of_three_or_four_is_placed_in_every_verdict() -> None:
    middle = {"annual_average": 60_000, "annual_low": 59_000, "annual_high": 61_000}
    entry = {"months_low": 24, "months_high": 48, "years_of_experience": 4}
    cook = store_role_from(
        _facts(LEAD) | {"title": "Cook"},
        salary=middle,
        outlook={"job_count": 150_000, "growth_percent": 4},
        entry=entry,
    )
    slow = {"months_low": 72, "months_high": 96, "years_of_experience": 8}
    baker = store_role_from(_facts(LEAD) | {"title": "Baker"}, entry=slow, outlook={"growth_percent": 2})
    slugs = [cook.slug, baker.slug, store_role(SOFTWARE).slug]
    sentences = summary(compare(read_current_roles([*slugs, store_role(CUSTOMER).slug])))
    pay, jobs, growth, time = sentences[:4]
    assert pay.startswith(
        "◆ Bakers average ◆ $90,615 a year, the most here: $54,254 (149%) more than ■ customer support"
    )
    assert pay.endswith("; in between are ▲ software support technicians with ▲ $79,670 and ● cooks with ● $60,000")
    assert jobs.endswith("; in between are ● cooks with ● 150,000 and ■ customer support technicians with ■ 117,102")
    assert "; in between are " in growth
    assert time.endswith("; in between are ● cooks with ● 2 to 4 years")
    figures = {figure.slug: figure.title for figure in draw_figures(compare(read_current_roles(slugs)))}
    assert figures["pay"] == (
        "Average pay: from $60,000 (Cook) to $90,615 (Baker), with $79,670 (Software Support Technician) in between"
    )
    assert figures["jobs"].endswith("with 150,000 (Cook) in between")


def test_a_toss_up_among_three_roles_is_named_too() -> None:
    sentence = summary(pair(PROGRAM, CUSTOMER, LEAD))[0]
    assert "▲ Lead technicians average ▲ $90,615 a year, the most here" in sentence
    assert (
        "; in between are ● program support technicians with ● $36,653; pay is a toss-up between "
        "● program support technicians and ◆ customer support technicians. We say toss-up when" in sentence
    )


def test_a_share_does_not_seem_to_be_on_the_other_side_of_its_threshold() -> None:
    near = {"annual_low": 27_000, "annual_high": 84_000, "annual_average": 48_096}
    baker = store_role_from(_facts(LEAD) | {"title": "Baker"}, salary=near)
    far = {"annual_low": 32_000, "annual_high": 76_000, "annual_average": 50_320}
    miller = store_role_from(_facts(LEAD) | {"title": "Miller"}, salary=far)
    sentence = summary(compare(read_current_roles([baker.slug, miller.slug])))[0]
    assert "the averages are $2,224 (4.6%) apart and the ranges overlap by 100%. We say toss-up when" in sentence

    apart = store_role_from(
        _facts(LEAD) | {"title": "Cook"}, salary={"annual_low": 40_000, "annual_high": 60_000, "annual_average": 50_000}
    )
    other = store_role_from(
        _facts(LEAD) | {"title": "Chef"}, salary={"annual_low": 44_080, "annual_high": 70_000, "annual_average": 50_100}
    )
    comparison = compare(read_current_roles([apart.slug, other.slug]))
    assert not summary(comparison)[0].startswith("Pay is a toss-up")
    assert comparison.by_key["salary.range"].difference == "79.6% overlap"
    pay = next(figure for figure in draw_figures(comparison) if figure.slug == "pay")
    assert pay.title.endswith("the ranges overlap by 79.6%")


SPREAD = {
    "annual_p10": 30_000,
    "annual_p25": 40_000,
    "annual_median": 50_000,
    "annual_p75": 60_000,
    "annual_p90": 80_000,
}


def percentiles(title: str, **salary: Any) -> str:
    return official(title, **(SPREAD | salary)).slug


def test_percentiles_make_a_toss_up_where_they_are_published() -> None:
    """The averages are far apart: a few people earn very much."""
    cooks = percentiles("Cooks", annual_average=50_000)
    bakers = percentiles("Bakers", annual_average=70_000, annual_median=52_000)
    sentence = summary(compare(read_current_roles([cooks, bakers])))[0]
    assert sentence == (
        "Pay is a toss-up between ◆ bakers and ● cooks: 45% of ● cooks earn more than the median of ◆ bakers, and 54% "
        "of ◆ bakers more than that of ● cooks. We say toss-up when 40 to 60% of one role’s people earn more than the "
        "other’s median"
    )


MEDIAN_ALONE = {name: None for name in SPREAD if name != "annual_median"}


@pytest.mark.parametrize("turned", [False, True])
def test_one_direction_is_enough_where_only_one_role_has_percentiles(turned: bool) -> None:
    cooks = percentiles("Cooks", annual_average=50_000)
    bakers = percentiles("Bakers", annual_average=70_000, **MEDIAN_ALONE | {"annual_median": 52_000})
    sentence = summary(compare(read_current_roles([bakers, cooks] if turned else [cooks, bakers])))[0]
    marks = ("◆", "●") if turned else ("●", "◆")
    assert f"45% of {marks[0]} cooks earn more than the median of {marks[1]} bakers. We say toss-up when 40" in sentence


def test_one_direction_is_not_enough_to_say_that_it_is_none() -> None:
    cooks = percentiles("Cooks", annual_average=50_000)
    bakers = percentiles("Bakers", annual_average=70_000, **MEDIAN_ALONE | {"annual_median": 75_000})
    comparison = compare(read_current_roles([cooks, bakers]))
    assert judge_toss_up(comparison, 0, 1) is None
    assert "toss-up" not in summary(comparison)[0]


def test_either_direction_counts_between_any_two_of_four_roles() -> None:
    cooks, bakers = percentiles("Cooks"), percentiles("Bakers", **MEDIAN_ALONE | {"annual_median": 52_000})
    chefs, pilots = percentiles("Chefs", annual_median=51_000), percentiles("Pilots", annual_median=300_000)
    comparison = compare(read_current_roles([bakers, pilots, cooks, chefs]))
    verdicts = {pair: judge_toss_up(comparison, *pair) for pair in combinations(range(4), 2)}
    assert [pair for pair, verdict in verdicts.items() if verdict and verdict.holds] == [(0, 2), (0, 3), (2, 3)]


def test_close_averages_are_no_toss_up_where_percentiles_say_otherwise() -> None:
    narrow = {"annual_p10": 47_000, "annual_p25": 49_000, "annual_p75": 51_000, "annual_p90": 52_000}
    cooks = percentiles("Cooks", annual_average=50_000, **narrow)
    higher = {"annual_p10": 49_000, "annual_p25": 51_000, "annual_median": 52_000, "annual_p75": 53_000}
    bakers = percentiles("Bakers", annual_average=51_000, **higher)
    sentence = summary(compare(read_current_roles([cooks, bakers])))[0]
    assert sentence.startswith("◆ Bakers average ◆ $51,000 a year, $1,000 (2%) more than ● cooks")


def test_three_of_four_roles_are_one_toss_up() -> None:
    cooks, bakers, chefs = (percentiles(title) for title in ("Cooks", "Bakers", "Chefs"))
    SalaryStats.objects.filter(role__slug=cooks).update(annual_average=60_000)
    pilots = percentiles("Pilots", **{name: 4 * pay for name, pay in SPREAD.items()}, annual_average=250_000)
    sentence = summary(compare(read_current_roles([cooks, bakers, pilots, chefs])))[0]
    assert "; pay is a toss-up between ● cooks, ◆ bakers and ■ chefs. We say toss-up when" in sentence


def test_no_median_stands_beside_a_toss_up_that_goes_by_medians() -> None:
    """Among people whose pay differs widely, the medians lie far apart."""
    legislators = percentiles("Legislators", annual_p10=15_000, annual_p25=20_000, annual_median=30_000)
    close = {"annual_p25": 39_000, "annual_median": 40_000, "annual_p75": 44_000, "annual_p90": 50_000}
    feeders = percentiles("Feeders", annual_average=41_000, **close)
    sentences = summary(compare(read_current_roles([legislators, feeders])))
    assert sentences[0].startswith("Pay is a toss-up between")
    assert not any("median pay" in sentence for sentence in sentences)


def test_what_can_be_compared_is_not_said_to_be_unknown() -> None:
    """Neither has pay, jobs or a time to enter, but both have a satisfaction."""
    scores = [
        store_role_from({"title": title}, outlook={"satisfaction": score})
        for title, score in (("Baker", "3.50"), ("Cook", "4.25"))
    ]
    sentences = summarize(compare(read_current_roles([role.slug for role in scores])))
    assert [(sentence.text, sentence.anchor) for sentence in sentences] == [
        (
            "Pay, jobs and the time to enter cannot be compared; the tables hold what is known of both",
            "outlook-satisfaction",
        )
    ]


def test_a_time_with_a_remark_is_set_off_by_commas() -> None:
    by_figure = {"months_low": None, "months_high": None, "years_of_experience": 12}
    sentences = summary(pair(LEAD, SOFTWARE, entry=by_figure))
    assert (
        "Getting in takes longer for ◆ software support technicians: ◆ 1 to 2 years, against ● 6 to 12 months, going "
        "by the experience figure, for ● lead technicians"
    ) in sentences


def test_roles_with_one_figure_share_it_in_a_chart_title() -> None:
    twin = store_role_from(_facts(LEAD) | {"title": "Twin Technician"})
    slugs = [store_role(LEAD).slug, store_role(SOFTWARE).slug, twin.slug]
    figures = {figure.slug: figure.title for figure in draw_figures(compare(read_current_roles(slugs)))}
    assert figures["pay"] == (
        "Average pay: from $79,670 (Software Support Technician) to $90,615 (Lead Technician and Twin Technician)"
    )


def test_pay_above_the_highest_percentile_that_is_told_is_no_toss_up() -> None:
    cooks = percentiles("Cooks")
    surgeons = percentiles("Surgeons", annual_median=200_000, annual_p75=None, annual_p90=None)
    assert "toss-up" not in summary(compare(read_current_roles([cooks, surgeons])))[0]


def test_one_role_has_no_summary() -> None:
    assert summarize(pair(LEAD)) == ()
