"""What a person chose for a page, put in the place of what was unclear."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from careers.vocabulary import STORED_IN
from ingest.parsing import cells
from ingest.parsing.cells import UnreadableError, key_of
from ingest.parsing.facts import Evidence, ParsedPage, RoleFacts, SkillFact
from ingest.parsing.readers import READER_OF, Value

# What guides can leave unclear, and a row label of a pair page does not read.
_MONEY = ("salary.annual_low", "salary.annual_high", "salary.annual_entry", "salary.annual_mid", "salary.annual_senior")
_READERS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((*_MONEY, "salary.annual_median"), cells.money),
    "summary": str,
}


def values_of(field: str, text: str | None) -> dict[str, Any]:
    """Vocabulary key -> value, for what was chosen in one place; raises UnreadableError where it cannot be that.

    >>> values_of("outlook.growth_percent", "-7%"), values_of("salary.top_company", None)
    ({'outlook.growth_percent': Decimal('-7')}, {'salary.top_company': None})
    >>> values_of("salary.annual_low", "Between $30,000 And $40,000")
    {'salary.annual_low': 30000, 'salary.annual_high': 40000}
    """
    label = READER_OF.get(field)
    keys = label.keys if label and label.keys[0] == field else (field,)
    if text is None:
        return dict.fromkeys(keys)
    if field == "skills":
        names = [name for name in (" ".join(part.split()) for part in text.split(";")) if name]
        if not names:
            raise UnreadableError("No skill is named. Name them with a semicolon between each two.")
        return {"skills": names}
    reader = _READERS.get(field)
    if label and keys[0] == field:
        try:
            return dict(zip(keys, label.read(text), strict=True))
        except UnreadableError:
            if reader is None:
                raise
    if reader is None:
        raise UnreadableError(f"“{field}” is nothing that can be chosen.")
    return {field: reader(text)}


def apply_choices(page: ParsedPage, choices: Mapping[tuple[str, str], str | None]) -> ParsedPage:
    """The page with each choice for one of its roles; one that cannot be such a value changes nothing."""
    for (key, field), text in choices.items():
        for role in page.roles:
            if key_of(role.title) == key:
                try:
                    values = values_of(field, text)
                except UnreadableError:
                    continue
                page = _with(page, role, field, text, values)
    return page


def _with(page: ParsedPage, role: RoleFacts, field: str, text: str | None, values: Mapping[str, Any]) -> ParsedPage:
    place = (role.title, field)
    asked = next((each for each in page.ambiguous if (each.role, each.field) == place), None)
    stood = Evidence(asked.line, asked.raw, "chosen") if asked else Evidence(1, text or "-", "chosen")
    chosen = _with_skills(role, values, stood) if field == "skills" else _with_values(role, values, stood)
    return replace(
        page,
        roles=tuple(chosen if each is role else each for each in page.roles),
        ambiguous=tuple(each for each in page.ambiguous if (each.role, each.field) != place),
        warnings=tuple(each for each in page.warnings if (each.role, each.field) != place),
    )


def _with_values(role: RoleFacts, values: Mapping[str, Any], stood: Evidence) -> RoleFacts:
    for key, value in values.items():
        group, name = STORED_IN[key]
        facts = getattr(role, group)
        before = facts.evidence.get(name)
        evidence = Evidence(before.line, before.raw, "chosen") if before else stood
        facts = replace(facts, **{name: value}, evidence={**facts.evidence, name: evidence})
        role = replace(role, **{group: facts})
    return role


def _with_skills(role: RoleFacts, values: Mapping[str, Any], stood: Evidence) -> RoleFacts:
    """The bullets, and below them those names that no bullet has."""
    skills = list(role.skills)
    for name in values["skills"] or ():
        if key_of(name) not in {key_of(skill.name) for skill in skills}:
            skills.append(SkillFact(name, "listed", len(skills) + 1, None, None, stood))
    return replace(role, skills=tuple(skills))
