"""The verdict on pay: whether it is a toss-up, and which figures name no lead."""

from decimal import Decimal

from comparisons.comparison import Comparison
from comparisons.judging.leads import Standing, judge_leads, judge_pairs
from comparisons.queries.current_role import CurrentRole
from tests.comparisons.made_roles import compare_roles, make_page, make_pay, make_role
from tests.comparisons.typical_roles import make_accountant, make_developer, make_nurse
from tests.comparisons.verdict_words import read_rules, read_takeaway, read_toss_up, read_verdict


def judge_all_leads(comparison: Comparison) -> list[Standing]:
    return judge_leads(comparison, judge_pairs(comparison))


def test_pay_within_the_band_is_a_toss_up_and_no_lead() -> None:
    close = make_developer(salary=make_pay(66_000, 80_000, 100_000, 115_000, 140_000))
    assert read_toss_up(make_nurse(), close) == (
        "Pay is a toss-up: 53% of developers earn more than the middle nurse, and 46% of nurses more than the middle "
        "developer."
    )
    assert "earn" not in read_verdict(make_nurse(), close)


def test_a_share_outside_the_band_is_conceded_where_the_other_makes_a_toss_up() -> None:
    wide = make_developer(salary=make_pay(30_000, 60_000, 90_000, 180_000, 250_000))
    narrow = make_nurse(salary=make_pay(98_000, 99_000, 100_000, 101_000, 102_000))
    assert read_toss_up(narrow, wide) == (
        "Pay is a toss-up: 47% of developers earn more than the middle nurse, though more than 9 in 10 nurses earn "
        "more than the middle developer."
    )
    # The rule names the share that makes it a toss-up, not the larger one.
    assert "unless 40 to 60% of one role’s people earn more than the other’s median (here 47%)" in read_rules(
        narrow, wide
    )


def test_a_bound_is_conceded_without_a_second_only() -> None:
    low = make_role("Baker", "Bakers", salary=make_pay(38_000, 39_000, 40_000, 41_000, 42_000))
    high = make_role("Cook", "Cooks", salary=make_pay(20_000, 30_000, 43_000, 60_000, 90_000))
    assert read_toss_up(low, high) == (
        "Pay is a toss-up: 56% of cooks earn more than the middle baker, though fewer than 1 in 10 bakers earn more "
        "than the middle cook."
    )


def test_equal_medians_need_no_shares() -> None:
    baker = make_role("Baker", "Bakers", salary=make_pay(20_000, 30_000, 40_000, 50_000, 60_000))
    cook = make_role("Cook", "Cooks", salary=make_pay(10_000, 20_000, 40_000, 60_000, 90_000))
    assert read_toss_up(baker, cook) == "Pay is a toss-up: the medians are the same."


def test_a_median_that_is_too_high_to_be_published_still_leads() -> None:
    surgeon = make_role(
        "Surgeon",
        "Surgeons",
        salary=make_pay(98_000, 200_000, None, None, None),
        missing={"annual_median": "too-high", "annual_p75": "too-high", "annual_p90": "too-high"},
    )
    assert read_verdict(make_nurse(projection={}, attainment={}, outlook={}), surgeon).startswith(
        "◆ Surgeons earn more."
    )
    assert read_toss_up(make_nurse(), surgeon) == (
        "Pay is not a toss-up: more than 9 in 10 surgeons earn more than the middle nurse, and fewer than 1 in 10 "
        "nurses more than the middle surgeon; the median of surgeons is too high for the source to publish."
    )


def test_a_share_that_rounds_to_the_edge_of_a_toss_up_is_given_in_percent() -> None:
    cook = make_role("Cook", "Cooks", salary=make_pay(30_000, 40_000, 50_000, 60_000, 80_000))
    baker = make_role("Baker", "Bakers", salary=make_pay(40_000, 50_000, 55_000, 70_000, 90_000))
    assert read_toss_up(cook, baker) == (
        "Pay is not a toss-up: about 3 in 4 bakers earn more than the middle cook, and 38% of cooks more than the "
        "middle baker."
    )


def test_a_rounded_share_is_about_a_fraction_where_the_first_is_a_bound() -> None:
    cook = make_role("Cook", "Cooks", salary=make_pay(30_000, 40_000, 50_000, 60_000, 80_000))
    baker = make_role("Baker", "Bakers", salary=make_pay(52_000, 60_000, 75_000, 90_000, 100_000))
    assert read_toss_up(cook, baker) == (
        "Pay is not a toss-up: more than 9 in 10 bakers earn more than the middle cook, and about 1 in 7 cooks more "
        "than the middle baker."
    )


