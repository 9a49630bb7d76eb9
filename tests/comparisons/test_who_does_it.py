"""Who does it: shares of those who are counted, which say nothing on who can do the work."""

import pytest
from django.test import Client

from careers.models import Citation, Demographics, MedianAge, Role
from comparisons.rows import note_anchor
from comparisons.views.sections.people import PeopleSection, build_people_section
from tests.comparisons.occupations import compare_stored, store_occupation
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role

pytestmark = pytest.mark.django_db

SURVEYED = {"white_percent": "73.6", "black_percent": "14.5", "asian_percent": "8.9", "hispanic_percent": "8.1"}
TABLE = "Employed people by sex, race and ethnicity, 2022: Current Population Survey, Table 11"


@pytest.fixture
def nurse() -> Role:
    role = store_occupation(
        "Nurse", "29-1141", demographics={"female_percent": "87.9"}, survey=SURVEYED, median_age={"median_age": "42.3"}
    )
    Citation.objects.filter(publisher__slug="bureau").update(title=TABLE)
    return role


def build_section(*roles: Role) -> PeopleSection:
    part = build_people_section(compare_stored(*roles))
    assert part is not None
    return part


def test_scraped_roles_have_one_table_in_which_men_repeat_nothing() -> None:
    (table,) = build_section(store_role(LEAD), store_role(SOFTWARE)).tables
    labels = [rung.label for rung in table.rungs.groups[0].rungs]
    assert labels[:2] == ["Women", "White"]
    assert "Men" not in labels
    assert table.caption == ""


def test_shares_of_a_survey_say_of_whom_and_of_when_they_are(nurse: Role) -> None:
    part = build_section(nurse)
    (table,) = part.tables
    assert table.caption == "Of employed people, 2022."
    assert [rung.label for rung in table.rungs.groups[0].rungs] == [
        "Women",
        "White",
        "Black or African American",
        "Asian",
        "Hispanic or Latino",
    ]
    assert "Hispanic people are counted under a race too, so these shares do not add up to 100%." in part.notes


def test_shares_of_pages_and_of_a_survey_stand_apart(nurse: Role) -> None:
    tables = build_section(nurse, store_role(LEAD)).tables
    assert [[heading.name for heading in table.rungs.headings] for table in tables] == [
        ["Nurse", "Lead technician"],
        ["Lead technician"],
        ["Nurse"],
    ]
    assert [rung.label for rung in tables[0].rungs.groups[0].rungs] == ["Women"]


def test_ages_name_only_roles_of_which_a_source_speaks(nurse: Role) -> None:
    ages = build_section(nurse, store_role(LEAD)).ages
    assert [(row.line.row.label, [(letter, cell.text) for letter, cell in row.ages]) for row in ages] == [
        ("Average age", [("b", "42")]),
        ("Median age", [("a", "42.3")]),
    ]


def test_an_age_that_is_missing_says_so_briefly(nurse: Role) -> None:
    missing = {"median_age": {"line": 3, "raw": "–", "how": "cell", "missing": "too-few"}}
    cook = store_occupation("Cook", "35-2014", demographics={"female_percent": "40"}, median_age={"median_age": "40"})
    MedianAge.objects.filter(role=cook).update(median_age=None, evidence=missing)
    [row] = build_section(nurse, cook).ages
    assert [(letter, cell.missing or cell.text) for letter, cell in row.ages] == [("a", "42.3"), ("b", "not published")]


def test_a_wider_group_is_named(nurse: Role) -> None:
    evidence = {"female_percent": {"line": 3, "raw": "43.8", "how": "cell", "wider_group": "Other physicians"}}
    Demographics.objects.filter(role=nurse).update(evidence=evidence)
    notes = build_section(nurse, store_role(LEAD)).notes
    assert "●\N{NO-BREAK SPACE}Nurse: of the survey’s wider group “Other physicians”." in notes


def test_nobody_counted_is_no_section() -> None:
    assert build_people_section(compare_stored(store_occupation("Nurse", "1"), store_occupation("Cook", "2"))) is None


def test_the_page_keeps_it_closed_and_says_what_it_does_not_tell(client: Client, nurse: Role) -> None:
    other = store_role(LEAD)
    page = " ".join(client.get(f"/compare/{nurse.slug}-vs-{other.slug}/").content.decode().split())
    part = page[page.index('<section id="people">') :]
    assert "<p>Who is counted now, not who can do it.</p>" in part
    assert '<details class="fold"><summary>' in part
    assert "open" not in part[: part.index("</summary>")]
    women = note_anchor("demographics.female_percent")
    assert f'<button popovertarget="o-{women}">87.9%</button>' in part


def test_shares_that_stand_in_one_line_share_a_note_that_quotes_it_once(client: Client) -> None:
    pair = f"{store_role(LEAD).slug}-vs-{store_role(SOFTWARE).slug}"
    page = open_page(client, f"/compare/{pair}/")
    [note] = list_texts(page, f"#o-{note_anchor('race')}")
    assert note.count("White, 53.6%") == 1
    assert len(page.cssselect(f"#all button[popovertarget=o-{note_anchor('race')}]")) > 6
