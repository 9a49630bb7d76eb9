"""One page on its way into the database, and what storing it changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from careers.models import Citation
from ingest.documents.document import Document
from ingest.loading.fit import FittedPage
from ingest.loading.questions import OpenQuestion
from ingest.models import Page
from ingest.parsing.facts import ParsedPage


@dataclass(frozen=True, slots=True)
class Change:
    """One current value of a role, before and after. `role`: its slug; `field`: a key of the vocabulary.

    A new role is a change of `title` from None. A list is one value.
    """

    role: str
    field: str
    before: Any
    after: Any


# (slug of the role, field) -> change
Changes = dict[tuple[str, str], Change]


def note_change(changes: Changes, slug: str, field: str, before: Any, after: Any) -> None:
    """Add a change. Several changes of one value become one, from the first `before` to the last `after`."""
    if (slug, field) in changes:
        before = changes.pop((slug, field)).before
    if before != after:
        changes[slug, field] = Change(slug, field, before, after)


def note_changes(changes: Changes, later: Iterable[Change]) -> None:
    """Add changes that were made after those in `changes`."""
    for change in later:
        note_change(changes, change.role, change.field, change.before, change.after)


@dataclass(slots=True)
class PageReading:
    """A page and what was read from it. `questions`: those that the page leaves open when it is read alone."""

    page: Page
    document: Document
    parsed: ParsedPage
    fitted: FittedPage
    questions: list[OpenQuestion]
    changes: Changes = field(default_factory=dict)

    @property
    def citation(self) -> Citation:
        """The citation of the page. There is none before `store_readings`."""
        return cast(Citation, self.page.citation)
