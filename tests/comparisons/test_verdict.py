"""The verdict of a comparison: who leads on what, whether pay is a toss-up, and how that was worked out."""

import pytest

from comparisons.comparison import Comparison, compare
from comparisons.language.verdict import what_follows, write_verdict
from comparisons.queries.roles import read_current_roles
from tests.comparisons.official import Occupation, compared, load_release
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role

pytestmark = pytest.mark.django_db


def scraped(*titles: str) -> Comparison:
    return compare(read_current_roles([store_role(title).slug for title in titles]))


def sentences(comparison: Comparison) -> list[str]:
    return [sentence.text for sentence in write_verdict(comparison).sentences]


def toss_up(comparison: Comparison) -> str:
    sentence = write_verdict(comparison).toss_up
    return sentence.text if sentence else ""


def follows(comparison: Comparison, key: str) -> str:
    follow = what_follows(comparison, key)
    if follow is None:
        return ""
    words = "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in follow.parts)
    return f"{words} / {follow.note}" if follow.note else words


def test_each_scraped_role_is_told_what_it_leads_in() -> None:
    comparison = scraped(LEAD, SOFTWARE)
    assert sentences(comparison) == [
        "● Lead technicians average more and are more numerous.",
        "◆ Software support technicians lead on none of these, which say nothing of the work itself.",
    ]
    assert toss_up(comparison) == (
        "Pay is not a toss-up: $10,945 (14%) lies between the averages, though the ranges overlap by 85%."
    )


def test_what_follows_stands_at_the_end_of_each_row() -> None:
    comparison = scraped(LEAD, SOFTWARE)
    assert follows(comparison, "pay") == "● Lead Technician +$10,945 / 14% more; the ranges overlap by 85%"
    assert follows(comparison, "outlook.job_count") == "● Lead Technician 2.1 times as many"
    assert follows(comparison, "education") == "9 points apart / the most common degree in both"
    assert follows(comparison, "skills") == "Java on both lists / 1 of 3"
    women = follows(comparison, "demographics.female_percent")
    assert women == "10 points apart / who is counted now, not who can do it"
    assert follows(comparison, "projection.growth_percent") == ""


def test_shares_of_people_tell_whether_pay_is_a_toss_up() -> None:
    load_release(2025, Occupation("11-1011", "Bakers"), Occupation("11-1021", "Cooks", yearly=78_000))
    comparison = compared("11-1011", "11-1021")
    assert sentences(comparison)[0] == "◆ Cooks earn more."
    assert toss_up(comparison) == (
        "Pay is not a toss-up: about 8 in 10 cooks earn more than the median of bakers, and 1 in 7 bakers more than "
        "the median of cooks."
    )
