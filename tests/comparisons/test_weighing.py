"""Which figures are weighed, the points of each role, and why an aspect is left out."""

import pytest
from django.test import Client

from comparisons.comparison import compare
from comparisons.judging.weighing import find_turns, share_of_best, weigh
from comparisons.language.weight_words import write_left_out
from comparisons.queries.place import place_roles, read_place
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.weights import build_weights_section
from tests.comparisons.official import Occupation, compare_codes, find_slugs, load_release
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import GUIDE, LEAD, SOFTWARE, read_fixture_facts, store_role, store_role_from
from tests.comparisons.weighed_sections import (
    PAIR,
    SPAN,
    WAYS,
    build_section,
    build_section_of,
    find_row,
    make_aspects,
    read_left_out,
    read_row,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]


def test_sums_five_percent_of_the_weights_apart_are_no_toss_up() -> None:
    assert weigh(make_aspects(pay=(100, 95)), {"pay": 3}).leaders == (0,)
    assert weigh(make_aspects(pay=(100, 96)), {"pay": 3}).leaders == (0, 1)
    assert weigh(make_aspects(pay=(95, 100), grow=(100, 94)), {"pay": 1, "grow": 1}).leaders == (0, 1)


def test_without_weights_nobody_leads() -> None:
    assert weigh(make_aspects(pay=(100, 50)), {}) == ((0, 0), 0, ())
    assert find_turns(make_aspects(pay=(100, 50), grow=(50, 100)), {}) == []


def test_a_negative_value_counts_as_nothing() -> None:
    lead = store_role(LEAD, projection=SPAN | {"growth_percent": "-3.1"})
    other = store_role(SOFTWARE, projection=SPAN | {"growth_percent": "4.0"})
    assert read_row(build_section(lead, other, grow="2"), "grow") == [
        ("−3.1%", "0.00 × 2 = 0.00"),
        ("+4%", "1.00 × 2 = 2.00"),
    ]


def test_where_nothing_grows_nobody_gets_points_and_the_page_says_so() -> None:
    lead = store_role(LEAD, projection=SPAN | {"growth_percent": "-3.1"})
    other = store_role(SOFTWARE, projection=SPAN | {"growth_percent": "-4.0"})
    section = build_section(lead, other)
    assert read_row(section, "grow") == [("−3.1%", "0.00"), ("−4%", "0.00")]
    assert find_row(section, "grow").note == "2024 to 2034, none is above zero, so nobody gets points"


def test_equal_values_both_get_all_points() -> None:
    assert share_of_best([5, 5, 5]) == (100, 100, 100)
    assert share_of_best([0, 0]) == (100, 100)


def test_ways_in_are_the_shares_of_people_without_a_bachelors_degree() -> None:
    lead = store_role(LEAD, attainment=WAYS | {"bachelor": 75})
    other = store_role(SOFTWARE, attainment=WAYS | {"associate": 30, "bachelor": 50})
    assert read_row(build_section(lead, other), "ways") == [("25%", "0.50"), ("50%", "1.00")]


def test_a_level_of_education_without_a_share_leaves_ways_in_out() -> None:
    lead = store_role(LEAD, attainment=WAYS | {"bachelor": 75})
    other = store_role(SOFTWARE, attainment=WAYS | {"associate": None, "bachelor": 80})
    assert "ways in (no figure for ◆ Software support technician)" in read_left_out(build_section(lead, other))


def test_openings_come_before_jobs() -> None:
    lead = store_role(LEAD, projection=SPAN | {"openings_per_year": 1000})
    other = store_role(SOFTWARE, projection=SPAN | {"openings_per_year": 4000})
    section = build_section(lead, other)
    assert read_row(section, "open") == [("1,000", "0.25"), ("4,000", "1.00")]
    openings = find_row(section, "open")
    assert (openings.label, openings.note) == ("Openings", "a year, 2024 to 2034")


def test_the_rise_of_pay_is_over_the_years_that_all_roles_have() -> None:
    cooks, nurses = Occupation("35-2014", "Cooks, Restaurant"), Occupation("29-1141", "Registered Nurses")
    load_release(2019, Occupation("35-2014", "Cooks, Restaurant", yearly=30_000))
    load_release(
        2021,
        Occupation("35-2014", "Cooks, Restaurant", yearly=40_000),
        Occupation("29-1141", "Registered Nurses", yearly=50_000),
    )
    load_release(2025, cooks, nurses)
    section = build_section_of(compare_codes("35-2014", "29-1141"), rise=3)
    assert read_row(section, "rise") == [("+30%", "1.00 × 3 = 3.00"), ("+4%", "0.13 × 3 = 0.39")]
    assert section.rows[-1].note == "of the median, 2021 to 2025, not adjusted for prices"


def test_in_a_state_each_row_says_of_which_place_its_figures_are() -> None:
    lead, other = (
        store_role(title, projection=SPAN | {"growth_percent": "2.0"}, attainment=WAYS) for title in (LEAD, SOFTWARE)
    )
    roles = place_roles(read_current_roles([lead.slug, other.slug]), read_place({"where": "CA"}))
    section = build_section_of(compare(roles))
    assert find_row(section, "grow").note == "in the whole country, 2024 to 2034"


