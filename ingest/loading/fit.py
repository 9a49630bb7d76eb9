"""Turn what a page says into rows that the columns can hold, on every database alike.

A value that a column or a constraint would refuse stays raw in its evidence, with the warning
`out-of-bounds`, and is null in its row; the rest of the page loads. The rows have no role and no
citation yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from careers import models
from careers.bulk import make_row
from careers.models import AllJobsFigure, AreaPrice, Citation, Duty, FactRow, Role, RoleSkill, Section, Skill
from careers.spelling import fold_spelling
from careers.vocabulary import (
    AREA_PRICE_FIELDS,
    ENTRY_FIELDS,
    FIELDS,
    KEY_OF,
    LOST_IN_COPY,
    ONE_ROW_GROUPS,
)
from ingest.loading.bounds import fits, is_web_address, make_storable
from ingest.loading.names import make_role_key
from ingest.parsing.cells import UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import AllJobsFact, AreaPriceFact, PageWarning, ParsedPage, UnreadLine
from ingest.parsing.role_facts import RoleFacts, Value, sort_into_groups

OUT_OF_BOUNDS = "out-of-bounds"
MOST_ENTRIES = 5_000  # of one list; the longest real one has some 2,800 titles
Entry = TypeVar("Entry")

# Group -> its table.
TABLES: dict[str, type[FactRow]] = {
    "salary": models.SalaryStats,
    "outlook": models.Outlook,
    "projection": models.Projection,
    "preparation": models.Preparation,
    "requirements": models.Requirements,
    "attainment": models.Attainment,
    "skill_ranks": models.SkillRanks,
    "job_zone": models.JobZone,
    "demographics": models.Demographics,
    "survey": models.Survey,
    "median_age": models.MedianAge,
    "profile": models.Profile,
    "skills": models.RoleSkill,
    "duties": models.Duty,
    "sections": models.Section,
    "rated_skills": models.SkillRating,
    "knowledge": models.KnowledgeRating,
    "technology": models.Technology,
    "related": models.RelatedOccupation,
    "majors": models.Major,
    "area_pay": models.AreaPay,
    "titles": models.OccupationTitle,
}

# Group -> the two ends of a span. The first cannot be above the second.
SPANS = {"salary": ("annual_low", "annual_high"), "preparation": ("months_low", "months_high")}


@dataclass(slots=True)
class FittedRole:
    """What a page says about one role. `groups`: group -> its rows, at least one.

    `by_prose`: the title was found in prose, where titles are lower case. `joined`: the page only adds to a stored
    occupation, whose title this is.
    """

    title: str
    key: str
    by_prose: bool
    groups: dict[str, list[FactRow]]
    joined: bool = False


@dataclass(slots=True)
class FittedPage:
    """A page as rows, with warnings about what had to be left out and the lines that no row holds."""

    roles: list[FittedRole]
    citation: dict[str, str]
    warnings: list[PageWarning]
    unread: list[UnreadLine]
    area_prices: list[AreaPrice] = field(default_factory=list)
    all_jobs: list[AllJobsFigure] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (any(role.groups for role in self.roles) or self.area_prices or self.all_jobs)


def fit_page(parsed: ParsedPage) -> FittedPage:
    """The rows of a page. Raises UnreadableError when a role's title cannot be stored."""
    fitted = FittedPage([], {}, [], [])
    for name in ("title", "url", "licence", "licence_url"):
        fitted.citation[name] = _fit_citation_text(name, getattr(parsed, name), fitted)
    for facts in parsed.roles:
        fitted.roles.append(_fit_role(facts, fitted))
    for price in parsed.area_prices:
        _fit_area_price(price, fitted)
    for figure in parsed.all_jobs:
        _fit_all_jobs(figure, fitted)
    return fitted


