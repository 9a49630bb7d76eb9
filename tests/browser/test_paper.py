"""A comparison on paper, and as a file that is opened without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect

from careers.models import Role

PAIRS = (
    "/compare/lead-technician-vs-software-support-technician/",
    "/compare/program-support-technician-vs-customer-support-technician/",
    "/compare/software-support-specialist-vs-professional-technician/",
)
GUIDE = "/compare/lead-technician-vs-software-technician/"
FOUR = "/compare/lead-technician-vs-software-technician-vs-program-support-technician-vs-customer-support-technician/"
WITHIN_A4 = ViewportSize(width=703, height=1000)  # the paper without its margins, and a little to spare
LONG = "Information Technology/Support Technician for Hospitals, Laboratories and Nursing Homes"


def count_sheets(page: Page, paper: str = "A4") -> int:
    return page.pdf(format=paper).count(b"/Type /Page\n")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_pairs_of_stored_pages_fit_on_two_sheets(page: Page, site: str, paper: str) -> None:
    for address in PAIRS:
        page.goto(site + address)
        assert count_sheets(page, paper) <= 2, address


def test_lists_stand_on_paper_without_what_chooses_among_their_rows(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    for address in ("/roles/", "/explore/"):
        page.goto(site + address)
        expect(page.locator("table.roles tbody tr").first).to_be_visible()
        expect(page.locator("table.roles .pick").first).to_be_hidden()
        expect(page.locator(".tray")).to_be_hidden()


def test_guides_four_roles_and_a_role_fit_on_two_sheets(page: Page, site: str) -> None:
    for address in (GUIDE, FOUR, "/roles/software-technician/", "/roles/lead-technician/"):
        page.goto(site + address)
        assert count_sheets(page) <= 2, address


def test_two_to_four_occupations_fit_on_two_sheets_of_either_paper(
    page: Page, site: str, occupations: list[str]
) -> None:
    farmers, researchers, teachers, inspectors = occupations
    page.set_viewport_size(WITHIN_A4)
    for slugs, points in (
        ([teachers, inspectors], 8),
        ([farmers, "program-support-technician"], 8),
        ([farmers, inspectors, researchers], 7.5),
        ([farmers, inspectors, teachers, researchers], 7.5),
        (["software-technician", farmers, inspectors, "customer-support-technician"], 7.5),
    ):
        page.goto(f"{site}/compare/{'-vs-'.join(slugs)}/")
        assert [count_sheets(page, paper) for paper in ("A4", "Letter")] == [2, 2], slugs
        page.emulate_media(media="print")
        assert page.evaluate(SMALLEST) >= points, slugs
        assert page.evaluate("document.documentElement.scrollWidth") <= 703, slugs
        page.emulate_media(media="null")


def test_paper_keeps_every_figure_and_drawing_of_occupations(page: Page, site: str, occupations: list[str]) -> None:
    page.set_viewport_size(WITHIN_A4)
    farmers, researchers, teachers, inspectors = occupations
    for slugs in ([teachers, inspectors], [farmers, researchers, "lead-technician"], occupations):
        page.goto(f"{site}/compare/{'-vs-'.join(slugs)}/")
        page.emulate_media(media="print")
        assert page.evaluate(UNSEEN) == [], slugs
        assert page.evaluate(BARE_ROWS) == [], slugs
        assert page.evaluate(HIGHEST_STEP) < 20, "each step of pay is one line"
        assert page.locator("main form:visible").count() == 0, "nothing can be chosen on paper"
        page.emulate_media(media="null")


def test_text_has_its_size_on_the_paper_of_the_reader(page: Page, site: str) -> None:
    page.goto(site + PAIRS[0])
    letter = page.pdf(format="Letter", prefer_css_page_size=True)
    assert b"/MediaBox [0 0 612 792]" in letter  # in points: it is not an A4 sheet made smaller


# The size of the smallest text that is shown, in points.
SMALLEST = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.getClientRects().length || element.closest(".vh")) continue;
    const zoom = element.closest("main") ? Number(getComputedStyle(document.querySelector("main")).zoom) : 1;
    sizes.push(parseFloat(getComputedStyle(element).fontSize) * zoom * 0.75);
  }
  return Math.min(...sizes);
}"""


