"""One sentence for each role on what it leads in."""

from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.judging.leads import JUDGED_KEYS, PayVerdict, Standing
from comparisons.language.demands import NO_DEGREE
from comparisons.language.parts import Part, Sentence, begin_sentence, list_people, name_all_people

# What the roles were compared by.
ASPECT_NAMES = {
    "pay": "pay",
    "growth": "growth",
    "openings": "openings",
    "jobs": "the number of jobs",
    "ways_in": "ways in",
}
# Follows on a role of two that leads on nothing.
NOT_OF_THE_WORK = ", which says nothing about the work itself"
_COUNTED = {"openings": "openings", "ways_in": "ways in"}
# What several of three or four roles are among that lead together.
_LEADING = {
    "pay": "the best paid",
    "growth": "those in the fastest-growing fields",
    "openings": "those with the most openings",
    "jobs": "the most numerous",
    "ways_in": "those with the most ways in",
}


class _Clause(NamedTuple):
    """A statement about one role. `kind`: "verb", or "have" or "among" for what follows these words.

    `than`: whom it is ahead of, where that is not everyone, or where. `field`: the same statement on growth with the
    field as its subject, on a page of two roles.
    """

    kind: str
    text: str
    than: str = ""
    field: str = ""


def write_leads(
    comparison: Comparison, standings: Sequence[Standing], pay_verdicts: Sequence[PayVerdict]
) -> tuple[Sentence, ...]:
    """The roles that lead come first, in the order in which readers ask; then those that lead in nothing."""
    if not standings:
        return (_write_too_little(comparison),)
    led: dict[int, list[Standing]] = {}  # index of a role -> what it leads in
    for standing in standings:
        for index in standing.leaders:
            led.setdefault(index, []).append(standing)
    compared = set(chain.from_iterable(standing.values for standing in standings))
    without = [side for side in comparison.sides if side.index in compared and side.index not in led]
    unknown = [side for side in comparison.sides if side.index not in compared]
    sentences = _write_leaders(comparison, led, pay_verdicts)
    if not led:
        sentences.append(_write_close(without, standings))
    elif without:
        leads = sum(map(len, led.values()))
        sentences.append(_write_no_lead(comparison, without, standings, leads))
    if unknown:
        people = begin_sentence(name_all_people(unknown))
        sentences.append((*people, Part(" have no figures that can be compared with these.")))
    return tuple(sentences)


def _write_leaders(
    comparison: Comparison, led: Mapping[int, Sequence[Standing]], pay_verdicts: Sequence[PayVerdict]
) -> list[Sentence]:
    """A sentence for each role that leads; roles with the same statement share one."""
    by_words: dict[str, list[int]] = {}
    for index, standings in led.items():
        clauses = [_describe_lead(comparison, index, standing, pay_verdicts) for standing in standings]
        by_words.setdefault(_join_clauses(clauses), []).append(index)
    sentences = []
    for words, indexes in by_words.items():
        people = name_all_people([comparison.sides[index] for index in indexes])
        sentences.append((*begin_sentence(people), Part(f" {words}.")))
    return sentences


class _Behind(NamedTuple):
    """Whom a role is ahead of. `most`: of all others, where there are several. `is_among`: of some of them, all of
    which were compared. `than`: their names, where it is ahead of some alone."""

    most: bool
    is_among: bool
    than: str


def _describe_lead(
    comparison: Comparison, index: int, standing: Standing, pay_verdicts: Sequence[PayVerdict]
) -> _Clause:
    behind = _name_behind(comparison, standing, index)
    if standing.aspect == "growth":
        return _describe_lead_in_growth(standing, index, behind, two=len(comparison.sides) == 2)
    area = _name_area(comparison, index, standing)
    if behind.is_among:
        return _Clause("among", _LEADING[standing.aspect], area)
    if standing.aspect == "pay":
        degree = "the most" if behind.most else "more"
        only_averages = all("average" in verdict.key for verdict in pay_verdicts if index in verdict.pair)
        on_average = " on average" if only_averages else ""
        return _Clause("verb", f"earn {degree}{on_average}", behind.than + area)
    degree = "the most" if behind.most else "more"
    if standing.aspect == "jobs":
        return _Clause("verb", f"are {degree} numerous", behind.than + area)
    if standing.aspect == "ways_in" and behind.most and _needs_no_degree_alone(comparison, index):
        return _Clause("verb", "need no degree")
    return _Clause("have", f"{degree} {_COUNTED[standing.aspect]}", behind.than)


