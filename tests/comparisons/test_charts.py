"""The figures say what the roles' facts say, no more, and Plotly takes them as they are."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Role
from comparisons.charts import Figure, draw_figures, validated_json
from comparisons.charts.canvas import ticks
from comparisons.charts.plotly import Spec, validated
from comparisons.charts.skills import MOST_SKILLS
from comparisons.comparison import Comparison, compare
from comparisons.queries.roles import read_current_roles
from tests.comparisons import stored_roles
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PROGRAM, SOFTWARE, SPECIALIST, store_role

PROJECT = Path(__file__).parents[2]

PAIRS = {
    "lists without shares": (LEAD, SOFTWARE),
    "lists with shares": (PROGRAM, CUSTOMER),
    "a guide without figures": (LEAD, GUIDE),
    "four roles of two publishers": (LEAD, SOFTWARE, PROGRAM, GUIDE),
    "one role": (CUSTOMER,),
}


def compared(*titles: str) -> Comparison:
    """Roles side by side, stored as their fixture pages have them unless they are there already."""
    return compare(read_current_roles([role.slug for role in map(stored_once, titles)]))


def stored_once(title: str) -> Role:
    return Role.objects.filter(title=title).first() or store_role(title)


def drawn(comparison: Comparison) -> dict[str, Figure]:
    return {figure.slug: figure for figure in draw_figures(comparison)}


def trace(spec: Spec, kind: str, part: str) -> Spec:
    """The one trace of a kind that belongs to a role, by its letter."""
    found: list[Spec] = [each for each in spec["data"] if each["type"] == kind and each["meta"] == part]
    assert len(found) == 1
    return found[0]


def bars(spec: Spec, part: str) -> list[tuple[float, float]]:
    """Where each bar of a role begins and ends."""
    found = trace(spec, "bar", part)
    return [(base, base + length) for base, length in zip(found["base"], found["x"], strict=True)]


def parts(spec: Spec) -> set[tuple[str, str]]:
    return {(each["type"], each["meta"]) for each in spec["data"]}


def words(spec: Spec) -> list[str]:
    return [text["text"] for text in spec["layout"]["annotations"]]


# -- All figures ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("titles", PAIRS.values(), ids=PAIRS)
def test_plotly_takes_every_figure_as_it_is(titles: tuple[str, ...]) -> None:
    for figure in draw_figures(compared(*titles)):
        accepted = json.loads(validated_json(figure))
        for mine, theirs in zip(figure.spec["data"], accepted["data"], strict=True):
            assert {name: theirs[name] for name in mine} == mine


@pytest.mark.django_db
def test_plotly_refuses_what_is_not_in_its_schema() -> None:
    spec = drawn(compared(LEAD))["pay"].spec
    spec["data"][0]["orientation"] = "sideways"

    with pytest.raises(ValueError, match="orientation"):
        validated(spec)


@pytest.mark.django_db
@pytest.mark.parametrize("titles", PAIRS.values(), ids=PAIRS)
def test_values_are_floats_so_that_plotly_takes_none_for_a_category(titles: tuple[str, ...]) -> None:
    for figure in draw_figures(compared(*titles)):
        for each in figure.spec["data"]:
            assert all(type(value) is float for value in [*each["x"], *each.get("base", []), *each["y"]])


@pytest.mark.django_db
def test_roles_in_the_other_order_change_their_marks_and_keep_their_values() -> None:
    there, back = drawn(compared(PROGRAM, CUSTOMER)), drawn(compared(CUSTOMER, PROGRAM))

    for slug in ("pay", "jobs", "demographics"):
        for kind, part in parts(there[slug].spec):
            other = {"a": "b", "b": "a"}[part]
            values = [
                sorted(trace(figure[slug].spec, kind, side)["x"]) for figure, side in ((there, part), (back, other))
            ]
            assert values[0] == values[1]
    assert trace(there["pay"].spec, "scatter", "a")["x"] != trace(back["pay"].spec, "scatter", "a")["x"]


@pytest.mark.django_db
def test_a_role_without_values_is_named_with_its_reason_and_has_no_mark() -> None:
    found = drawn(compared(LEAD, GUIDE))

    for slug in ("pay", "jobs", "demographics"):
        assert {part for _, part in parts(found[slug].spec)} == {"a"}
        assert any("not in this source" in text for text in words(found[slug].spec))
        assert all(row[2] == "not in this source" for row in found[slug].rows)


@pytest.mark.django_db
def test_there_is_no_figure_without_values() -> None:
    assert list(drawn(compared(GUIDE))) == ["skills"]


@pytest.mark.django_db
def test_several_publishers_in_one_figure_are_named_at_their_roles_and_in_the_subtitle() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, publisher="Jobicy")
    found = drawn(compared(LEAD, SOFTWARE))

    assert "● Lead Technician (Zippia)" in words(found["pay"].spec)
    assert found["jobs"].subtitle.endswith("Sources: Zippia for ●, and Jobicy for ◆; they may count differently.")


@pytest.mark.django_db
def test_page_text_is_never_markup_to_plotly() -> None:
    role = stored_roles.store_role_from(
        stored_roles.fixture_facts()[LEAD] | {"title": "<b>Lead</b> & <a href='//example.org'>Co</a>"}
    )
    spec = drawn(compare(read_current_roles([role.slug])))["jobs"].spec

    shown = [*words(spec), *trace(spec, "bar", "a")["hovertext"]]
    assert not any("<b>" in text or "<a" in text for text in shown)
    assert any("&lt;b&gt;Lead&lt;/b&gt; &amp;" in text for text in shown)


@given(st.floats(0, 1e7), st.floats(0.5, 1e7), st.integers(2, 6))
def test_an_axis_has_few_round_numbers_and_none_beyond_its_ends(low: float, span: float, most: int) -> None:
    marks = ticks(low, low + span, most)

    assert len(marks) <= most
    assert all(low - 1e-6 * span <= mark <= (low + span) * (1 + 1e-9) for mark in marks)


# -- Pay ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pay_draws_the_published_ends_and_averages() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]

    assert bars(figure.spec, "a")[0] == (67000, 121000)
    assert bars(figure.spec, "b")[0] == (55000, 113000)
    assert trace(figure.spec, "scatter", "a")["x"] == [90615]
    assert trace(figure.spec, "scatter", "b")["x"] == [79670]
    assert figure.rows == (
        ("Average pay a year", "$90,615", "$79,670"),
        ("Pay range", "$67,000 to $121,000", "$55,000 to $113,000"),
    )


@pytest.mark.django_db
def test_pay_says_what_was_found() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]

    assert figure.title == "Lead technicians average $10,945 more; the ranges overlap by 85%"
    assert "percentile" not in (figure.title + figure.subtitle).lower()


@pytest.mark.django_db
def test_the_overlap_is_drawn_on_each_range_and_bordered() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]
    borders = [shape["x0"] for shape in figure.spec["layout"]["shapes"]]

    assert bars(figure.spec, "a")[1:] == bars(figure.spec, "b")[1:] == [(67000, 113000)]
    assert borders == pytest.approx([figure.sheet.axis.across(end) / 100 for end in (67000, 113000)])


@pytest.mark.django_db
def test_ranges_that_do_not_meet_have_no_overlap() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, salary={"annual_average": 40000, "annual_low": 30000, "annual_high": 60000})
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]

    assert figure.title.endswith("; the ranges do not overlap")
    assert len(bars(figure.spec, "a")) == len(bars(figure.spec, "b")) == 1
    assert figure.spec["layout"]["shapes"] == []


@pytest.mark.django_db
def test_averages_that_hardly_differ_do_not_stand_at_the_ends_of_the_axis() -> None:
    bare = {"annual_low": None, "annual_high": None}
    store_role(LEAD, salary={"annual_average": 36000, **bare})
    store_role(SOFTWARE, salary={"annual_average": 36400, **bare})
    axis = drawn(compared(LEAD, SOFTWARE))["pay"].sheet.axis

    assert 0.03 * (axis.high - axis.low) > 400


@pytest.mark.django_db
def test_by_the_hour_nothing_is_said_of_ranges() -> None:
    store_role(LEAD, salary={"annual_average": None, "annual_low": None, "annual_high": None})
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]

    assert figure.rows == (("Average pay an hour", "$43.56", "$38.30"),)
    assert not any("range" in text for text in words(figure.spec))


@pytest.mark.django_db
def test_equal_averages_are_said_to_be_the_same() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, salary={"annual_average": 90615, "annual_low": None, "annual_high": None})

    assert drawn(compared(LEAD, SOFTWARE))["pay"].title == "The average pay is the same"


@pytest.mark.django_db
def test_a_median_is_drawn_hollow_only_where_there_is_no_average() -> None:
    store_role(LEAD, salary={"annual_average": None, "annual_median": 88000})
    store_role(SOFTWARE, salary={"annual_median": 70000})
    spec = drawn(compared(LEAD, SOFTWARE))["pay"].spec

    assert trace(spec, "scatter", "a")["marker"]["symbol"] == ["circle-open"]
    assert trace(spec, "scatter", "a")["x"] == [88000]
    assert "median $88,000" in words(spec)
    assert trace(spec, "scatter", "b")["x"] == [79670]


@pytest.mark.django_db
def test_a_range_with_one_end_is_told_and_not_drawn() -> None:
    store_role(LEAD, salary={"annual_high": None})
    spec = drawn(compared(LEAD))["pay"].spec

    assert parts(spec) == {("scatter", "a")}
    assert "range from $67,000" in words(spec)


@pytest.mark.django_db
def test_a_missing_average_is_said_beside_its_range() -> None:
    store_role(LEAD, salary={"annual_average": None})
    spec = drawn(compared(LEAD))["pay"].spec

    assert parts(spec) == {("bar", "a")}
    assert "average not published" in words(spec)


@pytest.mark.django_db
def test_more_than_two_roles_are_told_from_least_to_most() -> None:
    title = drawn(compared(LEAD, SOFTWARE, PROGRAM))["pay"].title

    expected = "Average pay: from $36,653 (Program Support Technician) to $90,615 (Lead Technician), with $79,670"
    assert title == f"{expected} (Software Support Technician) in between"


OFFICIAL = {
    "annual_average": 95000,
    "annual_low": None,
    "annual_high": None,
    "annual_p10": 50000,
    "annual_p25": 65000,
    "annual_median": 90000,
    "annual_p75": 110000,
    "annual_p90": 140000,
}


@pytest.mark.django_db
def test_percentiles_are_thin_bars_with_a_thick_middle_half_and_a_hollow_median() -> None:
    store_role(LEAD, salary=OFFICIAL)
    figure = drawn(compared(LEAD))["pay"]
    ends = {
        (base, base + length, width)
        for each in figure.spec["data"]
        if each["type"] == "bar"
        for base, length, width in zip(each["base"], each["x"], each["width"], strict=True)
    }
    dots = trace(figure.spec, "scatter", "a")

    assert ends == {(50000, 140000, 4), (65000, 110000, 12)}
    assert dict(zip(dots["x"], dots["marker"]["symbol"], strict=True)) == {95000: "circle", 90000: "circle-open"}
    assert {"80% earn between $50,000 and $140,000", "half earn between $65,000 and $110,000"} <= set(
        words(figure.spec)
    )
    assert ("One in ten earns more than", "$140,000") in figure.rows
    assert "Pay range" not in [row[0] for row in figure.rows]


@pytest.mark.django_db
def test_a_range_and_percentiles_are_said_to_differ_and_never_overlap() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, publisher="Bureau of Labor Statistics", salary=OFFICIAL)
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]

    assert "The bars mean different things. ●: a range" in figure.subtitle
    assert "◆: the thin bar holds the middle 80% of the people" in figure.subtitle
    assert "overlap" not in figure.title + figure.subtitle
    assert figure.spec["layout"]["shapes"] == []
    assert figure.title.endswith("(figures of different publishers)")


@pytest.mark.django_db
def test_two_ranges_beside_percentiles_have_no_overlap_drawn_through_them() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, salary=OFFICIAL)
    figure = drawn(compared(LEAD, SOFTWARE, PROGRAM))["pay"]

    assert figure.spec["layout"]["shapes"] == []
    assert "overlap" not in figure.subtitle


@pytest.mark.django_db
def test_a_percentile_too_high_to_publish_ends_the_bar_at_the_highest_known_and_is_said() -> None:
    store_role(LEAD, salary=OFFICIAL | {"annual_p90": None})
    figure = drawn(compared(LEAD))["pay"]
    ends = [end for each in figure.spec["data"] if each["type"] == "bar" for end in each["base"] + each["x"]]

    assert max(ends) < 110000
    assert {"10% earn less than $50,000", "one in ten earns more than: not published"} <= set(words(figure.spec))


@pytest.mark.django_db
def test_medians_are_the_finding_where_nothing_else_is_published_of_both() -> None:
    store_role(LEAD, salary=OFFICIAL | {"annual_average": None})
    store_role(SOFTWARE, salary=OFFICIAL | {"annual_average": None, "annual_median": 80000})

    assert drawn(compared(LEAD, SOFTWARE))["pay"].title == "The median for lead technicians is $10,000 higher"


# -- Jobs -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_jobs_are_bars_from_nought() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["jobs"]

    assert bars(figure.spec, "a") == [(0, 250590)]
    assert bars(figure.spec, "b") == [(0, 117059)]
    assert figure.spec["layout"]["xaxis"]["range"][0] == 0
    assert figure.title == "Lead technicians have 2.1 times as many jobs"


@pytest.mark.django_db
def test_no_jobs_at_all_is_a_value_and_no_ratio() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, outlook={"job_count": 0})
    figure = drawn(compared(LEAD, SOFTWARE))["jobs"]

    assert bars(figure.spec, "b") == [(0, 0)]
    assert figure.title == "Number of jobs: from 0 (Software Support Technician) to 250,590 (Lead Technician)"


# -- Skills ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_skills_stand_as_a_bridge_own_shared_own() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["skills"]

    assert [row for row in figure.rows if "not listed" not in row] == [("java", "listed, no share", "listed, no share")]
    headings = {text["text"]: text["xanchor"] for text in figure.spec["layout"]["annotations"]}
    assert headings["● Only Lead Technician"] == "left"
    assert headings["On both lists"] == "center"
    assert headings["Only Software Support Technician ◆"] == "right"
    assert figure.title == "1 skill is on both lists: java"
    assert figure.subtitle.startswith("What only ● lists is at the left, what only ◆ lists at the right.")


@pytest.mark.django_db
def test_skills_have_bars_only_where_a_share_is_published_and_marks_elsewhere() -> None:
    figure = drawn(compared(PROGRAM, LEAD))["skills"]

    assert bars(figure.spec, "a")[:2] == [(0, 17), (0, 10)]
    assert parts(figure.spec) == {("bar", "a"), ("scatter", "b")}
    assert "a mark alone is a skill listed without one" in figure.subtitle


@pytest.mark.django_db
def test_a_skill_on_both_lists_spans_the_bridge_and_any_other_stands_at_its_end() -> None:
    spec = drawn(compared(LEAD, SOFTWARE))["skills"].spec
    spans = [(shape["x0"], shape["x1"]) for shape in spec["layout"]["shapes"]]
    names = {text["text"]: (text["x"], text["xanchor"]) for text in spec["layout"]["annotations"]}

    assert spans == [(0.26, 0.74)]
    assert names["java"] == (0.5, "center")
    assert names["architecture"] == (0.26, "left")
    assert names["customer service"] == (0.74, "right")


@pytest.mark.django_db
def test_both_sides_of_the_bridge_have_one_scale() -> None:
    layout = drawn(compared(PROGRAM, CUSTOMER))["skills"].spec["layout"]
    left, right = layout["xaxis"], layout["xaxis2"]

    assert left["range"] == right["range"][::-1]
    assert left["domain"][1] - left["domain"][0] == pytest.approx(right["domain"][1] - right["domain"][0])


@pytest.mark.django_db
def test_more_than_two_lists_have_a_column_each() -> None:
    titles = (LEAD, SOFTWARE, PROGRAM, CUSTOMER)
    figure = drawn(compared(*titles))["skills"]
    columns = [set(trace(figure.spec, "scatter", letter)["x"]) for letter in "abcd"]

    assert [len(column) for column in columns] == [1, 1, 1, 1]
    assert {f"{marker} {title}" for marker, title in zip("●◆▲■", titles, strict=True)} <= set(words(figure.spec))
    assert "On some of the lists" in words(figure.spec)


@pytest.mark.django_db
def test_a_skill_without_a_share_among_others_with_one_has_its_marker() -> None:
    skills = [
        {"name": "Java", "kind": "listed", "rank": 1, "percent": 20, "tier": None},
        {"name": "SQL", "kind": "listed", "rank": 2, "percent": None, "tier": None},
    ]
    store_role(LEAD, skills=skills)
    spec = drawn(compared(LEAD))["skills"].spec

    assert bars(spec, "a") == [(0, 20)]
    assert {"●", "SQL"} <= set(words(spec))


@pytest.mark.django_db
def test_a_long_list_is_cut_in_the_drawing_and_whole_in_the_table() -> None:
    figure = drawn(compared(LEAD, GUIDE))["skills"]
    listed = len({skill.slug for skill in read_current_roles(["software-technician"])[0].skills})

    assert f"and {listed - MOST_SKILLS} more in the table" in words(figure.spec)
    assert sum(row[2] != "not listed" for row in figure.rows) == listed


@pytest.mark.django_db
def test_a_role_without_a_list_is_said_to_have_none() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, skills=[])
    figure = drawn(compared(LEAD, SOFTWARE))["skills"]

    assert figure.title == "Skills, as far as they are listed"
    assert "Software Support Technician: no list of skills ◆" in " ".join(words(figure.spec))
    assert "● Lead Technician" in words(figure.spec)  # not "only": nobody knows of the other
    assert {row[2] for row in figure.rows} == {"no list"}


# -- Who does this work today ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_people_are_dots_at_the_published_percentages() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["demographics"]

    assert trace(figure.spec, "scatter", "a")["x"][:2] == [16.6, 83.4]
    assert trace(figure.spec, "scatter", "b")["x"][:2] == [26.2, 73.8]
    assert figure.title == "The widest gap is 9.6 percentage points: Women"
    assert ("Women", "16.6%", "26.2%") in figure.rows


@pytest.mark.django_db
def test_the_dots_are_named_above_them() -> None:
    spec = drawn(compared(LEAD, SOFTWARE))["demographics"].spec

    assert words(spec)[:2] == ["● Lead Technician", "◆ Software Support Technician"]


@pytest.mark.django_db
def test_equal_figures_are_said_to_be_no_information_and_both_dots_are_seen() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["demographics"]
    place = trace(figure.spec, "scatter", "a")["x"].index(11)

    assert "Equal figures are no information to compare." in figure.subtitle
    assert "11% each" in words(figure.spec)
    assert trace(figure.spec, "scatter", "a")["marker"]["symbol"][place] == "circle"
    assert trace(figure.spec, "scatter", "b")["marker"]["symbol"][place] == "diamond-open"


@pytest.mark.django_db
def test_a_category_that_one_role_lacks_is_said_on_its_line() -> None:
    store_role(LEAD)
    store_role(SOFTWARE, demographics={"lgbt_percent": None})
    figure = drawn(compared(LEAD, SOFTWARE))["demographics"]

    assert "◆ not published" in words(figure.spec)
    assert ("LGBT", "11%", "not published") in figure.rows


@pytest.mark.django_db
def test_ages_are_no_percentage_and_not_drawn() -> None:
    figure = drawn(compared(LEAD, SOFTWARE))["demographics"]

    assert not any("age" in row[0].lower() for row in figure.rows)


@pytest.mark.django_db
def test_figures_equal_throughout_are_no_finding() -> None:
    store_role(SPECIALIST)
    twin = stored_roles.fixture_facts()[SPECIALIST] | {"title": "Software Help Specialist"}
    stored_roles.store_role_from(twin)
    title = drawn(compared(SPECIALIST, "Software Help Specialist"))["demographics"].title

    assert title == "The same figures for all: no information to compare"


# -- The process that serves -----------------------------------------------------------------------------------

SERVE = """
import sys
import django
django.setup()
from django.test import Client
from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
pair = "-vs-".join(store_role(title).slug for title in (LEAD, SOFTWARE))
heavy = {"plotly", "pandas", "numpy"}
client = Client()
page = client.get(f"/compare/{pair}/")
assert page.status_code == 200 and b"<svg" in page.content, page.status_code
print(sorted(heavy & sys.modules.keys()))
data = client.get(f"/compare/{pair}/figures/pay.json")
assert data.status_code == 200 and data.json()["data"], data.status_code
print(sorted(heavy & sys.modules.keys()))
"""


def test_a_process_that_serves_pages_imports_plotly_only_for_a_figures_data(migrated_sqlite: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": migrated_sqlite,
        "ALLOWED_HOSTS": "testserver",
    }
    command = [sys.executable, "-c", SERVE]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.split("\n")[:2] == ["[]", "['plotly']"], done.stderr


def test_the_bundle_is_of_the_version_that_plotly_names() -> None:
    from plotly.offline import get_plotlyjs_version

    bundle = (PROJECT / "static" / "plotly" / "plotly-basic.min.js").read_text()

    assert bundle[:200].splitlines()[1] == f"* plotly.js (basic - minified) v{get_plotlyjs_version()}"


def test_plotlys_style_rules_stand_in_a_file_of_their_own() -> None:
    rules = (PROJECT / "static" / "plotly" / "plotly.css").read_text()

    assert ".js-plotly-plot .plotly .main-svg { position: absolute;" in rules


# -- The address of a figure's data ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/compare/lead-technician-vs-nobody/figures/pay.json",
        "/compare/lead-technician-vs-software-support-technician/figures/horoscope.json",
        "/compare/a-vs-b-vs-c-vs-d-vs-e/figures/pay.json",
        "/roles/software-technician/figures/pay.json",
    ],
)
def test_a_figure_that_does_not_exist_is_not_found(client: Client, address: str) -> None:
    for title in (LEAD, SOFTWARE, GUIDE):
        store_role(title)

    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/compare/{0}-vs-{1}/", "/roles/{0}/"])
def test_a_figures_data_stands_below_the_page_that_draws_it(client: Client, address: str) -> None:
    page = address.format(store_role(LEAD).slug, store_role(SOFTWARE).slug)

    assert b'data-figure="figures/pay.json"' in client.get(page).content
    assert client.get(f"{page}figures/pay.json").json()["data"][0]["base"][0] == 67000


@pytest.mark.django_db
def test_one_figure_is_not_said_to_be_compared_with_another_publisher() -> None:
    guide = {"annual_average": None, "hourly_average": None, "annual_median": None}
    store_role(GUIDE, salary=guide)
    title = drawn(compared(LEAD))["pay"].title
    both = drawn(compare(read_current_roles(["lead-technician", "software-technician"])))["pay"].title

    assert title == "Average pay: $90,615 (Lead Technician)"
    assert both == "Average pay: $90,615 (Lead Technician); no figure for Software Technician"


@pytest.mark.django_db
def test_equal_medians_are_said_to_be_the_same() -> None:
    figures = {"annual_average": None, "hourly_average": None, "annual_median": 50_000}
    for title in (LEAD, SOFTWARE):
        store_role(title, salary=figures)

    assert drawn(compare(read_current_roles(["lead-technician", "software-support-technician"])))["pay"].title == (
        "The median pay is the same"
    )
