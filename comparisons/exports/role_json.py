"""A role as plain data in the project's vocabulary, nested by its dots.

It holds every key, always. Numbers are numbers, missing values are None.
"""

from datetime import date
from typing import Any

from careers.names import ShortName
from careers.vocabulary import STORED_IN, unit_of
from comparisons.comparison import find_cut_lists
from comparisons.exports.areas_and_years import export_areas_and_years, list_figures
from comparisons.exports.numbers import simplify_number
from comparisons.queries.current_role import (
    CitedPage,
    CurrentRole,
    GuideSection,
    RatedEntry,
    SkillEntry,
    TechnologyEntry,
)


def export_role(role: CurrentRole) -> dict[str, Any]:
    """One role as a whole. `evidence` says where each value is found; its `source` is an index of `sources`."""
    data: dict[str, Any] = {
        "title": role.title,
        "name": export_name(role.name),
        "slug": role.slug,
        "soc_code": role.soc_code,
    }
    for key, (group, field) in STORED_IN.items():
        facts = role.groups.get(group)
        _set_nested(data, key, simplify_number(facts.values[field]) if facts else None)
    skills: tuple[SkillEntry | RatedEntry | TechnologyEntry, ...]
    skills = (*role.skills, *role.ratings, *role.technology)
    return data | {
        "skills": list(map(_export_fields, skills)),
        "titles": [{"title": entry.title, "sources": list(entry.sources)} for entry in role.titles],
        "duties": [duty.text for duty in role.duties],
        "duties_truncated": any(duty.truncated for duty in role.duties),
        "sections": list(map(_export_fields, role.sections)),
        "related": [{"slug": entry.slug, "tier": entry.tier} for entry in role.related],
        "majors": [{"cip": entry.cip, "name": entry.name} for entry in role.majors],
        **export_areas_and_years(role),
        "all_jobs": export_all_jobs(role),
        "sources": list(map(export_source, role.sources)),
        "evidence": _build_evidence(role),
    }


def export_all_jobs(role: CurrentRole) -> list[dict[str, Any]]:
    """The figures of all jobs together that can stand beside those of the role, in the order of the vocabulary."""
    figures = []
    for key in STORED_IN:
        if entry := role.all_jobs.get(key):
            place = {name: entry.evidence.get(name) for name in ("line", "column", "raw")}
            figure = {"key": key, "value": simplify_number(entry.value), "unit": unit_of(key) or None}
            figures.append(figure | place | {"source": export_source(entry.source)})
    return figures


def export_name(name: str) -> dict[str, str] | None:
    """The short name of an occupation for one person and for several; None for a role that has only its title."""
    return {"singular": str(name), "plural": name.plural} if isinstance(name, ShortName) else None


def export_source(source: CitedPage) -> dict[str, Any]:
    """A cited page; empty texts become None. `sample` is there for samples only, `cut_line` for cut copies only."""
    data: dict[str, Any] = {
        "publisher": source.publisher,
        "title": source.title or None,
        "url": source.url or None,
        "captured_on": write_day(source.captured_on),
        "licence": source.licence or None,
        "licence_url": source.licence_url or None,
        "figures_of": write_month(source.figures_of),
    }
    if source.cut_line:
        data["cut_line"] = source.cut_line
    return data | {"sample": True} if source.sample else data


def write_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def write_month(day: date | None) -> str | None:
    """Not by strftime, which thousands of values of two occupations would call: a twelfth of their file."""
    return day.isoformat()[:7] if day else None


def _build_evidence(role: CurrentRole) -> dict[str, Any]:
    indexes = {source.pk: index for index, source in enumerate(role.sources)}
    evidence: dict[str, Any] = {}
    for key, (group, field) in STORED_IN.items():
        facts = role.groups.get(group)
        if facts and field in facts.evidence:
            evidence[key] = _sort_keys(facts.evidence[field]) | {"source": indexes[facts.source.pk]}
    for figure in list_figures(role):
        if figure.evidence:
            evidence[figure.place] = _sort_keys(figure.evidence) | {"source": indexes[figure.source.pk]}
    # Where the copy stops that does not hold a list, or not its end.
    for group, source in list_sources_of_cut_lists(role).items():
        missing = "cut" if group in role.list_sources else "after-cut"
        evidence[group] = {"line": source.cut_line, "raw": "", "how": "unread", "missing": missing}
        evidence[group]["source"] = indexes[source.pk]
    return evidence


def list_sources_of_cut_lists(role: CurrentRole) -> dict[str, CitedPage]:
    """Group of a list that was cut -> the page of which it is, or else any whose copy was cut."""
    cut_pages = [source for source in role.sources if source.cut_line]
    return {group: role.list_sources.get(group, cut_pages[0]) for group in find_cut_lists(role)}


def _set_nested(data: dict[str, Any], key: str, value: Any) -> None:
    """The value of `education.degree` becomes that of `degree` in `education`."""
    *path, name = key.split(".")
    inner = data
    for step in path:
        inner = inner.setdefault(step, {})
    inner[name] = value


def _sort_keys(value: Any) -> Any:
    """Sort keys, because PostgreSQL keeps no order of keys in what it stores as JSON."""
    if isinstance(value, dict):
        return {key: _sort_keys(part) for key, part in sorted(value.items())}
    if isinstance(value, list):
        return [_sort_keys(part) for part in value]
    return value


# The evidence of entries has a place of its own, and keys of the database mean nothing outside it.
_NOT_EXPORTED = ("evidence", "stored", "spelling")


def _export_fields(entry: SkillEntry | GuideSection | RatedEntry | TechnologyEntry) -> dict[str, Any]:
    values = zip(entry._fields, entry, strict=True)
    return {name: simplify_number(_sort_keys(value)) for name, value in values if name not in _NOT_EXPORTED}