def _fit_area_price(price: AreaPriceFact, fitted: FittedPage) -> None:
    values = {name: getattr(price, name) for name in AREA_PRICE_FIELDS}
    refused = [name for name, value in values.items() if not fits(AreaPrice, name, value)]
    if refused:
        _warn_of_bounds(refused[0], price.evidence, fitted)
        return
    fitted.area_prices.append(AreaPrice(**values, evidence=_place_as_json(price.evidence)))


def _fit_all_jobs(figure: AllJobsFact, fitted: FittedPage) -> None:
    if not fits(AllJobsFigure, "value", figure.value):
        _warn_of_bounds(figure.key, figure.evidence, fitted)
        return
    fitted.all_jobs.append(AllJobsFigure(key=figure.key, value=figure.value, evidence=_place_as_json(figure.evidence)))


def _warn_of_bounds(name: str, evidence: Evidence, fitted: FittedPage) -> None:
    raw = f"“{make_storable(evidence.raw)[:60]}” in the column “{evidence.column}”"
    message = describe_out_of_bounds(raw, name.rpartition(".")[2])
    fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, evidence.line, message))


def describe_out_of_bounds(raw: str, name: str) -> str:
    """`raw`: the text of a value, in quotation marks. `name`: of its field."""
    return f"{raw} is out of bounds: no {name.replace('_', ' ')} can be that."


def _fit_role(facts: RoleFacts, fitted: FittedPage) -> FittedRole:
    title = " ".join(facts.title.split())
    if not title or not fits(Role, "title", title) or not fits(Role, "key", fold_spelling(title)):
        raise UnreadableError(
            f"“{title[:60]}” cannot be a role's title: it is empty, too long or holds characters that cannot "
            "be stored. Check that the whole page was saved."
        )
    groups = _fit_groups(facts, title, fitted)
    if not any(_gives_something(group, rows) for group, rows in groups.items()):
        groups = {}
    return FittedRole(title, make_role_key(title, facts.soc_code), facts.titled_by == "prose", groups)


def _fit_groups(facts: RoleFacts, title: str, fitted: FittedPage) -> dict[str, list[FactRow]]:
    """Group -> its rows, for the groups that have any."""
    groups: dict[str, Sequence[FactRow]] = {}
    values, evidence = sort_into_groups(facts.values), sort_into_groups(facts.evidence)
    for group in ONE_ROW_GROUPS:
        if group in values or group in evidence:
            row = _fit_row(group, values.get(group, {}), evidence.get(group, {}), title, fitted)
            groups[group] = [row] if row else []
    for group, fit_entries in (("skills", _fit_skills), ("duties", _fit_duties), ("sections", _fit_sections)):
        groups[group] = fit_entries(facts, _ListNotes(group, title, fitted))
    for group in ENTRY_FIELDS:
        groups[group] = _fit_entries(getattr(facts, group), _ListNotes(group, title, fitted))
    return {group: list(rows) for group, rows in groups.items() if rows}


def _gives_something(group: str, rows: Sequence[FactRow]) -> bool:
    """Whether rows hold more than values that were lost with the end of a copy."""
    if group not in FIELDS:
        return True
    [row] = rows
    if any(getattr(row, name) is not None for name in FIELDS[group]):
        return True
    return any(_is_unclear(place) and place.get("missing") not in LOST_IN_COPY for place in row.evidence.values())


# -- one-row groups ---------------------------------------------------------------------------


def _fit_row(
    group: str, given: Mapping[str, Value], places: Mapping[str, Evidence], title: str, fitted: FittedPage
) -> FactRow | None:
    """The row of a group; None if the page gives no value, no unclear one and no reason for a missing one.

    `given`, `places`: field -> value, and where it stands.
    """
    values, refused = _fit_values(group, given)
    evidence = write_evidence_as_json(places)
    for name in refused:
        place = evidence.setdefault(name, {"line": 1, "raw": make_storable(str(given[name])), "how": "unread"})
        _mark_out_of_bounds(place)
        value, raw = given[name], f"“{place['raw'][:60]}”"
        message = describe_out_of_bounds(raw, name)
        if isinstance(value, str) and make_storable(value) == value:
            words = name.replace("_", " ")
            message = f"{raw} has {len(value):,} characters, too many for a {words}; it was not kept."
        fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, place["line"], message, KEY_OF[group, name], title))
    if values or any(_is_unclear(place) for name, place in evidence.items() if name not in values):
        return make_row(TABLES[group], **values, evidence=evidence)
    return None


