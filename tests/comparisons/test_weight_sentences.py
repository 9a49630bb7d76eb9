"""The sentence on who leads by the weights, and what would turn the result."""

import json
import re
from itertools import product
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders

from careers.models import Role
from comparisons.judging.weighing import find_turns, share_of_best, weigh
from comparisons.language.weight_words import RESULT
from tests.comparisons.stored_roles import CUSTOMER, LEAD, PROFESSIONAL, SOFTWARE, store_role
from tests.comparisons.weighed_sections import build_section, make_aspects, read_result

pytestmark = pytest.mark.django_db


def test_the_sentence_names_the_weight_that_would_turn_it(pair: None) -> None:
    slow = store_role(CUSTOMER, salary={"annual_average": 90_000}, outlook={"growth_percent": 2, "job_count": 1000})
    fast = store_role(PROFESSIONAL, salary={"annual_average": 60_000}, outlook={"growth_percent": 10, "job_count": 900})
    assert read_result(build_section(slow, fast, pay="3")) == (
        "By your weights, Customer support technician: 3.00 of 3, against 2.01 for Professional technician. "
        "With growth at 2 or more it would be Professional technician."
    )
    assert read_result(build_section(slow, fast, pay="3", grow="2")) == (
        "By your weights, Professional technician: 4.01 of 5, against 3.40 for Customer support technician. "
        "With growth at 0 it would be Customer support technician."
    )


def test_a_toss_up_names_what_would_decide_it() -> None:
    first = store_role(LEAD, salary={"annual_average": 50_000}, outlook={"growth_percent": 10, "job_count": 1000})
    second = store_role(SOFTWARE, salary={"annual_average": 49_000}, outlook={"growth_percent": 5, "job_count": 2000})
    assert read_result(build_section(first, second, pay="1")) == (
        "By your weights it is a toss-up between Lead technician and Software support technician: 1.00 and 0.98 of 1. "
        "With growth at 1 or more it would be Lead technician; "
        "with jobs at 1 or more it would be Software support technician."
    )


def test_a_result_that_can_only_become_a_toss_up_says_so() -> None:
    aspects = make_aspects(pay=(100, 80), grow=(94, 100))
    assert find_turns(aspects, {"pay": 1}) == [("grow", 2, 1, None)]


def test_three_roles_are_named_in_the_order_of_their_sums(pair: None) -> None:
    third = store_role(
        PROFESSIONAL, salary={"annual_average": 60_000}, outlook={"growth_percent": 10, "job_count": 900}
    )
    roles = [third, *Role.objects.exclude(pk=third.pk).order_by("slug")]
    assert read_result(build_section(*roles, pay="1")).startswith(
        "By your weights, Lead technician: 1.00 of 1, "
        "against 0.88 for Software support technician and 0.66 for Professional technician."
    )


def test_every_turn_is_the_smallest_change_and_does_what_it_says() -> None:
    random = Random(13)  # noqa: S311  the same cases each time
    for _ in range(300):
        count = random.choice((2, 2, 3, 4))
        names = random.sample(("pay", "grow", "open", "ways", "rise"), random.randint(1, 5))
        aspects = make_aspects(
            **{name: share_of_best([random.randint(-5, 60) for _ in range(count)]) for name in names}
        )
        weights = {name: random.randint(0, 3) for name in names}
        current = weigh(aspects, weights).leaders
        turns = find_turns(aspects, weights)
        for turn in turns:
            wanted = [turn.weight]
            if turn.bound:
                wanted = list(range(turn.weight, 4) if turn.bound > 0 else range(turn.weight + 1))
            for weight in wanted:
                leaders = weigh(aspects, weights | {turn.aspect: weight}).leaders
                assert leaders == (turn.leader,) if turn.leader is not None else len(leaders) > 1
        reached = {turn.leader for turn in turns}
        change = {turn.leader: abs(turn.weight - weights[turn.aspect]) for turn in turns}
        for name, weight in product(names, range(4)):
            leaders = weigh(aspects, weights | {name: weight}).leaders
            if current and len(leaders) == 1 and leaders != current:
                assert leaders[0] in reached
                assert change[leaders[0]] <= abs(weight - weights[name])


def test_the_script_has_the_words_of_the_server() -> None:
    script = finders.find("comparison.js")
    assert script
    words = re.search(r"const OF_WEIGHTS = (\{.*?\n  \})", Path(script).read_text(), re.DOTALL)
    assert words
    assert json.loads(words[1]) == RESULT
