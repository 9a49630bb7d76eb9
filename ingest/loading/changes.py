"""What a page changed in the current facts of roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One current value of a role, before and after. `role`: its slug, "" for facts of states; `field`: a key of the
    vocabulary.

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
