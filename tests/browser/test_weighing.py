"""Weights while they are chosen, with and without script, and where the reader's own pay would stand."""

from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.comparisons.official import Occupation, find_slugs, load_release
from tests.comparisons.stored_roles import CUSTOMER, LEAD, PROFESSIONAL, SOFTWARE, store_role

PAIR = "/compare/lead-technician-vs-software-support-technician/"
FOUR = (
    "/compare/lead-technician-vs-software-support-technician-vs-professional-technician-vs-customer-support-technician/"
)
SPAN = {"base_year": 2024, "target_year": 2034}


@pytest.fixture
def four_roles(live_server: Any) -> str:
    """Roles that differ in pay, growth, openings and ways in, each the best in one."""
    figures = {
        LEAD: (90_000, "-2.0", 1_000, 10),
        SOFTWARE: (70_000, "12.5", 4_000, 20),
        PROFESSIONAL: (60_000, "8.0", 9_000, 35),
        CUSTOMER: (55_000, "1.0", 3_000, 80),
    }
    for title, (pay, growth, openings, without) in figures.items():
        store_role(
            title,
            salary={"annual_average": pay},
            projection=SPAN | {"growth_percent": growth, "openings_per_year": openings},
            attainment={"less_than_high_school": 0, "high_school": without, "some_college": 0, "associate": 0},
        )
    return str(live_server.url)


def open_weights(page: Page, address: str) -> None:
    """A page, with the weights near enough to view for their script to be loaded."""
    page.goto(address)
    page.locator("#weigh-up h3").first.scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Work it out")).to_be_hidden()


def read_weighing(page: Page) -> tuple[list[str], str]:
    """Every cell of figures, and the sentence with its markup."""
    return page.locator("#weigh td.n").all_inner_texts(), page.locator("#weigh .out").inner_html()


@pytest.mark.parametrize("address", [PAIR, FOUR])
def test_the_script_writes_what_the_server_writes(page: Page, four_roles: str, address: str) -> None:
    weights: list[dict[str, str]] = [
        {"pay": "3"},
        {"pay": "2", "grow": "2"},
        {"pay": "1", "grow": "1", "open": "1", "ways": "1"},
        {"pay": "3", "open": "3", "ways": "2"},
        {"grow": "1", "open": "2", "ways": "3"},
        {},
    ]
    for chosen in weights:
        open_weights(page, f"{four_roles}{address}")
        for name in ("pay", "grow", "open", "ways"):
            page.locator(f"#weigh select[name={name}]").select_option(chosen.get(name, "0"))
        assert page.url == f"{four_roles}{address}{'?' + urlencode(chosen) if chosen else ''}"
        by_script = read_weighing(page)
        page.reload()
        assert read_weighing(page) == by_script, chosen


def test_a_weight_taken_back_leaves_nothing(page: Page, four_roles: str) -> None:
    open_weights(page, f"{four_roles}{PAIR}?where=CA&pay=2")
    page.get_by_label("How much it matters: pay").select_option("0")
    assert page.url == f"{four_roles}{PAIR}?where=CA"
    expect(page.locator("#weigh .out")).to_be_empty()
    expect(page.locator("#weigh tfoot td.n")).to_have_text(["—", "—"])


def test_links_and_forms_follow_the_chosen_weights(page: Page, four_roles: str) -> None:
    open_weights(page, f"{four_roles}{PAIR}")
    page.get_by_label("How much it matters: pay").select_option("3")
    page.get_by_label("How much it matters: growth").select_option("1")
    page.get_by_text("Change", exact=True).click()
    page.get_by_role("link", name="Swap sides").click()
    assert page.url.endswith("/compare/software-support-technician-vs-lead-technician/?pay=3&grow=1")
    expect(page.get_by_label("How much it matters: pay")).to_have_value("3")
    open_weights(page, page.url)
    page.get_by_label("How much it matters: pay").select_option("0")
    page.locator(".change form").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/compare/software-support-technician-vs-lead-technician/?grow=1")


