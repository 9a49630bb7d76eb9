"""Many roles that look like stored ones, for measuring; never written to a database that anyone uses."""

import random
from collections.abc import Iterable, Sequence
from copy import copy

from django.db.models.base import ModelState
from django.utils import timezone

from careers.models import (
    ONE_ROW_GROUPS,
    Citation,
    Duty,
    FactRow,
    Publisher,
    Role,
    RoleSkill,
    Section,
    TitleWord,
    identity,
    slug_for,
)
from ingest.loading.listing import keep_listings

PAY = ("annual_average", "annual_low", "annual_high")
LISTS: dict[str, type[FactRow]] = {"skills": RoleSkill, "duties": Duty, "sections": Section}


def generate(count: int) -> list[Role]:
    """Adds roles that hold all that the stored ones hold, their pay varied, two to a page."""
    patterns = list(Role.objects.with_facts().order_by("pk"))
    publisher = Publisher.objects.earliest("pk")
    citations = Citation.objects.bulk_create(
        Citation(publisher=publisher, title=f"Page {number}", loaded_at=timezone.now(), digest=f"{number:064x}")
        for number in range((count + 1) // 2)
    )
    titles = [f"{patterns[number % len(patterns)].title} {number}" for number in range(count)]
    roles = Role.objects.bulk_create(Role(title=title, key=identity(title), slug=slug_for(title)) for title in titles)
    TitleWord.add({role.pk: [role.title] for role in roles})

    for first, pattern in enumerate(patterns):
        copies = [(roles[number], citations[number // 2]) for number in range(first, count, len(patterns))]
        for group in ONE_ROW_GROUPS:
            if row := getattr(pattern, group):
                for new in store([row], copies):
                    setattr(new.role, group, new)
        for group, model in LISTS.items():
            citation = getattr(pattern, f"{group}_citation")
            if citation:
                store(model._default_manager.filter(role=pattern, citation=citation), copies)
                for role, own in copies:
                    setattr(role, f"{group}_citation", own)

    pointers = [*ONE_ROW_GROUPS, *(f"{group}_citation" for group in LISTS)]
    Role.objects.bulk_update(roles, pointers, batch_size=100)
    for start in range(0, count, 500):
        keep_listings([role.pk for role in roles[start : start + 500]])
    return roles


def store(rows: Iterable[FactRow], copies: Sequence[tuple[Role, Citation]]) -> list[FactRow]:
    """Each row once more for each role and citation."""
    chance = random.Random(20)  # noqa: S311 - the same roles every time is what is wanted
    made = []
    for row in rows:
        for role, citation in copies:
            new = copy(row)
            new.pk, new._state = None, ModelState()
            new.role, new.citation = role, citation
            factor = chance.uniform(0.7, 1.4)
            for name in PAY:
                if getattr(new, name, None) is not None:
                    setattr(new, name, round(getattr(new, name) * factor))
            made.append(new)
    return type(made[0])._default_manager.bulk_create(made, batch_size=1000) if made else []
