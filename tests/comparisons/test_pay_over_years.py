"""Pay over the years on the page of a comparison: the finding, the line with its gaps, the table of all years."""

from itertools import pairwise

import pytest
from django.test import Client

from comparisons.charts.year_lines import YearLine, draw_years
from comparisons.comparison import compare
from comparisons.queries.place import place_roles, read_place
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.years import YearsSection, build_years_section
from tests.comparisons.figure_tables import find_origin
from tests.comparisons.official import find_slugs
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.stored_states import load_table
from tests.comparisons.stored_years import load_years
from tests.ingest.state_tables import COOKS, DRIVERS, NURSES, make_national_table

pytestmark = pytest.mark.django_db


def build_part(*codes: str) -> YearsSection:
    shown = build_years_section(compare(read_current_roles(find_slugs(*codes))))
    assert shown
    return shown


def write_finding(*codes: str) -> str:
    return "".join(words.text for words in build_part(*codes).finding)


STEADY = {2022: "50,000", 2023: "55,000", 2024: "60,000", 2025: "63,000"}


def test_changes_are_counted_from_the_first_year_that_all_have() -> None:
    load_years({NURSES: {2019: "40,000", **STEADY}, COOKS: {2023: "20,000", 2024: "21,000", 2025: "22,000"}})
    assert write_finding(NURSES[0], COOKS[0]) == (
        "Since 2023 pay rose 15% for registered nurses and 10% for cooks (restaurant)"
    )


def test_a_verb_stands_again_only_where_it_is_another_one() -> None:
    load_years({NURSES: STEADY, DRIVERS: {2022: "50,000", 2025: "45,000"}, COOKS: {2022: "50,000", 2025: "50,100"}})
    assert write_finding(NURSES[0], DRIVERS[0]) == (
        "Since 2022 registered nurses’ pay rose 26%, heavy truck drivers’ fell 10%"
    )
    assert write_finding(NURSES[0], COOKS[0], DRIVERS[0]) == (
        "Since 2022 pay rose 26% for registered nurses, hardly changed for cooks (restaurant) and fell 10% for heavy "
        "truck drivers"
    )


def test_a_comma_stands_before_the_last_change_where_people_have_an_and_in_their_name() -> None:
    chefs = ("35-1011", "Chefs and Head Cooks")
    load_years({NURSES: STEADY, chefs: {2022: "50,000", 2025: "65,000"}, COOKS: {2022: "50,000", 2025: "45,000"}})
    assert write_finding(NURSES[0], chefs[0], COOKS[0]) == (
        "Since 2022 pay rose 26% for registered nurses, 30% for chefs and head cooks, and fell 10% for cooks "
        "(restaurant)"
    )


def test_changes_that_round_to_one_figure_have_a_decimal() -> None:
    load_years({NURSES: {2022: "50,000", 2025: "60,000"}, DRIVERS: {2022: "50,000", 2025: "60,200"}})
    assert (
        write_finding(NURSES[0], DRIVERS[0])
        == "Since 2022 registered nurses’ pay rose 20.0%, heavy truck drivers’ 20.4%"
    )


def test_changes_that_are_the_same_with_a_decimal_are_stated_once() -> None:
    load_years({NURSES: {2022: "50,000", 2025: "60,000"}, DRIVERS: {2022: "40,000", 2025: "48,000"}})
    assert write_finding(NURSES[0], DRIVERS[0]) == "Since 2022 pay rose 20% for both"


def test_roles_with_too_few_years_in_common_are_described_one_by_one() -> None:
    load_years({NURSES: {2019: "40,000", 2020: "44,000"}, COOKS: {2024: "20,000", 2025: "22,000"}})
    assert write_finding(NURSES[0], COOKS[0]) == (
        "Pay of registered nurses rose 10% from 2019 to 2020; that of cooks (restaurant) rose 10% from 2024 to 2025"
    )


def test_years_beside_the_pay_of_a_state_are_said_to_be_of_the_whole_country() -> None:
    load_years({NURSES: STEADY, COOKS: STEADY})
    roles = place_roles(read_current_roles(find_slugs(NURSES[0], COOKS[0])), read_place({"where": "CA"}))
    shown = build_years_section(compare(roles))
    assert shown
    assert shown.notes[0].startswith("Median a year in the whole country, May of each year, 2022 to 2025")


