"""Rated skills and technology as the templates write them: the largest gaps with their origins, the others in short."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from careers.vocabulary import MISSING_TEXTS, NOT_IN_SOURCE, NOT_PUBLISHED, OFFICIAL_KINDS
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language import official_skill_words as words
from comparisons.queries.official_skills import OfficialSkills, RatedSkill
from comparisons.queries.roles import CitedPage, RatedEntry, TechnologyEntry
from comparisons.views.tables import CellText, TableRow

MOST_RATED, MOST_TECHNOLOGY, MOST_FOLDED = 6, 8, 40


class ListPlace(NamedTuple):
    """Where one role's entries stand, in words. `page`: the key of the cited page, `page_name` its name."""

    letter: str
    title: str
    text: str
    page: int
    page_name: str


class RatedTables(NamedTuple):
    """`first`: the rows with the largest gaps, of one role with the most important skills; each value opens its
    origin. `others`: the rest in short, each a line of text, whose `places` stand below."""

    first: list[TableRow]
    others: list[str]
    others_caption: str
    needed: str
    absent: list[str]
    places: list[ListPlace]


class TechnologyList(NamedTuple):
    """Technology that all roles have or one alone. `letter`, `title`: of that one, "" for all."""

    letter: str
    title: str
    heading: str
    first: list[tuple[str, str]]
    others: str
    others_caption: str


class TechnologyLists(NamedTuple):
    lists: list[TechnologyList]
    absent: list[str]
    places: list[ListPlace]


def rated_tables(comparison: Comparison) -> RatedTables | None:
    """None where no role has a rating."""
    official, sides = comparison.official, comparison.sides
    if not official.rated:
        return None
    first, others = official.rated[:MOST_RATED], official.rated[MOST_RATED:]
    absent = []
    for group in ("rated_skills", "knowledge"):
        without = [side for side, source in zip(sides, official.sources[group], strict=True) if source is None]
        if without:
            absent.append(words.not_rated(group, without, sides))
    return RatedTables(
        [_rated_row(skill, official, sides) for skill in first],
        [words.in_short(skill, sides) for skill in others],
        words.other_ratings(len(others), len(sides)) if others else "",
        words.needed(official.needed, len(sides)),
        absent,
        _places(comparison, "rated_skills", "knowledge"),
    )


def _difference(skill: RatedSkill) -> str:
    return "" if skill.difference is None else formats.number_difference(skill.difference, 0)


def _rated_row(skill: RatedSkill, official: OfficialSkills, sides: Sequence[Side]) -> TableRow:
    sources = official.sources[OFFICIAL_KINDS[skill.kind]]
    cells = []
    for side, entry, source in zip(sides, skill.entries, sources, strict=True):
        cells.append(_rated_cell(side, entry, source))
    cited = dict.fromkeys(source.short for source in sources if source)
    mixed = words.mixed(list(cited)) if skill.difference is not None and len(cited) > 1 else ""
    difference = _difference(skill) if len(sides) == 2 else None
    anchor = f"{skill.kind}-{skill.slug}"
    return TableRow(anchor, skill.name, [words.KINDS[skill.kind]], cells, difference, False, mixed)


def _rated_cell(side: Side, entry: RatedEntry | None, source: CitedPage | None) -> CellText:
    if entry is None or source is None:
        return CellText(side.letter, formats.MISSING, NOT_PUBLISHED if source else NOT_IN_SOURCE, [], (), [])
    evidence = entry.evidence
    missing = {field: _why_missing(evidence, field) for field in ("importance", "level")}
    text = formats.MISSING if entry.importance is None else formats.plain(entry.importance)
    origins = [(words.origin(place), source.anchor, source.short) for place in evidence.values()]
    reason = "" if entry.importance is not None else missing["importance"]
    return CellText(side.letter, text, reason, origins, (), [words.level(entry.level, missing["level"])])


def _why_missing(evidence: Mapping[str, Any], field: str) -> str:
    reason = (evidence.get(field) or {}).get("missing", "")
    return MISSING_TEXTS.get(reason, NOT_PUBLISHED)


def technology_lists(comparison: Comparison) -> TechnologyLists | None:
    """None where no role has any technology."""
    official, sides = comparison.official, comparison.sides
    if not any(official.technology):
        return None
    lists = []
    if official.shared:
        names = [(entry.name, words.shared_marks(entry, len(sides))) for entry in official.shared]
        having = sum(map(bool, official.technology))
        lists.append(_technology_list(None, words.shared_heading(len(names), having, len(sides)), names))
    for side, entries in zip(sides, official.only, strict=True):
        if entries:
            names = [(entry.name, words.marks(hot=entry.hot, in_demand=entry.in_demand)) for entry in entries]
            lists.append(_technology_list(side, words.own_heading(len(names), len(sides)), names))
    without = [side for side, entries in zip(sides, official.technology, strict=True) if not entries]
    absent = [words.not_rated("technology", without, sides)] if without else []
    return TechnologyLists(lists, absent, _places(comparison, "technology"))


def _technology_list(side: Side | None, heading: str, names: list[tuple[str, str]]) -> TechnologyList:
    folded = names[MOST_TECHNOLOGY : MOST_TECHNOLOGY + MOST_FOLDED]
    others = [f"{name} ({marks})" if marks else name for name, marks in folded]
    left_out = len(names) - MOST_TECHNOLOGY - MOST_FOLDED
    if left_out > 0:
        others.append(words.left_out(left_out))
    return TechnologyList(
        side.letter if side else "",
        side.title if side else "",
        heading,
        names[:MOST_TECHNOLOGY],
        ", ".join(others),
        words.more(len(names) - MOST_TECHNOLOGY),
    )


def _places(comparison: Comparison, *groups: str) -> list[ListPlace]:
    """The rows in which the entries of each role stand."""
    official = comparison.official
    places = []
    for group in groups:
        for side, source in zip(comparison.sides, official.sources[group], strict=True):
            if source is None:
                continue
            entries: Sequence[RatedEntry] | Sequence[TechnologyEntry] = official.technology[side.index]
            if group != "technology":
                rated = [skill.entries[side.index] for skill in official.rated]
                entries = [entry for entry in rated if entry and OFFICIAL_KINDS[entry.kind] == group]
            places.append(ListPlace(side.letter, side.title, words.place(group, entries), source.pk, source.short))
    return places
