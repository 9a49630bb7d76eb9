"""The tables of terms and words: what they hold, and that both databases use their indexes."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from careers.models import Outlook, Role, RoleAlias, TitleTerm, Word, renew_terms
from careers.names import make_slug
from careers.search_words import LONGEST
from careers.title_terms import SearchTitle, TitleKind, list_terms, people_with, role_points
from comparisons.search.matching import find_roles
from tests.comparisons.stored_roles import store_citation

pytestmark = pytest.mark.django_db

MANY = 6000  # with half as many words PostgreSQL reads them all, which is cheaper than fifteen visits to an index


@pytest.fixture
def many_roles() -> None:
    roles = Role.objects.bulk_create(
        Role(title=f"Software Technician {number}", key=f"software technician {number}", slug=f"software-{number}")
        for number in range(MANY)
    )
    renew_terms([role.pk for role in roles])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def explain_sql(statement: str) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement}")
        return "\n".join(str(row) for row in cursor.fetchall())


def test_no_search_query_scans_a_table(many_roles: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        for typed in ("software 17", "tecnician 18", "sofware tecnician"):
            assert find_roles(typed).roles
    for sent in captured.captured_queries:
        plan = explain_sql(sent["sql"])
        for table in (TitleTerm, Word, Role):
            assert f"SCAN {table._meta.db_table}" not in plan
            assert f"Seq Scan on {table._meta.db_table} " not in plan


def test_words_sort_by_their_characters_on_both_databases() -> None:
    titles = ["B+ Baker", "b2", "Ba", "Éclair Baker", "Ä", "Zither Maker", "_"]
    for place, title in enumerate(titles):
        Role.objects.create(title=title, slug=f"role-{place}")
    stored = list(Word.objects.order_by("word").values_list("word", flat=True))
    assert stored == sorted(stored)


def read_stored_terms(role: Role) -> dict[str, int]:
    return dict(TitleTerm.objects.filter(role=role).values_list("term", "points"))


def weigh_terms(*titles: str) -> dict[str, int]:
    listed = list_terms([SearchTitle(title, "own") for title in titles])
    return {term: worth.points for term, worth in listed.items()}


def test_saving_a_role_or_an_alias_renews_its_terms() -> None:
    role = Role.objects.create(title="Registered Nurses", slug="registered-nurses")
    alias = RoleAlias.objects.create(role=role, title="Staff RN", slug="staff-rn")
    assert read_stored_terms(role) == weigh_terms("Registered Nurses", "Staff RN")
    alias.delete()
    role.title = "Nurse"
    role.save()
    assert read_stored_terms(role) == weigh_terms("Nurse")
    assert set(Word.objects.values_list("word", flat=True)) == {"nurse"}


def test_a_title_longer_than_a_term_may_be_is_cut_and_not_refused() -> None:
    for title in ("x" * 200, "한" * 200, "ß" * 120, "é " * 100):
        Role.objects.create(title=title, slug=make_slug(title)[:60])
    assert max(len(term) for term in TitleTerm.objects.values_list("term", flat=True)) <= LONGEST


def test_a_title_without_words_is_stored() -> None:
    role = Role.objects.create(title="💥", slug="bang")
    assert not TitleTerm.objects.filter(role=role).exists()


def write_as_migrated() -> None:
    """As the migration that creates the tables does it; later ones turned points of roles into totals and added
    letters and sounds."""

    def make_term(*, role_points: int, points: int, **values: Any) -> TitleTerm:
        return TitleTerm(points=points, total=points + role_points, **values)

    def make_word(**values: Any) -> Word:
        return Word(letters=0, **values)

    make_term.objects, make_word.objects = TitleTerm.objects, Word.objects  # type: ignore[attr-defined]

    class Apps:
        def get_model(self, app: str, name: str) -> Any:
            return {"TitleTerm": make_term, "Word": make_word}.get(name) or apps.get_model(app, name)

    import_module("careers.migrations.0016_title_terms").write_terms(Apps(), None)
    import_module("careers.migrations.0022_letters_of_words").write_letters(apps, None)
    import_module("careers.migrations.0028_sounds_of_words").write_sounds(apps, None)


def read_all_terms() -> list[object]:
    return [
        *sorted(TitleTerm.objects.values_list("role", "term", "points", "total", "title")),
        *sorted(Word.objects.values_list("word", "people", "letters", "sound")),
    ]


def test_the_migration_writes_the_same_terms_as_saving() -> None:
    role = Role.objects.create(title="Registered Nurses", slug="registered-nurses")
    RoleAlias.objects.create(role=role, title="Staff RN", slug="staff-rn")
    official = Role.objects.create(title="Bakers, Confectioners, and Cooks", slug="bakers", soc_code="51-3011")
    official.outlook = Outlook.objects.create(role=official, citation=store_citation("BLS", "bakers"), job_count=5000)
    official.save()

    before = read_all_terms()
    TitleTerm.objects.all().delete()
    Word.objects.all().delete()
    write_as_migrated()
    assert read_all_terms() == before


def test_the_migration_takes_away_names_that_are_none_from_what_is_stored() -> None:
    cooks = Role.objects.create(title="Cooks, Institution and Cafeteria", slug="cooks", soc_code="35-2012")
    RoleAlias.objects.create(role=cooks, title="School Cook", slug="school-cook")
    before = read_all_terms()
    word = TitleTerm.objects.get(role=cooks, term="cook")
    of_role = word.total - word.points
    TitleTerm.objects.filter(role=cooks, term="cook").update(points=word.points + 50, total=word.total + 50)
    more_people = people_with(word.points + 50, of_role) - people_with(word.points, of_role)
    Word.objects.filter(word="cook").update(people=F("people") + more_people)
    TitleTerm.objects.create(role=cooks, term="^cook", points=4000, total=4000 + of_role, title="Cooks")
    assert read_all_terms() != before
    import_module("careers.migrations.0025_parts_of_titles").write_terms_anew(apps, None)
    assert read_all_terms() == before


# -- points -----------------------------------------------------------------------------------


def test_a_term_is_worth_more_where_a_larger_share_of_the_titles_has_it() -> None:
    few = [SearchTitle(title, "other") for title in ("Sous Chef", "Head Chef", "Private Cook", "Menu Planner")]
    many = [SearchTitle(title, "other") for title in ("Sous Chef", "Head Chef", "Pastry Chef", "Menu Planner")]
    assert list_terms(few)["chef"].points < list_terms(many)["chef"].points


@pytest.mark.parametrize(
    ("kind", "points"), [("own", 4000), ("short", 4000), ("most", 4500), ("listed", 2000), ("other", 1000)]
)
def test_a_whole_title_is_worth_more_the_better_its_list(kind: TitleKind, points: int) -> None:
    assert list_terms([SearchTitle("Head Chef", kind)])["^head chef"].points == points


def test_the_better_list_counts_where_two_have_a_title() -> None:
    terms = list_terms([SearchTitle("Head chefs", "other"), SearchTitle("Head Chef", "listed")])
    assert (terms["^head chef"].points, terms["^head chef"].title) == (2000, "Head Chef")


def test_short_names_are_not_split_and_official_titles_are_at_their_commas() -> None:
    short = list_terms([SearchTitle("Pathologist (physician)", "short")])
    assert "^physician" not in short
    official = list_terms([SearchTitle("Plumbers, Pipefitters, and Steamfitters", "own", official=True)])
    assert {"^plumber", "^pipefitter", "^steamfitter"} <= official.keys()
    for title in ("Engineers, All Other", "Nursing Instructors and Teachers, Postsecondary", "Cooks, Restaurant"):
        wholes = [term for term in list_terms([SearchTitle(title, "own", official=True)]) if term[0] == "^"]
        assert not {"^engineer", "^teacher", "^restaurant"} & set(wholes)


def test_sums_of_the_rest_and_supervisors_come_after_the_others() -> None:
    assert role_points("Cooks, All Other", 1000) < role_points("Cooks", 1000)
    assert role_points("First-Line Supervisors of Cooks", 1000) < role_points("Cooks, All Other", 1000)
    assert role_points("Cooks", 10) < role_points("Cooks", None) < role_points("Cooks", 1_000_000)
