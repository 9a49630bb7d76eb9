"""The real URLs, and some whose views fail, for tests only."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path

from config.settings import BASE_DIR, read_database_settings
from config.urls import handler400, handler500
from config.urls import urlpatterns as real_urlpatterns

__all__ = ["handler400", "handler500", "urlpatterns"]


def crash(request: HttpRequest) -> HttpResponse:
    raise ValueError("a planted bug")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def download(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse([b"a,b\n"], headers={"Content-Disposition": "attachment"})


def careless(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Security-Policy": "default-src *", "X-Frame-Options": "ALLOWALL"})


def download_during_outage(request: HttpRequest) -> HttpResponseBase:
    def read_row(number: int) -> bytes:
        raise OperationalError("the connection was refused")

    return StreamingHttpResponse(map(read_row, range(3)), headers={"Content-Disposition": "attachment"})


def database_corrupt(request: HttpRequest) -> HttpResponse:
    """Opens a file that is not a database."""
    no_database = BASE_DIR / "README.md"
    corrupt = ConnectionHandler({"default": read_database_settings(f"sqlite:///{no_database}")})["default"]
    with corrupt.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse()


class SessionThatCannotBeStored:
    """Stands for a session that is written after the view has answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.get_response(request)
        raise DatabaseError("database disk image is malformed")


def database_away(request: HttpRequest) -> HttpResponse:
    """Connects to a port on which no database listens."""
    away = ConnectionHandler({"default": read_database_settings("postgresql://nobody@127.0.0.1:1/nothing")})["default"]
    away.ensure_connection()
    return HttpResponse()


urlpatterns = [
    path("crash/", crash),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("download/", download),
    path("careless/", careless),
    path("database-away/", database_away),
    path("database-corrupt/", database_corrupt),
    path("download-during-outage/", download_during_outage),
    *real_urlpatterns,
]
