"""Finding a role by what people type."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from careers.models import Role, RoleAlias, SalaryStats, slug_for
from comparisons.search.matching import find_roles, resolve_title, suggest_titles
from tests.comparisons.stored_roles import LEAD, store_citation, store_role

pytestmark = pytest.mark.django_db

TITLES = ("Lead Technician", "Software Support Specialist", "Software Support Technician", "Software Technician", "LPN")


@pytest.fixture(autouse=True)
def stored() -> None:
    for title in TITLES:
        Role.objects.create(title=title, slug=slug_for(title))


@pytest.mark.parametrize("typed", ["LEAD  technician ", "lead-technician", "Ｌead Technician", "lead technician"])
def test_a_title_is_found_in_any_spelling(typed: str) -> None:
    found = resolve_title(typed).role
    assert found is not None
    assert found.slug == "lead-technician"


def test_another_title_of_a_role_finds_it_and_a_roles_own_title_goes_first() -> None:
    software = Role.objects.get(slug="software-technician")
    RoleAlias.objects.create(role=software, title="PC Doctor", slug="pc-doctor")
    RoleAlias.objects.create(role=software, title="Lpn", slug="lpn-2")
    roles = [resolve_title(typed).role for typed in ("pc doctor", "pc-doctor", "lpn")]
    assert [role.title for role in roles if role] == ["Software Technician", "Software Technician", "LPN"]


def test_the_beginning_of_one_title_alone_means_it_from_three_letters_on() -> None:
    assert resolve_title("lea").role == ("Lead Technician", "lead-technician")
    assert resolve_title("le").role is None
    assert [each.title for each in resolve_title("le").choices] == ["Lead Technician"]


def test_the_beginning_of_several_titles_gives_a_choice() -> None:
    match = resolve_title("software")
    assert match.role is None
    assert [each.title for each in match.choices] == [
        "Software Technician",
        "Software Support Specialist",
        "Software Support Technician",
    ]


def test_a_mistyped_title_gives_the_near_ones() -> None:
    assert [each.title for each in resolve_title("lead tecnician").choices][:1] == ["Lead Technician"]
    assert suggest_titles("zzzz") == []


def test_suggestions_begin_with_what_was_typed_then_hold_a_word_that_does() -> None:
    assert [each.title for each in find_roles("tech").titles] == [
        "Lead Technician",
        "Software Technician",
        "Software Support Technician",
    ]
    assert find_roles("s").roles[0].title == "Software Technician"
    assert len(find_roles("software", 2).roles) == 2


@pytest.mark.parametrize("typed", ["soft supp", "supp soft", "tech supp soft", "SOFTWARE  spec"])
def test_each_typed_word_may_begin_any_word_of_a_title_in_any_order(typed: str) -> None:
    found = [each.title for each in find_roles(typed).titles]
    assert found
    assert all(title.startswith("Software Support") for title in found)


def test_a_word_begins_after_a_stroke_or_a_hyphen_too() -> None:
    Role.objects.create(title="Java Developer/IT Help-Desk Lead", slug="java")
    assert [each.slug for each in find_roles("it desk java").titles] == ["java"]


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
    assert [each.title for each in suggest_titles("sofware techncian")][:1] == ["Software Technician"]


@pytest.mark.parametrize("typed", ["lead technician salary", "salary of a lead technician", "zz lead technician"])
def test_a_word_that_no_title_has_is_left_out(typed: str) -> None:
    found = find_roles(typed)
    assert (found.roles[0].title, found.near, found.instead) == ("Lead Technician", True, "")
    assert resolve_title(typed).role is None


def test_long_and_odd_words_are_bounded(client: Client) -> None:
    for typed in ("tecnician " * 20, "a " * 100, "%_ " * 60, "te" * 100):
        assert client.get("/roles/suggest", {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "%_", "\0", "x" * 200, "\\", "'", "­", "-vs-", "💥"])
def test_odd_words_find_nothing_and_break_nothing(typed: str, client: Client) -> None:
    result = find_roles(typed)
    assert result.near or not result.roles
    assert resolve_title(typed).role is None
    suggest_titles(typed)
    answer = client.get("/roles/suggest", {"q": typed})
    assert answer.status_code == 200
    assert answer.json() == {"roles": []}


# -- Official occupations beside roles of pages ---------------------------------------------------------------


@pytest.fixture
def official() -> None:
    titles = (
        "Registered Nurses",
        "Licensed Practical and Licensed Vocational Nurses",
        "Nurse Midwives",
        "Secretaries and Administrative Assistants",
        "Chief Executives",
        "Information Technology Project Managers",
        "Human Resources Managers",
        "Firefighters",
        "Electricians",
        "Phlebotomists",
        "Firefighters and Rescuers, All Other",
    )
    for place, title in enumerate(titles):
        code = f"11-{place:04}"
        Role.objects.create(title=title, slug=f"{slug_for(title)}-{code}", soc_code=code)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("registered nurse", "Registered Nurses"),
        ("nurses registered", "Registered Nurses"),
        ("rn", "Registered Nurses"),
        ("RN", "Registered Nurses"),
        ("lvn", "Licensed Practical and Licensed Vocational Nurses"),
        ("secretary", "Secretaries and Administrative Assistants"),
        ("secretari", "Secretaries and Administrative Assistants"),
        ("secretaries administrative", "Secretaries and Administrative Assistants"),
        ("midwife", "Nurse Midwives"),
        ("software technicians", "Software Technician"),
        ("hr", "Human Resources Managers"),
        ("hr manager", "Human Resources Managers"),
        ("fire fighter", "Firefighters"),
        ("chief executives", "Chief Executives"),
    ],
)
def test_initials_plurals_and_parted_words_find_a_title(typed: str, title: str, official: None) -> None:
    found = find_roles(typed)
    assert found.roles[0].title == title
    assert not found.near


@pytest.mark.parametrize(
    ("typed", "title", "instead"),
    [
        ("regsitered nurse", "Registered Nurses", "registered nurse"),
        ("elctrician", "Electricians", "electricians"),
        ("lectrician", "Electricians", "electricians"),
        ("leectrician", "Electricians", "electricians"),
        ("phlebotamist", "Phlebotomists", "phlebotomists"),
        ("administrativ secretry", "Secretaries and Administrative Assistants", "administrativ secretaries"),
    ],
)
def test_a_mistyped_word_is_corrected_and_the_correction_is_told(
    typed: str, title: str, instead: str, official: None
) -> None:
    found = find_roles(typed)
    assert (found.near, found.roles[0].title, found.instead) == (True, title, instead)


def test_words_that_no_title_has_together_find_titles_with_one_of_them(official: None) -> None:
    found = find_roles("midwife electrician")
    assert found.near
    assert {hit.title for hit in found.roles} == {"Nurse Midwives", "Electricians"}


def test_the_whole_title_goes_first_then_what_begins_so_then_the_shorter_ones(official: None) -> None:
    for title in ("Technician", "Technician of the Night", "Bicycle Repair Technician", "Senior Nurse Technician"):
        Role.objects.create(title=title, slug=slug_for(title))
    assert [each.title for each in find_roles("technician").titles] == [
        "Technician",
        "Technician of the Night",
        "Lead Technician",
        "Software Technician",
        "Senior Nurse Technician",
        "Bicycle Repair Technician",
        "Software Support Technician",
    ]


def test_words_in_the_typed_order_go_before_words_turned() -> None:
    for title in ("Support Technician Lead", "Technician Lead Support"):
        Role.objects.create(title=title, slug=slug_for(title))
    assert [each.title for each in find_roles("lead support").titles] == [
        "Technician Lead Support",
        "Support Technician Lead",
    ]


def test_two_roles_that_read_alike_are_told_apart_by_their_publishers(client: Client) -> None:
    for place, publisher in enumerate(("Zippia", "Jobicy")):
        code = None if place else "29-1141"
        role = Role.objects.create(title="Nurses", slug=f"nurses-{place}", soc_code=code)
        pay = SalaryStats.objects.create(role=role, citation=store_citation(publisher, "nurses"), annual_average=90_000)
        role.salary = pay
        role.save()
    found = client.get("/roles/suggest?q=nurse").json()["roles"]
    assert found == [
        {"title": "Nurses", "slug": "nurses-1", "publisher": "Jobicy"},
        {"title": "Nurses", "slug": "nurses-0", "publisher": "Zippia"},
    ]
    assert [each.title for each in resolve_title("nurs").choices] == ["Nurses (Jobicy)", "Nurses (Zippia)"]


# -- What is sent ---------------------------------------------------------------------------------------------


def test_suggestions_come_as_json(client: Client) -> None:
    assert client.get("/roles/suggest?q=lead").json() == {
        "roles": [{"title": "Lead Technician", "slug": "lead-technician"}]
    }


@pytest.mark.parametrize("typed", ["lead", "software support technician", "zzz", "tecnician", "lpn lead", "a b c", "s"])
def test_searching_takes_three_queries_at_most(typed: str, client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/roles/suggest", {"q": typed})
    assert len(captured) <= 3


# -- The page of a search -------------------------------------------------------------------------------------


def page(client: Client, typed: str) -> tuple[str, html.HtmlElement]:
    """The sentence that says what was found, and the page."""
    answer = client.get("/roles/", {"q": typed})
    assert answer.status_code == 200
    opened = html.document_fromstring(answer.content.decode())
    return str(opened.xpath("string(//*[@class='lede'])")), opened


def test_a_search_lists_roles_with_their_pay_and_publisher(client: Client) -> None:
    Role.objects.filter(title=LEAD).delete()
    store_role(LEAD)
    said, opened = page(client, "technic lead")
    assert said == "1 role found, from all publishers."
    [link] = opened.cssselect(".pairs a")
    assert (link.text_content(), link.get("href")) == (LEAD, "/roles/lead-technician/")
    assert opened.cssselect(".why")[0].text_content() == "$90,615 a year on average, Zippia, captured on 1 March 2026"


def test_a_search_says_what_was_found_instead_of_a_mistyped_word(client: Client) -> None:
    said, opened = page(client, "lead tecnician")
    assert said == "No title has words that begin like this. Near it, for “lead technician”:"
    assert [each.text_content() for each in opened.cssselect(".pairs a")] == ["Lead Technician"]


def test_a_search_says_when_words_stand_in_no_title_together(client: Client) -> None:
    said, opened = page(client, "lead specialist")
    assert said == "No title has all of these words. These have some:"
    assert opened.cssselect(".pairs a")


def test_a_search_for_nothing_or_for_what_is_not_there_says_so(client: Client) -> None:
    assert page(client, "")[0].startswith("Type some letters")
    assert (
        page(client, "zzzz")[0] == "No role is called anything like this. Another name for the same work may find one."
    )


@pytest.mark.parametrize(
    "typed", ["\0", "x" * 300, "<script>alert(1)</script>", "\ud800", "%_", "💥", "'; --", "a b c d"]
)
def test_odd_words_are_shown_as_text_and_break_no_page(typed: str, client: Client) -> None:
    address = "/roles/?" + urlencode({"q": typed.encode("utf-8", "surrogatepass")})
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_form_stands_on_every_page_and_keeps_what_was_typed(client: Client) -> None:
    _, opened = page(client, "lead")
    for each in (opened, html.document_fromstring(client.get("/").content.decode())):
        [form] = each.cssselect("header form")
        assert (form.get("action"), form.get("method", "get")) == ("/roles/", "get")
    assert opened.cssselect("header input[name=q]")[0].get("value") == "lead"


def test_a_search_takes_as_many_queries_as_a_suggestion(client: Client) -> None:
    client.get("/roles/?q=lead")  # what is held in the process is read once
    for typed in ("tech", "lead tecnician", "lead specialist"):
        with CaptureQueriesContext(connection) as captured:
            page(client, typed)
        assert len(captured) <= 3
