"""What only a browser can tell of the pages: their width on a phone, life without script, keyboard, accessibility."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from careers.models import Role
from tests.browser.barriers import find_barriers
from tests.browser.opened_details import open_everything

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


@pytest.mark.parametrize("address", [PAIR, FOUR])
def test_all_sections_are_laid_out_with_and_without_script(
    page: Page, plain_page: Page, site: str, address: str
) -> None:
    for either in (page, plain_page):
        either.goto(site + address)
        for section in either.locator("main > section").all():
            expect(section).to_have_css("content-visibility", "visible")


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_on_a_phone(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in PAGES:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} with everything open"


@pytest.mark.parametrize("spacing", ["0", "0.12em"])
def test_a_long_word_of_the_last_role_does_not_leave_the_phone(page: Page, site: str, spacing: str) -> None:
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(site + PAIR)
        page.locator("main").evaluate("(main, spacing) => { main.style.letterSpacing = spacing; }", spacing)
        words = page.locator("#entry .words tbody tr").first.locator("[popovertarget]").last
        words.evaluate("(button) => { button.textContent = 'Internship/residency'; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_page_scrolls_sideways_where_a_reader_has_twice_the_text_size(page: Page, site: str) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for address in PAGES:
            page.goto(site + address)
            open_everything(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, address)


def test_names_in_view_have_no_border_where_a_reader_chooses_the_colors(page: Page, site: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(site + PAIR)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    expect(page.locator(".bar .who a").first).to_have_css("border-bottom-color", background)


def test_colors_that_say_something_are_seen_where_a_reader_chooses_the_colors(page: Page, site: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/roles/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button = page.get_by_role("button", name="Find", exact=True)
    expect(button).not_to_have_css("border-top-width", "0px")
    expect(button).not_to_have_css("border-top-color", background)
    field = page.get_by_label("Find a role")
    field.press_sequentially("lead")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_css("outline-style", "solid")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways_where_it_is_translated_into_a_language_from_right_to_left(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        page.goto(site + address)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_words_of_drawings_stay_in_place_where_a_page_is_translated(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    left = """(texts) => texts.map((text) => {
      return text.getBoundingClientRect().left - text.closest("svg").getBoundingClientRect().left;
    })"""
    texts = page.locator("main svg text")
    before = texts.evaluate_all(left)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert before
    assert texts.evaluate_all(left) == pytest.approx(before, abs=1)


def test_a_link_into_a_page_leads_to_its_place(page: Page, site: str) -> None:
    page.goto(f"{site}/about/#unknown")
    expect(page.locator("main")).to_have_class("whole")
    target = page.locator("#unknown")
    page.wait_for_function("new Promise((drawn) => requestAnimationFrame(() => setTimeout(() => drawn(true))))")
    assert target.evaluate("(target) => target.getBoundingClientRect().top") < 200


def test_rows_of_a_list_wait_for_no_reader_who_scrolls(page: Page, plain_page: Page, site: str) -> None:
    for reader in (page, plain_page):
        reader.set_viewport_size({"width": 390, "height": 800})
        reader.goto(f"{site}/roles/")
        expect(reader.locator(".roles tbody tr").last).to_have_css("content-visibility", "visible")


def test_scripts_run_where_an_address_ends_in_no_place(page: Page, site: str) -> None:
    page.goto(f"{site}/about/#%")
    expect(page.locator("main")).to_have_class("whole")


def test_two_typed_titles_are_compared_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site)
    plain_page.get_by_label("One job").fill("lead technician")
    plain_page.get_by_label("The other").fill("Software Support TECHNICIAN")
    plain_page.get_by_role("button", name="Compare").click()
    assert plain_page.url == site + PAIR
    assert plain_page.locator("#pay .lane").first.is_visible()


def test_an_unclear_title_is_cleared_up_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/compare/?role=lead+technician&role=software")
    assert plain_page.url.startswith(f"{site}/compare/lead-technician-vs-software-")
    plain_page.locator(".meant li").last.get_by_role("link", name="Software support technician").click()
    assert plain_page.url.startswith(site + PAIR)


def test_ticked_roles_are_compared_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/roles/")
    plain_page.get_by_label("Compare Lead technician").check()
    plain_page.get_by_label("Compare Software support technician").check()
    plain_page.get_by_role("button", name="Compare", exact=True).click()
    assert plain_page.url == site + PAIR


def test_a_side_is_replaced_swapped_and_added_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site + PAIR)
    plain_page.get_by_text("Change", exact=True).click()
    plain_page.get_by_label("Role 2").fill("professional technician")
    plain_page.get_by_role("button", name="Compare", exact=True).click()
    plain_page.get_by_text("Change", exact=True).click()
    plain_page.get_by_role("link", name="Swap sides").click()
    assert plain_page.url == f"{site}/compare/professional-technician-vs-lead-technician/"
    plain_page.get_by_text("Change", exact=True).click()
    plain_page.get_by_label("One more, if you like").fill("software technician")
    plain_page.get_by_role("button", name="Compare", exact=True).click()
    assert plain_page.url == f"{site}/compare/professional-technician-vs-lead-technician-vs-software-technician/"
    plain_page.get_by_text("Change", exact=True).click()
    plain_page.get_by_role("link", name="Leave out Lead technician").click()
    assert plain_page.url == f"{site}/compare/professional-technician-vs-software-technician/"


def test_a_value_opens_its_origin_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site + PAIR)
    origin = plain_page.get_by_text("“$90,615”, line 10").first
    assert not origin.is_visible()
    plain_page.locator(".pairs").get_by_role("button", name="$90,615").first.click()
    assert origin.is_visible()


def test_a_value_opens_its_origin_by_keyboard_and_escape_closes_it(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    value = page.locator(".pairs").get_by_role("button", name="$90,615").first
    origin = page.get_by_text("“$90,615”, line 10").first
    value.press("Enter")
    expect(origin).to_be_visible()
    page.keyboard.press("Escape")
    expect(origin).to_be_hidden()
    expect(value).to_be_focused()


def test_a_note_makes_room_for_the_source_that_its_link_leads_to(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    page.locator(".pairs").get_by_role("button", name="$90,615").first.press("Enter")
    page.locator(":popover-open a").first.press("Enter")
    expect(page.locator(":popover-open")).to_have_count(0)
    expect(page.locator("#sources h2")).to_be_in_viewport()


def test_origins_stand_open_below_the_sources_in_browsers_without_popovers(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    page.evaluate("document.querySelectorAll('[popover]').forEach(each => each.removeAttribute('popover'))")
    notes = page.locator("#sources [id^=o-]")
    expect(notes.first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_two_roles_are_picked_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)
    first, second = page.get_by_label("One job"), page.get_by_label("The other")
    for _ in range(12):  # past the skip link, the name of the site and the few links beside it
        page.keyboard.press("Tab")
        if first.evaluate("each => each === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.type("lea")
    expect(page.get_by_role("option", name="Lead technician")).to_be_visible()
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-activedescendant", "first-list-0")
    page.keyboard.press("Enter")
    expect(first).to_have_value("Lead technician")
    expect(second).to_be_focused()
    page.keyboard.type("software")
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    wanted = page.get_by_role("option", name="Software support technician")
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
    expect(page.get_by_role("option").first).to_contain_text("technician")
    expect(first).to_have_attribute("aria-expanded", "true")
    first.fill("zzzz")
    expect(box.get_by_text("No role is called this", exact=True)).to_be_visible()
    expect(first).to_have_attribute("aria-expanded", "false")
    first.press("Escape")
    expect(box).to_be_hidden()
    first.fill("lead")
    expect(page.get_by_role("option", name="Lead technician")).to_be_visible()
    expect(box.locator("p")).to_be_hidden()


def open_picker(page: Page, name: str) -> Locator:
    """An input of the form that changes a comparison, once it suggests: its script is loaded at the first touch."""
    page.get_by_text("Change", exact=True).click()
    return page.get_by_role("combobox", name=name)


def test_a_side_is_replaced_by_a_suggestion(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    open_picker(page, "Role 1").click()
    page.keyboard.type("prof")  # over the title that stood there
    page.get_by_role("option", name="Professional technician").click()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url(f"{site}/compare/professional-technician-vs-software-support-technician/")


def test_sentences_of_a_verdict_begin_lines_and_figures_stand_within_theirs(page: Page, site: str) -> None:
    left = "nodes => nodes.map(node => node.getClientRects()[0].left)"
    page.goto(site + PAIR)
    assert len(set(page.locator(".say > span").evaluate_all(left))) == 1
    page.goto(f"{site}/roles/lead-technician/")
    sentence, figure = (page.locator(selector).evaluate_all(left)[0] for selector in (".say", ".say [popovertarget]"))
    assert figure > sentence


@pytest.mark.parametrize("width", [390, 1280])
def test_why_a_figure_is_missing_stands_on_one_line(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + "/compare/software-technician-vs-lead-technician/")
    reasons = page.locator(".pairs i", has_text="not in this source")
    assert max(reasons.evaluate_all("(reasons) => reasons.map((reason) => reason.getClientRects()[0].height)")) < 25


def test_words_of_a_row_begin_on_the_line_of_its_label(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site + PAIR)
    row = page.locator("#entry .words tbody tr").first
    row.locator("[popovertarget]").first.evaluate(
        "(button) => { button.textContent = 'No formal educational credential '.repeat(9); }"
    )
    tops = """(row) => [row.querySelector("th").firstChild, ...row.querySelectorAll("[popovertarget]")].map((words) => {
      const range = document.createRange();
      range.selectNodeContents(words);
      return Math.round(range.getClientRects()[0].top);
    })"""
    assert len(set(row.evaluate(tops))) == 1


def test_figures_of_tables_stand_on_the_line_of_their_labels(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site + PAIR)
    open_everything(page)
    apart = """(rows) => rows.map((row) => {
      const [label, figure] = [row.querySelector("th").firstChild, row.querySelector("td button")].map((words) => {
        const range = document.createRange();
        range.selectNodeContents(words);
        return range.getClientRects()[0].bottom;
      });
      return Math.abs(label - figure);
    })"""
    rows = page.locator(":is(#all, #pay .rungs) tbody tr:has([popovertarget])")
    assert rows.count() > 10
    assert max(rows.evaluate_all(apart)) < 1


def test_lines_under_figures_are_as_thin_in_headings_as_in_tables(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    for figures in (page.locator("h3 [popovertarget]"), page.locator(".pairs [popovertarget]")):
        expect(figures.first).to_have_css("text-decoration-thickness", "1px")


def test_the_names_stay_in_view_while_scrolling(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site + PAIR)
    page.evaluate("scrollTo(0, 2500)")
    for name in ("Lead technician", "Software support technician"):
        expect(page.locator(".who").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)


def test_links_beside_long_names_stand_on_one_line(page: Page, site: str) -> None:
    for role in Role.objects.all():
        Role.objects.filter(pk=role.pk).update(title=f"{LONG} {role.pk}")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site + PAIR)
    heights = page.locator(".bar nav a").evaluate_all("(links) => links.map((link) => link.offsetHeight)")
    assert len(heights) > 3
    assert max(heights) < 40


def test_the_form_that_changes_roles_opens_below_their_names_at_four_times_the_size(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(site + PAIR)
    page.locator(".change > summary").click()
    bar, form = page.locator("div.bar").bounding_box(), page.locator(".change > form").bounding_box()
    assert bar
    assert form
    assert bar["y"] + bar["height"] <= form["y"] < bar["y"] + bar["height"] + 20


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_names_of_four_roles_are_seen_whole(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + FOUR)
    page.evaluate("scrollTo(0, 2500)")
    names = page.locator(".who a")
    assert names.count() == 4
    for index in range(4):
        expect(names.nth(index)).to_be_in_viewport(ratio=1)


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
        const focused = document.activeElement, bar = document.querySelector('.bar')
        return document.querySelector('main').contains(focused) && !bar.contains(focused)
            && getComputedStyle(bar).position === 'sticky' && bar.getBoundingClientRect().top <= 0
            && focused.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom
            ? focused.outerHTML : ''
    }"""
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(hidden) == ""
    page.locator(".pairs .q a").first.click()
    heading = page.locator("#pay h2")
    expect(heading).to_be_in_viewport()
    covered = "row => Math.max(0, document.querySelector('.bar').getBoundingClientRect().bottom)"
    if height > 480:  # else the names scroll away with the page
        assert heading.evaluate(f"row => row.getBoundingClientRect().top >= ({covered})(row)")


