"""Merging and renaming roles, and undoing it."""

import pytest
from django.contrib.auth.models import User

from careers.models import Citation, Revision, Role, RoleAlias, Skill, TitleTerm
from ingest.loading.merges import TitleError, add_alias, merge_roles, remove_alias, rename_role, undo_event
from ingest.loading.similar_roles import find_similar_roles
from ingest.models import Event, Mention, Page
from tests.ingest.small_pages import guide, loaded, pipe, role, state

pytestmark = pytest.mark.django_db

GROWTH = {"Growth rate": ("1%", "2%")}


@pytest.fixture
def ann() -> User:
    return User.objects.create(username="ann")


def titles() -> set[str]:
    return set(Role.objects.values_list("title", flat=True))


def test_a_merged_role_has_the_facts_of_both(ann: User) -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Bread Maker", "Cook", GROWTH))
    before = Revision.objects.get().number

    event = merge_roles(role("Bread Maker"), role("Baker"), ann)

    assert titles() == {"Baker", "Miller", "Cook"}
    assert (role("Baker").salary.annual_average, role("Baker").outlook.growth_percent) == (31200, 1)
    assert (event.by, event.what, event.role) == (ann, "merge", role("Baker"))
    assert Revision.objects.get().number > before


def test_the_old_address_leads_to_the_role_that_stays() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Bread Maker", "Cook"))

    merge_roles(role("Bread Maker"), role("Baker"), None)

    assert RoleAlias.objects.get(slug="bread-maker").role == role("Baker")


def test_a_merge_leaves_what_loading_with_the_other_title_known_would_have_left() -> None:
    pages = [pipe("Bread Maker", "Cook", GROWTH), guide("Bread Maker", skills=("Ovens",)), pipe("Baker", "Bread Maker")]
    loaded(pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=role("Baker"), title="Bread Maker", slug="bread-maker")
    for content in pages:
        loaded(content)
    expected = state()
    Role.objects.all().delete()
    Mention.objects.all().delete()
    Citation.objects.all().delete()
    Skill.objects.all().delete()
    Page.objects.all().delete()

    for content in [pipe("Baker", "Miller"), *pages]:
        loaded(content)
    merge_roles(role("Bread Maker"), role("Baker"), None)

    assert state() == expected


def test_a_merge_is_undone_to_the_last_value() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Bread Maker", "Cook", GROWTH))
    loaded(pipe("Baker", "Bread Maker", GROWTH))
    RoleAlias.objects.create(role=role("Bread Maker"), title="Loaf Maker", slug="loaf-maker")
    Role.objects.filter(title="Bread Maker").update(renamed=True)
    before = state()
    event = merge_roles(role("Bread Maker"), role("Baker"), None)
    assert role("Loaf Maker") == role("Baker")

    undo_event(event, None)

    assert state() == before
    assert role("Loaf Maker").title == "Bread Maker"
    assert role("Bread Maker").renamed


def test_pages_loaded_after_a_merge_speak_of_the_role_that_stays_and_part_with_it() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Bread Maker", "Cook"))
    event = merge_roles(role("Bread Maker"), role("Baker"), None)

    loaded(pipe("Bread Maker", "Waiter", GROWTH))
    assert role("Baker").outlook.growth_percent == 1
    undo_event(event, None)

    assert role("Baker").outlook is None
    assert role("Bread Maker").outlook.growth_percent == 1


def test_a_role_cannot_be_merged_with_itself_or_twice() -> None:
    loaded(pipe("Baker", "Miller"))
    gone, stays = role("Baker"), role("Miller")
    with pytest.raises(TitleError):
        merge_roles(stays, stays, None)
    merge_roles(gone, stays, None)

    with pytest.raises(TitleError):
        merge_roles(gone, stays, None)


def test_a_merge_that_would_lose_what_an_earlier_reader_read_is_not_done() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Bread Maker", "Cook"))
    Page.objects.update(content=b"A letter to my aunt.")
    before = state()

    with pytest.raises(TitleError, match="can no longer be read"):
        merge_roles(role("Bread Maker"), role("Baker"), None)

    assert state() == before


