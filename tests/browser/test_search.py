"""The search in the head of every page, as people use it: with a keyboard, on a phone, without script."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.barriers import find_barriers

FOUND = ("/roles/?q=tecnician", "/roles/?q=technician", "/roles/?q=zzzz", "/roles/?q=")


def search_field(page: Page) -> Locator:
    """The input in the head of the page, once a hand on the mouse has made it suggest."""
    page.mouse.move(10, 10)
    return page.get_by_role("combobox", name="Find a role")


def test_a_role_is_opened_by_typing_some_letters_and_taking_a_suggestion(page: Page, site: str) -> None:
    page.goto(site + "/about/")
    field = search_field(page)
    field.press_sequentially("prog tech")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Program support technician")
    expect(first).to_contain_text("average $36,653 · 160,368 jobs")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Program support technician")
    assert page.url == f"{site}/roles/program-support-technician/"


def test_what_is_typed_without_taking_a_suggestion_is_searched_for(page: Page, site: str) -> None:
    page.goto(site)
    search_field(page).press_sequentially("zz technician")
    expect(page.locator(".find .options")).to_contain_text("Near:")
    page.keyboard.press("Enter")
    expect(page.locator(".say")).to_contain_text("No role is called exactly this. The nearest")


def test_a_comparison_can_be_typed_into_one_input_with_a_suggestion_for_its_last_side(page: Page, site: str) -> None:
    page.goto(site)
    search_field(page).press_sequentially("lead technician vs software support t")
    page.get_by_role("option", name=re.compile("software support t", re.IGNORECASE)).first.click()
    expect(page).to_have_url(
        f"{site}/compare/lead-technician-vs-software-support-technician/"
        "?q=lead+technician+vs+Software+support+technician"
    )
    expect(page.get_by_text("Not these?")).to_have_count(0)  # both are titles


def test_a_comparison_in_any_words_keeps_its_first_side_when_the_last_one_is_suggested(page: Page, site: str) -> None:
    page.goto(site)
    search_field(page).press_sequentially("difference between a lead technician and a software support t")
    page.get_by_role("option", name=re.compile("software support t", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile("/compare/lead-technician-vs-software-support-technician/"))


def test_on_a_phone_the_suggestions_of_the_second_job_leave_the_button_in_sight(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site)
    page.mouse.move(10, 10)
    page.get_by_role("combobox", name="One job").fill("lead technician")
    page.get_by_role("combobox", name="The other").press_sequentially("software support technician")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile("/compare/lead-technician-vs-software-support-technician/"))


def test_what_is_typed_before_the_suggestions_are_loaded_is_answered_all_the_same(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route("**/controls*.js", lambda route: held.append(route))
    page.goto(site + "/about/")
    with page.expect_request("**/controls*.js"):
        page.get_by_placeholder("Find a role").press_sequentially("prog tech")
    held[0].continue_()
    expect(page.get_by_role("option").first).to_contain_text("Program support technician")


def test_the_search_works_without_script(plain_page: Page, site: str) -> None:
    plain_page.goto(site)
    plain_page.get_by_role("searchbox", name="Find a role").fill("lead")
    plain_page.get_by_role("button", name="Find").click()
    plain_page.locator("main").get_by_role("link", name="Lead Technician").click()
    assert plain_page.url == f"{site}/roles/lead-technician/"


@pytest.mark.parametrize("address", FOUND)
def test_what_a_search_finds_is_accessible_and_no_wider_than_a_phone(page: Page, site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert find_barriers(page) == []
