"""Merging and renaming roles, and undoing it."""

import pytest
from django.contrib.auth.models import User

from careers.models import Citation, Revision, Role, RoleAlias, Skill, TitleTerm
from ingest.loading.merges import TitleError, add_alias, merge_roles, remove_alias, rename_role, undo_event
from ingest.loading.similar_roles import find_similar_roles
from ingest.models import Event, Mention, Page
from tests.ingest.small_pages import find_role, load_content, read_state, write_guide, write_pipe

pytestmark = pytest.mark.django_db

GROWTH = {"Growth rate": ("1%", "2%")}


@pytest.fixture
def ann() -> User:
    return User.objects.create(username="ann")


def read_titles() -> set[str]:
    return set(Role.objects.values_list("title", flat=True))


def test_a_merged_role_has_the_facts_of_both(ann: User) -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Bread Maker", "Cook", GROWTH))
    before = Revision.objects.get().number

    event = merge_roles(find_role("Bread Maker"), find_role("Baker"), ann)

    assert read_titles() == {"Baker", "Miller", "Cook"}
    assert (find_role("Baker").salary.annual_average, find_role("Baker").outlook.growth_percent) == (31200, 1)
    assert (event.by, event.what, event.role) == (ann, "merge", find_role("Baker"))
    assert RoleAlias.objects.get(slug="bread-maker").role == find_role("Baker")
    assert Revision.objects.get().number > before


