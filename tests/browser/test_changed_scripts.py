"""A browser runs no script that was changed on its way, and the pages work without it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.changed_scripts import change

PAIR = "/compare/lead-technician-vs-software-support-technician/"


@pytest.fixture
def refusals(context: BrowserContext) -> list[str]:
    """What the browser says of scripts that it did not run."""
    messages: list[str] = []
    context.on("console", lambda message: messages.append(message.text) if "integrity" in message.text else None)
    return messages


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab in which errors are expected."""
    page = context.new_page()
    yield page
    page.unroute_all(behavior="wait")  # the last page of a test may still ask for the script that is changed


def test_a_changed_script_does_not_run_and_the_form_works_without_it(
    page: Page, site: str, refusals: list[str]
) -> None:
    change(page, "**/site*.js")
    page.goto(site)
    expect(page.locator("html")).not_to_have_attribute("data-changed", "yes")
    assert len(refusals) == 1
    assert page.get_by_role("combobox").count() == 0, "the script makes these of plain inputs"
    page.get_by_label("One job").fill("lead technician")
    page.get_by_label("The other").fill("software support technician")
    page.get_by_role("button", name="Compare").click()
    assert page.url == f"{site}{PAIR}"


def test_a_changed_script_of_a_comparison_does_not_run(page: Page, site: str, refusals: list[str]) -> None:
    change(page, "**/comparison*.js")
    page.goto(f"{site}{PAIR}")
    weights = page.locator("#weigh-up h3").first
    with page.expect_event("console", lambda message: "integrity" in message.text):
        weights.scroll_into_view_if_needed()
    expect(page.locator("html")).not_to_have_attribute("data-changed", "yes")
    expect(page.get_by_role("button", name="Work it out")).to_be_visible()
    assert len(refusals) == 1


def test_a_changed_plotly_does_not_run_and_the_points_stay(page: Page, site: str, refusals: list[str]) -> None:
    change(page, "**/plotly-basic*.js")
    page.goto(f"{site}/explore/")
    with page.expect_event("console", lambda message: "integrity" in message.text):
        page.locator("[data-points]").focus()
    expect(page.locator("html")).not_to_have_attribute("data-changed", "yes")
    expect(page.locator("[data-points] circle").first).to_be_visible()
    assert len(refusals) == 1


def test_the_change_runs_where_no_hash_is_stated(page: Page, site: str, refusals: list[str]) -> None:
    """So it is the hash that keeps it from running."""

    def leave_out_hashes(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("integrity=", "data-hash="))

    change(page, "**/site*.js")
    page.route(f"{site}/", leave_out_hashes)
    page.goto(site)
    expect(page.locator("html")).to_have_attribute("data-changed", "yes")
    assert refusals == []
