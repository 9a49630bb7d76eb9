"""What axe finds on a page that would keep somebody from using it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def find_barriers(page: Page) -> list[str]:
    """Each barrier with the first element that has it."""
    violations = Axe().run(page).response["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:120]}" for violation in violations]
