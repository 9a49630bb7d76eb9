"""How many roles of a list are left by its filters, in words."""

from collections.abc import Mapping
from typing import Any

from comparisons import formats

# Choice of a list -> what the roles do that it leaves.
_ASKING = {
    "high-school": "ask for a high school diploma or less",
    "no-degree": "ask for no degree",
    "associate": "ask for an associate’s degree or less",
    "bachelor": "ask for a bachelor’s degree or less",
    "master": "ask for a master’s degree or less",
}


def name_narrowed_roles(active: Mapping[str, Any], major: str) -> str:
    """What the filters of a list leave, named by them where they are few. `major`: the name of the one asked for.

    >>> name_narrowed_roles({"group": "sales"}, ""), name_narrowed_roles({"group": "sales", "pay_from": 1}, "")
    ('roles in sales', 'roles that match')
    >>> name_narrowed_roles({"group": "sales", "education": "no-degree", "major": "52.18"}, "marketing")
    'roles in sales that ask for no degree and that a major in marketing leads to'
    """
    if active.keys() - {"group", "education", "major"}:
        return "roles that match"
    group = f" in {active['group']}" if "group" in active else ""
    conditions = [_ASKING[active["education"]]] if "education" in active else []
    conditions += [f"a major in {major} leads to"] if "major" in active else []
    return f"roles{group}{' that ' if conditions else ''}{' and that '.join(conditions)}"


def write_in_so_many(count: int, total: int, roles: str) -> str:
    """
    >>> write_in_so_many(2, 2, "roles in sales")
    'In both roles in sales'
    >>> [write_in_so_many(count, 3, "roles in sales") for count in (2, 3, 0)]
    ['In 2 of 3 roles in sales', 'In all 3 roles in sales', 'In none of 3 roles in sales']
    >>> write_in_so_many(1, 1, "roles in sales"), write_in_so_many(0, 1, "roles in sales")
    ('In the only one of the roles in sales', 'In none of the roles in sales')
    """
    if total == 1:
        return f"In {'the only one' if count else 'none'} of the {roles}"
    if count == total:
        return f"In {'both' if total == 2 else f'all {formats.plain(total)}'} {roles}"
    return f"In {formats.plain(count) if count else 'none'} of {formats.plain(total)} {roles}"
