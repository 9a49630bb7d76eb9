"""Lists and points in a browser: the tray that stays, points named and chosen by pointer, finger and keyboard."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.barriers import find_barriers
from tests.browser.opened_details import open_everything

ADDRESSES = ("/roles/?sort=-pay", "/roles/?pay_from=much", "/explore/", "/explore/?pay_from=50000")
PAIR = "/compare/lead-technician-vs-software-support-technician/"
POINTS = ".canvas .point"


@pytest.mark.parametrize("width", [320, 390])
def test_lists_and_points_fit_on_a_phone(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in ADDRESSES:
        page.goto(site + address)
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_and_points_are_accessible(context: BrowserContext, site: str, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words it knows
    for address in ADDRESSES:
        page.goto(site + address)
        open_everything(page)
        if "explore" in address:
            expect(page.locator(".plot")).to_have_attribute("role", "application")
            page.locator(".plot").press("ArrowRight")
        else:
            page.get_by_label("Compare Lead technician").check()
        assert find_barriers(page) == [], address


def test_the_tray_survives_leaving_the_page_and_holds_four_at_most(page: Page, site: str) -> None:
    page.goto(f"{site}/roles/")
    page.get_by_label("Compare Lead technician").check()
    page.goto(f"{site}/")
    page.goto(f"{site}/roles/?sort=-pay")
    expect(page.get_by_label("Compare Lead technician")).to_be_checked()
    for title in ("Software support technician", "Program support technician", "Customer support technician"):
        page.get_by_label(f"Compare {title}").check()
    fifth = page.get_by_label("Compare Professional technician")
    fifth.click()
    expect(page.locator(".told")).to_have_text(
        "Up to 4 roles can be read side by side. Take one out to add Professional technician."
    )
    expect(fifth).not_to_be_checked()
    for title in ("Program support technician", "Customer support technician"):
        page.get_by_role("button", name=f"Take out {title}").click()
    page.get_by_role("button", name="Compare these").click()
    page.wait_for_url(site + PAIR)


def test_the_tray_names_roles_as_the_comparison_will(page: Page, site: str) -> None:
    """By their short names, with the marker and the color of their place."""
    page.goto(f"{site}/roles/")
    cell = page.get_by_role("row", name="Lead technician").locator("th")
    cell.evaluate("cell => cell.insertAdjacentHTML('beforeend', '<small>The official title</small>')")
    for title in ("Lead technician", "Professional technician"):
        page.get_by_label(f"Compare {title}").check()
    chips = page.locator(".chosen button")
    expect(chips).to_have_text(["Lead technician", "Professional technician"])
    expect(chips.nth(1)).to_have_class("b m")


def test_two_points_are_chosen_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/explore/")
    plot = page.locator(".plot")
    expect(plot).to_have_attribute("tabindex", "0")
    plot.focus()
    page.keyboard.press("End")
    expect(plot.get_by_role("status")).to_have_text("Lead technician: $90,615 a year, 250,590 jobs. 6 of 6 by jobs.")
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_have_text("Lead technician is chosen. Choose another one to compare it with.")
    page.keyboard.press("ArrowLeft")
    second = page.locator(".readout").inner_text().split(":")[0]
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Compare {second}", exact=True)).to_be_checked()
    page.get_by_role("button", name="Compare these").click()
    page.wait_for_url("**/compare/lead-technician-vs-*/")


def test_pointing_at_a_point_names_it_and_a_click_chooses_it(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 900}, has_touch=False)
    page = context.new_page()
    page.goto(f"{site}/explore/")
    assert not page.evaluate("'Plotly' in window")  # nothing is loaded before somebody touches the points
    page.locator(".plot").hover()
    expect(page.locator(POINTS)).to_have_count(6)
    page.locator(POINTS).first.hover(force=True)
    expect(page.locator(".readout")).to_be_visible()
    title = page.locator(".readout span").inner_text().split(":")[0]
    expect(page.locator(".hoverlayer")).to_contain_text(title)
    page.locator(POINTS).first.click(force=True)
    expect(page.get_by_role("button", name=f"Take out {title}")).to_be_visible()
    context.close()


def test_a_tap_names_a_point_and_its_line_offers_to_choose_it(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/explore/")
    page.locator(".drawing circle").first.tap(force=True)
    expect(page.locator(POINTS)).to_have_count(6)
    expect(page.locator(".readout")).to_contain_text("a year")
    page.get_by_role("button", name="Choose it to compare").tap()
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    context.close()


def test_points_stay_as_large_and_below_their_names_when_they_answer(page: Page, site: str) -> None:
    page.goto(f"{site}/explore/?pay_from=50000")
    page.locator(".plot").focus()
    expect(page.locator("figure.scatter")).to_have_class("scatter is-live")
    widths = "marks => marks.map((mark) => Math.round(mark.getBoundingClientRect().width))"
    drawn = page.locator(".drawing .points.a circle").evaluate_all(widths)
    live = page.locator(".canvas .trace").last.locator(".point").evaluate_all(widths)
    assert drawn[0] == 7
    assert {abs(width - drawn[0]) for width in live} <= {0, 1}  # with their edges
    in_front = """() => {
      const [marks, names] = [document.querySelector(".canvas .main-svg"), document.querySelector(".canvas .names")];
      return Boolean(marks.compareDocumentPosition(names) & Node.DOCUMENT_POSITION_FOLLOWING);
    }"""
    assert page.evaluate(in_front)


def test_without_script_the_points_and_their_table_stand_there(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/explore/?pay_from=50000")
    assert plain_page.locator(".points.a circle").count() == 4
    assert plain_page.locator(".points.soft circle").count() == 2
    assert plain_page.locator("tbody tr").count() == 4
    plain_page.get_by_label("Compare Lead technician").check()
    plain_page.get_by_label("Compare Software support technician").check()
    plain_page.get_by_role("button", name="Compare", exact=True).click()
    assert plain_page.url == site + PAIR


def test_filters_work_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/roles/?sort=-jobs")
    plain_page.get_by_text("More to narrow it down").click()
    plain_page.get_by_label("Average pay a year from").fill("$60,000")
    plain_page.get_by_role("button", name="Show").click()
    assert "sort=-jobs" in plain_page.url
    assert plain_page.locator("tbody tr").count() == 4
    plain_page.get_by_role("link", name="Show all again").click()
    assert plain_page.locator("tbody tr").count() == 6