def test_nothing_is_undone_twice() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Bread Maker", "Cook"))
    event = merge_roles(role("Bread Maker"), role("Baker"), None)
    undone = undo_event(event, None)

    assert undone.undoes == event
    with pytest.raises(TitleError):
        undo_event(event, None)
    with pytest.raises(TitleError):
        undo_event(undone, None)


def test_two_merges_are_undone_in_any_order() -> None:
    for other in ("Bread Maker", "Loaf Maker"):
        loaded(pipe(other, "Cook"))
    loaded(pipe("Baker", "Cook"))
    before = state()
    first = merge_roles(role("Bread Maker"), role("Loaf Maker"), None)
    second = merge_roles(role("Loaf Maker"), role("Baker"), None)

    undo_event(first, None)
    undo_event(second, None)

    assert state() == before


# -- renaming ---------------------------------------------------------------------------------


def test_a_renamed_role_keeps_its_facts_and_its_old_address_leads_to_it() -> None:
    loaded(pipe("Baker", "Miller"))

    rename_role(role("Baker"), "Bread Maker", None)

    assert (role("Bread Maker").slug, role("Bread Maker").salary.annual_average) == ("bread-maker", 31200)
    assert RoleAlias.objects.get(slug="baker").role == role("Bread Maker")


def test_pages_with_the_old_title_still_speak_of_a_renamed_role() -> None:
    loaded(pipe("Baker", "Miller"))
    rename_role(role("Baker"), "Bread Maker", None)

    loaded(pipe("Baker", "Cook", GROWTH))

    assert titles() == {"Bread Maker", "Miller", "Cook"}
    assert role("Bread Maker").outlook.growth_percent == 1


def test_a_spelling_that_a_person_gave_stays() -> None:
    loaded(pipe("Ux Designer", "Miller"))
    rename_role(role("Ux Designer"), "ux designer", None)

    loaded(pipe("UX DESIGNER", "Cook"))

    assert role("UX Designer").title == "ux designer"
    assert not RoleAlias.objects.exists()


def test_renaming_is_undone() -> None:
    loaded(pipe("Baker", "Miller"))
    before = state()
    event = rename_role(role("Baker"), "Bread Maker", None)

    undo_event(event, None)

    assert state() == before
    assert not RoleAlias.objects.exists()


def test_a_role_can_take_one_of_its_other_titles_and_go_back() -> None:
    loaded(pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=role("Baker"), title="Bread Maker", slug="bread-maker")

    event = rename_role(role("Baker"), "Bread Maker", None)
    assert (role("Baker").title, role("Baker").slug) == ("Bread Maker", "bread-maker")
    assert RoleAlias.objects.get().title == "Baker"

    undo_event(event, None)
    assert role("Bread Maker").title == "Baker"
    assert RoleAlias.objects.get().title == "Bread Maker"


@pytest.mark.parametrize("title", ["", "x" * 201, "Baker", "miller", "\u200b"])
def test_a_title_that_cannot_be_is_refused(title: str) -> None:
    loaded(pipe("Baker", "Miller"))

    with pytest.raises(TitleError):
        rename_role(role("Baker"), title, None)
    assert titles() == {"Baker", "Miller"}


def test_only_the_last_renaming_can_be_undone_first() -> None:
    loaded(pipe("Baker", "Miller"))
    first = rename_role(role("Baker"), "Bread Maker", None)
    second = rename_role(role("Baker"), "Loaf Maker", None)

    with pytest.raises(TitleError):
        undo_event(first, None)
    undo_event(second, None)
    undo_event(first, None)
    assert titles() == {"Baker", "Miller"}


def aliases() -> set[str]:
    return set(RoleAlias.objects.values_list("title", flat=True))


def test_renaming_and_renaming_back_leaves_no_alias() -> None:
    loaded(pipe("Baker", "Miller"))
    before = state()

    for title in ("Bread Maker", "Loaf Maker", "Baker"):
        rename_role(role("Baker"), title, None)

    assert aliases() == set()
    assert state() == before


