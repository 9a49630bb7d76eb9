"""Choose which of a role's many rows is current, for each group of facts.

Only rows captured within a year of the newest one count. The row with the most values wins, then the
newest, then the smallest page digest, so the order of loading never decides. A row with a value takes
precedence over one without, and any page over the sample pages that ship with Rolewise. Only the latest
release of a table counts: what it holds back is not shown from an earlier one. This module alone sets
the pointers of a role.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from careers.bulk import update_columns
from careers.models import Citation, FactRow, Role
from careers.vocabulary import CHOSEN_LISTS, FIELDS, ONE_ROW_GROUPS
from ingest.loading.agreement import strip_agreement
from ingest.loading.fit import TABLES

# Group -> the column of a role that points to what is current.
POINTERS = {
    **{group: f"{group}_id" for group in ONE_ROW_GROUPS},
    **{group: f"{group}_citation_id" for group in CHOSEN_LISTS},
}
# Role id -> group -> what its pointer holds.
Pointers = dict[int, dict[str, int | None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one citation gives for a role in one group.

    `value_count`: how many fields or entries have a value. `release`: one of several releases of a table, with the
    month of its figures as the effective date.
    """

    effective_date: date
    value_count: int
    digest: str
    rows: tuple[FactRow, ...] = ()
    sample: bool = False
    release: bool = False

    @property
    def precedence(self) -> tuple[bool, bool]:
        """The larger one wins whatever the dates and the number of values."""
        return (self.value_count > 0, not self.sample)

    @property
    def rank(self) -> tuple[int, int, str]:
        """Smaller is better."""
        return (-self.value_count, -self.effective_date.toordinal(), self.digest)


def choose_best(candidates: Collection[Candidate]) -> Candidate | None:
    """The current one of all candidates that a role has in one group; None when there are none.

    >>> full, newer = Candidate(date(2024, 5, 1), 8, "a"), Candidate(date(2025, 5, 1), 3, "b")
    >>> choose_best([full, newer]) is full, choose_best([full, newer, Candidate(date(2025, 5, 2), 1, "c")]) is newer
    (True, True)
    """
    if not candidates:
        return None
    precedence = max(candidate.precedence for candidate in candidates)
    usable = [candidate for candidate in candidates if candidate.precedence == precedence]
    newest = max(candidate.effective_date for candidate in usable)
    recent = [candidate for candidate in usable if _is_recent(candidate, newest)]
    return min(recent, key=lambda candidate: candidate.rank)


def _is_recent(candidate: Candidate, newest: date) -> bool:
    oldest = newest if candidate.release else subtract_year(newest)
    return candidate.effective_date >= oldest


def choose_with_new(current: Candidate | None, new: Candidate) -> Candidate | None:
    """The best when `new` joins candidates whose best was `current`; None if all candidates must be compared.

    These two are nearly always enough. All are needed if the new one makes the current one too old, or would win but
    may be too old itself.
    """
    if current is None:
        return new
    if current.precedence != new.precedence:
        return max(current, new, key=lambda candidate: candidate.precedence)
    if current.release or new.release:
        return _choose_release(current, new)
    if new.rank < current.rank:
        return new if new.effective_date >= current.effective_date else None
    return current if current.effective_date >= subtract_year(new.effective_date) else None


def _choose_release(current: Candidate, new: Candidate) -> Candidate | None:
    if current.release != new.release:
        return None
    if current.effective_date != new.effective_date:
        return max(current, new, key=lambda candidate: candidate.effective_date)
    return min(current, new, key=lambda candidate: candidate.rank)


def subtract_year(day: date) -> date:
    """
    >>> subtract_year(date(2025, 11, 22)), subtract_year(date(2024, 2, 29))
    (datetime.date(2024, 11, 22), datetime.date(2023, 2, 28))
    """
    if day.year == 1:
        return date.min
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - 1)


def make_candidate(group: str, citation: Citation, rows: Sequence[FactRow]) -> Candidate:
    """The candidate of one citation. `rows`: all that it gives for the role in the group, at least one."""
    value_count = len(rows)
    if group in FIELDS:
        value_count = sum(getattr(rows[0], name) is not None for name in FIELDS[group])
    is_release = citation.figures_of is not None
    return Candidate(
        citation.effective_date, value_count, citation.digest, tuple(rows), citation.sample, release=is_release
    )


