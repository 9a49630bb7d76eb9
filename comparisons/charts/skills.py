"""The bridge between the roles' skill lists. For a pair, what only the first lists is at the left, what only the
second lists at the right, and what both list between them. More roles have a column each, one role alone has its list.

A bar is the share that the source gives a skill. A skill listed without a share has its role's mark in that place.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.canvas import GAP, LINE, MARKER, Anchor, Axis, Sheet, wrapped
from comparisons.charts.figure import BOLD, WIDE, Figure, FigureSource, Publishers, cite, titles
from comparisons.comparison import Comparison, Side
from comparisons.language.near_skills import find_near_skills, near_words
from comparisons.language.titles import capital
from comparisons.queries.roles import SkillEntry

# How many skills of a set are drawn; the table below the figure holds all.
MOST_SKILLS = 6
# The ends of the bridge as shares of the width, and how far its bars go beyond them.
LEFT, RIGHT, BEYOND = 0.26, 0.74, 0.12
NAMES = 0.38  # the share of the width for the names beside columns
# Characters of a name on the smallest phone: in the left half, between the ends of the bridge, beside one end.
HALF, DECK, BESIDE = 20, 17, 29
LEFTWARDS: Anchor = "left"
RIGHTWARDS: Anchor = "right"
PLACES: dict[Anchor, float] = {"left": 0, "center": 0.5, "right": 1}

Entries = tuple[SkillEntry | None, ...]
Listing = list[tuple[Side, SkillEntry]]


class _NamedSkill(NamedTuple):
    """A skill with each role's entry, None where the role does not list it."""

    name: str
    entries: Entries


class _SkillSet(NamedTuple):
    """Skills that the same roles list, drawn together under a heading."""

    heading: str
    part: str
    anchor: Anchor
    skills: list[_NamedSkill]


def skills(comparison: Comparison) -> Figure | None:
    """The lists of skills side by side; None where no role has one."""
    if not any(comparison.skills.lists):
        return None
    sets = [*_shared_sets(comparison), *_own_sets(comparison)]
    if len(comparison.sides) == 2:  # the shared skills stand between the two lists
        sets.sort(key=lambda skill_set: ("left", "center", "right").index(skill_set.anchor))
    every = [entry for entries in comparison.skills.lists for entry in entries]
    shares = [entry.percent for entry in every if entry.percent is not None]
    sheet, draw = _form(comparison.sides, max([*shares, 1]))
    for skill_set in sets:
        _draw_set(sheet, comparison.sides, skill_set, draw)
    rows = []
    for skill_set in sets:
        for skill in skill_set.skills:
            rows.append((skill.name, *map(_share, skill.entries, comparison.skills.lists)))
    return Figure(
        "skills",
        "Skills",
        _finding(comparison),
        _key(comparison, len(shares), len(every)),
        sheet,
        ("Skill", *titles(comparison)),
        tuple(rows),
    )


def _draw_set(sheet: Sheet, sides: Sequence[Side], skill_set: _SkillSet, draw: "DrawSkill") -> None:
    anchor, place = skill_set.anchor, PLACES[skill_set.anchor]
    sheet.write_heading(skill_set.heading, BOLD, place, part=skill_set.part, anchor=anchor)
    for skill in skill_set.skills[:MOST_SKILLS]:
        draw(sheet, skill.name, [(side, entry) for side, entry in zip(sides, skill.entries, strict=True) if entry])
    if len(skill_set.skills) > MOST_SKILLS:
        more = f"and {len(skill_set.skills) - MOST_SKILLS} more in the table"
        sheet.write_lines([more], place, part="soft", anchor=anchor)
    sheet.y += GAP


DrawSkill = Callable[[Sheet, str, Listing], None]


def _form(sides: Sequence[Side], most: int) -> tuple[Sheet, DrawSkill]:
    """An empty sheet for so many roles, with the function that draws a skill on it."""
    if len(sides) == 1:
        return Sheet(Axis(0, most, 0.56, 0.84)), _draw_in_list
    if len(sides) == 2:
        return Sheet(Axis(0, most, LEFT, LEFT - BEYOND), Axis(0, most, RIGHT, RIGHT + BEYOND), Axis(0, 1)), _draw_bridge
    sheet = Sheet(Axis(0, 1))
    for side in sides:
        sheet.write_heading(f"{side.marker} {side.title}", BOLD, part=side.letter)
    sheet.y += GAP
    step = (1 - NAMES) / len(sides)
    return sheet, partial(_draw_in_columns, step=step)


def _shared_sets(comparison: Comparison) -> Iterator[_SkillSet]:
    count = len(comparison.sides)
    shared = [_NamedSkill(match.name, match.entries) for match in comparison.skills.shared]
    everywhere = [skill for skill in shared if all(skill.entries)]
    somewhere = [skill for skill in shared if not all(skill.entries)]
    if everywhere:
        pair = count == 2
        heading = "On both lists" if pair else f"On all {count} lists"
        yield _SkillSet(heading, "ink", "center" if pair else "left", everywhere)
    if somewhere:
        yield _SkillSet("On some of the lists", "ink", "left", somewhere)


