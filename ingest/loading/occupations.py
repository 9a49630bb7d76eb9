"""Join tables that only add to official occupations with the stored occupations, by code.

Such a table creates no occupation and changes no title. Codes that are not stored are left out with a warning. If too
few are stored, the table is refused: it uses another classification, or its occupations are not loaded yet.

Nor does a national table create any where a later one is stored: only an earlier classification has its other codes.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max

from careers.models import Citation, Revision, Role
from ingest.loading.fit import FittedRole
from ingest.loading.names import create_roles, find_roles, get_role_key
from ingest.loading.read import PageReading
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import PageWarning
from ingest.plurals import list_first_three

FEWEST_PERCENT = 90  # of the occupations of a table
# Of the stored occupations, a table of the publishers has three in four or more.
FEWEST_STORED_PERCENT, FEWEST_TO_COMPARE = 60, 100


class MissingOccupationsError(UnreadableError):
    """Too few occupations of a table are stored: it can be loaded after the table that brings them."""


def fetch_stored_titles() -> dict[str, str]:
    """Key of each stored official occupation -> its title."""
    return {get_role_key(role): role.title for role in Role.objects.occupations().only("title", "key", "soc_code")}


def find_latest_month(readings: Iterable[PageReading]) -> date | None:
    """The latest month of the national tables that are stored or among these pages; None where none has a month."""
    national = Citation.objects.filter(
        page__mentions__joined=False,
        page__mentions__role__in=Role.objects.occupations(),
        publisher__taken_down_at=None,
    )
    months = [national.aggregate(month=Max("figures_of"))["month"]]
    months += [reading.parsed.figures_of for reading in readings if _is_national(reading)]
    return max(filter(None, months), default=None)


def _is_national(reading: PageReading) -> bool:
    has_roles = bool(reading.fitted.roles)  # price levels and figures of all jobs have none
    return has_roles and reading.parsed.layout == "table" and not reading.parsed.joins_occupations


def _is_earlier(reading: PageReading, latest: date | None) -> bool:
    month = reading.parsed.figures_of
    return _is_national(reading) and month is not None and latest is not None and month < latest


def collect_titles(readings: Iterable[PageReading], latest: date | None) -> dict[str, str]:
    """Key of each official occupation or role that these pages bring -> its title. `latest`: see `join_table`."""
    titles: dict[str, str] = {}
    for reading in readings:
        if not reading.parsed.joins_occupations and not _is_earlier(reading, latest):
            titles |= {role.key: role.title for role in reading.fitted.roles}
    return titles


def join_table(reading: PageReading, titles: Mapping[str, str], latest: date | None) -> None:
    """Keep those roles of a table that only adds to occupations which have one of these titles.

    `latest`: the month of the latest national table. Raises MissingOccupationsError.
    """
    if reading.parsed.joins_occupations:
        _keep_stored_occupations(reading, titles)
        for role in reading.fitted.roles:
            role.title, role.joined = titles[role.key], True
    elif _is_earlier(reading, latest) and len(titles) >= FEWEST_TO_COMPARE:
        _keep_stored_occupations(reading, titles)


def _keep_stored_occupations(reading: PageReading, titles: Mapping[str, str]) -> None:
    """Raises MissingOccupationsError."""
    roles = reading.fitted.roles
    joining = [role for role in roles if role.key in titles]
    left_out = [role for role in roles if role.key not in titles]
    if 100 * len(joining) < FEWEST_PERCENT * len(roles):
        examples = list_first_three(map(_code_and_title, left_out))
        raise MissingOccupationsError(
            f"Only {len(joining):,} of the {len(roles):,} occupations of the table are stored here; at least "
            f"{FEWEST_PERCENT}% must be. Not stored: {examples}. Load the national table of the "
            "Occupational Employment and Wage Statistics first, or a release with the same classification."
        )
    if left_out:
        names = "; ".join(_code_and_title(role) for role in left_out[:5])
        message = f"{len(left_out):,} of {len(roles):,} occupations are not stored here and were left out: {names}."
        reading.fitted.warnings.append(PageWarning("rows-left-out", 1, message))
    reading.fitted.roles = joining


def warn_of_few_occupations(reading: PageReading, titles: Mapping[str, str]) -> None:
    """Warn of a table that lacks many of these occupations, which are stored: it may have been cut between two rows.

    Lists of everyday titles need not have all occupations.
    """
    if len(titles) < FEWEST_TO_COMPARE or any(role.titles for role in reading.parsed.roles):
        return
    present = {role.key for role in reading.fitted.roles}
    absent = sorted(titles.keys() - present)
    count = len(titles) - len(absent)
    if not count or 100 * count >= FEWEST_STORED_PERCENT * len(titles):
        return
    examples = list_first_three(f"{key.rpartition(' ')[2]} ({titles[key]})" for key in absent)
    message = (
        f"Only {count:,} of the {len(titles):,} official occupations stored here have a row in the table. Without a "
        f"row: {examples}. If the table was cut, load the whole one."
    )
    reading.fitted.warnings.append(PageWarning("few-occupations", 1, message))


def create_expected_occupations(titles: Mapping[str, str]) -> None:
    """Create those of these occupations that are not stored, because other pages bring them before the previewed page.

    `titles`: key -> title. The caller rolls back.
    """
    Revision.lock()
    stored = find_roles(titles)
    create_roles({key: title for key, title in titles.items() if key not in stored})


def _code_and_title(role: FittedRole) -> str:
    return f"{role.key.rpartition(' ')[2]} ({role.title})"
