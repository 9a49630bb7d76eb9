"""A parsed role as plain data by vocabulary key, and its differences from a reviewed file."""

from decimal import Decimal
from typing import Any

from careers.vocabulary import STORED_IN
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts


def describe_role(role: RoleFacts) -> dict[str, Any]:
    """One role, nested by the dots of the vocabulary keys. Decimals become floats."""
    data: dict[str, Any] = {"title": role.title}
    for key in STORED_IN:
        *path, last = key.split(".")
        group_data = data
        for step in path:
            group_data = group_data.setdefault(step, {})
        value = role.value(key)
        group_data[last] = float(value) if isinstance(value, Decimal) else value
    data["skills"] = [
        {"name": s.name, "kind": s.kind, "rank": s.rank, "percent": s.percent, "tier": s.tier} for s in role.skills
    ]
    data["duties"] = [duty.text for duty in role.duties]
    data["duties_truncated"] = role.duties_truncated
    data["sections"] = [
        {
            "heading": section.heading,
            "blocks": [
                {"type": "paragraph", "text": body} if kind == "paragraph" else {"type": "list", "items": list(body)}
                for kind, body in section.blocks
            ],
        }
        for section in role.sections
    ]
    return data


def describe_roles(page: ParsedPage) -> list[dict[str, Any]]:
    """What a page says of its roles: two pages that say the same have equal ones."""
    return list(map(describe_role, page.roles))


def list_differences(expected: Any, actual: Any, path: str = "") -> list[str]:
    """How the actual data differ from the expected ones, one line for each difference.

    A group that is expected to be null has no value at all. Keys that an expected group does not
    list are null. Lists must be complete, but their entries may have further keys.
    """
    if isinstance(actual, dict) and (expected is None or isinstance(expected, dict)):
        return _compare_groups(expected or {}, actual, path)
    if isinstance(expected, list) and isinstance(actual, list):
        return _list_differences(expected, actual, path)
    return [] if expected == actual else [f"{path}: expected {expected!r}, read {actual!r}"]


def _compare_groups(expected: dict[str, Any], actual: dict[str, Any], path: str) -> list[str]:
    lines = [f"{path}.{key}: not in the vocabulary" for key in sorted(set(expected) - set(actual))]
    for key in actual if path else set(expected) & set(actual):
        lines += list_differences(expected.get(key), actual[key], f"{path}.{key}")
    return lines


def _list_differences(expected: list[Any], actual: list[Any], path: str) -> list[str]:
    lines = [] if len(expected) == len(actual) else [f"{path}: {len(expected)} expected, {len(actual)} read"]
    for index, (wanted, given) in enumerate(zip(expected, actual, strict=False)):
        if not isinstance(wanted, dict) or not isinstance(given, dict):
            lines += list_differences(wanted, given, f"{path}[{index}]")
            continue
        for key, value in wanted.items():
            lines += list_differences(value, given.get(key), f"{path}[{index}].{key}")
    return lines
