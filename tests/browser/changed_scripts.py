"""Scripts that were changed on their way to the browser."""

from playwright.sync_api import Page, Route

CHANGE = "document.documentElement.dataset.changed = 'yes';"


def change(page: Page, pattern: str) -> None:
    def add_line(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{CHANGE}{answer.text()}")

    page.route(pattern, add_line)
