"""What a parsed page says, in the vocabulary, so that it can be set against a reviewed file."""

from decimal import Decimal
from typing import Any

from careers.vocabulary import STORED_IN
from ingest.parsing.facts import RoleFacts


def role_data(role: RoleFacts) -> dict[str, Any]:
    """One role nested by the vocabulary's dots; decimals as floats."""
    found: dict[str, Any] = {"title": role.title}
    for key, (group, name) in STORED_IN.items():
        *path, last = key.split(".")
        place = found
        for step in path:
            place = place.setdefault(step, {})
        value = getattr(getattr(role, group), name)
        place[last] = float(value) if isinstance(value, Decimal) else value
    found["skills"] = [
        {"name": s.name, "kind": s.kind, "rank": s.rank, "percent": s.percent, "tier": s.tier} for s in role.skills
    ]
    found["duties"] = [duty.text for duty in role.duties]
    found["duties_truncated"] = role.duties_truncated
    found["sections"] = [
        {
            "heading": section.heading,
            "blocks": [
                {"type": "paragraph", "text": body} if kind == "paragraph" else {"type": "list", "items": list(body)}
                for kind, body in section.blocks
            ],
        }
        for section in role.sections
    ]
    return found


def differences(expected: Any, actual: Any, path: str = "") -> list[str]:
    """Where what is expected and what is said part ways, one line each.

    A group given as null has no value at all; in a group that is given, what is not listed
    is null; lists are whole.
    """
    if isinstance(actual, dict) and (expected is None or isinstance(expected, dict)):
        keys = actual.keys() if path else (expected or {}).keys()
        unknown = sorted(set(expected or {}) - set(actual))
        return [f"{path}.{key}: not in the vocabulary" for key in unknown] + [
            line
            for key in keys
            if key in actual
            for line in differences((expected or {}).get(key), actual[key], f"{path}.{key}")
        ]
    if isinstance(expected, list) and isinstance(actual, list):
        found = [] if len(expected) == len(actual) else [f"{path}: {len(expected)} expected, {len(actual)} read"]
        for place, (one, other) in enumerate(zip(expected, actual, strict=False)):
            if isinstance(one, dict) and isinstance(other, dict):
                found += [
                    line
                    for key, value in one.items()
                    for line in differences(value, other.get(key), f"{path}[{place}].{key}")
                ]
            else:
                found += differences(one, other, f"{path}[{place}]")
        return found
    return [] if expected == actual else [f"{path}: expected {expected!r}, read {actual!r}"]
