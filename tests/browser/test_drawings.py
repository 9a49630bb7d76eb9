"""The words in drawings: none lies on another or leaves its drawing, whatever the figures are, on any screen."""

from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Page, expect

from comparisons.comparison import compare
from comparisons.views.comparison_page import build_comparison_page
from tests.browser.conftest import PROJECT
from tests.browser.generated_roles import GeneratedRole, make_current_role

pytestmark = pytest.mark.django_db

WIDTHS = (320, 390, 1280)
LONG = "First-line supervisor of transportation and material moving workers"
CASES = {
    "usual": [
        GeneratedRole("Nurse", 97_550),
        GeneratedRole("Developer", 135_980, first=2021, education=(0, 2, 7, 4, 52, 30, 4)),
    ],
    "long titles": [GeneratedRole(LONG, 60_000), GeneratedRole(f"{LONG} in aircraft cargo handling", 61_000)],
    "equal values": [GeneratedRole("Nurse"), GeneratedRole("Cook")],
    "four with equal values": [GeneratedRole(title) for title in ("Nurse", "Cook", "Baker", "Actor")],
    "four close together": [
        GeneratedRole(title, 60_000 + 400 * place, growth=5 + place / 10, rise=0.05 - place / 100)
        for place, title in enumerate(("Nurse", LONG, "Baker", "Actor"))
    ],
    "nothing at all": [
        GeneratedRole("Nurse", 0, 0, 0, 0, 0, (100, 0, 0, 0, 0, 0, 0), rise=0),
        GeneratedRole("Cook", 0, 0, 0, 0, 100, (0, 0, 0, 0, 0, 0, 100), rise=0),
    ],
    "very small and very large": [
        GeneratedRole("Nurse", 950, 10, -91.2, 1, 0.1, (99, 1, 0, 0, 0, 0, 0)),
        GeneratedRole("Cook", 560_000, 12_000_000, 310, 900_000, 99.9, (14, 14, 14, 14, 15, 15, 14), rise=-0.2),
    ],
    "shrinking": [GeneratedRole("Nurse", growth=-3, rise=-0.3), GeneratedRole("Cook", 61_000, growth=-30, rise=0.3)],
    "by the hour": [GeneratedRole("Nurse", 14.25, by_hour=True), GeneratedRole("Cook", 14.3, by_hour=True, first=2024)],
    "two numbers on an axis": [GeneratedRole("Nurse", 30_000), GeneratedRole("Cook", 80_000)],
    "new occupations": [GeneratedRole("Nurse", first=2024), GeneratedRole("Cook", 60_100, first=2024, rise=0)],
}
STAND_IN = """{% extends "comparison.html" %}{% block head %}{% endblock %}
{% block files %}<style>{{ style|safe }}</style>{% endblock %}{% block scripts %}{% endblock %}"""
# For each drawing that is seen: which words lie on other words, and which leave its cell to the left or to the right.
MEASURE = """() => {
  const faults = [], seen = (element) => element.checkVisibility({visibilityProperty: true});
  for (const drawing of [...document.querySelectorAll("svg.lane")].filter(seen)) {
    const place = drawing.closest("tbody, tfoot, figure") ?? drawing;
    const name = place.textContent.trim().slice(0, 30);
    const cell = drawing.parentElement.getBoundingClientRect();
    const texts = [...drawing.querySelectorAll("text")].filter(seen);
    texts.forEach((text, number) => {
      const box = text.getBoundingClientRect(), words = text.textContent;
      const beyond = Math.round(Math.max(cell.left - box.left, box.right - cell.right));
      if (beyond > 2) faults.push(`${name}: “${words}” leaves by ${beyond}`);
      for (const other of texts.slice(number + 1)) {
        const its = other.getBoundingClientRect();
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 0 && down > 3) faults.push(`${name}: “${words}” lies on “${other.textContent}”`);
      }
    });
  }
  return faults;
}"""


def render_comparison(extremes: list[GeneratedRole]) -> str:
    """The page of a comparison of these roles, with its style inside."""
    comparison = compare([make_current_role(number, extreme) for number, extreme in enumerate(extremes)])
    context: dict[str, Any] = build_comparison_page(comparison, parameters={})
    sheets = ["site.css", "many.css"] if len(extremes) > 2 else ["site.css"]
    context["style"] = "\n".join([(PROJECT / "static" / sheet).read_text() for sheet in sheets])
    context |= {"metadata": None, "request": RequestFactory().get("/")}
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # of this backend
    return str(environment.from_string(STAND_IN).render(context))


@pytest.mark.parametrize("case", CASES)
def test_no_words_of_a_drawing_lie_on_others_or_leave_it(page: Page, case: str) -> None:
    page.set_content(render_comparison(CASES[case]))
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    faults = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults[width] = page.evaluate(MEASURE)
    assert page.locator("svg.lane text").count() > 10
    assert faults == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("case", CASES)
