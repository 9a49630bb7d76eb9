"""The bridge between the roles' skill lists. Of a pair: what only the first lists at the left, what only the second
lists at the right, and between them what both list. Of more roles: a column for each. One role alone has its list.

A bar is the share that the source gives a skill. A skill listed without one has its role's mark in the same place.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.canvas import GAP, LINE, MARKER, Anchor, Axis, Sheet, wrapped
from comparisons.charts.figure import BOLD, WIDE, Figure, Publishers, named, source, titles
from comparisons.comparison import Comparison, Side
from comparisons.queries.roles import SkillEntry

# The most skills drawn of one group; the table beneath holds all.
MOST_SKILLS = 6
# Where the bridge ends at the left and the right, as shares of the width, and how far its bars go beyond.
LEFT, RIGHT, BEYOND = 0.26, 0.74, 0.12
NAMES = 0.38  # the part of the width that names have beside columns
# Characters of a name on the smallest phone: in the left half, between the ends of the bridge, beside one end.
HALF, DECK, BESIDE = 20, 17, 29
LEFTWARDS: Anchor = "left"
RIGHTWARDS: Anchor = "right"
PLACES: dict[Anchor, float] = {"left": 0, "center": 0.5, "right": 1}

Owners = tuple[SkillEntry | None, ...]
Listing = list[tuple[Side, SkillEntry]]


class _Group(NamedTuple):
    """Skills that the same roles list: (name, each role's entry)."""

    heading: str
    part: str
    anchor: Anchor
    skills: list[tuple[str, Owners]]


def skills(comparison: Comparison) -> Figure | None:
    if not any(comparison.skills.lists):
        return None
    groups = list(_groups(comparison))
    shares = [entry.percent for entries in comparison.skills.lists for entry in entries if entry.percent is not None]
    sheet, draw = _form(comparison.sides, max([*shares, 1]))
    for group in groups:
        for words in wrapped(group.heading, BOLD):
            sheet.write(words, sheet.line(), PLACES[group.anchor], part=group.part, anchor=group.anchor, bold=True)
        for name, owners in group.skills[:MOST_SKILLS]:
            draw(sheet, name, [(side, entry) for side, entry in zip(comparison.sides, owners, strict=True) if entry])
        if len(group.skills) > MOST_SKILLS:
            more = f"and {len(group.skills) - MOST_SKILLS} more in the table"
            sheet.write(more, sheet.line(), PLACES[group.anchor], part="soft", anchor=group.anchor)
        sheet.y += GAP
    return Figure(
        "skills",
        "Skills",
        _finding(comparison),
        _key(comparison, shares),
        sheet,
        ("Skill", *titles(comparison)),
        tuple(
            [(name, *map(_share, owners, comparison.skills.lists)) for group in groups for name, owners in group.skills]
        ),
    )


def _form(sides: Sequence[Side], most: int) -> tuple[Sheet, Callable[[Sheet, str, Listing], None]]:
    """An empty sheet for so many roles, with the function that draws a skill on it."""
    if len(sides) == 1:
        return Sheet(Axis(0, most, 0.56, 0.84)), _listed
    if len(sides) == 2:
        return Sheet(Axis(0, most, LEFT, LEFT - BEYOND), Axis(0, most, RIGHT, RIGHT + BEYOND), Axis(0, 1)), _bridged
    sheet = Sheet(Axis(0, 1))
    for side in sides:
        for words in wrapped(named(side), BOLD):
            sheet.write(words, sheet.line(), part=side.letter, bold=True)
    sheet.y += GAP
    step = (1 - NAMES) / len(sides)
    return sheet, lambda sheet, name, listing: _in_columns(sheet, name, listing, step)


def _groups(comparison: Comparison) -> Iterator[_Group]:
    """Of a pair the shared skills stand between the two lists; of more roles first, as nothing stands between four."""
    sides, found = comparison.sides, comparison.skills
    count = len(sides)
    several = sum(map(bool, found.lists)) > 1  # what stands on the one list there is may belong to any role
    shared = [(match.name, match.entries) for match in found.shared]
    if count != 2:
        everywhere = [match for match in shared if all(match[1])]
        yield from _unless_empty(f"On all {count} lists", "ink", "left", everywhere)
        yield from _unless_empty("On some of the lists", "ink", "left", [each for each in shared if not all(each[1])])
    for side, entries in zip(sides, found.only, strict=True):
        if count == 2 and side.index:
            yield from _unless_empty("On both lists", "ink", "center", shared)
        own: list[tuple[str, Owners]] = [
            (entry.name, tuple([entry if each is side else None for each in sides])) for entry in entries
        ]
        at_right = count == 2 and side.index == 1
        heading = f"Only {side.title}" if several else side.title
        if not found.lists[side.index]:
            heading = f"{side.title}: no list of skills"
        heading = f"{heading} {side.marker}" if at_right else f"{side.marker} {heading}"
        if own or not found.lists[side.index]:
            yield _Group(heading, side.letter, RIGHTWARDS if at_right else LEFTWARDS, own)


def _unless_empty(heading: str, part: str, anchor: Anchor, skills: list[tuple[str, Owners]]) -> Iterator[_Group]:
    if skills:
        yield _Group(heading, part, anchor, skills)


# -- A skill ---------------------------------------------------------------------------------------------------


def _listed(sheet: Sheet, name: str, listing: Listing) -> None:
    """The name left of its bar; without a share it has the whole width after its marker."""
    [(side, entry)] = listing
    if entry.percent is None:
        sheet.write(side.marker, sheet.y + LINE // 2, part=side.letter)
        for words in wrapped(name, WIDE - 2, 2):
            sheet.write(words, sheet.line(), indent=MARKER)
        return
    middle = _name(sheet, wrapped(name, HALF, 2), 0.53, "right")
    share = formats.percent(entry.percent)
    sheet.bar(side.letter, middle, 0, entry.percent, (side.title, f"{name}, {share}"))
    sheet.label(share, middle, entry.percent, part=side.letter)


def _bridged(sheet: Sheet, name: str, listing: Listing) -> None:
    """What both list has its name in the middle, and a deck from end to end; what one lists stands at its end."""
    left, right, width = sheet.axes
    if len(listing) == 2:
        middle = _name(sheet, wrapped(name, DECK, 2), 0.5, "center")
        sheet.link(100 * LEFT, 100 * RIGHT, middle)
    elif listing[0][0].index:
        middle = _name(sheet, wrapped(name, BESIDE, 2), RIGHT, "right", -GAP)
    else:
        middle = _name(sheet, wrapped(name, BESIDE, 2), LEFT, "left", GAP)
    for side, entry in listing:
        end, axis, away = (RIGHT, right, RIGHTWARDS) if side.index else (LEFT, left, LEFTWARDS)
        if entry.percent is None:
            sheet.dot(side.letter, middle, end, (side.title, f"{name}, listed"), axis=width)
        else:
            share = formats.percent(entry.percent)
            sheet.bar(side.letter, middle, 0, entry.percent, (side.title, f"{name}, {share}"), axis=axis)
            sheet.label(share, middle, entry.percent, part=side.letter, side=away, axis=axis)


def _in_columns(sheet: Sheet, name: str, listing: Listing, step: float) -> None:
    """The name, then each role's mark in its column with the share beside it, joined where several list the skill."""
    places = [NAMES + step * side.index + 0.02 for side, _ in listing]
    middle = _name(sheet, wrapped(name, int(BOLD * places[0]), 2), 0, "left")
    if len(places) > 1:
        sheet.link(100 * places[0], 100 * places[-1], middle)
    for place, (side, entry) in zip(places, listing, strict=True):
        share = "listed" if entry.percent is None else formats.percent(entry.percent)
        sheet.dot(side.letter, middle, place, (side.title, f"{name}, {share}"))
        if entry.percent is not None:
            sheet.label(share, middle, place, part=side.letter)


def _name(sheet: Sheet, lines: list[str], share: float, anchor: Anchor, indent: int = 0) -> int:
    """Writes a skill's name, of one line or two; its middle."""
    top = sheet.y
    for words in lines:
        sheet.write(words, sheet.line(), share, anchor=anchor, indent=indent)
    sheet.y += 2
    return (top + sheet.y) // 2 - 1


def _share(entry: SkillEntry | None, of: Sequence[SkillEntry]) -> str:
    """What the list that it is an entry `of` says of it."""
    if entry is None:
        return "not listed" if of else "no list"
    return "listed, no share" if entry.percent is None else formats.percent(entry.percent)


# -- The words -------------------------------------------------------------------------------------------------


def _finding(comparison: Comparison) -> str:
    count, found = len(comparison.sides), comparison.skills
    if count == 1:
        return formats.counted(len(found.only[0]), "listed skill")
    if not all(found.lists):
        return "Skills, as far as they are listed"
    several = "both lists" if count == 2 else "more than one list"
    names = [match.name for match in found.shared]
    if not names:
        return f"No skill is on {several}"
    finding = f"{formats.counted(len(names), 'skill is', 'skills are')} on {several}"
    return f"{finding}: {names[0]}" if len(names) == 1 else finding


def _key(comparison: Comparison, shares: Sequence[int]) -> str:
    """What stands where, what the bars are, and the source."""
    publishers: Publishers = {}
    for side in comparison.sides:
        if given := side.list_sources.get("skills"):
            publishers.setdefault(given.publisher, []).append(side.marker)
    said = []
    if len(comparison.sides) == 2 and all(comparison.skills.lists):
        first, second = [side.marker for side in comparison.sides]
        said.append(f"What only {first} lists is at the left, what only {second} lists at the right.")
    every = [entry for entries in comparison.skills.lists for entry in entries]
    if shares:
        drawn = "Bars are" if len(comparison.sides) < 3 else "Percentages are"
        without = "; a mark alone is a skill listed without one" if len(shares) < len(every) else ""
        said.append(f"{drawn} the shares the source gives{without}.")
    return " ".join([*said, source(publishers)])
