"""What is known about a page, as its screen shows it: whose it is, its lines, what is doubtful, what was chosen."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from careers.areas import AREAS
from careers.models import AllJobsFigure, AreaPrice
from careers.vocabulary import NOT_PUBLISHED, WARNING_KINDS, find_warning_kind
from ingest.admin.page_lines import MOST_LINES, list_places, mark_lines, read_raw_lines
from ingest.admin.role_reviews import RoleReview, review_roles
from ingest.admin.screen_parts import paginate
from ingest.admin.unclear_values import list_unclear_values
from ingest.admin.wording import describe_place, format_value, get_field_label, reveal_invisible
from ingest.loading.load import LoadResult
from ingest.models import Page
from ingest.parsing.cells import UnreadableError

ROLES_AT_ONCE = 25  # on one screen: a page mentions two at most, an official table hundreds


@dataclass(frozen=True, slots=True)
class PageReview:
    """What is known about a page while it is stored, or about a refused page, without its roles.

    `source`: whose it is, from where and when. `pagination`: which of its roles these are, for `_pagination.html`.
    `area_prices`: the price levels of states that it gives; `all_jobs`: its figures of all jobs.
    """

    warnings: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]
    unread: list[dict[str, Any]]
    roles: list[RoleReview] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    pagination: dict[str, Any] = field(default_factory=dict)
    area_prices: list[AreaPrice] = field(default_factory=list)
    all_jobs: list[AllJobsFigure] = field(default_factory=list)

    @property
    def places(self) -> list[tuple[int, str]]:
        """Line and raw text of everything that was read from it."""
        of_no_role = [figure.evidence for figure in self.all_jobs] + [price.evidence for price in self.area_prices]
        return list_places(self.roles) + [(evidence["line"], evidence["raw"]) for evidence in of_no_role]


def review_page(request: HttpRequest, page: Page, result: LoadResult | None = None) -> PageReview:
    """What a stored page says. `result`: what loading it has just done."""
    pagination = paginate(request, page.mentions.order_by("pk"), ROLES_AT_ONCE)
    mentions = pagination["listed"].object_list = list(pagination["listed"].object_list)
    changes = None if result is None or result.already_loaded else result.changes
    return PageReview(
        page.warnings,
        page.ambiguous,
        page.unread,
        roles=review_roles(page, mentions, changes),
        source=describe_source(page),
        pagination=pagination,
        area_prices=list(AreaPrice.objects.filter(citation=page.citation_id)),
        all_jobs=list(AllJobsFigure.objects.filter(citation=page.citation_id)),
    )


def describe_source(page: Page) -> list[str]:
    """Whose a page is, from where and when, in words."""
    citation = page.citation
    if citation is None:
        return []
    day = f"saved on {citation.captured_on:%Y-%m-%d}" if citation.captured_on else "day of capture not known"
    parts = (citation.publisher.name, citation.title, citation.url, day, citation.licence)
    return [part for part in parts if part]


def review_context(name: str, content: bytes, review: PageReview) -> dict[str, Any]:
    """The lines of a page, what was read from them, and what is doubtful: for `page.html`."""
    lines = read_raw_lines(name, content, review.places)
    mark_lines(lines, review.roles, review.warnings, review.unread)
    if review.pagination and review.pagination["listed"].has_other_pages():
        # Only some of many roles are shown: the head of a table and the lines marked for them are enough.
        lines = [line for line in lines if line.number == 1 or line.values or line.warnings or line.unread]
    return {
        **review.pagination,
        "lines": lines,
        "lines_are_cut": len(lines) == MOST_LINES,
        "roles": review.roles,
        "warnings": _show_warnings(review.warnings),
        "unread": [entry | {"text": reveal_invisible(entry["text"])} for entry in review.unread],
        "unclear_values": list_unclear_values(review.ambiguous),
        "source": review.source,
        "area_prices": [
            _show_figure(f"{AREAS[price.state].name}, {price.year}", str(price.price_level), price.evidence)
            for price in review.area_prices
        ],
        "all_jobs": [
            _show_figure(get_field_label(figure.key), format_value(figure.key, figure.value), figure.evidence)
            for figure in review.all_jobs
        ],
    }


def _show_warnings(warnings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each warning once, with the lines of all values that it concerns."""
    shown: dict[str, dict[str, Any]] = {}
    for warning in warnings:
        message = reveal_invisible(warning["message"])
        serious = WARNING_KINDS[find_warning_kind(warning["code"])].serious
        entry = shown.setdefault(message, {"message": message, "serious": serious, "lines": {}})
        entry["lines"][warning["line"]] = None  # thousands of lines can have the same warning
    return list(shown.values())


def _show_figure(name: str, value: str, evidence: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "value": value, "line": evidence.get("line", 0), "place": describe_place(evidence)}


def describe_choices(choices: dict[str, Any], titles: Mapping[str, str]) -> list[str]:
    """What was chosen for a page, by whom and when. `choices`: as on Page. `titles`: key -> title."""
    sentences = []
    for key, fields in choices.items():
        for field_key, choice in fields.items():
            value = NOT_PUBLISHED if choice["text"] is None else choice["text"]
            by = f", by {choice['by']} on {choice['on']}" if choice["by"] else ""
            sentences.append(reveal_invisible(f"{get_field_label(field_key)} of {titles.get(key, key)}: {value}{by}"))
    return sentences


def read_chosen_texts(request: HttpRequest) -> Sequence[tuple[str, str | None]]:
    """(title, text) for each role of a choice. Raises UnreadableError if nothing was chosen."""
    titles = request.POST.getlist("role")
    texts = _read_texts(request, len(titles))
    valid = isinstance(texts, list) and all(text is None or isinstance(text, str) for text in texts)
    if not titles or not valid or len(texts) != len(titles):
        raise UnreadableError("Nothing was chosen. Pick one of the readings, or enter your own.")
    return list(zip(titles, texts, strict=True))


def _read_texts(request: HttpRequest, count: int) -> Any:
    """One text for each role if the form was filled in; anything else that JSON can be if not."""
    reading = request.POST.get("reading", "")
    if reading == "none":
        return [None] * count
    if reading == "own":
        return [request.POST.get(f"own-{number}", "").strip() or None for number in range(count)]
    try:
        return json.loads(reading)
    except ValueError:
        return None
