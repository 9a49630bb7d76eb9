"""Finding a role by what people type."""

from itertools import product
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from careers.models import Role, RoleAlias, SalaryStats, renew_terms
from careers.names import make_slug
from comparisons.language.messages.found_roles import NO_WORK_NAMED, write_search_outcome
from comparisons.search.index import MOST_SIMILAR
from comparisons.search.matching import answer_query, find_roles
from comparisons.search.named_roles import resolve_titles
from comparisons.search.results import SearchResult
from tests.comparisons.stored_roles import LEAD, store_citation, store_role

pytestmark = pytest.mark.django_db

TITLES = ("Lead Technician", "Software Support Specialist", "Software Support Technician", "Software Technician", "LPN")


@pytest.fixture(scope="module", autouse=True)
def stored(module_transaction: None) -> None:
    for title in TITLES:
        Role.objects.create(title=title, slug=make_slug(title))


def find_best(typed: str) -> str:
    """The role that a text means, as its title or address does or else by a search."""
    [match] = resolve_titles(typed)
    return match.role.slug if match.role else ""


def find_names(typed: str, most: int = 8, *, unfinished: bool = False) -> list[str]:
    return [title.title for title in find_roles(typed, most, unfinished=unfinished).titles]


@pytest.mark.parametrize("typed", ["LEAD  technician ", "lead-technician", "Ｌead Technician", "lead technician"])
def test_a_title_is_found_in_any_spelling(typed: str) -> None:
    [match] = resolve_titles(typed)
    assert match.role is not None
    assert (match.role.slug, match.sure) == ("lead-technician", True)


def test_another_title_of_a_role_finds_it_and_a_roles_own_title_goes_first() -> None:
    software = Role.objects.get(slug="software-technician")
    RoleAlias.objects.create(role=software, title="PC Doctor", slug="pc-doctor")
    RoleAlias.objects.create(role=software, title="Lpn", slug="lpn-2")
    assert [find_best(typed) for typed in ("pc doctor", "pc-doctor", "lpn")] == [
        "software-technician",
        "software-technician",
        "lpn",
    ]


def test_a_word_of_several_titles_gives_the_likeliest_and_choices() -> None:
    [match] = resolve_titles("software")
    assert match.role is not None
    assert not match.sure
    assert {match.role.title, *(title.title for title in match.choices)} == {
        "Software technician",
        "Software support specialist",
        "Software support technician",
    }


def test_a_mistyped_title_gives_the_near_ones() -> None:
    assert find_names("lead tecnician")[:1] == ["Lead technician"]
    assert find_names("zzzz") == []


def test_suggestions_complete_the_word_that_is_being_typed() -> None:
    assert set(find_names("tech", unfinished=True)) == {
        "Lead technician",
        "Software technician",
        "Software support technician",
    }
    assert find_names("s", unfinished=True)[0].startswith("Software")
    assert find_names("lead t", unfinished=True)[0] == "Lead technician"
    assert len(find_names("software", 2, unfinished=True)) == 2


@pytest.mark.parametrize("typed", ["soft supp", "supp soft", "tech supp soft", "SOFTWARE  spec"])
def test_each_typed_word_may_begin_any_word_of_a_title_in_any_order(typed: str) -> None:
    best = find_names(typed, unfinished=True)[0]
    assert best.startswith("Software support")


def test_a_word_begins_after_a_stroke_or_a_hyphen_too() -> None:
    Role.objects.create(title="Java Developer/IT Help-Desk Lead", slug="java")
    assert [title.slug for title in find_roles("it desk java").titles] == ["java"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("tecnician", "Lead technician"),
        ("lead tecni", "Lead technician"),
        ("softwre spp", "Software support specialist"),
        ("specialist sofware", "Software support specialist"),
    ],
)
def test_mistyped_words_suggest_titles_with_the_right_ones(typed: str, title: str, client: Client) -> None:
    answer = client.get("/roles/suggest", {"q": typed}).json()
    assert answer["roles"][0]["name"] == title


