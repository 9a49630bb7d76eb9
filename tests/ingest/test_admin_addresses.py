"""Every address of the admin, as its URLs have them: who may ask, and that no browser or proxy keeps an answer.

A new screen is found here without being listed. Each check is also run with planted screens and faults.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from config.urls import urlpatterns as real_urlpatterns
from tests.ingest.admin_addresses import SIGN_OUT, Address, list_admin_addresses

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.without_coverage,
    pytest.mark.same_on_every_database,
]

SIGN_IN = "/admin/login/"
OF_ALL_STAFF = {
    "/admin/",
    "/admin/password_change/",
    "/admin/password_change/done/",
    "/admin/jsi18n/",
    "/admin/careers/",  # lists what somebody may see
    "/admin/nowhere",  # the last pattern, which says that there is nothing
}


def request_twice(client: Client, path: str) -> list[HttpResponseBase]:
    return [client.get(path), client.post(path)]


def sign_in_client(*, as_superuser: bool = False) -> Client:
    name = f"user{User.objects.count()}"
    client = Client()
    client.force_login(User.objects.create_user(name, is_staff=True, is_superuser=as_superuser))
    return client


def asks_to_sign_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(f"{SIGN_IN}?next=")


def open_to_strangers(screens: list[Address]) -> list[str]:
    stranger = Client()
    others = [address.path for address in screens if address.path != SIGN_IN]
    return [path for path in others if not all(map(asks_to_sign_in, request_twice(stranger, path)))]


def open_to_staff(screens: list[Address]) -> list[str]:
    """Addresses that somebody without any permission is not refused."""
    bob = sign_in_client()
    opened = []
    for address in screens:
        if address.is_old or address.path in OF_ALL_STAFF or address.path == SIGN_IN:
            continue
        for answer in request_twice(bob, address.path):
            # Django looks first whether there is an object to tell the history of.
            has_no_history = address.path.endswith("/history/") and answer.headers.get("Location") == "/admin/"
            if answer.status_code not in (403, 405) and not has_no_history:
                opened.append(address.path)
    return opened


def find_kept_by_browsers(screens: list[Address]) -> list[str]:
    """Addresses of which an answer to anybody may be kept."""
    kept = []
    for client in (Client(), sign_in_client(), sign_in_client(as_superuser=True)):
        for address in (*screens, Address(SIGN_OUT, is_old=False)):
            for answer in request_twice(client, address.path):
                if "no-store" not in answer.headers.get("Cache-Control", ""):
                    kept.append(address.path)
    return kept


def test_the_addresses_are_all_found() -> None:
    paths = [address.path for address in list_admin_addresses()]
    assert {*OF_ALL_STAFF, SIGN_IN, "/admin/ingest/page/0/undo/", "/admin/auth/user/0/password/"} <= set(paths)
    assert len(paths) > 150


def test_strangers_are_asked_to_sign_in_everywhere() -> None:
    assert open_to_strangers(list_admin_addresses()) == []


def test_whoever_has_no_permission_is_refused_everywhere() -> None:
    assert open_to_staff(list_admin_addresses()) == []


def test_nothing_of_the_admin_is_kept() -> None:
    assert find_kept_by_browsers(list_admin_addresses()) == []


# -- planted faults ---------------------------------------------------------------------------


def show_secret(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a secret")


urlpatterns = [
    path("admin/planted/unguarded/", show_secret),
    path("admin/planted/for-staff/", admin.site.admin_view(show_secret)),
    *real_urlpatterns,
]


@pytest.mark.urls(__name__)
def test_planted_screens_are_found() -> None:
    planted = list_admin_addresses("/admin/planted/")
    assert open_to_strangers(planted) == ["/admin/planted/unguarded/"]
    assert set(open_to_staff(planted)) == {"/admin/planted/unguarded/", "/admin/planted/for-staff/"}


@pytest.mark.urls(__name__)
def test_answers_that_may_be_kept_are_found(settings: Settings) -> None:
    planted = list_admin_addresses("/admin/planted/")
    assert find_kept_by_browsers(planted) == []
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "config.middleware.StrictHeaders"]
    assert "/admin/planted/unguarded/" in find_kept_by_browsers(planted)
