"""The one serializer: a role as plain data in the project's vocabulary, nested by its dots, and as single values.

`role_data` holds every key, always. `list_values` holds what there is to say of some roles, one value at a time, with
what is computed from them; CSV, JSON and the file that opens offline are made from it. Numbers are numbers, missing
values are None.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any, NamedTuple

from careers.short_name import ShortName
from careers.vocabulary import (
    ALL_JOBS,
    ALL_JOBS_NAME,
    MISSING_TEXTS,
    NOT_PUBLISHED,
    OFFICIAL_KINDS,
    PROSE_READINGS,
    SAMPLE_TEXT,
    SELF_EMPLOYED,
    STORED_IN,
    USD_A_YEAR,
    of_wider_group,
    reading_text,
    uncertain_by,
    unit_of,
    warning_text,
)
from comparisons import formats
from comparisons.comparison import Comparison, compare, find_cut_lists
from comparisons.exports.areas_and_years import areas_and_years_data, list_figures
from comparisons.exports.computed import ComputedValue, compute_values
from comparisons.exports.numbers import number
from comparisons.language.messages import adjusted_for_prices, no_figures_by_state, of_employed
from comparisons.queries.group_figures import find_group_figures
from comparisons.queries.place import adjust_pay, find_price_level
from comparisons.queries.roles import (
    CitedPage,
    CurrentRole,
    DutyEntry,
    GuideSection,
    RatedEntry,
    SkillEntry,
    TechnologyEntry,
)
from comparisons.thresholds import is_uncertain


def role_data(role: CurrentRole) -> dict[str, Any]:
    """One role as a whole. `evidence` says where each value stands; its `source` is an index of `sources`."""
    data: dict[str, Any] = {
        "title": role.title,
        "name": name_data(role.name),
        "slug": role.slug,
        "soc_code": role.soc_code,
    }
    for key, (group, field) in STORED_IN.items():
        facts = role.groups.get(group)
        _set_nested(data, key, number(facts.values[field]) if facts else None)
    lists_of_skills: tuple[Sequence[SkillEntry | RatedEntry | TechnologyEntry], ...]
    lists_of_skills = (role.skills, role.ratings, role.technology)
    return data | {
        "skills": [_without_evidence(skill) for skills in lists_of_skills for skill in skills],
        "titles": [{"title": entry.title, "sources": list(entry.sources)} for entry in role.titles],
        "duties": [duty.text for duty in role.duties],
        "duties_truncated": any(duty.truncated for duty in role.duties),
        "sections": [_without_evidence(section) for section in role.sections],
        "related": [{"slug": entry.slug, "tier": entry.tier} for entry in role.related],
        "majors": [{"cip": entry.cip, "name": entry.name} for entry in role.majors],
        **areas_and_years_data(role),
        "all_jobs": all_jobs_data(role),
        "sources": [source_data(source) for source in role.sources],
        "evidence": _evidence(role),
    }


def all_jobs_data(role: CurrentRole) -> list[dict[str, Any]]:
    """The figures of all jobs together that can stand beside those of the role, in the order of the vocabulary."""
    figures = []
    for key in STORED_IN:
        if entry := role.all_jobs.get(key):
            place = {name: entry.evidence.get(name) for name in ("line", "column", "raw")}
            figure = {"key": key, "value": number(entry.value), "unit": unit_of(key) or None}
            figures.append(figure | place | {"source": source_data(entry.source)})
    return figures


def name_data(name: str) -> dict[str, str] | None:
    """The short name of an occupation for one person and for several; None for a role that has only its title."""
    return {"singular": str(name), "plural": name.plural} if isinstance(name, ShortName) else None


def _evidence(role: CurrentRole) -> dict[str, Any]:
    indexes = {source.pk: index for index, source in enumerate(role.sources)}
    evidence: dict[str, Any] = {}
    for key, (group, field) in STORED_IN.items():
        facts = role.groups.get(group)
        if facts and field in facts.evidence:
            evidence[key] = _with_sorted_keys(facts.evidence[field]) | {"source": indexes[facts.source.pk]}
    for figure in list_figures(role):
        if figure.evidence:
            evidence[figure.place] = _with_sorted_keys(figure.evidence) | {"source": indexes[figure.source.pk]}
    return evidence | _evidence_of_cut_lists(role, indexes)


def _evidence_of_cut_lists(role: CurrentRole, indexes: Mapping[int, int]) -> dict[str, Any]:
    """Group of a list -> where the copy stops that does not hold the list, or not its end."""
    evidence = {}
    for group, source in _sources_of_cut_lists(role).items():
        missing = "cut" if group in role.list_sources else "after-cut"
        entry = {"line": source.cut_line, "raw": "", "how": "unread", "missing": missing}
        evidence[group] = entry | {"source": indexes[source.pk]}
    return evidence


def _sources_of_cut_lists(role: CurrentRole) -> dict[str, CitedPage]:
    """Group of a list that was cut -> the page of which it is, or else any whose copy was cut."""
    cut_pages = [source for source in role.sources if source.cut_line]
    return {group: role.list_sources.get(group, cut_pages[0]) for group in find_cut_lists(role)}


def _set_nested(data: dict[str, Any], key: str, value: Any) -> None:
    """
    >>> data = {}
    >>> _set_nested(data, "education.degree", "None")
    >>> data
    {'education': {'degree': 'None'}}
    """
    *path, name = key.split(".")
    inner = data
    for step in path:
        inner = inner.setdefault(step, {})
    inner[name] = value


def _with_sorted_keys(value: Any) -> Any:
    """The same for both databases: PostgreSQL keeps no order of keys in what it stores as JSON."""
    if isinstance(value, dict):
        return {key: _with_sorted_keys(part) for key, part in sorted(value.items())}
    if isinstance(value, list):
        return [_with_sorted_keys(part) for part in value]
    return value


def _without_evidence(entry: SkillEntry | GuideSection | RatedEntry | TechnologyEntry) -> dict[str, Any]:
    values = zip(entry._fields, entry, strict=True)
    return {name: number(_with_sorted_keys(value)) for name, value in values if name not in ("evidence", "stored")}


def comparison_data(roles: Sequence[CurrentRole]) -> dict[str, Any]:
    """The roles in the order of the page, and all their values as the rows of the CSV have them."""
    return {
        "roles": [role_data(role) for role in roles],
        "values": [value._asdict() for value in list_values(roles)],
    }


class ExportedValue(NamedTuple):
    """One value of one role or of all jobs, or one computed from several roles: a row of the CSV.

    `field`: its path in `role_data`, such as `skills[0].percent`, or the name of what is computed. `value` is None
    where a source of the role gives none, and `note` then says why. `raw`: as written on the page, on `line`.
    `basis`: published, computed, or missing where there is no value. `figures_of`: the month of the source's figures,
    such as 2024-05.
    """

    role: str
    role_slug: str
    field: str
    value: float | str | bool | None
    unit: str | None
    raw: str | None
    line: int | None
    publisher: str | None
    url: str | None
    captured_on: str | None
    licence: str | None
    basis: str
    note: str | None
    figures_of: str | None = None


PUBLISHED, COMPUTED, MISSING = "published", "computed", "missing"
# Keys that only say where an entry stands or what it looks like; the index in the field's name says the former.
_NO_VALUES = {"slug", "rank", "type"}


def list_values(roles: Sequence[CurrentRole]) -> list[ExportedValue]:
    """Every value of the roles in the order given, then those of all jobs, and what is computed from the roles'."""
    comparison = compare(roles)
    values: list[ExportedValue] = []
    for index, role in enumerate(roles):
        data = role_data(role)
        notes = _reasons_for_missing(comparison, index) | _notes_on_figures(comparison, index)
        values += _facts(role, notes)
        values += _entries(role, data)
        values += _occupation_lists(role, data)
        values += _everyday_titles(role)
        values += _place_values(role)
        values += _sources(role, data)
    values += _all_jobs(roles)
    group_figures = find_group_figures(comparison.revision, comparison.values_of_one_publisher())
    return values + [_computed(value) for value in compute_values(comparison, group_figures)]