def test_weights_are_worked_out_without_script(browser: Browser, four_roles: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{four_roles}{PAIR}")
    page.get_by_label("How much it matters: pay").select_option("3")
    page.get_by_label("How much it matters: growth").select_option("1")
    page.get_by_role("button", name="Work it out").click()
    assert page.url == f"{four_roles}{PAIR}?pay=3&grow=1&open=0&ways=0#weigh-up"
    expect(page.locator("#weigh .out")).to_contain_text("By your weights, Software support technician: 3.34 of 4")
    expect(page.get_by_label("How much it matters: pay")).to_have_value("3")
    expect(page.locator("#stand")).to_be_hidden()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        button = page.get_by_role("button", name="Work it out").bounding_box()
        assert button
        assert button["height"] < 50, "its words stand on one line"
    context.close()


def test_a_weight_that_is_chosen_before_the_script_is_there_counts(page: Page, four_roles: str) -> None:
    page.goto(f"{four_roles}{PAIR}")
    page.locator("#weigh select[name=pay]").evaluate("select => { select.value = '3'; }")
    page.locator("#weigh-up h3").first.scroll_into_view_if_needed()
    expect(page.locator("#weigh .out")).to_contain_text("By your weights, Lead technician")
    assert page.url == f"{four_roles}{PAIR}?pay=3"


def test_a_computed_figure_opens_what_it_is_made_from(page: Page, four_roles: str) -> None:
    page.goto(f"{four_roles}{PAIR}?pay=2")
    origin, figures = page.locator("#o-ways"), page.locator("#weigh [popovertarget=o-ways]")
    expect(figures).to_have_text(["10%", "20%"])
    expect(figures.first).to_be_visible()
    expect(origin).to_be_hidden()
    figures.first.press("Enter")
    expect(origin).to_contain_text("“10”, line 9")
    page.keyboard.press("Escape")
    expect(origin).to_be_hidden()
    assert page.url == f"{four_roles}{PAIR}?pay=2"


def read_standing(page: Page, pay: str) -> str:
    page.locator("#stand input").fill(pay)
    return page.locator("#stand .out").inner_text()


def test_own_pay_stands_between_the_published_steps(page: Page, live_server: Any) -> None:
    """Cooks' steps are $26,000, $36,400, $49,400, $62,400, $78,000; nurses' are twice as high."""
    cooks, nurses = Occupation("35-2014", "Cooks"), Occupation("29-1141", "Registered Nurses", yearly=104_000)
    load_release(2025, cooks, nurses)
    sent: list[str] = []
    open_weights(page, f"{live_server.url}/compare/{'-vs-'.join(find_slugs('35-2014', '29-1141'))}/")
    page.on("request", lambda request: sent.append(request.url))
    expected = {
        "20000": "be in the lowest-paid tenth of cooks and of registered nurses.",
        "26000": "earn more than about 10% of cooks and be in the lowest-paid tenth of registered nurses.",
        "55900": "earn more than about 63% of cooks and 13% of registered nurses.",
        "78000.50": "be in the highest-paid tenth of cooks and earn more than about 30% of registered nurses.",
        "156000": "be in the highest-paid tenth of cooks and earn more than about 90% of registered nurses.",
    }
    for pay, clauses in expected.items():
        assert read_standing(page, pay).endswith(f"you would {clauses}"), pay
    assert read_standing(page, "78000.50").startswith("With $78,000.50 you would")
    assert read_standing(page, "") == read_standing(page, "-5") == ""
    assert [address for address in sent if "/static/" not in address] == []
    assert "?" not in page.url


def test_own_pay_lies_below_inside_or_above_a_range(page: Page, live_server: Any) -> None:
    store_role(LEAD)
    store_role(SOFTWARE)
    open_weights(page, f"{live_server.url}{PAIR}")
    assert read_standing(page, "60000") == (
        "With $60,000 you would earn less than the range published for lead technicians ($67,000 to $121,000) and "
        "be inside the range published for software support technicians ($55,000 to $113,000)."
    )
    assert read_standing(page, "67000").endswith(
        "inside the range published for lead technicians ($67,000 to $121,000) and "
        "the one published for software support technicians ($55,000 to $113,000)."
    )
    assert "earn more than the range published for software support technicians" in read_standing(page, "113001")


def test_on_a_phone_each_figure_of_four_roles_has_the_mark_of_its_role(page: Page, four_roles: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{four_roles}{FOUR}")
    marks = "cells => cells.map(cell => getComputedStyle(cell, '::before').content.slice(1, 2)).join('')"
    rows = page.locator("#weigh tbody tr")
    assert rows.nth(0).locator("td > small").evaluate_all(marks) == "●◆▲■"
    assert page.locator("#weigh tfoot .n").evaluate_all(marks) == "●◆▲■"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_chosen_weights_of_four_roles_have_room_on_tablets(page: Page, four_roles: str) -> None:
    page.goto(f"{four_roles}{FOUR}?pay=2&grow=3&open=1")
    beside = "(table) => table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right"
    for width in range(740, 1000, 40):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("table.weigh").evaluate(beside) < 1, width


@pytest.mark.parametrize("address", [PAIR, FOUR])
def test_chosen_weights_have_room_on_a_phone_with_twice_the_text_size(
    page: Page, four_roles: str, address: str
) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{four_roles}{address}?pay=2&grow=3&open=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_sums_stay_in_view_and_cover_no_chosen_weight(page: Page, four_roles: str) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_weights(page, f"{four_roles}{FOUR}")
    for name in ("pay", "grow", "open", "ways"):
        page.locator(f"select[name={name}]").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#weigh tfoot td.n").last).to_be_in_viewport(ratio=1)
        select, sums = (page.locator(f"#weigh {part}").bounding_box() for part in (f"select[name={name}]", "tfoot"))
        assert select
        assert sums
        assert select["y"] + select["height"] <= sums["y"]


def test_on_a_phone_the_sums_cover_no_figure_that_has_the_focus(page: Page, four_roles: str) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_weights(page, f"{four_roles}{FOUR}")
    page.locator("#weigh select").first.focus()
    page.evaluate("scrollBy(0, document.activeElement.getBoundingClientRect().bottom - innerHeight + 110)")
    figures = page.locator("#weigh td button[popovertarget]").count()
    covered = """() => {
      const {left, top, bottom} = document.activeElement.getBoundingClientRect();
      return document.elementFromPoint(left + 1, (top + bottom) / 2) !== document.activeElement;
    }"""
    reached = 0
    while reached < figures:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#weigh td button[popovertarget]')"):
            reached += 1
            assert not page.evaluate(covered)