def test_a_line_has_gaps_and_every_year_stands_in_the_table(client: Client) -> None:
    load_years({NURSES: {2019: "40,000", **STEADY}, COOKS: {2024: "20,000", 2025: "22,000"}})
    shown = build_part(NURSES[0], COOKS[0])
    assert [(line.letter, len(line.points)) for line in shown.lane.lines] == [("a", 4), ("b", 2)]
    assert "A year without a figure is a gap." in shown.notes
    assert "not adjusted for prices" in shown.notes[0]
    page = open_page(client, f"/compare/{'-vs-'.join(find_slugs(NURSES[0], COOKS[0]))}/")
    rows = [list_texts(row, "th, td") for row in page.cssselect("#since ~ details tbody tr")]
    assert rows[0] == ["2019", "$40,000", "–"]
    assert rows[-1] == ["2025", "$63,000", "$22,000"]


def test_every_figure_opens_its_row_in_its_release(client: Client) -> None:
    load_years({NURSES: STEADY, COOKS: {2024: "20,000", 2025: "22,000"}})
    page = open_page(client, f"/compare/{'-vs-'.join(find_slugs(NURSES[0], COOKS[0]))}/")
    figures = page.cssselect("#since [popovertarget], #since ~ details [popovertarget]")
    assert len(figures) == 8
    [note] = {button.get("popovertarget"): find_origin(page, button) for button in figures}.values()
    text = " ".join(note.text_content().split())
    assert "2022: row 2, column A_MEDIAN. May 2022." in text
    assert "2025: row 3, column A_MEDIAN. May 2025." in text


def test_a_median_too_high_to_be_published_is_a_gap_with_its_reason() -> None:
    load_years({NURSES: {2023: "200,000", 2024: "#", 2025: "220,000"}})
    shown = build_part(NURSES[0])
    assert [row.cells[0].text for row in shown.rows] == ["$200,000", "too high", "$220,000"]
    assert "Where registered nurses have none, their median is too high for the source to publish." in shown.notes


def test_a_median_that_is_not_published_is_a_gap_with_its_reason() -> None:
    load_years({NURSES: {2023: "200,000", 2024: "*", 2025: "220,000"}, COOKS: {2023: "20,000", 2025: "22,000"}})
    shown = build_part(NURSES[0], COOKS[0])
    assert [row.cells[0].text for row in shown.rows] == ["$200,000", "–", "$220,000"]
    assert "Where registered nurses have none, their median is not published." in shown.notes
    assert not [note for note in shown.notes if "Where cooks" in note]


def test_the_reasons_of_all_gaps_of_a_role_are_given() -> None:
    load_years({NURSES: {2022: "*", 2023: "200,000", 2024: "#", 2025: "220,000"}})
    sentence = "Where registered nurses have none, their median is not published or too high for the source to publish."
    assert sentence in build_part(NURSES[0]).notes


def test_an_occupation_that_begins_with_the_new_classification_says_so() -> None:
    load_years({NURSES: {2019: "40,000", 2021: "44,000", 2025: "60,000"}, COOKS: {2021: "20,000", 2025: "22,000"}})
    assert "Cooks (restaurant) were counted differently before 2021." in build_part(NURSES[0], COOKS[0]).notes


def test_an_occupation_that_was_counted_alike_with_a_median_too_high_is_not_said_to_be_counted_differently() -> None:
    high = {2019: "#", 2021: "200,000", 2025: "210,000"}
    load_years({NURSES: {2019: "40,000", 2021: "44,000", 2025: "60,000"}, COOKS: high})
    assert not [note for note in build_part(NURSES[0], COOKS[0]).notes if "counted differently" in note]


@pytest.mark.parametrize("years", [{2024: "#", 2025: "#"}, {2024: "#", 2025: "220,000"}])
def test_years_whose_medians_are_too_high_to_be_published_are_not_said_to_be_missing_in_the_source(
    years: dict[int, str], client: Client
) -> None:
    load_years({NURSES: years, COOKS: {2025: "22,000"}})
    [nurses, cooks] = find_slugs(NURSES[0], COOKS[0])
    alone = open_page(client, f"/roles/{nurses}/").text_content()
    assert "Pay over the years: too high for the source to publish." in alone
    assert "pay over the years" not in alone
    both = " ".join(open_page(client, f"/compare/{nurses}-vs-{cooks}/").text_content().split())
    assert "Pay over the years: too high for the source to publish, for ● Registered nurses; not in this source" in both


def test_a_single_year_is_no_pay_over_the_years(client: Client) -> None:
    load_years({NURSES: {2025: "#"}})
    assert "pay over the years" in open_page(client, f"/roles/{find_slugs(NURSES[0])[0]}/").text_content().lower()