def test_a_figure_computed_from_several_opens_the_place_of_each(client: Client) -> None:
    for year, pay in ((2021, 30_000), (2025, 60_000)):
        load_release(
            year,
            Occupation("35-2014", "Cooks, Restaurant", yearly=pay),
            Occupation("29-1141", "Registered Nurses", yearly=2 * pay),
        )
    page = open_page(client, f"/compare/{'-vs-'.join(find_slugs('35-2014', '29-1141'))}/")
    button = page.cssselect("#weigh td [popovertarget=o-rise]")[0]
    assert (button.text, button.get("type")) == ("+100%", "button")
    assert list_texts(page, "#o-rise p")[0] == (
        "+100% computed from “28500”, row 2, column A_MEDIAN, as published. "
        "U.S. Bureau of Labor Statistics, May 2021; "
        "“57000”, row 2, column A_MEDIAN, as published. "
        "U.S. Bureau of Labor Statistics, May 2025."
    )


def test_the_parts_of_a_sum_are_named_once_for_each_source(client: Client) -> None:
    store_role(LEAD, attainment=WAYS)
    store_role(SOFTWARE, attainment=WAYS | {"associate": 30})
    place = list_texts(open_page(client, PAIR), "#o-ways p")[1]
    assert place.startswith("50% computed from “1”, line 8")
    assert "“30”, line 11" in place
    assert place.count("Zippia") == 1


def test_what_no_source_gives_is_named(pair: None) -> None:
    section = build_section_of(compare(read_current_roles(["lead-technician", "software-support-technician"])))
    assert read_left_out(section) == "Left out: ways in and pay rise (no figure for these roles)."


def test_figures_of_different_publishers_are_not_weighed(client: Client) -> None:
    load_release(2025, Occupation("35-2014", "Cooks, Restaurant"))
    store_role(LEAD)
    slugs = [*find_slugs("35-2014"), "lead-technician"]
    heading = list_texts(open_page(client, f"/compare/{'-vs-'.join(slugs)}/"), "#weigh-up h3")[0]
    assert heading == "No figures here can be weighed against each other"
    section = build_section_of(compare(read_current_roles(slugs)), pay=3)
    assert (section.rows, section.sums, section.result) == ([], ["—", "—"], [])
    assert read_left_out(section) == (
        "Left out: pay and jobs (figures of different publishers); growth (no figure for ● Cooks, restaurant); "
        "ways in and pay rise (no figure for these roles)."
    )


def test_figures_of_different_years_are_not_weighed() -> None:
    lead = store_role(LEAD, projection=SPAN | {"growth_percent": "3.1"}, outlook={"growth_percent": None})
    later = {"base_year": 2025, "target_year": 2035, "growth_percent": "3.1"}
    other = store_role(SOFTWARE, projection=later, outlook={"growth_percent": None})
    assert "growth (figures of different years or places)" in read_left_out(build_section(lead, other))


def test_a_figure_with_a_large_relative_error_is_not_weighed() -> None:
    load_release(
        2025,
        Occupation("35-2014", "Cooks, Restaurant", jobs_error="20.0"),
        Occupation("29-1141", "Registered Nurses"),
    )
    section = build_section_of(compare_codes("35-2014", "29-1141"))
    assert "jobs (a figure is too uncertain)" in read_left_out(section)


def test_pay_of_years_that_the_roles_do_not_share_does_not_rise() -> None:
    for year, pay in ((2019, 30_000), (2020, 31_000)):
        load_release(year, Occupation("35-2014", "Cooks, Restaurant", yearly=pay))
    for year, pay in ((2021, 60_000), (2025, 70_000)):
        load_release(year, Occupation("29-1141", "Registered Nurses", yearly=pay))
    section = build_section_of(compare_codes("35-2014", "29-1141"))
    assert "pay rise (no two years that both have)" in read_left_out(section)


def test_a_doubtful_figure_says_so_beside_it() -> None:
    load_release(
        2025,
        Occupation("35-2014", "Cooks, Restaurant", jobs_error="12.5"),
        Occupation("29-1141", "Registered Nurses"),
    )
    section = build_section_of(compare_codes("35-2014", "29-1141"))
    doubts = find_row(section, "open").doubts
    assert [doubt.letter for doubt in doubts] == ["a"]
    assert "12.5%" in doubts[0].text


def test_pay_by_the_hour_is_weighed_where_a_role_has_no_other() -> None:
    load_release(
        2025,
        Occupation("27-2011", "Actors", times=("hourly",)),
        Occupation("29-1141", "Registered Nurses", yearly=104_000),
    )
    section = build_section_of(compare_codes("27-2011", "29-1141"))
    assert section.rows[0].note == "median an hour, May 2025"
    assert read_row(section, "pay") == [("$23.75", "0.50"), ("$47.50", "1.00")]


def test_pay_by_the_hour_and_by_the_year_are_not_weighed() -> None:
    load_release(
        2025,
        Occupation("27-2011", "Actors", times=("hourly",)),
        Occupation("25-1000", "Teachers", times=("annual",)),
    )
    section = build_section_of(compare_codes("27-2011", "25-1000"))
    assert "pay (no figure of one kind for both)" in read_left_out(section)


def test_a_role_without_any_figure_leaves_no_section() -> None:
    facts = read_fixture_facts()[GUIDE] | {"salary": None}
    guides = [store_role_from(facts), store_role_from(facts | {"title": "Support Guide"})]
    assert build_weights_section(compare(read_current_roles([role.slug for role in guides])), {"pay": 3}) is None


def test_nothing_is_said_to_be_left_out_where_all_is_there() -> None:
    assert write_left_out([], ()) == []
