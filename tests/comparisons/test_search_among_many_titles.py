"""Finding a role among many by a question, a task or an employer, and by words that its titles do not have."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from careers.models import Role
from careers.names import make_slug
from comparisons.search.matching import answer_query, find_roles

pytestmark = pytest.mark.django_db

TITLES = (
    *("Nurse", "Cashier", "Pharmacist", "Carpenter", "IT Manager", "Counselor", "Career Counselor"),
    *("Marketer", "Marketing Manager", "Policeman", "Police Chief", "School Bus Driver", "Dishwasher"),
    *("Refrigerator Technician", "Retail Manager", "Postal Clerk", "Nurse Practitioner", "Elderly Caregiver"),
    *("Civil Engineer", "Mechanical Engineer", "Dental Hygienist", "Dental Assistant"),
    *("Physiotherapist", "Psychologist", "Physiologist", "Psychiatrist", "Writer", "Accountant", "Accounting Clerk"),
    *(
        "Firefighter",
        "Plumber",
        "Plumbing Inspector",
        "Retail Worker",
        "Target Worker",
        "Hospital Worker",
        "Hospitalist",
    ),
    *("Fish Scientist", "History", "Physicist", "People Helper", "Production Helper"),
    *("Middle School Science Teacher", "School Science Aide", "Restaurant Manager", "Restaurant Runway Host"),
)


@pytest.fixture(scope="module", autouse=True)
def stored(module_transaction: None) -> None:
    for title in TITLES:
        Role.objects.create(title=title, slug=make_slug(title))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("how to become a career counselor", "Career Counselor"),
        ("career change to nurse", "Nurse"),
        ("thinking of a career change into accounting", "Accountant"),
        ("I'd like to be a nurse", "Nurse"),
        ("i don’t want to be a cashier", "Cashier"),
        ("who's a carpenter", "Carpenter"),
        ("pls I’m gonna be a carpenter", "Carpenter"),
        ("hello, what's a dishwasher", "Dishwasher"),
        ("I've always wanted to be a physiotherapist", "Physiotherapist"),
        ("what do you call a person who washes dishes", "Dishwasher"),
        ("hourly rate of a nurse", "Nurse"),
        ("what is someone who washes dishes called", "Dishwasher"),
        ("accountant entry level", "Accountant"),
        ("level 3 accountant", "Accountant"),
        ("band 6 nurse", "Nurse"),
        ("Nurse (RN)", "Nurse"),
        ("Dental Assistant (Evenings)", "Dental Assistant"),
        ("my dad washes dishes", "Dishwasher"),
        ("can you live on a nurses salary", "Nurse"),
        ("accountant 2", "Accountant"),
        ("is it hard to become a nurse", "Nurse"),
        ("is being a nurse worth it", "Nurse"),
        ("IT manager", "IT Manager"),
        ("nurse no experience", "Nurse"),
        ("best state to be a nurse", "Nurse"),
        ("i work as a nurse", "Nurse"),
        ("my son is a cashier thanks", "Cashier"),
        ("something different from a nurse", "Nurse"),
        ("get into nursing", "Nurse"),
        ("is it too hard to become a nurse", "Nurse"),
        ("wash dishes for a living", "Dishwasher"),
        ("hoping to become a nurse", "Nurse"),
        ("nursing school", "Nurse"),
        ("accounting major salary", "Accountant"),
        ("accounting graduate", "Accountant"),
        ("bachelor of science in accounting", "Accountant"),
        ("Seeking an experienced cashier to join our team", "Cashier"),
        ("nurse salary comparison", "Nurse"),
        ("carpenteress", "Carpenter"),
        ("Nurse - Temp to Hire", "Nurse"),
        ("cashier at a supermarket in Dallas", "Cashier"),
        ("manager at ikea in Berlin", "Retail Manager"),
        ("works at target", "Retail Worker"),
        ("jobs in a hospital", "Hospital Worker"),
        ("writing industry", "Writer"),
        ("retail sector", "Retail Worker"),
        ("studies fish", "Fish Scientist"),
        ("study history", "History"),
        ("i want to help people", "People Helper"),
        ("i love physics", "Physicist"),
        ("science teacher middle school", "Middle School Science Teacher"),
        ("run a restaraunt", "Restaurant Manager"),
        ("puts out fires", "Firefighter"),
        ("pluming", "Plumber"),
        ("chief of police", "Police Chief"),
        ("retail management", "Retail Manager"),
        ("newly qualified nurse", "Nurse"),
        ("head of marketing", "Marketing Manager"),
        ("drives school buses", "School Bus Driver"),
        ("in a kitchen washing dishes", "Dishwasher"),
        ("the guy who drives school buses", "School Bus Driver"),
        ("people who wash dishes", "Dishwasher"),
        ("fixes refrigerators", "Refrigerator Technician"),
        ("wash dishes", "Dishwasher"),
        ("i want to drive a school bus", "School Bus Driver"),
        ("take care of old people", "Elderly Caregiver"),
        ("looking after the elderly", "Elderly Caregiver"),
        ("fridge tech", "Refrigerator Technician"),
        ("walmart cashier", "Cashier"),
        ("ikea manager salary", "Retail Manager"),
        ("usps clerk", "Postal Clerk"),
        ("the bloke who washes dishes", "Dishwasher"),
        ("farmacist", "Pharmacist"),
        ("karpenter", "Carpenter"),
        ("fisiotherapist", "Physiotherapist"),
        ("physcologist", "Psychologist"),
        ("siketrist", "Psychiatrist"),
        ("riter", "Writer"),
        ("mekanical enjineer", "Mechanical Engineer"),
        ("acounting", "Accountant"),
        ("cashere", "Cashier"),
        ("counsler", "Counselor"),
        ("polise chief", "Police Chief"),
        ("marketting manager", "Marketing Manager"),
        ("refridgerator technition", "Refrigerator Technician"),
    ],
)
def test_a_title_is_found_by_what_people_type_for_it(typed: str, title: str) -> None:
    result = find_roles(typed)
    assert (result.roles[0].title, result.match) == (title, "found")


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("senior cashier salary", "One role goes by this name. Close matches follow."),
        ("dish washer", "One role goes by this name. Close matches follow."),
        ("walmart cashier", "The likeliest comes first."),
        ("drives school buses", "The likeliest comes first."),
    ],
)
def test_a_role_is_said_to_go_by_a_name_only_if_the_name_was_typed(typed: str, outcome: str, client: Client) -> None:
    content = html.fromstring(client.get("/roles/", {"q": typed}).content)
    assert content.xpath("string(//p[@class='say'])") == outcome


def test_suggestions_have_all_words_where_one_has() -> None:
    typed = find_roles("school bus driv", unfinished=True)
    assert [hit.title for hit in typed.roles] == ["School Bus Driver"]
    assert len(find_roles("nurse prac", unfinished=True).roles) == 1
    assert len(find_roles("nurse care", unfinished=True).roles) > 1


@pytest.mark.parametrize(
    ("typed", "sides"),
    [
        ("nurse or nurse practitioner", ["Nurse", "Nurse Practitioner"]),
        ("cashier and dishwasher compared", ["Cashier", "Dishwasher"]),
        ("how do nurses compare to pharmacists", ["Nurse", "Pharmacist"]),
        ("is it better to be a nurse or a pharmacist", ["Nurse", "Pharmacist"]),
        ("a cashier or a dishwasher", ["Cashier", "Dishwasher"]),
        ("i want to be a nurse or pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse or pharmasist", ["Nurse", "Pharmacist"]),
        ("nurse, pharmacsit, dishwahser", ["Nurse", "Pharmacist", "Dishwasher"]),
        ("nurse and pharmasist", ["Nurse", "Pharmacist"]),
        ("cashier - pharmasist", ["Cashier", "Pharmacist"]),
        ("nurse — pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse + pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse | pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse -> pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse ↔ pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse-vs-pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse_vs_pharmacist", ["Nurse", "Pharmacist"]),
        ("leave nursing for accounting", ["Nurse", "Accountant"]),
        ("nurse instead of pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse as opposed to a pharmacist", ["Nurse", "Pharmacist"]),
        ("do nurses make as much as pharmacists", ["Nurse", "Pharmacist"]),
        ("nurse verses pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse verse pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse versus. pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse V.S. pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse vs.pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse compared against pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse > pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse+pharmacist", ["Nurse", "Pharmacist"]),
        ("how is a nurse different from a pharmacist", ["Nurse", "Pharmacist"]),
        ("is a nurse the same thing as a pharmacist", ["Nurse", "Pharmacist"]),
        ("can a nurse become a pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse turned pharmacist", ["Nurse", "Pharmacist"]),
        ("i was a cashier now i want to be a nurse", ["Cashier", "Nurse"]),
        ("I'm a cashier, and I'm planning to become a nurse", ["Cashier", "Nurse"]),
        ("cashier, thinking of becoming a policewoman", ["Cashier", "Policeman"]),
        ("I work in accounting and want to become a nurse", ["Accountant", "Nurse"]),
        ("a nurse thinking about becoming a pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse to pharmacist bridge program", ["Nurse", "Pharmacist"]),
        ("nurse with pharmacist compare", ["Nurse", "Pharmacist"]),
        ("nurse w/ pharmacist comparison", ["Nurse", "Pharmacist"]),
        ("compare nurse / pharmacist", ["Nurse", "Pharmacist"]),
        ("nurse - pharmacist comparison", ["Nurse", "Pharmacist"]),
        ("become a nurse or stay a cashier", ["Nurse", "Cashier"]),
        ("nurse vs cashier or pharmacist", ["Nurse", "Cashier", "Pharmacist"]),
        ("nurse verse cashier or pharmacist", ["Nurse", "Cashier", "Pharmacist"]),
        ("should i be a nurse, a cashier or a pharmacist", ["Nurse", "Cashier", "Pharmacist"]),
        ("nurse, cashier and pharmacist vs dishwasher", ["Nurse", "Cashier", "Pharmacist", "Dishwasher"]),
        ("nurse to nurse practitioner", ["Nurse", "Nurse Practitioner"]),
        ("nurse or pharmacist which one should i choose", ["Nurse", "Pharmacist"]),
        ("nurse or pharmacist help me choose", ["Nurse", "Pharmacist"]),
        ("nurse and pharmacist side by side", ["Nurse", "Pharmacist"]),
        ("out of nurse and pharmacist who earns more", ["Nurse", "Pharmacist"]),
        ("either nurse or maybe pharmacist", ["Nurse", "Pharmacist"]),
        ("leaving accounting for a pharmacist job", ["Accountant", "Pharmacist"]),
        ("quit cashier to become a nurse", ["Cashier", "Nurse"]),
        ("would you rather be a nurse or a pharmacist", ["Nurse", "Pharmacist"]),
        ("dental hygienist and dental assistant", ["Dental Hygienist", "Dental Assistant"]),
        ("nurse - pharmacist", ["Nurse", "Pharmacist"]),
        ("cashier to pharmacist career change", ["Cashier", "Pharmacist"]),
        ("nurse to pharmacist", ["Nurse", "Pharmacist"]),
        ("dental assistant to dental hygienist", ["Dental Assistant", "Dental Hygienist"]),
        ("mechanical vs civil engineer", ["Mechanical Engineer", "Civil Engineer"]),
        ("civil or mechanical engineering", ["Civil Engineer", "Mechanical Engineer"]),
        ("dental hygienist or dental assistant", ["Dental Hygienist", "Dental Assistant"]),
        ("compare cashiers, nurses and pharmacists", ["Cashier", "Nurse", "Pharmacist"]),
        ("difference between a cashier, a nurse and a dishwasher", ["Cashier", "Nurse", "Dishwasher"]),
    ],
)
def test_a_comparison_is_found_in_what_people_ask(typed: str, sides: list[str], client: Client) -> None:
    assert [result.roles[0].title for result in answer_query(typed)] == sides
    slugs = "-vs-".join(make_slug(title) for title in sides)
    assert client.get("/roles/", {"q": typed})["Location"].startswith(f"/compare/{slugs}/")


@pytest.mark.parametrize(
    "path",
    [
        "/roles/nurse-or-cashier/",
        "/compare/nurse,cashier/",
        "/compare/nurse-versus-cashier/",
        "/roles/nurse_vs_cashier/",
    ],
)
def test_two_sides_in_the_address_of_one_role_are_compared(path: str, client: Client) -> None:
    assert client.get(path).headers["Location"].startswith("/compare/nurse-vs-cashier/?q=")


def test_the_address_of_one_role_that_is_not_there_is_searched_once(client: Client) -> None:
    with CaptureQueriesContext(connection) as of_json:
        client.get("/roles/nurse-xyzzy.json")
    with CaptureQueriesContext(connection) as of_page:
        assert client.get("/roles/nurse-xyzzy/").status_code == 404
    assert len(of_page) == len(of_json)


def test_a_trade_school_teaches_no_trading() -> None:
    Role.objects.create(title="Trader", slug="trader")
    assert answer_query("trade")[0].roles[0].title == "Trader"
    assert answer_query("trade school")[0].match != "found"


@pytest.mark.parametrize("typed", ["nurse or xyzzy", "nurse or not"])
def test_what_is_no_title_even_if_corrected_is_no_side(typed: str) -> None:
    [result] = answer_query(typed)
    assert (result.roles[0].title, result.match) == ("Nurse", "nearest")