def _reasons_for_missing(comparison: Comparison, index: int) -> dict[str, str]:
    """Key -> why this role has no value, for the keys for which a source has something."""
    reasons: dict[str, str] = {}
    for line in comparison.lines:
        if line.cells[index].missing:
            reasons |= dict.fromkeys(line.row.reads, line.cells[index].missing)
    summary = comparison.sides[index].summary
    return reasons | ({"summary": summary.missing} if summary.missing else {})


def _notes_on_figures(comparison: Comparison, index: int) -> dict[str, str]:
    """Key -> what to know of a figure of this role: a large relative error, and which people are counted."""
    notes: dict[str, list[str]] = {}
    people = comparison.section("people").lines
    for line in comparison.lines:
        cell = line.cells[index]
        if cell.missing:
            continue
        if is_uncertain(cell.error):
            notes.setdefault(line.row.key, []).append(uncertain_by(formats.percent(cell.error)))
        of_whom = of_employed(cell.origins[0].source.title) if line in people else ""
        if of_whom:
            notes.setdefault(line.row.key, []).append(of_whom)
        if line.row.key == "outlook.job_count" and comparison.sides[index].official:
            notes.setdefault(line.row.key, []).append(SELF_EMPLOYED)
    return {key: "; ".join(texts) for key, texts in notes.items()}


