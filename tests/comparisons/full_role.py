"""Stores a role in which every field has a value of its own."""

from decimal import Decimal
from typing import Any

from django.db.models import CharField, DecimalField, TextField

from careers.models import Role
from careers.vocabulary import FIELDS, ONE_ROW_GROUPS
from tests.comparisons.stored_roles import LEAD, read_fixture_facts, store_role_from

_GROUP_KEYS = {"preparation": "entry"}


def make_facts_with_every_field() -> dict[str, Any]:
    facts: dict[str, Any] = {"title": "Full Role", "publisher": "Zippia", "page": "full"}
    number = 0
    for group in ONE_ROW_GROUPS:
        related: Any = Role._meta.get_field(group).related_model
        for name in FIELDS[group]:
            number += 1
            value = _make_value(related._meta.get_field(name), number)
            if group == "profile":
                facts[name] = value
            else:
                facts.setdefault(_GROUP_KEYS.get(group, group), {})[name] = value
    facts["work_life"] = {key: facts.pop(key) for key in ("stress_level", "balance_rating")}
    facts["job_zone"] = {"job_zone": 4}
    facts["salary"] |= {"annual_low": 1, "annual_high": 2}
    facts["entry"] |= {"months_low": 12, "months_high": 24}
    lists = ("skills", "duties", "sections")
    return facts | {key: read_fixture_facts()[LEAD].get(key) or [] for key in lists}


def _make_value(field: object, number: int) -> Any:
    if isinstance(field, CharField | TextField):
        return f"text {number}"
    return f"{Decimal(number) / 10}" if isinstance(field, DecimalField) else number


def store_role_with_every_field() -> Role:
    return store_role_from(make_facts_with_every_field())
