"""What belongs to one role of a comparison alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from careers.names import ShortName
from careers.vocabulary import FIELDS, LIST_CUT, MISSING_TEXTS, NOT_IN_CUT_COPY, OTHER_PAY, write_warning
from comparisons.comparison.cells import build_cell, make_absent_cell
from comparisons.comparison.structure import Side
from comparisons.queries.current_role import CurrentRole, DutyEntry, Facts, GuideSection, SkillEntry
from comparisons.rows import LETTERS, MARKERS, SUMMARY
from comparisons.titles import pluralize

# Time of pay -> the fields that hold pay for it.
_PAY_FIELDS = {time: [field for field in FIELDS["salary"] if field.startswith(f"{time}_")] for time in OTHER_PAY}


def build_side(index: int, role: CurrentRole) -> Side:
    return Side(
        index=index,
        letter=LETTERS[index],
        marker=MARKERS[index],
        title=role.name,
        people=pluralize(role.name),
        slug=role.slug,
        summary=build_cell(SUMMARY, role),
        absent=make_absent_cell(role),
        list_sources=role.list_sources,
        sources=tuple(role.sources),
        official=role.soc_code is not None,
        pay_time=_choose_pay_time(role),
        cut_lists=find_cut_lists(role),
        role=role,
    )


def tell_apart(built: Iterable[Side]) -> tuple[Side, ...]:
    """An official occupation says that it is one beside a role of the same name."""
    sides = tuple(built)
    names = {side.title.casefold() for side in sides if not side.official}
    return tuple([_call_official(side) if side.official and side.title.casefold() in names else side for side in sides])


def _call_official(side: Side) -> Side:
    title, plural = name_official(side.title), getattr(side.title, "plural", "")
    if plural:
        title = ShortName(title, name_official(plural))
    return replace(side, title=title, people=pluralize(title))


def name_official(name: str) -> str:
    return f"{name} (official)"


def find_cut_lists(role: CurrentRole) -> dict[str, str]:
    """Group of a list -> what our copy of the page does not hold of it, in words."""
    if not role.was_cut:
        return {}
    lists: dict[str, Sequence[SkillEntry | DutyEntry | GuideSection]]
    lists = {"skills": role.skills, "duties": role.duties, "sections": role.sections}
    cut = {}
    for group, entries in lists.items():
        places = chain.from_iterable(entry.evidence.values() for entry in entries)
        if any(LIST_CUT in (place.get("warnings") or ()) for place in places):
            cut[group] = write_warning(LIST_CUT)
        elif not entries and group != "sections":  # most pages have none
            cut[group] = NOT_IN_CUT_COPY
    return cut


def _choose_pay_time(role: CurrentRole) -> str:
    facts = role.groups.get("salary")
    if facts is None:
        return ""
    times = [time for time, fields in _PAY_FIELDS.items() if any(_is_stated(facts, field) for field in fields)]
    if facts.source.area and times == ["annual"]:
        return ""  # pay of a state by the hour is kept only where there is none by the year
    return times[0] if len(times) == 1 else ""


def _is_stated(facts: Facts, field: str) -> bool:
    """Whether the source has a figure, even if it could not be read or was lost from the copy."""
    if facts.values[field] is not None:
        return True
    evidence = facts.evidence.get(field)
    return evidence is not None and (evidence.get("how") == "unread" or evidence.get("missing") in MISSING_TEXTS)