def test_titles_that_match_are_not_marked_as_near(client: Client) -> None:
    assert "near" not in client.get("/roles/suggest?q=tech").json()


@pytest.mark.parametrize("typed", ["lead technician salary", "salary of a lead technician"])
def test_what_people_ask_about_a_role_is_left_out(typed: str) -> None:
    result = find_roles(typed)
    assert (result.roles[0].name, result.match, result.instead) == ("Lead technician", "found", "")


def test_a_role_without_a_word_that_was_typed_is_only_the_nearest() -> None:
    result = find_roles("zz lead technician")
    assert (result.roles[0].name, result.match, result.instead) == ("Lead technician", "nearest", "")


def test_long_and_odd_words_are_bounded(client: Client) -> None:
    for typed in ("tecnician " * 20, "a " * 100, "%_ " * 60, "te" * 100):
        assert client.get("/roles/suggest", {"q": typed}).status_code == 200
        assert client.get("/roles/suggest", {"q": typed, "submitted": "1"}).status_code == 200


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "%_", "\0", "x" * 200, "\\", "'", "\xad", "-vs-", "💥"])
def test_odd_words_find_nothing_and_break_nothing(typed: str, client: Client) -> None:
    assert find_roles(typed).match == "nothing"
    assert find_best(typed) == ""
    for submitted in ("", "1"):
        answer = client.get("/roles/suggest", {"q": typed, "submitted": submitted})
        assert answer.status_code == 200
        assert answer.json() == {"roles": [], "match": "nothing"}


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
        Role.objects.create(title=title, slug=f"{make_slug(title)}-{code}", soc_code=code)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("registered nurse", "Registered Nurses"),
        ("rn", "Registered Nurses"),
        ("RN", "Registered Nurses"),
        ("midwife", "Nurse Midwives"),
        ("software technicians", "Software Technician"),
        ("hrm", "Human Resources Managers"),
        ("fire fighter", "Firefighters"),
        ("chief executives", "Chief Executives"),
    ],
)
def test_initials_plurals_and_parted_words_find_a_title(typed: str, title: str, official: None) -> None:
    result = find_roles(typed)
    assert result.roles[0].title == title
    assert result.match == "found"


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("nurses registered", "found"),
        ("nurse midwives", "found"),
        ("secretary", "nearest"),
        ("human", "nearest"),
    ],
)
def test_all_words_of_a_title_find_it_in_any_order_and_some_are_only_near(
    typed: str, match: str, official: None
) -> None:
    assert find_roles(typed).match == match


def store_titles(*titles: str) -> None:
    roles = Role.objects.bulk_create([Role(title=title, key=title.lower(), slug=make_slug(title)) for title in titles])
    renew_terms([role.pk for role in roles])


def test_a_mistyped_word_is_found_among_many_that_begin_alike() -> None:
    words = ["ba" + "".join(letters) for letters in product("cdfghi", repeat=3)]
    assert len(words) > MOST_SIMILAR
    store_titles(*words, "baker")
    assert find_names("bakre") == ["Baker"]


@pytest.mark.parametrize(
    ("typed", "title", "instead"),
    [
        ("regsitered nurse", "Registered Nurses", "registered nurse"),
        ("elctrician", "Electricians", "electrician"),
        ("lectrician", "Electricians", "electrician"),
        ("leectrician", "Electricians", "electrician"),
        ("phlebotamist", "Phlebotomists", "phlebotomist"),
        ("administrativ secretry", "Secretaries and Administrative Assistants", "administrative secretary"),
    ],
)
def test_a_mistyped_word_is_corrected_and_the_page_says_so(
    typed: str, title: str, instead: str, official: None
) -> None:
    result = find_roles(typed)
    assert (result.roles[0].title, result.instead) == (title, instead)


