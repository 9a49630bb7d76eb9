"""Roles: the record of each, merging and renaming, and the board that shows which facts are missing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.admin import ReadOnlyAdmin
from careers.models import Citation, FactRow, Publisher, Role, RoleAlias
from careers.vocabulary import FIELDS, GROUPS, KEY_OF, ONE_ROW_GROUPS, label_of
from ingest.admin import coverage
from ingest.admin.screens import LINK, MERGE, address_of, crumb, listed, may, needs, person, screen, told
from ingest.admin.wording import words
from ingest.forms import ClosestForm, MergeForm, RenameForm
from ingest.loading import merges
from ingest.loading.fit import TABLES
from ingest.loading.merges import TitleError
from ingest.models import Mention

LOOK_AT_ROLES = ("careers.view_role", MERGE, LINK)
MOST_PAGES = 200  # of one role's record on one screen


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    list_display = ("title", "slug", "soc_code", "aliases_named")
    search_fields = ("title", "aliases__title", "soc_code")

    @admin.display(description="other titles")
    def aliases_named(self, role: Role) -> str:
        return ", ".join(alias.title for alias in role.aliases.all()) or "—"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("aliases")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, *LOOK_AT_ROLES)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("coverage/", wrap(board), name="careers_role_coverage"),
            path("<int:pk>/change/", wrap(show), name="careers_role_change"),
            path("<int:pk>/merge/", wrap(merge_role), name="careers_role_merge"),
            path("<int:pk>/rename/", wrap(rename_role), name="careers_role_rename"),
            path("<int:pk>/closest/", wrap(closest), name="careers_role_closest"),
        ]
        return own + super().get_urls()


# -- the record -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageOf:
    """One page that speaks of a role. `shown_in`: the groups in which it is what readers see."""

    mention: Mention
    shown_in: list[str]
    agrees: int
    differs: list[str]


@needs(*LOOK_AT_ROLES)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is known of how a role came to be what it is."""
    role = get_object_or_404(Role.objects.with_facts().select_related("closest_occupation"), pk=pk)
    mentions = role.mentions.select_related("page__citation__publisher", "page__loaded_by").defer("page__content")
    pages = _pages_of(role, list(mentions.order_by("-page")[:MOST_PAGES]))
    events = role.events.select_related("by", "page", "role", "publisher", "undone_by")[:100]
    context = {
        "role": role,
        "aliases": [alias.title for alias in role.aliases.all()],
        "pages": pages,
        "more_pages": max(0, role.mentions.count() - len(pages)),
        "facts": _facts_of(role),
        "events": told(request, events),
        "acts": _acts(request, role),
        "closest_to": role.closest_to.order_by("title")[:MOST_PAGES],
        "crumbs": [crumb("Roles", "careers_role_changelist")],
    }
    return screen(request, "admin/careers/role.html", role.title, context)


def _acts(request: HttpRequest, role: Role) -> list[tuple[str, str]]:
    """(name, address) of what the person who asks can do with a role. An occupation is what its publisher says."""
    acts = [
        (MERGE, "Merge into another role …", "merge"),
        (MERGE, "Rename …", "rename"),
        (LINK, "Closest official occupation …", "closest"),
    ]
    able = () if role.soc_code else acts
    return [
        (name, reverse(f"admin:careers_role_{view}", args=[role.pk]))
        for may_do, name, view in able
        if may(request, may_do)
    ]


def _facts_of(role: Role) -> list[tuple[str, list[dict[str, Any]], Citation]]:
    """(group, [what is shown of it, who agrees and who differs], its page)"""
    found = []
    for group in ONE_ROW_GROUPS:
        row = getattr(role, group)
        if row is None:
            continue
        values = []
        for name in FIELDS[group]:
            evidence, value = row.evidence.get(name, {}), getattr(row, name)
            if value is None and not evidence:
                continue
            key = KEY_OF[group, name]
            differs = [
                f"{each['publisher']}: {words(key, each['value'])}"
                + (f" ({each['captured_on']})" if each.get("captured_on") else "")
                for each in evidence.get("differs", ())
            ]
            unclear = evidence.get("how") == "unread"
            values.append(
                {
                    "label": label_of(key),
                    "text": words(key, value) if value is not None else "unclear" if unclear else "not published",
                    "agrees": evidence.get("agrees", {}).get("pages", 0),
                    "differs": differs,
                }
            )
        found.append((GROUPS[group], values, row.citation))
    return found


def _pages_of(role: Role, mentions: list[Mention]) -> list[PageOf]:
    citations = {mention.page.citation_id for mention in mentions}
    rows: dict[tuple[str, int | None], FactRow] = {}
    for group in ONE_ROW_GROUPS:
        for each in TABLES[group]._default_manager.filter(role=role, citation__in=citations):
            rows[group, each.citation_id] = each
    found = []
    for mention in mentions:
        citation = mention.page.citation_id
        agrees, differs = 0, []
        for group in ONE_ROW_GROUPS:
            row, current = rows.get((group, citation)), getattr(role, group)
            if row is None or current is None or row == current:
                continue
            for name in FIELDS[group]:
                said, known = getattr(row, name), getattr(current, name)
                if said is None or known is None:
                    continue
                if said == known:
                    agrees += 1
                else:
                    key = KEY_OF[group, name]
                    differs.append(f"{label_of(key)}: {words(key, said)} (shown: {words(key, known)})")
        shown_in = [name for group, name in GROUPS.items() if _shown_citation(role, group) == citation]
        found.append(PageOf(mention, shown_in, agrees, differs))
    return found


