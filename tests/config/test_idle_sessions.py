"""How long people stay signed in without a request."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.middleware import RENEW_AFTER, RENEWED_AT

pytestmark = pytest.mark.django_db

IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ann", password="a password of tests"))
    return client


def read_end_of_session() -> datetime:
    return Session.objects.get().expire_date


def age_session(seconds: int) -> None:
    """The session as it would be if it had been renewed this long ago."""
    stored = Session.objects.get()
    session = SessionStore(stored.session_key)
    session[RENEWED_AT] = session.get(RENEWED_AT, int(timezone.now().timestamp())) - seconds
    session.save()
    Session.objects.update(expire_date=timezone.now() + IDLE - timedelta(seconds=seconds))


def test_a_session_ends_two_hours_after_the_last_request(signed_in: Client) -> None:
    assert timedelta(hours=2) == IDLE
    signed_in.get("/admin/")
    age_session(settings.SESSION_COOKIE_AGE + 1)
    answer = signed_in.get("/admin/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_who_goes_on_stays_signed_in(signed_in: Client) -> None:
    signed_in.get("/admin/")
    age_session(RENEW_AFTER + 1)
    before = read_end_of_session()
    assert signed_in.get("/admin/").status_code == 200
    assert read_end_of_session() > before


def test_a_session_is_not_written_at_every_request(signed_in: Client) -> None:
    signed_in.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        signed_in.get("/admin/")
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_readers_get_no_session(client: Client) -> None:
    client.get("/")
    client.get("/admin/login/")
    assert not Session.objects.exists()
