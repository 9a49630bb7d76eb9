"""Skills and duties of one role, for tests of loading."""

from ingest.parsing.evidence import Evidence
from ingest.parsing.role_facts import DutyFact, RoleFacts, SkillFact


def make_skill(name: str, rank: int, percent: int | None = None) -> SkillFact:
    return SkillFact(name, "listed", rank, percent, None, Evidence(1, name, "listed"))


def make_duty(text: str) -> DutyFact:
    return DutyFact(text, Evidence(1, text, "listed"))


def make_role_with_skills(*names: str, title: str = "Baker") -> RoleFacts:
    skills = tuple(make_skill(name, rank) for rank, name in enumerate(names, 1))
    return RoleFacts(title=title, titled_by="table", skills=skills)