def _fit_values(group: str, given: Mapping[str, Value]) -> tuple[dict[str, Any], list[str]]:
    """Field -> value of those that fit, and the fields whose values do not."""
    values: dict[str, Any] = {}
    refused: list[str] = []
    for name, value in given.items():
        if value is None or value == "":
            continue
        if fits(TABLES[group], name, value):
            values[name] = value
        else:
            refused.append(name)
    low, high = SPANS.get(group, ("", ""))
    if low in values and high in values and values[low] > values[high]:
        refused += [low, high]
        del values[low], values[high]
    return values, refused


def _is_unclear(place: Mapping[str, Any]) -> bool:
    return place["how"] == "unread" or "candidates" in place or "warnings" in place or "missing" in place


def write_evidence_as_json(evidence: Mapping[str, Evidence]) -> dict[str, dict[str, Any]]:
    """Field -> where its value stands, as it is stored with a row."""
    return {name: _place_as_json(place) for name, place in evidence.items()}


def _place_as_json(evidence: Evidence) -> dict[str, Any]:
    place: dict[str, Any] = {"line": evidence.line, "raw": make_storable(evidence.raw), "how": evidence.how}
    if evidence.candidates:
        place["candidates"] = [text if text is None else make_storable(text) for text in evidence.candidates]
    if evidence.warnings:
        place["warnings"] = list(evidence.warnings)
    if evidence.column:
        place["column"] = evidence.column
    for name in ("missing", "sheet", "code", "wider_group"):
        if text := getattr(evidence, name):
            place[name] = make_storable(text)
    for name in ("mean_of", "number"):
        if count := getattr(evidence, name):
            place[name] = count
    return place


def _mark_out_of_bounds(place: dict[str, Any]) -> None:
    place["warnings"] = [*place.get("warnings", ()), OUT_OF_BOUNDS]


