"""Finding a role by what people type."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.models import Role, RoleAlias, slug_for
from comparisons.search import near, resolve, suggestions

pytestmark = pytest.mark.django_db

TITLES = ("Lead Technician", "Software Support Specialist", "Software Support Technician", "Software Technician", "LPN")


@pytest.fixture(autouse=True)
def stored() -> None:
    for title in TITLES:
        Role.objects.create(title=title, slug=slug_for(title))


@pytest.mark.parametrize("typed", ["LEAD  technician ", "lead-technician", "Ｌead Technician", "lead technician"])
def test_a_title_is_found_in_any_spelling(typed: str) -> None:
    found = resolve(typed).role
    assert found is not None
    assert found.slug == "lead-technician"


def test_another_title_of_a_role_finds_it_and_a_roles_own_title_goes_first() -> None:
    software = Role.objects.get(slug="software-technician")
    RoleAlias.objects.create(role=software, title="PC Doctor", slug="pc-doctor")
    RoleAlias.objects.create(role=software, title="Lpn", slug="lpn-2")
    assert [resolve(typed).role and resolve(typed).role.title for typed in ("pc doctor", "pc-doctor", "lpn")] == [  # type: ignore[union-attr]  # looked at first
        "Software Technician",
        "Software Technician",
        "LPN",
    ]


def test_the_beginning_of_one_title_alone_means_it_from_three_letters_on() -> None:
    assert resolve("lea").role == ("Lead Technician", "lead-technician")
    assert resolve("le").role is None
    assert [each.title for each in resolve("le").choices] == ["Lead Technician"]


def test_the_beginning_of_several_titles_gives_a_choice() -> None:
    match = resolve("software")
    assert match.role is None
    assert [each.title for each in match.choices] == [
        "Software Technician",
        "Software Support Specialist",
        "Software Support Technician",
    ]


def test_a_mistyped_title_gives_the_near_ones() -> None:
    assert [each.title for each in resolve("lead tecnician").choices][:1] == ["Lead Technician"]
    assert near("zzzz") == []


def test_suggestions_begin_with_what_was_typed_then_hold_a_word_that_does() -> None:
    assert [each.title for each in suggestions("tech")] == [
        "Lead Technician",
        "Software Technician",
        "Software Support Technician",
    ]
    assert suggestions("s")[0].title == "Software Technician"
    assert len(suggestions("software", 2)) == 2


@pytest.mark.parametrize("typed", ["soft supp", "supp soft", "tech supp soft", "SOFTWARE  spec"])
def test_each_typed_word_may_begin_any_word_of_a_title_in_any_order(typed: str) -> None:
    found = [each.title for each in suggestions(typed)]
    assert found
    assert all(title.startswith("Software Support") for title in found)


def test_a_word_begins_after_a_stroke_or_a_hyphen_too() -> None:
    Role.objects.create(title="Java Developer/IT Help-Desk Lead", slug="java")
    assert [each.slug for each in suggestions("it desk java")] == ["java"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("tecnician", "Lead Technician"),
        ("lead tecni", "Lead Technician"),
        ("softwre spp", "Software Support Specialist"),
        ("specialist sofware", "Software Support Specialist"),
    ],
)
def test_mistyped_words_suggest_near_titles_that_are_marked(typed: str, title: str, client: Client) -> None:
    answer = client.get("/roles/suggest", {"q": typed}).json()
    assert answer["near"] is True
    assert answer["roles"][0]["title"] == title


def test_titles_that_match_are_not_marked_as_near(client: Client) -> None:
    assert "near" not in client.get("/roles/suggest?q=tech").json()


def test_near_titles_hold_every_typed_word_or_something_like_it() -> None:
    assert [each.title for each in near("sofware techncian")][:1] == ["Software Technician"]
    assert near("qqqqqq tecnician") == []


def test_long_and_odd_words_are_bounded(client: Client) -> None:
    for typed in ("tecnician " * 20, "a " * 100, "%_ " * 60, "te" * 100):
        assert client.get("/roles/suggest", {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "%_", "\0", "x" * 200, "\\", "'", "­", "-vs-", "💥"])
def test_odd_words_find_nothing_and_break_nothing(typed: str, client: Client) -> None:
    assert suggestions(typed) == []
    assert resolve(typed).role is None
    near(typed)
    answer = client.get("/roles/suggest", {"q": typed})
    assert answer.status_code == 200
    assert answer.json() == {"roles": []}


def test_suggestions_come_as_json(client: Client) -> None:
    assert client.get("/roles/suggest?q=lead").json() == {
        "roles": [{"title": "Lead Technician", "slug": "lead-technician"}]
    }


@pytest.mark.parametrize("typed", ["lead", "software support technician", "zzz", "tecnician", "lpn lead", "a b c", "s"])
def test_searching_takes_three_queries_at_most(typed: str, client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/roles/suggest", {"q": typed})
    assert len(captured) <= 3
