"""The computed summary of a comparison. A sentence is written only when all of its values are known."""

from collections.abc import Callable
from typing import NamedTuple

from careers.vocabulary import CUT, UNCLEAR
from comparisons import formats
from comparisons.comparison import Comparison, ComparisonLine, Side
from comparisons.language.messages import EVERYONE
from comparisons.language.summary.entry_sentences import write_degrees, write_entry
from comparisons.language.summary.job_sentences import (
    write_growth,
    write_jobs,
    write_openings,
    write_projected_growth,
    write_same_growth,
)
from comparisons.language.summary.pay_sentences import PAY_KEYS, write_medians, write_pay, write_top_pay
from comparisons.language.summary.sentence import Part, Sentence, finish_sentence
from comparisons.language.summary.skill_sentences import write_coverage, write_moves, write_ratings, write_skills
from comparisons.language.summary.toss_up_sentences import TOSS_UP, TOSS_UP_BY_PERCENTILES

__all__ = ["TOSS_UP", "TOSS_UP_BY_PERCENTILES", "Part", "Sentence", "summarize", "write_coverage", "write_moves"]

# A summary with fewer sentences than this is filled up with what else is known.
FEWEST_SENTENCES = 3


class _Writer(NamedTuple):
    """`turn`: the place of its sentence among those that are shown."""

    turn: int
    write: Callable[[Comparison], Sentence | None]


# These write whenever they can; the others fill up a short summary, the more telling first.
_ALWAYS = (
    _Writer(0, write_pay),
    _Writer(3, write_jobs),
    _Writer(4, write_growth),
    _Writer(8, write_entry),
    _Writer(10, write_skills),
)
_TO_FILL_UP = (
    _Writer(1, write_medians),
    _Writer(2, write_top_pay),
    _Writer(9, write_degrees),
    _Writer(5, write_same_growth),
)

# These come on top of the others wherever they can be written.
_ON_TOP = (_Writer(6, write_projected_growth), _Writer(7, write_openings), _Writer(11, write_ratings))

# What readers ask first -> the rows that answer it.
_ASKED_FIRST = {
    "pay": (*PAY_KEYS, "salary.range", "salary.annual_entry", "salary.annual_mid", "salary.annual_senior"),
    "the number of jobs": ("outlook.job_count",),
    "the time to enter": ("entry.time",),
}


def summarize(comparison: Comparison) -> tuple[Sentence, ...]:
    """Three to eight sentences on two roles or more, in the order of the page; fewer where less is known."""
    if len(comparison.sides) < 2:
        return ()
    by_turn: dict[int, Sentence] = {}
    for writer in _ALWAYS:
        _add_sentence(by_turn, writer, comparison)
    for writer in _TO_FILL_UP:
        if len(by_turn) < FEWEST_SENTENCES:
            _add_sentence(by_turn, writer, comparison)
    known_enough = len(by_turn) >= FEWEST_SENTENCES
    for writer in _ON_TOP:
        _add_sentence(by_turn, writer, comparison)
    sentences = tuple(by_turn[turn] for turn in sorted(by_turn)) or (_nothing_in_common(comparison),)
    known_of_one = None if known_enough else _write_known_of_one(comparison)
    if known_of_one is None:
        return sentences
    if known_of_one.anchor.startswith("salary"):  # readers look for pay first
        return known_of_one, *sentences
    return *sentences, known_of_one


def _add_sentence(by_turn: dict[int, Sentence], writer: _Writer, comparison: Comparison) -> None:
    sentence = writer.write(comparison)
    if sentence:
        by_turn[writer.turn] = sentence


def _nothing_in_common(comparison: Comparison) -> Sentence:
    whose = "both" if len(comparison.sides) == 2 else "several"
    for line in comparison.lines:
        if sum(not cell.missing for cell in line.cells) > 1:
            words = f"Pay, jobs and the time to enter cannot be compared; the tables hold what is known of {whose}"
            return Sentence((Part(words),), line.row.anchor, line.row.label)
    everyone = EVERYONE[len(comparison.sides)]
    return Sentence(
        (Part(f"No figure of the same kind is known for {everyone}; read what each does"),), "work", "The work"
    )


def _write_known_of_one(comparison: Comparison) -> Sentence | None:
    """What cannot be compared because one role alone has it; of several such roles the one that has most."""
    by_owner: dict[int, dict[str, ComparisonLine]] = {}
    for name, keys in _ASKED_FIRST.items():
        lines = [comparison.by_key[key] for key in keys if key in comparison.by_key]
        owners = [side.index for side in comparison.sides if _is_published(lines, side)]
        readable = [line for line in lines if len(owners) == 1 and not line.cells[owners[0]].missing]
        if readable:
            by_owner.setdefault(owners[0], {})[name] = readable[0]
    if not by_owner:
        return None
    owner, lines_by_name = max(by_owner.items(), key=lambda item: len(item[1]))
    names, row = list(lines_by_name), next(iter(lines_by_name.values())).row
    words = f"{formats.listed(names)} {'is' if len(names) == 1 else 'are'} known for "
    return finish_sentence([words, (comparison.sides[owner],), " only"], row.anchor, row.label, "figure")


def _is_published(lines: list[ComparisonLine], side: Side) -> bool:
    """Whether a page of the role gives any of the figures, be it one that could not be read."""
    return any(line.cells[side.index].missing in ("", UNCLEAR, CUT) for line in lines)
