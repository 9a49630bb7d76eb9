"""Drawings: lanes described once, and Plotly's marks from the same description; what each costs the process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from plotly.offline import get_plotlyjs_version

from comparisons.charts.lanes import Axis, MarkedAxis, StripStroke, choose_ticks, draw_strip
from comparisons.charts.plotly import describe_lane, validate
from comparisons.charts.year_lines import YearLine, draw_years
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.stored_states import make_pair_address

PROJECT = Path(__file__).parent.parent.parent
STROKES = [StripStroke(50_000, "AL", "Alabama"), StripStroke(90_000, "CA", "California")]
STRIP_AXIS = MarkedAxis(Axis(50_000, 90_000, 0.05, 0.95), ["50"], ())
STRIP = draw_strip("b", STROKES, 70_000, STRIP_AXIS, tooltip="United States: $70,000")
NURSE = YearLine("a", "Nurse", [[(2019, 1), (2020, 2)], [(2022, 3)]], {2019: "$1", 2020: "$2", 2022: "$3"})
YEARS = draw_years([NURSE], [2019, 2020, 2022], 2019)


@given(st.floats(0, 1e7), st.floats(0.5, 1e7), st.integers(2, 6))
def test_an_axis_has_few_round_numbers_and_none_beyond_its_ends(low: float, span: float, most: int) -> None:
    marks = choose_ticks(low, low + span, most)

    assert len(marks) <= most
    assert all(low - 1e-6 * span <= mark <= (low + span) * (1 + 1e-9) for mark in marks)


# -- strips and lines -------------------------------------------------------------------------


def test_a_strip_has_a_stroke_for_each_value_below_the_names_of_its_ends() -> None:
    assert [(mark.letter, mark.x, mark.y) for mark in STRIP.marks] == [("b", "50", 30)]
    assert STRIP.stroke_path == "M50 22v16m900-16v16"
    assert [(text.text, text.css_class) for text in STRIP.texts] == [("AL", ""), ("CA", "e")]


# A name of two letters takes 22 of the 154 pixels that a strip has on the narrowest screen.
@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        (50, 51, ["AL – CA"]),
        (50, 65, ["AL", "CA"]),
        (5, 19.7, ["AL – CA"]),  # the first begins at its stroke, to stay in the lane
        (81, 95.2, ["AL – CA"]),  # the second ends at its stroke
        (5, 27, ["AL", "CA"]),
    ],
)
def test_ends_that_lie_together_share_one_name(low: float, high: float, names: list[str]) -> None:
    strokes = [StripStroke(low, "AL", ""), StripStroke(high, "CA", "")]
    lane = draw_strip("a", strokes, None, MarkedAxis(Axis(0, 100), (), ()))
    assert [text.text for text in lane.texts] == names


def test_one_stroke_has_one_name() -> None:
    lane = draw_strip("a", STROKES[:1], None, MarkedAxis(Axis(0, 100_000), (), ()))
    assert [text.text for text in lane.texts] == ["AL"]


def test_a_line_is_broken_where_a_year_is_missing() -> None:
    assert [len(line.points) for line in YEARS.lines] == [2]
    assert [mark.x for mark in YEARS.marks] == ["5", "95"]
    assert [mark.tooltip for mark in YEARS.unmarked] == ["Nurse, 2019: $1", "Nurse, 2020: $2", "Nurse, 2022: $3"]


# -- Plotly -----------------------------------------------------------------------------------


def test_plotly_takes_every_lane_as_it_is() -> None:
    for lane in (STRIP, YEARS):
        spec = describe_lane(lane)
        accepted = json.loads(validate(spec))
        for mine, theirs in zip(spec["data"], accepted["data"], strict=True):
            assert {name: theirs[name] for name in mine} == mine


def test_plotly_refuses_what_is_not_in_its_schema() -> None:
    spec = describe_lane(STRIP)
    spec["data"][0]["mode"] = "sideways"
    with pytest.raises(ValueError, match="mode"):
        validate(spec)


def test_plotlys_marks_stand_where_those_of_the_lane_do() -> None:
    strokes, value = describe_lane(STRIP)["data"]
    assert (strokes["x"], strokes["y"], strokes["meta"]) == ([5.0, 95.0], [30.0, 30.0], "b")
    assert strokes["hovertext"] == ["Alabama:<br>$50,000", "California:<br>$90,000"]
    assert (value["x"], value["hovertext"]) == ([50.0], ["United States:<br>$70,000"])
    [points] = describe_lane(YEARS)["data"]
    assert len(points["x"]) == 3  # every year, also those without a mark


def test_values_are_floats_so_that_plotly_takes_none_for_a_category() -> None:
    for lane in (STRIP, YEARS):
        for trace in describe_lane(lane)["data"]:
            assert all(type(value) is float for value in [*trace["x"], *trace["y"]])


def test_page_text_is_never_markup_to_plotly() -> None:
    lines = [YearLine("a", "<b>Lead</b> & Co", [[(2019, 1), (2020, 2)]], {2019: "$1", 2020: "$2"})]
    [trace] = describe_lane(draw_years(lines, [2019, 2020], None))["data"]
    assert trace["hovertext"][0].startswith("&lt;b&gt;Lead&lt;/b&gt; &amp; Co, 2019:")


# -- the address of a drawing's marks ---------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["pay", "horoscope", "states", "years"])
def test_a_drawing_that_a_page_does_not_have_is_not_found(client: Client, slug: str) -> None:
    pair = f"{store_role(LEAD).slug}-vs-{store_role(SOFTWARE).slug}"
    assert client.get(f"/compare/{pair}/figures/{slug}.json").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("others", ["nobody", "nobody-vs-nobody-vs-nobody"])
def test_a_pair_with_drawings_has_none_beside_roles_that_do_not_exist(
    client: Client, figures_by_state: None, others: str
) -> None:
    assert client.get(f"{make_pair_address()}/figures/states.json").status_code == 200
    assert client.get(f"{make_pair_address()}-vs-{others}/figures/states.json").status_code == 404


@pytest.mark.django_db
def test_the_marks_of_a_drawing_follow_the_state_and_the_prices(client: Client, figures_by_state: None) -> None:
    shown = []
    for query in ("", "?where=CA", "?where=CA&prices=1"):
        nurses, _ = client.get(f"{make_pair_address()}/figures/states.json{query}").json()
        shown.append(nurses["data"][-1]["hovertext"])
    assert shown == [
        ["United States:<br>$64,000"],
        ["California:<br>$111,250"],
        ["California:<br>$100,000"],
    ]
    assert client.get(f"{make_pair_address()}/figures/states.json?where=ZZ").status_code == 404


# -- the process that serves ------------------------------------------------------------------

SERVE = """
import sys
import django
django.setup()
from django.test import Client
from tests.comparisons.official import find_slugs
from tests.comparisons.stored_years import load_years
from tests.ingest.state_tables import COOKS, NURSES
load_years({NURSES: {2024: "50,000", 2025: "51,000"}, COOKS: {2024: "50,000", 2025: "52,000"}})
pair = "-vs-".join(find_slugs(NURSES[0], COOKS[0]))
heavy = {"plotly", "pandas", "numpy"}
client = Client()
page = client.get(f"/compare/{pair}/")
assert page.status_code == 200 and b'data-figure="figures/years.json"' in page.content, page.status_code
print(sorted(heavy & sys.modules.keys()))
data = client.get(f"/compare/{pair}/figures/years.json")
assert data.status_code == 200 and data.json()[0]["data"], data.status_code
print(sorted(heavy & sys.modules.keys()))
"""


def test_a_process_that_serves_pages_imports_plotly_only_for_a_drawings_marks(migrated_sqlite: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": migrated_sqlite,
        "ALLOWED_HOSTS": "testserver",
    }
    command = [sys.executable, "-c", SERVE]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.split("\n")[:2] == ["[]", "['plotly']"], done.stderr


def test_the_bundle_is_of_the_version_that_plotly_names() -> None:
    bundle = (PROJECT / "static" / "plotly" / "plotly-basic.min.js").read_text()

    assert bundle[:200].splitlines()[1] == f"* plotly.js (basic - minified) v{get_plotlyjs_version()}"


def test_plotlys_style_rules_stand_in_a_file_of_their_own() -> None:
    rules = (PROJECT / "static" / "plotly" / "plotly.css").read_text()

    assert ".js-plotly-plot .plotly .main-svg { position: absolute;" in rules
