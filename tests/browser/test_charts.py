"""Charts in a browser: a drawing for everyone at once, Plotly's over it for those who ask, each mark where it was."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

PAIR = "compare/lead-technician-vs-software-support-technician/"
WITH_SHARES = "compare/program-support-technician-vs-customer-support-technician/"
FOUR = "compare/program-support-technician-vs-lead-technician-vs-software-technician-vs-customer-support-technician/"
LIVE = re.compile(r"\bis-live\b")


def chart(page: Page, slug: str) -> Locator:
    return page.locator(f"#chart-{slug}")


def start(page: Page, slug: str) -> Locator:
    """Moves to a chart by keyboard focus and waits for Plotly."""
    found = chart(page, slug)
    found.locator(".plot").focus()
    expect(found).to_have_class(LIVE)
    return found


def places(marks: Locator) -> list[tuple[str, float, float]]:
    """What each mark says, "" for one without words, and where its middle is."""
    found = []
    for mark in marks.all():
        box = mark.bounding_box()
        assert box
        found.append((mark.text_content() or "", box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    return sorted(found)


def apart(one: Locator, other: Locator) -> float:
    """How far the marks of one drawing are from those of the other at most, in pixels; as many must be in both."""
    pairs = zip(places(one), places(other), strict=True)
    found = (max(abs(x - x2), abs(y - y2)) for (words, x, y), (words2, x2, y2) in pairs if words == words2)
    return max(found, default=0)


def stands_over_its_drawing(found: Locator) -> bool:
    """Whether Plotly's marks are where the drawing has them, its words almost: it leaves them a little more room."""
    drawing, canvas = found.locator(".drawing"), found.locator(".canvas")
    dots = apart(drawing.locator("svg path"), canvas.locator(".scatterlayer path.point"))
    bars = apart(drawing.locator("rect"), canvas.locator(".barlayer path"))
    words = apart(drawing.locator("g:not(.soft[text-anchor]) > text"), canvas.locator("text.annotation-text"))
    return dots < 1.5 and bars < 1.5 and words < 6


def test_charts_are_there_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 412, "height": 915}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{PAIR}")

    expect(chart(page, "pay").locator("svg.drawing")).to_be_visible()
    expect(chart(page, "pay").get_by_text("average $90,615")).to_be_visible()
    expect(chart(page, "jobs").get_by_text("250,590").first).to_be_visible()
    expect(page.get_by_role("button", name="Interactive view")).to_have_count(0)
    context.close()


