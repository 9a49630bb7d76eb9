"""The verdict at the top of a comparison, and a takeaway for each row below it."""

from typing import NamedTuple

from comparisons.comparison import Comparison
from comparisons.judging.leads import judge_leads, judge_pairs
from comparisons.language.parts import Sentence
from comparisons.language.verdict.lead_sentences import write_leads
from comparisons.language.verdict.rules_text import write_rules
from comparisons.language.verdict.takeaways import Takeaway, find_takeaway
from comparisons.language.verdict.toss_up_sentence import write_toss_up_test


class Verdict(NamedTuple):
    """`sentences`: what each role leads in, with their full stops. `toss_up`: whether pay is one, or why nobody can
    tell; None where nothing is known of pay. `rules`: how this was worked out, "" where nothing was compared."""

    sentences: tuple[Sentence, ...]
    toss_up: Sentence | None
    rules: str


def write_verdict(comparison: Comparison) -> Verdict:
    """On two roles or more; nothing on one."""
    if len(comparison.sides) < 2:
        return Verdict((), None, "")
    pay_verdicts = judge_pairs(comparison)
    standings = judge_leads(comparison, pay_verdicts)
    return Verdict(
        write_leads(comparison, standings, pay_verdicts),
        write_toss_up_test(comparison, pay_verdicts),
        write_rules(standings, pay_verdicts),
    )
