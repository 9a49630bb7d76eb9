"""The roles that were loaded last, for programs that look for news."""

import re
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.models import MANY_ROW_GROUPS, ONE_ROW_GROUPS, Role
from comparisons import formats

MOST_ENTRIES = 50
_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """`pay` and `jobs`: as text, "" where they are not known. `loaded_at`: when the newest of its facts was loaded."""

    title: str
    url: str
    publishers: str
    pay: str
    jobs: str
    loaded_at: datetime


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    entries = [_entry(request, role) for role in _newest()]
    context = {
        "feed": request.build_absolute_uri(reverse("feed")),
        "home": request.build_absolute_uri(reverse("home")),
        "updated": max((entry.loaded_at for entry in entries), default=_LONG_AGO),
        "entries": entries,
    }
    return render(request, "comparisons/feed.xml", context, content_type="application/atom+xml; charset=utf-8")


def _newest() -> list[Role]:
    """Of the roles that were added last those with anything current, the newest first."""
    return [role for role in Role.objects.with_facts().order_by("-pk")[:MOST_ENTRIES] if _citations(role)]


def _citations(role: Role) -> list[Any]:
    rows = [getattr(role, group) for group in ONE_ROW_GROUPS]
    listed = [getattr(role, f"{group}_citation") for group in MANY_ROW_GROUPS]
    return [row.citation for row in rows if row] + [citation for citation in listed if citation]


def _entry(request: HttpRequest, role: Role) -> Entry:
    cited = _citations(role)
    pay = role.salary.annual_average if role.salary else None
    jobs = role.outlook.job_count if role.outlook else None
    return Entry(
        in_xml(role.title),
        request.build_absolute_uri(role.get_absolute_url()),
        in_xml(formats.listed(list(dict.fromkeys(citation.publisher.name for citation in cited)))),
        "" if pay is None else formats.dollars(pay),
        "" if jobs is None else formats.counted(jobs, "job"),
        max(citation.loaded_at for citation in cited),
    )


def in_xml(text: str) -> str:
    """Without the characters that no XML document can hold, not even escaped.

    >>> in_xml("Lead\\x0b Technician\\ufffe")
    'Lead Technician'
    """
    return _NOT_IN_XML.sub("", text)
