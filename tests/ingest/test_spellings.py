"""One title in several spellings is one role: when pages are loaded, and in databases of earlier versions."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Listing, Role, RoleAlias, RoleSkill, Skill
from careers.names import make_slug
from careers.spelling import SAME_CHARACTERS, fold_spelling
from ingest.loading.merges import TitleError, merge_roles, rename_role, undo_event
from ingest.loading.similar_roles import find_split_roles
from ingest.models import Draft, Event, Mention, Page
from tests.ingest.batch_steps import find_draft, make_batch
from tests.ingest.small_pages import find_role, load_content, read_stored_page, write_guide, write_pipe

STRAIGHT, CURLY = "Baker's Helper", "Baker\u2019s Helper"


@pytest.mark.django_db
def test_any_apostrophe_and_hyphen_make_the_same_role() -> None:
    load_content(write_pipe("Co-ordinator", STRAIGHT))
    load_content(write_pipe("Co\u2011ordinator", CURLY, {"Number of jobs": ("12,500", "8,000")}))

    assert set(Role.objects.values_list("slug", flat=True)) == {"co-ordinator", "bakers-helper"}
    assert find_role(STRAIGHT).outlook.job_count == 8000


@pytest.mark.django_db
def test_any_apostrophe_makes_the_same_skill() -> None:
    load_content(write_guide("Cook", skills=("Driver's License",)))
    load_content(write_guide("Baker", skills=("Driver\u2019s License",), slug="y"))

    assert Skill.objects.count() == 1


@given(st.text(max_size=60))
def test_signs_that_writers_use_interchangeably_do_not_change_a_spelling(title: str) -> None:
    assert fold_spelling(title.translate(SAME_CHARACTERS)) == fold_spelling(title)


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_a_title_in_ascii_is_folded_like_one_with_other_letters(title: str) -> None:
    assert fold_spelling(f"{title} \u00e9") == f"{fold_spelling(title)} \u00e9".strip()


# -- databases of earlier versions ------------------------------------------------------------


def set_old_key(row: Role | RoleAlias | Skill, name: str) -> None:
    """Give a row the key that earlier versions gave this name."""
    type(row)._default_manager.filter(pk=row.pk).update(key=name.lower())


def migrate() -> None:
    import_module("careers.migrations.0008_keys_by_spelling").renew_keys(apps, None)
    import_module("ingest.migrations.0006_keys_by_spelling").renew_keys(apps, None)


@pytest.mark.django_db
def test_the_migration_renews_what_is_stored_by_the_key_of_a_title() -> None:
    outcome = load_content(write_pipe("Cook", CURLY))
    batch = make_batch(write_pipe("Cook", CURLY, {"Number of jobs": ("1", "2")}))
    old_key = CURLY.lower()
    set_old_key(find_role(CURLY), CURLY)
    Listing.objects.filter(role__slug="bakers-helper").update(key=old_key)
    Mention.objects.filter(title=CURLY).update(key=old_key)
    Page.objects.update(choices={old_key: {"salary.top_city": {"text": None, "by": "ann", "on": "2026-03-02"}}})
    draft = find_draft(batch)
    Draft.objects.update(roles=[role | {"key": old_key} for role in draft.roles])
    event = Event.objects.create(what="merge", details={"role": {"key": old_key}, "aliases": [old_key], "into": "x"})

    migrate()

    key = fold_spelling(CURLY)
    assert Role.objects.filter(key=key).exists()
    assert set(Listing.objects.values_list("key", flat=True)) == {"cook", key}
    assert set(Mention.objects.values_list("key", flat=True)) == {"cook", key}
    assert list(read_stored_page(outcome).choices) == [key]
    draft.refresh_from_db()
    assert {role["key"] for role in draft.roles} == {key}
    event.refresh_from_db()
    assert event.details == {"role": {"key": key}, "aliases": [key], "into": "x"}
    assert find_split_roles() == []


def store_two_roles_of_one_title() -> tuple[Role, Role]:
    """The roles that an earlier version made of two spellings, each with its page, and migrated."""
    load_content(write_pipe("Cook", STRAIGHT))
    load_content(write_pipe("Cook", "Placeholder", {"Number of jobs": ("12,500", "8,000")}))
    second = find_role("Placeholder")
    Role.objects.filter(pk=second.pk).update(title=CURLY, slug="bakers-helper-2")
    set_old_key(second, CURLY)
    page = Mention.objects.get(role=second).page
    Mention.objects.filter(role=second).update(title=CURLY, key=CURLY.lower())
    Page.objects.filter(pk=page.pk).update(content=write_pipe("Cook", CURLY, {"Number of jobs": ("12,500", "8,000")}))
    migrate()
    return Role.objects.get(slug="bakers-helper-2"), Role.objects.get(slug="bakers-helper")


@pytest.mark.django_db
def test_a_role_with_another_title_that_becomes_the_title_of_a_role_is_offered_for_merging() -> None:
    load_content(write_pipe("Cook", STRAIGHT))
    alias = RoleAlias.objects.create(role=find_role("Cook"), title=CURLY, slug="x")
    set_old_key(alias, CURLY)

    assert find_split_roles() == [(find_role("Cook"), find_role(STRAIGHT))]


@pytest.mark.django_db
def test_two_roles_that_become_one_title_stay_two_and_are_offered_for_merging(client: Client) -> None:
    second, first = store_two_roles_of_one_title()
    client.force_login(User.objects.create_superuser("ann"))

    home = client.get(reverse("admin:index")).content.decode()

    assert find_split_roles() == [(second, first)]
    address = f"{reverse('admin:careers_role_merge', args=[second.pk])}?into=bakers-helper"
    assert address in home
    assert 'value="bakers-helper"' in client.get(address).content.decode()
    client.post(address, {"into": "bakers-helper"})
    assert not Role.objects.filter(pk=second.pk).exists()
    assert find_role(STRAIGHT).outlook.job_count == 8000
    assert find_split_roles() == []
    assert client.get("/roles/bakers-helper-2/").headers["Location"] == "/roles/bakers-helper/"


@pytest.mark.django_db
def test_merging_two_spellings_of_one_title_cannot_be_undone_and_says_so() -> None:
    second, first = store_two_roles_of_one_title()
    event = merge_roles(second, first, None)

    with pytest.raises(TitleError, match="spellings of one title"):
        undo_event(event, None)


@pytest.mark.django_db
def test_a_role_that_kept_its_old_key_can_be_renamed_but_does_not_get_its_title_back() -> None:
    second, _ = store_two_roles_of_one_title()

    event = rename_role(second, "Kitchen Helper", None)

    assert Role.objects.get(pk=second.pk).key == "kitchen helper"
    with pytest.raises(TitleError, match="the title of another role"):
        undo_event(event, None)


@pytest.mark.django_db
def test_two_skills_that_become_one_keep_the_spelling_of_each_list() -> None:
    load_content(write_guide("Cook", skills=("Driver's License",)))
    load_content(write_guide("Baker", skills=("Placeholder",), slug="y"))
    second = Skill.objects.get(name="Placeholder")
    Skill.objects.filter(pk=second.pk).update(name="Driver\u2019s License")
    RoleSkill.objects.filter(skill=second).update(name="Driver\u2019s License")
    set_old_key(second, "Driver\u2019s License")

    migrate()

    assert Skill.objects.values_list("key", flat=True).get() == "driver's license"
    assert set(RoleSkill.objects.values_list("name", flat=True)) == {"Driver's License", "Driver\u2019s License"}
    assert make_slug("Driver\u2019s License") == "drivers-license"