def test_one_share_alone_says_nothing_of_a_toss_up() -> None:
    cook = make_role("Cook", "Cooks", salary=make_pay(30_000, 40_000, 50_000, 60_000, 80_000))
    baker = make_role("Baker", "Bakers", salary=make_pay(None, None, 75_000, None, None))
    assert read_toss_up(cook, baker) == (
        "About 1 in 7 cooks earn more than the middle baker; the other way round it is not known."
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
    assert read_verdict(actor, dancer) == "● Actors earn more. Nothing but pay can be compared here."
    assert read_takeaway(compare_roles(actor, dancer), "pay") == "● Actor +$9.00 an hour / 56% more"


def test_yearly_pay_is_never_set_against_hourly_pay() -> None:
    actor = make_role("Actor", "Actors", salary={"hourly_median": Decimal("25.00")})
    assert read_toss_up(make_nurse(), actor) == (
        "Pay cannot be compared: it is published by the year only for nurses and by the hour only for actors."
    )
    assert read_takeaway(compare_roles(make_nurse(), actor), "pay") == ""


def test_a_share_beside_the_edge_of_a_toss_up_is_just_over_or_under_it() -> None:
    baker = make_role("Baker", "Bakers", salary=make_pay(10_000, 20_000, 30_000, 40_000, 50_000))
    cooks = [
        make_role("Cook", "Cooks", salary=make_pay(10_000, low, middle, 50_000, 60_000))
        for low, middle in ((22_676, 34_120), (21_200, 35_200))
    ]
    beside, below = (read_toss_up(baker, cook) for cook in cooks)
    start = "Pay is a toss-up: 59% of cooks earn more than the middle baker, though "
    assert beside == f"{start}just under 40% of bakers earn more than the middle cook."
    assert below == f"{start}only 37% of bakers earn more than the middle cook."


def test_averages_are_judged_by_their_gap_and_the_ranges() -> None:
    def technician(title: str, average: int, low: int | None, high: int | None) -> CurrentRole:
        salary = {"annual_average": average, "annual_low": low, "annual_high": high}
        return make_role(title, salary=salary, page=make_page("Zippia", ""))

    first = technician("Baker", 50_000, 40_000, 60_000)
    expected = {
        (51_000, 41_000, 61_000): (
            "Treat pay as close: the averages are $1,000 (2%) apart, and the ranges overlap by 95%."
        ),
        (51_000, 55_000, 80_000): (
            "Pay may be a toss-up: the averages are $1,000 (2%) apart, but the ranges overlap by 25%."
        ),
        (51_000, None, None): (
            "Pay may be a toss-up: the averages are $1,000 (2%) apart, and there are no ranges of both."
        ),
        (50_000, 40_000, 60_000): "Treat pay as close: the averages are the same, and the ranges are the same.",
        (51_000, 45_000, 58_000): (
            "Treat pay as close: the averages are $1,000 (2%) apart, and one range lies within the other."
        ),
        (70_000, 61_000, 80_000): (
            "Pay is not a toss-up: the averages are $20,000 (40%) apart, and the ranges do not overlap."
        ),
        (60_000, None, None): "Pay is not a toss-up: the averages are $10,000 (20%) apart.",
    }
    for figures, sentence in expected.items():
        assert read_toss_up(first, technician("Cook", *figures)) == sentence
    assert read_verdict(first, technician("Cook", 60_000, None, None)).startswith("◆ Cooks earn more on average.")


def test_large_errors_name_no_lead() -> None:
    uncertain = make_developer(
        salary={**make_pay(1, 2, 3, 4, 5), "annual_average": 4, "relative_error_percent": Decimal(25)}
    )
    certain = make_nurse(salary={**make_pay(6, 7, 8, 9, 10), "annual_average": 8, "relative_error_percent": Decimal(1)})
    assert read_toss_up(certain, uncertain) == (
        "Pay is too uncertain to be compared: the source gives a relative error of 25% for developers."
    )
    counted = make_nurse(
        projection={}, salary={}, attainment={}, outlook={"job_count": 100, "relative_error_percent": Decimal(30)}
    )
    many = make_developer(projection={}, salary={}, attainment={})
    assert judge_all_leads(compare_roles(counted, many)) == []


def test_figures_that_their_source_contradicts_name_no_lead() -> None:
    salary = {"annual_average": 90_000, "annual_low": 10_000, "annual_high": 20_000}
    page = make_page("Zippia", "")
    doubted = make_role("Baker", salary=salary, page=page, warnings={"annual_average": "average-outside-range"})
    other = make_role("Cook", salary={"annual_average": 30_000}, page=page)
    assert judge_all_leads(compare_roles(doubted, other)) == []


def test_two_publishers_name_no_lead_and_say_so() -> None:
    page = make_page("Zippia", "")
    scraped = make_role("Lead Technician", salary={"annual_average": 90_615}, outlook={"job_count": 250_590}, page=page)
    official = make_nurse(salary={"annual_average": 101_420})
    assert read_verdict(scraped, official) == (
        "No verdict is possible: the figures for ● lead technicians and for ◆ nurses are not comparable."
    )
    assert read_toss_up(scraped, official) == (
        "Pay cannot be compared fairly: the figure for lead technicians is from Zippia and that for nurses is from "
        "Bureau, May 2025."
    )
    assert read_rules(scraped, official) == ""
    assert read_takeaway(compare_roles(scraped, official), "pay") == "$10,805 apart / different publishers"


def test_an_occupation_beside_a_role_of_its_name_says_that_it_is_official() -> None:
    scraped = make_role("Nurse", salary={"annual_average": 90_615}, page=make_page("Zippia", ""))
    assert read_toss_up(scraped, make_nurse(salary={"annual_average": 101_420})) == (
        "Pay cannot be compared fairly: the figure for nurses is from Zippia and that for nurses (official) is from "
        "Bureau, May 2025."
    )
    assert [side.title for side in compare_roles(make_nurse(), make_developer()).sides] == ["Nurse", "Developer"]


def test_two_releases_and_two_places_name_no_lead() -> None:
    older = make_developer(page=make_page(release="May 2024"))
    assert not any(standing.aspect == "pay" for standing in judge_all_leads(compare_roles(make_nurse(), older)))
    elsewhere = make_developer(page=make_page(release="May 2025", area="in California"))
    assert not any(standing.aspect == "pay" for standing in judge_all_leads(compare_roles(make_nurse(), elsewhere)))


def test_the_state_of_the_figures_is_named() -> None:
    page = make_page(area="in California")
    assert read_verdict(make_nurse(page=page), make_developer(page=page)) == (
        "◆ Developers earn more in California and their field grows faster. "
        "● Nurses have more openings and more ways in."
    )


def test_pay_of_a_state_says_so_and_is_not_set_against_that_of_the_country() -> None:
    page = make_page(release="in California, May 2025", area="in California")
    assert read_takeaway(compare_roles(make_nurse(page=page), make_developer()), "pay") == ""
    assert read_toss_up(make_nurse(page=page), make_developer(page=page)).startswith(
        "Pay in California is not a toss-up: about 8 in 10"
    )
    assert read_toss_up(make_nurse(page=page), make_developer()) == (
        "Pay cannot be compared fairly: the figure for nurses is of people in California and that for developers is "
        "of people in the whole country."
    )
    assert read_toss_up(make_nurse(page=page), make_developer(salary={})) == (
        "Pay cannot be compared: there is no figure for developers in California."
    )
    assert read_toss_up(make_nurse(page=page), make_nurse(page=page), make_nurse(page=page)) == (
        "Pay in California is a toss-up between any two of them."
    )
    assert read_toss_up(make_nurse(), make_developer(), make_role("Guide")).endswith(
        " Pay of guides is not compared: their source gives none."
    )
    assert read_toss_up(make_nurse(page=page), make_developer(), make_accountant()).endswith(
        " Pay of nurses is not compared: it is of people in California."
    )


def test_pay_of_one_role_alone_cannot_be_compared() -> None:
    assert (
        read_toss_up(make_nurse(), make_developer(salary={}))
        == "Pay cannot be compared: there is no figure for developers."
    )
    assert read_toss_up(make_nurse(salary={}), make_developer(salary={})) == ""
    assert read_toss_up(make_nurse(), make_developer(salary={}), make_accountant(salary={})) == (
        "Pay cannot be compared: there is no figure for developers or accountants."
    )


def test_a_role_of_which_too_little_is_known_is_named() -> None:
    assert read_verdict(make_nurse(), make_role("Healer", page=make_page("Jobicy", ""))) == (
        "No verdict is possible: too little is known about ◆ healers."
    )