def test_words_that_no_title_has_together_find_titles_with_one_of_them(official: None) -> None:
    result = find_roles("midwife electrician")
    assert result.match == "nearest"
    assert {hit.title for hit in result.roles} == {"Nurse Midwives", "Electricians"}


def test_the_whole_title_goes_first(official: None) -> None:
    for title in ("Technician", "Technician of the Night", "Bicycle Repair Technician", "Senior Nurse Technician"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert find_names("technician")[0] == "Technician"
    assert find_names("bicycle repair technician")[0] == "Bicycle repair technician"


def test_words_in_the_typed_order_go_before_words_turned() -> None:
    for title in ("Support Desk Clerk", "Desk Support Clerk"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert find_names("desk support")[:2] == ["Desk support clerk", "Support desk clerk"]


def test_two_roles_that_read_alike_are_told_apart_by_their_publishers(client: Client) -> None:
    for place, publisher in enumerate(("Zippia", "Jobicy")):
        code = None if place else "29-1141"
        role = Role.objects.create(title="Nurses", slug=f"nurses-{place}", soc_code=code)
        pay = SalaryStats.objects.create(role=role, citation=store_citation(publisher, "nurses"), annual_average=90_000)
        role.salary = pay
        role.save()
    suggested = client.get("/roles/suggest?q=nurse").json()["roles"]
    assert [(role["slug"], role["publisher"]) for role in suggested] == [
        ("nurses-1", "Jobicy"),
        ("nurses-0", "Zippia"),
    ]
    assert find_names("nurses") == ["Nurses (Jobicy)", "Nurses (Zippia)"]


# -- What is sent ---------------------------------------------------------------------------------------------


def test_suggestions_come_as_json(client: Client) -> None:
    assert client.get("/roles/suggest?q=lead").json() == {
        "roles": [
            {
                "slug": "lead-technician",
                "title": "Lead Technician",
                "name": "Lead technician",
                "called": None,
                "median": None,
                "average": None,
                "year": None,
                "jobs": None,
            }
        ],
        "match": "found",
    }


@pytest.mark.parametrize(
    ("typed", "before"),
    [
        ("LPN vs lead te", "LPN vs"),
        ("difference between an LPN and a lead te", "difference between an LPN and"),
        ("LPN as opposed to lead te", "LPN as opposed to"),
        ("LPN-vs-lead te", "LPN-vs-"),
        ("LPN or a lead te", "LPN or"),
        ("LPN vs software technician or a lead te", "LPN vs software technician or"),
        ("LPN verse lead te", "LPN verse"),
        ("I was an LPN, now I want to be a lead te", "I was an LPN, now I want to be"),
        ("I want to be a lead te", None),
        (" lead te", None),
        ("lead te?", None),
    ],
)
def test_suggestions_for_the_last_side_come_with_what_stands_before(
    typed: str, before: str | None, client: Client
) -> None:
    answer = client.get("/roles/suggest", {"q": typed}).json()
    assert (answer["roles"][0]["name"], answer.get("before")) == ("Lead technician", before)


@pytest.mark.parametrize("typed", ["lead", "software support technician", "zzz", "tecnician", "lpn lead", "a b c", "s"])
def test_searching_takes_three_queries_at_most(typed: str, client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/roles/suggest", {"q": typed})
    assert len(captured) <= 3


# -- The page of a search -------------------------------------------------------------------------------------


def open_search(client: Client, typed: str) -> tuple[str, html.HtmlElement]:
    """The sentence that says what was found, and the page."""
    answer = client.get("/roles/", {"q": typed})
    assert answer.status_code == 200
    opened = html.document_fromstring(answer.content.decode())
    return str(opened.xpath("string(//*[@class='say'])")), opened


def test_a_search_lists_roles_with_their_pay_and_publisher(client: Client) -> None:
    Role.objects.filter(title=LEAD).delete()
    store_role(LEAD)
    outcome, opened = open_search(client, "technician")
    assert outcome == "The likeliest comes first."
    link = opened.cssselect(".hits a")[0]
    assert (link.text_content(), link.get("href")) == ("Lead technician", "/roles/lead-technician/")
    assert opened.cssselect(".hits small")[0].text_content() == (
        "average pay $90,615 a year, Zippia, captured on 1 March 2026 · 250,590 jobs"
    )


def test_a_search_says_once_what_pay_several_roles_give(client: Client) -> None:
    Role.objects.all().delete()
    for title, publisher in (("Technicians", "Bureau"), (LEAD, "Zippia"), ("Night Technician", "Zippia")):
        role = Role.objects.create(title=title, slug=make_slug(title))
        citation = store_citation(publisher, make_slug(title))
        role.salary = SalaryStats.objects.create(role=role, citation=citation, annual_average=90_000)
        role.save()
    opened = open_search(client, "technician")[1]
    assert opened.cssselect(".hits header p")[0].text_content() == (
        "Unless noted: average pay, Zippia, captured on 1 March 2026"
    )
    assert [found.text_content().split(" · ")[0] for found in opened.cssselect(".hits small")] == [
        "average pay $90,000 a year, Bureau, captured on 1 March 2026",
        "$90,000 a year",
        "$90,000 a year",
    ]


def test_a_search_says_what_was_found_instead_of_a_mistyped_word(client: Client) -> None:
    outcome, opened = open_search(client, "lead tecnician")
    assert outcome == "No title has these words. Found for “lead technician”:"
    assert opened.cssselect(".hits a")[0].text_content() == "Lead technician"


def test_a_search_says_when_words_stand_in_no_title_together(client: Client) -> None:
    outcome, opened = open_search(client, "lpn specialist")
    assert outcome == "No role is called exactly this. The nearest:"
    assert opened.cssselect(".hits a")


def test_a_search_for_nothing_or_for_what_is_not_there_says_so(client: Client) -> None:
    assert open_search(client, "")[0].startswith("Type a job title")
    outcome, opened = open_search(client, "zzzz")
    assert outcome.startswith("Nothing is called anything like this.")
    assert opened.cssselect("main a[href='/roles/']")
    for typed in ("salary", "100,000 a year", "jobs with no experience", "!!!"):
        assert open_search(client, typed)[0] == NO_WORK_NAMED, typed


def test_a_search_does_not_say_of_the_first_role_what_is_true_of_another_one(client: Client) -> None:
    [called] = find_roles("LPN").roles
    likelier = called._replace(is_called=False)
    for roles, outcome in (
        ([called, likelier], "One role goes by "),
        ([likelier, called], "The likeliest comes first."),
    ):
        assert write_search_outcome(SearchResult("LPN", roles, "found"), 20).startswith(outcome)


@pytest.mark.parametrize(
    "typed", ["\0", "x" * 300, "<script>alert(1)</script>", "\ud800", "%_", "💥", "'; --", "a b c d"]
)
def test_odd_words_are_shown_as_text_and_break_no_page(typed: str, client: Client) -> None:
    address = "/roles/?" + urlencode({"q": typed.encode("utf-8", "surrogatepass")})
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_form_stands_on_every_page_and_keeps_what_was_typed(client: Client) -> None:
    _, opened = open_search(client, "lead")
    for shown in (opened, html.document_fromstring(client.get("/").content.decode())):
        [form] = shown.cssselect("header form")
        assert (form.get("action"), form.get("method", "get")) == ("/roles/", "get")
    assert opened.cssselect("header input[name=q]")[0].get("value") == "lead"


def test_a_search_takes_as_many_queries_as_a_suggestion(client: Client) -> None:
    client.get("/roles/?q=lead")  # what is held in the process is read once
    for typed in ("tech", "lead tecnician", "lead specialist"):
        with CaptureQueriesContext(connection) as captured:
            open_search(client, typed)
        assert len(captured) <= 3


def test_a_word_that_ends_many_titles_is_not_said_to_name_one_role_only(client: Client) -> None:
    assert open_search(client, "lead technician")[0] == "One role goes by this name. Close matches follow."
    Role.objects.create(title="Technician", slug="technician")
    assert (
        open_search(client, "technician")[0]
        == "One role goes by this name alone. The names of 3 others below end with it."
    )


def test_a_search_says_how_many_roles_are_called_so(client: Client) -> None:
    assert open_search(client, "lead technician")[0] == "One role goes by this name. Close matches follow."
    for place in range(2):
        Role.objects.create(title="Baker", slug=f"bakers-{place}", soc_code=f"51-301{place}")
    assert (
        open_search(client, "bakers")[0] == "2 roles go by this name: the likeliest comes first. Close matches follow."
    )


# -- Work that the official wage table leaves out -----------------------------------------------------------------

NO_SOLDIERS = "The official wage table has no row for soldiers, or anyone else in the armed forces."


def test_work_that_no_wage_table_counts_is_not_answered_with_what_is_spelled_alike(client: Client) -> None:
    store_titles("Solder Technician", "Lacemaker", "Mariner")
    for typed in ("lawmaker", "US Marines", "marine"):  # no mariner, who works in the field of "marine"
        assert find_roles(typed).match == "nothing", typed
    outcome, opened = open_search(client, "how much does a soldier make")
    assert outcome == NO_SOLDIERS
    assert not opened.cssselect(".hits a")
    assert client.get("/roles/suggest", {"q": "soldier"}).json() == {"roles": [], "match": "nothing"}


def test_an_address_of_no_page_offers_to_search_for_its_words(client: Client) -> None:
    for path, typed in {"/nurse/": "nurse", "/jobs/software-engineer": "software engineer", "/josé/": "josé"}.items():
        answer = client.get(path, follow=True)
        [link] = html.document_fromstring(answer.content.decode()).cssselect(".say a")
        assert (answer.status_code, link.text) == (404, f"search the roles for “{typed}”")
        assert link.get("href") == f"/roles/?{urlencode({'q': typed})}"
    for path in ("/wp-login.php", "/compare/-vs-/", "/---/"):
        assert not html.document_fromstring(client.get(path).content.decode()).cssselect(".say a"), path


def test_a_wrong_address_and_a_picker_say_why_such_work_is_not_there(client: Client) -> None:
    wrong = html.document_fromstring(client.get("/roles/soldier/").content.decode())
    assert wrong.xpath("string(//*[@class='say'])") == f"No role has the address “soldier”. {NO_SOLDIERS}"
    assert client.get("/roles/soldier.json").json()["error"] == f"No role is called “soldier”. {NO_SOLDIERS}"
    asked = client.get("/compare/", {"role": ["soldier", LEAD]}).content.decode()
    assert f"No role is called “soldier”. {NO_SOLDIERS} Try another title" in asked


def test_such_work_is_found_once_a_page_about_it_is_stored(client: Client) -> None:
    store_titles("Soldier")
    assert find_roles("soldier").roles[0].name == "Soldier"
    assert open_search(client, "soldiers")[1].cssselect(".hits a")


@pytest.mark.parametrize("typed", ["job hunting", "a job hunter", "job hunters"])
def test_who_hunts_for_a_job_does_not_hunt_for_a_living(client: Client, typed: str) -> None:
    assert open_search(client, "hunters")[0].endswith("fish or hunt for a living.")
    assert open_search(client, typed)[0] == NO_WORK_NAMED


def test_such_work_is_a_side_of_a_comparison_too() -> None:
    store_titles("Nurse", "Solder Nurse")
    for typed in ("soldier or nurse", "soldier vs nurse", "nurse or soldier"):
        sides = {result.typed: [hit.title for hit in result.roles][:1] for result in answer_query(typed)}
        assert sides == {"soldier": [], "nurse": ["Nurse"]}, typed


def test_who_works_for_the_forces_in_another_role_is_searched_as_usual() -> None:
    store_titles("Army Nurse")
    assert find_roles("army nurse").match == "found"
