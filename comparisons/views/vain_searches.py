"""Counts what people type and nothing is called, so that admins can add the titles that people use."""

from collections.abc import Sequence

from django.http import HttpResponse

from careers.models import VainSearch


def count_in_vain(texts: Sequence[str], response: HttpResponse) -> None:
    """Count each text. `response`: the page that says so, which is then not stored: the next search is counted, too."""
    for text in texts:
        VainSearch.count(text)
    if texts:
        response["Cache-Control"] = "no-store"
