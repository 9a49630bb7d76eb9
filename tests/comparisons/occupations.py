"""Official occupations stored directly, with projections, requirements and shares as a test gives them."""

from typing import Any

from careers.models import Citation, Major, Role
from comparisons.comparison import Comparison, compare
from comparisons.queries.roles import read_current_roles
from tests.comparisons.stored_roles import store_citation, store_role_from

LEVELS = ("less_than_high_school", "high_school", "some_college", "associate", "bachelor", "master")
BUREAU = "Bureau"


def store_occupation(title: str, code: str, **groups: dict[str, Any]) -> Role:
    """`groups`: those of the vocabulary, such as `projection={...}`."""
    role = store_role_from({"title": title, "publisher": BUREAU, "page": code, **groups})
    Role.objects.filter(pk=role.pk).update(soc_code=code)
    return Role.objects.get(pk=role.pk)


def make_projection(base: int, target: int, openings: int, years: tuple[int, int] = (2024, 2034)) -> dict[str, int]:
    first, last = years
    return {
        "base_year": first,
        "target_year": last,
        "jobs_base": base,
        "jobs_target": target,
        "openings_per_year": openings,
    }


def make_requirements(education: str, training: str = "None", experience: str = "None") -> dict[str, str]:
    return {"education": education, "work_experience": experience, "training": training}


def spread_attainment(*shares: float) -> dict[str, float]:
    """`shares`: from no diploma up to a master's degree; the rest has a doctoral or professional degree."""
    return dict(zip(LEVELS, shares, strict=True)) | {"doctoral_or_professional": 100 - sum(shares)}


def store_majors(role: Role, *names: str) -> Citation:
    citation = store_citation("Centre", "majors")
    for position, name in enumerate(names, 1):
        evidence = {"cip": {"line": position + 1, "how": "cell", "code": role.soc_code}}
        Major.objects.create(
            role=role, citation=citation, position=position, cip=f"{len(name)}.{name[:4]}", name=name, evidence=evidence
        )
    Role.objects.filter(pk=role.pk).update(majors_citation=citation)
    return citation


def compare_stored(*roles: Role) -> Comparison:
    return compare(read_current_roles([role.slug for role in roles]))
