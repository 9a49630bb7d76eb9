"""What matters to the reader: weights in the address, points to check by hand, and what would turn the result."""

import json
import re
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import html

from careers.models import Role
from comparisons.comparison import compare
from comparisons.judging.weighing import Aspect, find_aspects, find_turns, share_of_best, weigh
from comparisons.language.weight_words import RESULT, write_left_out
from comparisons.queries.place import place_roles, read_place
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.weights import WeightRow, WeightsPart, weights_section
from tests.comparisons.official import Occupation, compared, load_release, slugs_of
from tests.comparisons.opened_pages import opened, words
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROFESSIONAL,
    SOFTWARE,
    fixture_facts,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db

PAIR = "/compare/lead-technician-vs-software-support-technician/"
SPAN = {"base_year": 2024, "target_year": 2034}
WAYS = {"less_than_high_school": 1, "high_school": 9, "some_college": 10, "associate": 5}


@pytest.fixture
def pair() -> None:
    """Average pay $90,615 and $79,670, both +10%, 250,590 and 117,059 jobs."""
    store_role(LEAD)
    store_role(SOFTWARE)


def section_of(*roles: Role, **query: str) -> WeightsPart:
    comparison = compare(read_current_roles([role.slug for role in roles]))
    section = weights_section(comparison, query)
    assert section
    return section


def result(section: WeightsPart) -> str:
    return "".join(part.text for part in section.result)


def row(section: WeightsPart, name: str) -> list[tuple[str, str]]:
    """The figure and the product of each role."""
    return [(cell.figure, cell.product) for cell in named(section, name).cells]


def named(section: WeightsPart, name: str) -> WeightRow:
    return next(row for row in section.rows if row.name == name)


def left_out(section: WeightsPart) -> str:
    return "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in section.left_out)


# -- On the page ----------------------------------------------------------------------------------------------


def test_every_product_and_the_sums_stand_on_the_page(client: Client, pair: None) -> None:
    page = opened(client, f"{PAIR}?pay=3&open=1")
    assert words(page, "#weigh tbody th") == [
        "Payaverage a year, captured on 1 March 2026",
        "Growththe source does not say over how many years, captured on 1 March 2026",
        "Jobsin place of openings, which are not published for all, captured on 1 March 2026",
    ]
    assert words(page, "#weigh tbody td.n span") == [
        *("1.00 × 3 = 3.00", "0.88 × 3 = 2.64"),
        *("1.00", "1.00"),
        *("1.00 × 1 = 1.00", "0.47 × 1 = 0.47"),
    ]
    assert words(page, "#weigh tbody td.n small") == ["$90,615", "$79,670", "+10%", "+10%", "250,590", "117,059"]
    assert words(page, "#weigh tfoot td.n") == ["4.00", "3.11"]
    assert words(page, "#weigh .out") == [
        "By your weights, Lead Technician: 4.00 of 4, against 3.11 for Software Support Technician. "
        "No single weight changes it."
    ]


def test_nothing_counts_until_a_reader_says_so(client: Client, pair: None) -> None:
    page = opened(client, PAIR)
    assert words(page, "#weigh tfoot td.n") == ["—", "—"]
    assert words(page, "#weigh .out") == [""]
    assert page.cssselect("#weigh option[selected]") == []


@pytest.mark.parametrize(
    "query", ["pay=4", "pay=-1", "pay=1.5", "pay=", "pay=three", "pay=%00", "open=03", "women=3", "female_percent=3"]
)
def test_values_that_are_no_weights_count_as_nothing(client: Client, pair: None, query: str) -> None:
    page = opened(client, f"{PAIR}?{query}")
    assert words(page, "#weigh tfoot td.n") == ["—", "—"]
    assert page.cssselect("#weigh option[selected]") == []


def test_the_rule_of_a_toss_up_is_printed(client: Client, pair: None) -> None:
    assert "Sums that lie less than 5% of your weights apart are a toss-up." in words(opened(client, PAIR), ".cap")[0]


