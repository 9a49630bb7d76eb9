"""The role in the middle of all of its publisher: as many have more as have less."""

from collections.abc import Iterable
from itertools import chain

from comparisons.comparison import Comparison
from comparisons.language.verdict import Takeaway
from comparisons.queries.ranks import RoleRank
from comparisons.thresholds import RANKED_IN_WORDS
from comparisons.views.sections.origins import OriginNote
from comparisons.views.sections.pairs import PairRow

# The anchor of the note on it.
MIDDLE = "middle"


def is_many(rank: RoleRank) -> bool:
    """Whether there are enough roles for their middle to say something."""
    return rank.among >= RANKED_IN_WORDS


def name_middle(official: bool) -> str:
    return f"Middle {'occupation' if official else 'role'}"


def join_follow(takeaway: Takeaway) -> str:
    """What follows and the note on it, as one note."""
    return "; ".join(filter(None, ["".join(part.text for part in takeaway.parts), takeaway.note]))


def note_of_middle(comparison: Comparison, ranks: Iterable[RoleRank], rows: Iterable[PairRow]) -> list[OriginNote]:
    """How the middle of all is found, where one of these rows shows it."""
    many = [rank for rank in ranks if is_many(rank)]
    lines = chain.from_iterable(row.lines for row in rows)
    if not many or not any(line.origin == MIDDLE for line in lines):
        return []
    noun = "occupation" if comparison.sides[0].official else "role"
    rule = (
        f"Computed here: of all that {many[0].publisher} gives a figure for, as many have more as have less. Each "
        f"{noun} counts once, whether many or few people do it, so this is not the middle of all jobs."
    )
    return [OriginNote(MIDDLE, f"The middle {noun}", [], [rule])]
