"""Roles as single values, one at a time, with what is computed from them: CSV, JSON and the offline file hold these."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from careers import vocabulary
from careers.names import ShortName
from comparisons import formats
from comparisons.comparison import Comparison, Origin, Side, compare, find_cut_lists
from comparisons.exports.areas_and_years import list_figures
from comparisons.exports.computed import ComputedValue, compute_values
from comparisons.exports.numbers import simplify_number
from comparisons.exports.role_json import export_role, list_sources_of_cut_lists, write_day, write_month
from comparisons.language.messages.figure_origins import name_covered_people
from comparisons.language.messages.place_notes import explain_adjusted_pay, explain_no_figures_by_state
from comparisons.queries.current_role import CurrentRole, DutyEntry, GuideSection, SkillEntry
from comparisons.queries.group_figures import find_group_figures
from comparisons.queries.place import adjust_pay, find_price_level
from comparisons.thresholds import is_uncertain

PUBLISHED, COMPUTED, MISSING = "published", "computed", "missing"


class ExportedValue(NamedTuple):
    """One value of one role or of all jobs, or one computed from several roles: a row of the CSV.

    `field`: its path in `export_role`, such as `skills[0].percent`, or the name of what is computed. `value` is None
    where a source of the role gives none, and `note` then says why. `raw`: as written on the page, on `line`.
    `basis`: published, computed, or missing where there is no value. `figures_of`: the month of the source's figures,
    such as 2024-05.
    """

    role: str
    role_slug: str
    field: str
    value: float | str | bool | None
    unit: str | None
    raw: str | None = None
    line: int | None = None
    publisher: str | None = None
    url: str | None = None
    captured_on: str | None = None
    licence: str | None = None
    basis: str = COMPUTED
    note: str | None = None
    figures_of: str | None = None


# Keys that only say the place of an entry or its looks; the index in the field's name gives the place.
_NO_VALUES = {"slug", "rank", "type"}


def export_comparison(roles: Sequence[CurrentRole]) -> dict[str, Any]:
    """The roles in the order of the page, and all their values as the rows of the CSV have them."""
    exported = [export_role(role) for role in roles]
    return {"roles": exported, "values": [value._asdict() for value in _list_exported_values(roles, exported)]}


def list_values(roles: Sequence[CurrentRole]) -> list[ExportedValue]:
    """Every value of the roles in the order given, then those of all jobs, and what is computed from the roles'."""
    return _list_exported_values(roles, [export_role(role) for role in roles])


def _list_exported_values(roles: Sequence[CurrentRole], exported: Sequence[Mapping[str, Any]]) -> list[ExportedValue]:
    """`exported`: what `export_role` returns for the roles."""
    comparison = compare(roles)
    values: list[ExportedValue] = []
    for index, (role, data) in enumerate(zip(roles, exported, strict=True)):
        notes = _collect_reasons(comparison, index) | _collect_notes(comparison, index)
        values += _list_facts(role, notes)
        values += _list_entries(role, data)
        values += _list_occupations(role, data)
        values += _list_everyday_titles(role)
        values += _list_place_values(role)
        values += _list_sources(role, data)
    values += _list_all_jobs(roles)
    group_figures = find_group_figures(comparison.revision, comparison.shared_values())
    return values + [_export_computed(value) for value in compute_values(comparison, group_figures)]


def _collect_reasons(comparison: Comparison, index: int) -> dict[str, str]:
    """Key -> why this role has no value, for the keys for which a source has something."""
    reasons: dict[str, str] = {}
    for line in comparison.lines:
        if line.cells[index].missing:
            reasons |= dict.fromkeys(line.row.reads, line.cells[index].missing)
    summary = comparison.sides[index].summary
    return reasons | ({"summary": summary.missing} if summary.missing else {})


def _collect_notes(comparison: Comparison, index: int) -> dict[str, str]:
    """Key -> what to know of a figure of this role: a large relative error, and which people are counted."""
    notes: dict[str, list[str]] = {}
    people = comparison.sections["people"].lines
    for line in comparison.lines:
        cell = line.cells[index]
        if cell.missing:
            continue
        if is_uncertain(cell.error):
            notes.setdefault(line.row.key, []).append(vocabulary.uncertain_by(formats.percent(cell.error)))
        people_note = name_covered_people(cell.origins[0].source.title) if line in people else ""
        if people_note:
            notes.setdefault(line.row.key, []).append(people_note)
        if line.row.key == "outlook.job_count" and comparison.sides[index].official:
            notes.setdefault(line.row.key, []).append(vocabulary.SELF_EMPLOYED)
    return {key: "; ".join(texts) for key, texts in notes.items()}