def test_a_merge_leaves_what_loading_with_the_other_title_known_would_have_left() -> None:
    pages = [
        write_pipe("Bread Maker", "Cook", GROWTH),
        write_guide("Bread Maker", skills=("Ovens",)),
        write_pipe("Baker", "Bread Maker"),
    ]
    load_content(write_pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")
    for content in pages:
        load_content(content)
    expected = read_state()
    Role.objects.all().delete()
    Mention.objects.all().delete()
    Citation.objects.all().delete()
    Skill.objects.all().delete()
    Page.objects.all().delete()

    for content in [write_pipe("Baker", "Miller"), *pages]:
        load_content(content)
    merge_roles(find_role("Bread Maker"), find_role("Baker"), None)

    assert read_state() == expected


def test_a_merge_is_undone_to_the_last_value() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Bread Maker", "Cook", GROWTH))
    load_content(write_pipe("Baker", "Bread Maker", GROWTH))
    RoleAlias.objects.create(role=find_role("Bread Maker"), title="Loaf Maker", slug="loaf-maker")
    Role.objects.filter(title="Bread Maker").update(renamed=True)
    before = read_state()
    event = merge_roles(find_role("Bread Maker"), find_role("Baker"), None)
    assert find_role("Loaf Maker") == find_role("Baker")

    undo_event(event, None)

    assert read_state() == before
    assert find_role("Loaf Maker").title == "Bread Maker"
    assert find_role("Bread Maker").renamed


def test_pages_loaded_after_a_merge_speak_of_the_role_that_stays_and_part_with_it() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Bread Maker", "Cook"))
    event = merge_roles(find_role("Bread Maker"), find_role("Baker"), None)

    load_content(write_pipe("Bread Maker", "Waiter", GROWTH))
    assert find_role("Baker").outlook.growth_percent == 1
    undo_event(event, None)

    assert find_role("Baker").outlook is None
    assert find_role("Bread Maker").outlook.growth_percent == 1


def test_a_role_cannot_be_merged_with_itself_or_twice() -> None:
    load_content(write_pipe("Baker", "Miller"))
    gone, stays = find_role("Baker"), find_role("Miller")
    with pytest.raises(TitleError):
        merge_roles(stays, stays, None)
    merge_roles(gone, stays, None)

    with pytest.raises(TitleError):
        merge_roles(gone, stays, None)


def test_a_merge_that_would_lose_what_an_earlier_reader_read_is_not_done() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Bread Maker", "Cook"))
    Page.objects.update(content=b"A letter to my aunt.")
    before = read_state()

    with pytest.raises(TitleError, match="can no longer be read"):
        merge_roles(find_role("Bread Maker"), find_role("Baker"), None)

    assert read_state() == before


def test_nothing_is_undone_twice() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Bread Maker", "Cook"))
    event = merge_roles(find_role("Bread Maker"), find_role("Baker"), None)
    undone = undo_event(event, None)

    assert undone.undoes == event
    with pytest.raises(TitleError):
        undo_event(event, None)
    with pytest.raises(TitleError):
        undo_event(undone, None)


def test_two_merges_are_undone_in_any_order() -> None:
    for other in ("Bread Maker", "Loaf Maker"):
        load_content(write_pipe(other, "Cook"))
    load_content(write_pipe("Baker", "Cook"))
    before = read_state()
    first = merge_roles(find_role("Bread Maker"), find_role("Loaf Maker"), None)
    second = merge_roles(find_role("Loaf Maker"), find_role("Baker"), None)

    undo_event(first, None)
    undo_event(second, None)

    assert read_state() == before


# -- renaming ---------------------------------------------------------------------------------


def test_a_renamed_role_keeps_its_facts_and_its_old_address_leads_to_it() -> None:
    load_content(write_pipe("Baker", "Miller"))

    rename_role(find_role("Baker"), "Bread Maker", None)

    assert (find_role("Bread Maker").slug, find_role("Bread Maker").salary.annual_average) == ("bread-maker", 31200)
    assert RoleAlias.objects.get(slug="baker").role == find_role("Bread Maker")


def test_pages_with_the_old_title_still_speak_of_a_renamed_role() -> None:
    load_content(write_pipe("Baker", "Miller"))
    rename_role(find_role("Baker"), "Bread Maker", None)

    load_content(write_pipe("Baker", "Cook", GROWTH))

    assert read_titles() == {"Bread Maker", "Miller", "Cook"}
    assert find_role("Bread Maker").outlook.growth_percent == 1


def test_a_spelling_that_a_person_gave_stays() -> None:
    load_content(write_pipe("Ux Designer", "Miller"))
    rename_role(find_role("Ux Designer"), "ux designer", None)

    load_content(write_pipe("UX DESIGNER", "Cook"))

    assert find_role("UX Designer").title == "ux designer"
    assert not RoleAlias.objects.exists()


def test_renaming_is_undone() -> None:
    load_content(write_pipe("Baker", "Miller"))
    before = read_state()
    event = rename_role(find_role("Baker"), "Bread Maker", None)

    undo_event(event, None)

    assert read_state() == before
    assert not RoleAlias.objects.exists()


def test_a_role_can_take_one_of_its_other_titles_and_go_back() -> None:
    load_content(write_pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")

    event = rename_role(find_role("Baker"), "Bread Maker", None)
    assert (find_role("Baker").title, find_role("Baker").slug) == ("Bread Maker", "bread-maker")
    assert RoleAlias.objects.get().title == "Baker"

    undo_event(event, None)
    assert find_role("Bread Maker").title == "Baker"
    assert RoleAlias.objects.get().title == "Bread Maker"


@pytest.mark.parametrize("title", ["", "x" * 201, "Baker", "miller", "\u200b"])
def test_a_title_that_cannot_be_is_refused(title: str) -> None:
    load_content(write_pipe("Baker", "Miller"))

    with pytest.raises(TitleError):
        rename_role(find_role("Baker"), title, None)
    assert read_titles() == {"Baker", "Miller"}


def test_only_the_last_renaming_can_be_undone_first() -> None:
    load_content(write_pipe("Baker", "Miller"))
    first = rename_role(find_role("Baker"), "Bread Maker", None)
    second = rename_role(find_role("Baker"), "Loaf Maker", None)

    with pytest.raises(TitleError):
        undo_event(first, None)
    undo_event(second, None)
    undo_event(first, None)
    assert read_titles() == {"Baker", "Miller"}


def read_aliases() -> set[str]:
    return set(RoleAlias.objects.values_list("title", flat=True))


def test_renaming_and_renaming_back_leaves_no_alias() -> None:
    load_content(write_pipe("Baker", "Miller"))
    before = read_state()

    for title in ("Bread Maker", "Loaf Maker", "Baker"):
        rename_role(find_role("Baker"), title, None)

    assert read_aliases() == set()
    assert read_state() == before


def test_a_title_that_pages_use_or_a_person_gave_stays_when_the_first_title_is_restored() -> None:
    load_content(write_pipe("Baker", "Miller"))
    add_alias("baker", "Oven Hand", None)
    rename_role(find_role("Baker"), "Bread Maker", None)
    load_content(write_pipe("Bread Maker", "Cook", GROWTH))
    rename_role(find_role("Baker"), "Oven Hand", None)

    rename_role(find_role("Baker"), "Baker", None)

    assert read_aliases() == {"Bread Maker", "Oven Hand"}


def test_renaming_back_is_undone() -> None:
    load_content(write_pipe("Baker", "Miller"))
    rename_role(find_role("Baker"), "Bread Maker", None)
    rename_role(find_role("Baker"), "Loaf Maker", None)
    event = rename_role(find_role("Loaf Maker"), "Baker", None)

    undo_event(event, None)

    assert read_titles() == {"Loaf Maker", "Miller"}
    assert read_aliases() == {"Baker", "Bread Maker"}


def test_a_new_title_is_cleaned_as_the_titles_of_pages_are() -> None:
    load_content(write_pipe("Baker", "Miller"))

    rename_role(find_role("Baker"), " Bread\u200b \u202eMaker\x00\ufeff ", None)

    assert read_titles() == {"Bread Maker", "Miller"}


def test_a_role_cannot_take_the_title_of_an_official_occupation() -> None:
    load_content(write_pipe("Baker", "Miller"))
    Role.objects.create(title="Bakers", slug="bakers-51-3011", soc_code="51-3011")

    with pytest.raises(TitleError, match="closest official occupation"):
        rename_role(find_role("Baker"), "BAKERS", None)


def test_an_alias_is_removed_and_restored() -> None:
    load_content(write_pipe("Baker", "Miller"))
    add_alias("baker", "Bread Maker", None)

    event = remove_alias(RoleAlias.objects.get(), None)
    assert read_aliases() == set()
    assert TitleTerm.objects.filter(term="bread").count() == 0

    undo_event(event, None)
    assert read_aliases() == {"Bread Maker"}
    assert TitleTerm.objects.filter(term="bread", role=find_role("Baker")).exists()


def test_a_new_role_takes_no_address_that_leads_to_another_role() -> None:
    load_content(write_pipe("A/B Tester", "Cook"))
    RoleAlias.objects.create(role=find_role("Cook"), title="A-B Tester 2", slug="a-b-tester-2")

    load_content(write_pipe("A B Tester", "Cook"))

    assert find_role("A B Tester").slug == "a-b-tester-3"


def test_pages_that_use_a_removed_alias_make_a_role_of_it() -> None:
    load_content(write_pipe("Baker", "Miller"))
    add_alias("baker", "Bread Maker", None)
    load_content(write_pipe("Bread Maker", "Cook", GROWTH))

    event = remove_alias(RoleAlias.objects.get(), None)

    assert read_titles() == {"Baker", "Miller", "Cook", "Bread Maker"}
    with pytest.raises(TitleError, match="Merge it"):
        undo_event(event, None)


# -- near titles ------------------------------------------------------------------------------


def test_near_titles_are_misspellings_and_neither_other_ranks_nor_other_work() -> None:
    load_content(write_pipe("Sales Coordinator", "Senior Baker"))

    similar = find_similar_roles(["Sales Co-Ordinator", "Sales Coordinators", "Junior Baker", "Senior Buyer"])
    assert similar == {
        "Sales Co-Ordinator": [find_role("Sales Coordinator")],
        "Sales Coordinators": [find_role("Sales Coordinator")],
        "Junior Baker": [],
        "Senior Buyer": [],
    }
    assert find_similar_roles(["Sales Coordinator"]) == {"Sales Coordinator": []}


def test_another_title_is_undone_and_its_pages_part() -> None:
    load_content(write_pipe("Baker", "Miller"))
    add_alias("baker", "Bread Maker", None)
    load_content(write_pipe("Bread Maker", "Cook", GROWTH))
    assert read_titles() == {"Baker", "Miller", "Cook"}

    undo_event(Event.objects.get(what="alias"), None)

    assert read_titles() == {"Baker", "Miller", "Cook", "Bread Maker"}
    assert find_role("Bread Maker").outlook.growth_percent == 1
    assert find_role("Baker").outlook is None