def test_text_on_paper_is_large_enough_to_read(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    for address, points in ((PAIRS[0], 8), (GUIDE, 8), ("/roles/lead-technician/", 8), (FOUR, 7.5)):
        page.goto(site + address)
        assert page.evaluate(SMALLEST) >= points, address


def test_long_titles_fit_on_paper(page: Page, site: str) -> None:
    for role in Role.objects.filter(slug__in=["program-support-technician", "customer-support-technician"]):
        Role.objects.filter(pk=role.pk).update(title=f"{LONG} {role.pk}")
    page.goto(site + PAIRS[1])
    page.emulate_media(media="print")
    page.set_viewport_size(WITHIN_A4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    assert count_sheets(page) <= 3


# The texts of cells with figures that are not shown, though they are not folded.
UNSEEN = """() => [...document.querySelectorAll(':is(.pairs, .rungs, .plain) tbody :is(th, td):not(.g), .same button')]
    .filter(each => !each.closest('#people, #weigh, details:not([open])'))
    .filter(each => !each.checkVisibility() || !each.getClientRects().length)
    .map(each => each.textContent)"""

# The texts of rows whose drawing is not shown, though it has marks or bars.
BARE_ROWS = """() => [...document.querySelectorAll('tr .lane:has(use, rect:not(.gr))')]
    .filter(each => !each.closest('#people, details:not([open])') && each.getBoundingClientRect().width < 30)
    .map(each => each.closest('tr').textContent)"""

# The height of the highest row of the steps of pay, in pixels.
HIGHEST_STEP = """() => Math.max(...[...document.querySelectorAll('#pay .rungs tbody tr')]
    .map(each => each.getBoundingClientRect().height))"""


def test_paper_shows_every_value_with_the_link_and_the_dates(page: Page, site: str) -> None:
    page.goto(site + PAIRS[0])
    page.emulate_media(media="print")
    assert page.evaluate(UNSEEN) == []
    assert page.locator(".pairs").get_by_text("$90,615", exact=True).first.is_visible()
    assert page.get_by_text(site + PAIRS[0]).is_visible()
    assert page.locator("#sources").get_by_text("loaded on").first.is_visible()


def test_paper_shows_no_controls_and_whole_addresses_of_sources(page: Page, site: str) -> None:
    page.goto(site + GUIDE)
    page.emulate_media(media="print")
    for control in ("form", ".skip", "nav", "button:not([popovertarget])"):
        for element in page.locator(control).all():
            assert not element.is_visible(), control
    assert page.locator("#sources").get_by_text("https://jobicy.com/careers/software-technician").is_visible()


def test_paper_tells_of_the_work_where_no_official_figures_need_the_room(page: Page, site: str) -> None:
    for address in (PAIRS[0], GUIDE, FOUR):
        page.goto(site + address)
        page.emulate_media(media="print")
        assert page.locator("#work h3").first.is_visible(), address


def test_paper_is_light_when_the_screen_is_dark(page: Page, site: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site + PAIRS[0])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_table_on_paper_is_in_a_container(page: Page, site: str) -> None:
    """Firefox 153 leaves tables out that are in a container and zoomed, as all of paper is."""
    page.goto(site + GUIDE)
    page.emulate_media(media="print")
    around_tables = "tables => tables.flatMap(table => [table.parentElement, table.closest('section > div')])"
    types = f"({around_tables})(tables).map(element => element && getComputedStyle(element).containerType)"
    assert set(page.locator("main table").evaluate_all(f"tables => {types}")) <= {"normal", None}


def test_paper_keeps_the_colors_of_four_roles_as_they_are(page: Page, site: str) -> None:
    """A browser darkens text on paper that is lighter than it likes, and the fourth color is."""
    page.goto(site + FOUR)
    page.emulate_media(media="print")
    expect(page.locator("main .d").last).to_have_css("print-color-adjust", "exact")


def test_a_button_prints_where_there_is_script(page: Page, site: str) -> None:
    page.add_init_script("window.print = () => document.title = 'printing'")
    page.goto(site + PAIRS[0])
    page.mouse.wheel(0, 400)
    page.mouse.move(200, 200)
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printing")


def test_data_for_machines_is_no_script_that_the_policy_refuses(page: Page, site: str) -> None:
    for address in (PAIRS[0], FOUR, "/roles/lead-technician/"):
        page.goto(site + address)  # the page fails on any error on its console
        assert page.locator("script[type='application/ld+json']").count() == 1


@pytest.fixture
def saved(page: Page, site: str, tmp_path: Path) -> Path:
    """The offline file of four roles, saved as a reader saves it."""
    page.goto(site + FOUR)
    with page.expect_download() as download:
        page.get_by_role("link", name="One file that opens offline").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """A tab without network, in which nothing may be asked for and nothing may go wrong."""
    context = browser.new_context(offline=True, color_scheme="dark")
    page = context.new_page()
    wrong: list[str] = []

    def asked(request: Request) -> None:
        if not request.is_navigation_request():
            wrong.append(request.url)

    page.on("request", asked)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def test_the_offline_file_shows_tables_charts_and_sources_without_a_network(saved: Path, alone: Page) -> None:
    assert saved.name.endswith(".html")
    for width in (320, 1280):
        alone.set_viewport_size({"width": width, "height": 800})
        alone.goto(saved.as_uri())
        alone.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert alone.evaluate("document.documentElement.scrollWidth") <= width
    assert alone.locator("svg.lane").first.is_visible()
    assert alone.locator(".pairs").get_by_text("$90,615", exact=True).first.is_visible()
    assert alone.locator("#sources").get_by_text("https://jobicy.com/careers/software-technician").is_visible()
    dark = alone.evaluate("getComputedStyle(document.body).backgroundColor")
    alone.emulate_media(color_scheme="light")
    assert alone.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    alone.reload()
    assert count_sheets(alone) <= 3
