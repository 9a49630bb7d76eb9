"""Stores roles directly through the ORM, with the reviewed figures of the fixture pages."""

import json
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils import timezone

from careers import models
from careers.names import make_slug
from careers.spelling import fold_spelling
from ingest.loading.list_rows import update_listings

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"

LEAD = "Lead Technician"
PROFESSIONAL = "Professional Technician"
SOFTWARE = "Software Support Technician"
SPECIALIST = "Software Support Specialist"
PROGRAM = "Program Support Technician"
CUSTOMER = "Customer Support Technician"
GUIDE = "Software Technician"


@cache
def read_fixture_facts() -> dict[str, dict[str, Any]]:
    """Title -> what the fixture pages say about it: of several pages the one with most duties, then the first."""
    by_title: dict[str, dict[str, Any]] = {}
    for path in sorted(PAGES.glob("*/*.json")):
        page = json.loads(path.read_text())
        for role in page["roles"]:
            earlier = by_title.get(role["title"])
            if earlier is None or len(role["duties"]) > len(earlier["duties"]):
                by_title[role["title"]] = role | {"publisher": path.parent.name.capitalize(), "page": path.stem}
    return by_title


def store_role(title: str, **changes: Any) -> models.Role:
    """The role with the figures of its fixture page; `salary={"annual_average": None}` changes some of them."""
    return store_role_from(read_fixture_facts()[title] | {"title": title}, **changes)


def store_role_from(facts: dict[str, Any], **changes: Any) -> models.Role:
    facts = json.loads(json.dumps(facts))
    for group, values in changes.items():
        facts[group] = {**(facts.get(group) or {}), **values} if isinstance(values, dict) else values
    citation = store_citation(facts.get("publisher", "Zippia"), facts.get("page", make_slug(facts["title"])))
    role = models.Role.objects.create(title=facts["title"], slug=make_slug(facts["title"]))
    entry = {**(facts.get("entry") or {}), **(facts.get("education") or {})}
    people = dict(facts.get("demographics") or {})
    people |= people.pop("race", None) or {}
    words = {key: facts.get(key) for key in ("summary", "occupation_group")} | (facts.get("work_life") or {})
    rows = {
        "salary": (models.SalaryStats, facts.get("salary")),
        "outlook": (models.Outlook, facts.get("outlook")),
        "projection": (models.Projection, facts.get("projection")),
        "preparation": (models.Preparation, entry),
        "requirements": (models.Requirements, facts.get("requirements")),
        "attainment": (models.Attainment, facts.get("attainment")),
        "skill_ranks": (models.SkillRanks, facts.get("skill_ranks")),
        "job_zone": (models.JobZone, facts.get("job_zone")),
        "demographics": (models.Demographics, people),
        "survey": (models.Survey, facts.get("survey")),
        "median_age": (models.MedianAge, facts.get("median_age")),
        "profile": (models.Profile, words),
    }
    current: dict[str, Any] = {}  # what the role points to
    for group, (model, values) in rows.items():
        if values and any(value is not None for value in values.values()):
            row = model._default_manager.create(role=role, citation=citation, evidence=make_evidence(values), **values)
            current[group] = row
    for group, rows_of_list in _list_rows(facts).items():
        for row in rows_of_list:
            row.role, row.citation = role, citation
        if rows_of_list:
            type(rows_of_list[0])._default_manager.bulk_create(rows_of_list)
            current[f"{group}_citation"] = citation
    models.Role.objects.filter(pk=role.pk).update(**current)
    update_listings([role.pk])
    return models.Role.objects.get(pk=role.pk)


def _list_rows(facts: dict[str, Any]) -> dict[str, list[Any]]:
    """The rows of each list, still without role and citation."""
    skills, duties, sections = (facts.get(key) or [] for key in ("skills", "duties", "sections"))
    skills_by_slug = _store_skills([skill["name"] for skill in skills])
    skill_rows, duty_rows, section_rows = [], [], []
    for position, skill in enumerate(skills):
        evidence = make_evidence({"name": skill["name"]}, how="listed")
        row = models.RoleSkill(
            skill=skills_by_slug[make_slug(skill["name"])], position=position, evidence=evidence, **skill
        )
        skill_rows.append(row)
    for position, text in enumerate(duties):
        truncated = position == len(duties) - 1 and facts.get("duties_truncated", False)
        evidence = make_evidence({"text": text}, how="listed")
        duty_rows.append(models.Duty(position=position, text=text, truncated=truncated, evidence=evidence))
    for position, section in enumerate(sections):
        evidence = make_evidence({"heading": section["heading"]}, how="text")
        section_rows.append(models.Section(position=position, evidence=evidence, **section))
    return {"skills": skill_rows, "duties": duty_rows, "sections": section_rows}


def _store_skills(names: list[str]) -> dict[str, models.Skill]:
    """Slug -> skill. Those that are missing are stored."""
    spelled: dict[str, str] = {}
    for name in names:
        spelled.setdefault(make_slug(name), name)
    stored = {skill.slug: skill for skill in models.Skill.objects.filter(slug__in=spelled)}
    missing = [
        models.Skill(slug=slug, name=name, key=fold_spelling(name))
        for slug, name in spelled.items()
        if slug not in stored
    ]
    models.Skill.objects.bulk_create(missing)
    return stored | {skill.slug: skill for skill in missing}


def store_citation(publisher: str, page: str) -> models.Citation:
    licensed = {"licence": "CC BY 4.0", "licence_url": "https://creativecommons.org/licenses/by/4.0/"}
    stored_publisher, _ = models.Publisher.objects.get_or_create(
        slug=publisher.lower(),
        defaults={"name": publisher, "attribution": f"Text by {publisher}."}
        | (licensed if publisher == "Jobicy" else {}),
    )
    address = f"https://{stored_publisher.slug}.example/{page}/"
    about = {"title": page.replace("-", " ").capitalize(), "captured_on": date(2026, 3, 1), "loaded_at": timezone.now()}
    citation, _ = models.Citation.objects.get_or_create(
        publisher=stored_publisher, url=address, defaults=about | {"digest": sha256(page.encode()).hexdigest()}
    )
    return citation


def make_evidence(values: dict[str, Any], how: str = "cell") -> dict[str, Any]:
    """Evidence as a page leaves it: the page shows `-` for a missing value."""
    return {
        field: {"line": line, "raw": "-" if value is None else str(value), "how": how}
        for line, (field, value) in enumerate(values.items(), 8)
    }