def find_best_stored_candidates(roles: Collection[int], group: str, without: Collection[int]) -> dict[int, Candidate]:
    """Role id -> the best of all that is stored for it in a group. Publishers that were taken down do not count.

    `without`: citations whose rows do not count either.
    """
    rows = TABLES[group]._default_manager.filter(role__in=roles, citation__publisher__taken_down_at=None)
    by_role: dict[int, dict[int, list[FactRow]]] = {}
    for row in _fetch_rows(rows.exclude(citation__in=without), group):
        by_role.setdefault(row.role_id, {}).setdefault(row.citation_id, []).append(row)
    best: dict[int, Candidate] = {}
    for role, by_citation in by_role.items():
        candidates = [make_candidate(group, rows[0].citation, rows) for rows in by_citation.values()]
        chosen = choose_best(candidates)
        if chosen:
            best[role] = chosen
    return best


def _fetch_rows(rows: QuerySet[Any], group: str) -> list[FactRow]:
    """The rows of a query with their citations, without evidence, which is not compared. Lists keep their order.

    A list can have tens of thousands of rows of one citation, which a join would repeat and the database would sort.
    """
    fetched: list[Any] = list(rows.order_by().defer("evidence"))
    citations = Citation.objects.in_bulk({row.citation_id for row in fetched})
    for row in fetched:
        row.citation = citations[row.citation_id]
    if group not in ONE_ROW_GROUPS:
        fetched.sort(key=lambda row: row.position)
    return fetched


def find_groups_given_by(citations: Collection[int]) -> list[str]:
    """The groups in which these citations give facts for any role."""
    tables = {group: table._default_manager for group, table in TABLES.items() if group in POINTERS}
    return [group for group, rows in tables.items() if rows.filter(citation__in=citations).exists()]


def choose_current(
    roles: Collection[Role], without: Collection[int] = (), groups: Iterable[str] = tuple(POINTERS)
) -> None:
    """Point roles to what is current among all that is stored, without the rows of some citations."""
    if not roles:
        return  # even queries about nothing take time to build
    before = copy_pointers(roles)
    for group in groups:
        best = find_best_stored_candidates([role.pk for role in roles], group, without)
        for role in roles:
            set_pointer(role, group, best.get(role.pk))
    save_pointers(roles, before, without)


# -- pointers ---------------------------------------------------------------------------------


def copy_pointers(roles: Iterable[Role]) -> Pointers:
    """The pointers as they are now, to compare with later."""
    return {role.pk: {group: getattr(role, column) for group, column in POINTERS.items()} for role in roles}


def set_pointer(role: Role, group: str, chosen: Candidate | None) -> None:
    """Set the pointer on the instance; `save_pointers` saves it."""
    target = None
    if chosen:
        target = chosen.rows[0].pk if group in ONE_ROW_GROUPS else chosen.rows[0].citation_id
    setattr(role, POINTERS[group], target)


def save_pointers(roles: Collection[Role], before: Pointers, without: Collection[int] = ()) -> None:
    """Save the pointers that moved, and remove the agreement from rows that are no longer current.

    `without`: citations whose rows are about to be deleted.
    """
    now = copy_pointers(roles)
    moved = [role for role in roles if now[role.pk] != before[role.pk]]
    groups = [group for group in POINTERS if any(now[role.pk][group] != before[role.pk][group] for role in moved)]
    update_columns(moved, [POINTERS[group].removesuffix("_id") for group in groups])
    for group in ONE_ROW_GROUPS:
        no_longer_current = []
        for role in moved:
            row = before[role.pk][group]
            if row is not None and row != getattr(role, POINTERS[group]):
                no_longer_current.append(row)
        strip_agreement(TABLES[group], no_longer_current, without)


def find_current_candidates(roles: Collection[Role], group: str) -> dict[int, Candidate]:
    """Role id -> what is current for it in a group."""
    pointed = [role.pk for role in roles if getattr(role, POINTERS[group]) is not None]
    if not pointed:
        return {}
    is_current: dict[str, Any] = {"citation": F(f"role__{group}_citation_id")}
    if group in ONE_ROW_GROUPS:
        is_current = {"pk": F(f"role__{group}_id")}
    rows = TABLES[group]._default_manager.filter(role__in=pointed, **is_current)
    by_role: dict[int, list[FactRow]] = {}
    for row in _fetch_rows(rows, group):
        by_role.setdefault(row.role_id, []).append(row)
    return {role: make_candidate(group, role_rows[0].citation, role_rows) for role, role_rows in by_role.items()}