def test_nothing_of_plotly_is_loaded_before_a_reader_asks(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{PAIR}", wait_until="networkidle")

    assert not [address for address in asked if "plotly" in address or "figures/" in address]


def test_a_chart_becomes_plotlys_when_it_is_moved_to_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/{PAIR}")

    assert start(page, "pay").locator(".canvas .main-svg").count() > 0
    expect(chart(page, "jobs")).not_to_have_class(LIVE)


def test_a_chart_becomes_plotlys_when_it_is_pointed_at(page: Page, site: str) -> None:
    page.goto(f"{site}/{PAIR}")
    chart(page, "jobs").locator(".plot").hover()

    expect(chart(page, "jobs")).to_have_class(LIVE)


def test_a_chart_becomes_plotlys_when_it_is_tapped(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/{PAIR}")
    chart(page, "pay").locator(".plot").tap()

    expect(chart(page, "pay")).to_have_class(LIVE)
    context.close()


def test_a_chart_becomes_plotlys_when_the_interactive_view_is_asked_for(page: Page, site: str) -> None:
    page.goto(f"{site}/{PAIR}")
    chart(page, "pay").get_by_role("button", name="Interactive view").click()

    expect(chart(page, "pay")).to_have_class(LIVE)
    expect(chart(page, "pay").locator(".plot")).to_be_focused()
    expect(chart(page, "pay").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 412, 1280])
def test_plotlys_marks_stand_where_the_drawings_stood(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{PAIR}")
    page.locator("details.people > summary").click()

    assert stands_over_its_drawing(start(page, "pay"))
    assert stands_over_its_drawing(start(page, "demographics"))


@pytest.mark.parametrize("address", [PAIR, WITH_SHARES, FOUR])
def test_plotly_builds_the_bridge_of_skills_where_the_drawing_has_it(page: Page, site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{site}/{address}")
    found = start(page, "skills")
    outside = found.locator(".canvas text.annotation-text").evaluate_all(
        "texts => texts.filter(text => { const box = text.getBoundingClientRect();"
        " return box.left < 0 || box.right > innerWidth - 15; }).map(text => text.textContent)"
    )

    assert stands_over_its_drawing(found)
    assert outside == []


def test_marks_that_are_displaced_are_noticed(page: Page, site: str) -> None:
    """Without its rules Plotly draws on and says nothing; the check above must tell."""
    page.route("**/plotly.*css", lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto(f"{site}/{PAIR}")

    assert not stands_over_its_drawing(start(page, "pay"))


def test_arrow_keys_name_one_mark_after_the_other(page: Page, site: str) -> None:
    page.goto(f"{site}/{PAIR}")
    found = start(page, "pay")

    for expected in ("Lead Technician, $67,000 to $121,000", "Where the ranges overlap, $67,000 to $113,000"):
        page.keyboard.press("ArrowRight")
        expect(found.locator("[aria-live]")).to_have_text(expected)
    page.keyboard.press("ArrowLeft")
    expect(found.locator("[aria-live]")).to_have_text("Lead Technician, $67,000 to $121,000")


def test_a_finger_on_a_chart_that_is_live_still_scrolls_the_page(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/{PAIR}")
    chart(page, "pay").locator(".plot").tap()
    expect(chart(page, "pay")).to_have_class(LIVE)
    box = chart(page, "pay").locator(".plot").bounding_box()
    assert box
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


def test_a_hover_label_is_readable_and_inside_its_chart(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/{WITH_SHARES}")
    found = start(page, "pay")
    page.keyboard.press("ArrowRight")
    label = found.locator(".hoverlayer .hovertext")
    expect(label).to_contain_text("Program Support Technician")
    inside, outside = label.bounding_box(), found.locator(".plot").bounding_box()

    assert inside
    assert outside
    assert inside["x"] >= outside["x"] - 2
    assert inside["x"] + inside["width"] <= outside["x"] + outside["width"] + 2
    assert found.locator(".modebar").count() == 0


def test_nothing_on_the_page_moves_when_plotly_takes_over(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/{PAIR}")
    tops = (
        "[...document.querySelectorAll('main *')]"
        ".filter(each => !each.closest('.plot, .interactive, .pair')).map(each => each.offsetTop)"
    )
    before = page.evaluate(tops)
    start(page, "pay")
    start(page, "jobs")

    assert page.evaluate(tops) == before


def test_the_drawing_stays_when_plotly_cannot_be_had(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.abort()

    page.route("**/plotly-basic*", refuse)
    page.goto(f"{site}/{PAIR}")
    with page.expect_event("requestfailed"):
        chart(page, "pay").locator(".plot").focus()

    assert refused
    expect(chart(page, "pay")).not_to_have_class(LIVE)
    expect(chart(page, "pay").locator(".canvas")).to_have_count(0)
    expect(chart(page, "pay").get_by_text("average $90,615")).to_be_visible()


def test_both_drawings_have_the_readers_colours_and_follow_when_these_change(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}/{PAIR}")
    found = start(page, "pay")
    drawn, live = found.locator(".drawing g.a path").first, found.locator(".canvas .scatterlayer path.point").first
    colours = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colour = drawn.evaluate("mark => getComputedStyle(mark).color")
        expect(live).to_have_css("fill", colour)
        colours.append(colour)

    assert colours[0] == "rgb(0, 114, 178)"
    assert colours[1] != colours[0]


@pytest.mark.parametrize("address", [PAIR, WITH_SHARES, FOUR])
def test_words_of_a_chart_fit_the_smallest_phone_and_are_large_enough(page: Page, site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/{address}")
    page.locator("details.people > summary").click()
    measured = page.evaluate(
        "[...document.querySelectorAll('.drawing text')].map(text => {"
        " const box = text.getBoundingClientRect();"
        " return [text.textContent, box.left, box.right, parseFloat(getComputedStyle(text).fontSize)]; })"
    )

    assert len(measured) > 30
    assert [words for words, left, right, _ in measured if left < 0 or right > 320] == []
    assert min(size for *_, size in measured) >= 11


def test_four_roles_with_every_fold_open_are_no_wider_than_the_smallest_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/{FOUR}")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_has_the_drawing_also_after_plotly_took_over(page: Page, site: str) -> None:
    page.goto(f"{site}/{PAIR}")
    found = start(page, "pay")
    page.emulate_media(media="print")

    expect(found.locator(".canvas")).to_be_hidden()
    expect(found.locator(".drawing")).to_have_css("opacity", "1")
