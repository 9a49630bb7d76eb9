"""One sentence for each role on what it leads in."""

from collections.abc import Sequence
from typing import NamedTuple

from careers.vocabulary import GROUPS
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.judging.leads import JUDGED_KEYS, Standing
from comparisons.language.summary.sentence import Part, Sentence
from comparisons.language.verdict.entry_findings import NO_DEGREE
from comparisons.language.verdict.role_names import list_people, name_people

# What the roles were compared by.
ASPECT_NAMES = {
    "pay": "pay",
    "growth": "growth",
    "openings": "openings",
    "jobs": "the number of jobs",
    "ways_in": "ways in",
}
_COUNTED = {"openings": "openings", "ways_in": "ways in"}


class _Words(NamedTuple):
    """What is said of one role: a `verb`, or what it can `have`.

    Of growth on a page of two roles: `field`, with a subject of its own, or what its people `see` where it comes first.
    """

    verb: str = ""
    have: str = ""
    field: str = ""
    see: str = ""


def write_leads(comparison: Comparison, standings: Sequence[Standing]) -> tuple[Sentence, ...]:
    """The roles that lead first, in the order in which readers ask; then those that lead on nothing."""
    if not standings:
        return (_write_too_little(comparison),)
    led: dict[int, list[Standing]] = {}
    for standing in standings:
        for index in standing.leaders:
            led.setdefault(index, []).append(standing)
    if not led:
        return (_write_close(comparison, standings),)
    sentences = []
    for index, leading in led.items():
        words = _join_words([_describe_lead(comparison, index, standing) for standing in leading])
        parts = [name_people(comparison.sides[index], first=True), Part(f" {words}.")]
        sentences.append(_about(comparison, leading[0].key, parts))
    compared = {index for standing in standings for index in standing.values}
    without = [side for side in comparison.sides if side.index in compared and side.index not in led]
    if without:
        sentences.append(_write_no_lead(comparison, without, standings))
    unknown = [side for side in comparison.sides if side.index not in compared]
    if unknown:
        parts = [*_name_all(unknown), Part(" have no figures that can be compared with these.")]
        sentences.append(_about(comparison, standings[0].key, parts))
    return tuple(sentences)


def _describe_lead(comparison: Comparison, index: int, standing: Standing) -> _Words:
    behind = standing.behind(index)
    everyone = len(behind) == len(comparison.sides) - 1
    two = len(comparison.sides) == 2
    than = "" if two or everyone else f" than {list_people(comparison.sides[other] for other in behind)}"
    most = everyone and not two
    aspect = standing.aspect
    if aspect == "growth":
        values = [float(standing.values[other]) for other in (index, *behind)]
        others = list_people(comparison.sides[other] for other in behind)
        return _describe_growth(values, than, others, two=two, most=most)
    line = comparison.line(standing.key)
    area = line.cells[index].area if line else ""
    where = f" {area}" if area else ""
    if aspect == "pay":
        verb = "average" if "average" in standing.key else "earn"
        return _Words(f"{verb} {'most' if most else 'more'}{than}{where}")
    if aspect == "jobs":
        return _Words(f"are {'the most' if most else 'more'} numerous{than}{where}")
    if aspect == "ways_in" and most and _needs_no_degree_alone(comparison, index):
        return _Words("need no degree")
    return _Words(have=f"{'the most' if most else 'more'} {_COUNTED[aspect]}{than}{where}")


def _describe_growth(values: Sequence[float], than: str, others: str, *, two: bool, most: bool) -> _Words:
    """`values`: the growth of the role, then of those behind it. `others`: their names."""
    rate, highest_behind = values[0], max(values[1:])
    if rate < 0:
        verb = "shrink least" if most else f"shrink less{than}"
        words = _Words(verb, "", "their field shrinks less", "less decline")
    elif highest_behind >= 0:
        words = _Words(
            "grow fastest" if most else f"grow faster{than}", "", "their field grows faster", "faster growth"
        )
    elif rate > 0:
        verb = "are the only ones to grow" if most else f"grow while {others} shrink"
        words = _Words(verb, "", "their field grows while the other shrinks", "growth where the others see decline")
    else:
        words = _Words("keep their number", "", "their field keeps its size", "no decline")
    return words if two else _Words(words.verb)