def _shown_citation(role: Role, group: str) -> int | None:
    if group in ONE_ROW_GROUPS:
        row = getattr(role, group)
        return row.citation_id if row else None
    citation: int | None = getattr(role, f"{group}_citation_id")
    return citation


# -- merging and renaming ---------------------------------------------------------------------


@needs(MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one role of two: this one goes into another."""
    role = get_object_or_404(Role, pk=pk)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            merges.merge_roles(role, into, person(request))
        except TitleError as error:
            form.add_error("into", str(error))
        else:
            messages.success(request, f"{role.title} is another title of {into.title} now. This can be undone below.")
            return redirect("admin:careers_role_change", into.pk)
    context = {
        "sentences": [
            f"Everything that pages say of {role.title} is then said of the role that you name. “{role.title}” becomes "
            "another title of it, and its address leads there.",
            "It can be undone.",
        ],
        "form": form,
        "titles": Role.objects.by_title().exclude(pk=pk).order_by("title").values_list("title", flat=True)[:2000],
        "button": "Merge",
        "back": reverse("admin:careers_role_change", args=[pk]),
        "crumbs": _crumbs(role),
    }
    return screen(request, "admin/ingest/confirm.html", f"Merge {role.title} into another role", context)


@needs(MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rename_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role another title."""
    role = get_object_or_404(Role, pk=pk)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"title": role.title})
    if request.method == "POST" and form.is_valid():
        try:
            merges.rename_role(role, form.cleaned_data["title"], person(request))
        except TitleError as error:
            form.add_error("title", str(error))
        else:
            messages.success(request, "The role has its new title. This can be undone below.")
            return redirect("admin:careers_role_change", pk)
    context = {
        "sentences": [
            "Its address of now keeps leading to it, and pages no longer change its spelling.",
            "It can be undone.",
        ],
        "form": form,
        "button": "Rename",
        "back": reverse("admin:careers_role_change", args=[pk]),
        "crumbs": _crumbs(role),
    }
    return screen(request, "admin/ingest/confirm.html", f"Rename {role.title}", context)


@needs(LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def closest(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the official occupation that stands beside a role."""
    role = get_object_or_404(Role.objects.by_title().select_related("closest_occupation"), pk=pk)
    named = role.closest_occupation
    form = ClosestForm(
        request.POST if request.method == "POST" else None, initial={"occupation": named.soc_code if named else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            merges.set_closest_occupation(role, form.cleaned_data["occupation"], person(request))
        except TitleError as error:
            form.add_error("occupation", str(error))
        else:
            messages.success(request, "The closest official occupation is kept. This can be undone below.")
            return redirect("admin:careers_role_change", pk)
    context = {
        "sentences": [
            "Readers see the two side by side on the page of the role, each with its own figures. Nothing is joined.",
            "It can be undone.",
        ],
        "form": form,
        "titles": Role.objects.occupations().order_by("title").values_list("title", flat=True)[:2000],
        "button": "Keep",
        "back": reverse("admin:careers_role_change", args=[pk]),
        "crumbs": _crumbs(role),
    }
    return screen(request, "admin/ingest/confirm.html", f"The official occupation closest to {role.title}", context)


def _crumbs(role: Role) -> list[tuple[str, str]]:
    return [
        crumb("Roles", "careers_role_changelist"),
        (role.title, reverse("admin:careers_role_change", args=[role.pk])),
    ]


@admin.register(RoleAlias)
class RoleAliasAdmin(ReadOnlyAdmin):
    list_display = ("title", "role", "slug")
    search_fields = ("title", "role__title")
    list_select_related = ("role",)


# -- the board --------------------------------------------------------------------------------


@needs(*LOOK_AT_ROLES)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Roles by facts: filled, not published, unclear, contradicted; newest date. To see what to load next."""
    group, state, order = (request.GET.get(name, "") for name in ("group", "state", "order"))
    publisher = request.GET.get("publisher", "")
    text = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    of_publisher = int(publisher) if publisher.isdecimal() and len(publisher) < 10 else None
    roles = coverage.filter_roles(group, state, publisher=of_publisher, text=text)
    list_of = listed(request, coverage.sort_roles(roles, order))
    list_of["listed"].object_list = coverage.read_coverage(list(list_of["listed"].object_list))
    context = {
        "group_counts": coverage.count_states(Role.objects.all()),
        "groups": list(GROUPS.items()),
        "states": list(coverage.STATES.items()),
        "orders": list(coverage.ORDERS.items()),
        "publishers": Publisher.objects.all(),
        "asked": {"group": group, "state": state, "order": order, "publisher": publisher, "q": text},
        "load_url": address_of("ingest_page_load") if may(request, "ingest.load_page") else "",
        "crumbs": [crumb("Roles", "careers_role_changelist")],
        **list_of,
    }
    return screen(request, "admin/careers/coverage.html", "Coverage", context)
