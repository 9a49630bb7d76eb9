"""Roles: the record of each, and the board that shows which facts are missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from careers.admin import ReadOnlyAdmin
from careers.models import FactRow, Publisher, Role, RoleAlias, TitleTerm
from careers.search_words import list_significant_words
from careers.title_terms import LAST, list_word_pairs, make_whole_term
from careers.vocabulary import ADDED_GROUPS, FIELDS, GROUPS, KEY_OF, NOT_PUBLISHED, ONE_ROW_GROUPS, label_of
from ingest.admin import coverage
from ingest.admin.events import list_events
from ingest.admin.permissions import LINK, LOAD, MERGE, VIEW_ROLES, has_any, screen
from ingest.admin.role_changes import choose_closest, merge_role, remove_alias, rename_role
from ingest.admin.screen_parts import ScreenAdmin, make_breadcrumb, paginate, render_screen
from ingest.admin.vain_searches import add_everyday_title, show_vain_searches
from ingest.admin.wording import format_value
from ingest.loading.agreement import may_be_of_one_time
from ingest.loading.closest import Proposal, propose_occupations
from ingest.loading.fit import TABLES
from ingest.models import Mention

MOST_PAGES = 200  # of one role's record on one screen
_MOST_WORDS = 6  # of what is typed
_END = "\U0010ffff"  # follows every word that begins with the text before it


@admin.register(Role)
class RoleAdmin(ScreenAdmin):
    view_permissions = VIEW_ROLES
    list_display = ("title", "slug", "soc_code", "other_titles", "closest")
    search_fields = ("title",)  # what is typed is looked for among all titles, see `get_search_results`

    @admin.display(description="other titles")
    def other_titles(self, role: Role) -> str:
        return ", ".join(alias.title for alias in role.aliases.all()) or "—"

    @admin.display(description="closest official occupation")
    def closest(self, role: Role) -> str:
        if role.closest_occupation:
            return role.closest_occupation.title
        proposals: list[Proposal] = getattr(role, "proposals", [])
        return f"proposed: {describe_proposal(proposals[0])}" if proposals else "—"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("closest_occupation").prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Role], search_term: str
    ) -> tuple[QuerySet[Role], bool]:
        """Roles that have each typed word in one of their titles, everyday ones included, or that have this code.

        The likeliest comes first, unless a column is chosen to sort by.
        """
        roles = _find_by_words(queryset, search_term)
        if ORDER_VAR not in request.GET:
            roles = _order_by_likelihood(roles, search_term)
        return roles, False

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes = super().get_changelist_instance(request)
        roles = list(changes.result_list)
        proposals = propose_occupations(roles)
        for role in roles:
            role.proposals = proposals.get(role.pk, [])
        changes.result_list = roles
        return changes

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("coverage/", wrap(show_coverage), name="careers_role_coverage"),
            path("vain/", wrap(show_vain_searches), name="careers_role_vain_searches"),
            path("everyday-title/", wrap(add_everyday_title), name="careers_role_everyday_title"),
            path("<int:pk>/change/", wrap(show_role), name="careers_role_change"),
            path("<int:pk>/merge/", wrap(merge_role), name="careers_role_merge"),
            path("<int:pk>/rename/", wrap(rename_role), name="careers_role_rename"),
            path("<int:pk>/aliases/<int:alias>/remove/", wrap(remove_alias), name="careers_role_remove_alias"),
            path("<int:pk>/closest/", wrap(choose_closest), name="careers_role_closest"),
            *super().get_urls(),
        ]


def _find_by_words(roles: QuerySet[Role], typed: str) -> QuerySet[Role]:
    """Those of the roles whose titles have each typed word, or one that begins with it; or which have this code."""
    words = list_significant_words(typed)[:_MOST_WORDS]
    if not typed.strip():
        return roles
    has_words = Q() if words else Q(pk__in=[])
    for word in words:
        has_words &= Q(Exists(TitleTerm.objects.filter(role=OuterRef("pk"), term__gte=word, term__lt=word + _END)))
    return roles.filter(has_words | Q(soc_code=typed.strip()[:10]))


def _order_by_likelihood(roles: QuerySet[Role], typed: str) -> QuerySet[Role]:
    """The roles by the points that readers' searches give for the typed words, those of other words last."""
    words = list_significant_words(typed)[:_MOST_WORDS]
    if not words:
        return roles
    terms = [make_whole_term(words), *words, *list_word_pairs(words), words[-1] + LAST]
    of_role = TitleTerm.objects.filter(role=OuterRef("pk"), term__in=terms).order_by().values("role")
    points = of_role.annotate(points_of_all=Sum("points") + Max(F("total") - F("points"))).values("points_of_all")
    return roles.annotate(likelihood=Subquery(points)).order_by(F("likelihood").desc(nulls_last=True), "title", "pk")