def _name_behind(comparison: Comparison, standing: Standing, index: int) -> _Behind:
    behind = standing.behind[index]
    others = len(comparison.sides) - 1
    if len(behind) == others:
        return _Behind(most=others > 1, is_among=False, than="")
    than = f" than {list_people(comparison.sides[other] for other in behind)}"
    return _Behind(most=False, is_among=len(behind) > 1 and len(standing.values) == others + 1, than=than)


def _name_area(comparison: Comparison, index: int, standing: Standing) -> str:
    """The state that pay or jobs of a role are of, after a word; "" for the whole country and for other figures."""
    line = comparison.by_key.get(standing.key)
    if line is None or standing.aspect not in ("pay", "jobs") or not line.cells[index].area:
        return ""
    return f" {line.cells[index].area}"


def _describe_lead_in_growth(standing: Standing, index: int, behind: _Behind, *, two: bool) -> _Clause:
    rate = float(standing.values[index])
    highest_behind = max(float(standing.values[other]) for other in standing.behind[index])
    return _describe_growth_of_two(rate, highest_behind) if two else _describe_growth(rate, highest_behind, behind)


def _describe_growth_of_two(rate: float, rate_behind: float) -> _Clause:
    if rate_behind >= 0:
        return _Clause("verb", "work in the faster-growing field", "", "their field grows faster")
    if rate < 0:
        return _Clause("verb", "work in the field that shrinks less", "", "their field shrinks less")
    text = "grows" if rate else "keeps its size"
    return _Clause("verb", f"work in the field that {text}", "", f"their field {text} while the other shrinks")


def _describe_growth(rate: float, highest_behind: float, behind: _Behind) -> _Clause:
    """The growth of one of several roles, and the highest of those behind it."""
    if highest_behind >= 0:
        if behind.is_among:
            return _Clause("among", _LEADING["growth"])
        return _Clause("verb", f"are in {'the fastest' if behind.most else 'a faster'}-growing field", behind.than)
    if rate < 0:
        if behind.is_among:
            return _Clause("among", "those in the fields that shrink least")
        return _Clause("verb", "see the least decline" if behind.most else "see less decline", behind.than)
    if not rate:
        return _Clause("verb", "are in a field that keeps its size")
    return _Clause("verb", "are in the only growing field" if behind.most else "are in a growing field")


def _needs_no_degree_alone(comparison: Comparison, index: int) -> bool:
    line = comparison.complete.get("requirements.education")
    if line is None:
        return False
    free = [cell.value in NO_DEGREE for cell in line.cells]
    return free[index] and sum(free) == 1


def _join_clauses(clauses: Sequence[_Clause]) -> str:
    """
    >>> pay = _Clause("verb", "earn more")
    >>> growth = _Clause("verb", "work in the faster-growing field", "", "their field grows faster")
    >>> counts = [_Clause("have", "more openings"), _Clause("have", "more ways in")]
    >>> _join_clauses([pay, growth, *counts])
    'earn more, their field grows faster, and they have more openings and more ways in'
    >>> _join_clauses([growth, *counts])
    'work in the faster-growing field and have more openings and more ways in'
    >>> most, than = _Clause("have", "the most openings"), " than cooks and bakers"
    >>> _join_clauses([_Clause("verb", "earn the most"), _Clause("verb", "grow fastest"), most])
    'earn the most, grow fastest, and have the most openings'
    >>> _join_clauses([_Clause("verb", "earn more", than), _Clause("verb", "grow faster", than), most])
    'earn more and grow faster than cooks and bakers, and have the most openings'
    >>> _join_clauses([_Clause("verb", "earn more", than), _Clause("have", "more openings", than)])
    'earn more and have more openings than cooks and bakers'
    >>> ways = _Clause("have", "more ways in", " than cooks")
    >>> _join_clauses([_Clause("verb", "earn more", than), _Clause("have", "more openings", than), ways])
    'earn more and have more openings than cooks and bakers, and have more ways in than cooks'
    >>> _join_clauses([pay, growth, _Clause("verb", "are more numerous")])
    'earn more, their field grows faster, and they are more numerous'
    >>> _join_clauses([_Clause("among", "the best paid"), _Clause("among", "the most numerous"), most])
    'are among the best paid and the most numerous, and have the most openings'
    """
    by_than: dict[str, list[_Clause]] = {}
    for clause in clauses:
        by_than.setdefault(clause.than, []).append(clause)
    kinds = [{clause.kind for clause in of_than} for of_than in by_than.values()]
    if "" not in by_than and len(clauses) > 1 and (len(by_than) == 1 or {"verb", "have"} in kinds):
        # Whom a role is ahead of stands once behind all that it is ahead in.
        texts = [_join_clauses([clause._replace(than="") for clause in of_than]) for of_than in by_than.values()]
        return ", and ".join([text + than for text, than in zip(texts, by_than, strict=True)])
    texts = _join_verbs(clauses)
    # After "their field grows faster" the people become the subject again.
    subject = "they " if any(clause.field in texts for clause in clauses if clause.field) else ""
    for than, leading in _group_by_than(clauses, "among"):
        texts.append(f"are among {formats.listed(leading)}{than}")
    counted = [" and ".join(counts) + than for than, counts in _group_by_than(clauses, "have")]
    if counted:
        texts.append(f"{subject}have {', and '.join(counted)}")
    return _join_predicates(texts)


