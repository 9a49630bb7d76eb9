"""The server's drawing shows the numbers of Plotly's dictionary, each at its place, without a style or a script."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from careers.vocabulary import FIELDS
from comparisons.charts import Figure, draw_figures
from comparisons.charts.plotly import SYMBOLS as PLOTLY_SYMBOLS
from comparisons.charts.plotly import Spec
from comparisons.charts.svg import DROP, SYMBOLS, draw_marks
from comparisons.comparison import compare
from comparisons.queries.roles import CitedPage, CurrentRole, Facts, SkillEntry, read_current_roles
from tests.comparisons import stored_roles
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PROGRAM, SOFTWARE, store_role
from tests.comparisons.test_charts import PAIRS, compared, drawn

SVG = "{http://www.w3.org/2000/svg}"


def svg(figure: Figure) -> str:
    """The figure as pages hold it."""
    macros = engines["jinja2"].env.get_template("parts/figures.html").module  # type: ignore[attr-defined]  # of this backend
    return str(macros.drawing(figure, draw_marks(figure.sheet)))


def parsed(figure: Figure) -> etree._Element:
    """The drawing as XML; HTML needs no namespace on an <svg>, XML does."""
    return etree.fromstring(svg(figure).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


Axis = dict[str, Any]


def axis_of(figure: Figure, trace: Spec) -> Axis:
    axis: Axis = figure.spec["layout"][trace["xaxis"].replace("x", "xaxis")]
    return axis


def value_at(axis: Axis, percent: str | None) -> float:
    """The value on the axis that a place across the drawing stands for."""
    (low, high), (left, right) = axis["range"], axis["domain"]
    return float(low + (share_at(percent) - left) / (right - left) * (high - low))


def share_at(percent: str | None) -> float:
    assert percent is not None
    return float(percent.removesuffix("%")) / 100


def close(axis: Axis, value: float) -> object:
    """A value to the hundredth part of a percent of the width: less than a tenth of a pixel on any screen."""
    return pytest.approx(value, abs=abs(axis["range"][1] - axis["range"][0]) / 1000)


def bars_of(figure: Figure) -> Iterator[tuple[str, Axis, float, float, float, float]]:
    for each in (each for each in figure.spec["data"] if each["type"] == "bar"):
        axis = axis_of(figure, each)
        for base, length, y, width in zip(each["base"], each["x"], each["y"], each["width"], strict=True):
            yield each["meta"], axis, base, base + length, y - width / 2, width


def dots_of(figure: Figure) -> Iterator[tuple[str, Axis, float, float, str]]:
    for each in (each for each in figure.spec["data"] if each["type"] == "scatter"):
        axis = axis_of(figure, each)
        for x, y, symbol in zip(each["x"], each["y"], each["marker"]["symbol"], strict=True):
            yield each["meta"], axis, x, y, symbol


@pytest.fixture(params=list(PAIRS.values()), ids=list(PAIRS))
def several(request: pytest.FixtureRequest, db: None) -> tuple[Figure, ...]:
    return draw_figures(compared(*request.param))


def test_every_bar_begins_and_ends_at_its_numbers(several: tuple[Figure, ...]) -> None:
    for figure in several:
        rectangles = list(parsed(figure).iter(f"{SVG}rect"))
        for (part, axis, start, end, top, height), rectangle in zip(bars_of(figure), rectangles, strict=True):
            left, width = rectangle.get("x", ""), rectangle.get("width", "")
            right = f"{float(left.removesuffix('%')) + float(width.removesuffix('%'))}%"
            ends = sorted([value_at(axis, left), value_at(axis, right)])
            assert ends == [close(axis, start), close(axis, end)]
            assert float(rectangle.get("y", "")) == pytest.approx(top, abs=0.5)
            assert float(rectangle.get("height", "")) == height
            assert rectangle.getparent().get("class") == part  # type: ignore[union-attr]  # it stands in a group


def test_every_dot_stands_at_its_number_with_its_symbol(several: tuple[Figure, ...]) -> None:
    for figure in several:
        places = list(parsed(figure).iterfind(f"{SVG}g/{SVG}svg"))
        for (part, axis, x, y, symbol), place in zip(dots_of(figure), places, strict=True):
            path = place.find(f"{SVG}path")
            assert path is not None
            assert value_at(axis, place.get("x")) == close(axis, x)
            assert float(place.get("y", "")) == pytest.approx(y, abs=0.5)
            assert path.get("d") == SYMBOLS[part]
            assert symbol.removesuffix("-open") == PLOTLY_SYMBOLS[part]
            assert (path.get("fill") == "none") == symbol.endswith("-open")
            assert place.getparent().get("class") == part  # type: ignore[union-attr]  # it stands in a group


def test_every_word_stands_in_the_drawing_once(several: tuple[Figure, ...]) -> None:
    for figure in several:
        layout = figure.spec["layout"]
        wanted = [*(text["text"] for text in layout["annotations"]), *layout["xaxis"]["ticktext"]]
        assert sorted(text.text or "" for text in parsed(figure).iter(f"{SVG}text")) == sorted(wanted)


def test_every_word_stands_where_plotly_writes_it(several: tuple[Figure, ...]) -> None:
    anchors = {None: "left", "middle": "center", "end": "right"}
    for figure in several:
        marks = figure.sheet.ticks
        texts = list(parsed(figure).iter(f"{SVG}text"))[len(marks) :]
        for wanted, text in zip(figure.spec["layout"]["annotations"], texts, strict=True):
            group = text.getparent()
            assert group is not None
            assert text.text == wanted["text"]
            assert share_at(text.get("x")) == pytest.approx(wanted["x"], abs=1e-3)
            assert float(text.get("y", "")) == wanted["y"] + DROP
            assert int(text.get("dx", "0")) == wanted["xshift"]
            assert anchors[group.get("text-anchor")] == wanted["xanchor"]
            assert group.get("class") == wanted["name"]
            assert group.get("font-weight", "normal") == wanted["font"]["weight"]


def test_every_mark_of_the_axis_and_every_line_stands_at_its_place(several: tuple[Figure, ...]) -> None:
    for figure in several:
        layout = figure.spec["layout"]
        marks = layout["xaxis"]["tickvals"]
        lines = list(parsed(figure).iter(f"{SVG}line"))
        for mark, line in zip(marks, lines, strict=False):
            assert value_at(layout["xaxis"], line.get("x1")) == close(layout["xaxis"], mark)
        for shape, line in zip(layout["shapes"], lines[len(marks) :], strict=True):
            assert [share_at(line.get(end)) for end in ("x1", "x2")] == pytest.approx(
                [shape[end] for end in ("x0", "x1")], abs=1e-3
            )
            assert [float(line.get(end, "")) for end in ("y1", "y2")] == [shape[end] for end in ("y0", "y1")]


SOURCES = [
    CitedPage(1, "", "", None, "", "", 1, "Zippia", "", ""),
    CitedPage(2, "", "", None, "", "", 2, "Jobicy", "", ""),
]
DOLLARS = st.none() | st.integers(0, 2_000_000)
SHARES = st.none() | st.decimals(0, 100, places=1)


@st.composite
def invented_role(draw: st.DrawFn, number: int) -> CurrentRole:
    """Any role that the database would take, as far as the figures read it."""
    source = draw(st.sampled_from(SOURCES))
    low, high = sorted([draw(DOLLARS), draw(DOLLARS)], key=lambda end: (end is None, end or 0))
    known: dict[str, dict[str, Any]] = {
        "salary": {
            "annual_low": low,
            "annual_high": high,
            "annual_average": draw(DOLLARS),
            "annual_median": draw(DOLLARS),
            **{f"annual_p{percent}": draw(DOLLARS) for percent in (10, 25, 75, 90)},
        },
        "outlook": {"job_count": draw(DOLLARS)},
        "demographics": {name: draw(SHARES) for name in FIELDS["demographics"] if name.endswith("_percent")},
    }
    groups = {
        group: Facts(dict.fromkeys(FIELDS[group]) | values, {}, source)
        for group, values in known.items()
        if any(value is not None for value in values.values())
    }
    names = draw(
        st.lists(st.sampled_from(["SQL", "Java", "C", "Data entry", "A name longer than half of a phone is wide"]))
    )
    percent = st.none() | st.integers(0, 100)
    skills = [
        SkillEntry(name, name.lower(), "listed", rank, draw(percent), None, {}) for rank, name in enumerate(names)
    ]
    title = draw(st.text("Ab <>&'/", min_size=1, max_size=120)).strip() or "Role"
    return CurrentRole(number, title, f"role-{number}", 0, groups, {"skills": source} if skills else {}, skills, [], [])


@given(st.integers(1, 4).flatmap(lambda count: st.tuples(*(invented_role(number) for number in range(count)))))
def test_whatever_is_published_is_drawn_inside_and_is_xml(roles: tuple[CurrentRole, ...]) -> None:
    for figure in draw_figures(compare(roles)):
        axes = figure.sheet.axes
        left, right = 100 * min(axis.left for axis in axes), 100 * max(axis.right for axis in axes)
        for element in parsed(figure).iter(f"{SVG}rect", f"{SVG}svg", f"{SVG}line"):
            for across in (element.get("x"), element.get("x1"), element.get("x2")):
                assert across is None or left - 0.1 <= float(across.removesuffix("%")) <= right + 0.1


@pytest.mark.django_db
def test_a_changed_number_moves_its_mark() -> None:
    """The tests above would notice a drawing that does not follow its sheet."""
    figure = drawn(compared(LEAD, SOFTWARE))["pay"]
    before = [place.get("x") for place in parsed(figure).iterfind(f"{SVG}g/{SVG}svg")]
    [dots] = [dots for (part, _), dots in figure.sheet.dots.items() if part == "a"]
    dots[0] = dots[0]._replace(value=dots[0].value + 5000)
    after = [place.get("x") for place in parsed(figure).iterfind(f"{SVG}g/{SVG}svg")]

    assert before[0] != after[0]
    assert before[1] == after[1]


def test_the_policy_has_nothing_to_refuse(several: tuple[Figure, ...]) -> None:
    for figure in several:
        for element in parsed(figure).iter():
            assert element.tag in {
                f"{SVG}{name}" for name in ("svg", "g", "rect", "line", "path", "text", "title", "desc")
            }
            assert not {name for name in element.keys() if str(name) == "style" or str(name).startswith("on")}  # noqa: SIM118 - lxml's elements hold children, keys() are attributes


def test_a_drawing_has_a_name_and_a_description(several: tuple[Figure, ...]) -> None:
    for figure in several:
        root = parsed(figure)
        named = {element.get("id"): element.text for element in root if element.get("id")}
        assert root.get("role") == "img"
        assert root.get("aria-labelledby", "").split() == list(named)
        assert list(named.values()) == [
            figure.name,
            f"{figure.title}. The table that belongs to the chart holds every figure.",
        ]


def test_no_two_drawings_of_a_page_share_an_id(several: tuple[Figure, ...]) -> None:
    ids = [element.get("id") for figure in several for element in parsed(figure).iter() if element.get("id")]

    assert len(ids) == len(set(ids))


@pytest.mark.django_db
def test_page_text_is_never_markup() -> None:
    hostile = "</text><script>1</script>{0}&amp;"
    role = stored_roles.store_role_from(stored_roles.fixture_facts()[LEAD] | {"title": hostile})
    shown = drawn(compare(read_current_roles([role.slug])))
    for figure in shown.values():
        assert "<script>" not in svg(figure)
    words = [text.text or "" for text in parsed(shown["jobs"]).iter(f"{SVG}text")]
    assert hostile in " ".join(words)


@pytest.mark.django_db
def test_words_that_are_not_numbers_cannot_take_a_numbers_place() -> None:
    figure = drawn(compared(LEAD))["pay"]
    for bars in figure.sheet.bars.values():
        bars[0] = bars[0]._replace(width='"><script>')  # type: ignore[arg-type]  # that is the point

    with pytest.raises((TypeError, ValueError)):
        svg(figure)


@pytest.mark.django_db
def test_roles_are_told_apart_by_symbol_and_by_colour() -> None:
    store_role(LEAD), store_role(SOFTWARE), store_role(PROGRAM), store_role(CUSTOMER)
    spec = drawn(compared(LEAD, SOFTWARE, PROGRAM, CUSTOMER))["pay"].spec

    dots = [each for each in spec["data"] if each["type"] == "scatter"]
    assert len({each["marker"]["symbol"][0] for each in dots}) == 4
    assert len({each["marker"]["color"] for each in dots}) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("titles", [(LEAD, SOFTWARE), (PROGRAM, CUSTOMER), (LEAD, GUIDE)])
def test_a_drawing_costs_few_bytes(titles: tuple[str, ...]) -> None:
    for figure in draw_figures(compared(*titles)):
        assert len(gzip.compress(svg(figure).encode())) < 1300