def test_a_role_without_earlier_years_is_named() -> None:
    load_years({NURSES: STEADY})
    store_role(LEAD)
    slugs = [find_slugs(NURSES[0])[0], "lead-technician"]
    shown = build_years_section(compare(read_current_roles(slugs)))
    assert shown
    assert "Lead technicians: not in this source." in shown.notes
    assert [side.title for side in shown.sides] == ["Registered nurses"]


def test_roles_without_earlier_years_leave_the_line_out_and_say_so(client: Client) -> None:
    roles = [store_role(LEAD), store_role(SOFTWARE)]
    comparison = compare(read_current_roles([role.slug for role in roles]))
    assert build_years_section(comparison) is None
    page = open_page(client, "/compare/lead-technician-vs-software-support-technician/")
    assert any("pay over the years" in note for note in list_texts(page, ".same"))


def test_one_year_is_no_line() -> None:
    load_table(make_national_table(NURSES), "national_M2025_dl.csv")
    assert build_years_section(compare(read_current_roles(find_slugs(NURSES[0])))) is None


def test_labels_of_equal_lines_stand_above_and_below_them() -> None:
    texts = {2021: "$100", 2025: "$100"}
    lines = [YearLine(letter, "Nurse", [[(2021, 100), (2025, 100)]], texts) for letter in "abcd"]
    lane = draw_years(lines, [2021, 2025], 2021)
    named = [text for text in lane.texts if text.text.startswith("Nurse")]
    assert sorted(text.css_class for text in named) == ["e a", "e b", "e c", "e d"]
    last = sorted(text.y for text in named)
    assert all(second - first >= 14 for first, second in pairwise(last))
    assert len(last) == 4
    marks = sorted(mark.y for mark in lane.marks if mark.x == "95")
    assert len(set(marks)) == 4
    assert last[1] < marks[0]
    assert last[2] - 10 > marks[-1]


def test_where_some_lines_lie_close_every_label_that_has_room_stands_beside_its_mark() -> None:
    lines = []
    for letter, first, last in (("a", 73, 98), ("b", 56, 63), ("c", 48, 61)):
        lines.append(YearLine(letter, "Nurse", [[(2021, first), (2025, last)]], {2021: f"${first}", 2025: f"${last}"}))
    lane = draw_years(lines, [2021, 2025], 2021)
    marks = [mark.y for mark in lane.marks if mark.x == "95"]
    labels = [text.y for text in lane.texts if text.text.startswith("Nurse")]
    assert all(label - mark in (-11, 21) for mark, label in zip(marks, labels, strict=True))


def test_names_too_long_for_the_last_labels_stand_above_the_lines(client: Client) -> None:
    """All of them or none: a label without a name beside one with a name reads as if it were of the same role."""

    def labels(*names: str) -> list[str]:
        lines = []
        for letter, name, first, last in zip("ab", names, (100, 101), (200, 150), strict=True):
            texts = {2021: f"${first}", 2025: f"${last}"}
            lines.append(YearLine(letter, name, [[(2021, first), (2025, last)]], texts))
        return [text.text for text in draw_years(lines, [2021, 2025], 2021).texts if "e" in text.css_class]

    assert labels("Nurse", "Cook") == ["Nurse $200", "Cook $150"]
    assert labels("Nurse", "Cook in a restaurant far away") == [
        "Nurse $200",
        "$200",
        "Cook in a restaurant far away $150",
        "$150",
    ]
    assert labels("Nurse", "Cook in a restaurant that is very far away") == ["$200", "$150"]

    load_years({NURSES: STEADY, DRIVERS: {2022: "50,000", 2025: "45,000"}})
    path = f"/compare/{'-vs-'.join(find_slugs(NURSES[0], DRIVERS[0]))}/"
    assert list_texts(open_page(client, path), "p.sx span") == ["Registered nurses", "Heavy truck drivers"]


def test_sources_say_once_what_their_tables_share(client: Client) -> None:
    """The beginning of a title stands before the first of a series; the day and a role that uses them all come last."""
    load_years({NURSES: {2021: "40,000", 2024: "60,000"}, COOKS: {2021: "30,000", 2024: "31,000"}})
    [group] = list_texts(
        open_page(client, f"/compare/{'-vs-'.join(find_slugs(NURSES[0], COOKS[0]))}/"), "#sources .src li"
    )
    title = "Occupational Employment and Wage Statistics, national"
    assert group.count(title) == group.count("loaded on") == 1
    assert f"{title}, May 2024; May 2021; all loaded on" in group

    store_role(LEAD)
    mixed = list_texts(
        open_page(client, f"/compare/lead-technician-vs-{find_slugs(NURSES[0])[0]}/"), "#sources .src li"
    )
    assert mixed[1].count(", for Registered nurses.") == mixed[1].count("Registered nurses") == 1
