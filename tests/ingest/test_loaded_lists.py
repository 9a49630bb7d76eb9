"""Lists that are loaded: skills, duties and sections."""

import pytest

from careers.models import Duty, Skill, SkillAlias
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.small_lists import make_duty, make_role_with_skills
from tests.ingest.small_pages import find_role, load_content, store_facts, write_guide

pytestmark = pytest.mark.django_db


def test_skills_keep_their_order_and_each_page_its_spelling() -> None:
    store_facts(make_role_with_skills("SQL", "data entry", "C++"))
    store_facts(make_role_with_skills("sql", title="Miller"))

    rows = find_role("Miller").roleskill_rows.all()
    assert [(row.name, row.skill.name) for row in rows] == [("sql", "SQL")]
    assert [row.name for row in find_role("Baker").roleskill_rows.all()] == ["SQL", "data entry", "C++"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_spelling_of_a_skill_does_not_depend_on_the_order(turned: bool) -> None:
    for name in reversed(["java", "Java"]) if turned else ["java", "Java"]:
        store_facts(make_role_with_skills(name, title=f"Baker of {name!r}"))

    assert Skill.objects.get().name == "Java"


def test_a_spelling_that_a_person_joined_stays_a_skill_of_its_own_so_that_it_can_be_separated_again() -> None:
    store_facts(make_role_with_skills("JavaScript"))
    SkillAlias.objects.create(skill=Skill.objects.get(), name="JS")

    store_facts(make_role_with_skills("js", title="Miller"))

    assert find_role("Miller").roleskill_rows.get().skill.name == "js"


def test_hidden_duties_are_noted_on_the_last_one() -> None:
    facts = RoleFacts(
        title="Baker", titled_by="table", duties=(make_duty("Bake."), make_duty("Sell.")), duties_truncated=True
    )
    store_facts(facts)

    assert list(Duty.objects.values_list("text", "truncated")) == [("Bake.", False), ("Sell.", True)]


def test_sections_are_kept_whole_and_in_order() -> None:
    load_content(write_guide("Baker"))

    sections = find_role("Baker").section_rows.all()
    assert [section.heading for section in sections][-1] == "Work Setting"
    assert sections[len(sections) - 1].blocks == [{"type": "paragraph", "text": "Indoors."}]
