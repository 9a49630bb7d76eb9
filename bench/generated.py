"""Many roles that look like stored ones, for measuring; never written to a database that anyone uses.

The database copies the rows itself, in a few statements for each pattern: made one by one in Python, those of 100,000
roles would take a quarter of an hour.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from careers.models import (
    Citation,
    Demographics,
    Duty,
    FactRow,
    Listing,
    Outlook,
    Preparation,
    Profile,
    Publisher,
    Role,
    RoleSkill,
    SalaryStats,
    Section,
    TitleWord,
    identity,
    slug_for,
)
from ingest.loading.list_rows import COPIED_FIELDS, update_listings

FACTS: dict[str, type[FactRow]] = {
    "salary": SalaryStats,
    "outlook": Outlook,
    "preparation": Preparation,
    "demographics": Demographics,
    "profile": Profile,
}
LISTS: dict[str, type[FactRow]] = {"skills": RoleSkill, "duties": Duty, "sections": Section}
# Of one role all pay is so much more or less than its pattern's: no less than 0.7 times, no more than 1.4 times.
FACTOR = "(0.7 + 0.7 * ((r.id * 7919) % 10007) / 10007.0)"
PAY = ("annual_average", "annual_low", "annual_high")
AT_ONCE = 10_000


class Made(NamedTuple):
    """New roles and citations have numbers that follow each other, from these on; two roles stand on a page."""

    first: int
    roles: int
    citation: int
    patterns: int

    @property
    def where(self) -> str:
        return f"r.id BETWEEN {self.first} AND {self.first + self.roles - 1}"

    def like(self, place: int) -> str:
        return f"{self.where} AND (r.id - {self.first}) % {self.patterns} = {place}"


def generate(count: int) -> QuerySet[Role]:
    """Adds roles that hold all that the stored ones hold, their pay varied, two to a page."""
    patterns = list(Role.objects.with_facts().order_by("pk"))
    publisher = Publisher.objects.earliest("pk")
    now = timezone.now()
    citations = Citation.objects.bulk_create(
        [
            Citation(publisher=publisher, title=f"Page {number}", loaded_at=now, digest=f"{number:064x}")
            for number in range((count + 1) // 2)
        ],
        batch_size=AT_ONCE,
    )
    titles = [f"{patterns[number % len(patterns)].title} {number}" for number in range(count)]
    roles = [Role(title=title, key=identity(title), slug=slug_for(title)) for title in titles]
    for number, role in enumerate(roles):
        for group in LISTS:
            if getattr(patterns[number % len(patterns)], f"{group}_citation"):
                setattr(role, f"{group}_citation", citations[number // 2])
    Role.objects.bulk_create(roles, batch_size=AT_ONCE)
    made = Made(roles[0].pk, count, citations[0].pk, len(patterns))
    if [roles[-1].pk, citations[-1].pk] != [made.first + count - 1, made.citation + (count - 1) // 2]:
        raise ValueError("The database numbered the new rows with gaps.")
    for start in range(0, count, AT_ONCE):
        TitleWord.add({role.pk: [role.title] for role in roles[start : start + AT_ONCE]})
    with connection.cursor() as cursor:
        for place, pattern in enumerate(patterns):
            for statement in copying(pattern, made.like(place), made):
                cursor.execute(statement)
        cursor.execute(pointing(made))
        update_listings([role.pk for role in roles[: len(patterns)]])  # as loading makes them; the others copy these
        for place, role in enumerate(roles[: len(patterns)]):
            cursor.execute(listing(role, made.like(place)))
    return Role.objects.filter(pk__gte=made.first).order_by("pk").select_related("salary")


def copying(pattern: Role, alike: str, made: Made) -> Iterator[str]:
    """What the pattern has now, once more for each role that is to be like it."""
    shown = [(model, row.citation_id) for group, model in FACTS.items() if (row := getattr(pattern, group))]
    listed = [(model, getattr(pattern, f"{group}_citation_id")) for group, model in LISTS.items()]
    citation = f"{made.citation} + (r.id - {made.first}) / 2"
    for model, cited in [*shown, *((model, cited) for model, cited in listed if cited)]:
        values = {name: f"p.{name}" for name in columns(model)} | {"role_id": "r.id", "citation_id": citation}
        values |= {name: varied(f"p.{name}") for name in PAY if name in values}
        source = f"{table(Role)} AS r, {table(model)} AS p"
        yield inserting(
            model, values, f"{source} WHERE p.role_id = {pattern.pk} AND p.citation_id = {cited} AND {alike}"
        )


def pointing(made: Made) -> str:
    """Each new role has one row of a group at most, and it is current."""
    own = "(SELECT g.id FROM {} AS g WHERE g.role_id = r.id)"
    pointers = ", ".join(f"{group}_id = {own.format(table(model))}" for group, model in FACTS.items())
    return f"UPDATE {table(Role)} AS r SET {pointers} WHERE {made.where}"


def listing(like: Role, alike: str) -> str:
    """The listing of the first such role for the others; what was varied comes from their own pay."""
    values = {name: f"l.{name}" for name in columns(Listing)}
    values |= {"role_id": "r.id"} | {name: f"r.{name}" for name in ("title", "key", "slug")}
    values |= {name: f"s.{field}" for name, (group, field) in COPIED_FIELDS.items() if group == "salary"}
    source = f"{table(Role)} AS r LEFT JOIN {table(SalaryStats)} AS s ON s.id = r.salary_id, {table(Listing)} AS l"
    return inserting(Listing, values, f"{source} WHERE l.role_id = {like.pk} AND r.id <> {like.pk} AND {alike}")


def varied(column: str) -> str:
    return f"CAST(ROUND({column} * {FACTOR}) AS integer)"


def inserting(model: type[Model], values: Mapping[str, str], source: str) -> str:
    return f"INSERT INTO {table(model)} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}"


def columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]


def table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
