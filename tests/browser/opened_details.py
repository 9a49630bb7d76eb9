"""Pages with all that is folded."""

from playwright.sync_api import Page


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
