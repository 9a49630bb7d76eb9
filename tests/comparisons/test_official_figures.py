"""What readers see of the official figures: percentiles, errors, hours and years, and the origin of each."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.test import Client

from careers.models import Role
from comparisons.comparison import Comparison, compare
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.origins import write_origin
from comparisons.views.sections.pay import build_pay_section
from comparisons.views.sections.rungs import Rungs
from ingest.loading.load import load_pages
from ingest.loading.propagation import propagate
from ingest.models import Page

TABLE = Path(__file__).parents[2] / "fixtures" / "tables" / "national_M2025_dl.csv"
CODES = (b"15-1252", b"27-2011", b"27-2031", b"29-1141")

pytestmark = pytest.mark.django_db


@pytest.fixture
def official() -> None:
    """The rows of a few occupations in the national table."""
    head, *rows = TABLE.read_bytes().splitlines(keepends=True)
    chosen = [row for row in rows if any(code in row for code in CODES)]
    list(load_pages([Page(name=TABLE.name, content=head + b"".join(chosen))]))
    propagate()


def compare_codes(*codes: str) -> Comparison:
    slugs = dict(Role.objects.filter(soc_code__in=codes).values_list("soc_code", "slug"))
    return compare(read_current_roles([slugs[code] for code in codes]))


def build_rungs(*codes: str) -> Sequence[Rungs]:
    part = build_pay_section(compare_codes(*codes))
    assert part is not None
    return part.rungs


@pytest.mark.usefixtures("official")
def test_percentiles_and_errors_stand_under_labels_that_say_what_they_are() -> None:
    line = compare_codes("15-1252", "29-1141").by_key["salary.annual_p10"]
    assert line.row.label == "Yearly pay that one in ten stays below"
    assert [cell.text for cell in line.cells] == ["$82,460", "$68,940"]
    error = compare_codes("15-1252", "29-1141").by_key["outlook.relative_error_percent"]
    assert [cell.text for cell in error.cells] == ["0.6%", "0.3%"]


@pytest.mark.usefixtures("official")
def test_a_figure_tells_its_row_and_column() -> None:
    line = compare_codes("15-1252", "29-1141").by_key["salary.annual_average"]
    assert "“148100”, row 2, column A_MEAN" in write_origin(line.cells[0].origins[0], line.row)


@pytest.mark.usefixtures("official")
def test_pay_by_the_hour_is_drawn_where_it_is_all_there_is() -> None:
    [rungs] = build_rungs("27-2011", "27-2031")
    assert rungs.unit == "An hour"
    median = rungs.groups[0].rungs[2]
    assert (median.label, median.middle) == ("Half earn more than", True)
    assert median.cells[0].text == "$29.05"
    assert [rungs.unit for rungs in build_rungs("27-2011", "29-1141")] == ["An hour"]
    assert [rungs.unit for rungs in build_rungs("15-1252", "29-1141")] == ["A year"]


@pytest.mark.usefixtures("official")
def test_rows_that_are_missing_for_one_reason_share_a_sentence(client: Client) -> None:
    slugs = Role.objects.filter(soc_code__in=["27-2011", "27-2031"]).values_list("slug", flat=True)
    page = client.get(f"/compare/{'-vs-'.join(slugs)}/").content.decode()
    assert page.count("only hourly pay is published for both.") == 1
    assert "Median pay a year: only hourly pay is published for both." in page


@pytest.mark.usefixtures("official")
def test_what_the_publisher_does_not_give_is_not_published() -> None:
    comparison = compare_codes("27-2011", "29-1141")
    cell = comparison.by_key["salary.annual_average"].cells[0]
    assert (cell.value, cell.missing) == (None, "only hourly pay is published")
