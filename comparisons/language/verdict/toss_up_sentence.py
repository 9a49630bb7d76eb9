"""Whether pay is a toss-up, as a sentence below the verdict."""

from collections.abc import Sequence
from itertools import chain, combinations
from typing import NamedTuple

from careers.vocabulary import TOO_HIGH
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.judging.leads import PayVerdict
from comparisons.language.amounts import compare_ranges, round_percent, write_in_ten, write_percent
from comparisons.language.parts import (
    Part,
    Sentence,
    begin_sentence,
    list_parts,
    name_all_people,
)
from comparisons.language.verdict.incomparable_pay import describe_left_out, describe_uncertain, write_incomparable
from comparisons.thresholds import TOSS_UP_OVERLAP, TOSS_UP_SHARES, is_toss_up_by_shares
from comparisons.titles import name_middle_person


def write_toss_up_test(comparison: Comparison, verdicts: Sequence[PayVerdict]) -> Sentence | None:
    """None where nothing is known of the pay of any two roles."""
    if not verdicts:
        return write_incomparable(comparison)
    of_two = len(comparison.sides) == 2
    sentence = _write_of_two(comparison, verdicts[0]) if of_two else _write_of_several(comparison, verdicts)
    notes = [describe_uncertain(comparison, verdicts), describe_left_out(comparison, verdicts)]
    parts = [Part(f" {note}") for note in notes if note]
    return (*sentence, *parts)


def _write_of_two(comparison: Comparison, verdict: PayVerdict) -> Sentence:
    if verdict.shares:
        shares = _compare_shares(comparison, verdict)
        if not verdict.is_complete:
            return (*begin_sentence(shares), Part("; the other way round it is not known."))
        start = f"Pay{_name_area(comparison, verdict)} is {'a' if verdict.is_toss_up else 'not a'} toss-up"
        return (Part(f"{start}: "), *shares, Part("."))
    return (*_describe_figures(comparison, verdict), Part("."))


# Shares that are rounded to an edge of the toss-up, which would seem to be one.
_EDGES = {write_in_ten(edge) for edge in TOSS_UP_SHARES}


class _Share(NamedTuple):
    """How many percent of a role's people earn more than another role's median. `beyond`: it is a bound."""

    percent: float
    beyond: bool
    role: Side
    other: Side


def _list_shares(comparison: Comparison, verdict: PayVerdict) -> list[_Share]:
    """The known ones, the larger first; of a toss-up first those that make it one."""
    first, second = (comparison.sides[index] for index in verdict.pair)
    of_first, of_second = verdict.shares or (None, None)
    shares = []
    if of_first is not None:
        shares.append(_Share(of_first, verdict.beyond[0], first, second))
    if of_second is not None:
        shares.append(_Share(of_second, verdict.beyond[1], second, first))
    return sorted(
        shares, key=lambda share: (verdict.is_toss_up and not is_toss_up_by_shares(share.percent), -share.percent)
    )


def _compare_shares(comparison: Comparison, verdict: PayVerdict, *, only_larger: bool = False) -> list[Part]:
    """How many people of one role earn more than the middle of the other, both ways round or the larger share alone."""
    if verdict.shares == (50.0, 50.0):
        return _describe_gap(verdict)  # there is none
    more, *rest = _list_shares(comparison, verdict)
    parts = _write_share(more, verdict, f" earn more than {name_middle_person(more.other.title)}")
    for share in [] if only_larger else rest:
        other = name_middle_person(share.other.title)
        if verdict.is_toss_up and not is_toss_up_by_shares(share.percent):
            written = _write_share(share, verdict, f" earn more than {other}")
            is_number = written[0].text[0].isdigit()  # else "fewer than" or "just under" follows
            link = ", though only " if is_number and share.percent < min(TOSS_UP_SHARES) else ", though "
            parts += [Part(link), *written]
        else:
            about = "" if parts[0].text.startswith("about ") else "about "
            parts += [Part(", and "), *_write_share(share, verdict, f" more than {other}", about)]
    if comparison.by_key[verdict.key].cells[more.role.index].missing == TOO_HIGH:
        parts.append(Part(f"; the median of {more.role.people} is {TOO_HIGH}"))
    return parts


def _write_share(share: _Share, verdict: PayVerdict, words: str, about: str = "about ") -> list[Part]:
    """`8 in 10 developers` and how they compare; "about" stands once in a sentence."""
    people = share.role.people
    how_many = write_in_ten(share.percent, beyond=share.beyond)
    if (verdict.is_toss_up or how_many in _EDGES) and not share.beyond:
        inside = is_toss_up_by_shares(share.percent)
        percent = f"{formats.rounded(share.percent)}%" if inside else write_percent(share.percent, *TOSS_UP_SHARES)
        return [Part(percent, key=verdict.key), Part(f" of {people}{words}")]
    return [Part(how_many.replace("about ", about), key=verdict.key), Part(f" {people}{words}")]