def test_a_reader_with_twice_the_text_size_reads_every_drawing(page: Page, case: str) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.set_content(render_comparison(CASES[case]))
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(MEASURE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("case", CASES)
def test_no_page_is_wider_than_its_screen(page: Page, case: str) -> None:
    page.set_content(render_comparison(CASES[case]))
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("case", CASES)
def test_every_axis_shows_two_numbers_on_a_phone(page: Page, case: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.set_content(render_comparison(CASES[case]))
    numbers = page.locator("svg.ax").evaluate_all(
        """(axes) => axes.filter((axis) => axis.checkVisibility()).map((axis) => {
          const texts = [...axis.children];
          return [texts.length, texts.filter((text) => text.checkVisibility()).length];
        })"""
    )
    assert numbers
    for all_numbers, seen in numbers:
        assert seen >= min(all_numbers, 2)


def test_words_stay_readable_where_a_line_crosses_them(page: Page) -> None:
    page.set_content(render_comparison(CASES["shrinking"]))
    label = page.locator("svg.line text.a").first
    outline = label.evaluate(
        "(text) => { const {paintOrder, stroke} = getComputedStyle(text); return {paintOrder, stroke}; }"
    )
    assert outline == {
        "paintOrder": "stroke",
        "stroke": page.evaluate("getComputedStyle(document.body).backgroundColor"),
    }


@pytest.mark.parametrize("width", [390, 1280])
def test_a_short_answer_stands_on_one_line(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(render_comparison(CASES["usual"]))
    answer = page.locator("table.pairs .n [popovertarget]", has_text="Degree").first
    heights = answer.evaluate(
        """(button) => {
          const before = button.offsetHeight;
          button.textContent = "High school";
          return [before, button.offsetHeight];
        }"""
    )
    assert heights[0] == heights[1]


@pytest.mark.parametrize("width", WIDTHS)
def test_names_of_four_columns_break_between_words_alone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    titles = ("Registered nurse", "Restaurant cook", "Software developer", "Electrician")
    page.set_content(
        render_comparison([GeneratedRole(title, 60_000 + 400 * place) for place, title in enumerate(titles)])
    )
    names = page.locator(".weigh thead .n, .who a, .rungs thead .n")
    lines = """(names) => names.map((name) => {
      const words = document.createTreeWalker(name, NodeFilter.SHOW_TEXT), range = document.createRange();
      let broken = false;
      while (words.nextNode())
        for (const {0: word, index} of words.currentNode.data.matchAll(/\\S+/g)) {
          range.setStart(words.currentNode, index);
          range.setEnd(words.currentNode, index + word.length);
          broken ||= range.getClientRects().length > 1;
        }
      return broken ? name.textContent : "";
    })"""
    assert [name for name in names.evaluate_all(lines) if name] == []
    if width == 1280:
        heights = page.locator(".who a").evaluate_all("(links) => links.map((link) => link.offsetHeight)")
        assert len(set(heights)) == 1


def test_lines_across_drawings_go_on_beside_a_name_of_two_lines(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_content(render_comparison(CASES["four close together"]))
    gaps = page.locator(".pairs .ref").evaluate_all(
        """(lines) => lines.map((line) => {
          const below = line.closest("tr").nextElementSibling?.querySelector(".ref");
          return below ? below.getBoundingClientRect().top - line.getBoundingClientRect().bottom : 0;
        })"""
    )
    heights = page.locator(".pairs tr:has(.ref)").evaluate_all("(rows) => rows.map((row) => row.offsetHeight)")
    assert max(heights) > 2 * min(heights)
    assert max(gaps) <= 0


def test_lines_across_rungs_go_on_beside_a_label_of_two_lines(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_content(render_comparison(CASES["usual"]))
    page.locator("#pay .rungs tbody th").first.evaluate(
        "(label) => { label.innerHTML += '<small>of two lines</small>'; }"
    )
    missing = page.locator("#pay .rungs .gr").evaluate_all(
        """(lines) => lines.map((line) => {
          const cell = line.closest("td").getBoundingClientRect(), {top, bottom} = line.getBoundingClientRect();
          return Math.max(top - cell.top, cell.bottom - bottom);
        })"""
    )
    assert len(missing) > 4
    assert max(missing) <= 0
    expect(page.locator("#pay .rungs .g").last).to_have_css("overflow-y", "clip")


@pytest.mark.parametrize("names", [3, 4])
def test_on_a_tablet_all_names_of_a_table_stand_on_one_line(page: Page, names: int) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    titles = ("Nurse", "Cook", "Baker", "Actor")[:names]
    page.set_content(render_comparison([GeneratedRole(title, 60_000 + 400 * n) for n, title in enumerate(titles)]))
    tables = page.locator(".weigh, .words").all()
    assert len(tables) > 1
    for table in tables:
        tops = table.locator("thead .m").evaluate_all(
            "(names) => names.map((name) => name.getBoundingClientRect().top)"
        )
        assert len(tops) == names
        assert len(set(tops)) == 1


def test_marks_before_figures_of_a_stacked_table_begin_where_their_labels_do(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.set_content(render_comparison(CASES["usual"]))
    page.locator("#all details").evaluate("(details) => { details.open = true; }")
    row = page.locator("#all tbody tr:has(td)").first
    starts = """(row) => [row.querySelector("th"), row.querySelector("td")].map((cell) => {
      const mark = parseFloat(getComputedStyle(cell, "::before").left) || 0;
      return cell.getBoundingClientRect().left + mark;
    })"""
    label, mark = row.evaluate(starts)
    assert mark == label


def test_words_that_collide_or_leave_are_noticed(page: Page) -> None:
    """The tests above would notice them."""
    texts = ["0 12 Nurse", "4 14 Cook", "95 90 Baker"]
    written = ["<text x='{}' y='{}'>{}</text>".format(*text.split()) for text in texts]
    page.set_content(f"<td><svg class='lane' width='100' height='100'>{''.join(written)}</svg></td>")
    page.evaluate("document.body.style.width = '100px'")
    collision, leaving = page.evaluate(MEASURE)
    assert collision.endswith("“Nurse” lies on “Cook”")
    assert "“Baker” leaves by" in leaving
