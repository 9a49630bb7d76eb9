"""The roles that a load creates or joins: their titles and addresses."""

import pytest

from careers.models import Role, RoleAlias
from ingest.models import Mention
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.small_lists import make_duty
from tests.ingest.small_pages import DAY, find_role, load_content, store_facts, write_pipe

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("turned", [False, True])
def test_the_spelling_of_a_title_does_not_depend_on_the_order(turned: bool) -> None:
    spellings = ["lead baker", "LEAD BAKER", "Lead Baker"]
    for spelling in reversed(spellings) if turned else spellings:
        load_content(write_pipe(spelling, "Miller"))

    assert find_role("lead baker").title == "Lead Baker"
    assert find_role("lead baker").slug == "lead-baker"


def test_an_acronym_keeps_its_capitals() -> None:
    load_content(write_pipe("Lpn", "Miller"))
    load_content(write_pipe("LPN", "Miller"))

    assert find_role("lpn").title == "LPN"


@pytest.mark.parametrize("turned", [False, True])
def test_any_spelling_takes_precedence_over_one_from_prose(turned: bool) -> None:
    facts = [
        RoleFacts(title="IT BAKER of Bread", titled_by="prose", duties=(make_duty("Bake."),)),
        RoleFacts(title="It baker of bread", titled_by="table", duties=(make_duty("Bake bread."),)),
    ]
    for of_role in reversed(facts) if turned else facts:
        store_facts(of_role)

    assert Role.objects.get().title == "It baker of bread"


def test_another_title_that_a_person_gave_leads_to_the_role() -> None:
    load_content(write_pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")

    outcome = load_content(write_pipe("Bread Maker", "Cook"))

    assert outcome.report is not None
    assert outcome.report.roles == ("baker", "cook")
    assert find_role("Baker").title == "Baker"
    assert Role.objects.count() == 3


def test_two_titles_of_one_page_that_are_one_role_keep_the_facts_of_its_own_title() -> None:
    load_content(write_pipe("Baker", "Miller", {"Yearly salary": ("$31,200", "$41,600")}))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")

    rows = {"Yearly salary": ("$99,000", "$31,000"), "Growth rate": ("1%", "2%")}
    outcome = load_content(write_pipe("Bread Maker", "Baker", rows), captured_on=DAY.replace(year=2028))

    assert find_role("Baker").salary.annual_average == 31000
    assert outcome.report is not None
    assert outcome.report.roles == ("baker",)
    assert [warning["code"] for warning in outcome.report.warnings] == ["same-role"]


def test_slugs_that_clash_get_a_number_and_other_titles_count() -> None:
    load_content(write_pipe("Baker/Cook", "Miller"))
    RoleAlias.objects.create(role=find_role("Miller"), title="Grinder & Son", slug="grinder-son")
    load_content(write_pipe("Baker & Cook", "Grinder Son"))

    slugs = dict(Role.objects.values_list("title", "slug"))
    assert slugs["Baker & Cook"] == "baker-cook-2"
    assert slugs["Grinder Son"] == "grinder-son-2"


def test_a_numbered_slug_never_joins_two() -> None:
    long = "a" * 116 + " vsx"  # cut at 120 characters, its slug ends in -vs
    store_facts(RoleFacts(title=long, titled_by="table", duties=(make_duty("Work."),)))
    store_facts(RoleFacts(title=long.replace(" ", "/"), titled_by="table", duties=(make_duty("Work hard."),)))

    assert not Role.objects.filter(slug__contains="-vs-").exists()
    assert Role.objects.count() == 2


def test_a_role_about_which_the_page_says_nothing_is_not_created() -> None:
    store_facts(
        RoleFacts(title="Baker", titled_by="table", duties=(make_duty("Bake."),)),
        RoleFacts(title="Miller", titled_by="table"),
    )

    assert [role.title for role in Role.objects.all()] == ["Baker"]
    assert [mention.title for mention in Mention.objects.all()] == ["Baker"]
