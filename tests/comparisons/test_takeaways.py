"""What follows from each row of the overview, at its end."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons.comparison import Comparison
from comparisons.queries.current_role import CurrentRole
from tests.comparisons.made_roles import compare_roles, make_attainment, make_outlook, make_page, make_pay, make_role
from tests.comparisons.verdict_words import read_takeaway

ZIPPIA = make_page("Zippia", "")
NAMES = (("Baker", "Bakers"), ("Cook", "Cooks"), ("Smith", "Smiths"), ("Miner", "Miners"))


def compare_several(group: str, *values: dict[str, Any], **more: Any) -> Comparison:
    roles = []
    for (title, plural), of_role in zip(NAMES, values, strict=False):
        groups: dict[str, Any] = {group: of_role, **more}
        roles.append(make_role(title, plural, **groups))
    return compare_roles(*roles)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((97_550, 135_980), "◆ Cook +$38,430 / 39% more"),
        ((50_000, 20_000), "● Baker +$30,000 / 2.5 times as much"),
        ((50_000, 50_000), "The same"),
        ((50_000, None), ""),
        ((50_000, 60_000, 70_000), "▲ Smith highest / $20,000 above bakers"),
        ((50_000, 50_000, 70_000, 70_000), "▲ Smiths and ■ miners highest / $20,000 above bakers and cooks"),
    ],
)
def test_the_gap_follows_from_pay(amounts: tuple[Any, ...], words: str) -> None:
    assert read_takeaway(compare_several("salary", *[{"annual_median": amount} for amount in amounts]), "pay") == words


@pytest.mark.parametrize(
    ("medians", "words"),
    [
        ((50_000, 69_000, 70_000), "◆ Cooks and ▲ smiths highest / up to $20,000 above bakers"),
        ((70_000, 69_000, 70_500), "Much the same / up to $1,500 apart"),
    ],
)
def test_pay_that_is_a_toss_up_with_the_highest_is_no_lower(medians: tuple[int, ...], words: str) -> None:
    pays = [make_pay(*[median * share // 10 for share in (6, 8, 10, 12, 14)]) for median in medians]
    assert read_takeaway(compare_several("salary", *pays), "pay") == words


def test_the_overlap_stands_beside_the_gap_of_averages() -> None:
    def pay(average: int, low: int, high: int) -> dict[str, int]:
        return {"annual_average": average, "annual_low": low, "annual_high": high}

    apart = compare_several("salary", pay(50_000, 40_000, 60_000), pay(70_000, 61_000, 90_000), page=ZIPPIA)
    assert read_takeaway(apart, "pay") == "◆ Cook +$20,000 / 40% more; the ranges do not overlap"
    same = compare_several("salary", pay(50_000, 40_000, 60_000), pay(50_000, 50_000, 70_000), page=ZIPPIA)
    assert read_takeaway(same, "pay") == "The same / the ranges overlap by 50%"
    inside = compare_several("salary", pay(50_000, 40_000, 60_000), pay(50_000, 45_000, 55_000), page=ZIPPIA)
    assert read_takeaway(inside, "pay") == "The same / one range lies within the other"


def test_no_ratio_is_built_on_large_errors() -> None:
    pay = {"annual_average": 50_000, "relative_error_percent": Decimal(25)}
    assert read_takeaway(compare_several("salary", pay, pay | {"annual_average": 60_000}), "pay") == (
        "◆ Cook +$10,000 / relative error 25% for ● and 25% for ◆"
    )
    jobs = {"job_count": 1_000, "relative_error_percent": Decimal(25)}
    assert read_takeaway(compare_several("outlook", jobs, {"job_count": 3_000}), "outlook.job_count") == "◆ Cook +2,000"


def test_releases_that_differ_are_named() -> None:
    roles = [make_role(*NAMES[0], salary={"annual_median": 50_000})]
    roles.append(make_role(*NAMES[1], salary={"annual_median": 60_000}, page=make_page(release="May 2024")))
    assert read_takeaway(compare_roles(*roles), "pay") == "$10,000 apart / May 2025 and May 2024"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((3_379_720, 1_687_890), "● Baker twice as many"),
        ((117_000, 137_000), "◆ Cook 17% more"),
        ((1_000, 1_020), "About as many / 20 apart"),
        ((1_000, 1_000), "The same"),
        ((0, 1_000), "◆ Cook +1,000"),
        ((1_000, 4_500, 2_000), "◆ Cook most / 4.5 times as many as bakers"),
        ((1_000, 1_200, 1_100), "◆ Cook most / 20% more than bakers"),
        ((0, 1_200, 1_100), "◆ Cook most / 1,200 more than bakers"),
    ],
)
def test_how_many_more_follows_from_jobs(counts: tuple[int, ...], words: str) -> None:
    comparison = compare_several("outlook", *[{"job_count": count} for count in counts])
    assert read_takeaway(comparison, "outlook.job_count") == words


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ((4.9, 15.8), "◆ Cook grows faster / 10.9 points more"),
        ((4.9, 5.9), "Much the same / 1 point apart"),
        ((4.9, 4.9), "The same"),
        ((-2, -10), "● Baker shrinks less / 8 points apart"),
        ((4, -3), "● Baker grows, the other shrinks / 7 points apart"),
        ((0, -3), "● Baker holds steady / 3 points apart"),
        ((4.9, 15.8, 9.5), "◆ Cook fastest / 10.9 points above bakers"),
        ((-4.9, -15.8, -9.5), "● Baker shrinks least / 10.9 points above cooks"),
        ((8.2, 15.8, 13), "● Baker slowest / 7.6 points below cooks"),
        ((2.5, 3, 3.5, -5.6), "■ Miner shrinks / 9.1 points below smiths"),
        ((9.5, 8, 10, 2.5), "■ Miner slowest / 7.5 points below smiths"),
        ((-2.5, -3, -3.5, -9), "■ Miner shrinks most / 6.5 points below bakers"),
        ((8.2, 15.8, 13, 9), "◆ Cooks and ▲ smiths fastest / 7.6 points above bakers"),
        ((-9, -4.9, -15.8, -4.9), "◆ Cooks and ■ miners shrink least / 10.9 points above smiths"),
        ((-4.9, -15.8, -4.9), "◆ Cook shrinks most / 10.9 points below bakers and smiths"),
    ],
)
def test_who_grows_faster_follows_from_growth(rates: tuple[float, ...], words: str) -> None:
    comparison = compare_several("projection", *[make_outlook(rate, 100) for rate in rates])
    assert read_takeaway(comparison, "projection.growth_percent") == words
    scraped = compare_several("outlook", *[{"growth_percent": Decimal(str(rate))} for rate in rates], page=ZIPPIA)
    assert read_takeaway(scraped, "outlook.growth_percent") == words


def test_projections_of_other_years_are_not_set_against_each_other() -> None:
    later = make_outlook(4, 100) | {"base_year": 2025, "target_year": 2035}
    assert read_takeaway(compare_several("projection", make_outlook(9, 100), later), "projection.growth_percent") == ""


@pytest.mark.parametrize(
    ("openings", "words"),
    [
        ((189_100, 115_200), "● Baker +73,900 / 64% more"),
        ((100, 450), "◆ Cook +350 / 4.5 times as many"),
        ((0, 450), "◆ Cook +450"),
        ((100, 450, 300), "◆ Cook most / 4.5 times as many as bakers"),
    ],
)
def test_the_difference_follows_from_openings(openings: tuple[int, ...], words: str) -> None:
    comparison = compare_several("projection", *[make_outlook(1, count) for count in openings])
    assert read_takeaway(comparison, "projection.openings_per_year") == words


def compare_official(*roles: tuple[str, tuple[float, ...]]) -> Comparison:
    """Roles with what they ask for, and the education of their people."""
    made_roles: list[CurrentRole] = []
    for names, (education, shares) in zip(NAMES, roles, strict=False):
        groups: dict[str, Any] = {"requirements": {"education": education}}
        if shares:
            groups["attainment"] = make_attainment(*shares)
        made_roles.append(make_role(*names, **groups))
    return compare_roles(*made_roles)


BACHELOR, MASTER, SCHOOL = "Bachelor's degree", "Master's degree", "High school diploma or equivalent"
NURSES, BUILDERS = (0.5, 1.2, 3.9, 25.6, 54.4, 11.8, 2.7), (20, 50, 20, 1, 8, 1, 0)


def test_what_is_asked_and_who_works_without_follow_from_education() -> None:
    shares = "31% of bakers work without a bachelor’s, 91% of cooks"
    assert (
        read_takeaway(compare_official((BACHELOR, NURSES), (BACHELOR, BUILDERS)), "education")
        == f"Same on paper / {shares}"
    )
    assert (
        read_takeaway(compare_official((BACHELOR, NURSES), (SCHOOL, BUILDERS)), "education")
        == f"◆ Cook asks less / {shares}"
    )
    assert read_takeaway(compare_official((BACHELOR, ()), (SCHOOL, ())), "education") == "◆ Cook asks less"
    even = read_takeaway(compare_official((BACHELOR, NURSES), (BACHELOR, NURSES)), "education")
    assert even == "Same on paper / 31% of both work without a bachelor’s"
    doctors = (0, 0, 0, 0, 0, 0, 100)
    assert read_takeaway(compare_official((MASTER, doctors), (MASTER, doctors)), "education") == "Same on paper"
    least = compare_official((BACHELOR, NURSES), (SCHOOL, BUILDERS), (MASTER, NURSES))
    assert read_takeaway(least, "education") == "◆ Cook asks least / 91% of cooks work without a bachelor’s"
    most = compare_official((SCHOOL, NURSES), (SCHOOL, BUILDERS), (MASTER, NURSES))
    assert read_takeaway(most, "education") == "▲ Smith asks most / 91% of cooks work without a bachelor’s"
    two = compare_official((SCHOOL, ()), (SCHOOL, ()), (MASTER, ()), (MASTER, ()))
    assert read_takeaway(two, "education") == "● Bakers and ◆ cooks ask least"


def test_the_most_common_degree_follows_from_scraped_education() -> None:
    def degrees(*values: tuple[str | None, int | None]) -> str:
        groups = [{"degree": name, "degree_percent": share} for name, share in values]
        return read_takeaway(compare_several("preparation", *groups, page=ZIPPIA), "education")

    assert degrees((BACHELOR, 50), (BACHELOR, 59)) == "9 points apart / the most common degree in both"
    assert degrees((BACHELOR, 50), (BACHELOR, 50)) == "The same / the most common degree in both"
    assert degrees((BACHELOR, None), (BACHELOR, 50)) == "The same degree / the most common in both"
    assert degrees((BACHELOR, 50), (MASTER, 50)) == "Different degrees / the most common in each"
    assert degrees((BACHELOR, 50), (None, None)) == ""


def test_who_trains_follows_from_training() -> None:
    def training(*values: str) -> str:
        return read_takeaway(
            compare_several("requirements", *[{"training": value} for value in values]), "requirements.training"
        )

    short, long = "Short-term on-the-job training", "Long-term on-the-job training"
    assert training("None", "None") == "The same"
    assert training("None", "Apprenticeship") == "Only ◆ cooks train on the job"
    assert training(short, long) == "◆ Cook trains longer"
    assert training(short, long, "None") == "◆ Cook trains longest"
    assert training(short, short, long, long) == "▲ Smiths and ■ miners train longest"
    assert training(short, "Internship/residency") == "Different kinds"
    assert training("None", short, "Apprenticeship", "None") == "Only ◆ cooks and ▲ smiths train on the job"
    assert training(short, "None", short) == "All but ◆ cooks train on the job"
    assert training("None", long, "None", "None") == "Only ◆ cooks train on the job"


def test_nothing_follows_from_a_figure_on_which_its_source_disagrees_with_itself() -> None:
    page, doubt = make_page("Zippia", ""), {"annual_average": "average-outside-range"}
    baker = make_role("Baker", salary={"annual_average": 30_000}, page=page, warnings=doubt)
    cook = make_role("Cook", salary={"annual_average": 40_000}, page=page)
    assert read_takeaway(compare_roles(baker, cook), "pay") == ""
    assert read_takeaway(compare_roles(cook, cook), "pay") == "The same"


def test_who_needs_experience_follows_from_experience() -> None:
    def experience(*values: str) -> str:
        roles = compare_several("requirements", *[{"work_experience": value} for value in values])
        return read_takeaway(roles, "requirements.work_experience")

    some, more = "Less than 5 years", "5 years or more"
    assert experience("None", "None") == "The same"
    assert experience("None", some) == "Only ◆ cooks need experience"
    assert experience(some, more) == "◆ Cook needs more"
    assert experience(some, more, "None") == "◆ Cook needs most"
    assert experience(some, more, more) == "◆ Cooks and ▲ smiths need most"
    assert experience(some, some, "None") == "All but ▲ smiths need experience"
    assert experience(some, "None", some, "None") == "Only ● bakers and ▲ smiths need experience"


def test_what_all_need_or_list_follows_from_skills() -> None:
    def rated(*values: dict[str, float]) -> str:
        return read_takeaway(
            compare_roles(*[make_role(*names, ratings=of) for names, of in zip(NAMES, values, strict=False)]), "skills"
        )

    def listed(*values: list[str]) -> str:
        return read_takeaway(
            compare_roles(*[make_role(*names, listed=of) for names, of in zip(NAMES, values, strict=False)]), "skills"
        )

    assert rated({"Writing": 4, "Speaking": 4}, {"Writing": 3.8, "Speaking": 3}) == "1 skill both need about equally"
    assert rated({"Writing": 4}, {"Writing": 2}, {"Writing": 4}) == "No skill all three need about equally"
    assert listed(["Java", "a", "b"], ["Java", "c", "d"]) == "Java on both lists / 1 of 3"
    assert listed(["Java", "SQL", "b"], ["Java", "SQL"]) == "2 skills on both lists / Java and SQL"
    assert listed(["Java"], ["SQL"]) == "No skill on both lists"
    assert listed(["Java"], []) == ""


def test_who_is_counted_follows_from_the_share_of_women() -> None:
    def women(*shares: str) -> str:
        groups = [{"female_percent": Decimal(share)} for share in shares]
        return read_takeaway(compare_several("demographics", *groups), "demographics.female_percent")

    assert women("43", "2.5") == "41 points apart / who is counted now, not who can do it"
    assert women("87.9", "21.5") == "66 points apart / who is counted now, not who can do it"
    assert women("50.2", "50.0") == "About the same / who is counted now, not who can do it"
    assert women("87.9", "21.5", "2.2") == "86 points apart / who is counted now, not who can do it"


def test_an_unknown_key_has_nothing_that_follows() -> None:
    assert read_takeaway(compare_several("salary", {"annual_median": 1}, {"annual_median": 2}), "salary.note") == ""
