"""Pages that were read -> rows: several pages at once, first loads and later readings alike.

What a page says is held against the rows it has already (none at first), and only what
differs is written. Then the current rows of each role are chosen, page by page in their order,
and what changed among the current facts is told.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from dataclasses import field as dataclass_field
from typing import Any, cast

from careers.bulk import update_columns
from careers.models import Citation, FactRow, Publisher, Role, RoleSkill, identity
from careers.vocabulary import FIELDS, KEY_OF, ONE_ROW_GROUPS
from ingest.documents.document import Document
from ingest.loading import current, names
from ingest.loading.agreement import without_agreement
from ingest.loading.bounds import fits, storable
from ingest.loading.current import Candidate
from ingest.loading.fit import TABLES, Fitted
from ingest.loading.list_rows import update_listings
from ingest.loading.questions import OpenQuestion, chosen_names
from ingest.models import KnownName, Mention, Page, Question
from ingest.parsing.facts import PageWarning, ParsedPage


@dataclass(frozen=True, slots=True)
class Change:
    """One current value of a role, before and after. `field`: its key in the vocabulary.

    A new role is a change of `title` from None. A list is one value.
    """

    role: str
    field: str
    before: Any
    after: Any


RoleChanges = dict[tuple[str, str], Change]


def note_change(changed: RoleChanges, slug: str, field: str, before: Any, after: Any) -> None:
    """Keep a change; of several of one value the first before and the last after."""
    if (slug, field) in changed:
        before = changed.pop((slug, field)).before
    if before != after:
        changed[slug, field] = Change(slug, field, before, after)


@dataclass(slots=True)
class PageReading:
    """One page, read, on its way into the database. `asked`: what it leaves open when read alone."""

    page: Page
    document: Document
    parsed: ParsedPage
    fitted: Fitted
    asked: list[OpenQuestion]
    changed: RoleChanges = dataclass_field(default_factory=dict)

    @property
    def citation(self) -> Citation:
        """There once `store` has begun."""
        return cast(Citation, self.page.citation)


# (citation id, role id, group) -> the rows of that page
Key = tuple[int, int, str]
Rows = dict[Key, list[FactRow]]


def store_readings(readings: Sequence[PageReading]) -> None:
    """Write what these pages say, choose what is current, and note what changed on each reading.

    Belongs into a transaction that holds the lock on the Revision.
    """
    first = [reading for reading in readings if reading.page.citation_id is None]
    told_before = [reading for reading in readings if reading.page.citation_id is not None]
    again = [reading.page for reading in told_before]
    roles = _find_roles(readings)
    _cite(first)
    moved = _cite_again(told_before) if told_before else []
    _keep_pages(readings)
    desired = _desired(readings, roles)
    stored = _stored([page.citation for page in again if page.citation])
    differing = _differing(desired, stored)
    by_id = {role.pk: role for role in roles.values()}
    by_id |= Role.objects.in_bulk({role for (_, role, _) in stored} - by_id.keys())
    standings = _current(by_id, differing)
    before = current.copy_pointers(by_id.values())
    _write(differing, desired, stored)
    _mention(readings, again, roles)
    _ask(readings, again)
    later = {reading.citation.pk for reading in first}
    for reading in readings:
        later.discard(reading.citation.pk)
        keys = differing.get(reading.citation.pk, ())
        _choose(reading.changed, keys, by_id, desired, stored, standings, later)
    current.save_pointers(by_id.values(), before)
    if moved:
        current.choose_current([by_id[role] for citation, role, _ in {**desired, **stored} if citation in moved])
    names.delete_unmentioned_roles({role for (_, role, _) in stored.keys() - desired.keys()})
    _respell(readings, roles)
    update_listings(by_id.keys())


# -- roles, citations, pages ------------------------------------------------------------------


def _find_roles(readings: Iterable[PageReading]) -> dict[str, Role]:
    """Title key -> role, for all of which these pages say something; new ones are made."""
    titles: dict[str, str] = {}
    first_told: dict[str, RoleChanges] = {}
    for reading in readings:
        for fitted in reading.fitted.roles:
            if fitted.groups and fitted.key not in titles:
                titles[fitted.key] = fitted.title
                first_told[fitted.key] = reading.changed
    roles = names.find_roles(titles)
    made = names.create_roles({key: title for key, title in titles.items() if key not in roles})
    for key, role in made.items():
        note_change(first_told[key], role.slug, "title", None, role.title)
    roles |= made
    for reading in readings:
        _part_same_roles(reading, roles)
    return roles


def _part_same_roles(reading: PageReading, roles: dict[str, Role]) -> None:
    """Two titles of a page can mean one role since a person said so: its own title speaks for it."""
    kept: dict[int, str] = {}
    for fitted in sorted(
        reading.fitted.roles, key=lambda each: each.key not in roles or names.role_key(roles[each.key]) != each.key
    ):
        if not fitted.groups:
            continue
        role = roles[fitted.key]
        if role.pk in kept:
            message = f"“{fitted.title}” and “{kept[role.pk]}” are one role here; only the latter was taken."
            reading.fitted.warnings.append(PageWarning("same-role", 1, message))
            fitted.groups.clear()
        kept.setdefault(role.pk, fitted.title)


def _cite(readings: Sequence[PageReading]) -> None:
    """A citation for each."""
    publishers = publishers_of(readings)
    citations = [
        Citation(**_cited(reading, publisher)) for reading, publisher in zip(readings, publishers, strict=True)
    ]
    Citation.objects.bulk_create(citations)
    for reading, citation in zip(readings, citations, strict=True):
        reading.page.citation = citation  # with its key


def _cite_again(readings: Sequence[PageReading]) -> list[int]:
    """Renew the citations of pages read again; the keys of those that may now rank differently."""
    moved = []
    for reading, publisher in zip(readings, publishers_of(readings), strict=True):
        citation, cited = reading.citation, _cited(reading, publisher)
        differing = [name for name, value in cited.items() if getattr(citation, name) != value]
        for name in differing:
            setattr(citation, name, cited[name])
        if differing:
            citation.save(update_fields=differing)
        if not {"publisher", "captured_on", "figures_of"}.isdisjoint(differing):
            moved.append(citation.pk)
    return moved


def _cited(reading: PageReading, publisher: Publisher) -> dict[str, Any]:
    """What the page states of itself, else what a person entered."""
    page, stated = reading.page, reading.fitted.citation
    return {
        "publisher": publisher,
        "title": stated["title"],
        "url": stated["url"] or page.url,
        "captured_on": page.captured_on,
        "figures_of": reading.parsed.figures_of,
        "sample": page.sample,
        "loaded_at": page.loaded_at,
        "licence": stated["licence"] or page.licence,
        "licence_url": stated["licence_url"] or page.licence_url,
        "digest": page.digest,
    }


def publishers_of(readings: Sequence[PageReading]) -> list[Publisher]:
    """Whose each page is: its own source line or address tells, else the person who loads it, else its layout."""
    publisher_names = [publisher_name(reading) for reading in readings]
    publishers = names.get_or_create_publishers(set(publisher_names))
    return [publishers[name] for name in publisher_names]


def publisher_name(reading: PageReading) -> str:
    by_page = " ".join(storable(reading.parsed.publisher).split())[:120]
    stated = reading.parsed.url or reading.parsed.licence
    return (by_page if stated else reading.page.publisher or by_page) or "Unknown publisher"


def _keep_pages(readings: Iterable[PageReading]) -> None:
    new: list[Page] = []
    again: list[Page] = []
    for reading in readings:
        page, parsed, fitted = reading.page, reading.parsed, reading.fitted
        warnings = sorted({*parsed.warnings, *fitted.warnings}, key=_place)
        page.layout = parsed.layout
        page.cut_line = parsed.cut_line
        page.warnings = [_json(each) for each in warnings]
        page.ambiguous = [_json(each) for each in parsed.ambiguous]
        page.unread = [_json(each) for each in (*parsed.unread, *fitted.unread)]
        page.waiting = bool(parsed.ambiguous) or any(each.code == "split-by-spelling" for each in warnings)
        page.needs_reread = False
        (new if page.pk is None else again).append(page)
    Page.objects.bulk_create(new)
    if again:
        as_it_came = {"id", "content", "digest", "loaded_at"}
        rest = [each.name for each in Page._meta.concrete_fields if each.name not in as_it_came]
        update_columns(again, rest)


def _place(warning: PageWarning) -> tuple[int, str, str, str, str]:
    return (warning.line, warning.code, warning.role or "", warning.field or "", warning.message)


def _json(value: Any) -> Any:
    """Facts as JSON that every database takes."""
    if is_dataclass(value):
        return {each.name: _json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    return storable(value) if isinstance(value, str) else value


# -- rows -------------------------------------------------------------------------------------


def _desired(readings: Iterable[PageReading], roles: dict[str, Role]) -> Rows:
    desired: Rows = {}
    listed: list[RoleSkill] = []
    for reading in readings:
        for fitted in reading.fitted.roles:
            for group, rows in fitted.groups.items():
                role = roles[fitted.key]
                for row in rows:
                    row.role, row.citation = role, reading.citation
                    if isinstance(row, RoleSkill):
                        listed.append(row)
                desired[reading.citation.pk, role.pk, group] = rows
    skills = names.get_or_create_skills({row.name for row in listed})
    for row in listed:
        row.skill = skills[identity(row.name)]
    return desired


def _stored(citations: Iterable[Citation]) -> Rows:
    """The rows that pages which are read again have already."""
    by_id = {citation.pk: citation for citation in citations}
    stored: Rows = {}
    for group, table in TABLES.items() if by_id else ():
        for row in table._default_manager.filter(citation__in=by_id):
            row.citation = by_id[row.citation_id]
            stored.setdefault((row.citation_id, row.role_id, group), []).append(row)
    return stored


def _differing(desired: Rows, stored: Rows) -> dict[int, list[Key]]:
    """Citation id -> what is not stored as it should be, in page order."""
    found: dict[int, list[Key]] = {}
    for key in dict.fromkeys((*desired, *stored)):
        new, old = desired.get(key, []), stored.get(key, [])
        if len(new) != len(old) or any(_content(row) != _content(was) for row, was in zip(new, old, strict=True)):
            found.setdefault(key[0], []).append(key)
    return found


def _current(roles: dict[int, Role], differing: dict[int, list[Key]]) -> dict[tuple[int, str], Candidate]:
    """What is current of these roles in the groups that are about to be written."""
    standings: dict[tuple[int, str], Candidate] = {}
    for group in TABLES:
        ids = {role for keys in differing.values() for (_, role, of) in keys if of == group}
        standings |= current.current_candidates([roles[role] for role in ids], [group])
    return standings


def _write(differing: dict[int, list[Key]], desired: Rows, stored: Rows) -> None:
    """Bring the tables from what is stored to what is desired."""
    gone_skills: set[int] = set()
    for group, table in TABLES.items():
        create: list[FactRow] = []
        update: list[FactRow] = []
        delete: list[FactRow] = []
        for key in (key for keys in differing.values() for key in keys if key[2] == group):
            new, old = desired.get(key, []), stored.get(key, [])
            if group in ONE_ROW_GROUPS and new and old:  # pointers to the row stay
                new[0].pk = old[0].pk
                update += new
            else:
                create += new
                delete += old
        gone_skills |= {row.skill_id for row in delete if isinstance(row, RoleSkill)}
        if delete:
            table._default_manager.filter(pk__in=[row.pk for row in delete]).delete()
        table._default_manager.bulk_create(create)
        update_columns(update, [*FIELDS.get(group, ()), "evidence"])
    names.clean_up_skills(gone_skills)


def _content(row: FactRow) -> list[Any]:
    """All that a page says in a row, without what other pages say of it."""
    kept = ("id", "role", "citation", "evidence")
    own = [getattr(row, each.attname) for each in row._meta.concrete_fields if each.name not in kept]
    return [*own, without_agreement(row.evidence)]


# -- what else a page brings ------------------------------------------------------------------


def _mention(readings: Sequence[PageReading], again: Sequence[Page], roles: dict[str, Role]) -> None:
    if again:
        Mention.objects.filter(page__in=again).delete()
    Mention.objects.bulk_create(
        Mention(page=reading.page, role=roles[each.key], title=each.title, key=each.key, by_prose=each.by_prose)
        for reading in readings
        for each in reading.fitted.roles
        if each.groups
    )


def _ask(readings: Sequence[PageReading], again: Sequence[Page]) -> None:
    if again:
        Question.objects.filter(page__in=again).delete()
    Question.objects.bulk_create(
        Question(
            page=reading.page,
            key=asked.key[:160],
            field=asked.field,
            raw=storable(asked.raw),
            by_spelling=asked.by_spelling,
        )
        for reading in readings
        for asked in reading.asked
    )


def learn_names(readings: Collection[PageReading]) -> None:
    """Keep the names that these pages have in cells of their own, and those a person chose for them."""
    told = {(learned.kind, learned.name) for reading in readings for learned in reading.parsed.learned}.union(
        *(chosen_names(reading.page.choices) for reading in readings)
    )
    learned = {(kind, name) for kind, name in told if fits(KnownName, "name", name)}
    known = KnownName.objects.filter(name__in={name for _, name in learned}).values_list("kind", "name")
    new = [KnownName(kind=kind, name=name) for kind, name in sorted(learned - set(known))]
    KnownName.objects.bulk_create(new, ignore_conflicts=True)  # a person may enter the same name just now


# -- what is current, and what changed --------------------------------------------------------


def _choose(
    changed: RoleChanges,
    keys: Iterable[Key],
    roles: dict[int, Role],
    desired: Rows,
    stored: Rows,
    standings: dict[tuple[int, str], Candidate],
    later: Collection[int],
) -> None:
    """Point the roles to their best rows now that these of one page were written.

    `later`: citations of the pages that come after it, which do not count yet.
    """
    for key in keys:
        _, role_id, group = key
        role, before, after = roles[role_id], standings.get((role_id, group)), None
        if key not in stored and desired[key][0].citation.publisher.taken_down_at is None:
            rows = desired[key]
            after = current.choose_with_new(before, current.make_candidate(group, rows[0].citation, rows))
        if after is None:
            after = current.best_stored_candidate(role_id, group, without=later)
        if after is before:
            continue
        current.set_pointer(role, group, after)
        values, new_values = _values(group, before), _values(group, after)
        for field in {**values, **new_values}:
            note_change(changed, role.slug, field, values.get(field), new_values.get(field))
        if after:
            standings[role_id, group] = after
        else:
            standings.pop((role_id, group), None)


def _values(group: str, standing: Candidate | None) -> dict[str, Any]:
    """Vocabulary key -> value of what is current in a group."""
    if standing is None:
        return {}
    rows: Any = standing.rows
    if group in FIELDS:
        return {KEY_OF[group, name]: getattr(rows[0], name) for name in FIELDS[group]}
    if group == "skills":
        return {"skills": [(row.name, row.kind, row.rank, row.percent, row.tier) for row in rows]}
    if group == "duties":
        return {"duties": [row.text for row in rows], "duties_truncated": rows[-1].truncated}
    return {"sections": [(row.heading, row.blocks) for row in rows]}


def _respell(readings: Iterable[PageReading], roles: dict[str, Role]) -> None:
    """A page may spell a role better than those before it."""
    told: dict[int, RoleChanges] = {}
    differing: dict[int, Role] = {}
    for reading in readings:
        for fitted in reading.fitted.roles:
            role = roles.get(fitted.key)
            if role and fitted.groups and fitted.key == names.role_key(role) and fitted.title != role.title:
                differing[role.pk] = role
                told.setdefault(role.pk, reading.changed)
    before = {role.pk: role.title for role in differing.values()}
    for role in names.respell_roles(differing.values()):
        note_change(told[role.pk], role.slug, "title", before[role.pk], role.title)
