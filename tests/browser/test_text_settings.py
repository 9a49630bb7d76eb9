"""Text as readers set it: twice as large, or with its letters and words further apart. All of it can still be read."""

import pytest
from playwright.sync_api import Page

from tests.browser.opened_details import open_everything

SCRAPED = "/compare/lead-technician-vs-software-support-technician/"
PAGES = ("/", "/roles/", "/roles/software-support-technician/", "/explore/", "/about/", "/api/", SCRAPED)
# As a reader's style sheet spaces text, by 1.4.12 of the Web Content Accessibility Guidelines.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
# Names and sums that stay in view lie on what is below them, and sections out of view are laid out later.
AT_REST = """
.bar, .tray, .weigh tfoot { position: relative !important; }
main > section, tr { content-visibility: visible !important; }
"""
ADD_STYLE = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
}"""
# Which words lie on other words, and which leave the screen.
FIND_FAULTS = """() => {
  const hidden = ".vh, .skip, .bar, [popover], .options, .canvas, .pairs .nm, .all thead, .captures thead";
  const seen = (element) => {
    for (let outer = element; outer; outer = outer.parentElement)
      if (getComputedStyle(outer).display === "none") return false;
    return element.checkVisibility() && !element.closest(hidden);
  };
  const faults = [], lines = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (words.nextNode()) {
    const element = words.currentNode.parentElement, text = words.currentNode.data.trim();
    if (!text || element.matches("script, style, option") || !seen(element)) continue;
    const {fontSize, letterSpacing} = getComputedStyle(element);
    const half = parseFloat(fontSize) * .42, apart = parseFloat(letterSpacing) || 0;
    range.selectNodeContents(words.currentNode);
    for (const {left, right, top, bottom} of range.getClientRects())
      if (right - left > 1) {
        const middle = (top + bottom) / 2;
        lines.push({text, left, right: right - apart, top: middle - half, bottom: middle + half});
      }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((line, number) => {
    if (line.left < -1 || line.right > innerWidth + 1) faults.push(`“${line.text}” leaves the screen`);
    for (const other of lines.slice(number + 1)) {
      if (other.top >= line.bottom) break;
      const across = Math.min(line.right, other.right) - Math.max(line.left, other.left);
      const down = Math.min(line.bottom, other.bottom) - other.top;
      if (across > 2 && down > 2) faults.push(`“${other.text}” lies on “${line.text}”`);
    }
  });
  return [...new Set(faults)];
}"""


@pytest.fixture
def addresses(occupations: list[str]) -> list[str]:
    """Of all kinds of pages; those of occupations have the longest tables and drawings."""
    first, second, *_ = occupations
    return [
        *PAGES,
        f"/roles/{first}/",
        f"/compare/{first}-vs-{second}/",
        f"/compare/{'-vs-'.join(occupations)}/",
        f"/compare/software-support-technician-vs-{first}/",
    ]


def find_faults(page: Page, address: str, style: str = "") -> list[str]:
    page.goto(address)
    page.evaluate(ADD_STYLE, AT_REST + style)
    open_everything(page)
    faults: list[str] = page.evaluate(FIND_FAULTS)
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width > room:
        faults.append(f"the page is {width} pixels wide")
    return [f"{address}: {fault}" for fault in faults]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_words_lie_on_others_or_leave_the_screen(page: Page, site: str, addresses: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert [fault for address in addresses for fault in find_faults(page, site + address)] == []


def test_letters_and_words_can_be_spaced_on_the_smallest_phone(page: Page, site: str, addresses: list[str]) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    assert [fault for address in addresses for fault in find_faults(page, site + address, SPACED)] == []


@pytest.mark.parametrize("width", [320, 390])
def test_text_can_be_twice_as_large_on_a_phone(page: Page, site: str, addresses: list[str], width: int) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.set_viewport_size({"width": width, "height": 900})
    assert [fault for address in addresses for fault in find_faults(page, site + address)] == []


def test_words_that_lie_on_others_or_leave_the_screen_are_noticed(page: Page) -> None:
    """The tests above would notice them."""
    page.set_viewport_size({"width": 320, "height": 900})
    page.set_content("<p>first</p><p style='margin-top: -2rem'>second</p><p style='margin-left: 310px'>third</p>")
    assert page.evaluate(FIND_FAULTS) == ["“second” lies on “first”", "“third” leaves the screen"]
