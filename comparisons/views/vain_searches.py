"""Counts what people type and nothing is called, so that admins can add the titles that people use."""

from collections.abc import Sequence

from django.http import HttpResponse

from careers.models import VainSearch
from comparisons.search.typed_text import drop_question, list_single_words, split_query


def count_in_vain(texts: Sequence[str], response: HttpResponse) -> None:
    """Count each text that can be a title, without the question around it: “salary” cannot.

    `response`: the page that says that nothing is called so. It is not stored, so that the next search is counted, too.
    """
    for text in texts:
        words = split_query(text)
        if list_single_words(words):
            VainSearch.count(" ".join(drop_question(words)))
    if texts:
        response["Cache-Control"] = "no-store"
