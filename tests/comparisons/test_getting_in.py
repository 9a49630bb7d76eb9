"""Getting in: what is asked, what people who do the work have, and which majors lead to it."""

import pytest
from django.test import Client

from careers.models import Role
from comparisons.rows import note_anchor
from comparisons.views.sections.getting_in import EntrySection, build_entry_section, build_majors_note
from tests.comparisons.occupations import (
    compare_stored,
    make_requirements,
    spread_attainment,
    store_majors,
    store_occupation,
)
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.verdict_words import join_parts

pytestmark = pytest.mark.django_db

HIGH_SCHOOL, BACHELOR = "High school diploma or equivalent", "Bachelor's degree"
BEST = ("top_city", "top_state", "top_industry", "top_company")


@pytest.fixture
def nurse() -> Role:
    return store_occupation(
        "Nurse",
        "29-1141",
        requirements=make_requirements(BACHELOR),
        attainment=spread_attainment(0.5, 1.2, 3.9, 25.6, 54.4, 11.8),
    )


@pytest.fixture
def developer() -> Role:
    return store_occupation(
        "Developer",
        "15-1252",
        requirements=make_requirements(BACHELOR),
        attainment=spread_attainment(0.5, 2.2, 7.4, 3.9, 51.9, 30.1),
    )


@pytest.fixture
def electrician() -> Role:
    return store_occupation("Electrician", "47-2111", requirements=make_requirements(HIGH_SCHOOL, "Apprenticeship"))


def build_section(*roles: Role) -> EntrySection:
    part = build_entry_section(compare_stored(*roles))
    assert part is not None
    return part


def test_what_is_the_same_on_paper_stands_in_the_heading_and_in_no_table(nurse: Role, developer: Role) -> None:
    part = build_section(nurse, developer)
    assert join_parts(part.finding) == (
        "On paper the same way in: a bachelor’s degree, no earlier experience, no training on the job"
    )
    assert part.rows is None


def test_what_differs_on_paper_stands_in_rows(nurse: Role, electrician: Role) -> None:
    part = build_section(nurse, electrician)
    assert join_parts(part.finding) == "On paper electricians need no degree; nurses a bachelor’s degree"
    assert part.rows
    assert [(line.row.label, [cell.text for cell in line.cells]) for line in part.rows.lines] == [
        ("Education typically needed", [BACHELOR, HIGH_SCHOOL]),
        ("Training on the job", ["None", "Apprenticeship"]),
    ]


def test_education_of_people_at_work_is_drawn_from_the_highest_level_down(nurse: Role, developer: Role) -> None:
    attainment = build_section(nurse, developer).attainment
    assert attainment is not None
    assert join_parts(attainment.finding) == (
        "In practice 31% of nurses have less than a bachelor’s, and 34% of developers have more"
    )
    assert attainment.caption == "People aged 25 and over who do the work."
    rungs = attainment.rungs.groups[0].rungs
    assert [rung.label for rung in rungs] == [
        "Doctoral or professional",
        "Master’s degree",
        "Bachelor’s degree",
        "Associate’s degree",
        "Some college, no degree",
        "High school diploma",
        "No high school diploma",
    ]
    assert [cell.text for cell in rungs[1].cells] == ["11.8%", "30.1%"]
    assert [tick.text for tick in attainment.rungs.ticks] == ["0%", "20%", "40%"]


def test_who_has_no_shares_has_no_column_and_is_named(nurse: Role, electrician: Role) -> None:
    attainment = build_section(nurse, electrician).attainment
    assert attainment is not None
    assert [heading.name for heading in attainment.rungs.headings] == ["Nurse"]
    reason = "not in this source for ◆\N{NO-BREAK SPACE}Electrician."
    assert list(attainment.notes) == [f"Education of people at work: {reason}"]


def test_the_first_majors_are_named_and_the_rest_is_folded(nurse: Role, developer: Role) -> None:
    store_majors(nurse, "Nursing Science, General", *[f"{field} Nursing" for field in ("Adult", "Family", "Critical")])
    store_majors(developer, *[f"Computing {number}" for number in range(1, 50)])
    part = build_section(nurse, developer)
    assert join_parts(part.majors_finding) == "No major leads to both"
    assert part.majors is not None
    own, other = part.majors.columns
    assert (own.heading, own.total, own.shown[0], own.folded) == ("Only nurse", 4, "Nursing science", [])
    assert (other.total, len(other.shown), len(other.folded), other.left_out) == (49, 5, 10, 34)