def _facts(role: CurrentRole, reasons: Mapping[str, str]) -> Iterator[ExportedValue]:
    for key, (group, field) in STORED_IN.items():
        facts = role.groups.get(group)
        value = number(facts.values[field]) if facts else None
        if value is not None or key in reasons:
            evidence = facts.evidence.get(field, {}) if facts else {}
            yield _value(role, key, value, evidence, facts.source if facts else None, reasons.get(key, ""))


def _entries(role: CurrentRole, data: Mapping[str, Any]) -> Iterator[ExportedValue]:
    """`data`: what `role_data` returns."""
    lists: dict[str, Sequence[SkillEntry | DutyEntry | GuideSection]]
    lists = {"skills": role.skills, "duties": role.duties, "sections": role.sections}
    for group, entries in lists.items():
        for index, entry in enumerate(entries):
            evidence: Mapping[str, Any] = next(iter(entry.evidence.values()), {})
            for field, value in leaves(data[group][index], f"{group}[{index}]"):
                yield _value(role, field, value, evidence, role.list_sources[group])
    yield from _official_skills(role)
    for figure in list_figures(role):
        value = _value(role, figure.field, number(figure.value), figure.evidence, figure.source, figure.reason)
        yield value._replace(unit=figure.unit, note="; ".join(filter(None, [figure.about, value.note])))
    if role.duties:
        yield _value(role, "duties_truncated", data["duties_truncated"], {}, role.list_sources["duties"])
    cut_lists = find_cut_lists(role)
    for group, source in _sources_of_cut_lists(role).items():
        yield _value(role, group, None, {"line": source.cut_line}, source, cut_lists[group])


def _official_skills(role: CurrentRole) -> Iterator[ExportedValue]:
    """What official tables say of skills. They follow those that pages list."""
    for index, rating in enumerate(role.ratings, len(role.skills)):
        evidence, source = rating.evidence, role.list_sources[OFFICIAL_KINDS[rating.kind]]
        first = next(iter(evidence.values()), None) or {}
        for field in ("name", "kind"):
            yield _value(role, f"skills[{index}].{field}", getattr(rating, field), first, source)
        for field in ("importance", "level"):
            value, place = number(getattr(rating, field)), evidence.get(field, first)
            reason = "" if value is not None else MISSING_TEXTS.get(place.get("missing", ""), NOT_PUBLISHED)
            yield _value(role, f"skills[{index}].{field}", value, place, source, reason)
    for index, technology in enumerate(role.technology, len(role.skills) + len(role.ratings)):
        first, source = next(iter(technology.evidence.values()), None) or {}, role.list_sources["technology"]
        for field in ("name", "kind", "hot", "in_demand"):
            yield _value(role, f"skills[{index}].{field}", getattr(technology, field), first, source)