def test_who_does_the_work_is_no_aspect(pair: None) -> None:
    aspects, missing = find_aspects(compare(read_current_roles(["lead-technician", "software-support-technician"])))
    assert [aspect.name for aspect in aspects] + [aspect.name for aspect in missing] == [
        "pay",
        "grow",
        "open",
        "ways",
        "rise",
    ]
    assert not any(aspect.key.startswith("demographics") for aspect in aspects)


def test_the_form_asks_for_the_same_page_and_keeps_the_state(client: Client, pair: None) -> None:
    form = opened(client, f"{PAIR}?where=CA&prices=1&pay=2").get_element_by_id("weigh")
    assert form.get("action") == "#weigh-up"
    assert dict(form.form_values()) == {"where": "CA", "prices": "1", "pay": "2", "grow": "0", "open": "0"}


def test_an_address_with_an_unknown_state_still_has_the_form(client: Client, pair: None) -> None:
    form = opened(client, f"{PAIR}?where=Nowhere&pay=2", 400).get_element_by_id("weigh")
    assert dict(form.form_values()) == {"pay": "2", "grow": "0", "open": "0"}


def test_each_weight_has_a_name_for_screen_readers(client: Client, pair: None) -> None:
    labels = [element.get("aria-label") for element in opened(client, PAIR).cssselect("#weigh select")]
    assert labels == ["How much it matters: pay", "How much it matters: growth", "How much it matters: jobs"]


# -- Weights stay where the state stays -----------------------------------------------------------------------


def test_links_to_other_comparisons_keep_the_weights(client: Client, pair: None) -> None:
    page = opened(client, f"{PAIR}?where=CA&open=2&pay=3")
    links = [link.get("href") for link in page.cssselect(".change a")]
    assert "/compare/software-support-technician-vs-lead-technician/?where=CA&pay=3&open=2" in links
    sent = dict(page.cssselect(".change form")[0].form_values())
    assert (sent["where"], sent["pay"], sent["open"]) == ("CA", "3", "2")


def test_the_canonical_address_and_files_are_without_weights(client: Client, pair: None) -> None:
    page = opened(client, f"{PAIR}?pay=3")
    kept = [link.get("href") for link in page.cssselect("link[rel=canonical], link[rel=alternate], .take a")]
    assert [address for address in kept if "pay" in address] == []
    assert page.cssselect("link[rel=canonical]")[0].get("href").endswith(PAIR)


def test_pickers_and_redirects_keep_the_weights(client: Client, pair: None) -> None:
    answer = client.get("/compare/?role=lead+technician&role=software+support+technician&pay=3&grow=7")
    assert answer.headers["Location"] == f"{PAIR}?pay=3"
    form = opened(client, "/compare/?role=lead-technician&pay=3").cssselect("main form")[0]
    assert dict(form.form_values())["pay"] == "3"


def test_the_offline_file_has_no_form(client: Client, pair: None) -> None:
    content = client.get(f"{PAIR[:-1]}.html?pay=3").content.decode()
    assert html.document_fromstring(content).cssselect("#weigh, #stand") == []


# -- Points ---------------------------------------------------------------------------------------------------


def aspects_of(**shares: tuple[int, ...]) -> list[Aspect]:
    return [Aspect(name, "", (), of_roles) for name, of_roles in shares.items()]


def test_sums_five_percent_of_the_weights_apart_are_no_toss_up() -> None:
    assert weigh(aspects_of(pay=(100, 95)), {"pay": 3}).leaders == (0,)
    assert weigh(aspects_of(pay=(100, 96)), {"pay": 3}).leaders == (0, 1)
    assert weigh(aspects_of(pay=(95, 100), grow=(100, 94)), {"pay": 1, "grow": 1}).leaders == (0, 1)


