"""The words about weights and about a reader's own pay.

A script writes the same sentences while a reader chooses, so they are patterns: a name in braces is replaced by words.
comparison.js has the same patterns.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from comparisons import formats
from comparisons.comparison import Cell, Side
from comparisons.judging.weighing import LeftOut, Turn, Weighed
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part, list_parts, name_all_people, name_role
from comparisons.thresholds import TOSS_UP_WEIGHTS

LABELS = {"pay": "Pay", "grow": "Growth", "open": "Openings", "jobs": "Jobs", "ways": "Ways in", "rise": "Pay rise"}
# Weight -> what it is called.
WEIGHTS = ("0 · not", "1 · a little", "2 · much", "3 · most")

HOW_IT_WORKS = (
    "The best figure gets 1.00, every other its share of it; a negative one counts as 0. Your weight (0 to 3) "
    "multiplies them all. Nothing counts until you say so. Sums that lie less than "
    f"{TOSS_UP_WEIGHTS}% of your weights apart are a toss-up."
)
RESULT = {
    "leads": "By your weights, {who}: {points} of {all}",
    "tied": "By your weights it is a toss-up between {who}: {points} of {all}",
    "against": ", against {others}",
    "each": "{points} for {who}",
    "turn": "With {what} at {weight} it would be {who}",
    "turns": "; with {what} at {weight} it would be {who}",
    "exactly": "{weight}",
    "more": "{weight} or more",
    "less": "{weight} or less",
    "tie": "a toss-up",
    "firm": "No single weight changes it",
}
_BOUNDS = {0: "exactly", 1: "more", -1: "less"}

Filling = Mapping[str, Sequence[Part]]


def fill(pattern: str, words: Filling) -> list[Part]:
    """
    >>> filled = fill("{points} for {who}", {"points": [Part("2.16")], "who": [Part("Nurse", "a")]})
    >>> [(part.text, part.letter) for part in filled]
    [('2.16', ''), (' for ', ''), ('Nurse', 'a')]
    """
    parts: list[Part] = []
    for index, text in enumerate(re.split(r"\{(\w+)\}", pattern)):
        if index % 2:
            parts += words[text]
        elif text:
            parts.append(Part(text))
    return parts


def write_points(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def write_products(shares: Iterable[int], weight: int) -> list[str]:
    """The share of each role, multiplied by the weight.

    >>> write_products([72, 100], 3), write_products([72, 100], 0)
    (['0.72 × 3 = 2.16', '1.00 × 3 = 3.00'], ['0.72', '1.00'])
    """
    if not weight:
        return [write_points(share) for share in shares]
    return [f"{write_points(share)} × {weight} = {write_points(share * weight)}" for share in shares]


def write_result(
    sides: Sequence[Side], labels: Mapping[str, str], weighed: Weighed, turns: Iterable[Turn]
) -> list[Part]:
    """Who leads by the weights, and what would change that; nothing without weights. `labels`: those of the aspects."""
    if not weighed.total:
        return []
    leaders = [sides[index] for index in weighed.leaders]
    others = sorted([side for side in sides if side not in leaders], key=lambda side: -weighed.sums[side.index])
    filling: dict[str, Sequence[Part]] = {
        "who": list_parts([[name_role(side)] for side in leaders]),
        "points": list_parts([[Part(write_points(weighed.sums[side.index]))] for side in leaders]),
        "all": [Part(str(weighed.total))],
    }
    parts = fill(RESULT["leads" if len(leaders) == 1 else "tied"], filling)
    if others:
        sums = []
        for side in others:
            filling = {"points": [Part(write_points(weighed.sums[side.index]))], "who": [name_role(side)]}
            sums.append(fill(RESULT["each"], filling))
        parts += fill(RESULT["against"], {"others": list_parts(sums)})
    return [*parts, Part(". "), *_write_turns(sides, labels, turns), Part(".")]


def _write_turns(sides: Sequence[Side], labels: Mapping[str, str], turns: Iterable[Turn]) -> list[Part]:
    parts: list[Part] = []
    for turn in turns:
        filling: Filling = {
            "what": [Part(labels[turn.aspect].lower())],
            "weight": fill(RESULT[_BOUNDS[turn.bound]], {"weight": [Part(str(turn.weight))]}),
            "who": [Part(RESULT["tie"])] if turn.leader is None else [name_role(sides[turn.leader])],
        }
        parts += fill(RESULT["turns" if parts else "turn"], filling)
    return parts or [Part(RESULT["firm"])]


_REASONS = {
    "kinds": "no figure of one kind for {}",
    "publishers": "figures of different publishers",
    "years": "figures of different years or places",
    "apart": "no two years that {} have",
    "uncertain": "a figure is too uncertain",
}


def write_left_out(left_out: Sequence[LeftOut], sides: Sequence[Side]) -> list[Part]:
    """Which aspects cannot be weighed, and why; nothing where all can.

    Those with one reason stand together.
    """
    by_reason: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for aspect in left_out:
        reason = (aspect.why, tuple([side.index for side in aspect.without]))
        by_reason.setdefault(reason, []).append(LABELS[aspect.name].lower())
    parts: list[Part] = []
    for (why, without), names in by_reason.items():
        parts.append(Part(f"{'; ' if parts else 'Left out: '}{formats.listed(names)} ("))
        if why != "missing":
            parts.append(Part(_REASONS[why].format(EVERYONE[len(sides)])))
        elif len(without) == len(sides):
            parts.append(Part("no figure for these roles"))
        else:
            parts += [Part("no figure for "), *list_parts([[name_role(sides[index])] for index in without], " or ")]
        parts.append(Part(")"))
    return [*parts, Part(".")] if parts else []


def write_refused(aspects: Sequence[str]) -> str:
    """
    >>> write_refused(["pay", "rise"]), write_refused([])
    ('The address gives pay and pay rise no weight from 0 to 3: that counts as 0. ', '')
    """
    names = formats.listed([LABELS[name].lower() for name in aspects])
    return f"The address gives {names} no weight from 0 to {len(WEIGHTS) - 1}: that counts as 0. " if names else ""


# -- a reader's own pay --------------------------------------------------------------------------


TIMES = {"annual": "Your own pay a year, in dollars", "hourly": "Your own pay an hour, in dollars"}


def explain_pay_points(cells: Sequence[Cell], steps: bool, ranges: bool) -> str:
    """How the sentence is worked out. `cells`: the pay that it uses. `steps`, `ranges`: any role has steps of pay, or
    only a range."""
    sources = dict.fromkeys([cell.origins[0].source.short for cell in cells])
    sentences = ["What you earn stays in your browser: it is not in the address and never sent."]
    if steps:
        sentences.append("Shares between two published steps of pay are read off a straight line.")
    if ranges:
        sentences.append("A range does not say how many people earn less or more than that.")
    return " ".join([*sentences, f"Pay: {'; '.join(sources)}."])


def write_without_pay(sides: Sequence[Side], time: str) -> list[Part]:
    """Whose pay cannot be stood beside; nothing where everybody's can."""
    if not sides:
        return []
    kind = "by the year" if time == "annual" else "by the hour"
    areas = {side.role.groups["salary"].source.area for side in sides if "salary" in side.role.groups}
    end = f" {areas.pop()}." if len(areas) == 1 and any(areas) else "."
    return [Part("No steps or range of pay "), Part(f"{kind} are published for "), *name_all_people(sides), Part(end)]
