"""Words about rated skills and technology of official occupations."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from careers.vocabulary import GROUPS, reading_text
from comparisons import formats
from comparisons.language.messages import EVERYONE, lines
from comparisons.queries.official_skills import NEEDED, RatedSkill
from comparisons.queries.roles import RatedEntry, TechnologyEntry

# Kind of an entry -> what stands beside its name.
MOST_NEEDED = 8


def level(value: Decimal | None, missing: str) -> str:
    """`missing`: why there is no level, where there is none.

    >>> level(Decimal("4.25"), ""), level(None, "not relevant to the occupation")
    ('level 4.25', 'level —: not relevant to the occupation')
    """
    return f"level {formats.MISSING}: {missing}" if value is None else f"level {formats.plain(value)}"


def _figures(entry: RatedEntry | None) -> str:
    """
    >>> _figures(RatedEntry("Writing", "writing", "rated", Decimal("3.75"), None, "{}")), _figures(None)
    ('3.75 (level —)', '—')
    """
    if entry is None:
        return formats.MISSING
    return f"{_figure(entry.importance)} (level {_figure(entry.level)})"


def _figure(value: Decimal | None) -> str:
    """Ratings have no thousands to separate and no sign, which `formats.plain` would look for."""
    return formats.MISSING if value is None else f"{value.normalize():f}"


def origin(evidence: Mapping[str, Any]) -> str:
    """
    >>> origin({"line": 2, "raw": "4.12", "how": "cell", "column": "Data Value", "sheet": "Skills", "code": "11-1011"})
    '“4.12”, Skills, row 2 (11-1011), column Data Value, as published, in a table.'
    """
    table = f"{evidence['sheet']}, " if evidence.get("sheet") else ""
    code = f" ({evidence['code']})" if evidence.get("code") else ""
    raw = f"“{evidence['raw']}”, " if evidence.get("raw") else ""
    reading = reading_text(evidence.get("how", ""), evidence.get("mean_of") or 0)
    return f"{raw}{table}row {evidence.get('line')}{code}, column {evidence.get('column')}, {reading}."


def needed(skills: Sequence[RatedSkill], roles: int) -> str:
    """What every role needs; "" where nothing is rated so for all."""
    if not skills:
        return ""
    names = [skill.name for skill in skills[:MOST_NEEDED]]
    if len(skills) > MOST_NEEDED:
        names.append(f"{len(skills) - MOST_NEEDED} more")
    return f"Rated {formats.plain(NEEDED)} of 5 or more for {EVERYONE[roles]}: {formats.listed(names)}."


def mixed(sources: Sequence[str]) -> str:
    return f"of different releases: {formats.listed(list(sources))}"


def marks(*, hot: bool, in_demand: bool) -> str:
    """
    >>> marks(hot=True, in_demand=True), marks(hot=False, in_demand=False)
    ('hot, in demand', '')
    """
    return ", ".join(filter(None, ["hot" if hot else "", "in demand" if in_demand else ""]))


def own_heading(count: int, roles: int) -> str:
    """What follows the name of a role, or stands alone on the page of one."""
    return f"only ({count})" if roles > 1 else f"{count} listed"


def more(count: int) -> str:
    return f"{count} more" if count > 0 else ""


def left_out(count: int) -> str:
    return f"and {count} in the files below"


def place(group: str, entries: Sequence[RatedEntry] | Sequence[TechnologyEntry]) -> str:
    """Where the entries of a role stand, by the first and the last of them."""
    rows = [entry.evidence for entry in (entries[0], entries[-1])]
    numbers = [evidence.get("line") for row in rows for evidence in row.values()]
    first: dict[str, Any] = next(iter(rows[0].values()), {})
    code = f" ({first['code']})" if first.get("code") else ""
    place = lines(numbers).replace("line", "row", 1).removesuffix(" of ")
    return f"{first.get('sheet') or GROUPS[group]}, {place}{code}"