def test_without_weights_nobody_leads() -> None:
    assert weigh(aspects_of(pay=(100, 50)), {}) == ((0, 0), 0, ())
    assert find_turns(aspects_of(pay=(100, 50), grow=(50, 100)), {}) == []


def test_a_negative_value_counts_as_nothing() -> None:
    lead = store_role(LEAD, projection=SPAN | {"growth_percent": "-3.1"})
    other = store_role(SOFTWARE, projection=SPAN | {"growth_percent": "4.0"})
    assert row(section_of(lead, other, grow="2"), "grow") == [("−3.1%", "0.00 × 2 = 0.00"), ("+4%", "1.00 × 2 = 2.00")]


def test_where_nothing_grows_nobody_gets_points_and_the_page_says_so() -> None:
    lead = store_role(LEAD, projection=SPAN | {"growth_percent": "-3.1"})
    other = store_role(SOFTWARE, projection=SPAN | {"growth_percent": "-4.0"})
    section = section_of(lead, other)
    assert row(section, "grow") == [("−3.1%", "0.00"), ("−4%", "0.00")]
    assert named(section, "grow").note == "2024 to 2034, none is above zero, so nobody gets points"


def test_equal_values_both_get_all_points() -> None:
    assert share_of_best([5, 5, 5]) == (100, 100, 100)
    assert share_of_best([0, 0]) == (100, 100)


def test_ways_in_are_the_shares_of_people_without_a_bachelors_degree() -> None:
    lead = store_role(LEAD, attainment=WAYS | {"bachelor": 75})
    other = store_role(SOFTWARE, attainment=WAYS | {"associate": 30, "bachelor": 50})
    assert row(section_of(lead, other), "ways") == [("25%", "0.50"), ("50%", "1.00")]


def test_a_level_of_education_without_a_share_leaves_ways_in_out() -> None:
    lead = store_role(LEAD, attainment=WAYS | {"bachelor": 75})
    other = store_role(SOFTWARE, attainment=WAYS | {"associate": None, "bachelor": 80})
    assert "ways in (no figure for ◆ Software Support Technician)" in left_out(section_of(lead, other))


def test_openings_come_before_jobs() -> None:
    lead = store_role(LEAD, projection=SPAN | {"openings_per_year": 1000})
    other = store_role(SOFTWARE, projection=SPAN | {"openings_per_year": 4000})
    section = section_of(lead, other)
    assert row(section, "open") == [("1,000", "0.25"), ("4,000", "1.00")]
    openings = named(section, "open")
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
    section = weights_section(compared("35-2014", "29-1141"), {"rise": "3"})
    assert section
    assert row(section, "rise") == [("+30%", "1.00 × 3 = 3.00"), ("+4%", "0.13 × 3 = 0.39")]
    assert section.rows[-1].note == "of the median, 2021 to 2025, not adjusted for prices"


def test_in_a_state_each_row_says_of_which_place_its_figures_are() -> None:
    lead, other = (
        store_role(title, projection=SPAN | {"growth_percent": "2.0"}, attainment=WAYS) for title in (LEAD, SOFTWARE)
    )
    roles = place_roles(read_current_roles([lead.slug, other.slug]), read_place({"where": "CA"}))
    section = weights_section(compare(roles), {"where": "CA"})
    assert section
    assert named(section, "grow").note == "in the whole country, 2024 to 2034"


def test_a_figure_computed_from_several_opens_the_place_of_each(client: Client) -> None:
    for year, pay in ((2021, 30_000), (2025, 60_000)):
        load_release(
            year,
            Occupation("35-2014", "Cooks, Restaurant", yearly=pay),
            Occupation("29-1141", "Registered Nurses", yearly=2 * pay),
        )
    page = opened(client, f"/compare/{'-vs-'.join(slugs_of('35-2014', '29-1141'))}/")
    button = page.cssselect("#weigh td [popovertarget=from-rise]")[0]
    assert (button.text, button.get("type")) == ("+100%", "button")
    assert words(page, "#from-rise p")[0] == (
        "+100% computed from “28500”, row 2, column A_MEDIAN, as published, in a table. "
        "U.S. Bureau of Labor Statistics, figures of May 2021; "
        "“57000”, row 2, column A_MEDIAN, as published, in a table. "
        "U.S. Bureau of Labor Statistics, figures of May 2025."
    )