@admin.register(RoleAlias)
class RoleAliasAdmin(ReadOnlyAdmin):
    list_display = ("title", "role", "slug")
    search_fields = ("title", "role__title")
    list_select_related = ("role",)


# -- the record -------------------------------------------------------------------------------


@dataclass(slots=True)
class PageRecord:
    """One page that mentions a role.

    `shown_groups`: the groups in which readers see its facts. `agrees`: how many of its other values are the same as
    the values shown, `differs`: those that are not, in words.
    """

    mention: Mention
    shown_groups: list[str]
    agrees: int = 0
    differs: list[str] = field(default_factory=list)


@screen(*VIEW_ROLES)
def show_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each fact of a role comes from, and what people changed about the role."""
    role = get_object_or_404(Role.objects.with_facts().select_related("closest_occupation"), pk=pk)
    mentions = role.mentions.select_related("page__citation__publisher", "page__loaded_by").defer("page__content")
    pages = _list_page_records(role, list(mentions.order_by("-page")[:MOST_PAGES]))
    events = role.events.select_related("by", "page", "role", "publisher", "undone_by")[:100]
    context = {
        "role": role,
        "aliases": role.aliases.all(),
        "added_titles": role.added_titles.all(),
        "can_remove_aliases": has_any(request, MERGE),
        "pages": pages,
        "more_pages": max(0, role.mentions.count() - len(pages)),
        "groups": [_describe_group(group, getattr(role, group)) for group in ONE_ROW_GROUPS if getattr(role, group)],
        "events": list_events(request, events),
        "actions": _list_actions(request, role),
        "proposals": _list_proposals(role) if has_any(request, LINK) else [],
        "closest_to": role.closest_to.order_by("title")[:MOST_PAGES],
        "breadcrumbs": [make_breadcrumb("Roles", "careers_role_changelist")],
    }
    return render_screen(request, "admin/careers/role.html", role.title, context)


def describe_proposal(proposal: Proposal) -> str:
    """
    >>> describe_proposal(Proposal("53-3054", "Taxi Drivers", "Cabbie"))
    'Taxi Drivers (53-3054), also called “Cabbie”'
    """
    return f"{proposal.title} ({proposal.soc_code}), also called “{proposal.called}”"


def _list_proposals(role: Role) -> list[tuple[str, str]]:
    """(words, address of the form that names it) of each proposed occupation."""
    address = reverse("admin:careers_role_closest", args=[role.pk])
    proposals = propose_occupations([role]).get(role.pk, [])
    return [(describe_proposal(proposal), f"{address}?occupation={proposal.soc_code}") for proposal in proposals]


def _list_actions(request: HttpRequest, role: Role) -> list[tuple[str, str]]:
    """(name, address) of what the person who asks can do with a role; nothing for an official occupation."""
    if role.soc_code:
        return []
    actions = [
        (MERGE, "Merge into another role …", "merge"),
        (MERGE, "Rename …", "rename"),
        (LINK, "Closest official occupation …", "closest"),
    ]
    return [
        (name, reverse(f"admin:careers_role_{view}", args=[role.pk]))
        for permission, name, view in actions
        if has_any(request, permission)
    ]


def _describe_group(group: str, row: FactRow) -> dict[str, Any]:
    """What readers see of one group, with the pages that agree and differ."""
    values = []
    for name in FIELDS[group]:
        evidence, value = row.evidence.get(name, {}), getattr(row, name)
        if value is None and not evidence:
            continue
        key = KEY_OF[group, name]
        values.append(
            {
                "label": label_of(key),
                "text": _write_value(key, value, evidence),
                "agrees": evidence.get("agrees", {}).get("pages", 0),
                "differs": [_describe_difference(key, entry) for entry in evidence.get("differs", ())],
            }
        )
    return {"name": GROUPS[group], "values": values, "citation": row.citation}


def _write_value(key: str, value: Any, evidence: Mapping[str, Any]) -> str:
    if value is not None:
        return format_value(key, value)
    return "unclear" if evidence.get("how") == "unread" else NOT_PUBLISHED


def _describe_difference(key: str, entry: Mapping[str, Any]) -> str:
    day = f" ({entry['captured_on']})" if entry.get("captured_on") else ""
    return f"{entry['publisher']}: {format_value(key, entry['value'])}{day}"


def _list_page_records(role: Role, mentions: list[Mention]) -> list[PageRecord]:
    citations = {mention.page.citation_id for mention in mentions}
    rows: dict[tuple[str, int | None], FactRow] = {}
    for group in ONE_ROW_GROUPS:
        for row in TABLES[group]._default_manager.filter(role=role, citation__in=citations).select_related("citation"):
            rows[group, row.citation_id] = row
    records = []
    for mention in mentions:
        citation = mention.page.citation_id
        shown_groups = [
            name
            for group, name in GROUPS.items()
            if group not in ADDED_GROUPS and _find_shown_citation(role, group) == citation
        ]
        record = PageRecord(mention, shown_groups)
        for group in ONE_ROW_GROUPS:
            _compare_rows(record, group, rows.get((group, citation)), getattr(role, group))
        records.append(record)
    return records


def _compare_rows(record: PageRecord, group: str, page_row: FactRow | None, shown_row: FactRow | None) -> None:
    """Note on a record where another row of the page agrees with the row that is shown, and where it differs.

    Figures of another month, as those of earlier years, do neither.
    """
    if page_row is None or shown_row is None or page_row == shown_row:
        return
    if not may_be_of_one_time(page_row.citation.figures_of, shown_row.citation.figures_of):
        return
    for name in FIELDS[group]:
        page_value, shown_value = getattr(page_row, name), getattr(shown_row, name)
        if page_value is None or shown_value is None:
            continue
        if page_value == shown_value:
            record.agrees += 1
        else:
            key = KEY_OF[group, name]
            page_text, shown_text = format_value(key, page_value), format_value(key, shown_value)
            record.differs.append(f"{label_of(key)}: {page_text} (shown: {shown_text})")


def _find_shown_citation(role: Role, group: str) -> int | None:
    if group in ONE_ROW_GROUPS:
        row = getattr(role, group)
        return row.citation_id if row else None
    citation: int | None = getattr(role, f"{group}_citation_id")
    return citation


# -- the board --------------------------------------------------------------------------------


@screen(*VIEW_ROLES)
def show_coverage(request: HttpRequest) -> HttpResponse:
    """How many facts each role has: filled, not published, unclear, contradicted. It shows what to load next."""
    group, state, order = (request.GET.get(name, "") for name in ("group", "state", "order"))
    publisher = request.GET.get("publisher", "")
    text = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    of_publisher = int(publisher) if publisher.isdecimal() and len(publisher) < 10 else None
    keys = coverage.list_keys(group, state, order, publisher=of_publisher, text=text)
    pagination = paginate(request, keys)
    pagination["listed"].object_list = coverage.read_coverage(pagination["listed"].object_list)
    context = {
        "group_counts": coverage.count_states(),
        "groups": list(coverage.SHOWN_GROUPS.items()),
        "states": list(coverage.STATES.items()),
        "orders": list(coverage.ORDERS.items()),
        "publishers": Publisher.objects.all(),
        "chosen": {"group": group, "state": state, "order": order, "publisher": publisher, "q": text},
        "upload_url": reverse("admin:ingest_page_upload") if has_any(request, LOAD) else "",
        "breadcrumbs": [make_breadcrumb("Roles", "careers_role_changelist")],
        **pagination,
    }
    return render_screen(request, "admin/careers/coverage.html", "Coverage", context)