def test_escape_brings_back_the_role_that_stood_there(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    picker = open_picker(page, "Role 1")
    picker.click()
    page.keyboard.type("prof")
    expect(page.get_by_role("option", name="Professional technician")).to_be_visible()
    page.keyboard.press("Escape")
    expect(picker).to_have_value("prof")
    page.keyboard.press("Escape")
    expect(picker).to_have_value("Lead technician")


def test_arrow_down_asks_for_roles_like_the_one_that_stands_there(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    picker = open_picker(page, "Role 2")
    picker.focus()
    picker.press("ArrowDown")
    expect(page.get_by_role("option", name="Software support technician")).to_be_visible()
    expect(picker).to_have_attribute("aria-expanded", "true")


def test_a_third_and_a_fourth_role_are_added_and_left_out_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    for typed, slug in (("program", "program-support-technician"), ("customer", "customer-support-technician")):
        page.get_by_text("Change", exact=True).press("Enter")
        page.get_by_label("One more, if you like").press_sequentially(typed)
        expect(page.locator(".options li")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**-vs-{slug}/")
    page.get_by_text("Change", exact=True).press("Enter")
    assert not page.get_by_label("One more, if you like").count()
    page.get_by_role("link", name="Leave out Software support technician").press("Enter")
    page.wait_for_url(f"{site}/compare/lead-technician-vs-program-support-technician-vs-customer-support-technician/")


def test_the_form_and_its_suggestions_fit_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site + FOUR)
    open_picker(page, "Role 2").click()
    page.keyboard.type("tech")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_everything_that_is_touched_is_24_pixels_or_stands_in_a_text(page: Page, site: str) -> None:
    touched = "button, input, select, summary, .acts a, nav a, .who a, .next a, .take a, .asked a, th a"
    small = """touched => [...document.querySelectorAll(touched)]
        .filter(each => each.checkVisibility() && !each.matches(":is(p, h3, h4, small) [popovertarget]"))
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"""
    for address in PAGES:
        page.goto(site + address)
        assert page.evaluate(small, touched) == [], address


def test_figures_of_headings_are_24_pixels_wide(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    open_everything(page)
    widths = page.locator("h4 button").evaluate_all(
        "figures => figures.map((each) => each.getBoundingClientRect().width)"
    )
    assert widths
    assert min(widths) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_in_light_and_dark(context: BrowserContext, site: str, scheme: str) -> None:
    page = context.new_page()  # axe writes to the console, so this is no tab that fails on that
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words it knows
    for address in (*PAGES, "/compare/", "/roles/nobody/"):
        page.goto(site + address)
        open_everything(page)
        assert find_barriers(page) == [], address


def test_suggestions_on_show_are_accessible(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(site)
    page.get_by_label("One job").press_sequentially("soft")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert find_barriers(page) == []


def test_paper_shows_neither_forms_nor_navigation(page: Page, site: str) -> None:
    page.goto(site + PAIR)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Compare").is_visible()
    assert page.get_by_text(site + PAIR).is_visible()
