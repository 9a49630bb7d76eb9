"""What pages ask of one another, and what is known to answer them.

A page that is read alone leaves questions: glued cells with several readings, or read by
spelling alone. Names seen in cells elsewhere, figures that other pages give for certain, and
a person's choice answer them. What a page tells for certain never depends on other pages, so
the answers never depend on the order of loading.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from careers.models import identity
from careers.vocabulary import STORED_IN
from ingest.loading.fit import TABLES
from ingest.models import KnownName, Question
from ingest.parsing.facts import Knowledge, ParsedPage
from ingest.parsing.readers import READER_OF

# Title key -> vocabulary key -> {"text", "by", "on"}: what a person chose, as on Page.
Choices = Mapping[str, Mapping[str, Mapping[str, str | None]]]

# How a figure must have been read to answer another page: by its own page alone.
CERTAIN = ("cell", "sentence", "shape", "labelled")

# (title key, vocabulary key) -> values, as in `Knowledge`.
Figures = dict[tuple[str, str], frozenset[Any]]
Names = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question, as `ingest.models.Question` stores it."""

    key: str
    field: str
    raw: str
    by_spelling: bool


def find_questions(parsed: ParsedPage) -> list[OpenQuestion]:
    """What a page leaves open when it is read with nothing known."""
    found = [OpenQuestion(identity(each.role), each.field, each.raw, False) for each in parsed.ambiguous]
    for field, label in READER_OF.items():
        group, name = STORED_IN[field]
        if label.names is None:
            continue
        halves = [
            (role.title, evidence.raw)
            for role in parsed.roles
            if (evidence := getattr(role, group).evidence.get(name)) and evidence.how == "boundary"
        ]
        if len(halves) == 2:
            (first_title, first), (second_title, second) = halves
            # Either can stand first in the row: the names in question begin or end one of these.
            found.append(OpenQuestion(identity(first_title), field, first + second, True))
            found.append(OpenQuestion(identity(second_title), field, second + first, True))
    return found


def known_for_page(choices: Choices, names: Names | None = None, figures: Figures | None = None) -> Knowledge:
    chosen = {(key, field): each["text"] for key, fields in choices.items() for field, each in fields.items()}
    return Knowledge(names=names or {}, figures=figures or {}, choices=chosen)


def chosen_names(choices: Choices) -> set[tuple[str, str]]:
    """(kind, name) of what a person chose where names are asked for."""
    return {
        (label.names, text)
        for fields in choices.values()
        for field, each in fields.items()
        if (label := READER_OF.get(field)) and label.names and (text := each["text"])
    }


def fetch_known_names() -> Names:
    names: dict[str, set[str]] = {}
    for kind, name in KnownName.objects.order_by().values_list("kind", "name"):
        names.setdefault(kind, set()).add(name)
    return {kind: frozenset(found) for kind, found in names.items()}


def fetch_certain_figures(asked: Iterable[tuple[int, str, str]]) -> dict[int, Figures]:
    """Publisher id -> what its pages give for certain, for (publisher id, title key, vocabulary key)."""
    by_field: dict[str, set[tuple[int, str]]] = {}
    for publisher, key, field in asked:
        if field in STORED_IN:
            by_field.setdefault(field, set()).add((publisher, key))
    found: dict[int, dict[tuple[str, str], set[Any]]] = {}
    for field, wanted in by_field.items():
        group, name = STORED_IN[field]
        conditions: dict[str, Any] = {
            "citation__publisher__in": {publisher for publisher, _ in wanted},
            "citation__page__mentions__key__in": {key for _, key in wanted},
            "citation__page__mentions__role": F("role"),
            f"evidence__{name}__how__in": CERTAIN,
            f"{name}__isnull": False,
        }
        rows = TABLES[group]._default_manager.filter(**conditions).order_by()
        told = rows.values_list("citation__publisher", "citation__page__mentions__key", name).distinct()
        for publisher, key, value in told:
            if (publisher, key) in wanted:
                found.setdefault(publisher, {}).setdefault((key, field), set()).add(value)
    return {
        publisher: {place: frozenset(values) for place, values in figures.items()}
        for publisher, figures in found.items()
    }


# -- which pages a new name or a new figure concerns ------------------------------------------


def find_pages_asking_about_names(new: Collection[tuple[str, str]], among: Collection[int] | None = None) -> set[int]:
    """Pages with glued cells that begin or end with one of these (kind, name); of some pages or of all."""
    by_kind: dict[str, set[str]] = {}
    for kind, name in new:
        by_kind.setdefault(kind, set()).add(name)
    pages: set[int] = set()
    for field, label in READER_OF.items():
        names = by_kind.get(label.names or "", set())
        lengths = {len(name) for name in names}
        asked = Question.objects.filter(field=field).order_by().values_list("page", "raw")
        if among is not None:
            asked = asked.filter(page__in=among)
        for page, raw in asked.iterator() if names else ():
            if page not in pages and any(raw[:length] in names or raw[-length:] in names for length in lengths):
                pages.add(page)
    return pages


def find_pages_answered_by_figures(keys: Collection[str], among: Collection[int] | None = None) -> set[int]:
    """Pages with an open question on one of these titles that a stored figure speaks to; of some pages or of all."""
    asked = Question.objects.filter(key__in=keys, by_spelling=False).order_by()
    if among is not None:
        asked = asked.filter(page__in=among)
    open_questions = list(asked.values_list("page", "page__citation__publisher", "key", "field"))
    figures = fetch_certain_figures((publisher, key, field) for _, publisher, key, field in open_questions)
    return {page for page, publisher, key, field in open_questions if (key, field) in figures.get(publisher, {})}


def find_pages_asking_about_titles(keys: Collection[str]) -> set[int]:
    """Pages with an open question on one of these titles: the answer may have gone."""
    return set(Question.objects.filter(key__in=keys, by_spelling=False).values_list("page", flat=True))
