"""What only a browser can tell of the pages: their width on a phone, life without script, keyboard, accessibility."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from careers.models import Role

PAIR = "/compare/lead-technician-vs-software-support-technician/"
FOUR = "/compare/lead-technician-vs-software-technician-vs-program-support-technician-vs-customer-support-technician/"
LONG = "Electrical, Electronic, and Electromechanical Assemblers, Except Coil Winders, Tapers, and Finishers"
PAGES = (
    "/",
    "/roles/",
    "/roles/customer-support-technician/",
    "/roles/software-technician/",
    PAIR,
    FOUR,
    "/compare/?role=lead&role=so",
    "/about/",
    "/api/",
)


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_on_a_phone(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in PAGES:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} with everything open"


def test_two_typed_titles_are_compared_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site)
    plain_page.get_by_label("One job").fill("lead technician")
    plain_page.get_by_label("The other").fill("Software Support TECHNICIAN")
    plain_page.get_by_role("button", name="Compare").click()
    assert plain_page.url == site + PAIR
    assert plain_page.locator("#chart-pay .plot > svg").is_visible()


def test_an_unclear_title_is_cleared_up_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/compare/?role=lead+technician&role=software")
    assert plain_page.url.startswith(f"{site}/compare/lead-technician-vs-software-")
    plain_page.locator(".meant li").last.get_by_role("link", name="Software Support Technician").click()
    assert plain_page.url.startswith(site + PAIR)


def test_ticked_roles_are_compared_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/roles/")
    plain_page.get_by_label("Compare Lead Technician").check()
    plain_page.get_by_label("Compare Software Support Technician").check()
    plain_page.get_by_role("button", name="Compare", exact=True).click()
    assert plain_page.url == site + PAIR


def test_a_side_is_replaced_swapped_and_added_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site + PAIR)
    plain_page.get_by_label("Replace Software Support Technician").fill("professional technician")
    plain_page.get_by_role("button", name="Compare").click()
    plain_page.get_by_role("link", name="Swap").click()
    assert plain_page.url == f"{site}/compare/professional-technician-vs-lead-technician/"
    plain_page.get_by_text("Add", exact=True).click()
    plain_page.get_by_label("One more role").fill("software technician")
    plain_page.get_by_role("button", name="Compare").click()
    assert plain_page.url == f"{site}/compare/professional-technician-vs-lead-technician-vs-software-technician/"
    plain_page.get_by_role("link", name="Remove Lead Technician").click()
    assert plain_page.url == f"{site}/compare/professional-technician-vs-software-technician/"


def test_a_value_opens_its_origin_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site + PAIR)
    cell = plain_page.locator("#salary-annual-average td").first
    assert not cell.get_by_text("“$90,615”, line 10").is_visible()
    cell.get_by_text("$90,615", exact=True).click()
    assert cell.get_by_text("“$90,615”, line 10").is_visible()


def test_two_roles_are_picked_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)
    first, second = page.get_by_label("One job"), page.get_by_label("The other")
    for _ in range(12):  # past the skip link, the name of the site and the few links beside it
        page.keyboard.press("Tab")
        if first.evaluate("each => each === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.type("lea")
    expect(page.get_by_role("option", name="Lead Technician")).to_be_visible()
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-activedescendant", "first-list-0")
    page.keyboard.press("Enter")
    expect(first).to_have_value("Lead Technician")
    expect(second).to_be_focused()
    page.keyboard.type("software")
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    wanted = page.get_by_role("option", name="Software Support Technician")
    for _ in range(2):
        if wanted.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowUp")
    expect(wanted).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(site + PAIR)


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page, site: str) -> None:
    page.goto(site)
    first = page.get_by_label("One job")
    first.press_sequentially("tech")
    expect(page.get_by_role("listbox")).to_be_visible()
    first.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(first).to_have_value("tech")
    expect(first).to_have_attribute("aria-expanded", "false")


def test_a_mistyped_title_shows_what_is_near_and_a_hopeless_one_shows_that_nothing_is(page: Page, site: str) -> None:
    page.goto(site)
    first = page.get_by_label("One job")
    box = page.locator(".picker.a .options")
    first.press_sequentially("zz technician")
    expect(box.get_by_text("No role is called this. Near:")).to_be_visible()
    expect(page.get_by_role("option").first).to_contain_text("Technician")
    expect(first).to_have_attribute("aria-expanded", "true")
    first.fill("zzzz")
    expect(box.get_by_text("No role is called this", exact=True)).to_be_visible()
    expect(first).to_have_attribute("aria-expanded", "false")
    first.press("Escape")
    expect(box).to_be_hidden()
    first.fill("lead")
    expect(page.get_by_role("option", name="Lead Technician")).to_be_visible()
    expect(box.locator("p")).to_be_hidden()


def test_a_suggestion_that_is_tapped_replaces_its_side_at_once(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    page.get_by_label("Replace Lead Technician").click()
    page.keyboard.type("prof")  # over the title that stood there
    page.get_by_role("option", name="Professional Technician").click()
    page.wait_for_url(f"{site}/compare/professional-technician-vs-software-support-technician/")


def test_a_link_to_a_folded_row_opens_it(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    row = page.locator("#entry-time")
    assert not row.is_visible()
    page.get_by_role("link", name="Time to enter: the figures").click()
    expect(row).to_be_visible()
    expect(row).to_be_in_viewport()


def test_the_pair_stays_in_view_while_scrolling(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site + PAIR)
    page.evaluate("scrollTo(0, 2500)")
    expect(page.get_by_label("Replace Lead Technician")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pickers_of_four_roles_show_their_names_whole(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + FOUR)
    page.evaluate("scrollTo(0, 2500)")
    names = page.locator(".pair .name")
    assert names.count() == 4
    for index in range(4):
        expect(names.nth(index)).to_be_in_viewport(ratio=1)
    cut = "names => names.map(each => each.scrollHeight - each.clientHeight + each.scrollWidth - each.clientWidth)"
    assert names.evaluate_all(cut) == [0] * 4


@pytest.mark.parametrize(("width", "height"), [(320, 600), (560, 600), (1280, 720), (320, 180)])
@pytest.mark.parametrize("address", [PAIR, FOUR])
def test_nothing_that_has_the_focus_is_hidden_beneath_long_names(
    page: Page, site: str, address: str, width: int, height: int
) -> None:
    for role in Role.objects.all():
        Role.objects.filter(pk=role.pk).update(title=f"{LONG} {role.pk}")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site + address)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    hidden = """() => {
        const focused = document.activeElement, bar = document.querySelector('.pair')
        return document.querySelector('main').contains(focused) && !bar.contains(focused)
            && getComputedStyle(bar).position === 'sticky' && bar.getBoundingClientRect().top <= 0
            && focused.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom
            ? focused.outerHTML : ''
    }"""
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(hidden) == ""
    page.locator(".short a").first.click()
    target = page.locator(page.locator(".short a").first.get_attribute("href") or "")
    expect(target).to_be_in_viewport()
    covered = "row => Math.max(0, document.querySelector('.pair').getBoundingClientRect().bottom)"
    if height > 480:  # else the names scroll away with the page
        assert target.evaluate(f"row => row.getBoundingClientRect().top >= ({covered})(row)")


def test_a_name_that_is_too_long_ends_with_a_whole_line(page: Page, site: str) -> None:
    for role in Role.objects.all():
        Role.objects.filter(pk=role.pk).update(title=f"{LONG} {role.pk}")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site + FOUR)
    names = page.locator(".pair .name")
    lines = names.evaluate_all(
        "names => names.map(each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight))"
    )
    assert [round(each, 1) for each in lines] == [5.0] * 4


def test_a_name_gives_way_to_what_is_typed_and_comes_back_with_escape(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    name = page.locator(".picker.a .name")
    picker = page.get_by_label("Replace Lead Technician")
    expect(name).to_be_visible()
    picker.click()
    expect(name).to_be_hidden()
    page.keyboard.type("prof")
    expect(page.get_by_role("option", name="Professional Technician")).to_be_visible()
    page.keyboard.press("Escape")
    expect(picker).to_have_value("prof")
    page.keyboard.press("Escape")
    expect(picker).to_have_value("Lead Technician")


def test_arrow_down_asks_for_roles_like_the_one_that_stands_there(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    picker = page.get_by_label("Replace Software Support Technician")
    picker.focus()
    picker.press("ArrowDown")
    expect(page.get_by_role("option", name="Software Support Technician")).to_be_visible()
    expect(picker).to_have_attribute("aria-expanded", "true")


def test_a_third_and_a_fourth_role_are_added_and_removed_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    for typed, slug in (("program", "program-support-technician"), ("customer", "customer-support-technician")):
        page.get_by_text("Add", exact=True).press("Enter")
        page.get_by_label("One more role").press_sequentially(typed)
        expect(page.get_by_role("option")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**-vs-{slug}/")
    assert not page.get_by_text("Add", exact=True).count()
    page.get_by_role("link", name="Remove Software Support Technician").press("Enter")
    page.wait_for_url(f"{site}/compare/lead-technician-vs-program-support-technician-vs-customer-support-technician/")


def test_suggestions_for_the_right_hand_picker_stay_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site + FOUR)
    page.get_by_label("Replace Software Technician").click()
    page.keyboard.type("tech")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_typed_name_is_seen_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site + PAIR)
    plain_page.get_by_label("Replace Lead Technician").click()
    plain_page.keyboard.press("Control+A")
    plain_page.keyboard.type("program support technician")
    plain_page.get_by_label("Replace Software Support Technician").focus()
    assert not plain_page.locator(".picker.a .name").is_visible()
    plain_page.get_by_role("button", name="Compare").click()
    assert plain_page.url == f"{site}/compare/program-support-technician-vs-software-support-technician/"


def test_everything_that_is_touched_is_24_pixels_or_stands_in_a_text(page: Page, site: str) -> None:
    touched = "button, input, select, summary, .acts a, nav a, .remove, .short a, th a"
    small = """touched => [...document.querySelectorAll(touched)]
        .filter(each => each.checkVisibility())
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"""
    for address in PAGES:
        page.goto(site + address)
        assert page.evaluate(small, touched) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_in_light_and_dark(context: BrowserContext, site: str, scheme: str) -> None:
    page = context.new_page()  # axe writes to the console, so this is no tab that fails on that
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words it knows
    for address in (*PAGES, "/compare/", "/roles/nobody/"):
        page.goto(site + address)
        open_everything(page)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


def test_suggestions_on_show_are_accessible(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(site)
    page.get_by_label("One job").press_sequentially("soft")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_paper_shows_neither_forms_nor_navigation(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Compare").is_visible()
    assert page.get_by_text(site + PAIR).is_visible()


def test_a_pair_fits_on_two_sheets_of_paper(page: Page, site: str) -> None:
    page.goto(f"{site}/compare/program-support-technician-vs-customer-support-technician/")
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    assert sheets == 2
