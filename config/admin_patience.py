"""Requests to the admin wait longer for SQLite's write lock than public pages wait for anything."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class AdminPatience:
    """Whoever signs in or uploads while pages are loaded gets a turn within a second; a large table can take longer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if connection.vendor != "sqlite" or not request.path.startswith("/admin/"):
            return self.get_response(request)
        usual_seconds: float = connection.settings_dict["OPTIONS"]["timeout"]
        set_waiting_time(max(usual_seconds, settings.ADMIN_LOCK_SECONDS))
        try:
            return self.get_response(request)
        finally:
            set_waiting_time(usual_seconds)  # the thread serves public pages on the same connection


def set_waiting_time(seconds: float) -> None:
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")
