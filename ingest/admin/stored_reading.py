"""How one value of a stored page was read, for the screen on which a person corrects it."""

from dataclasses import dataclass
from itertools import chain

from careers.models import CITATION_PATHS, Citation, Role
from careers.vocabulary import STORED_IN, label_of
from ingest.admin.page_lines import RawLine, list_places, read_raw_lines
from ingest.admin.role_reviews import ReviewedValue, StoredComparison, review_roles
from ingest.admin.wording import reveal_invisible
from ingest.models import Mention
from ingest.parsing.list_choices import read_entry_field
from ingest.parsing.readers import READER_OF

LINES_AROUND = 2  # a value that is to be corrected


@dataclass(frozen=True, slots=True)
class StoredReading:
    """How one value of a stored page was read. `text`: the value as people write it; `raw`: its text on the page.

    `lines`: the line of the page with those around it. `also`: labels of values that are removed together with it.
    """

    text: str
    raw: str
    how: str
    place: str
    line: int
    lines: list[RawLine]
    also: list[str]


def read_stored_value(mention: Mention, key: str) -> StoredReading | None:
    """How a page's value or entry of a list was read for one of its roles, with the lines where it stands.

    None for a `key` that is neither a value of the vocabulary nor an entry of the page, even a removed one.
    """
    page, entry = mention.page, read_entry_field(key)
    [review] = review_roles(page, [mention], None)
    values = {value.key: value for value in chain.from_iterable(group.values for group in review.groups)}
    was_removed = entry is not None and key in page.choices.get(mention.key, {})
    if key not in values and key not in STORED_IN and not was_removed:
        return None
    value = values.get(key, ReviewedValue("", "", entry.line if entry else 0, "", "", StoredComparison("absent")))
    lines = read_raw_lines(page.name, bytes(page.content), list_places([review]))
    return StoredReading(
        text=value.to_correct or value.text,
        raw=reveal_invisible(value.raw),
        how=value.how,
        place=value.place,
        line=value.line,
        lines=[line for line in lines if not value.line or abs(line.number - value.line) <= LINES_AROUND],
        also=_name_rest_of_cell(key),
    )


def _name_rest_of_cell(key: str) -> list[str]:
    """The labels of the other values that are read from one cell with this one, if it is the first of them."""
    cell = READER_OF.get(key)
    return [label_of(other) for other in cell.keys[1:]] if cell and cell.keys[0] == key else []


def find_shown_instead(mention: Mention, key: str) -> Citation | None:
    """The page whose facts readers see where this value belongs; None if they are those of the page itself."""
    place = read_entry_field(key)
    path = CITATION_PATHS.get(place.group if place else STORED_IN[key][0])
    if path is None:
        return None
    shown = Citation.objects.filter(pk__in=Role.objects.filter(pk=mention.role_id).values(path))
    return shown.exclude(page=mention.page_id).select_related("publisher").first()
