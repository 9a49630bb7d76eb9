"""The questions that pages leave open, and the knowledge that answers them.

A page that is read alone leaves questions open: run-together cells with several readings, or cells that were split by
spelling alone. Names seen in cells elsewhere, figures that other pages give for certain, and a person's choice answer
them. Whether a figure is certain never depends on other pages, so the answers never depend on the order of loading.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from careers.spelling import fold_spelling
from careers.vocabulary import STORED_IN
from ingest.loading.fit import TABLES
from ingest.models import KnownName, Question
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.readers import READER_OF

# Title key -> vocabulary key -> {"text", "by", "on", "line"}: what a person chose, as on Page.
Choices = Mapping[str, Mapping[str, Mapping[str, Any]]]

# A figure that was read in one of these ways is certain from its own page alone, so it can answer another page.
CERTAIN = ("cell", "sentence", "shape", "labelled")

# (title key, vocabulary key) -> values, as in `Knowledge`.
Figures = dict[tuple[str, str], frozenset[Any]]
# Kind -> names, as in `Knowledge`.
Names = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question as `ingest.models.Question` stores it. `key`: of the title; `field`: a vocabulary key."""

    key: str
    field: str
    raw: str
    by_spelling: bool


class PublisherFigure(NamedTuple):
    """A figure that only pages of the same publisher can give."""

    publisher: int
    key: str
    field: str


def find_questions(parsed: ParsedPage) -> list[OpenQuestion]:
    """The questions that a page leaves open when it is read without knowledge of other pages."""
    questions = [OpenQuestion(fold_spelling(value.role), value.field, value.raw, False) for value in parsed.ambiguous]
    for field, reader in READER_OF.items():
        if reader.names is not None:
            questions += _ask_about_spelling(parsed, field)
    return questions


def _ask_about_spelling(parsed: ParsedPage, field: str) -> list[OpenQuestion]:
    """Two questions when the cells of both roles were split by spelling alone.

    Either cell can come first in the row, and the name that answers is at the beginning or the end of the row.
    """
    halves: list[tuple[str, str]] = []
    for role in parsed.roles:
        evidence = role.evidence.get(field)
        if evidence and evidence.how == "boundary":
            halves.append((fold_spelling(role.title), evidence.raw))
    if len(halves) != 2:
        return []
    (first_key, first), (second_key, second) = halves
    return [OpenQuestion(first_key, field, first + second, True), OpenQuestion(second_key, field, second + first, True)]


def make_knowledge(choices: Choices, names: Names | None = None, figures: Figures | None = None) -> Knowledge:
    """What is known when one page is read: the choices made for it, and names and figures of other pages."""
    chosen: dict[tuple[str, str], str | None] = {}
    lines: dict[tuple[str, str], int] = {}
    for key, fields in choices.items():
        for field, choice in fields.items():
            chosen[key, field] = choice["text"]
            if choice.get("line"):
                lines[key, field] = choice["line"]
    return Knowledge(names=names or {}, figures=figures or {}, choices=chosen, chosen_lines=lines)


def store_names(names: Collection[tuple[str, str]]) -> None:
    """Store (kind, name) of names that are not known yet."""
    stored = KnownName.objects.filter(name__in={name for _, name in names}).values_list("kind", "name")
    new = [KnownName(kind=kind, name=name) for kind, name in sorted({*names} - set(stored))]
    KnownName.objects.bulk_create(new, ignore_conflicts=True)  # a person may be entering the same name


def list_chosen_names(choices: Choices) -> set[tuple[str, str]]:
    """(kind, name) of each name that a person chose."""
    names: set[tuple[str, str]] = set()
    for fields in choices.values():
        for field, choice in fields.items():
            reader, text = READER_OF.get(field), choice["text"]
            if reader and reader.names and text:
                names.add((reader.names, text))
    return names


def fetch_known_names() -> Names:
    """Kind -> names that were seen in cells of their own or chosen by a person."""
    names: dict[str, set[str]] = {}
    for kind, name in KnownName.objects.order_by().values_list("kind", "name"):
        names.setdefault(kind, set()).add(name)
    return {kind: frozenset(names_of_kind) for kind, names_of_kind in names.items()}


def fetch_certain_figures(wanted: Iterable[PublisherFigure]) -> dict[int, Figures]:
    """Publisher id -> those of the wanted figures that its pages give for certain. One query for each field."""
    by_field: dict[str, set[PublisherFigure]] = {}
    for figure in wanted:
        if figure.field in STORED_IN:
            by_field.setdefault(figure.field, set()).add(figure)
    values: dict[PublisherFigure, set[Any]] = {}
    for field, figures in by_field.items():
        group, name = STORED_IN[field]
        conditions: dict[str, Any] = {
            "citation__publisher__in": {figure.publisher for figure in figures},
            "citation__page__mentions__key__in": {figure.key for figure in figures},
            "citation__page__mentions__role": F("role"),
            f"evidence__{name}__how__in": CERTAIN,
            f"{name}__isnull": False,
        }
        rows = TABLES[group]._default_manager.filter(**conditions).order_by()
        stored = rows.values_list("citation__publisher", "citation__page__mentions__key", name).distinct()
        for publisher, key, value in stored:
            figure = PublisherFigure(publisher, key, field)
            if figure in figures:
                values.setdefault(figure, set()).add(value)
    by_publisher: dict[int, Figures] = {}
    for figure, figure_values in values.items():
        by_publisher.setdefault(figure.publisher, {})[figure.key, figure.field] = frozenset(figure_values)
    return by_publisher


# -- which pages a new name or a new figure concerns ------------------------------------------


def find_pages_asking_about_names(new: Collection[tuple[str, str]], among: Collection[int] | None = None) -> set[int]:
    """Pages with run-together cells that begin or end with one of these (kind, name).

    `among`: the keys of the pages to search; all pages without it.
    """
    by_kind: dict[str, set[str]] = {}
    for kind, name in new:
        by_kind.setdefault(kind, set()).add(name)
    pages: set[int] = set()
    for field, reader in READER_OF.items():
        names = by_kind.get(reader.names or "")
        if not names:
            continue
        lengths = {len(name) for name in names}
        questions = _limit_to_pages(Question.objects.filter(field=field), among)
        for page, raw in questions.values_list("page", "raw").iterator():
            if page not in pages and _begins_or_ends_with(raw, names, lengths):
                pages.add(page)
    return pages


def _begins_or_ends_with(raw: str, names: set[str], lengths: set[int]) -> bool:
    """`lengths`: those of the names; there are few even if there are many names."""
    return any(raw[:length] in names or raw[-length:] in names for length in lengths)


def find_pages_answered_by_figures(keys: Collection[str], among: Collection[int] | None = None) -> set[int]:
    """Pages with an open question on one of these titles that a stored figure answers.

    `among`: the keys of the pages to search; all pages without it.
    """
    questions = _limit_to_pages(Question.objects.filter(key__in=keys, by_spelling=False), among)
    pages_asking: dict[PublisherFigure, set[int]] = {}
    for page, publisher, key, field in questions.values_list("page", "page__citation__publisher", "key", "field"):
        pages_asking.setdefault(PublisherFigure(publisher, key, field), set()).add(page)
    pages: set[int] = set()
    for publisher, figures in fetch_certain_figures(pages_asking).items():
        for key, field in figures:
            pages |= pages_asking[PublisherFigure(publisher, key, field)]
    return pages


def _limit_to_pages(questions: QuerySet[Question], pages: Collection[int] | None) -> QuerySet[Question]:
    questions = questions.order_by()
    return questions if pages is None else questions.filter(page__in=pages)
