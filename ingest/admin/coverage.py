"""Which facts are there, for which roles: what an admin looks at to see which pages to load next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Case, Count, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest

from careers.models import Role, RoleQuerySet
from careers.vocabulary import FIELDS, GROUPS, MANY_ROW_GROUPS, ONE_ROW_GROUPS

# filled: a page tells of it. none: no page does. missing: the page has a value as not published.
# unclear: a value waits for a choice. differs: another page says otherwise.
State = Literal["filled", "none", "missing", "unclear", "differs"]
STATES: dict[State, str] = {
    "filled": "filled",
    "none": "told by no page",
    "missing": "with values not published",
    "unclear": "with values to choose",
    "differs": "contradicted",
}
# How the evidence spells it as text; dashes other than "-" are escaped by SQLite and not by PostgreSQL.
_DASHES = ("-", "–", "—", "\\u2013", "\\u2014")
_MARKS = {
    "missing": tuple(f'"raw": "{dash}"' for dash in _DASHES),
    "unclear": ('"how": "unread"',),
    "differs": ('"differs": ',),
}
_NEVER = date.min


def pointer(group: str) -> str:
    return group if group in ONE_ROW_GROUPS else f"{group}_citation"


def _is(group: str, state: State) -> Q:
    """The roles that stand so in a group; needs `_with_texts` for what stands in the evidence."""
    if state in _MARKS:
        marked = Q(pk__in=())
        for mark in _MARKS[state] if group in ONE_ROW_GROUPS else ():
            marked |= Q(**{f"{group}_text__contains": mark})
        return marked
    return Q(**{f"{pointer(group)}__isnull": state == "none"})


def _with_texts(roles: RoleQuerySet) -> RoleQuerySet:
    texts = {f"{group}_text": Cast(f"{group}__evidence", TextField()) for group in ONE_ROW_GROUPS}
    return roles.annotate(**texts)


# -- over all roles ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sum:
    """How many roles stand how in one group. A list has neither unclear values nor contradictions: None."""

    group: str
    name: str
    counts: Mapping[State, int | None]


def sums(roles: RoleQuerySet) -> list[Sum]:
    """One query over all these roles."""
    wanted = {f"{group}_{state}": Count("pk", filter=_is(group, state))
              for group in GROUPS for state in STATES if group in ONE_ROW_GROUPS or state not in _MARKS}  # fmt: skip
    counted = _with_texts(roles).order_by().aggregate(**wanted)
    return [
        Sum(group, name, {state: counted.get(f"{group}_{state}") for state in STATES}) for group, name in GROUPS.items()
    ]


# -- role by role -----------------------------------------------------------------------------

ORDERS = {"title": "by title", "emptiest": "fewest facts first", "oldest": "oldest first"}


def standing_so(group: str, state: str, *, publisher: int | None = None, text: str = "") -> RoleQuerySet:
    """The roles that stand so in a group, or in any when none is named."""
    roles = _with_texts(Role.objects.all())
    if state in STATES:
        groups = [group] if group in GROUPS else list(GROUPS)
        wanted = Q(pk__in=())
        for each in groups:
            wanted |= _is(each, state)
        roles = roles.filter(wanted)
    elif group in GROUPS:
        roles = roles.filter(_is(group, "filled"))
    if publisher is not None:
        of_publisher = Q(pk__in=())
        for each in GROUPS:
            path = f"{each}__citation__publisher" if each in ONE_ROW_GROUPS else f"{each}_citation__publisher"
            of_publisher |= Q(**{path: publisher})
        roles = roles.filter(of_publisher)
    return roles.filter(title__icontains=text) if text else roles


def in_order(roles: RoleQuerySet, order: str) -> RoleQuerySet:
    """The roles, each with its facts, in one of ORDERS."""
    roles = roles.with_facts()
    if order == "emptiest":
        filled = [
            Case(When(**{f"{pointer(group)}__isnull": False}, then=1), default=0, output_field=IntegerField())
            for group in GROUPS
        ]
        total: Any = filled[0]
        for each in filled[1:]:
            total = total + each
        return roles.annotate(filled=total).order_by("filled", "title")
    if order == "oldest":
        return roles.annotate(newest_day=_newest()).order_by("newest_day", "title")
    return roles.order_by("title")


def _newest() -> Greatest:
    days = [f"{group}__citation__captured_on" for group in ONE_ROW_GROUPS]
    days += [f"{group}_citation__captured_on" for group in MANY_ROW_GROUPS]
    return Greatest(*(Coalesce(F(day), Value(_NEVER)) for day in days))


@dataclass(frozen=True, slots=True)
class Cell:
    """One role in one group: how many values are filled, not published, unclear and contradicted. None is no page."""

    name: str
    filled: int | None = None
    missing: int = 0
    unclear: int = 0
    differs: int = 0


@dataclass(frozen=True, slots=True)
class Covered:
    """One role of the board. `newest`: the day its newest current page was saved."""

    role: Role
    cells: list[Cell]
    newest: date | None


def cover(roles: Sequence[Role]) -> list[Covered]:
    """These roles, read `with_facts`, cell by cell."""
    lists = {group: _lengths(roles, group) for group in MANY_ROW_GROUPS}
    return [Covered(role, [_cell(role, group, lists) for group in GROUPS], _newest_of(role)) for role in roles]


def _cell(role: Role, group: str, lists: Mapping[str, Mapping[int, int]]) -> Cell:
    name = GROUPS[group]
    if group not in ONE_ROW_GROUPS:
        return Cell(name, lists[group].get(role.pk))
    row = getattr(role, group)
    if row is None:
        return Cell(name)
    names = FIELDS[group]
    empty = [row.evidence[name] for name in names if getattr(row, name) is None and name in row.evidence]
    unclear = sum(entry.get("how") == "unread" for entry in empty)
    return Cell(
        name,
        filled=sum(getattr(row, each) is not None for each in names),
        missing=len(empty) - unclear,
        unclear=unclear,
        differs=sum("differs" in entry for entry in row.evidence.values()),
    )


def _lengths(roles: Sequence[Role], group: str) -> dict[int, int]:
    relation = {"skills": "roleskill_rows", "duties": "duty_rows", "sections": "section_rows"}[group]
    current = Q(**{f"{relation}__citation": F(f"{group}_citation")})
    counted = Role.objects.filter(pk__in=[role.pk for role in roles], **{f"{group}_citation__isnull": False})
    return dict(counted.order_by().annotate(length=Count(relation, filter=current)).values_list("pk", "length"))


def _newest_of(role: Role) -> date | None:
    rows = [getattr(role, group) for group in ONE_ROW_GROUPS]
    citations = [row.citation for row in rows if row] + [
        getattr(role, f"{group}_citation") for group in MANY_ROW_GROUPS
    ]
    return max((each.captured_on for each in citations if each and each.captured_on), default=None)
