"""The findings above the sections of a comparison: whole sentences for every case."""

import pytest

from comparisons.comparison import compare
from comparisons.language.verdict import entry_findings, pay_findings, people_findings, skill_findings
from comparisons.queries.roles import read_current_roles
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role

pytestmark = pytest.mark.django_db


def test_scraped_roles_have_findings_on_their_ranges_lists_and_people() -> None:
    comparison = compare(read_current_roles([store_role(title).slug for title in (LEAD, SOFTWARE)]))
    findings = [
        pay_findings.find_pay_steps(comparison),
        entry_findings.find_entry(comparison),
        skill_findings.find_listed_skills(comparison),
        people_findings.summarize_people(comparison),
    ]
    assert ["".join(part.text for part in finding or ()) for finding in findings] == [
        "The gap shrinks from $12,000 at the low end to $8,000 at the top",
        "Getting in takes the same time for both: 1 to 2 years",
        "Java is on both lists",
        "Women, race and age: average age 42",
    ]
    assert pay_findings.find_places(comparison) is None
    assert pay_findings.find_years(comparison) is None
    assert skill_findings.find_rated_skills(comparison) is None
