"""Roles with a few figures, as the lists of all roles show them."""

from decimal import Decimal
from typing import Any

from careers.models import Listing, Role
from comparisons.queries import listings
from tests.comparisons.stored_roles import store_role_from


def store_listed_role(title: str, **figures: Any) -> Role:
    """A role of Zippia with these figures of a list, and nothing else."""
    facts: dict[str, Any] = {"title": title, "publisher": "Zippia"}
    names = {
        "pay": ("salary", "annual_average"),
        "low": ("salary", "annual_low"),
        "high": ("salary", "annual_high"),
        "jobs": ("outlook", "job_count"),
        "growth": ("outlook", "growth_percent"),
        "projected_growth": ("projection", "growth_percent"),
        "base_year": ("projection", "base_year"),
        "target_year": ("projection", "target_year"),
        "months_low": ("entry", "months_low"),
        "months_high": ("entry", "months_high"),
        "years": ("entry", "years_of_experience"),
        "education": ("requirements", "education"),
    }
    for name, value in figures.items():
        if name == "group":
            facts["occupation_group"] = value
        else:
            group, field = names[name]
            facts.setdefault(group, {})[field] = value
    return store_role_from({"summary": "They work."} | facts)


def store_many_roles(count: int) -> None:
    """Roles in the list of a publisher that has one already, with pay, jobs and growth of all sizes."""
    roles = Role.objects.bulk_create(
        Role(title=f"Made {number}", key=f"made {number}", slug=f"made-{number}") for number in range(count)
    )
    publisher = listings.list_publishers(-1)[0].pk
    Listing.objects.bulk_create(
        Listing(
            role=role,
            publisher_id=publisher,
            title=role.title,
            key=role.key,
            slug=role.slug,
            pay=30_000 + 37 * number % 70_000,
            jobs=10 + number * number,
            growth=Decimal(number % 13),
        )
        for number, role in enumerate(roles)
    )
