"""The signs that tell Zippia's pair pages from pages of other publishers.

Anybody's tables can have labels such as "Average salary". The address, the sentences that every pair page repeats, and
the links around the text are the publisher's own.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from ingest.documents.document import Document
from ingest.documents.lines import FURNITURE, Line

_HOST, _NAME = "zippia.com", "zippia"

GROUP = re.compile(r"Browse (.+) jobs", re.IGNORECASE)

# The standard sentences, each as phrases that follow one another.
_SENTENCES = (
    ("the differences between ", " and ", " can be seen in a few details"),
    ("it typically takes ", " to become both "),
    ("while it typically takes ", " to become ", ", becoming "),
    (" has an average salary of $", ", which is ", " than the $", " average annual salary of "),
    ("the top three skills for ", " include "),
    ("the most important skills for ", " are "),
    (" have different pay scales, as shown below",),
    ("there are a few differences between ", " and ", " educational background"),
    ("here are the differences between ", " and ", " demographics"),
    (" example responsibilities.",),
)

# Labels that other publishers hardly use in these words.
_PECULIAR_LABELS = frozenset(
    "yearly salary|highest paying city|highest paying state|best paying company|best paying industry|"
    "most common degree|most common major|most common college|gender ratio|race ratio|lgbt percentage".split("|")
)


# Without its address, a page needs this many signs, or one and its tables.
ENOUGH_SIGNS = 2
_PART = re.compile(r".+ vs\.? .+ (?:overview|salary|demographics|skills|education)", re.IGNORECASE)


def is_of_zippia(document: Document, list_labels: Callable[[Sequence[Line]], list[str]]) -> bool:
    """Whether a pair page is Zippia's: by its address, or by enough signs.

    `list_labels`: lines -> the known labels of tables in the publisher's own layout.
    """
    is_stated = document.stated_publisher.is_of(_HOST, _NAME)
    if is_stated is not None:
        return is_stated
    count = len(_find_signs(document))
    if count != 1:
        return count >= ENOUGH_SIGNS
    labels = {line.label for line in document.lines if line.kind == "row"}
    return not labels.isdisjoint(_PECULIAR_LABELS) or bool(list_labels(document.lines))


def _find_signs(document: Document) -> set[str]:
    """The first `ENOUGH_SIGNS` different signs of a page, or fewer: standard sentences, links, headings of parts, and
    the name in its title."""
    signs = {"name"} if _NAME in (document.title or "").casefold() else set()
    for line in document.lines:
        if len(signs) >= ENOUGH_SIGNS:
            break
        signs.update(phrases[0] for phrases in _SENTENCES if _has_phrases(line.key, phrases))
        if line.key in FURNITURE or (line.kind == "text" and GROUP.fullmatch(line.text)):
            signs.add("links")
        if len(line.key) < 300 and _PART.fullmatch(line.key):
            signs.add("headings")
    return signs


def _has_phrases(text: str, phrases: Iterable[str]) -> bool:
    position = 0
    for phrase in phrases:
        position = text.find(phrase, position)
        if position < 0:
            return False
        position += len(phrase)
    return True


def are_labels_of_zippia(labels: Iterable[str]) -> bool:
    """Whether the labels of a table in Zippia's layout are enough to recognize it: a peculiar one, or any two."""
    distinct = set(labels)
    return len(distinct) > 1 or not distinct.isdisjoint(_PECULIAR_LABELS)


def is_head_of_zippia(row: Line) -> bool:
    """Whether a table head is shifted by one cell: `| A | B | |`."""
    return len(row.cells) == 3 and bool(row.cells[0] and row.cells[1]) and not row.cells[2]
