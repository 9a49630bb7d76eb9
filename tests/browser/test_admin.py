"""The stock admin works under the strict headers."""

from django.contrib.auth.models import User
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def test_an_admin_signs_in_and_out(page: Page, live_server: LiveServer) -> None:
    User.objects.create_superuser("ann", password="correct horse")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Users").click()
    page.get_by_role("link", name="ann", exact=True).click()
    page.get_by_role("button", name="Save and continue editing").click()
    assert page.locator(".success").inner_text().startswith("The user")
    page.get_by_role("button", name="Log out").click()
    assert page.get_by_text("Thanks for spending").is_visible()
