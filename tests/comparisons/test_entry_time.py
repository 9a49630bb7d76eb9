"""The sentence on the time that getting in takes."""

from typing import Any

import pytest

from comparisons.language.verdict.entry_findings import write_entry
from comparisons.queries.current_role import CurrentRole
from tests.comparisons.made_roles import compare_roles, make_page, make_role
from tests.comparisons.verdict_words import write_with_markers


def make_role_with_time(
    title: str, low: int | None, high: int | None, experience: int | None = None, **more: Any
) -> CurrentRole:
    preparation = {"months_low": low, "months_high": high, "years_of_experience": experience}
    return make_role(title, preparation=preparation, page=more.get("page", make_page("Zippia", "")))


def write_sentence(*roles: CurrentRole) -> str:
    sentence = write_entry(compare_roles(*roles))
    return write_with_markers(sentence) if sentence else ""


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            (72, 96),
            (12, 24),
            "Getting in takes longer for ● bakers: ● 6 to 8 years, against ◆ 1 to 2 years for ◆ cooks",
        ),
        (
            (120, None),
            (12, 24),
            "Getting in takes longer for ● bakers: ● more than 10 years, against ◆ 1 to 2 years for ◆ cooks",
        ),
        ((12, 24), (12, 24), "Getting in takes the same time for both: 1 to 2 years"),
        (
            (None, None, 2),
            (12, 24),
            "Getting in takes the same time for both: 1 to 2 years, going by the experience figure",
        ),
        (
            (None, None, 12),
            (12, 24),
            "Getting in takes longer for ◆ cooks: ◆ 1 to 2 years, against ● 6 to 12 months, going by the experience "
            "figure, for ● bakers",
        ),
        ((6, 48), (12, 24), ""),
        ((None, None), (12, 24), ""),
    ],
)
def test_the_longer_way_in_is_named(first: tuple[Any, ...], second: tuple[Any, ...], words: str) -> None:
    assert write_sentence(make_role_with_time("Baker", *first), make_role_with_time("Cook", *second)) == words


def test_of_three_roles_the_longest_and_the_shortest_are_named_and_one_without_a_time_is_named() -> None:
    three = (
        make_role_with_time("Baker", 12, 24),
        make_role_with_time("Cook", 72, 96),
        make_role_with_time("Smith", 24, 48),
    )
    assert write_sentence(*three) == (
        "Getting in takes longest for ◆ cooks: ◆ 6 to 8 years; it is quickest for ● bakers: ● 1 to 2 years"
    )
    assert write_sentence(*three[:2], make_role_with_time("Smith", None, None)).endswith(
        "for ● bakers; there is no figure for ▲ smiths"
    )


def test_two_publishers_are_named() -> None:
    other = make_role_with_time("Cook", 12, 24, page=make_page("Jobicy", ""))
    assert write_sentence(make_role_with_time("Baker", 12, 24), other).endswith(
        "(figures of different publishers: Zippia and Jobicy)"
    )