def test_majors_that_lead_to_both_stand_between_those_of_each(nurse: Role, developer: Role) -> None:
    store_majors(nurse, "Informatics", "Nursing")
    store_majors(developer, "Informatics", "Computing")
    majors = build_section(nurse, developer).majors
    assert majors is not None
    assert [(column.heading, list(column.shown)) for column in majors.columns] == [
        ("Only nurse", ["Nursing"]),
        ("Both", ["Informatics"]),
        ("Only developer", ["Computing"]),
    ]


def test_majors_of_one_role_alone_are_said_to_be_of_it(nurse: Role, electrician: Role) -> None:
    store_majors(nurse, "Nursing")
    part = build_section(nurse, electrician)
    assert join_parts(part.majors_finding) == "Majors are named for nurses alone"
    assert part.majors is not None
    assert [column.heading for column in part.majors.columns] == ["Nurse"]


def test_majors_say_in_which_rows_they_stand(nurse: Role, developer: Role) -> None:
    citation = store_majors(nurse, "Nursing", "Nursing Science")
    (note,) = build_majors_note(compare_stored(nurse, developer))
    ((text, anchor, _),) = note.entries[0].places
    assert (text, anchor) == ("Fields of study, rows 2 to 3 (29-1141).", f"s{citation.pk}")


def test_nothing_known_or_all_of_it_the_same_leaves_the_section_out() -> None:
    first, second = (
        store_occupation(title, code, requirements=make_requirements(BACHELOR))
        for title, code in (("Nurse", "1"), ("Cook", "2"))
    )
    assert build_entry_section(compare_stored(first, second)) is None


def test_scraped_roles_show_degree_and_college_where_they_differ(client: Client) -> None:
    part = build_section(store_role(LEAD), store_role(SOFTWARE))
    assert part.rows
    assert [line.row.key for line in part.rows.lines] == ["education.degree", "education.college"]
    assert part.attainment is None
    assert part.majors is None


def test_one_role_has_its_rows_and_shares_without_a_finding(nurse: Role) -> None:
    part = build_section(nurse)
    assert part.finding is None
    assert part.rows
    assert len(part.rows.lines) == 3
    assert part.attainment is not None
    assert part.attainment.finding is None


def test_the_page_opens_the_origin_of_each_figure(client: Client, nurse: Role, developer: Role) -> None:
    store_majors(nurse, "Nursing")
    page = client.get(f"/compare/{nurse.slug}-vs-{developer.slug}/").content.decode()
    entry = page[page.index('id="entry"') :]
    assert f'<button popovertarget="o-{note_anchor("attainment.master")}">11.8%</button>' in entry
    assert f'<button popovertarget="o-{note_anchor("majors")}">1</button>' in entry
    assert f'id="o-{note_anchor("majors")}"' in entry


def test_all_levels_of_education_open_one_note(client: Client, nurse: Role, developer: Role) -> None:
    page = open_page(client, f"/compare/{nurse.slug}-vs-{developer.slug}/")
    levels = {button.get("popovertarget") for button in page.cssselect("#entry .rungs button")}
    assert levels == {f"o-{note_anchor('attainment')}"}
    [note] = list_texts(page, f"#o-{note_anchor('attainment')}")
    assert "Shares of several levels are added up here." in note


def test_a_role_without_any_word_in_a_table_has_no_column_and_a_sentence_says_why(client: Client, nurse: Role) -> None:
    store_role(LEAD)
    page = open_page(client, f"/compare/lead-technician-vs-{nurse.slug}/")
    [table] = [
        table for table in page.cssselect("#pay table") if list_texts(table, "caption") == ["Named as paying best"]
    ]
    assert list_texts(table, "thead th") == ["Lead technician"]
    [note] = [note for note in list_texts(page, "#pay .note") if note.startswith("Named as paying best")]
    assert note == "Named as paying best: not in this source for ◆ Nurse."


def test_a_role_that_lacks_the_words_of_a_table_for_several_reasons_keeps_its_column(client: Client) -> None:
    store_role(LEAD)
    pay = store_role(SOFTWARE, salary=dict.fromkeys(BEST)).salary
    assert pay is not None
    unclear = {"line": 9, "raw": "New York, NYAustin, TX", "how": "unread", "candidates": ["New York, NY", "New York"]}
    pay.evidence |= {name: {"line": 8, "raw": "-", "how": "cell", "missing": "not-published"} for name in BEST}
    pay.evidence["top_city"] = unclear
    pay.save()
    page = open_page(client, "/compare/lead-technician-vs-software-support-technician/")
    [table] = [
        table for table in page.cssselect("#pay table") if list_texts(table, "caption") == ["Named as paying best"]
    ]
    assert sorted(set(list_texts(table, "td.b"))) == ["not published", "unclear on the page"]
    assert not [note for note in list_texts(page, "#pay .note") if note.startswith("Named as paying best")]
