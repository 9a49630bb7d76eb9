"""Headings that sum up pay by state: who earns more in how many states, and whose best state beats which others."""

from collections.abc import Sequence
from typing import NamedTuple

from careers.areas import AREAS, in_area
from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.formats import Number
from comparisons.judging.state_pay import PayByState, StateLeads, count_leads, find_best_state
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part, list_parts, name_role
from comparisons.language.verdict.takeaways import Takeaway
from comparisons.thresholds import MIXED_STATES
from comparisons.titles import capitalize, is_plural, name_middle_person

# The row or group that the figures of these sentences are from.
KEY = "states"
# The most states that are named.
MOST_NAMED = 3
NO_STATE = "No state has a published median"
# Where fewer states have figures, "all" of them are not all there are.
FIFTY = 50


class StateFinding(NamedTuple):
    """`heading`: without its full stop. `caption`: a sentence, empty for none."""

    heading: Sequence[Part]
    caption: Sequence[Part] = ()


def find_in_states(comparison: Comparison, by_state: PayByState) -> StateFinding:
    """Who earns more in which states. Where roles cannot be compared, in which state each earns most."""
    leads = count_leads(by_state)
    if not leads.roles:
        return StateFinding([Part(NO_STATE)])
    if len(leads.roles) == 1 or not leads.states or not by_state.is_like_for_like:
        return StateFinding(_name_best(comparison, by_state, leads.roles))
    if len(leads.roles) == 2:
        return _compare_two(comparison, by_state, leads)
    return StateFinding(_count_several(comparison, leads))


def _count_states(count: int, states: int) -> list[Part]:
    """As `45 of 50 states`, `all 50 states`, `the only two states` or `the only state`."""
    if count == states == 1:
        return [Part("the only state", key=KEY)]
    if count == states == 2:
        return [Part("the only two states", key=KEY)]
    if count == states and states > 1:
        return [Part("all "), Part(f"{states}", key=KEY), Part(" states")]
    return [Part(f"{count} of {states}", key=KEY), Part(" states")]


def _name_best(comparison: Comparison, by_state: PayByState, roles: Sequence[int]) -> list[Part]:
    """Where each role earns most; of one role alone also where it earns least."""
    parts: list[Part] = []
    for index in roles:
        pay = by_state.states[index]
        best = find_best_state(pay)
        if len(roles) == 1 and len(pay) > 1:
            worst = min(pay, key=lambda state: (pay[state], state))
            start = f"{capitalize(comparison.sides[index].people)} earn from "
            lowest, highest = (_write_amount(by_state, index, state) for state in (worst, best))
            return [Part(start), *lowest, Part(" to "), *highest]
        people = comparison.sides[index].people
        parts.append(Part(f"; {people} earn " if parts else f"{capitalize(people)} earn "))
        if len(pay) == 1:
            parts += [*_write_amount(by_state, index, best), Part(", the only state with a figure")]
        else:
            parts += [Part("the most, "), *_write_amount(by_state, index, best)]
    return parts


def _write_amount(by_state: PayByState, index: int, state: str) -> list[Part]:
    unit = " an hour" if by_state.time == "hourly" else ""
    return [Part(formats.dollars(by_state.states[index][state]) + unit, key=KEY), Part(f" {in_area(AREAS[state])}")]


def _count_several(comparison: Comparison, leads: StateLeads) -> list[Part]:
    """Which of three or four roles earns most in how many states."""
    ranked = [index for index in leads.roles if len(leads.led_by[index])]
    ranked.sort(key=lambda index: -len(leads.led_by[index]))
    if not ranked:
        return [Part("No role alone earns the most in any state")]
    first, *others = ranked
    start, everyone = capitalize(comparison.sides[first].people), EVERYONE[len(leads.roles)]
    without = [side.people for side in comparison.sides if side.index not in leads.roles]
    if without:
        start, everyone = f"Leaving out {formats.listed(without)}, {comparison.sides[first].people}", "the others"
    parts = [Part(f"{start} earn the most in ")]
    parts += _count_states(len(leads.led_by[first]), len(leads.states))
    for index in others:
        parts += [Part(f", {comparison.sides[index].people} in "), Part(f"{len(leads.led_by[index])}", key=KEY)]
    return [*parts, Part(f" with figures for {everyone}")] if not others else parts


# -- two roles --------------------------------------------------------------------------------