def _needs_no_degree_alone(comparison: Comparison, index: int) -> bool:
    line = comparison.line("requirements.education")
    if line is None or any(cell.missing for cell in line.cells):
        return False
    free = [cell.value in NO_DEGREE for cell in line.cells]
    return free[index] and sum(free) == 1


def _join_words(words: Sequence[_Words]) -> str:
    """
    >>> pay, growth = _Words("earn more"), _Words("", "", "their field grows faster", "faster growth")
    >>> counts = [_Words(have="more openings"), _Words(have="more ways in")]
    >>> _join_words([pay, growth, *counts])
    'earn more, their field grows faster, and they have more openings and more ways in'
    >>> _join_words([growth, *counts]), _join_words([pay, *counts])
    ('see faster growth and have more openings and more ways in', 'earn more and have more openings and more ways in')
    >>> _join_words([_Words("earn most"), _Words("grow fastest"), *counts])
    'earn most, grow fastest, and have more openings and more ways in'
    """
    clauses: list[str] = []
    with_subject = False
    for part in words:
        if part.field and clauses:
            clauses.append(part.field)
            with_subject = True
        elif part.field:
            clauses.append(f"see {part.see}")
        elif part.verb:
            clauses.append(part.verb)
    had = [part.have for part in words if part.have]
    if had:
        clauses.append(f"{'they ' if with_subject else ''}have {formats.listed(had)}")
    *before, last = clauses
    if not before:
        return last
    comma = "," if len(before) > 1 or " and " in before[0] else ""
    return f"{', '.join(before)}{comma} and {last}"


def _write_no_lead(comparison: Comparison, without: Sequence[Side], standings: Sequence[Standing]) -> Sentence:
    parts = _name_all(without)
    if len(standings) == 1:
        aspect = ASPECT_NAMES[standings[0].aspect]
        return _about(comparison, standings[0].key, [Part(f"Nothing but {aspect} can be compared here.")])
    words = " lead on none of these"
    if len(comparison.sides) == 2:
        words += ", which say nothing of the work itself"
    return _about(comparison, standings[0].key, [*parts, Part(f"{words}.")])


def _write_close(comparison: Comparison, standings: Sequence[Standing]) -> Sentence:
    """No role leads on anything."""
    names = [ASPECT_NAMES[standing.aspect] for standing in standings]
    verb = "is" if len(names) == 1 and standings[0].aspect not in ("openings", "ways_in") else "are"
    parts = [Part("Nothing here sets "), *_name_all(comparison.sides, first=False)]
    parts.append(Part(f" clearly apart: {formats.listed(names)} {verb} close."))
    return _about(comparison, standings[0].key, parts)


def _write_too_little(comparison: Comparison) -> Sentence:
    """Why nobody can tell who leads: some roles have no such figures, or they are not of one count."""
    lines = [comparison.line(key) for key in JUDGED_KEYS]
    unknown = []
    for side in comparison.sides:
        if all(line is None or line.cells[side.index].missing for line in lines):
            unknown.append(side)
    if unknown:
        parts = [Part("Who leads cannot be told: too little is known of "), *_name_all(unknown, first=False), Part(".")]
    else:
        parts = [Part("Who leads cannot be told: the figures for "), *_name_all(comparison.sides, first=False)]
        parts.append(Part(" are not counted alike."))
    return Sentence(tuple(parts), "work", "The work")


def _about(comparison: Comparison, key: str, parts: Sequence[Part]) -> Sentence:
    """A sentence on a row; a level of education stands for its section."""
    line = comparison.line(key)
    if line is None or key.startswith("attainment"):
        return Sentence(tuple(parts), "attainment", GROUPS["attainment"])
    return Sentence(tuple(parts), line.row.anchor, line.row.label)


def _name_all(sides: Sequence[Side], *, first: bool = True) -> list[Part]:
    """`first`: at the beginning of a sentence."""
    parts: list[Part] = []
    for place, side in enumerate(sides):
        if place:
            parts.append(Part(" and " if place == len(sides) - 1 else ", "))
        parts.append(name_people(side, first=first and not place))
    return parts
