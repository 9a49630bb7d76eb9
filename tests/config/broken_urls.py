"""The real URLs, and some whose views fail, for tests only."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path

from config.settings import database_settings
from config.urls import urlpatterns as real_urlpatterns


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


def database_away(request: HttpRequest) -> HttpResponse:
    """Connects to a port on which no database listens."""
    away = ConnectionHandler({"default": database_settings("postgresql://nobody@127.0.0.1:1/nothing")})["default"]
    away.ensure_connection()
    return HttpResponse()


urlpatterns = [
    path("crash/", crash),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("download/", download),
    path("careless/", careless),
    path("database-away/", database_away),
    *real_urlpatterns,
]