def test_the_parts_of_a_sum_are_named_once_for_each_source(client: Client) -> None:
    store_role(LEAD, attainment=WAYS)
    store_role(SOFTWARE, attainment=WAYS | {"associate": 30})
    place = words(opened(client, PAIR), "#from-ways p")[1]
    assert place.startswith("50% computed from “1”, line 8")
    assert "“30”, line 11" in place
    assert place.count("Zippia") == 1


# -- What is left out -----------------------------------------------------------------------------------------


def test_what_no_source_gives_is_named(pair: None) -> None:
    section = weights_section(compare(read_current_roles(["lead-technician", "software-support-technician"])), {})
    assert section
    assert left_out(section) == "Left out: ways in and pay rise (no figure for these roles)."


def test_figures_of_different_publishers_are_not_weighed() -> None:
    load_release(2025, Occupation("35-2014", "Cooks, Restaurant"))
    store_role(LEAD)
    slugs = [*slugs_of("35-2014"), "lead-technician"]
    section = weights_section(compare(read_current_roles(slugs)), {"pay": "3"})
    assert section
    assert (section.rows, section.sums, section.result) == ([], ["—", "—"], [])
    assert left_out(section) == (
        "Left out: pay and openings (figures of different publishers); growth (no figure for ● Cooks, Restaurant); "
        "ways in and pay rise (no figure for these roles)."
    )


def test_figures_of_different_years_are_not_weighed() -> None:
    lead = store_role(LEAD, projection=SPAN | {"growth_percent": "3.1"}, outlook={"growth_percent": None})
    later = {"base_year": 2025, "target_year": 2035, "growth_percent": "3.1"}
    other = store_role(SOFTWARE, projection=later, outlook={"growth_percent": None})
    assert "growth (figures of different years or places)" in left_out(section_of(lead, other))


def test_a_figure_with_a_large_relative_error_is_not_weighed() -> None:
    load_release(
        2025,
        Occupation("35-2014", "Cooks, Restaurant", jobs_error="20.0"),
        Occupation("29-1141", "Registered Nurses"),
    )
    section = weights_section(compared("35-2014", "29-1141"), {})
    assert section
    assert "openings (a figure is too uncertain)" in left_out(section)


def test_pay_of_years_that_the_roles_do_not_share_does_not_rise() -> None:
    for year, pay in ((2019, 30_000), (2020, 31_000)):
        load_release(year, Occupation("35-2014", "Cooks, Restaurant", yearly=pay))
    for year, pay in ((2021, 60_000), (2025, 70_000)):
        load_release(year, Occupation("29-1141", "Registered Nurses", yearly=pay))
    section = weights_section(compared("35-2014", "29-1141"), {})
    assert section
    assert "pay rise (no two years that all have)" in left_out(section)


def test_a_doubtful_figure_says_so_beside_it() -> None:
    load_release(
        2025,
        Occupation("35-2014", "Cooks, Restaurant", jobs_error="12.5"),
        Occupation("29-1141", "Registered Nurses"),
    )
    section = weights_section(compared("35-2014", "29-1141"), {})
    assert section
    doubts = named(section, "open").doubts
    assert [doubt.marker for doubt in doubts] == ["●"]
    assert "12.5%" in doubts[0].text


