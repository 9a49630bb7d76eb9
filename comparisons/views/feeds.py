"""The Atom feed of roles that were added last."""

import re
from datetime import UTC, datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from careers.models import Citation, Role
from careers.vocabulary import SAMPLE_TEXT
from comparisons import formats
from comparisons.language.messages.figure_origins import name_figure_origin
from comparisons.titles import capitalize

MOST_ENTRIES = 50
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class StableAtom(Atom1Feed):
    """Atom whose empty feed is the same at every request; Django would date it with the current time."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class NewRoles(Feed):  # type: ignore[type-arg]  # generic in the stubs only
    feed_type = StableAtom
    language = "en"
    title = "Newly loaded roles – Rolewise"
    subtitle = "Roles that were added last, with what their publishers give"
    author_name = "Rolewise"

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request  # which the identifier of the feed needs

    def link(self) -> str:
        return reverse("home")

    def feed_guid(self, request: HttpRequest) -> str:
        return request.build_absolute_uri(reverse("feed"))

    def items(self) -> list[Role]:
        """The newest roles first, without those that have no current facts."""
        newest = Role.objects.with_facts().order_by("-pk")[:MOST_ENTRIES]
        return [role for role in newest if role.current_citations()]

    def item_title(self, role: Role) -> str:
        return remove_invalid_xml(role.title)

    def item_description(self, role: Role) -> str:
        sentences = []
        if role.salary and role.salary.annual_average is not None:
            pay = f"Average pay {formats.dollars(role.salary.annual_average)} a year"
            sentences.append(f"{pay} ({_origin(role.salary.citation)}).")
        if role.outlook and role.outlook.job_count is not None:
            jobs = formats.counted(role.outlook.job_count, "job")
            sentences.append(f"{jobs} ({_origin(role.outlook.citation)}).")
        citations = role.current_citations()
        publishers = dict.fromkeys(citation.publisher.name for citation in citations)
        sentences.append(f"From {formats.listed(list(publishers))}.")
        if any(citation.sample for citation in citations):
            sentences.append(f"{capitalize(SAMPLE_TEXT)}.")
        return remove_invalid_xml(" ".join(sentences))

    def item_updateddate(self, role: Role) -> datetime:
        return max(citation.loaded_at for citation in role.current_citations())


def _origin(citation: Citation) -> str:
    return name_figure_origin(citation.publisher.name, citation.figures_of, citation.captured_on)


def remove_invalid_xml(text: str) -> str:
    """Removes the characters that no XML document can hold, not even escaped.

    >>> remove_invalid_xml("Lead\\x0b Technician\\ufffe")
    'Lead Technician'
    """
    return _NOT_IN_XML.sub("", text)
