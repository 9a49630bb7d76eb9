"""How much data a page is based on, and how recent it is."""

from datetime import date

from careers.vocabulary import SAMPLE_TEXT, SELF_EMPLOYED
from comparisons import formats
from comparisons.language.messages.figure_origins import write_month
from comparisons.queries.listings import ListedPublisher
from comparisons.titles import capitalize


def describe_extent(roles: int, pages: int, publishers: int) -> str:
    """How much data a page about all roles is based on."""
    return f"{describe_extent_of_publisher(roles, pages)} of {formats.counted(publishers, 'publisher')}"


def describe_extent_of_publisher(roles: int, pages: int) -> str:
    """How much data of one publisher is stored. Some of its pages may be about no single role.

    >>> describe_extent_of_publisher(3, 2), describe_extent_of_publisher(0, 1)
    ('3 roles from 2 pages', '1 page')
    """
    if not roles:
        return formats.counted(pages, "page")
    return f"{formats.counted(roles, 'role')} from {formats.counted(pages, 'page')}"


def count_samples(count: int, pages: int) -> str:
    """How many pages of a publisher are samples.

    >>> count_samples(3, 3)
    'These pages are sample text written for Rolewise; figures as published.'
    >>> count_samples(1, 3)
    '1 of these pages is sample text written for Rolewise; figures as published.'
    """
    verb = "is" if count == 1 else "are"
    if count < pages:
        return f"{formats.plain(count)} of these pages {verb} {SAMPLE_TEXT}."
    return f"{'This page' if count == 1 else 'These pages'} {verb} {SAMPLE_TEXT}."


def write_span_of_days(oldest: date, newest: date) -> str:
    first, last = formats.day(oldest), formats.day(newest)
    return first if first == last else f"{first} to {last}"


def list_notes(publisher: ListedPublisher) -> list[str]:
    """What to know of the figures in the list of a publisher, each a sentence."""
    notes = []
    if len(publisher.releases) > 1:
        months = [write_month(release) for release in publisher.releases]
        notes.append(f"Figures are for {formats.listed(months)}: each stands with its month.")
    elif publisher.is_official:
        what = "Pay and jobs" if publisher.spans else "Figures"
        notes.append(f"{what} are for {write_month(publisher.releases[0])}.")
    if publisher.spans:
        notes.append("Growth with its years is projected." if publisher.filled["growth"] else "Growth is projected.")
    if publisher.is_official and publisher.filled["jobs"]:
        notes.append(f"{capitalize(SELF_EMPLOYED)}.")
    return notes
