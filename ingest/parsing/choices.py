"""Replaces what was unclear on a page by what a person chose."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

from careers.spelling import fold_spelling
from careers.vocabulary import OCCUPATION_GROUPS, PERCENT, PERCENTILE_RANK, RACE_KEYS, STORED_IN, TERMS
from ingest.parsing import cells
from ingest.parsing.cells import UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.list_choices import EntryPlace, apply_entry_choices, read_entry_field
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.readers import READER_OF, CellReader
from ingest.parsing.role_facts import RoleFacts, SkillFact, Value

_YEAR = re.compile(r"20\d\d")
_MEDIAN_AGE = re.compile(r"\d{1,3}(\.\d)?", re.ASCII)
_SPAN_END = re.compile(r"(\d{1,3}) (month|year)s?", re.IGNORECASE)


def _read_span_end(text: str) -> int:
    match = cells.match_cell(_SPAN_END, text, "a span of time like 18 months or 2 years")
    return int(match[1]) * (12 if match[2].lower() == "year" else 1)


def _read_year(text: str) -> int:
    return int(cells.match_cell(_YEAR, text, "a year like 2024")[0])


def _read_median_age(text: str) -> Decimal:
    return Decimal(cells.match_cell(_MEDIAN_AGE, text, "an age like 42.3")[0])


# How values that only occupations have are read, by their units. "None" is one of their texts.
_READER_OF_UNIT: dict[str, Callable[[str], Value]] = {
    "": str,
    "year": _read_year,
    "jobs": cells.read_count,
    "openings a year": cells.read_count,
    "of 5": cells.read_count,
    "years": _read_median_age,
    PERCENT: cells.read_growth,
    PERCENTILE_RANK: cells.read_count,
}

# How a single value that a person enters is read, where its cell holds several or no table has a cell for it.
_READERS: dict[str, Callable[[str], Value]] = {
    **{key: cells.read_money for key in STORED_IN if key.startswith("salary.annual_")},
    **{key: cells.read_rate for key in STORED_IN if key.startswith("salary.hourly_")},
    **dict.fromkeys(("salary.relative_error_percent", "outlook.relative_error_percent"), cells.read_growth),
    **dict.fromkeys(("demographics.male_percent", "demographics.female_percent", *RACE_KEYS), cells.read_growth),
    **dict.fromkeys(("entry.months_low", "entry.months_high"), _read_span_end),
    **dict.fromkeys(("work_life.stress_level", "work_life.balance_rating", "occupation_group"), cells.read_name),
    "education.degree": cells.read_name,
    "education.degree_percent": cells.read_whole_percent,
    "salary.note": str,
    "summary": str,
    **{term.key: _READER_OF_UNIT[term.unit] for term in TERMS if term.group in OCCUPATION_GROUPS},
}
_TIME_TO_ENTER = CellReader((), ("entry.months_low", "entry.months_high"), cells.read_months)


# (title key, field) -> the text that a person chose
Choices = Mapping[tuple[str, str], str | None]


def read_chosen_values(field: str, text: str | None) -> dict[str, Any]:
    """Vocabulary key -> value, for the text that a person chose for one field; None is "not published".

    Raises UnreadableError for a text that is not a value of the field.

    >>> read_chosen_values("outlook.growth_percent", "-7%"), read_chosen_values("salary.top_company", None)
    ({'outlook.growth_percent': Decimal('-7')}, {'salary.top_company': None})
    >>> read_chosen_values("salary.annual_low", "Between $30,000 And $40,000")
    {'salary.annual_low': 30000, 'salary.annual_high': 40000}
    >>> read_chosen_values("demographics.female_percent", "27.9%"), read_chosen_values("entry.months_high", "2 years")
    ({'demographics.female_percent': Decimal('27.9')}, {'entry.months_high': 24})
    >>> read_chosen_values("requirements.training", "None"), read_chosen_values("projection.base_year", "2024")
    ({'requirements.training': 'None'}, {'projection.base_year': 2024})
    """
    cell = _find_cell_reader(field, text)
    if text is None:
        keys = cell.keys if cell else (field,)
        return dict.fromkeys(keys)
    if field == "skills":
        return {"skills": _split_skill_names(text)}
    read_alone = _READERS.get(field)
    if cell:
        try:
            return dict(zip(cell.keys, cell.read(text), strict=True))
        except UnreadableError:
            if read_alone is None:
                raise
    if read_alone is None:
        raise UnreadableError(f"“{field}” is not a value that can be chosen.")
    return {field: read_alone(text)}


def _find_cell_reader(field: str, text: str | None) -> CellReader | None:
    """How the cell whose first value is this field is read; None if there is no such cell."""
    if field == "entry.months_low" and text and not _SPAN_END.fullmatch(text):
        return _TIME_TO_ENTER  # a whole span, as sentences give it
    cell = READER_OF.get(field)
    return cell if cell and cell.keys[0] == field else None


def _split_skill_names(text: str) -> list[str]:
    names = [" ".join(name.split()) for name in text.split(";") if name.strip()]
    if not names:
        raise UnreadableError("No skill is named. Separate skills with semicolons.")
    return names


def apply_choices(page: ParsedPage, choices: Choices, places: Mapping[tuple[str, str], Evidence]) -> ParsedPage:
    """The page with each choice for one of its roles. A choice that cannot be read changes nothing.

    `places`: the same keys -> where a person says that the value stands, if nothing was read for it.
    """
    for (key, field), text in choices.items():
        for role in page.roles:
            if role.key == key and read_entry_field(field) is None:
                with suppress(UnreadableError):
                    page = _apply_choice(page, role, field, text, places.get((key, field)))
    return _apply_entry_choices(page, choices)


def _apply_entry_choices(page: ParsedPage, choices: Choices) -> ParsedPage:
    by_role: dict[str, dict[EntryPlace, str | None]] = {}
    for (key, field), text in choices.items():
        if entry := read_entry_field(field):
            by_role.setdefault(key, {})[entry] = text
    if not by_role:
        return page
    roles = tuple(apply_entry_choices(role, by_role.get(role.key, {})) for role in page.roles)
    return replace(page, roles=roles)


def _apply_choice(
    page: ParsedPage, role: RoleFacts, field: str, text: str | None, stated: Evidence | None
) -> ParsedPage:
    """`text`: what a person chose. `stated`: where the person says that it stands. Raises UnreadableError."""
    values = read_chosen_values(field, text)
    place = (role.title, field)
    evidence = stated or _find_evidence_of_choice(page, place, text or "-")
    roles = list(page.roles)
    if field == "skills":
        changed = _add_skills(role, values, evidence)
    else:
        changed = _put_values(role, values, evidence, is_stated=stated is not None)
    roles[roles.index(role)] = changed
    return replace(
        page,
        roles=tuple(roles),
        ambiguous=tuple(question for question in page.ambiguous if (question.role, question.field) != place),
        warnings=tuple(warning for warning in page.warnings if (warning.role, warning.field) != place),
    )


def _find_evidence_of_choice(page: ParsedPage, place: tuple[str, str], text: str) -> Evidence:
    """The line on which the page leaves the value open; its first line if it does not."""
    for question in page.ambiguous:
        if (question.role, question.field) == place:
            return Evidence(question.line, question.raw, "chosen")
    return Evidence(1, text, "chosen")


def _put_values(role: RoleFacts, values: Mapping[str, Any], default: Evidence, *, is_stated: bool) -> RoleFacts:
    """The role with these values.

    `default`: the evidence of values that had none. Where a person stated it (`is_stated`), it is also that of values
    on other lines.
    """
    evidence = dict(role.evidence)
    for key in values:
        before = evidence.get(key)
        evidence[key] = default
        if before and (not is_stated or before.line == default.line):
            evidence[key] = replace(before, how="chosen", candidates=(), warnings=(), missing=None)
    return replace(role, values={**role.values, **values}, evidence=evidence)


def _add_skills(role: RoleFacts, values: Mapping[str, Any], evidence: Evidence) -> RoleFacts:
    """The role with the chosen skills after those that it lists already."""
    skills = list(role.skills)
    for name in values["skills"] or ():
        if fold_spelling(name) not in {fold_spelling(skill.name) for skill in skills}:
            skills.append(SkillFact(name, "listed", len(skills) + 1, None, None, evidence))
    return replace(role, skills=tuple(skills))