def test_pay_by_the_hour_is_weighed_where_a_role_has_no_other() -> None:
    load_release(
        2025,
        Occupation("27-2011", "Actors", times=("hourly",)),
        Occupation("29-1141", "Registered Nurses", yearly=104_000),
    )
    section = weights_section(compared("27-2011", "29-1141"), {})
    assert section
    assert section.rows[0].note == "median an hour, May 2025"
    assert row(section, "pay") == [("$23.75", "0.50"), ("$47.50", "1.00")]


def test_pay_by_the_hour_and_by_the_year_are_not_weighed() -> None:
    load_release(
        2025,
        Occupation("27-2011", "Actors", times=("hourly",)),
        Occupation("25-1000", "Teachers", times=("annual",)),
    )
    section = weights_section(compared("27-2011", "25-1000"), {})
    assert section
    assert "pay (no figure of one kind for all)" in left_out(section)


def test_a_role_without_any_figure_leaves_no_section() -> None:
    facts = fixture_facts()[GUIDE] | {"salary": None}
    guides = [store_role_from(facts), store_role_from(facts | {"title": "Support Guide"})]
    assert weights_section(compare(read_current_roles([role.slug for role in guides])), {"pay": "3"}) is None


def test_nothing_is_said_to_be_left_out_where_all_is_there() -> None:
    assert write_left_out([], ()) == []


# -- The sentence ---------------------------------------------------------------------------------------------


def test_the_sentence_names_the_weight_that_would_turn_it(pair: None) -> None:
    slow = store_role(CUSTOMER, salary={"annual_average": 90_000}, outlook={"growth_percent": 2, "job_count": 1000})
    fast = store_role(PROFESSIONAL, salary={"annual_average": 60_000}, outlook={"growth_percent": 10, "job_count": 900})
    assert result(section_of(slow, fast, pay="3")) == (
        "By your weights, Customer Support Technician: 3.00 of 3, against 2.01 for Professional Technician. "
        "With growth at 2 or more it would be Professional Technician."
    )
    assert result(section_of(slow, fast, pay="3", grow="2")) == (
        "By your weights, Professional Technician: 4.01 of 5, against 3.40 for Customer Support Technician. "
        "With growth at 0 it would be Customer Support Technician."
    )


def test_a_toss_up_names_what_would_decide_it() -> None:
    first = store_role(LEAD, salary={"annual_average": 50_000}, outlook={"growth_percent": 10, "job_count": 1000})
    second = store_role(SOFTWARE, salary={"annual_average": 49_000}, outlook={"growth_percent": 5, "job_count": 2000})
    assert result(section_of(first, second, pay="1")) == (
        "By your weights it is a toss-up between Lead Technician and Software Support Technician: 1.00 and 0.98 of 1. "
        "With growth at 1 or more it would be Lead Technician; "
        "with jobs at 1 or more it would be Software Support Technician."
    )


def test_a_result_that_can_only_become_a_toss_up_says_so() -> None:
    aspects = aspects_of(pay=(100, 80), grow=(94, 100))
    assert find_turns(aspects, {"pay": 1}) == [("grow", 2, 1, None)]


def test_three_roles_are_named_in_the_order_of_their_sums(pair: None) -> None:
    third = store_role(
        PROFESSIONAL, salary={"annual_average": 60_000}, outlook={"growth_percent": 10, "job_count": 900}
    )
    roles = [third, *Role.objects.exclude(pk=third.pk).order_by("slug")]
    assert result(section_of(*roles, pay="1")).startswith(
        "By your weights, Lead Technician: 1.00 of 1, "
        "against 0.88 for Software Support Technician and 0.66 for Professional Technician."
    )


