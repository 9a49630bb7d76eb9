"""What is stored about a page besides its facts: its citation, the page itself, mentions, open questions and names."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Model

from careers.bulk import create_rows, make_row, update_columns
from careers.models import AllJobsFigure, AreaPrice, Citation, Publisher, Role
from careers.vocabulary import ALL_JOBS, ALL_JOBS_FIELDS, AREA_PRICE_FIELDS, AREA_PRICES
from ingest.loading.bounds import fits, make_storable
from ingest.loading.changes import note_change
from ingest.loading.questions import list_chosen_names, store_names
from ingest.loading.read import PageReading, find_publishers
from ingest.models import KnownName, Mention, Page, Question
from ingest.parsing.parse_page import READER_VERSION
from ingest.parsing.parsed_page import PageWarning

# -- citations ---------------------------------------------------------------------------------


def create_citations(readings: Sequence[PageReading]) -> None:
    citations = []
    for reading, publisher in zip(readings, find_publishers(readings), strict=True):
        citations.append(Citation(**_make_citation_fields(reading, publisher)))
    create_rows(citations)
    for reading, citation in zip(readings, citations, strict=True):
        reading.page.citation = citation  # it has a key only now


def update_citations(readings: Sequence[PageReading]) -> set[int]:
    """Update the citations of pages that were read again. Return the keys of those that may now rank differently."""
    reranked = set()
    for reading, publisher in zip(readings, find_publishers(readings), strict=True):
        citation, citation_fields = reading.citation, _make_citation_fields(reading, publisher)
        differing = [name for name, value in citation_fields.items() if getattr(citation, name) != value]
        for name in differing:
            setattr(citation, name, citation_fields[name])
        if differing:
            citation.save(update_fields=differing)
        if not {"publisher", "captured_on", "figures_of"}.isdisjoint(differing):
            reranked.add(citation.pk)
    return reranked


def _make_citation_fields(reading: PageReading, publisher: Publisher) -> dict[str, Any]:
    """What the page states about itself takes precedence over what a person entered."""
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
        # A cut table lost rows of other occupations, and nothing of those above the cut.
        "cut_line": None if reading.parsed.layout == "table" else reading.parsed.cut_line,
    }


# -- pages ------------------------------------------------------------------------------------

_FIXED = {"id", "content", "digest", "loaded_at"}
_UPDATED = [column.name for column in Page._meta.concrete_fields if column.name not in _FIXED]


def save_pages(readings: Iterable[PageReading]) -> None:
    new: list[Page] = []
    stored: list[Page] = []
    for reading in readings:
        _copy_findings(reading)
        if reading.page.pk:
            stored.append(reading.page)
        else:
            new.append(reading.page)
    create_rows(new)
    update_columns(stored, _UPDATED)


def _copy_findings(reading: PageReading) -> None:
    page, parsed, fitted = reading.page, reading.parsed, reading.fitted
    warnings = sorted({*parsed.warnings, *fitted.warnings}, key=_rank_warning)
    page.layout = parsed.layout
    page.cut_line = parsed.cut_line
    page.reader_version = READER_VERSION
    page.warnings = [_as_json(warning) for warning in warnings]
    page.ambiguous = [_as_json(value) for value in parsed.ambiguous]
    page.unread = [_as_json(line) for line in (*parsed.unread, *fitted.unread)]
    page.waiting = bool(parsed.ambiguous) or any(warning.code == "split-by-spelling" for warning in warnings)
    page.needs_reread = False


def _rank_warning(warning: PageWarning) -> tuple[Any, ...]:
    return (warning.line, warning.code, warning.role or "", warning.field or "", warning.message)


def _as_json(value: Any) -> Any:
    """A dataclass as JSON that every database takes."""
    if is_dataclass(value):
        return {field.name: _as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    return make_storable(value) if isinstance(value, str) else value


# -- facts of no role -------------------------------------------------------------------------


class _RolelessTable(NamedTuple):
    """A table whose rows belong to no role. `name`: the attribute of a fitted page. `order`: the field by which rows
    are sorted. `fields`: what readers see."""

    name: str
    model: type[AreaPrice | AllJobsFigure]
    order: str
    fields: tuple[str, ...]

    def contents(self, rows: Iterable[Model]) -> list[tuple[Any, ...]]:
        return [tuple(getattr(row, name) for name in (*self.fields, "evidence")) for row in rows]

    def values(self, rows: Iterable[Model]) -> list[tuple[Any, ...]] | None:
        """What readers see of rows; None if there are none."""
        return [tuple(getattr(row, name) for name in self.fields) for row in rows] or None


_ROLELESS = (
    _RolelessTable(AREA_PRICES, AreaPrice, "fips", AREA_PRICE_FIELDS),
    _RolelessTable(ALL_JOBS, AllJobsFigure, "key", ALL_JOBS_FIELDS),
)


def replace_facts_of_no_role(readings: Collection[PageReading], reread: Collection[PageReading]) -> None:
    """Store what the pages say about states and all jobs, and note what changes. Queries decide which are current.

    `reread`: pages that may have some already.
    """
    for table in _ROLELESS:
        _replace_rows(table, readings, reread)


def _replace_rows(table: _RolelessTable, readings: Iterable[PageReading], reread: Collection[PageReading]) -> None:
    rows = table.model._default_manager
    stored: dict[int, list[Model]] = {}
    if reread:
        for row in rows.filter(citation__in=[reading.citation for reading in reread]):
            stored.setdefault(row.citation_id, []).append(row)
    order = attrgetter(table.order)
    for reading in readings:
        before, after = stored.get(reading.citation.pk, []), sorted(getattr(reading.fitted, table.name), key=order)
        if table.contents(before) == table.contents(after):
            continue
        rows.filter(citation=reading.citation).delete()
        for row in after:
            row.citation = reading.citation
        create_rows(after)
        note_change(reading.changes, "", table.name, table.values(before), table.values(after))


# -- mentions, questions and names ------------------------------------------------------------


def replace_mentions(readings: Iterable[PageReading], reread: Collection[PageReading], roles: dict[str, Role]) -> None:
    """Store which roles the pages mention. `reread`: those with mentions already; `roles`: title key -> role."""
    if reread:  # even queries about nothing take time to build
        Mention.objects.filter(page__in=[reading.page for reading in reread]).delete()
    mentions = []
    for reading in readings:
        for fitted in reading.fitted.roles:
            if fitted.groups:
                keys = {"page_id": reading.page.pk, "role_id": roles[fitted.key].pk, "key": fitted.key}
                how = {"by_prose": fitted.by_prose, "joined": fitted.joined}
                mentions.append(make_row(Mention, **keys, title=fitted.title, **how))
    create_rows(mentions)


def replace_questions(readings: Iterable[PageReading], reread: Collection[PageReading]) -> None:
    """Store what the pages leave open. `reread`: those with questions already."""
    if reread:
        Question.objects.filter(page__in=[reading.page for reading in reread]).delete()
    questions = []
    for reading in readings:
        for question in reading.questions:
            row = Question(page=reading.page, key=question.key[:160], field=question.field)
            row.raw, row.by_spelling = make_storable(question.raw), question.by_spelling
            questions.append(row)
    create_rows(questions)


def learn_names(readings: Collection[PageReading]) -> None:
    """Store the names that these pages have in cells of their own, and those that a person chose for them."""
    learned: set[tuple[str, str]] = set()
    for reading in readings:
        learned.update((name.kind, name.name) for name in reading.parsed.learned)
        learned |= list_chosen_names(reading.page.choices)
    store_names([(kind, name) for kind, name in learned if fits(KnownName, "name", name)])
