"""The choice of a state in a browser, which the whole page follows, and the strip by state and the line over the years:
drawn for everyone at once, with Plotly's marks over them for those who ask."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from careers.areas import AREAS, is_territory
from tests.browser.changed_scripts import change
from tests.browser.conftest import Store
from tests.comparisons.official import find_slugs
from tests.comparisons.stored_states import load_table, make_median_row
from tests.comparisons.stored_years import load_years
from tests.ingest.price_tables import PRICE_FILE, PRICE_TABLE
from tests.ingest.state_tables import COOKS, NURSES, make_table

LIVE = re.compile(r"\blive\b")
STATES = [area for area in AREAS.values() if not is_territory(area)]
# All that the page shows, part by part.
SHOWN = """() => {
  document.querySelector("#place [role=status]").textContent = "";
  return [...document.querySelectorAll("main > *")].map((part) => part.innerText);
}"""
MIDDLES = """marks => marks.map((mark) => {
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})"""
# The path of all strokes of a lane moves from the top of each to that of the next, in thousandths of the width.
STROKES = """lanes => lanes.flatMap((lane) => {
  const box = lane.getBoundingClientRect();
  let x = 0;
  return [...lane.querySelector(".t path").getAttribute("d").matchAll(/m([0-9]+)/gi)].map(([, step]) => {
    x += Number(step);
    return [box.x + box.width * x / 1000, box.y + 30];
  });
})"""
# How many lines each word of some texts takes.
LINES_OF_WORDS = """texts => texts.flatMap((text) => [...text.firstChild.data.matchAll(/[^ ]+/g)].map((word) => {
  const range = new Range();
  range.setStart(text.firstChild, word.index);
  range.setEnd(text.firstChild, word.index + word[0].length);
  return new Set([...range.getClientRects()].map((box) => box.top)).size;
}))"""
# The ends of the label in pixels, once it is drawn.
FIND_LABEL = """() => {
    const box = document.querySelector("#strip .hoverlayer .hovertext")?.getBoundingClientRect();
    return box?.width && [box.left, box.right];
}"""
# What the mark of the first role says.
MARKED = "document.querySelector('#strip .js-plotly-plot').data.at(-1).hovertext[0]"


@pytest.fixture
def address(live_server: LiveServer, store_once: Store) -> str:
    """The address of a comparison of two occupations with figures of three years and of all states but one."""
    store_once("years and states", load_years_and_states)
    return f"{live_server.url}/compare/{'-vs-'.join(find_slugs(NURSES[0], COOKS[0]))}/"


def load_years_and_states() -> None:
    load_years({occupation: {2021: "40,000", 2024: "60,000", 2025: "64,000"} for occupation in (NURSES, COOKS)})
    rows = []
    for place, area in enumerate(STATES):
        key = (f"{area.fips}00000", area.name, "2", area.fips)
        rows.append(make_median_row(key, NURSES, f"{50_000 + 700 * (place * 11 % 51)}"))
        rows.append(make_median_row(key, COOKS, "**" if area.state == "AK" else f"{41_000 + 800 * (place * 7 % 51)}"))
    load_table(make_table(*rows), "state_M2025_dl.csv")
    load_table(PRICE_TABLE, PRICE_FILE)


def come_near(page: Page, selector: str) -> Locator:
    """An element of a page that is laid out whole, near enough to a reader for its script to be loaded."""
    expect(page.locator("main")).to_have_class("whole")
    element = page.locator(selector)
    element.scroll_into_view_if_needed()
    page.mouse.move(0, 0)  # the first sign of a reader, at which buttons appear
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.locator("#place button")).to_be_hidden()
    expect(page.locator("#strip")).to_have_attribute("tabindex", "0")
    return element


def choose(page: Page, state: str, *, adjusted: bool) -> None:
    """Chooses, and waits for the page of the choice. `state`: its name, "" for the whole country."""
    come_near(page, "#place select").select_option(state)
    page.locator("#place input[type=checkbox]").set_checked(adjusted)
    choice = "&".join(part for part in (f"where={state}" * bool(state), "prices=1" * adjusted) if part)
    page.wait_for_function("choice => location.search === choice", arg=f"?{choice}" * bool(choice))


def start(page: Page, selector: str) -> Locator:
    """Moves to a drawing by keyboard focus and waits for Plotly."""
    drawing = come_near(page, selector)
    drawing.focus()
    expect(drawing).to_have_class(LIVE)
    return drawing


# -- the choice of a state ----------------------------------------------------------------------------


PLACES = [("", True), ("California", False), ("California", True), ("Alabama", True), ("Alaska", False)]


@pytest.mark.parametrize(("state", "adjusted"), PLACES)
def test_all_parts_follow_the_chosen_state(page: Page, address: str, state: str, adjusted: bool) -> None:
    page.goto(address)
    choose(page, state, adjusted=adjusted)
    followed = page.evaluate(SHOWN)
    page.goto(page.url)
    come_near(page, "#strip")
    assert page.evaluate(SHOWN) == followed
    assert state != "California" or "in California" in followed[1]


def test_going_back_to_all_states_shows_the_first_page(page: Page, address: str) -> None:
    page.goto(address)
    come_near(page, "#strip")
    before = page.evaluate(SHOWN)
    choose(page, "California", adjusted=True)
    assert page.evaluate(SHOWN) != before
    choose(page, "", adjusted=False)
    assert page.evaluate(SHOWN) == before
    assert page.url == address


@pytest.mark.parametrize("width", [390, 320])
def test_no_word_is_broken_in_the_names_above_the_states(width: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.locator("details", has=page.locator("#states")).locator("summary").click()
    lines = page.locator("#states thead .m").evaluate_all(LINES_OF_WORDS)
    assert lines
    assert set(lines) == {1}


def test_another_state_keeps_the_readers_place_and_what_the_reader_did(page: Page, address: str) -> None:
    page.goto(f"{address}?pay=2")
    come_near(page, "#strip")
    page.locator("#stand input").fill("70000")
    folded = page.locator("details", has=page.locator("#states"))
    folded.locator("summary").click()
    box = come_near(page, "#place input[type=checkbox]")
    box.focus()
    top = box.evaluate("box => box.getBoundingClientRect().top")
    page.keyboard.press("Space")
    page.wait_for_url("**?pay=2&prices=1")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.getBoundingClientRect().top") == pytest.approx(top, abs=1)
    expect(folded).to_have_attribute("open", "")
    expect(page.locator("#stand input")).to_have_value("70000")
    expect(page.locator("#stand .out")).to_contain_text("$70,000")
    expect(page.locator("#role-a")).to_have_attribute("role", "combobox")


def test_a_page_that_cannot_be_fetched_is_asked_for_by_the_browser(page: Page, address: str) -> None:
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError('no answer'))")
    page.goto(address)
    come_near(page, "#place select").select_option("California")
    page.wait_for_url("**where=California**")
    expect(page.locator(".hero")).to_contain_text("in California")


def test_without_script_the_form_sends_the_choice(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 412, "height": 915}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("#place select").select_option("California")
    page.locator("#place button").click()
    expect(page.locator("#strip .q")).to_contain_text("California")
    assert page.url.endswith("?where=California#where")
    context.close()


def test_a_page_of_one_state_follows_to_another(page: Page, address: str) -> None:
    page.goto(f"{address}?where=CA")
    choose(page, "Alabama", adjusted=False)
    expect(page.locator(".hero")).to_contain_text("in Alabama")


def test_a_choice_that_is_made_before_the_script_is_there_counts(page: Page, address: str) -> None:
    requests: list[Route] = []
    page.route("**/comparison*.js", lambda route: requests.append(route))
    page.goto(address)
    with page.expect_request("**/comparison*.js"):
        page.locator("#place select").scroll_into_view_if_needed()
    page.locator("#place select").select_option("California")
    requests[0].continue_()
    expect(page.locator("#strip .q")).to_contain_text("California")


def test_a_choice_is_announced_to_screen_readers(page: Page, address: str) -> None:
    page.goto(address)
    choose(page, "Alaska", adjusted=False)
    expect(page.locator("#place [role=status]")).to_have_text(
        re.compile(r"^Alaska: Registered nurses \$[\d,]+, Cooks, restaurant not published$")
    )


# -- Plotly's marks -----------------------------------------------------------------------------------


def test_drawings_are_there_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 412, "height": 915}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#strip .lane").first).to_be_visible()
    expect(page.locator("figure .lane polyline").first).to_be_visible()
    context.close()


def test_nothing_of_plotly_is_loaded_before_a_reader_asks(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    choose(page, "California", adjusted=False)
    assert not [address for address in asked if "plotly" in address or "figures/" in address or "charts" in address]


def test_a_drawing_answers_when_it_is_pointed_at(page: Page, address: str) -> None:
    page.goto(address)
    come_near(page, "#strip")
    page.locator("#strip .lane").first.hover()
    expect(page.locator("#strip")).to_have_class(LIVE)
    expect(page.locator("figure[data-figure]")).not_to_have_class(LIVE)


def test_the_line_on_the_page_of_a_role_answers_too(page: Page, address: str) -> None:
    page.goto(f"{address.partition('/compare')[0]}/roles/{find_slugs(NURSES[0])[0]}/")
    line = page.locator("figure[data-figure]")
    line.scroll_into_view_if_needed()
    expect(line).to_have_attribute("tabindex", "0")
    line.focus()
    expect(line).to_have_class(LIVE)
    page.keyboard.press("ArrowRight")
    expect(line.locator("> [aria-live]")).to_have_text("Registered nurses, 2021: $40,000")


def test_a_drawing_answers_when_it_is_tapped(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    come_near(page, "figure .lane").tap()
    expect(page.locator("figure[data-figure]")).to_have_class(LIVE)
    context.close()


def measure_middles_of_plotly(strip: Locator) -> list[list[float]]:
    """Where the middle of each mark is, from the left to the right."""
    middles: list[list[float]] = strip.locator(".scatterlayer path.point").evaluate_all(MIDDLES)
    return sorted(middles)


def measure_middles_of_drawing(strip: Locator) -> list[list[float]]:
    """The same of the strokes and marks below them."""
    strokes: list[list[float]] = strip.locator(".lane:not(.ax)").evaluate_all(STROKES)
    marks: list[list[float]] = strip.locator(".lane > use").evaluate_all(MIDDLES)
    return sorted([*strokes, *marks])


@pytest.mark.parametrize("width", [320, 1280])
def test_plotlys_marks_stand_where_those_of_the_drawing_stand(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    strip = start(page, "#strip")
    drawn, live = measure_middles_of_drawing(strip), measure_middles_of_plotly(strip)
    assert len(drawn) == len(live) == 51 + 50 + 2
    assert max(abs(one[0] - other[0]) for one, other in zip(drawn, live, strict=True)) < 1.5


def test_plotlys_marks_follow_the_state(page: Page, address: str) -> None:
    page.goto(address)
    start(page, "#strip")
    choose(page, "California", adjusted=False)
    strip = start(page, "#strip")
    page.wait_for_function(f"() => {MARKED}.startsWith('California')")
    drawn, live = measure_middles_of_drawing(strip), measure_middles_of_plotly(strip)
    assert max(abs(one[0] - other[0]) for one, other in zip(drawn, live, strict=True)) < 1.5


def test_arrow_keys_name_one_state_after_the_other(page: Page, address: str) -> None:
    page.goto(address)
    strip = start(page, "#strip")
    announced = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        announced.append(strip.locator("> [aria-live]").text_content())
    page.keyboard.press("ArrowLeft")
    expect(strip.locator("> [aria-live]")).to_have_text(announced[1] or "")
    assert announced[0] == "Alabama: $50,000"
    assert len(set(announced)) == 3


def test_a_label_is_inside_the_page_on_the_smallest_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    start(page, "#strip")
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        left, right = page.wait_for_function(FIND_LABEL).json_value()  # Plotly draws it anew after each key
        assert left >= 0
        assert right <= 320


def test_nothing_on_the_page_moves_when_plotly_takes_over(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    come_near(page, "#strip")
    tops = "[...document.querySelectorAll('h2, h3, tr, p:not(.vh, .options p)')].map((each) => each.offsetTop)"
    before = page.evaluate(tops)
    start(page, "#strip")
    start(page, "figure[data-figure]")
    assert page.evaluate(tops) == before


def test_the_drawing_stays_when_plotly_cannot_be_had(context: BrowserContext, address: str) -> None:
    page = context.new_page()

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/plotly-basic*", refuse)
    page.goto(address)
    with page.expect_event("requestfailed"):
        come_near(page, "#strip").focus()
    expect(page.locator("#strip")).not_to_have_class(LIVE)
    expect(page.locator("#strip .lane").first).to_be_visible()


@pytest.mark.parametrize("pattern", ["**/charts*.js", "**/plotly-basic*.js"])
def test_the_drawing_stays_when_a_script_was_changed_on_its_way(
    context: BrowserContext, address: str, pattern: str
) -> None:
    page = context.new_page()
    change(page, pattern)
    page.goto(address)
    with page.expect_event("console", lambda message: "integrity" in message.text):
        come_near(page, "#strip").focus()
    expect(page.locator("html")).not_to_have_attribute("data-changed", "yes")
    expect(page.locator("#strip")).not_to_have_class(LIVE)
    expect(page.locator("#strip .lane").first).to_be_visible()


def test_marks_have_the_readers_colors_and_follow_when_these_change(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    strip = start(page, "#strip")
    live = strip.locator(".scatterlayer path.point").first
    colors = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        color = strip.locator(".lane").first.evaluate("lane => getComputedStyle(lane).color")
        expect(live).to_have_css("stroke", color)
        colors.append(color)
    assert colors[0] == "rgb(0, 114, 178)"
    assert colors[1] != colors[0]


def test_a_finger_on_a_drawing_that_answers_still_scrolls_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    come_near(page, "figure .lane").tap()
    expect(page.locator("figure[data-figure]")).to_have_class(LIVE)
    box: Any = page.locator("figure .over").bounding_box()
    before = page.evaluate("scrollY")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 16):
        moved = [{"x": x, "y": y - 10 * step}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
        page.evaluate("new Promise(requestAnimationFrame)")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("before => scrollY > before + 100", arg=before)
    context.close()


def test_paper_has_the_drawing_also_after_plotly_took_over(page: Page, address: str) -> None:
    page.goto(address)
    strip = start(page, "#strip")
    page.emulate_media(media="print")
    expect(strip.locator(".js-plotly-plot").first).to_be_hidden()
    expect(strip.locator(".lane .t").first).to_have_css("opacity", "1")