# -- many-row groups --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ListNotes:
    """Collects what could not be stored from a list."""

    group: str
    title: str
    fitted: FittedPage

    def warn(self, line: int, message: str) -> None:
        self.fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, line, message, self.group, self.title))

    def leave_out(self, text: str, line: int) -> None:
        self.fitted.unread.append(UnreadLine(line, make_storable(text)))
        self.warn(line, f"“{make_storable(text)[:60]}” is too long, or holds characters that cannot be stored.")

    def shorten(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        if len(entries) > MOST_ENTRIES:
            line = _find_line(entries[MOST_ENTRIES])
            self.warn(line, f"Only the first {MOST_ENTRIES:,} of the {self.group} were kept.")
        return entries[:MOST_ENTRIES]


def _find_line(entry: Any) -> int:
    evidence = entry.evidence
    places = [evidence] if isinstance(evidence, Evidence) else list(evidence.values())
    return min((place.line for place in places), default=1)


def _fit_entries(entries: Sequence[Any], notes: _ListNotes) -> Sequence[FactRow]:
    """The rows of a list in `ENTRY_FIELDS`, without entries whose text does not fit."""
    table: Any = TABLES[notes.group]
    rows: list[FactRow] = []
    for entry in notes.shorten(entries):
        values, refused = _fit_entry(entry, notes.group)
        refused_texts = [getattr(entry, name) for name in refused if isinstance(getattr(entry, name), str)]
        if refused_texts:
            notes.leave_out(refused_texts[0], _find_line(entry))
            continue
        evidence = write_evidence_as_json(entry.evidence)
        for name in refused:
            place = evidence.setdefault(name, {"line": _find_line(entry), "raw": str(getattr(entry, name))})
            place["how"] = "unread"
            _mark_out_of_bounds(place)
            notes.warn(place["line"], describe_out_of_bounds(f"“{place['raw'][:60]}”", name))
        rows.append(make_row(table, position=len(rows) + 1, **values, evidence=evidence))
    return rows


def _fit_entry(entry: Any, group: str) -> tuple[dict[str, Any], list[str]]:
    """Field -> value of those that fit, and the fields whose values do not."""
    values: dict[str, Any] = {}
    refused: list[str] = []
    for name in ENTRY_FIELDS[group]:
        value = getattr(entry, name)
        if value is None or isinstance(value, bool) or (value != "" and fits(TABLES[group], name, value)):
            values[name] = value
        else:
            refused.append(name)
    if group == "titles" and "title" in values:
        values["key"] = fold_spelling(values["title"])
    return values, refused


def _fit_skills(facts: RoleFacts, notes: _ListNotes) -> Sequence[FactRow]:
    rows: list[FactRow] = []
    for skill in notes.shorten(facts.skills):
        name = " ".join(skill.name.split())
        if not name or not fits(RoleSkill, "name", name) or not fits(Skill, "key", fold_spelling(name)):
            notes.leave_out(skill.name, skill.evidence.line)
            continue
        place = _place_as_json(skill.evidence)
        values: dict[str, Any] = {"percent": skill.percent, "tier": skill.tier}
        for column, value in values.items():
            if value is not None and not fits(RoleSkill, column, value):
                values[column] = None
                _mark_out_of_bounds(place)
                message = f"“{make_storable(str(value))[:60]}” is out of bounds for the {column} of “{name}”."
                notes.warn(place["line"], message)
        values |= {"name": name, "kind": skill.kind, "rank": skill.rank, "position": len(rows) + 1}
        rows.append(make_row(RoleSkill, **values, evidence={"name": place}))
    return rows


def _fit_duties(facts: RoleFacts, notes: _ListNotes) -> Sequence[FactRow]:
    rows: list[Duty] = []
    for duty in notes.shorten(facts.duties):
        if fits(Duty, "text", duty.text):
            evidence = {"text": _place_as_json(duty.evidence)}
            rows.append(make_row(Duty, position=len(rows) + 1, text=duty.text, evidence=evidence))
        else:
            notes.leave_out(duty.text, duty.evidence.line)
    if rows:
        rows[-1].truncated = facts.duties_truncated
    return rows


def _fit_sections(facts: RoleFacts, notes: _ListNotes) -> Sequence[FactRow]:
    rows: list[FactRow] = []
    for section in notes.shorten(facts.sections):
        place = _place_as_json(section.evidence)
        heading = make_storable(section.heading)
        if not fits(Section, "heading", heading):  # the text below it must not be lost with it
            heading = heading[:199] + "…"
            _mark_out_of_bounds(place)
            notes.warn(place["line"], f"The heading “{heading[:60]}” is very long; it was shortened.")
        blocks = [_make_block(kind, content) for kind, content in section.blocks]
        values = {"heading": heading, "blocks": blocks, "evidence": {"heading": place}}
        rows.append(make_row(Section, position=len(rows) + 1, **values))
    return rows


def _make_block(kind: str, content: str | tuple[str, ...]) -> dict[str, Any]:
    if isinstance(content, str):
        return {"type": kind, "text": make_storable(content)}
    return {"type": kind, "items": [make_storable(item) for item in content]}


# -- the citation -----------------------------------------------------------------------------


def _fit_citation_text(name: str, text: str | None, fitted: FittedPage) -> str:
    if not text:
        return ""
    if fits(Citation, name, text) and (not name.endswith("url") or is_web_address(text)):
        return text
    message = f"“{make_storable(text)[:60]}” cannot be the page's {name.replace('_', ' ')}; it was left out."
    fitted.warnings.append(PageWarning(OUT_OF_BOUNDS, 1, message))
    return ""