def _list_facts(role: CurrentRole, notes: Mapping[str, str]) -> Iterator[ExportedValue]:
    """`notes`: key -> why there is no value, or what to know of it."""
    for key, (group, field) in vocabulary.STORED_IN.items():
        facts = role.groups.get(group)
        value = simplify_number(facts.values[field]) if facts else None
        if value is not None or key in notes:
            origin = Origin(facts.source, facts.evidence.get(field, {})) if facts else None
            yield _build_value(role, key, value, origin, notes.get(key, ""))


def _list_entries(role: CurrentRole, data: Mapping[str, Any]) -> Iterator[ExportedValue]:
    """`data`: what `export_role` returns."""
    lists: dict[str, Sequence[SkillEntry | DutyEntry | GuideSection]]
    lists = {"skills": role.skills, "duties": role.duties, "sections": role.sections}
    for group, entries in lists.items():
        for index, entry in enumerate(entries):
            origin = Origin(role.list_sources[group], next(iter(entry.evidence.values()), {}))
            for field, value in list_leaves(data[group][index], f"{group}[{index}]"):
                yield _build_value(role, field, value, origin)
    yield from _list_official_skills(role)
    for figure in list_figures(role):
        origin = Origin(figure.source, figure.evidence)
        value = _build_value(role, figure.field, simplify_number(figure.value), origin, figure.reason)
        yield value._replace(unit=figure.unit, note="; ".join(filter(None, [figure.about, value.note])))
    if role.duties:
        yield _build_value(role, "duties_truncated", data["duties_truncated"], Origin(role.list_sources["duties"], {}))
    cut_lists = find_cut_lists(role)
    for group, source in list_sources_of_cut_lists(role).items():
        yield _build_value(role, group, None, Origin(source, {"line": source.cut_line}), cut_lists[group])


def _list_official_skills(role: CurrentRole) -> Iterator[ExportedValue]:
    """What official tables say of skills. They follow those that pages list."""
    for index, rating in enumerate(role.ratings, len(role.skills)):
        evidence, source = rating.evidence, role.list_sources[vocabulary.OFFICIAL_KINDS[rating.kind]]
        first: Mapping[str, Any] = next(iter(evidence.values()), {})
        for field in ("name", "kind"):
            yield _build_value(role, f"skills[{index}].{field}", getattr(rating, field), Origin(source, first))
        for field in ("importance", "level"):
            value, place = simplify_number(getattr(rating, field)), evidence.get(field, first)
            reason = ""
            if value is None:
                reason = vocabulary.MISSING_TEXTS.get(place.get("missing", ""), vocabulary.NOT_PUBLISHED)
            yield _build_value(role, f"skills[{index}].{field}", value, Origin(source, place), reason)
    for index, technology in enumerate(role.technology, len(role.skills) + len(role.ratings)):
        first, source = next(iter(technology.evidence.values()), {}), role.list_sources["technology"]
        for field in ("name", "kind", "hot", "in_demand"):
            yield _build_value(role, f"skills[{index}].{field}", getattr(technology, field), Origin(source, first))


def _list_occupations(role: CurrentRole, data: Mapping[str, Any]) -> Iterator[ExportedValue]:
    """Related occupations and fields of study. `data`: what `export_role` returns."""
    for group in ("related", "majors"):
        for index, entry in enumerate(getattr(role, group)):
            origin = Origin(role.list_sources[group], next(iter(entry.evidence.values()), {}))
            for name, value in data[group][index].items():
                yield _build_value(role, f"{group}[{index}].{name}", value, origin)


def _list_everyday_titles(role: CurrentRole) -> Iterator[ExportedValue]:
    """A title on several lists has the address of the first, and all their publishers and licenses."""
    lists = {page.pk: page for page in role.title_lists}
    for index, entry in enumerate(role.titles):
        cited = [lists[citation] for citation in entry.citations]
        publishers = formats.listed(list(dict.fromkeys(page.publisher for page in cited)))
        licences = formats.listed(list(dict.fromkeys(page.licence for page in cited if page.licence)))
        for field, text in (("title", entry.title), ("sources", ", ".join(entry.sources))):
            value = _build_value(role, f"titles[{index}].{field}", text, Origin(cited[0], {}))
            yield value._replace(publisher=publishers, licence=licences)