def _compare_two(comparison: Comparison, by_state: PayByState, leads: StateLeads) -> StateFinding:
    """The best state of the role that earns less in most states against all states of the other, or state by state
    where each role earns more in many."""
    first, second = leads.roles
    balance = _write_balance(comparison, leads)
    more, less = (first, second) if len(leads.led_by[first]) >= len(leads.led_by[second]) else (second, first)
    if not len(leads.led_by[more]) or 100 * len(leads.led_by[less]) >= MIXED_STATES * len(leads.states):
        return StateFinding(balance)
    pay = by_state.states[more]
    best = find_best_state(by_state.states[less])
    if by_state.pay[less][best] < min(pay.values()):
        return StateFinding([Part(_earns_less_everywhere(comparison, less, more, best))])
    beaten = sum(amount < by_state.pay[less][best] for amount in pay.values())
    across = [Part(_out_earns(comparison, less, more, best)), *_count_states(beaten, len(pay))]
    if beaten == len(pay) < FIFTY:
        across.append(Part(" with a figure"))
    if 2 * beaten < len(pay):
        return StateFinding(balance, [*across, Part(".")] if beaten else ())
    return StateFinding(across, _write_exceptions(comparison, leads, more, less) or [*balance, Part(".")])


def _out_earns(comparison: Comparison, less: int, more: int, best: str) -> str:
    side, other, where = comparison.sides[less], comparison.sides[more], in_area(AREAS[best])
    if is_plural(side.title) or is_plural(other.title):
        return f"The median pay of {side.people} {where} is above that of {other.people} in "
    earner = capitalize(name_middle_person(side.title))
    return f"{earner} {where} out\N{NON-BREAKING HYPHEN}earns {name_middle_person(other.title)} in "


def _earns_less_everywhere(comparison: Comparison, less: int, more: int, best: str) -> str:
    side, other, where = comparison.sides[less], comparison.sides[more], in_area(AREAS[best])
    if is_plural(side.title) or is_plural(other.title):
        return f"Even {where} the median pay of {side.people} is below that of {other.people} in any state"
    return (
        f"Even {where} {name_middle_person(side.title)} earns less than {name_middle_person(other.title)} in any state"
    )


def _write_balance(comparison: Comparison, leads: StateLeads) -> list[Part]:
    """Who earns more in how many of the states in which both have a figure."""
    more, less = sorted(leads.roles, key=lambda index: -len(leads.led_by[index]))
    states = len(leads.states)
    people, others = capitalize(comparison.sides[more].people), comparison.sides[less].people
    if not len(leads.led_by[more]):
        parts = [Part(f"{people} and {others} earn the same in "), *_count_states(states, states)]
        return parts if states >= FIFTY else [*parts, Part(" with figures for both")]
    if len(leads.led_by[more]) == len(leads.led_by[less]):
        of_more = [Part(f"{people} earn more in "), *_count_states(len(leads.led_by[more]), states)]
        return [*of_more, Part(f", {others} in "), Part(f"{len(leads.led_by[less])}", key=KEY)]
    parts = [Part(f"{people} earn more than {others} in "), *_count_states(len(leads.led_by[more]), states)]
    if len(leads.led_by[less]):
        return [*parts, Part(", less in "), Part(f"{len(leads.led_by[less])}", key=KEY)]
    return parts if len(leads.led_by[more]) >= FIFTY else [*parts, Part(" with figures for both")]


def _write_exceptions(comparison: Comparison, leads: StateLeads, more: int, less: int) -> list[Part]:
    """In which few states the worse paid role earns more; nothing where they are many or none, or where both earn the
    same."""
    states = leads.led_by[less]
    if not states or len(states) + len(leads.led_by[more]) < len(leads.states) or len(states) > MOST_NAMED:
        return []
    people, others = comparison.sides[less].people, comparison.sides[more].people
    where = formats.listed([in_area(AREAS[state]).removeprefix("in ") for state in states])
    if len(leads.states) < FIFTY:
        count = Part(f"{len(leads.states)}", key=KEY)
        more_there = Part(f" states with figures for both, {people} earn more than {others} only in {where}.")
        return [Part("Of the "), count, more_there]
    return [Part(f"Only in {where} do {people} earn more than {others} in the same state.")]


def write_place_takeaway(
    comparison: Comparison, values: Sequence[Number | None], *, is_like_for_like: bool = True
) -> Takeaway | None:
    """Who earns more in one place, and by how much; None unless every role has a figure, all like for like."""
    figures = [value for value in values if value is not None]
    if len(figures) < max(len(values), 2) or not is_like_for_like:
        return None
    low, high = min(figures), max(figures)
    if low == high:
        return Takeaway((Part("The same"),))
    gap = formats.dollars(high - low)  # type: ignore[operator]  # all are of one time, so of one type
    best = [side for side, value in zip(comparison.sides, values, strict=True) if value == high]
    parts = list_parts([[name_role(side)] for side in best])
    if len(values) == 2:
        return Takeaway((*parts, Part(f" +{gap}")))
    return Takeaway((*parts, Part(" highest")), f"{gap} above the lowest")
