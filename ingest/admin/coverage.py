"""Which facts each role has, so that admins see which pages to load next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from careers.models import CITATION_PATHS, Citation, Role, RoleQuerySet
from careers.vocabulary import CHOSEN_LISTS, FIELDS, GROUPS, ONE_ROW_GROUPS
from ingest.loading.fit import TABLES

# The state of a group of a role. filled: a page gives it. none: no page does. missing: the page has some values as not
# published. unclear: some values wait for a choice. differs: another page contradicts some values.
State = Literal["filled", "none", "missing", "unclear", "differs"]
STATES: dict[State, str] = {
    "filled": "filled",
    "none": "on no page",
    "missing": "with values not published",
    "unclear": "with values to choose",
    "differs": "contradicted",
}
# State -> how the evidence of a value is asked whether its group is in that state, and for what.
_EVIDENCE_MARKS: dict[State, tuple[str, Any]] = {
    "missing": ("raw__in", ("-", "–", "—")),
    "unclear": ("how", "unread"),
    "differs": ("has_key", "differs"),
}
_ENTRIES = {group: f"{TABLES[group]._meta.model_name}_rows" for group in CHOSEN_LISTS}
SHOWN_GROUPS = {group: GROUPS[group] for group in (*ONE_ROW_GROUPS, *CHOSEN_LISTS)}
_NOTHING = Q(pk__in=())


def _match_state(group: str, state: State) -> Q:
    if state not in _EVIDENCE_MARKS:
        return Q(**{f"{CITATION_PATHS[group]}__isnull": state == "none"})
    lookup, value = _EVIDENCE_MARKS[state]
    condition = _NOTHING
    if group in ONE_ROW_GROUPS:
        for name in FIELDS[group]:  # not in all of it as text: making the text takes PostgreSQL ten times as long
            condition |= Q(**{f"{group}__evidence__{name}__{lookup}": value})
    return condition


# -- over all roles ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many roles are in each state in one group. A list has no unclear or contradicted values: None."""

    group: str
    name: str
    counts: Mapping[State, int | None]


def count_states() -> list[GroupCount]:
    """One row for each group, from a query for each: PostgreSQL would end one that reads all evidence of many roles."""
    group_counts = []
    for group, name in SHOWN_GROUPS.items():
        counts = {}
        for state in STATES:
            if group in ONE_ROW_GROUPS or state not in _EVIDENCE_MARKS:
                counts[state] = Count("pk", filter=_match_state(group, state))
        counted = Role.objects.order_by().aggregate(**counts)
        group_counts.append(GroupCount(group, name, {state: counted.get(state) for state in STATES}))
    return group_counts


# -- role by role -----------------------------------------------------------------------------

ORDERS = {"title": "by title", "emptiest": "fewest facts first", "oldest": "oldest first"}


def list_keys(
    group: str, state: str, order: str = "title", *, publisher: int | None = None, text: str = ""
) -> list[int]:
    """The keys of the roles whose group is in this state, in one of ORDERS; `read_coverage` reads facts page by page.

    Without a group, any group counts; without a state, "filled" does. Each group has a query of its own, as above.
    """
    keys = _sort_roles(_narrow_down(publisher, text), order).values_list("pk", flat=True)
    if state not in STATES and group not in SHOWN_GROUPS:
        return list(keys)
    in_state: set[int] = set()
    for name in [group] if group in SHOWN_GROUPS else SHOWN_GROUPS:
        condition = _match_state(name, state if state in STATES else "filled")
        in_state.update(Role.objects.filter(condition).order_by().values_list("pk", flat=True))
    return [key for key in keys if key in in_state]


def _narrow_down(publisher: int | None, text: str) -> RoleQuerySet:
    roles = Role.objects.all()
    if publisher is not None:
        from_publisher = _NOTHING
        for path in CITATION_PATHS.values():
            from_publisher |= Q(**{f"{path}__publisher": publisher})
        roles = roles.filter(from_publisher)
    return roles.filter(title__icontains=text) if text else roles


def _sort_roles(roles: RoleQuerySet, order: str) -> RoleQuerySet:
    if order == "emptiest":
        filled: Any = Value(0)
        for path in CITATION_PATHS.values():
            is_filled = When(**{f"{path}__isnull": False}, then=1)
            filled = filled + Case(is_filled, default=0, output_field=IntegerField())
        return roles.annotate(filled=filled).order_by("filled", "title")
    if order == "oldest":
        # Joining all their pages would take PostgreSQL a second to plan.
        pages = Citation.objects.filter(pk__in=[OuterRef(path) for path in CITATION_PATHS.values()])
        newest = pages.filter(captured_on__isnull=False).order_by("-captured_on").values("captured_on")[:1]
        return roles.annotate(newest_day=Coalesce(Subquery(newest), Value(date.min))).order_by("newest_day", "title")
    return roles.order_by("title")


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One group of one role: how many values are filled, not published, unclear and contradicted.

    `filled` is None when no page gives the group.
    """

    name: str
    filled: int | None = None
    missing: int = 0
    unclear: int = 0
    differs: int = 0


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """One role with a cell for each group. `newest`: the day on which its newest current page was captured."""

    role: Role
    cells: list[CoverageCell]
    newest: date | None


def read_coverage(keys: Sequence[int]) -> list[RoleCoverage]:
    """The coverage of the roles with these keys, from one query, and one for each kind of list."""
    with_facts = Role.objects.with_facts().in_bulk(keys)
    roles = [with_facts[key] for key in keys]
    lengths = {group: _count_entries(roles, group) for group in CHOSEN_LISTS}
    coverage = []
    for role in roles:
        cells = [_count_values(role, group) for group in ONE_ROW_GROUPS]
        cells += [CoverageCell(GROUPS[group], lengths[group].get(role.pk)) for group in CHOSEN_LISTS]
        days = [citation.captured_on for citation in role.current_citations() if citation.captured_on]
        coverage.append(RoleCoverage(role, cells, max(days, default=None)))
    return coverage


def _count_values(role: Role, group: str) -> CoverageCell:
    row = getattr(role, group)
    if row is None:
        return CoverageCell(GROUPS[group])
    empty = [name for name in FIELDS[group] if getattr(row, name) is None]
    explained = [row.evidence[name] for name in empty if name in row.evidence]
    unclear = sum(evidence.get("how") == "unread" for evidence in explained)
    return CoverageCell(
        GROUPS[group],
        filled=len(FIELDS[group]) - len(empty),
        missing=len(explained) - unclear,
        unclear=unclear,
        differs=sum("differs" in evidence for evidence in row.evidence.values()),
    )


def _count_entries(roles: Sequence[Role], group: str) -> dict[int, int]:
    """Key of each role that has a current list -> how many entries it has."""
    entries, citation = _ENTRIES[group], CITATION_PATHS[group]
    current = Q(**{f"{entries}__citation": F(citation)})
    with_list = Role.objects.filter(pk__in=[role.pk for role in roles], **{f"{citation}__isnull": False})
    return dict(with_list.order_by().annotate(length=Count(entries, filter=current)).values_list("pk", "length"))
