"""Titles in sentences keep the capitals that are part of a name, and read well for one and for several."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.areas import AREAS, Area
from comparisons.comparison import compare
from comparisons.queries.current_role import CurrentRole
from comparisons.titles import add_article, as_shown, capitalize, in_prose, is_plural, name_of, pluralize
from comparisons.views.comparison_page import list_asked_roles
from tests.comparisons.made_roles import make_role

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def read_column(path: str, column: str) -> list[str]:
    return [row[column] for row in csv.DictReader((FIXTURES / path).read_text("utf-8").splitlines())]


# Title, several of them, one of them.
READ_BY_EYE = [
    ("C++ Developer", "C++ developers", "a C++ developer"),
    ("C# Developer", "C# developers", "a C# developer"),
    (".NET Developer", ".NET developers", "a .NET developer"),
    ("C Programmer", "C programmers", "a C programmer"),
    ("R Programmer", "R programmers", "an R programmer"),
    ("Java Developer", "Java developers", "a Java developer"),
    ("iOS Developer", "iOS developers", "an iOS developer"),
    ("X-Ray Technician", "X-ray technicians", "an X-ray technician"),
    ("X-Ray Tech", "X-ray techs", "an X-ray tech"),
    ("T-Shirt Printer", "T-shirt printers", "a T-shirt printer"),
    ("Embedded C Engineer", "embedded C engineers", "an embedded C engineer"),
    ("A&P Mechanic", "A&P mechanics", "an A&P mechanic"),
    ("Spanish Teacher", "Spanish teachers", "a Spanish teacher"),
    ("Teacher of English", "teachers of English", "a teacher of English"),
    ("German", "Germans", "a German"),
    ("African-American Historian", "African-American historians", "an African-American historian"),
    ("European Sales Manager", "European sales managers", "a European sales manager"),
    ("Long Island Railroad Worker", "Long Island railroad workers", "a Long Island railroad worker"),
    ("Pacific Islander Liaison", "Pacific Islander liaisons", "a Pacific Islander liaison"),
    ("Long Haul Driver", "long haul drivers", "a long haul driver"),
    ("Virgin Oil Taster", "virgin oil tasters", "a virgin oil taster"),
    ("Island Ranger", "island rangers", "an island ranger"),
    ("MRI Technologist", "MRI technologists", "an MRI technologist"),
    ("U.S. Marshal", "U.S. marshals", "a U.S. marshal"),
    ("User Researcher", "user researchers", "a user researcher"),
    ("Hourly Worker", "hourly workers", "an hourly worker"),
    ("One-on-One Aide", "one-on-one aides", "a one-on-one aide"),
    ("8th Grade Teacher", "8th grade teachers", "an 8th grade teacher"),
    ("RN/LPN", "RNs/LPNs", "an RN/LPN"),
    ("Team Lead/Supervisor", "team leads/supervisors", "a team lead/supervisor"),
    ("Nurse & Midwife", "nurses & midwives", "a nurse & midwife"),
    ("Registered Nurse (RN)", "registered nurses (RN)", "a registered nurse (RN)"),
    ("Nurse - ICU", "nurses (ICU)", "a nurse (ICU)"),
    ("Manager, Sales", "managers (sales)", "a manager (sales)"),
    ("Technician Level 2", "technicians level 2", "a technician level 2"),
    ("Driver Class A", "drivers class A", "a driver class A"),
    ("Notary Public", "notaries public", "a notary public"),
    ("Editor-in-Chief", "editors-in-chief", "an editor-in-chief"),
    ("Plumber's Helper", "plumber's helpers", "a plumber's helper"),
    ("Inside Sales", "people in inside sales", "inside sales"),
    ("Software Engineering", "people in software engineering", "software engineering"),
    ("Quality Assurance", "people in quality assurance", "quality assurance"),
    # Plural already, as official occupations are.
    ("Registered Nurses", "registered nurses", "registered nurses"),
    ("Chief Executives", "chief executives", "chief executives"),
    ("Actors", "actors", "actors"),
    ("Small Engine Mechanics", "small engine mechanics", "small engine mechanics"),
    ("Clergy", "clergy", "clergy"),
    ("Cooks, Restaurant", "cooks (restaurant)", "cooks (restaurant)"),
    ("Teachers, All Other", "teachers (all other)", "teachers (all other)"),
    ("Helpers--Electricians", "helpers (electricians)", "helpers (electricians)"),
    (
        "First-Line Supervisors of Retail Sales Workers",
        "first-line supervisors of retail sales workers",
        "first-line supervisors of retail sales workers",
    ),
    (
        "Lawyers, Judges, and Related Workers",
        "lawyers, judges, and related workers",
        "lawyers, judges, and related workers",
    ),
    (
        "Pressers, Textile, Garment, and Related Materials",
        "pressers (textile, garment, and related materials)",
        "pressers (textile, garment, and related materials)",
    ),
]


@pytest.mark.parametrize("area", AREAS.values())
def test_states_and_territories_keep_their_capitals(area: Area) -> None:
    assert in_prose(f"{area.name} Teacher") == f"{area.name} teacher"
    assert pluralize(f"Teacher in {area.name}") == f"teachers in {area.name}"


# Title as a publisher spells it, and as pages show it.
SHOWN = [
    ("Aerospace Engineer", "Aerospace engineer"),
    ("SQL Developer", "SQL developer"),
    ("Senior Java Developer", "Senior Java developer"),
    ("iOS Developer", "iOS developer"),
    ("Senior Node.js Developer", "Senior Node.js developer"),
    ("CPA", "CPA"),
    ("Registered Nurse (RN)", "Registered nurse (RN)"),
    ("Engineer II", "Engineer II"),
    ("Class A CDL Driver", "Class A CDL driver"),
    ("Assistant to A Manager", "Assistant to a manager"),
    ("New York Bus Driver", "New York bus driver"),
    ("New Home Consultant", "New home consultant"),
    ("St. Louis Nurse", "St. Louis nurse"),
    ("Spanish Teacher", "Spanish teacher"),
    ("Cutters and Trimmers, Hand", "Cutters and trimmers, hand"),
]


@pytest.mark.parametrize(("title", "shown"), SHOWN)
def test_pages_write_titles_as_sentences_do_and_keep_names_and_acronyms(title: str, shown: str) -> None:
    assert (name_of(title, None, None), as_shown(shown)) == (shown, shown)


def test_the_short_names_that_ship_are_shown_as_they_are_written() -> None:
    names = read_column("occupations/display_names.csv", "singular")
    assert names
    assert [as_shown(name) for name in names] == names


@pytest.mark.parametrize(("title", "several", "one"), READ_BY_EYE)
def test_titles_read_well_for_several_and_for_one(title: str, several: str, one: str) -> None:
    assert (pluralize(title), add_article(title)) == (several, one)


def test_an_acronym_spoken_as_a_word_takes_the_article_of_the_word() -> None:
    titles = ("NASA Engineer", "MIG Welder", "NICU Nurse", "OSHA Inspector", "HVAC Technician", "SQL Developer")
    assert [add_article(title).split()[0] for title in titles] == ["a", "a", "a", "an", "an", "an"]


def test_a_small_word_in_capitals_is_still_a_small_word() -> None:
    assert in_prose("Jack of A Trade") == "jack of a trade"


def test_a_sentence_begins_with_a_capital_unless_the_word_has_its_own() -> None:
    assert [capitalize(pluralize(title)) for title in ("Nurse", "iOS Developer", ".NET Developer")] == [
        "Nurses",
        "iOS developers",
        ".NET developers",
    ]


def test_every_official_title_is_plural_and_keeps_its_words() -> None:
    def lower_words(words: str) -> list[str]:
        return [word.lower() for word in re.split(r"[\W_]+", words) if word]

    titles = read_column("tables/national_M2025_dl.csv", "OCC_TITLE")
    assert len(titles) > 800
    assert [title for title in titles if not is_plural(title)] == []
    assert [title for title in titles if lower_words(pluralize(title)) != lower_words(title)] == []
    assert [title for title in titles if pluralize(title).count("(") != pluralize(title).count(")")] == []


@given(st.text(max_size=60).map(lambda text: " ".join(text.split())).filter(bool))
def test_any_title_gives_words_without_a_hole(title: str) -> None:
    for words in (in_prose(title), pluralize(title), add_article(title)):
        assert words
        assert words == " ".join(words.split())


def test_a_question_tells_its_own_or_from_those_of_the_titles() -> None:
    nurse, actor = make_role("Nurse", "Nurses"), make_role("Actor", "Actors")
    musician = make_role("Musician or singer", "Musicians and singers")
    mason = make_role("Mason, bricklayer, or tile setter", "Masons, bricklayers, and tile setters")
    assert write_question(nurse, actor) == "Nurse or actor?"
    assert write_question(nurse, actor, make_role("Cook", "Cooks")) == "Nurse, actor or cook?"
    assert write_question(actor, musician) == "Actor, or musician or singer?"
    assert write_question(musician, actor) == "Musician or singer, or actor?"
    assert write_question(musician, actor, nurse) == "Musician or singer, actor, or nurse?"
    assert write_question(nurse, actor, musician, mason) == (
        "Nurse, actor, musician or singer, or mason, bricklayer, or tile setter?"
    )


def write_question(*roles: CurrentRole) -> str:
    """The heading of a comparison."""
    return " ".join(
        [f"{role.text} or" if role.joined else role.text for role in list_asked_roles(compare(roles).sides)]
    )