def test_every_turn_is_the_smallest_change_and_does_what_it_says() -> None:
    random = Random(13)  # noqa: S311  the same cases each time
    for _ in range(300):
        count = random.choice((2, 2, 3, 4))
        names = random.sample(("pay", "grow", "open", "ways", "rise"), random.randint(1, 5))
        aspects = aspects_of(**{name: share_of_best([random.randint(-5, 60) for _ in range(count)]) for name in names})
        weights = {name: random.randint(0, 3) for name in names}
        current = weigh(aspects, weights).leaders
        turns = find_turns(aspects, weights)
        for turn in turns:
            wanted = [turn.weight]
            if turn.bound:
                wanted = list(range(turn.weight, 4) if turn.bound > 0 else range(turn.weight + 1))
            for weight in wanted:
                leaders = weigh(aspects, weights | {turn.aspect: weight}).leaders
                assert leaders == (turn.leader,) if turn.leader is not None else len(leaders) > 1
        reached = {turn.leader for turn in turns}
        change = {turn.leader: abs(turn.weight - weights[turn.aspect]) for turn in turns}
        for name, weight in product(names, range(4)):
            leaders = weigh(aspects, weights | {name: weight}).leaders
            if current and len(leaders) == 1 and leaders != current:
                assert leaders[0] in reached
                assert change[leaders[0]] <= abs(weight - weights[name])


def test_the_script_has_the_words_of_the_server() -> None:
    script = finders.find("comparison.js")
    assert script
    words = re.search(r"const OF_WEIGHTS = (\{.*?\n  \})", Path(script).read_text(), re.DOTALL)
    assert words
    assert json.loads(words[1]) == RESULT


# -- The reader's own pay -------------------------------------------------------------------------------------


def standing_data(section: WeightsPart) -> Any:
    assert section.standing
    return json.loads(json.dumps(section.standing.roles))


def test_published_steps_of_pay_stand_on_the_page_for_the_script() -> None:
    load_release(2025, Occupation("35-2014", "Cooks, Restaurant"), Occupation("29-1141", "Registered Nurses"))
    section = weights_section(compared("35-2014", "29-1141"), {})
    assert section
    first, second = standing_data(section)
    assert first["steps"] == [[10, 26000], [25, 36400], [50, 49400], [75, 62400], [90, 78000]]
    assert (second["letter"], second["who"], second["parts"]) == ("b", "registered nurses", ["tenth", "tenth"])
    assert section.standing
    assert "never sent" in section.standing.how
    assert section.standing.how.endswith("Pay: U.S. Bureau of Labor Statistics, figures of May 2025.")


def test_a_range_without_steps_says_that_it_counts_nobody(pair: None) -> None:
    section = weights_section(compare(read_current_roles(["lead-technician", "software-support-technician"])), {})
    assert section
    assert standing_data(section)[0] == {
        "letter": "a",
        "who": "lead technicians",
        "low": 67000,
        "high": 121000,
        "span": "$67,000 to $121,000",
    }
    assert section.standing
    assert "A range does not say how many people earn less or more than that." in section.standing.how


def test_a_role_without_steps_is_named() -> None:
    load_release(2025, Occupation("27-2011", "Actors", times=("hourly",)), Occupation("29-1141", "Registered Nurses"))
    section = weights_section(compared("27-2011", "29-1141"), {})
    assert section
    assert section.standing
    assert [role["who"] for role in section.standing.roles] == ["registered nurses"]
    assert "".join(part.text for part in section.standing.without) == (
        "No steps or range of pay by the year are published for actors."
    )


def test_pay_by_the_hour_is_asked_for_where_no_role_has_any_by_the_year() -> None:
    load_release(
        2025,
        Occupation("27-2011", "Actors", times=("hourly",)),
        Occupation("27-2042", "Musicians and Singers", times=("hourly",)),
    )
    section = weights_section(compared("27-2011", "27-2042"), {})
    assert section
    assert section.standing
    assert section.standing.label == "Your own pay an hour, in dollars"


def test_own_pay_is_asked_for_by_script_alone_and_has_no_name_to_be_sent_by(client: Client, pair: None) -> None:
    part = opened(client, PAIR).get_element_by_id("stand")
    assert part.get("hidden") is not None
    assert [element.get("name") for element in part.cssselect("input")] == [None]
    assert part.getparent().tag != "form"