def test_a_title_that_pages_use_or_a_person_gave_stays_when_the_first_title_is_restored() -> None:
    loaded(pipe("Baker", "Miller"))
    add_alias("baker", "Oven Hand", None)
    rename_role(role("Baker"), "Bread Maker", None)
    loaded(pipe("Bread Maker", "Cook", GROWTH))
    rename_role(role("Baker"), "Oven Hand", None)

    rename_role(role("Baker"), "Baker", None)

    assert aliases() == {"Bread Maker", "Oven Hand"}


def test_renaming_back_is_undone() -> None:
    loaded(pipe("Baker", "Miller"))
    rename_role(role("Baker"), "Bread Maker", None)
    rename_role(role("Baker"), "Loaf Maker", None)
    event = rename_role(role("Loaf Maker"), "Baker", None)

    undo_event(event, None)

    assert titles() == {"Loaf Maker", "Miller"}
    assert aliases() == {"Baker", "Bread Maker"}


def test_a_new_title_is_cleaned_as_the_titles_of_pages_are() -> None:
    loaded(pipe("Baker", "Miller"))

    rename_role(role("Baker"), " Bread\u200b \u202eMaker\x00\ufeff ", None)

    assert titles() == {"Bread Maker", "Miller"}


def test_a_role_cannot_take_the_title_of_an_official_occupation() -> None:
    loaded(pipe("Baker", "Miller"))
    Role.objects.create(title="Bakers", slug="bakers-51-3011", soc_code="51-3011")

    with pytest.raises(TitleError, match="closest official occupation"):
        rename_role(role("Baker"), "BAKERS", None)


def test_an_alias_is_removed_and_restored() -> None:
    loaded(pipe("Baker", "Miller"))
    add_alias("baker", "Bread Maker", None)

    event = remove_alias(RoleAlias.objects.get(), None)
    assert aliases() == set()
    assert TitleTerm.objects.filter(term="bread").count() == 0

    undo_event(event, None)
    assert aliases() == {"Bread Maker"}
    assert TitleTerm.objects.filter(term="bread", role=role("Baker")).exists()


def test_a_new_role_takes_no_address_that_leads_to_another_role() -> None:
    loaded(pipe("A/B Tester", "Cook"))
    RoleAlias.objects.create(role=role("Cook"), title="A-B Tester 2", slug="a-b-tester-2")

    loaded(pipe("A B Tester", "Cook"))

    assert role("A B Tester").slug == "a-b-tester-3"


def test_pages_that_use_a_removed_alias_make_a_role_of_it() -> None:
    loaded(pipe("Baker", "Miller"))
    add_alias("baker", "Bread Maker", None)
    loaded(pipe("Bread Maker", "Cook", GROWTH))

    event = remove_alias(RoleAlias.objects.get(), None)

    assert titles() == {"Baker", "Miller", "Cook", "Bread Maker"}
    with pytest.raises(TitleError, match="Merge it"):
        undo_event(event, None)


# -- near titles ------------------------------------------------------------------------------


def test_near_titles_are_misspellings_and_not_other_ranks() -> None:
    loaded(pipe("Sales Coordinator", "Senior Baker"))

    similar = find_similar_roles(["Sales Co-Ordinator", "Sales Coordinators", "Junior Baker"])
    assert similar == {
        "Sales Co-Ordinator": [role("Sales Coordinator")],
        "Sales Coordinators": [role("Sales Coordinator")],
        "Junior Baker": [],
    }
    assert find_similar_roles(["Sales Coordinator"]) == {"Sales Coordinator": []}


def test_another_title_is_undone_and_its_pages_part() -> None:
    loaded(pipe("Baker", "Miller"))
    add_alias("baker", "Bread Maker", None)
    loaded(pipe("Bread Maker", "Cook", GROWTH))
    assert titles() == {"Baker", "Miller", "Cook"}

    undo_event(Event.objects.get(what="alias"), None)

    assert titles() == {"Baker", "Miller", "Cook", "Bread Maker"}
    assert role("Bread Maker").outlook.growth_percent == 1
    assert role("Baker").outlook is None