def _occupation_lists(role: CurrentRole, data: Mapping[str, Any]) -> Iterator[ExportedValue]:
    """Related occupations and fields of study. `data`: what `role_data` returns."""
    for group in ("related", "majors"):
        for index, entry in enumerate(getattr(role, group)):
            evidence: Mapping[str, Any] = next(iter(entry.evidence.values()), {})
            for name, value in data[group][index].items():
                yield _value(role, f"{group}[{index}].{name}", value, evidence, role.list_sources[group])


def _everyday_titles(role: CurrentRole) -> Iterator[ExportedValue]:
    for index, entry in enumerate(role.titles):
        yield _value(role, f"titles[{index}].title", entry.title, {}, None)
        yield _value(role, f"titles[{index}].sources", ", ".join(entry.sources), {}, None)


def _place_values(role: CurrentRole) -> Iterator[ExportedValue]:
    """What belongs to the state that a reader chose: why there are no figures of it, its price level, adjusted pay."""
    if role.area is None:
        return
    note = no_figures_by_state(role)
    if note:
        yield _value(role, "where.state", None, {}, None, note)
    level = find_price_level(role.revision, role.area)
    if level:
        price = _value(role, "where.price_level.level", number(level.level), level.evidence, level.source)
        yield price._replace(note=f"{role.area.name}, {level.year}; the United States are 100")
    pay = adjust_pay(role)
    if pay and level:
        publishers = formats.listed([pay.source.publisher, level.source.publisher])
        for name in ("median", "p10", "p90"):
            amount = getattr(pay, name)
            if amount is not None:
                value = _value(role, f"where.adjusted.{name}", amount, {}, None)
                note = adjusted_for_prices(pay)
                yield value._replace(basis=COMPUTED, publisher=publishers, unit=USD_A_YEAR, note=note)


def _all_jobs(roles: Sequence[CurrentRole]) -> list[ExportedValue]:
    """The figures of all jobs beside those of the roles, each once: `all_jobs.salary.annual_median`."""
    values: dict[tuple[str, int], ExportedValue] = {}
    for role in roles:
        for key, entry in role.all_jobs.items():
            value = _value(role, key, number(entry.value), entry.evidence, entry.source)
            value = value._replace(role=ALL_JOBS_NAME, role_slug="", field=f"{ALL_JOBS}.{key}")
            values.setdefault((key, entry.source.pk), value)
    return list(values.values())


def _sources(role: CurrentRole, data: Mapping[str, Any]) -> Iterator[ExportedValue]:
    for index, source in enumerate(role.sources):
        for field, value in leaves(data["sources"][index], f"sources[{index}]"):
            yield _value(role, field, value, {}, source)


def _value(
    role: CurrentRole, field: str, value: Any, evidence: Mapping[str, Any], source: CitedPage | None, reason: str = ""
) -> ExportedValue:
    page = source_data(source) if source else {}
    notes = [reason] if reason else []
    notes += dict.fromkeys(warning_text(code) for code in evidence.get("warnings") or ())
    notes += _notes_on_origin(evidence)
    if source:
        notes += _notes_on_source(source, field, value, evidence)
    return ExportedValue(
        role.title,
        role.slug,
        field,
        value,
        unit_of(field) or None,
        evidence.get("raw") or None,
        evidence.get("line"),
        page.get("publisher"),
        page.get("url"),
        page.get("captured_on"),
        page.get("licence"),
        MISSING if value is None else PUBLISHED,
        "; ".join(notes) or None,
        page.get("figures_of"),
    )


