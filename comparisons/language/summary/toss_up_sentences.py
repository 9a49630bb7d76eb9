"""Between which roles pay is a toss-up, and what that means."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.judging.toss_up import TossUp, judge_toss_up
from comparisons.language.summary.sentence import KnownValues, Sentence, Words, rounded_percent, write_sentence
from comparisons.rows import overlap_percent
from comparisons.thresholds import TOSS_UP_GAP, TOSS_UP_OVERLAP, TOSS_UP_SHARES

TOSS_UP = (
    f"We say toss-up when averages are less than {TOSS_UP_GAP}% apart and ranges overlap by {TOSS_UP_OVERLAP}% or more"
)
TOSS_UP_BY_PERCENTILES = (
    f"We say toss-up when {TOSS_UP_SHARES[0]} to {TOSS_UP_SHARES[1]}% of one role’s people earn more than the other’s "
    "median"
)
Pair = tuple[Side, Side]


def write_toss_up(comparison: Comparison, pay: KnownValues) -> Sentence | None:
    """None unless pay is a toss-up between any two of these roles."""
    toss_ups = _find_toss_ups(comparison, pay)
    if pay.all_same or len(toss_ups) < len(list(_pairs(pay))):
        return None
    verdicts = [verdict for _, verdict in toss_ups]
    explained: list[Words] = [": this holds for any two of them"]
    if not any(verdict.shares for verdict in verdicts):
        explained = [_explain_averages(verdicts)]
    elif pay.two:
        explained = _explain_shares(*toss_ups[0])
    sides = pay.highest_first
    return write_sentence(pay, "Pay is a toss-up between ", sides, *explained, rule=_rule(verdicts))


def goes_by_medians(comparison: Comparison, pay: KnownValues) -> bool:
    """Whether the verdict of a toss-up speaks of the medians already."""
    toss_ups = _find_toss_ups(comparison, pay)
    return len(toss_ups) == len(list(_pairs(pay))) and any(verdict.shares for _, verdict in toss_ups)


def describe_toss_ups(comparison: Comparison, pay: KnownValues) -> tuple[list[Words], str]:
    """Between which two of three or four roles pay is a toss-up, and by which rule."""
    if pay.two:
        return [], ""
    toss_ups = _find_toss_ups(comparison, pay)
    words: list[Words] = []
    for sides in _join_pairs([pair for pair, _ in toss_ups]):
        words += [", and also between " if words else "; pay is a toss-up between ", sides]
    return words, _rule([verdict for _, verdict in toss_ups])


def _join_pairs(pairs: Sequence[Pair]) -> list[tuple[Side, ...]]:
    """Three roles of which any two are a pair are named together."""
    by_index = {side.index: side for pair in pairs for side in pair}
    sides = [by_index[index] for index in sorted(by_index)]
    groups: list[tuple[Side, ...]] = []
    for size in (3, 2):
        for group in combinations(sides, size):
            is_named = any(all(side in larger for side in group) for larger in groups)
            if not is_named and all(pair in pairs for pair in combinations(group, 2)):
                groups.append(group)
    return groups


def _find_toss_ups(comparison: Comparison, pay: KnownValues) -> list[tuple[Pair, TossUp]]:
    toss_ups = []
    for first, second in _pairs(pay):
        verdict = judge_toss_up(comparison, first.index, second.index)
        if verdict and verdict.holds:
            toss_ups.append(((first, second), verdict))
    return toss_ups


def _pairs(pay: KnownValues) -> Iterable[Pair]:
    return combinations([known.side for known in pay.values], 2)


def _rule(toss_ups: Iterable[TossUp]) -> str:
    rules = dict.fromkeys([TOSS_UP_BY_PERCENTILES if toss_up.shares else TOSS_UP for toss_up in toss_ups])
    return ". ".join(rules)


def _explain_averages(toss_ups: Sequence[TossUp]) -> str:
    widest = max(toss_ups, key=lambda toss_up: toss_up.gap_percent)
    gap = f"{formats.dollars(widest.gap)} ({rounded_percent(widest.gap_percent)})"
    share = overlap_percent(min(toss_up.overlap for toss_up in toss_ups))
    most, least = ("at most ", "at least ") if len(toss_ups) > 1 else ("", "")
    return f": the averages are {most}{gap} apart and the ranges overlap by {least}{share}"


def _explain_shares(sides: Pair, toss_up: TossUp) -> list[Words]:
    words: list[Words] = []
    for share, role, other in zip(toss_up.shares or (), sides, reversed(sides), strict=False):
        if share is None:
            continue
        percent = formats.whole_percent(share, *TOSS_UP_SHARES)
        if not words:
            words = [f": {percent} of ", (role,), " earn more than the median of ", (other,)]
        else:
            words += [f", and {percent} of ", (role,), " more than that of ", (other,)]
    return words
