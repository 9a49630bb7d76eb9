"""Roles with figures like those of official occupations, some of which a test can change."""

from typing import Any

from comparisons.queries.current_role import CurrentRole
from tests.comparisons.made_roles import make_attainment, make_outlook, make_pay, make_role

BACHELOR = {"education": "Bachelor's degree", "work_experience": "None", "training": "None"}
SCHOOL = {"education": "High school diploma or equivalent", "work_experience": "None", "training": "Apprenticeship"}


def make_nurse(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(68_940, 80_330, 97_550, 112_350, 137_470),
        "outlook": {"job_count": 3_379_720},
        "projection": make_outlook(4.9, 189_100),
        "attainment": make_attainment(0.5, 1.2, 3.9, 25.6, 54.4, 11.8, 2.7),
        "requirements": BACHELOR,
    }
    return make_role("Nurse", "Nurses", **(groups | changes))


def make_developer(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(82_460, 105_210, 135_980, 171_980, 214_670),
        "outlook": {"job_count": 1_687_890},
        "projection": make_outlook(15.8, 115_200),
        "attainment": make_attainment(0.5, 2.2, 7.4, 3.9, 51.9, 30.1, 3.9),
        "requirements": BACHELOR,
    }
    return make_role("Developer", "Developers", **(groups | changes))


def make_electrician(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(40_000, 48_000, 63_190, 80_000, 108_510),
        "outlook": {"job_count": 757_220},
        "projection": make_outlook(9.5, 81_000),
        "attainment": make_attainment(6, 40, 33, 12, 7, 1, 1),
        "requirements": SCHOOL,
    }
    return make_role("Electrician", "Electricians", **(groups | changes))


def make_accountant(**changes: Any) -> CurrentRole:
    groups: dict[str, Any] = {
        "salary": make_pay(53_000, 65_000, 83_680, 108_000, 141_000),
        "outlook": {"job_count": 1_449_500},
        "projection": make_outlook(4.6, 124_200),
        "attainment": make_attainment(0.2, 1, 4, 6, 60, 27, 2),
        "requirements": BACHELOR,
    }
    return make_role("Accountant", "Accountants", **(groups | changes))
