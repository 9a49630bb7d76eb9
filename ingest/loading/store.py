"""Store the facts of several pages at once, whether they are new or read again.

What a page says is compared with the rows that it already has (none for a new page), and only the
differences are written. Then the current rows of each role are chosen, page by page in order, and
each reading gets the changes of current facts that its page caused.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from careers.bulk import create_rows, update_columns
from careers.models import Citation, FactRow, Role, RoleSkill, SkillRow
from careers.spelling import fold_spelling
from careers.vocabulary import ADDED_GROUPS, ENTRY_FIELDS, FIELDS, KEY_OF, ONE_ROW_GROUPS
from ingest.loading import current, names, page_records
from ingest.loading.agreement import drop_agreement
from ingest.loading.changes import Changes, note_change
from ingest.loading.current import Candidate
from ingest.loading.fit import TABLES, FittedRole
from ingest.loading.list_rows import update_listings
from ingest.loading.read import PageReading
from ingest.loading.search_terms import SEARCHED_GROUPS, find_roles_of_editions, update_search
from ingest.parsing.parsed_page import PageWarning


class RowKey(NamedTuple):
    """What one citation says about one role in one group: one row or several."""

    citation: int
    role: int
    group: str


Rows = dict[RowKey, list[FactRow]]


@dataclass(frozen=True, slots=True)
class _RowUpdate:
    """The rows as they should be and as they are. `differing`: citation -> its keys to write, in page order."""

    desired: Rows
    stored: Rows
    differing: dict[int, list[RowKey]]

    def roles_of(self, citations: Collection[int]) -> set[int]:
        """Roles about which these citations say something, now or before."""
        return {key.role for key in (*self.desired, *self.stored) if key.citation in citations}

    def roles_with(self, groups: Collection[str]) -> set[int]:
        """Roles with rows in one of these groups that are written."""
        return {key.role for key in chain.from_iterable(self.differing.values()) if key.group in groups}


class _ChangedRoles(NamedTuple):
    """Roles that search or lists may show differently now."""

    searched: set[int]
    listed: Collection[int]


def store_readings(readings: Sequence[PageReading]) -> None:
    """Store the facts of these pages, and show them in search and lists.

    The caller's transaction must hold the lock on the Revision.
    """
    changed = store_facts(readings)
    tables = [reading.citation.pk for reading in readings if reading.parsed.layout == "table"]
    update_search(changed.searched | find_roles_of_editions(tables))
    update_listings(changed.listed)


def store_facts(readings: Sequence[PageReading]) -> _ChangedRoles:
    """Write what these pages say, choose what is current, and note the changes on each reading."""
    new = [reading for reading in readings if reading.page.citation_id is None]
    reread = [reading for reading in readings if reading.page.citation_id is not None]
    roles, created = _resolve_roles(readings)
    page_records.create_citations(new)
    reranked = page_records.update_citations(reread)
    page_records.save_pages(readings)
    page_records.replace_mentions(readings, reread, roles)
    page_records.replace_questions(readings, reread)
    page_records.replace_facts_of_no_role(readings, reread)
    update = _plan_update(readings, reread, roles)
    by_id = {role.pk: role for role in roles.values()}
    by_id |= Role.objects.in_bulk({key.role for key in update.stored} - by_id.keys())
    _write_and_choose(readings, update, by_id, not_yet_counted={reading.citation.pk for reading in new})
    current.choose_current([by_id[role_id] for role_id in update.roles_of(reranked)])
    no_longer_stored = {key.role for key in update.stored.keys() - update.desired.keys()}
    if no_longer_stored:
        names.delete_roles(names.find_unmentioned_roles(no_longer_stored))
    _respell_roles(readings, roles, reranked)
    return _ChangedRoles(created | update.roles_with(SEARCHED_GROUPS), by_id.keys())


# -- roles ------------------------------------------------------------------------------------


def _resolve_roles(readings: Iterable[PageReading]) -> tuple[dict[str, Role], set[int]]:
    """Title key -> role, for each title about which these pages say something; and the roles that had to be created."""
    titles: dict[str, str] = {}
    first_mentioned_by: dict[str, PageReading] = {}
    for reading in readings:
        for fitted in reading.fitted.roles:
            if fitted.groups and fitted.key not in titles:
                titles[fitted.key] = fitted.title
                first_mentioned_by[fitted.key] = reading
    roles = names.find_roles(titles)
    created = names.create_roles({key: title for key, title in titles.items() if key not in roles})
    for key, role in created.items():
        note_change(first_mentioned_by[key].changes, role.slug, "title", None, role.title)
    roles |= created
    for reading in readings:
        _drop_repeated_roles(reading, roles)
    return roles, {role.pk for role in created.values()}


def _drop_repeated_roles(reading: PageReading, roles: Mapping[str, Role]) -> None:
    """Keep one of two titles that mean the same role, since a person merged them. The role's own title wins."""

    def is_other_title(fitted: FittedRole) -> bool:
        return fitted.key not in roles or names.get_role_key(roles[fitted.key]) != fitted.key

    kept: dict[int, str] = {}
    for fitted in sorted(reading.fitted.roles, key=is_other_title):
        if not fitted.groups:
            continue
        role = roles[fitted.key]
        if role.pk in kept:
            message = f"“{fitted.title}” and “{kept[role.pk]}” are one role here; only the latter was taken."
            reading.fitted.warnings.append(PageWarning("same-role", 1, message))
            fitted.groups.clear()
        kept.setdefault(role.pk, fitted.title)


