"""Which of a role's many rows is current, for each group of facts.

Among the rows captured within a year of the newest, the one with most values, then the newest,
then the smallest page digest. The order of loading never decides; a row without a value is
never before one with a value, nor a page that Rolewise comes with before any other. A release of
a table stands for itself: what the latest holds back is not shown from an earlier one. This module
alone sets the pointers of a role.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.db.models import F

from careers.bulk import update_columns
from careers.models import Citation, FactRow, Role
from careers.vocabulary import FIELDS, GROUPS, MANY_ROW_GROUPS, ONE_ROW_GROUPS
from ingest.loading.agreement import strip_agreement
from ingest.loading.fit import TABLES

# Group -> the column of a role that points to what is current.
POINTERS = {
    **{group: f"{group}_id" for group in ONE_ROW_GROUPS},
    **{group: f"{group}_citation_id" for group in MANY_ROW_GROUPS},
}
# Role id -> group -> what its pointer holds.
Pointers = dict[int, dict[str, int | None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one citation says of a role in one group. `values`: how many fields or entries it gives. `release`: it is
    of a table that comes out anew, with a month that its figures are of."""

    captured: date
    values: int
    digest: str
    rows: tuple[FactRow, ...] = ()
    sample: bool = False
    release: bool = False

    @property
    def rank(self) -> tuple[int, int, str]:
        """Smaller is better."""
        return (-self.values, -self.captured.toordinal(), self.digest)


def choose_best(standings: Collection[Candidate]) -> Candidate | None:
    """The one that is current of all that a role has in one group.

    >>> full, newer = Candidate(date(2024, 5, 1), 8, "a"), Candidate(date(2025, 5, 1), 3, "b")
    >>> choose_best([full, newer]) is full, choose_best([full, newer, Candidate(date(2025, 5, 2), 1, "c")]) is newer
    (True, True)
    """
    able = [each for each in standings if each.values] or list(standings)
    able = [each for each in able if not each.sample] or able
    if not able:
        return None
    newest = max(each.captured for each in able)
    since = year_before(newest)
    near = (each for each in able if each.captured >= (newest if each.release else since))
    return min(near, key=lambda each: each.rank)


def choose_with_new(current: Candidate | None, new: Candidate) -> Candidate | None:
    """The best once `new` has joined those of whom `current` is the best; None when that needs all of them.

    Nearly always two are enough. All are needed when the new one moves the year away from the
    current one, or would win but may itself lie before the year.
    """
    if current is None or (new.values and not current.values):
        return new
    if current.values and not new.values:
        return current
    if current.sample != new.sample:
        return new if current.sample else current
    if new.release and current.release and new.captured != current.captured:
        return max(current, new, key=lambda each: each.captured)
    if new.release != current.release:
        return None
    if new.rank < current.rank:
        return new if new.captured >= current.captured else None
    return current if current.captured >= year_before(new.captured) else None


def year_before(day: date) -> date:
    """
    >>> year_before(date(2025, 11, 22)), year_before(date(2024, 2, 29))
    (datetime.date(2024, 11, 22), datetime.date(2023, 2, 28))
    """
    if day.year == 1:
        return date.min
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - 1)


def effective_date(citation: Citation) -> date:
    """The day that counts: of what time the figures are, where that is told, else the day of capture, and without
    one the day the page was first loaded."""
    return citation.figures_of or citation.captured_on or citation.loaded_at.astimezone(UTC).date()


def make_candidate(group: str, citation: Citation, rows: Sequence[FactRow]) -> Candidate:
    given = [name for name in FIELDS[group] if getattr(rows[0], name) is not None] if group in FIELDS else rows
    release = citation.figures_of is not None
    return Candidate(effective_date(citation), len(given), citation.digest, tuple(rows), citation.sample, release)


def best_stored_candidate(role: int, group: str, without: Collection[int] = ()) -> Candidate | None:
    """The best of all that is stored of a role in a group, but for the rows of some citations."""
    return _best_of_each([role], group, without).get(role)


def _best_of_each(roles: Collection[int], group: str, without: Collection[int] = ()) -> dict[int, Candidate]:
    """Role id -> the best of all that is stored of it; what was taken down counts nowhere."""
    rows = TABLES[group]._default_manager.filter(role__in=roles, citation__publisher__taken_down_at=None)
    by_role: dict[int, dict[int, list[FactRow]]] = {}
    for row in rows.exclude(citation__in=without).select_related("citation"):
        by_role.setdefault(row.role_id, {}).setdefault(row.citation_id, []).append(row)
    found = {
        role: choose_best([make_candidate(group, rows[0].citation, rows) for rows in by_citation.values()])
        for role, by_citation in by_role.items()
    }
    return {role: chosen for role, chosen in found.items() if chosen}


def choose_current(roles: Collection[Role], groups: Iterable[str] = GROUPS) -> None:
    """Point roles to what is current of all that is stored."""
    before = copy_pointers(roles)
    for group in groups:
        found = _best_of_each([role.pk for role in roles], group)
        for role in roles:
            set_pointer(role, group, found.get(role.pk))
    save_pointers(roles, before)


# -- pointers ---------------------------------------------------------------------------------


def copy_pointers(roles: Iterable[Role]) -> Pointers:
    return {role.pk: {group: getattr(role, column) for group, column in POINTERS.items()} for role in roles}


def set_pointer(role: Role, group: str, chosen: Candidate | None) -> None:
    """Set the pointer on the instance; `save_pointers` saves it."""
    target = None
    if chosen:
        target = chosen.rows[0].pk if group in ONE_ROW_GROUPS else chosen.rows[0].citation_id
    setattr(role, POINTERS[group], target)


def save_pointers(roles: Iterable[Role], before: Pointers) -> None:
    """Save the pointers that moved; rows that are no longer current say nothing of the others."""
    moved = [role for role in roles if copy_pointers([role])[role.pk] != before[role.pk]]
    update_columns(moved, [column.removesuffix("_id") for column in POINTERS.values()])
    for group in ONE_ROW_GROUPS:
        left = [before[role.pk][group] for role in moved if before[role.pk][group] != getattr(role, POINTERS[group])]
        strip_agreement(TABLES[group], [pk for pk in left if pk is not None])


def current_candidates(roles: Collection[Role], groups: Iterable[str] = GROUPS) -> dict[tuple[int, str], Candidate]:
    """(role id, group) -> what is current, for all the roles in one query a group."""
    found: dict[tuple[int, str], Candidate] = {}
    for group in groups:
        pointed = [role.pk for role in roles if getattr(role, POINTERS[group]) is not None]
        if not pointed:
            continue
        is_current: dict[str, Any] = (
            {"pk": F(f"role__{group}_id")} if group in ONE_ROW_GROUPS else {"citation": F(f"role__{group}_citation_id")}
        )
        rows = TABLES[group]._default_manager.filter(role__in=pointed, **is_current).select_related("citation")
        by_role: dict[int, list[FactRow]] = {}
        for row in rows:
            by_role.setdefault(row.role_id, []).append(row)
        for role_id, standing_rows in by_role.items():
            found[role_id, group] = make_candidate(group, standing_rows[0].citation, standing_rows)
    return found
