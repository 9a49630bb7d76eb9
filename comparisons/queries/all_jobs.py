"""Figures of all jobs together, and which of them can stand beside those of a role."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from careers.models import AllJobsFigure
from careers.vocabulary import PERCENT, STORED_IN, USD_AN_HOUR, unit_of
from comparisons.queries.cited_pages import CITED, build_cited_page
from comparisons.queries.current_role import AllJobsEntry, CurrentRole
from comparisons.queries.revision import compute_once


class StoredFigure(NamedTuple):
    """`group`: where roles have the figure of this key."""

    key: str
    group: str
    entry: AllJobsEntry


def read_all_jobs(revision: int) -> tuple[StoredFigure, ...]:
    """Every figure of all jobs, of all releases. Read once per revision, in one query."""
    return compute_once("all jobs", revision, lambda: tuple(_read_figures()))


def _read_figures() -> Iterator[StoredFigure]:
    """If a release has several tables, the first counts; samples come last."""
    stored = AllJobsFigure.objects.filter(citation__publisher__taken_down_at=None)
    stored = stored.order_by("citation__sample", "citation__digest", "key")
    for key, value, evidence, *columns in stored.values_list(
        "key", "value", "evidence", *[f"citation__{column}" for column in CITED]
    ):
        if key in STORED_IN:
            is_whole = unit_of(key) not in (PERCENT, USD_AN_HOUR)
            entry = AllJobsEntry(int(value) if is_whole else value, evidence, build_cited_page(columns))
            yield StoredFigure(key, STORED_IN[key][0], entry)


def add_all_jobs(roles: Iterable[CurrentRole]) -> list[CurrentRole]:
    """The same roles, official occupations with the figures of all jobs that can stand beside theirs.

    These are of the same publisher and release as the figures of the role, and of the whole country.
    """
    filled = []
    for role in roles:
        stored = read_all_jobs(role.revision) if role.soc_code else ()
        filled.append(role._replace(all_jobs=dict(_choose_figures(role, stored))) if stored else role)
    return filled


def _choose_figures(role: CurrentRole, stored: Iterable[StoredFigure]) -> dict[str, AllJobsEntry]:
    beside: dict[str, AllJobsEntry] = {}
    for key, group, entry in stored:
        facts = role.groups.get(group)
        if facts is None or facts.source.area:
            continue
        is_same_table = facts.source.pk == entry.source.pk
        of_release = (facts.source.publisher_pk, facts.source.figures_of)
        if is_same_table or (key not in beside and is_of_release(entry, *of_release)):
            beside[key] = entry
    return beside


def is_of_release(entry: AllJobsEntry, publisher: int, release: date | None) -> bool:
    """Whether a figure is of this publisher and month; figures of an unknown month are of no release."""
    return release is not None and (entry.source.publisher_pk, entry.source.figures_of) == (publisher, release)


def find_all_jobs(revision: int, key: str, publisher: int, release: date | None) -> AllJobsEntry | None:
    """The figure of all jobs of one release of a publisher; None where it gives none."""
    for figure in read_all_jobs(revision):
        if figure.key == key and is_of_release(figure.entry, publisher, release):
            return figure.entry
    return None