def _describe_figures(comparison: Comparison, verdict: PayVerdict) -> list[Part]:
    gap, ranges = _describe_gap(verdict), _describe_ranges(comparison, verdict)
    if verdict.is_toss_up:
        return [Part("Treat pay as close: "), *gap, Part(", and "), *ranges]
    if verdict.ahead is None:
        reason = [Part(", but "), *ranges] if ranges else [Part(", and there are no ranges of both")]
        return [Part("Pay may be a toss-up: "), *gap, *reason]
    is_conceded = verdict.overlap is not None and verdict.overlap >= TOSS_UP_OVERLAP
    link = [Part(", though " if is_conceded else ", and ")] if ranges else []
    return [Part("Pay is not a toss-up: "), *gap, *link, *ranges]


def _describe_ranges(comparison: Comparison, verdict: PayVerdict) -> list[Part]:
    if verdict.overlap is None:
        return []
    first, second = (comparison.published[index]["salary.range"].value for index in verdict.pair)
    words, end = compare_ranges(first, second)
    return [Part(words), Part(end, key="salary.range")] if end else [Part(words)]


def _describe_gap(verdict: PayVerdict) -> list[Part]:
    figures = "averages" if "average" in verdict.key else "medians"
    if not verdict.gap:
        return [Part(f"the {figures} are the same")]
    gap, unit = formats.dollars(verdict.gap), " an hour" if "hourly" in verdict.key else ""
    amount = Part(f"{gap}{unit} ({round_percent(verdict.gap_percent)})", key=verdict.key)
    return [Part(f"the {figures} are "), amount, Part(" apart")]


# -- three roles and more ----------------------------------------------------------------------


def _write_of_several(comparison: Comparison, verdicts: Sequence[PayVerdict]) -> Sentence:
    toss_ups = [verdict for verdict in verdicts if verdict.is_toss_up]
    sides, place = comparison.sides, _name_area(comparison, verdicts[0])
    if len(toss_ups) == len(verdicts) == len(sides) * (len(sides) - 1) // 2:
        return (Part(f"Pay{place} is a toss-up between any two of them."),)
    if len(toss_ups) > 1:
        pairs = [tuple(sides[index] for index in verdict.pair) for verdict in toss_ups]
        groups = [[Part("between "), *name_all_people(group)] for group in join_pairs(pairs)]
        return (Part(f"Pay{place} is a toss-up "), *list_parts(groups, ", and "), Part("."))
    return _write_closest(comparison, min(verdicts, key=_measure_distance), place, alone=len(verdicts) == 1)


def _write_closest(comparison: Comparison, closest: PayVerdict, place: str, *, alone: bool) -> Sentence:
    """Which two of several roles are closest in pay, and how close. `place`: the state that their pay is of. `alone`:
    the pay of no other two can be compared."""
    first, second = (comparison.sides[index] for index in closest.pair)
    if closest.ahead == second.index:
        first, second = second, first
    people = name_all_people([first, second])
    if all(closest.beyond):
        parts = [Part(f"No two of them are close in pay{place}")]
    elif closest.is_toss_up:
        parts = [Part(f"Pay{place} is a toss-up between "), *people]
    else:
        parts = begin_sentence(people)
        is_apart = alone and closest.ahead is not None and closest.is_complete
        parts.append(Part(f" are not close in pay{place}" if is_apart else f" come closest in pay{place}"))
    explained = _describe_gap(closest)
    if closest.shares:
        shares = _compare_shares(comparison, closest, only_larger=not closest.is_toss_up)
        top = "" if closest.is_toss_up else _describe_top(comparison, first, second)
        explained = [*shares, Part(top)] if top else shares
    return (*parts, Part(": "), *explained, Part("."))


def _measure_distance(verdict: PayVerdict) -> tuple[float, float]:
    """How far the pay of two roles lies apart: by shares from a half, then by the figures."""
    if verdict.shares:
        return min(abs(share - 50) for share in verdict.shares if share is not None), verdict.gap_percent
    return verdict.gap_percent, verdict.gap_percent


def _describe_top(comparison: Comparison, ahead: Side, other: Side) -> str:
    """Say that the order turns over at the top, where it does."""
    top_of_ahead, top_of_other = [comparison.published[side.index].get("salary.annual_p90") for side in (ahead, other)]
    if top_of_ahead is None or top_of_other is None or top_of_other.value <= top_of_ahead.value:
        return ""
    return f", but the best-paid tenth of {other.people} starts higher"


def join_pairs(pairs: Sequence[tuple[Side, ...]]) -> list[tuple[Side, ...]]:
    """Three roles of which any two are a pair are named together."""
    by_index = {side.index: side for side in chain.from_iterable(pairs)}
    sides = [by_index[index] for index in sorted(by_index)]
    groups: list[tuple[Side, ...]] = []
    for size in (3, 2):
        for group in combinations(sides, size):
            is_named = any(all(side in larger for side in group) for larger in groups)
            if not is_named and all(pair in pairs for pair in combinations(group, 2)):
                groups.append(group)
    return groups


def _name_area(comparison: Comparison, verdict: PayVerdict) -> str:
    """The state that the pay is of, to follow a word; "" for the whole country."""
    area = comparison.by_key[verdict.key].cells[verdict.pair[0]].area
    return f" {area}" if area else ""
