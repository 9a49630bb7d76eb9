"""How the verdict is worked out: only the rules that were used, with their thresholds and the figure they met."""

from collections.abc import Sequence

from comparisons import formats
from comparisons.judging.leads import PayVerdict, Standing
from comparisons.language.amounts import write_percent
from comparisons.thresholds import (
    LEAD_IN_COUNTS,
    LEAD_IN_GROWTH,
    LEAD_IN_WAYS,
    NO_RATIO_ERROR,
    TOSS_UP_GAP,
    TOSS_UP_OVERLAP,
    TOSS_UP_SHARES,
    is_toss_up_by_shares,
)

# The two rules of a toss-up, for pages that explain them.
TOSS_UP = (
    f"we say toss-up when averages are less than {TOSS_UP_GAP}% apart and ranges overlap by {TOSS_UP_OVERLAP}% or more"
)
TOSS_UP_BY_PERCENTILES = (
    f"we say toss-up when {TOSS_UP_SHARES[0]} to {TOSS_UP_SHARES[1]}% of one role’s people earn more than the other’s "
    "median"
)

_MORE = "a quarter" if LEAD_IN_COUNTS == 25 else f"{LEAD_IN_COUNTS}%"
_RULES = {
    "growth": f"growth, by {LEAD_IN_GROWTH} points or more",
    "openings": f"openings, by {_MORE} or more",
    "jobs": f"jobs, by {_MORE} or more",
    "ways_in": f"ways in, where {LEAD_IN_WAYS} points more work without a bachelor’s degree",
}
# All of them, for a page that explains them.
CLEAR_LEADS = "; ".join(
    [
        f"pay, unless it is a toss-up, or where only averages are published by {TOSS_UP_GAP}% or more",
        *_RULES.values(),
    ]
)


def write_rules(standings: Sequence[Standing], verdicts: Sequence[PayVerdict]) -> str:
    """ "" where nothing was compared."""
    if not standings:
        return ""
    rules = [_write_pay_rule(verdicts)] if verdicts else []
    # Those for the aspects in which the roles differ, or for all that were compared where they differ in none.
    differing = [standing for standing in standings if len(set(standing.values.values())) > 1]
    rules += [_RULES[standing.aspect] for standing in differing or standings if standing.aspect in _RULES]
    sentences = [f"A role is named where it leads clearly: {'; '.join(rules)}."]
    if any(verdict.shares for verdict in verdicts):
        sentences.append("Shares between two published steps of pay are read off a straight line.")
    if any(verdict.shares is None for verdict in verdicts):
        sentences.append(
            f"Pay is close where averages are less than {TOSS_UP_GAP}% apart and ranges share {TOSS_UP_OVERLAP}% or "
            "more of the narrower one."
        )
    if any(standing.aspect in ("pay", "jobs") for standing in standings):
        sentences.append(f"Figures with a relative error of {NO_RATIO_ERROR}% or more name no lead.")
    return " ".join(sentences)


def _write_pay_rule(verdicts: Sequence[PayVerdict]) -> str:
    least, most = TOSS_UP_SHARES
    by_shares = [verdict for verdict in verdicts if verdict.shares]
    if not by_shares:
        own_gap = formats.whole_percent(verdicts[0].gap_percent, TOSS_UP_GAP)
        here = f" (here {own_gap})" if len(verdicts) == 1 else ""
        return f"pay, by {TOSS_UP_GAP}% or more of the lower average{here}"
    share = _write_deciding_share(by_shares)
    return f"pay, unless {least} to {most}% of one role’s people earn more than the other’s median{share}"


def _write_deciding_share(verdicts: Sequence[PayVerdict]) -> str:
    """The share that decided a verdict on two roles: the one that makes it a toss-up, else the larger or the only
    one."""
    if len(verdicts) != 1:
        return ""
    [verdict] = verdicts
    shares = zip(verdict.shares or (), verdict.beyond, strict=True)
    known_shares = [(share, beyond) for share, beyond in shares if share is not None]
    share, beyond = max(known_shares, key=lambda pair: (verdict.is_toss_up and is_toss_up_by_shares(pair[0]), pair[0]))
    if beyond:
        return f" (here {'more' if share > 50 else 'fewer'} than {share:.0f}%)"
    return f" (here {write_percent(share, *TOSS_UP_SHARES)})"
