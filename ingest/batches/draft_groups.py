"""Which pages can be previewed together: those of which none changes the preview of another."""

from collections.abc import Collection, Mapping
from itertools import chain

from careers.names import make_slug
from ingest.loading.names import find_roles
from ingest.loading.read import PageReading
from ingest.models import Mention

# What two pages must not have in common: keys of titles, keys of stored roles, slugs without their numbers.
Marks = set[str | int]
# Other pages can change what is read from a table.
_TABLES = ("table", "plain-table")


def is_independent(reading: PageReading, decided: Collection[str]) -> bool:
    """Whether other pages cannot change how a page is read, and stored roles alone say what its titles mean.

    `decided`: keys of titles for which a person said which role they mean.
    """
    if reading.questions or reading.parsed.layout in _TABLES:
        return False
    return not any(role.key in decided for role in reading.fitted.roles)


def group_independent(readings: Mapping[int, PageReading]) -> list[list[int]]:
    """The keys of independent readings in groups of pages about different roles."""
    groups: list[list[int]] = []
    marks_of_groups: list[Marks] = []
    for key, marks in _find_marks(readings).items():
        number = 0
        while number < len(groups) and not marks.isdisjoint(marks_of_groups[number]):
            number += 1
        if number == len(groups):
            groups.append([])
            marks_of_groups.append(set())
        groups[number].append(key)
        marks_of_groups[number] |= marks
    return groups


def _find_marks(readings: Mapping[int, PageReading]) -> dict[int, Marks]:
    titles: dict[int, dict[str, str]] = {}
    for key, reading in readings.items():
        titles[key] = {role.key: role.title for role in reading.fitted.roles}
    stored = find_roles(set(chain.from_iterable(titles.values())))
    marks: dict[int, Marks] = {}
    for key, of_page in titles.items():
        marks[key] = {*of_page}
        for title_key, title in of_page.items():
            marks[key].add(_drop_number(make_slug(title)))
            if title_key in stored:
                marks[key].add(stored[title_key].pk)
    _mark_mentioned_roles(marks, readings)
    return marks


def _mark_mentioned_roles(marks: Mapping[int, Marks], readings: Mapping[int, PageReading]) -> None:
    """Add the roles about which stored pages say something now: reading a page again can change or delete them."""
    keys = {reading.page.pk: key for key, reading in readings.items() if reading.page.pk}
    mentions = Mention.objects.filter(page__in=keys).order_by().values_list("page", "role", "role__slug")
    for page, role, slug in mentions:
        marks[keys[page]] |= {role, _drop_number(slug)}


def _drop_number(slug: str) -> str:
    """Of two new roles with one slug, the second gets a number."""
    return slug.rstrip("0123456789").rstrip("-")
