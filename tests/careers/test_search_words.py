"""The table of words: what it holds, and that both databases use its indexes."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Role, RoleAlias, TitleWord, Word, slug_for
from careers.search_words import LONGEST, rank_words
from comparisons.search.index import having_all, look_up_words

pytestmark = pytest.mark.django_db

MANY = 3000


@pytest.fixture
def many_roles() -> None:
    roles = Role.objects.bulk_create(
        Role(title=f"Software Technician {number}", key=f"software technician {number}", slug=f"software-{number}")
        for number in range(MANY)
    )
    TitleWord.add({role.pk: [role.title] for role in roles})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def explain_sql(statement: str) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement}")
        return "\n".join(str(row) for row in cursor.fetchall())


def explain_query(search: Callable[[], object]) -> str:
    """The plan of the only statement that the search sends."""
    with CaptureQueriesContext(connection) as captured:
        search()
    (sent,) = captured.captured_queries
    return explain_sql(sent["sql"])


def test_words_with_one_beginning_are_a_range_of_the_index(many_roles: None) -> None:
    plan = explain_sql("SELECT role_id FROM careers_titleword WHERE word >= '1' AND word < '2'")
    assert "title_word_by_rank" in plan
    assert "Seq Scan" not in plan


def test_no_search_query_scans_a_table(many_roles: None) -> None:
    [one] = look_up_words(["soft"])
    two = look_up_words(["soft", "tech"])
    plans = [
        explain_query(lambda: look_up_words(["soft", "tec"])),
        explain_query(lambda: having_all([one], "soft", 8)),
        explain_query(lambda: having_all(two, "soft tech", 8)),
    ]
    for plan in plans:
        for table in (TitleWord, Word, Role):
            assert f"SCAN {table._meta.db_table}" not in plan
            assert f"Seq Scan on {table._meta.db_table} " not in plan
    # A second word is looked up for each role by the index of the constraint, which SQLite names itself.
    by_role = "title_word_once" if connection.vendor == "postgresql" else "sqlite_autoindex_careers_titleword"
    assert by_role in plans[-1]


def test_words_sort_by_their_characters_on_both_databases() -> None:
    titles = ["B+ Baker", "b2", "Ba", "Éclair Baker", "Ä", "Zither Maker", "_"]
    for place, title in enumerate(titles):
        Role.objects.create(title=title, slug=f"role-{place}")
    stored = list(TitleWord.objects.order_by("word").values_list("word", flat=True))
    assert stored == sorted(stored)


def test_saving_a_role_or_an_alias_renews_its_words() -> None:
    role = Role.objects.create(title="Registered Nurses", slug="registered-nurses")
    alias = RoleAlias.objects.create(role=role, title="Staff RN", slug="staff-rn")
    words = TitleWord.objects.filter(role=role)
    assert dict(words.values_list("word", "rank")) == rank_words(["Registered Nurses", "Staff RN"])
    alias.delete()
    role.title = "Nurse"
    role.save()
    assert dict(words.values_list("word", "rank")) == rank_words(["Nurse"])
    assert set(Word.objects.values_list("word", flat=True)) == {"nurse"}


def test_a_title_longer_than_a_word_may_be_is_cut_and_not_refused() -> None:
    for title in ("x" * 200, "한" * 200, "ß" * 120, "é " * 100):
        Role.objects.create(title=title, slug=slug_for(title)[:60])
    assert max(len(word) for word in TitleWord.objects.values_list("word", flat=True)) <= LONGEST


def test_a_title_without_words_is_stored() -> None:
    role = Role.objects.create(title="💥", slug="bang")
    assert not TitleWord.objects.filter(role=role).exists()


def test_the_migration_writes_the_same_words_as_saving() -> None:
    role = Role.objects.create(title="Registered Nurses", slug="registered-nurses")
    RoleAlias.objects.create(role=role, title="Staff RN", slug="staff-rn")
    Role.objects.create(title="Nurse", slug="nurse")

    def stored() -> list[object]:
        return [
            *sorted(TitleWord.objects.values_list("role", "word", "rank")),
            *sorted(Word.objects.values_list("word", "roles")),
        ]

    before = stored()
    TitleWord.objects.all().delete()
    Word.objects.all().delete()
    import_module("careers.migrations.0005_title_words").find_what_is_stored(apps, None)
    assert stored() == before
