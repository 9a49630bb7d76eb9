"""Whatever becomes of titles, the table of words says the same as they do."""

from collections import Counter

import pytest

from careers.models import Publisher, Role, RoleAlias, TitleWord, Word
from careers.search_words import FIRST, WHOLE, rank_words
from ingest.loading.load import load_pages
from ingest.loading.merges import add_alias, merge_roles, rename_role, undo_event
from ingest.loading.propagation import propagate
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Event
from tests.ingest.small_pages import guide, loaded, page, pipe, role, stored_page, undo_page

pytestmark = pytest.mark.django_db


def words_are_right() -> None:
    expected: dict[tuple[int, str], int] = {}
    for each in Role.objects.prefetch_related("aliases"):
        titles = [each.title, *(alias.title for alias in each.aliases.order_by("key"))]
        expected |= {(each.pk, word): rank for word, rank in rank_words(titles).items()}
    rows = TitleWord.objects.values_list("role", "word", "rank")
    assert {(pk, word): rank for pk, word, rank in rows} == expected
    counted = Counter(word for _, word in expected if word[0] not in (WHOLE, FIRST))
    assert dict(Word.objects.values_list("word", "roles")) == counted


def found_by(word: str) -> set[str]:
    return set(TitleWord.objects.filter(word=word).values_list("role__title", flat=True))


def test_loading_writes_the_words_of_new_roles_once() -> None:
    loaded(pipe("Head Baker", "Miller"))
    loaded(pipe("Head Baker", "Sauce Cook"))
    words_are_right()
    assert found_by("baker") == {"Head Baker"}
    assert found_by("=hb") == {"Head Baker"}


def test_loading_many_pages_at_once_counts_each_role_once() -> None:
    pages = [page(pipe(f"Baker {number}", f"Night Baker {number}"), f"{number}.txt") for number in range(250)]
    assert all(each.status == "loaded" for each in load_pages(pages))
    propagate()
    words_are_right()
    assert Word.objects.get(word="baker").roles == 500


def test_words_go_with_the_last_page_that_speaks_of_a_role() -> None:
    first = loaded(pipe("Head Baker", "Miller"))
    loaded(pipe("Miller", "Cook"))
    undo_page(stored_page(first))
    words_are_right()
    assert found_by("baker") == set()
    assert not Word.objects.filter(word="baker").exists()
    assert found_by("miller") == {"Miller"}


def test_words_of_both_titles_find_a_merged_role_until_that_is_undone() -> None:
    loaded(pipe("Bread Maker", "Miller"))
    loaded(guide("Baker"))
    add_alias("bread-maker", "Loaf Artisan", None)
    words_are_right()
    event = merge_roles(role("Bread Maker"), role("Baker"), None)
    words_are_right()
    assert found_by("maker") == found_by("artisan") == {"Baker"}
    undo_event(event, None)
    words_are_right()
    assert found_by("artisan") == {"Bread Maker"}


def test_old_and_new_words_find_a_renamed_role() -> None:
    loaded(pipe("Baker", "Miller"))
    event = rename_role(role("Baker"), "Bread Artisan", None)
    words_are_right()
    assert found_by("baker") == found_by("artisan") == {"Bread Artisan"}
    undo_event(event, None)
    words_are_right()
    assert found_by("artisan") == set()


def test_another_title_brings_its_words_and_takes_them_along() -> None:
    loaded(pipe("Baker", "Miller"))
    add_alias("baker", "Loaf Artisan", None)
    words_are_right()
    assert found_by("loaf") == {"Baker"}
    undo_event(Event.objects.get(what=Event.What.ALIAS), None)
    words_are_right()
    assert not RoleAlias.objects.exists()
    assert found_by("loaf") == set()


def test_a_publisher_taken_down_leaves_its_titles_and_their_words() -> None:
    loaded(pipe("Baker", "Miller"))
    publisher = Publisher.objects.get()
    take_down_publisher(publisher, None, "asked for")
    words_are_right()
    put_back_publisher(publisher, None)
    words_are_right()


def test_a_better_spelling_changes_no_word() -> None:
    loaded(pipe("baker", "miller"))
    loaded(pipe("Baker", "Cook"))
    assert role("Baker").title == "Baker"
    words_are_right()


def test_a_role_that_is_deleted_leaves_no_word() -> None:
    loaded(pipe("Baker", "Miller"))
    role("Baker").delete()
    words_are_right()
    assert not Word.objects.filter(word="baker").exists()