def _join_predicates(texts: Sequence[str]) -> str:
    """A comma stands before the last "and" where the first of two has an "and" or a comma itself, or where the second
    has two verbs of which one is about some roles alone.

    >>> _join_predicates(["earn the most on average", "are in a faster-growing field and are more numerous than cooks"])
    'earn the most on average, and are in a faster-growing field and are more numerous than cooks'
    """
    *before, last = texts
    if not before:
        return last
    has_pair = " and are " in last.partition(" than ")[0]
    comma = "," if has_pair or len(before) > 1 or " and " in before[0] or ", " in before[0] else ""
    return f"{', '.join(before)}{comma} and {last}"


def _join_verbs(clauses: Sequence[_Clause]) -> list[str]:
    """Clauses with a verb. Growth has the field for its subject unless it comes first."""
    texts: list[str] = []
    fields = {clause.text: clause.field for clause in clauses[1:]}
    subject = ""
    for than, verbs in _group_by_than(clauses, "verb"):
        if than:
            texts.append(" and ".join(verbs) + than)
            continue
        for verb in verbs:
            field = fields.get(verb, "")
            texts.append(field or subject + verb)
            # After "their field grows faster" the people become the subject again.
            subject = "they " if field else ""
    return texts


def _group_by_than(clauses: Sequence[_Clause], kind: str) -> list[tuple[str, list[str]]]:
    """The texts of neighbors of one kind that are ahead of the same roles, with these."""
    of_kind = [clause for clause in clauses if clause.kind == kind]
    groups = groupby(of_kind, key=lambda clause: clause.than)
    return [(than, [clause.text for clause in group]) for than, group in groups]


def _write_no_lead(
    comparison: Comparison, without: Sequence[Side], standings: Sequence[Standing], leads: int
) -> Sentence:
    """`leads`: how many leads the sentences before name."""
    if len(standings) == 1:
        aspect = ASPECT_NAMES[standings[0].aspect]
        return (Part(f"Nothing but {aspect} can be compared here."),)
    words = " lead on none of these" if leads > 1 else " lead on none of the points compared"
    indexes = {side.index for side in without}
    if not all(indexes <= standing.values.keys() for standing in standings):
        words = " lead on none of the points on which they can be compared"
    if len(comparison.sides) == 2:
        words += NOT_OF_THE_WORK
    return (*begin_sentence(name_all_people(without)), Part(f"{words}."))


def _write_close(sides: Sequence[Side], standings: Sequence[Standing]) -> Sentence:
    """Say that none of the roles that were compared leads in anything."""
    names = [ASPECT_NAMES[standing.aspect] for standing in standings]
    verb = "is" if len(names) == 1 and standings[0].aspect not in ("openings", "ways_in") else "are"
    people = name_all_people(sides)
    close = Part(f" clearly apart: {formats.listed(names)} {verb} close.")
    return (Part("Nothing here sets "), *people, close)


def _write_too_little(comparison: Comparison) -> Sentence:
    """Why it is not known who leads: some roles have no such figures, or they are not like for like."""
    lines = [comparison.by_key.get(key) for key in JUDGED_KEYS]
    unknown = []
    for side in comparison.sides:
        if all(line is None or line.cells[side.index].missing for line in lines):
            unknown.append(side)
    if unknown:
        return (Part("No verdict is possible: too little is known about "), *name_all_people(unknown), Part("."))
    last = " and for " if len(comparison.sides) == 2 else " and "
    people = name_all_people(comparison.sides, last)
    return (Part("No verdict is possible: the figures for "), *people, Part(" are not comparable."))
