"""Generates many roles from the stored ones, for measurements on a temporary database.

The database copies the rows itself, in a few statements for each pattern: creating the rows of 100,000 roles in Python
would take a quarter of an hour.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    renew_terms,
)
from careers.names import make_slug
from careers.spelling import fold_spelling
from ingest.loading.list_rows import COPIED_FIELDS, update_listings

FACTS: dict[str, type[FactRow]] = {
    "salary": SalaryStats,
    "outlook": Outlook,
    "preparation": Preparation,
    "demographics": Demographics,
    "profile": Profile,
}
LISTS: dict[str, type[FactRow]] = {"skills": RoleSkill, "duties": Duty, "sections": Section}
# Scales the pay of a role to between 0.7 and 1.4 times that of its pattern, the same for all its figures.
FACTOR = "(0.7 + 0.7 * ((r.id * 7919) % 10007) / 10007.0)"
PAY = ("annual_average", "annual_low", "annual_high")
BATCH_SIZE = 10_000


class GeneratedRange(NamedTuple):
    """Consecutive primary keys of generated roles and citations, two roles to a citation.

    Role number n, from 0, is a copy of pattern number n modulo `patterns`.
    """

    first_role: int
    roles: int
    first_citation: int
    patterns: int

    @property
    def condition(self) -> str:
        return f"r.id BETWEEN {self.first_role} AND {self.first_role + self.roles - 1}"

    def write_condition(self, pattern: int) -> str:
        """SQL that selects the copies of this pattern."""
        return f"{self.condition} AND (r.id - {self.first_role}) % {self.patterns} = {pattern}"


def generate(count: int) -> QuerySet[Role]:
    """Adds this many roles with the facts of the stored ones but varied pay, two to a citation."""
    patterns = list(Role.objects.with_facts().order_by("pk"))
    citations = _create_citations((count + 1) // 2)
    roles = _create_roles(count, patterns, citations)
    generated = GeneratedRange(roles[0].pk, count, citations[0].pk, len(patterns))
    last_role, last_citation = generated.first_role + count - 1, generated.first_citation + (count - 1) // 2
    if (roles[-1].pk, citations[-1].pk) != (last_role, last_citation):
        raise ValueError("The database numbered the new rows with gaps.")
    with connection.cursor() as cursor:
        for number, pattern in enumerate(patterns):
            for statement in copy_facts(pattern, generated.write_condition(number), generated):
                cursor.execute(statement)
        cursor.execute(set_pointers(generated))
        first_copies = roles[: len(patterns)]
        update_listings([role.pk for role in first_copies])  # as loading does; the other listings are copies of these
        for number, role in enumerate(first_copies):
            cursor.execute(copy_listing(role, generated.write_condition(number)))
    renew_terms([role.pk for role in roles])
    return Role.objects.filter(pk__gte=generated.first_role).order_by("pk").select_related("salary")


def _create_citations(count: int) -> list[Citation]:
    publisher = Publisher.objects.earliest("pk")
    now = timezone.now()
    citations = []
    for number in range(count):
        digest = f"{number:064x}"
        citations.append(Citation(publisher=publisher, title=f"Page {number}", loaded_at=now, digest=digest))
    return Citation.objects.bulk_create(citations, batch_size=BATCH_SIZE)


def _create_roles(count: int, patterns: Sequence[Role], citations: Sequence[Citation]) -> list[Role]:
    roles = []
    for number in range(count):
        pattern = patterns[number % len(patterns)]
        title = f"{pattern.title} {number}"
        role = Role(title=title, key=fold_spelling(title), slug=make_slug(title))
        for group in LISTS:
            if getattr(pattern, f"{group}_citation"):
                setattr(role, f"{group}_citation", citations[number // 2])
        roles.append(role)
    return Role.objects.bulk_create(roles, batch_size=BATCH_SIZE)


def copy_facts(pattern: Role, condition: str, generated: GeneratedRange) -> Iterator[str]:
    """Statements that copy the current facts of the pattern to each role that meets the condition."""
    rows = [(model, getattr(pattern, group)) for group, model in FACTS.items()]
    sources = [(model, row.citation_id) for model, row in rows if row]
    sources += [(model, getattr(pattern, f"{group}_citation_id")) for group, model in LISTS.items()]
    new_citation = f"{generated.first_citation} + (r.id - {generated.first_role}) / 2"
    for model, citation in sources:
        if citation is None:
            continue
        values = {name: f"p.{name}" for name in columns(model)} | {"role_id": "r.id", "citation_id": new_citation}
        values |= {name: f"CAST(ROUND(p.{name} * {FACTOR}) AS integer)" for name in PAY if name in values}
        source = f"{table(Role)} AS r, {table(model)} AS p"
        where = f"p.role_id = {pattern.pk} AND p.citation_id = {citation} AND {condition}"
        yield insert_select(model, values, f"{source} WHERE {where}")


def set_pointers(generated: GeneratedRange) -> str:
    """A statement that makes the one row of each group of a generated role its current row."""
    subquery = "(SELECT g.id FROM {} AS g WHERE g.role_id = r.id)"
    pointers = ", ".join(f"{group}_id = {subquery.format(table(model))}" for group, model in FACTS.items())
    return f"UPDATE {table(Role)} AS r SET {pointers} WHERE {generated.condition}"


def copy_listing(role: Role, condition: str) -> str:
    """A statement that copies this role's listing to the others that meet the condition, with their own pay."""
    values = {name: f"l.{name}" for name in columns(Listing)}
    values |= {"role_id": "r.id"} | {name: f"r.{name}" for name in ("title", "key", "slug")}
    for name, (group, field) in COPIED_FIELDS.items():
        if group == "salary":
            values[name] = f"s.{field}"
    source = f"{table(Role)} AS r LEFT JOIN {table(SalaryStats)} AS s ON s.id = r.salary_id, {table(Listing)} AS l"
    return insert_select(Listing, values, f"{source} WHERE l.role_id = {role.pk} AND r.id <> {role.pk} AND {condition}")


def insert_select(model: type[Model], values: Mapping[str, str], source: str) -> str:
    return f"INSERT INTO {table(model)} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}"


def columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]


def table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