def _respell_roles(readings: Iterable[PageReading], roles: Mapping[str, Role], reranked: Collection[int]) -> None:
    """A page may spell a role better than earlier pages do, or rename an official occupation.

    `reranked`: citations with another date than before, so that another release of a table may be the newest.
    """
    first_spelled_by: dict[int, PageReading] = {}
    spelled_differently: dict[int, Role] = {}
    for reading in readings:
        for fitted in reading.fitted.roles:
            role = roles.get(fitted.key)
            if role and (_is_spelled_differently(role, fitted) or reading.citation.pk in reranked):
                spelled_differently[role.pk] = role
                first_spelled_by.setdefault(role.pk, reading)
    titles = {role.pk: role.title for role in spelled_differently.values()}
    for role in names.respell_roles(spelled_differently.values()):
        note_change(first_spelled_by[role.pk].changes, role.slug, "title", titles[role.pk], role.title)


def _is_spelled_differently(role: Role, fitted: FittedRole) -> bool:
    return bool(fitted.groups) and fitted.title != role.title and fitted.key == names.get_role_key(role)


# -- rows -------------------------------------------------------------------------------------


def _plan_update(
    readings: Iterable[PageReading], reread: Iterable[PageReading], roles: Mapping[str, Role]
) -> _RowUpdate:
    desired = _collect_desired_rows(readings, roles)
    stored = _fetch_stored_rows(reread)
    differing: dict[int, list[RowKey]] = {}
    for key in dict.fromkeys((*desired, *stored)):
        if _differ(desired.get(key, []), stored.get(key, [])):
            differing.setdefault(key.citation, []).append(key)
    return _RowUpdate(desired, stored, differing)


def _collect_desired_rows(readings: Iterable[PageReading], roles: Mapping[str, Role]) -> Rows:
    desired: Rows = {}
    skill_rows: list[RoleSkill | SkillRow] = []
    for reading in readings:
        citation = reading.citation
        for fitted in reading.fitted.roles:
            for group, rows in fitted.groups.items():
                role = roles[fitted.key]
                for row in rows:
                    row.role_id, row.citation_id = role.pk, citation.pk  # quicker than to set the instances
                    if isinstance(row, RoleSkill | SkillRow):
                        skill_rows.append(row)
                desired[RowKey(citation.pk, role.pk, group)] = rows
    skills = names.get_or_create_skills({row.name for row in skill_rows})
    for row in skill_rows:
        row.skill_id = skills[fold_spelling(row.name)].pk
    return desired


def _fetch_stored_rows(reread: Iterable[PageReading]) -> Rows:
    citations = {reading.citation.pk: reading.citation for reading in reread}
    stored: Rows = {}
    if not citations:
        return stored
    for group, table in TABLES.items():
        for row in table._default_manager.filter(citation__in=citations):
            row.citation = citations[row.citation_id]
            stored.setdefault(RowKey(row.citation_id, row.role_id, group), []).append(row)
    return stored


def _differ(desired: Sequence[FactRow], stored: Sequence[FactRow]) -> bool:
    if len(desired) != len(stored):
        return True
    return any(_read_content(new) != _read_content(old) for new, old in zip(desired, stored, strict=True))


def _read_content(row: FactRow) -> list[Any]:
    """All that a page says in a row, without what other pages say about it."""
    skipped = ("id", "role", "citation", "evidence")
    values = [getattr(row, column.attname) for column in row._meta.concrete_fields if column.name not in skipped]
    return [*values, drop_agreement(row.evidence)]


def _write_rows(update: _RowUpdate) -> None:
    """Create, update and delete rows until what is stored is what is desired."""
    by_group: dict[str, list[RowKey]] = {group: [] for group in TABLES}
    for keys in update.differing.values():
        for key in keys:
            by_group[key.group].append(key)
    dropped_skills: set[int] = set()
    for group, keys in by_group.items():
        dropped_skills |= _write_group(group, keys, update)
    names.clean_up_skills(dropped_skills)


