"""Pay by state on the page of a comparison: finding, strip, form, the table of all states, and its origin."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from comparisons.comparison import Comparison, compare
from comparisons.judging.state_pay import read_state_pay
from comparisons.language.verdict.state_findings import find_in_states
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.places import PlacesSection, build_places_section
from tests.comparisons.figure_tables import find_origin
from tests.comparisons.official import compare_codes, find_slugs
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.stored_states import load_medians, load_table, make_median_row, make_pair_address
from tests.ingest.price_tables import PRICE_FILE, PRICE_TABLE
from tests.ingest.state_tables import (
    ALABAMA,
    CALIFORNIA,
    COOKS,
    DRIVERS,
    GUAM,
    NURSES,
    make_national_table,
    make_state_row,
    make_table,
)

pytestmark = pytest.mark.django_db


def build_part(*codes: str) -> PlacesSection:
    shown = build_places_section(compare_codes(*codes))
    assert shown
    return shown


def write_finding(*codes: str) -> list[str]:
    """The heading, and the sentence below it if there is one."""
    return list_sentences(compare_codes(*codes))


def list_sentences(comparison: Comparison) -> list[str]:
    by_state = read_state_pay(comparison)
    assert by_state
    sentences = find_in_states(comparison, by_state)
    return ["".join(words.text for words in parts) for parts in sentences if parts]


# -- findings ---------------------------------------------------------------------------------


def test_the_best_state_of_the_worse_paid_role_is_set_against_all_states_of_the_other() -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "90,000"), COOKS: ("70,000", "71,000", "72,000", "91,000")})
    assert write_finding(NURSES[0], COOKS[0]) == [
        "The median pay of registered nurses in California is above that of cooks (restaurant) in 3 of 4 states",
        "Cooks (restaurant) earn more than registered nurses in all 4 states with figures for both.",
    ]


@pytest.mark.parametrize(("alaska", "states"), [("**", "the only state"), ("20,000", "the only two states")])
def test_who_earns_more_in_a_few_states_does_not_always_do_so(alaska: str, states: str) -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "**"), COOKS: ("**", alaska, "30,000", "90,000")})
    assert write_finding(COOKS[0], NURSES[0]) == [
        "The median pay of cooks (restaurant) in California is above that of registered nurses in all 3 states with a "
        "figure",
        f"Registered nurses earn more than cooks (restaurant) in {states} with figures for both.",
    ]


def test_an_exception_is_one_of_the_states_with_figures_of_both() -> None:
    more_states = [("500000", "Arkansas", "2", "05"), ("800000", "Colorado", "2", "08")]
    others = [make_median_row(area, NURSES, "50,000") for area in more_states]
    others += [make_median_row(area, COOKS, "70,000") for area in more_states]
    load_medians({NURSES: ("50,000", "50,000", "50,000", "90,000"), COOKS: ("70,000",) * 4}, *others)
    assert write_finding(NURSES[0], COOKS[0])[1] == (
        "Of the 6 states with figures for both, registered nurses earn more than cooks (restaurant) only in California."
    )


def test_all_states_are_those_with_a_figure_where_there_are_few() -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "99,000"), COOKS: ("70,000", "71,000", "72,000", "**")})
    assert write_finding(NURSES[0], COOKS[0])[0].endswith(
        " is above that of cooks (restaurant) in all 3 states with a figure"
    )


def test_the_page_says_that_a_role_earns_less_everywhere() -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "69,000"), COOKS: ("70,000", "71,000", "72,000", "91,000")})
    assert write_finding(NURSES[0], COOKS[0]) == [
        "Even in California the median pay of registered nurses is below that of cooks (restaurant) in any state"
    ]


def test_where_each_role_earns_more_in_many_states_the_states_are_counted() -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "99,000"), COOKS: ("70,000", "51,000", "72,000", "99,000")})
    assert write_finding(NURSES[0], COOKS[0]) == [
        "Cooks (restaurant) earn more than registered nurses in 2 of 4 states, less in 1"
    ]


def test_as_many_states_for_each_role_name_no_leader() -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "99,000"), COOKS: ("70,000", "51,000", "72,000", "90,000")})
    assert write_finding(NURSES[0], COOKS[0]) == [
        "Registered nurses earn more in 2 of 4 states, cooks (restaurant) in 2",
    ]


def test_equal_pay_in_every_state_is_no_lead() -> None:
    load_medians({NURSES: ("50,000",) * 4, COOKS: ("50,000",) * 4})
    assert write_finding(NURSES[0], COOKS[0]) == [
        "Registered nurses and cooks (restaurant) earn the same in all 4 states with figures for both"
    ]


def test_of_three_roles_the_one_that_earns_most_in_most_states_comes_first() -> None:
    load_medians(
        {
            NURSES: ("50,000", "60,000", "40,000", "99,000"),
            COOKS: ("70,000", "71,000", "**", "90,000"),
            DRIVERS: ("10,000", "10,000", "99,000", "10,000"),
        }
    )
    assert write_finding(NURSES[0], COOKS[0], DRIVERS[0]) == [
        "Cooks (restaurant) earn the most in 2 of 3 states, registered nurses in 1"
    ]


def test_a_role_without_figures_by_state_is_said_to_be_left_out() -> None:
    load_medians(
        {
            NURSES: ("50,000", "60,000", "40,000", "99,000"),
            COOKS: ("70,000", "71,000", "**", "90,000"),
            DRIVERS: ("10,000", "10,000", "99,000", "10,000"),
        }
    )
    four = [*find_slugs(NURSES[0], COOKS[0], DRIVERS[0]), store_role(LEAD).slug]
    assert list_sentences(compare(read_current_roles(four))) == [
        "Leaving out lead technicians, cooks (restaurant) earn the most in 2 of 3 states, registered nurses in 1"
    ]


def test_one_state_with_figures_of_all_is_called_the_only_one() -> None:
    load_medians(
        {
            NURSES: ("50,000", "60,000", "**", "**"),
            COOKS: ("70,000", "**", "40,000", "**"),
            DRIVERS: ("10,000", "10,000", "99,000", "10,000"),
        }
    )
    assert write_finding(NURSES[0], COOKS[0], DRIVERS[0]) == [
        "Cooks (restaurant) earn the most in the only state with figures for all three"
    ]


def test_one_role_with_figures_by_state_says_where_it_earns_least_and_most() -> None:
    load_medians({NURSES: ("50,000", "60,000", "40,000", "90,000")})
    assert write_finding(NURSES[0], DRIVERS[0]) == [
        "Registered nurses earn from $40,000 in Arizona to $90,000 in California"
    ]


def test_pay_by_the_hour_says_so_in_a_heading() -> None:
    no_year = ("*", "*", "*")
    pays = {ALABAMA: "9.50", CALIFORNIA: "14.00"}
    rows = [make_state_row(area, NURSES, yearly=no_year, hourly=("9.00", pay, "15.00")) for area, pay in pays.items()]
    load_medians({}, *rows)
    assert write_finding(NURSES[0], DRIVERS[0]) == [
        "Registered nurses earn from $9.50 an hour in Alabama to $14.00 an hour in California"
    ]


def test_without_a_state_in_common_the_best_of_each_is_named() -> None:
    load_medians({NURSES: ("50,000", "**", "**", "#"), COOKS: ("**", "44,000", "60,000", "#")})
    assert write_finding(NURSES[0], COOKS[0]) == [
        "Registered nurses earn $50,000 in Alabama, the only state with a figure; "
        "cooks (restaurant) earn the most, $60,000 in Arizona"
    ]


# -- the strip --------------------------------------------------------------------------------


def test_the_strip_has_a_stroke_for_each_state_and_names_its_ends(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/")
    assert list_texts(page, "#strip .q")[0].startswith("United Statesmedian a year")
    assert list_texts(page, "#strip td.n") == ["$64,000", "$64,000"]
    nurses, cooks = page.cssselect("#strip tbody .lane")
    assert (count_strokes(nurses), [mark.get("href") for mark in nurses.cssselect("use")]) == (2, ["#a"])
    assert list_texts(nurses, "text") == ["AL", "CA"]
    assert count_strokes(cooks) == 1  # Alabama has only pay by the hour
    assert list_texts(page, "#strip .f") == ["The same"]


def count_strokes(lane: html.HtmlElement) -> int:
    [path] = lane.cssselect(".t path")
    return len(path.get("d").split("v")) - 1


def test_territories_stand_in_the_table_alone() -> None:
    load_medians({NURSES: ("50,000", "60,000", "70,000", "80,000")}, make_median_row(GUAM, NURSES, "30,000"))
    shown = build_part(NURSES[0], COOKS[0])
    lane = shown.row.lines[0].lane
    assert lane
    assert [(stroke.name, stroke.x) for stroke in lane.strokes][::3] == [("Alabama", 50), ("California", 950)]
    assert [[line.name for line in group] for group in shown.groups] == [
        ["United States"],
        ["Alabama", "Alaska", "Arizona", "California"],
        ["Guam"],
    ]


@pytest.mark.parametrize("query", ["", "?prices=1", "?where=GU", "?where=AL&prices=1"])
def test_medians_of_territories_alone_are_no_medians_of_states(client: Client, query: str) -> None:
    nothing = ("**", "**", "**", "**")
    load_medians({NURSES: nothing, COOKS: nothing}, make_median_row(GUAM, NURSES, "30,000"))
    load_table(PRICE_TABLE, PRICE_FILE)
    assert list_texts(open_page(client, f"{make_pair_address()}/{query}"), "#where") == [
        "No state has a published median"
    ]
    assert list_texts(open_page(client, f"/roles/{find_slugs(NURSES[0])[0]}/{query}"), "table.states th")[-1] == "Guam"


def test_medians_of_territories_alone_make_no_axis() -> None:
    load_table(make_national_table(median="**"), "national_M2025_dl.csv")
    load_table(make_table(make_median_row(GUAM, NURSES, "30,000")), "state_M2025_dl.csv")
    shown = build_part(NURSES[0], COOKS[0])
    assert (shown.ticks, [line.lane for line in shown.row.lines]) == ([], [None, None])


def test_a_state_shows_its_figures_and_their_takeaway(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=CA")
    assert list_texts(page, "#strip .q")[0].startswith("Californiamedian a year")
    assert list_texts(page, "#strip td.n") == ["$111,250", "$44,500"]
    assert list_texts(page, "#strip .hi") == ["$111,250"]
    assert list_texts(page, "#strip .f") == ["Registered nurses +$66,750"]
    [chosen] = page.cssselect("#place option[selected]")
    assert chosen.text == "California"


def test_the_form_for_a_state_keeps_the_weights(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=CA&pay=3")
    assert dict(page.cssselect("form#place")[0].form_values())["pay"] == "3"


def test_local_prices_move_every_state_and_name_no_ends(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=CA&prices=1")
    assert list_texts(page, "#strip .q")[0].startswith("California, in local prices")
    assert list_texts(page, "#strip td.n") == ["$100,000", "$40,000"]
    nurses = page.cssselect("#strip tbody .lane")[0]
    assert count_strokes(nurses) == 1  # Alabama has no price level
    assert list_texts(nurses, "text") == []
    assert page.cssselect("#place input[name=prices][checked]")


def test_a_state_without_a_price_level_keeps_its_own_prices(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=AL&prices=1")
    assert list_texts(page, "#strip .q")[0].startswith("Alabama, no price level known")
    assert list_texts(page, "#strip td.n")[0] == "$60,000"


def test_prices_can_be_taken_out_of_all_states_at_once(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/?where=&prices=1")
    assert list_texts(page, "#strip .q")[0].startswith("United States; states in local prices")
    assert page.cssselect("#place input[name=prices][checked]")


@pytest.mark.parametrize(
    ("place", "reason"),
    [("GU", "too high for the source to publish"), ("TX", "not published"), ("AL", "not published")],
)
def test_a_state_without_a_figure_says_why(client: Client, figures_by_state: None, place: str, reason: str) -> None:
    page = open_page(client, f"{make_pair_address(COOKS[0], NURSES[0])}/?where={place}")
    shown = list_texts(page, "#strip tr.b i") if place == "GU" else list_texts(page, "#strip tr.a i")
    assert shown == [reason]
    assert list_texts(page, "#strip .f") == [""]
    assert len(page.cssselect("#strip tbody .lane path")) == 2, "the other states have their strokes"


def test_a_role_without_figures_by_state_has_no_strokes(client: Client, figures_by_state: None) -> None:
    store_role(LEAD)
    page = open_page(client, f"/compare/{find_slugs(NURSES[0])[0]}-vs-lead-technician/")
    assert list_texts(page, "#strip tr.b .x") == ["not in this source"]
    assert list_texts(page, "#states thead th") == ["State", "Registered nurses", "Prices"]


def test_pay_by_the_hour_alone_is_compared_by_the_hour() -> None:
    hourly = [
        make_state_row(area, occupation, yearly=("*", "*", "*"), hourly=("9.00", "11.50", "15.00"))
        for area in (ALABAMA, CALIFORNIA)
        for occupation in (NURSES, COOKS)
    ]
    load_medians({}, *hourly)
    shown = build_part(NURSES[0], COOKS[0])
    assert shown.row.notes == ["median an hour; a stroke for each state"]
    assert [cell.text for cell in shown.groups[1][0].cells] == ["$11.50", "$11.50"]


def test_a_role_with_pay_by_the_hour_alone_stands_beside_one_by_the_year() -> None:
    hourly = make_state_row(CALIFORNIA, COOKS, yearly=("*", "*", "*"), hourly=("9.00", "11.50", "15.00"))
    load_medians({NURSES: ("50,000", "60,000", "40,000", "90,000")}, hourly)
    shown = build_part(NURSES[0], COOKS[0])
    assert shown.row.lines[1].lane is None
    california = shown.groups[1][-1]
    assert [cell.text for cell in california.cells] == ["$90,000", "$11.50/h"]
    assert "/h: an hour" in shown.explained


# -- the table, the notes and their origins -------------------------------------------------


def test_the_table_has_every_state_and_says_what_is_missing(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/")
    assert [list_texts(line, "th, td") for line in page.cssselect("#states tbody tr")] == [
        ["United States", "$64,000", "$64,000", "100"],
        ["Alabama", "$60,000", "$11.50/h", "–"],
        ["California", "$111,250", "$44,500", "111.250"],
        ["Guam", "too high", "–", "–"],
    ]
    [explained] = list_texts(page, "#states + .note")
    assert explained.startswith(
        "–: not published. too high: the median is too high for the source to publish. /h: an hour."
    )


def test_every_figure_opens_where_it_stands(client: Client, figures_by_state: None) -> None:
    page = open_page(client, f"{make_pair_address()}/")
    figures = page.cssselect("#where [popovertarget], #strip [popovertarget], #states [popovertarget]")
    assert len(figures) == 9
    [note] = {find_origin(page, button).get("id"): find_origin(page, button) for button in figures}.values()
    text = " ".join(note.text_content().split())
    assert "rows 2 to 4 (29-1141), one for each state, column A_MEDIAN." in text
    assert "United States: row 2, column A_MEDIAN." in text
    assert "SARPP, a row for each state, column 2024." in text
    sources = {link.get("href") for link in note.cssselect("a")}
    assert sources <= {f"#{source.get('id')}" for source in page.cssselect("#sources span[id]")}


def test_notes_name_the_year_the_publishers_and_the_missing_states() -> None:
    load_medians({NURSES: ("50,000", "**", "#", "90,000"), COOKS: ("50,000", "60,000", "40,000", "90,000")})
    load_table(PRICE_TABLE, PRICE_FILE)
    notes = " ".join(build_part(NURSES[0], COOKS[0]).notes)
    assert notes.startswith("Median a year by state, May 2025, U.S. Bureau of Labor Statistics.")
    assert "price level of 2024, United States = 100 (U.S. Bureau of Economic Analysis)" in notes
    assert "Too high for the source to publish for registered nurses in Arizona." in notes
    assert "Not published for registered nurses in 48 states; for cooks (restaurant) in 47 states." in notes


def test_roles_without_figures_by_state_leave_the_strip_out_and_say_so(client: Client) -> None:
    roles = [store_role(LEAD), store_role(SOFTWARE)]
    comparison = compare(read_current_roles([role.slug for role in roles]))
    assert build_places_section(comparison) is None
    page = open_page(client, "/compare/lead-technician-vs-software-support-technician/")
    assert any("pay by state" in note for note in list_texts(page, ".same"))
    assert not page.cssselect("#strip, #place")


def test_a_file_has_the_strip_and_the_table_and_no_form(client: Client, figures_by_state: None) -> None:
    page: Any = html.document_fromstring(client.get(f"{make_pair_address()}.html").text)
    assert page.cssselect("#strip .lane")
    assert page.cssselect("#states")
    assert not page.cssselect("#place")
