"""The one serializer: a role as plain data in the project's vocabulary, nested by its dots.

Every key is always there. Numbers are numbers, what is missing is None.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from comparisons.current import FIELDS, CurrentRole, Source
from comparisons.rows import place

_RACE = ("black", "unknown", "hispanic", "asian", "white", "native")

# The vocabulary's keys that hold one value each, in its order.
KEYS = (
    "summary",
    *(f"salary.{field}" for field in FIELDS["salary"]),
    *(f"outlook.{field}" for field in FIELDS["outlook"]),
    "entry.months_low",
    "entry.months_high",
    "entry.years_of_experience",
    "education.degree",
    "education.degree_percent",
    "education.major",
    "education.college",
    "demographics.average_age",
    "demographics.male_percent",
    "demographics.female_percent",
    *(f"demographics.race.{group}_percent" for group in _RACE),
    "demographics.lgbt_percent",
    "work_life.stress_level",
    "work_life.balance_rating",
    "occupation_group",
)
_PLACES = {key: place(key) for key in KEYS}


def role_data(role: CurrentRole) -> dict[str, Any]:
    """One role whole. `evidence` says of each value where it stands; its `source` counts the `sources` from 0."""
    sources = {source.pk: index for index, source in enumerate(role.sources)}
    data: dict[str, Any] = {"title": role.title, "slug": role.slug}
    evidence: dict[str, Any] = {}
    for key, (group, field) in _PLACES.items():
        facts = role.groups.get(group)
        *path, name = key.split(".")
        inside = data
        for step in path:
            inside = inside.setdefault(step, {})
        inside[name] = number(facts.values[field]) if facts else None
        if facts and field in facts.evidence:
            evidence[key] = facts.evidence[field] | {"source": sources[facts.source.pk]}
    return data | {
        "skills": [_without(skill._asdict(), "evidence") for skill in role.skills],
        "duties": [duty.text for duty in role.duties],
        "duties_truncated": any(duty.truncated for duty in role.duties),
        "sections": [{"heading": section.heading, "blocks": section.blocks} for section in role.sections],
        "sources": [source_data(source) for source in role.sources],
        "evidence": evidence,
    }


def comparison_data(roles: Sequence[CurrentRole]) -> dict[str, Any]:
    """The roles in the order of the page."""
    return {"roles": [role_data(role) for role in roles]}


def source_data(source: Source) -> dict[str, Any]:
    return {
        "publisher": source.publisher,
        "title": source.title or None,
        "url": source.url or None,
        "captured_on": source.captured_on.isoformat() if source.captured_on else None,
        "licence": source.licence or None,
        "licence_url": source.licence_url or None,
    }


def number(value: Any) -> Any:
    """A plain JSON number for a decimal, whole where it is whole; anything else as it is.

    >>> number(Decimal("43.56")), number(Decimal("10.00")), number("text"), number(None)
    (43.56, 10, 'text', None)
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _without(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}