def _write_group(group: str, keys: Iterable[RowKey], update: _RowUpdate) -> set[int]:
    """Write the rows of one table. Return the skills of deleted rows."""
    table = TABLES[group]
    created: list[FactRow] = []
    updated: list[FactRow] = []
    deleted: list[FactRow] = []
    for key in keys:
        desired, stored = update.desired.get(key, []), update.stored.get(key, [])
        if group in ONE_ROW_GROUPS and desired and stored:  # keep the row, since a role may point to it
            desired[0].pk = stored[0].pk
            updated += desired
        else:
            created += desired
            deleted += stored
    if deleted:
        table._default_manager.filter(pk__in=[row.pk for row in deleted]).delete()
    create_rows(created)
    update_columns(updated, [*FIELDS.get(group, ()), "evidence"])
    return {row.skill_id for row in deleted if isinstance(row, RoleSkill | SkillRow)}


# -- what is current, and what changed --------------------------------------------------------

# (role, group) -> what is current there
Candidates = dict[tuple[int, str], Candidate | None]
_SKILL_VALUES = ("name", "kind", "rank", "percent", "tier")


def _find_current_candidates(roles: Mapping[int, Role], differing: Mapping[int, Iterable[RowKey]]) -> Candidates:
    """What is current of these roles in the groups that are about to be written."""
    role_ids: dict[str, set[int]] = {group: set() for group in current.POINTERS}
    for keys in differing.values():
        for key in keys:
            if key.group in role_ids:
                role_ids[key.group].add(key.role)
    candidates: Candidates = {}
    for group, ids in role_ids.items():
        for role_id, candidate in current.find_current_candidates([roles[role_id] for role_id in ids], group).items():
            candidates[role_id, group] = candidate
    return candidates


def _write_and_choose(
    readings: Iterable[PageReading], update: _RowUpdate, roles: Mapping[int, Role], not_yet_counted: set[int]
) -> None:
    """Write the rows, point the roles to their best ones, page by page, and note the changes.

    `not_yet_counted`: citations of the new pages. A citation counts from its own page on, so each page gets the changes
    that it would have caused if it had been loaded alone.
    """
    candidates = _find_current_candidates(roles, update.differing)
    pointers = current.copy_pointers(roles.values())
    _write_rows(update)
    for reading in readings:
        not_yet_counted.discard(reading.citation.pk)
        for key in update.differing.get(reading.citation.pk, ()):
            role = roles[key.role]
            if key.group in ADDED_GROUPS:
                _note_added(reading.changes, role.slug, key, update)
                continue
            before = candidates.get((key.role, key.group))
            after = _choose_candidate(key, reading.citation, update, before, not_yet_counted)
            if after is before:
                continue
            current.set_pointer(role, key.group, after)
            old, new = _read_values(key.group, before), _read_values(key.group, after)
            for field in old | new:
                note_change(reading.changes, role.slug, field, old.get(field), new.get(field))
            candidates[key.role, key.group] = after
    current.save_pointers(roles.values(), pointers)


def _note_added(changes: Changes, slug: str, key: RowKey, update: _RowUpdate) -> None:
    """Note what a page adds to or removes from a group in which every page counts."""
    before = _read_entries(key.group, update.stored.get(key, ()))
    after = _read_entries(key.group, update.desired.get(key, ()))
    note_change(changes, slug, key.group, before or None, after or None)


def _choose_candidate(
    key: RowKey, citation: Citation, update: _RowUpdate, before: Candidate | None, not_yet_counted: Collection[int]
) -> Candidate | None:
    """What is current once these rows count. All stored rows are compared only if that is needed."""
    after = None
    if key not in update.stored and citation.publisher.taken_down_at is None:
        after = current.choose_with_new(before, current.make_candidate(key.group, citation, update.desired[key]))
    return after or current.find_best_stored_candidates([key.role], key.group, without=not_yet_counted).get(key.role)


def _read_values(group: str, candidate: Candidate | None) -> dict[str, Any]:
    """Vocabulary key -> value of what a candidate gives in a group."""
    if candidate is None:
        return {}
    rows: Any = candidate.rows
    if group in FIELDS:
        return {KEY_OF[group, name]: getattr(rows[0], name) for name in FIELDS[group]}
    if group == "skills" or group in ENTRY_FIELDS:
        return {group: _read_entries(group, rows)}
    if group == "duties":
        return {"duties": [row.text for row in rows], "duties_truncated": rows[-1].truncated}
    return {"sections": [(row.heading, row.blocks) for row in rows]}


def _read_entries(group: str, rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The entries of a list, each with the values that a reader sees."""
    fields = ENTRY_FIELDS.get(group, _SKILL_VALUES)
    return [tuple(getattr(row, name) for name in fields) for row in rows]
