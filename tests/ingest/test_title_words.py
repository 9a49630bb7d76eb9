"""Whatever happens to titles, lists of titles and numbers of jobs, the search tables agree with them."""

import pytest

from careers.models import Publisher, RoleAlias, TitleTerm, Word
from ingest.loading.load import load_pages
from ingest.loading.merges import add_alias, merge_roles, rename_role, undo_event
from ingest.loading.propagation import propagate
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Event
from tests.ingest.small_pages import (
    enter_page,
    find_role,
    load_content,
    read_stored_page,
    undo_page,
    write_guide,
    write_pipe,
)
from tests.ingest.stored_terms import check_terms, read_stored_terms

pytestmark = pytest.mark.django_db


def find_titles_by(term: str) -> set[str]:
    return set(TitleTerm.objects.filter(term=term).values_list("role__title", flat=True))


def test_loading_writes_the_terms_of_new_roles_once() -> None:
    load_content(write_pipe("Head Baker", "Miller"))
    load_content(write_pipe("Head Baker", "Sauce Cook"))
    check_terms()
    assert find_titles_by("baker") == {"Head Baker"}
    assert find_titles_by("^head baker") == {"Head Baker"}


def test_loading_many_pages_at_once_counts_each_role_once() -> None:
    pages = [
        enter_page(write_pipe(f"Baker {number}", f"Night Baker {number}"), f"{number}.txt") for number in range(250)
    ]
    assert all(result.status == "loaded" for result in load_pages(pages))
    propagate()
    check_terms()
    assert TitleTerm.objects.filter(term="baker").count() == 500


def test_terms_go_with_the_last_page_that_mentions_a_role() -> None:
    first = load_content(write_pipe("Head Baker", "Miller"))
    load_content(write_pipe("Miller", "Cook"))
    undo_page(read_stored_page(first))
    check_terms()
    assert find_titles_by("baker") == set()
    assert not Word.objects.filter(word="baker").exists()
    assert find_titles_by("miller") == {"Miller"}


def test_terms_of_both_titles_find_a_merged_role_until_that_is_undone() -> None:
    load_content(write_pipe("Bread Maker", "Miller"))
    load_content(write_guide("Baker"))
    add_alias("bread-maker", "Loaf Artisan", None)
    check_terms()
    event = merge_roles(find_role("Bread Maker"), find_role("Baker"), None)
    check_terms()
    assert find_titles_by("maker") == find_titles_by("artisan") == {"Baker"}
    undo_event(event, None)
    check_terms()
    assert find_titles_by("artisan") == {"Bread Maker"}


def test_old_and_new_words_find_a_renamed_role() -> None:
    load_content(write_pipe("Baker", "Miller"))
    event = rename_role(find_role("Baker"), "Bread Artisan", None)
    check_terms()
    assert find_titles_by("baker") == find_titles_by("artisan") == {"Bread Artisan"}
    undo_event(event, None)
    check_terms()
    assert find_titles_by("artisan") == set()


def test_another_title_brings_its_terms_and_takes_them_along() -> None:
    load_content(write_pipe("Baker", "Miller"))
    add_alias("baker", "Loaf Artisan", None)
    check_terms()
    assert find_titles_by("loaf") == {"Baker"}
    undo_event(Event.objects.get(what=Event.What.ALIAS), None)
    check_terms()
    assert not RoleAlias.objects.exists()
    assert find_titles_by("loaf") == set()


def test_a_publisher_taken_down_leaves_its_titles_and_their_terms() -> None:
    load_content(write_pipe("Baker", "Miller"))
    publisher = Publisher.objects.get()
    before = read_stored_terms()
    take_down_publisher(publisher, None, "asked for")
    check_terms()
    assert find_titles_by("baker") == {"Baker"}
    put_back_publisher(publisher, None)
    check_terms()
    assert read_stored_terms() == before


def test_a_better_spelling_is_the_one_that_a_search_shows() -> None:
    load_content(write_pipe("baker", "miller"))
    load_content(write_pipe("Baker", "Cook"))
    assert find_role("Baker").title == "Baker"
    check_terms()
    assert TitleTerm.objects.get(term="^baker").title == "Baker"


def test_a_role_that_is_deleted_leaves_no_term() -> None:
    load_content(write_pipe("Baker", "Miller"))
    find_role("Baker").delete()
    check_terms()
    assert not Word.objects.filter(word="baker").exists()
