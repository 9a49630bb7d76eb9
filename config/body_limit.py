"""Refuses large request bodies before anything reads them: Django would write them to the disk first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

View = Callable[..., HttpResponseBase]


class BodyLimit:
    """Answers 413 to a body over `MOST_BODY_BYTES`, except where files are uploaded; those views have their own limits.

    It comes before the middleware that looks for a token, which would read the whole body. A body without a length
    needs no limit, because Django treats it as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: Sequence[Any], named_arguments: Mapping[str, Any]
    ) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.MOST_BODY_BYTES:
            return None
        if request.resolver_match and request.resolver_match.view_name in settings.UPLOAD_VIEWS:
            return None
        return HttpResponse(render_to_string("413.html"), status=413, headers={"Cache-Control": "no-store"})
