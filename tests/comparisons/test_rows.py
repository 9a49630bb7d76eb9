"""The registry: each row reads something, and everything that is stored can be read."""

import pytest

from comparisons.comparison import compare
from comparisons.formats import time_to_enter
from comparisons.queries.roles import read_current_roles
from comparisons.rows import SECTIONS, Row
from tests.comparisons.full_role import store_role_with_every_field

pytestmark = pytest.mark.without_coverage

ROWS = [row for section in SECTIONS for row in section.rows]


def test_no_two_rows_have_the_same_name_or_place_on_the_page() -> None:
    assert len({row.key for row in ROWS}) == len({row.label for row in ROWS}) == len(ROWS)
    alone = [row for row in ROWS if not row.shared_note]
    assert len({row.anchor for row in alone}) == len(alone)


@pytest.mark.django_db
def test_each_row_reads_something_from_a_full_role() -> None:
    comparison = compare(read_current_roles([store_role_with_every_field().slug]))
    for row in ROWS:
        [cell] = comparison.by_key[row.key].cells
        assert cell.text not in ("", "—"), row.key
        assert cell.origins[0].evidence["line"], row.key


def test_a_mistyped_path_is_an_error_and_not_a_missing_value() -> None:
    """Found when the registry is read, before any page is drawn."""
    with pytest.raises(KeyError, match="top_citty"):
        Row("salary.top_citty", str)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((96, 120, None), (6, 12, None), "+90 to +108 months"),
        ((12, 24, None), (6, 12, None), "+6 to +12 months"),
        ((12, 24, None), (96, 120, None), "−7 to −8 years"),
        ((24, 48, None), (12, 36, None), "+1 year"),
        ((120, None, None), (12, 24, None), ""),
    ],
)
def test_the_difference_in_time_has_one_unit_and_its_nearer_end_first(
    first: tuple[int | None, ...], second: tuple[int | None, ...], words: str
) -> None:
    row = next(row for row in ROWS if row.key == "entry.time")
    assert row.difference is not None
    assert (row.difference(first, second) or "") == words


def test_twelve_as_experience_is_never_twelve_years() -> None:
    assert time_to_enter(None, None, 12) == "6 to 12 months, going by the experience figure"
    assert time_to_enter(72, 96, 8) == "6 to 8 years"
    assert time_to_enter(120, None, None) == "more than 10 years"
    assert time_to_enter(None, None, 7) is None
