"""Outlook: new jobs among the openings, and openings for the size of a field."""

import pytest
from django.test import Client

from careers.models import Role
from comparisons.rows import note_anchor
from comparisons.views.sections.outlook import OutlookSection, build_outlook_section
from tests.comparisons.occupations import compare_stored, make_projection, store_occupation
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.verdict_words import join_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse() -> Role:
    return store_occupation("Nurse", "29-1141", projection=make_projection(3_391_000, 3_557_100, 189_100))


@pytest.fixture
def developer() -> Role:
    return store_occupation("Developer", "15-1252", projection=make_projection(1_693_800, 1_961_400, 115_200))


def build_section(*roles: Role) -> OutlookSection:
    part = build_outlook_section(compare_stored(*roles))
    assert part is not None
    return part


def test_new_jobs_a_year_are_the_change_in_jobs_over_the_years(nurse: Role, developer: Role) -> None:
    part = build_section(nurse, developer)
    (row,) = part.pairs
    assert [line.text for line in row.lines] == ["16,610", "26,760"]
    assert row.takeaway is not None
    assert (join_parts(row.takeaway.parts), row.takeaway.note) == (
        "Developer more new jobs",
        "9% of the openings for nurses and 23% for developers",
    )
    assert join_parts(part.finding) == (
        "About 9 in 10 openings for nurses replace somebody; of those for developers about 1 in 4 is a new job"
    )


def test_bars_are_as_long_as_the_openings_and_dark_as_far_as_they_are_new(nurse: Role, developer: Role) -> None:
    (row,) = build_section(nurse, developer).pairs
    lanes = [line.lane for line in row.lines]
    assert all(lanes)
    widths = [[(piece.css_class, round(float(piece.width))) for piece in lane.pieces] for lane in lanes if lane]
    assert widths == [[("s4", 9), ("s1", 89)], [("s4", 14), ("s1", 46)]]


def test_openings_are_set_against_the_size_of_the_field(nurse: Role, developer: Role) -> None:
    assert join_parts(build_section(nurse, developer).room) == (
        "For every 100 jobs of 2024, self-employed people included, there are 5.6 openings a year for nurses and 6.8 "
        "for developers: for its size, the field of developers has more room"
    )


def test_a_field_that_shrinks_has_no_new_jobs_and_says_how_many_go(nurse: Role) -> None:
    clerk = store_occupation("Clerk", "43-9061", projection=make_projection(100_000, 92_000, 9_000))
    (row,) = build_section(nurse, clerk).pairs
    assert [line.text for line in row.lines] == ["16,610", "−800"]
    lane = row.lines[1].lane
    assert lane is not None
    assert [piece.css_class for piece in lane.pieces] == ["s1"]


def test_a_small_field_that_grows_has_new_jobs_though_its_rounded_counts_are_equal(nurse: Role) -> None:
    grows = make_projection(2_100, 2_100, 100) | {"growth_percent": 2.2}
    astronomer = store_occupation("Astronomer", "19-2011", projection=grows)
    part = build_section(nurse, astronomer)
    assert join_parts(part.finding) == (
        "Nearly all openings for astronomers replace somebody; of those for nurses about 1 in 11 is a new job"
    )
    assert part.pairs[0].takeaway is not None
    assert part.pairs[0].takeaway.note == "9% of the openings for nurses and under 1% for astronomers"


def test_a_comma_stands_behind_people_whose_name_has_an_and(developer: Role) -> None:
    cook = store_occupation("Chefs and Head Cooks", "35-1011", projection=make_projection(10_000, 10_900, 1_000))
    part = build_section(cook, developer)
    assert join_parts(part.room).startswith(
        "For every 100 jobs of 2024, self-employed people included, there are 10.0 openings a year for chefs and head "
        "cooks, and 6.8 for developers"
    )
    assert part.pairs[0].takeaway is not None
    assert part.pairs[0].takeaway.note == "9% of the openings for chefs and head cooks, and 23% for developers"


def test_shares_that_are_equal_are_said_once(nurse: Role) -> None:
    midwife = store_occupation("Midwife", "29-1161", projection=make_projection(10_000, 10_900, 1_000))
    (row,) = build_section(nurse, midwife).pairs
    assert row.takeaway is not None
    assert row.takeaway.note == "9% of the openings for both"


def test_who_has_no_openings_does_not_lack_a_source(nurse: Role) -> None:
    maker = store_occupation("Maker", "51-7032", projection=make_projection(300, 200, 0))
    (row,) = build_section(nurse, maker).pairs
    assert [(line.text, line.missing) for line in row.lines] == [("16,610", ""), ("", "no openings")]


def test_who_has_no_projection_says_why_and_has_no_part_in_the_heading(nurse: Role) -> None:
    part = build_section(nurse, store_role(LEAD))
    (row,) = part.pairs
    assert [(line.text, line.missing) for line in row.lines] == [("16,610", ""), ("", "not in this source")]
    assert join_parts(part.finding) == "For nurses, about 9 in 10 openings replace somebody"
    assert (part.room, row.takeaway) == (None, None)


def test_projections_of_different_years_are_not_compared(nurse: Role) -> None:
    later = store_occupation("Clerk", "43-9061", projection=make_projection(100_000, 110_000, 9_000, (2025, 2035)))
    part = build_section(nurse, later)
    assert (part.finding, part.room, part.pairs[0].takeaway) == (None, None, None)


def test_scraped_roles_that_differ_in_satisfaction_have_a_row_on_it() -> None:
    happy = store_role(LEAD, outlook={"satisfaction": "4.5"})
    part = build_section(happy, store_role(SOFTWARE, outlook={"satisfaction": "3.5"}))
    assert part.pairs == []
    assert [[cell.text for cell in line.cells] for line in part.lines] == [["4.5 of 5", "3.5 of 5"]]


def test_roles_with_nothing_but_growth_and_jobs_have_no_section() -> None:
    assert build_outlook_section(compare_stored(store_role(LEAD), store_role(SOFTWARE))) is None


def test_the_note_has_both_ends_of_the_projection_and_the_rule(nurse: Role, client: Client) -> None:
    note = build_section(nurse, store_role(LEAD)).origins
    assert note is not None
    assert [text for text, _, _ in note.entries[0].places] == [
        "3,391,000 in 2024.",
        "3,557,100 in 2034.",
        "189,100 a year, 2024 to 2034.",
    ]
    assert note.remarks[0] == (
        "New jobs are computed here: the jobs at the end of the projection less those at its start, over its years."
    )
    page = client.get(f"/compare/{nurse.slug}-vs-lead-technician/").content.decode()
    assert f'<button popovertarget="o-{note_anchor("new_jobs")}">16,610</button>' in page
    assert f'id="o-{note_anchor("new_jobs")}"' in page


def test_a_span_of_years_does_not_break_after_its_dash(nurse: Role, developer: Role, client: Client) -> None:
    page = open_page(client, f"/compare/{nurse.slug}-vs-{developer.slug}/")
    assert list_texts(page, "#outlook .q small .nb") == ["2024–34"]
    assert list_texts(page, "#outlook .q small")[0] == "a year 2024–34"