def _notes_on_source(source: CitedPage, field: str, value: Any, evidence: Mapping[str, Any]) -> list[str]:
    """The state that a value is of, and whether its words are ours."""
    notes = [source.area] if source.area else []
    if source.sample and _is_in_words(field, value, evidence):
        notes.append(SAMPLE_TEXT)
    return notes


def _notes_on_origin(evidence: Mapping[str, Any]) -> list[str]:
    """That a value is computed here from several rows, or of a wider group of occupations."""
    notes = []
    if evidence.get("mean_of"):
        notes.append(reading_text(evidence["how"], evidence["mean_of"]))
    if evidence.get("wider_group"):
        notes.append(of_wider_group(evidence["wider_group"]))
    return notes


def _is_in_words(field: str, value: Any, evidence: Mapping[str, Any]) -> bool:
    """Whether the value, or the raw text that stands beside it, is in the words of the page."""
    in_list = field.startswith(("skills[", "duties[", "sections["))
    return isinstance(value, str) or in_list or evidence.get("how") in PROSE_READINGS


def _computed(computed: ComputedValue) -> ExportedValue:
    return ExportedValue(
        " vs ".join(side.title for side in computed.sides),
        "-vs-".join(side.slug for side in computed.sides),
        computed.field,
        number(computed.value),
        computed.unit or None,
        None,
        None,
        formats.listed(list(computed.publishers)) or None,
        None,
        None,
        None,
        COMPUTED,
        computed.note or None,
    )


def leaves(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The single values in nested data, each with its path.

    >>> list(leaves({"name": "SQL", "rank": 1, "tier": None, "items": ["a", "b"]}, "skills[0]"))
    [('skills[0].name', 'SQL'), ('skills[0].items[0]', 'a'), ('skills[0].items[1]', 'b')]
    """
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name not in _NO_VALUES:
                yield from leaves(value, f"{path}.{name}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, f"{path}[{index}]")
    elif data is not None:
        yield path, data


# Spreadsheets run cells that begin like this as formulas; some treat the wide characters of East Asia alike.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_text(values: Sequence[ExportedValue]) -> str:
    """RFC 4180, a row per value. The byte order mark in front tells spreadsheets that the text is UTF-8."""
    file = StringIO()
    file.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(file)
    writer.writerow(ExportedValue._fields)
    writer.writerows([csv_cell(cell) for cell in value] for value in values)
    return file.getvalue()


def csv_cell(value: float | str | bool | None) -> str | float:
    """Numbers stay numbers. A text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> csv_cell(-7), csv_cell("-7"), csv_cell("=1+1"), csv_cell("plain"), csv_cell(None), csv_cell(True)
    (-7, "'-7", "'=1+1", 'plain', '', 'true')
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return text(value) if value is None or isinstance(value, bool) else value


def text(value: float | str | bool | None) -> str:
    """A value in plain characters.

    >>> text(43.56), text(None), text(False)
    ('43.56', '', 'false')
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def source_data(source: CitedPage) -> dict[str, Any]:
    """A cited page; empty texts become None. `sample` is there for samples only, `cut_line` for cut copies only."""
    data: dict[str, Any] = {
        "publisher": source.publisher,
        "title": source.title or None,
        "url": source.url or None,
        "captured_on": source.captured_on.isoformat() if source.captured_on else None,
        "licence": source.licence or None,
        "licence_url": source.licence_url or None,
        "figures_of": f"{source.figures_of:%Y-%m}" if source.figures_of else None,
    }
    if source.cut_line:
        data["cut_line"] = source.cut_line
    return data | {"sample": True} if source.sample else data


def plain_value(value: Any) -> Any:
    """A month for a day, and otherwise what `number` gives.

    >>> from decimal import Decimal
    >>> plain_value(date(2024, 5, 1)), plain_value(Decimal("10.00")), plain_value("text")
    ('2024-05', 10, 'text')
    """
    return f"{value:%Y-%m}" if isinstance(value, date) else number(value)
