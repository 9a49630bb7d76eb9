"""In the admin a request waits longer for SQLite's write lock, and public pages do not."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.middleware import AdminPatience

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a queue for each row"),
]


def read_waiting_time() -> int:
    """Milliseconds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return int(cursor.fetchone()[0])


def measure_waiting_time(path: str) -> int:
    def get_response(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(read_waiting_time()))

    return int(AdminPatience(get_response)(RequestFactory().get(path)).getvalue())


@pytest.fixture(autouse=True)
def usual_waiting_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the application server waits."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 1.5)


def test_the_admin_waits_ten_seconds() -> None:
    assert measure_waiting_time("/admin/login/") == 10_000


def test_afterwards_the_same_thread_serves_public_pages_without_that_patience() -> None:
    measure_waiting_time("/admin/login/")
    assert measure_waiting_time("/roles/") == 1_500


def test_after_an_error_too() -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise ValueError("a planted bug")

    with pytest.raises(ValueError, match="planted"):
        AdminPatience(fail)(RequestFactory().get("/admin/"))
    assert read_waiting_time() == 1_500
