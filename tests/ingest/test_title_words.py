"""Whatever happens to titles, lists of titles and numbers of jobs, the search tables agree with them."""

import pytest

from careers.models import Publisher, RoleAlias, TitleTerm, Word
from ingest.loading.load import load_pages
from ingest.loading.merges import add_alias, merge_roles, rename_role, undo_event
from ingest.loading.propagation import propagate
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Event
from tests.ingest.small_pages import guide, loaded, page, pipe, role, stored_page, undo_page
from tests.ingest.stored_terms import stored_terms, terms_are_right

pytestmark = pytest.mark.django_db


def found_by(term: str) -> set[str]:
    return set(TitleTerm.objects.filter(term=term).values_list("role__title", flat=True))


def test_loading_writes_the_terms_of_new_roles_once() -> None:
    loaded(pipe("Head Baker", "Miller"))
    loaded(pipe("Head Baker", "Sauce Cook"))
    terms_are_right()
    assert found_by("baker") == {"Head Baker"}
    assert found_by("^head baker") == {"Head Baker"}


def test_loading_many_pages_at_once_counts_each_role_once() -> None:
    pages = [page(pipe(f"Baker {number}", f"Night Baker {number}"), f"{number}.txt") for number in range(250)]
    assert all(result.status == "loaded" for result in load_pages(pages))
    propagate()
    terms_are_right()
    assert TitleTerm.objects.filter(term="baker").count() == 500


def test_terms_go_with_the_last_page_that_mentions_a_role() -> None:
    first = loaded(pipe("Head Baker", "Miller"))
    loaded(pipe("Miller", "Cook"))
    undo_page(stored_page(first))
    terms_are_right()
    assert found_by("baker") == set()
    assert not Word.objects.filter(word="baker").exists()
    assert found_by("miller") == {"Miller"}


def test_terms_of_both_titles_find_a_merged_role_until_that_is_undone() -> None:
    loaded(pipe("Bread Maker", "Miller"))
    loaded(guide("Baker"))
    add_alias("bread-maker", "Loaf Artisan", None)
    terms_are_right()
    event = merge_roles(role("Bread Maker"), role("Baker"), None)
    terms_are_right()
    assert found_by("maker") == found_by("artisan") == {"Baker"}
    undo_event(event, None)
    terms_are_right()
    assert found_by("artisan") == {"Bread Maker"}


def test_old_and_new_words_find_a_renamed_role() -> None:
    loaded(pipe("Baker", "Miller"))
    event = rename_role(role("Baker"), "Bread Artisan", None)
    terms_are_right()
    assert found_by("baker") == found_by("artisan") == {"Bread Artisan"}
    undo_event(event, None)
    terms_are_right()
    assert found_by("artisan") == set()


def test_another_title_brings_its_terms_and_takes_them_along() -> None:
    loaded(pipe("Baker", "Miller"))
    add_alias("baker", "Loaf Artisan", None)
    terms_are_right()
    assert found_by("loaf") == {"Baker"}
    undo_event(Event.objects.get(what=Event.What.ALIAS), None)
    terms_are_right()
    assert not RoleAlias.objects.exists()
    assert found_by("loaf") == set()


def test_a_publisher_taken_down_leaves_its_titles_and_their_terms() -> None:
    loaded(pipe("Baker", "Miller"))
    publisher = Publisher.objects.get()
    before = stored_terms()
    take_down_publisher(publisher, None, "asked for")
    terms_are_right()
    assert found_by("baker") == {"Baker"}
    put_back_publisher(publisher, None)
    terms_are_right()
    assert stored_terms() == before


def test_a_better_spelling_is_the_one_that_a_search_shows() -> None:
    loaded(pipe("baker", "miller"))
    loaded(pipe("Baker", "Cook"))
    assert role("Baker").title == "Baker"
    terms_are_right()
    assert TitleTerm.objects.get(term="^baker").title == "Baker"


def test_a_role_that_is_deleted_leaves_no_term() -> None:
    loaded(pipe("Baker", "Miller"))
    role("Baker").delete()
    terms_are_right()
    assert not Word.objects.filter(word="baker").exists()