def _list_place_values(role: CurrentRole) -> Iterator[ExportedValue]:
    """What belongs to the state that a reader chose: why there are no figures of it, its price level, adjusted pay."""
    if role.area is None:
        return
    note = explain_no_figures_by_state(role)
    if note:
        yield _build_value(role, "where.state", None, None, note)
    level = find_price_level(role.revision, role.area)
    if level:
        price = _build_value(
            role, "where.price_level.level", simplify_number(level.level), Origin(level.source, level.evidence)
        )
        yield price._replace(note=f"{role.area.name}, {level.year}; the United States is 100")
    pay = adjust_pay(role)
    if pay and level:
        publishers = formats.listed([pay.source.publisher, level.source.publisher])
        for name in ("median", "p10", "p90"):
            amount = getattr(pay, name)
            if amount is not None:
                value = _build_value(role, f"where.adjusted.{name}", amount, None)
                note = explain_adjusted_pay(pay)
                yield value._replace(basis=COMPUTED, publisher=publishers, unit=vocabulary.USD_A_YEAR, note=note)


def _list_all_jobs(roles: Sequence[CurrentRole]) -> list[ExportedValue]:
    """The figures of all jobs beside those of the roles, each once: `all_jobs.salary.annual_median`."""
    values: dict[tuple[str, int], ExportedValue] = {}
    for role in roles:
        for key, entry in role.all_jobs.items():
            value = _build_value(role, key, simplify_number(entry.value), Origin(entry.source, entry.evidence))
            value = value._replace(role=vocabulary.ALL_JOBS_NAME, role_slug="", field=f"{vocabulary.ALL_JOBS}.{key}")
            values.setdefault((key, entry.source.pk), value)
    return list(values.values())


def _list_sources(role: CurrentRole, data: Mapping[str, Any]) -> Iterator[ExportedValue]:
    for index, source in enumerate(role.sources):
        for field, value in list_leaves(data["sources"][index], f"sources[{index}]"):
            yield _build_value(role, field, value, Origin(source, {}))


def _build_value(role: CurrentRole, field: str, value: Any, origin: Origin | None, note: str = "") -> ExportedValue:
    """`origin`: None for what no page gives. `note`: why there is no value, or what to know of it."""
    unit = vocabulary.unit_of(field) or None
    basis = MISSING if value is None else PUBLISHED
    if origin is None:
        return ExportedValue(role.title, role.slug, field, value, unit, basis=basis, note=note or None)
    source, evidence = origin
    notes = [note] if note else []
    notes += _list_notes_on_origin(origin, field, value)
    return ExportedValue(
        role=role.title,
        role_slug=role.slug,
        field=field,
        value=value,
        unit=unit,
        raw=evidence.get("raw") or None,
        line=evidence.get("line"),
        publisher=source.publisher,
        url=source.url or None,
        captured_on=write_day(source.captured_on),
        licence=source.licence or None,
        basis=basis,
        note="; ".join(notes) or None,
        figures_of=write_month(source.figures_of),
    )


def _list_notes_on_origin(origin: Origin, field: str, value: Any) -> list[str]:
    """What is doubtful about a value, that it is computed from several rows or covers a wider group, which state it is
    of, and whether its words are ours."""
    evidence, source = origin.evidence, origin.source
    notes = list(dict.fromkeys(vocabulary.write_warning(code) for code in evidence.get("warnings") or ()))
    if evidence.get("mean_of"):
        notes.append(vocabulary.write_reading(evidence["how"], evidence["mean_of"]))
    if evidence.get("wider_group"):
        notes.append(vocabulary.of_wider_group(evidence["wider_group"]))
    notes += [source.area] if source.area else []
    if not source.sample:
        return notes
    # The value, or the raw text that stands beside it, is in the words of the page.
    is_listed = field.startswith(("skills[", "duties[", "sections["))
    in_words = isinstance(value, str) or is_listed or evidence.get("how") in vocabulary.PROSE_READINGS
    return [*notes, vocabulary.SAMPLE_TEXT] if in_words else notes


def _export_computed(computed: ComputedValue) -> ExportedValue:
    return ExportedValue(
        role=" vs ".join(map(_name_role, computed.sides)),
        role_slug="-vs-".join(side.slug for side in computed.sides),
        field=computed.field,
        value=simplify_number(computed.value),
        unit=computed.unit or None,
        publisher=formats.listed(list(computed.publishers)) or None,
        note=computed.note or None,
    )


def _name_role(side: Side) -> str:
    """An occupation by its short name; another role by the title that its published values stand under."""
    return side.title if isinstance(side.title, ShortName) else side.role.title


def list_leaves(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The single values in nested data, each with its path.

    >>> list(list_leaves({"name": "SQL", "rank": 1, "tier": None, "items": ["a", "b"]}, "skills[0]"))
    [('skills[0].name', 'SQL'), ('skills[0].items[0]', 'a'), ('skills[0].items[1]', 'b')]
    """
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name not in _NO_VALUES:
                yield from list_leaves(value, f"{path}.{name}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from list_leaves(value, f"{path}[{index}]")
    elif data is not None:
        yield path, data
