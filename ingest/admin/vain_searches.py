"""What people searched in vain, with a form that gives an official occupation an everyday title."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from careers.models import AddedTitle, Role, VainSearch
from careers.models.searches import FEWEST_TIMES
from careers.search_words import list_significant_words
from ingest.admin.permissions import LINK, VIEW_ROLES, form_screen, get_user, has_any, screen
from ingest.admin.screen_parts import (
    list_titles_to_offer,
    make_breadcrumb,
    render_confirmation,
    render_screen,
    save_form,
)
from ingest.forms import EverydayTitleForm
from ingest.loading import merges

MOST_SHOWN = 200


@screen(*VIEW_ROLES)
def show_vain_searches(request: HttpRequest) -> HttpResponse:
    """Texts that were searched in vain at least three times, the most frequent first."""
    titles = AddedTitle.objects.select_related("role")
    added = {tuple(list_significant_words(title.title)): title.role for title in titles}  # as search compares them
    context = {
        "searches": [
            search | {"finds": added.get(tuple(list_significant_words(search["text"])))} for search in _list_frequent()
        ],
        "can_add": has_any(request, LINK),
        "fewest": FEWEST_TIMES,
        "breadcrumbs": [make_breadcrumb("Roles", "careers_role_changelist")],
    }
    return render_screen(request, "admin/careers/vain_searches.html", "Searched in vain", context)


def _list_frequent() -> list[dict[str, Any]]:
    """The text, how often it was searched and when last; one for all texts of the same words, in the singular and in
    any order, with the spelling of most times."""
    by_words: dict[tuple[str, ...], dict[str, Any]] = {}
    counted = VainSearch.objects.order_by().values("text").annotate(total=Sum("times"), last=Max("day"))
    for search in counted.order_by("-total", "text"):
        words = tuple(sorted(list_significant_words(search["text"])))
        merged = by_words.setdefault(words, {"text": search["text"], "total": 0, "last": search["last"]})
        merged["total"] += search["total"]
        merged["last"] = max(merged["last"], search["last"])
    frequent = [search for search in by_words.values() if search["total"] >= FEWEST_TIMES]
    return sorted(frequent, key=lambda search: (-search["total"], search["text"]))[:MOST_SHOWN]


@form_screen(LINK)
def add_everyday_title(request: HttpRequest) -> HttpResponse:
    initial = {"title": request.GET.get("title", "")[:200]}
    form = EverydayTitleForm(request.POST if request.method == "POST" else None, initial=initial)
    user = get_user(request)
    if save_form(form, "title", lambda new: merges.add_everyday_title(new["occupation"], new["title"], user)):
        title, occupation = form.cleaned_data["title"], form.cleaned_data["occupation"]
        messages.success(request, f"“{title}” finds {occupation.title} now. This can be undone on its screen.")
        return redirect("admin:careers_role_vain_searches")
    sentences = [
        "People who type the title find the occupation, and read that this is another name for it.",
        "Pages with this title stay a role of their own. This can be undone.",
    ]
    breadcrumbs = [make_breadcrumb("Searched in vain", "careers_role_vain_searches")]
    titles = list_titles_to_offer(Role.objects.occupations())
    heading, button = "Add an everyday title", "Add this title"
    return render_confirmation(request, heading, sentences, button, breadcrumbs, form=form, titles=titles)