def _own_sets(comparison: Comparison) -> Iterator[_SkillSet]:
    """What one role alone lists; a role without a list has only its heading."""
    lists = comparison.skills.lists
    several = sum(map(bool, lists)) > 1  # skills on the only list there is may belong to any role
    for side, only in zip(comparison.sides, comparison.skills.only, strict=True):
        if not only and lists[side.index]:
            continue
        heading = f"Only {side.title}" if several else side.title
        if not lists[side.index]:
            heading = f"{side.title}: no list of skills"
        before, after = (None,) * side.index, (None,) * (len(lists) - side.index - 1)
        own = [_NamedSkill(entry.name, (*before, entry, *after)) for entry in only]
        if len(comparison.sides) == 2 and side.index == 1:
            yield _SkillSet(f"{heading} {side.marker}", side.letter, RIGHTWARDS, own)
        else:
            yield _SkillSet(f"{side.marker} {heading}", side.letter, LEFTWARDS, own)


# -- A skill ---------------------------------------------------------------------------------------------------


def _draw_in_list(sheet: Sheet, name: str, listing: Listing) -> None:
    """The name to the left of its bar; without a share the name has the whole width after its marker."""
    [(side, entry)] = listing
    if entry.percent is None:
        sheet.write(side.marker, sheet.y + LINE // 2, part=side.letter)
        sheet.write_lines(wrapped(name, WIDE - 2, 2), indent=MARKER)
        return
    middle = sheet.write_name(name, HALF, 0.53, "right")
    share = f"{entry.percent}%"
    sheet.amount(side.letter, middle, entry.percent, share, (side.title, f"{name}, {share}"))


def _draw_bridge(sheet: Sheet, name: str, listing: Listing) -> None:
    """A shared skill has its name in the middle and a deck from end to end; any other stands at its role's end."""
    left, right, width = sheet.axes
    if len(listing) == 2:
        middle = sheet.write_name(name, DECK, 0.5, "center")
        sheet.link(100 * LEFT, 100 * RIGHT, middle)
    elif listing[0][0].index:
        middle = sheet.write_name(name, BESIDE, RIGHT, "right", -GAP)
    else:
        middle = sheet.write_name(name, BESIDE, LEFT, "left", GAP)
    for side, entry in listing:
        end, axis, away = (RIGHT, right, RIGHTWARDS) if side.index else (LEFT, left, LEFTWARDS)
        if entry.percent is None:
            sheet.dot(side.letter, middle, end, (side.title, f"{name}, listed"), axis=width)
        else:
            share = f"{entry.percent}%"
            says = (side.title, f"{name}, {share}")
            sheet.amount(side.letter, middle, entry.percent, share, says, side=away, axis=axis)


def _draw_in_columns(sheet: Sheet, name: str, listing: Listing, step: float) -> None:
    """The name, then each role's mark in its column with the share beside it; a line joins several marks."""
    places = [NAMES + step * side.index + 0.02 for side, _ in listing]
    middle = sheet.write_name(name, int(BOLD * places[0]), 0, "left")
    if len(places) > 1:
        sheet.link(100 * places[0], 100 * places[-1], middle)
    for place, (side, entry) in zip(places, listing, strict=True):
        share = "listed" if entry.percent is None else f"{entry.percent}%"
        sheet.dot(side.letter, middle, place, (side.title, f"{name}, {share}"))
        if entry.percent is not None:
            sheet.label(share, middle, place, part=side.letter)


def _share(entry: SkillEntry | None, entries: Sequence[SkillEntry]) -> str:
    """What a role's list of `entries` says about a skill."""
    if entry is None:
        return "not listed" if entries else "no list"
    return "listed, no share" if entry.percent is None else f"{entry.percent}%"


# -- The words -------------------------------------------------------------------------------------------------


def _finding(comparison: Comparison) -> str:
    count, shared = len(comparison.sides), comparison.skills.shared
    if count == 1:
        return formats.counted(len(comparison.skills.only[0]), "listed skill")
    if not all(comparison.skills.lists):
        return "Skills, as far as they are listed"
    several = "both lists" if count == 2 else "more than one list"
    if not shared:
        return f"No skill {'of the same name ' if _near(comparison) else ''}is on {several}"
    finding = f"{formats.counted(len(shared), 'skill is', 'skills are')} on {several}"
    return f"{finding}: {shared[0].name}" if len(shared) == 1 else finding


def _key(comparison: Comparison, shares: int, entries: int) -> str:
    """Where things stand, what the bars mean, and the source. `shares`: how many of all `entries` have one."""
    sentences = []
    if len(comparison.sides) == 2 and all(comparison.skills.lists):
        first, second = [side.marker for side in comparison.sides]
        sentences.append(f"What only {first} lists is at the left, what only {second} lists at the right.")
    if shares:
        marks = "Bars are" if len(comparison.sides) < 3 else "Percentages are"
        without = "; a mark alone is a skill listed without one" if shares < entries else ""
        sentences.append(f"{marks} the shares the source gives{without}.")
    near = near_words(_near(comparison))
    if near:
        sentences.append(f"{capital(near)}.")
    publishers: Publishers = {}
    for side in comparison.sides:
        page = side.list_sources.get("skills")
        if page:
            publishers.setdefault(FigureSource(page.publisher, page.release), []).append(side.marker)
    return " ".join([*sentences, cite(publishers)])


def _near(comparison: Comparison) -> list[str]:
    """Skills that two roles list by different names."""
    pairs = combinations(range(len(comparison.sides)), 2)
    return [near.names for first, second in pairs for near in find_near_skills(comparison, first, second)]
