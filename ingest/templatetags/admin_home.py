"""The first page of the admin: what is unfinished, and what a person should look at."""

from typing import Any

from django import template
from django.urls import reverse

from ingest.admin.permissions import LOAD, MERGE, VIEW_PAGES, VIEW_ROLES, has_any
from ingest.batches.progress import list_unfinished_batches
from ingest.loading.load import find_outdated_pages
from ingest.loading.similar_roles import find_split_roles

MOST_BATCHES = 10
register = template.Library()


@register.simple_tag(takes_context=True)
def admin_home(context: template.Context) -> dict[str, Any]:
    """What is shown above the stock first page to the person who asks."""
    request = context["request"]
    can_see_pages = has_any(request, *VIEW_PAGES)
    split_roles = []  # spellings of one title, with the address that merges the first into the second
    for role, into in find_split_roles() if has_any(request, MERGE) else ():
        address = reverse("admin:careers_role_merge", args=[role.pk])
        split_roles.append({"title": role.title, "into": into.title, "address": f"{address}?into={into.slug}"})
    return {
        "can_load": has_any(request, LOAD),
        "can_view_roles": has_any(request, *VIEW_ROLES),
        "unfinished": list_unfinished_batches().select_related("by")[:MOST_BATCHES] if can_see_pages else [],
        "outdated": find_outdated_pages().count() if has_any(request, LOAD) else 0,
        "split_roles": split_roles,
    }
