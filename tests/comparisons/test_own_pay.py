"""Where a reader's own pay stands among the pay of each role."""

import json
from typing import Any

import pytest
from django.test import Client

from comparisons.comparison import compare
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.weights import WeightsSection
from tests.comparisons.official import Occupation, compare_codes, load_release
from tests.comparisons.opened_pages import open_page
from tests.comparisons.weighed_sections import PAIR, build_section_of

pytestmark = pytest.mark.django_db


def read_standing_data(section: WeightsSection) -> Any:
    assert section.standing
    return json.loads(json.dumps(section.standing.roles))


def test_published_steps_of_pay_stand_on_the_page_for_the_script() -> None:
    load_release(2025, Occupation("35-2014", "Cooks, Restaurant"), Occupation("29-1141", "Registered Nurses"))
    section = build_section_of(compare_codes("35-2014", "29-1141"))
    first, second = read_standing_data(section)
    assert first["steps"] == [[10, 26000], [25, 36400], [50, 49400], [75, 62400], [90, 78000]]
    assert (second["letter"], second["who"]) == ("b", "registered nurses")
    assert section.standing
    assert "never sent" in section.standing.how
    assert section.standing.how.endswith("Pay: U.S. Bureau of Labor Statistics, May 2025.")


def test_a_range_without_steps_says_that_it_counts_nobody(pair: None) -> None:
    section = build_section_of(compare(read_current_roles(["lead-technician", "software-support-technician"])))
    assert read_standing_data(section)[0] == {
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
    section = build_section_of(compare_codes("27-2011", "29-1141"))
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
    section = build_section_of(compare_codes("27-2011", "27-2042"))
    assert section.standing
    assert section.standing.label == "Your own pay an hour, in dollars"


def test_own_pay_is_asked_for_by_script_alone_and_has_no_name_to_be_sent_by(client: Client, pair: None) -> None:
    part = open_page(client, PAIR).get_element_by_id("stand")
    assert part.get("hidden") is not None
    assert [element.get("name") for element in part.cssselect("input")] == [None]
    assert part.getparent().tag != "form"
