"""Values that cannot be stored stay raw, and the rest of the page loads."""

from decimal import Decimal
from typing import Any

import pytest

from careers.models import Duty, Outlook, Role, SalaryStats
from ingest.parsing.evidence import Evidence
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.small_lists import make_duty, make_role_with_skills, make_skill
from tests.ingest.small_pages import find_role, load_content, store_facts, write_pipe

pytestmark = pytest.mark.django_db


def make_salary(**values: object) -> RoleFacts:
    by_key: dict[str, Any] = {f"salary.{name}": value for name, value in values.items()}
    evidence = {key: Evidence(7, str(value), "cell") for key, value in by_key.items()}
    return RoleFacts(title="Baker", titled_by="table", values=by_key, evidence=evidence)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("annual_average", 2**31),
        ("annual_average", -1),
        ("hourly_average", Decimal(1_000_000)),
        ("hourly_average", Decimal("1.005")),
        ("hourly_average", Decimal("NaN")),
        ("hourly_average", Decimal("Infinity")),
        ("top_city", "x" * 121),
        ("top_city", "Ba\x00th"),
        ("note", "half a \ud83d character"),
    ],
)
def test_a_value_that_a_column_refuses_stays_raw_and_the_rest_loads(field: str, value: object) -> None:
    reading = store_facts(make_salary(**{"annual_median": 30_000, field: value}))

    row = SalaryStats.objects.get()
    assert row.annual_median == 30_000
    assert getattr(row, field) is None
    assert row.evidence[field]["warnings"] == ["out-of-bounds"]
    assert row.evidence[field]["line"] == 7
    assert [(warning["code"], warning["field"]) for warning in reading.page.warnings] == [
        ("out-of-bounds", f"salary.{field}")
    ]


def test_a_range_of_one_amount_is_a_range() -> None:
    store_facts(make_salary(annual_low=50_000, annual_high=50_000))

    row = SalaryStats.objects.get()
    assert (row.annual_low, row.annual_high) == (50_000, 50_000)


def test_a_range_that_runs_backwards_has_no_ends() -> None:
    store_facts(make_salary(annual_low=50_000, annual_high=40_000, annual_average=45_000))

    row = SalaryStats.objects.get()
    assert (row.annual_low, row.annual_high, row.annual_average) == (None, None, 45_000)
    assert row.evidence["annual_low"]["raw"] == "50000"
    assert row.evidence["annual_high"]["warnings"] == ["out-of-bounds"]


def test_a_group_without_a_value_stores_no_row() -> None:
    unpublished = {"outlook.satisfaction": Evidence(3, "-", "cell")}
    store_facts(RoleFacts(title="Baker", titled_by="table", duties=(make_duty("Bake."),), evidence=unpublished))

    assert not Outlook.objects.exists()


def test_a_group_with_nothing_but_an_unclear_value_keeps_its_raw_text() -> None:
    unclear = {"outlook.job_count": Evidence(3, "123456", "unread", ("123", "456"))}
    store_facts(RoleFacts(title="Baker", titled_by="table", evidence=unclear))

    row = Outlook.objects.get()
    assert row.job_count is None
    assert row.evidence["job_count"] == {"line": 3, "raw": "123456", "how": "unread", "candidates": ["123", "456"]}
    assert find_role("Baker").outlook == row


def test_an_entry_of_a_list_that_cannot_be_stored_is_reported_as_unread() -> None:
    reading = store_facts(make_role_with_skills("data entry", "x" * 201, "halved \udc00", "filing"))

    assert [row.name for row in find_role("Baker").roleskill_rows.all()] == ["data entry", "filing"]
    assert [len(line["text"]) for line in reading.page.unread] == [201, 8]
    assert {warning["code"] for warning in reading.page.warnings} == {"out-of-bounds"}


def test_a_share_above_a_hundred_is_null_and_its_skill_stays() -> None:
    store_facts(RoleFacts(title="Baker", titled_by="table", skills=(make_skill("data entry", 1, 170),)))

    row = find_role("Baker").roleskill_rows.get()
    assert row.percent is None
    assert row.evidence["name"]["warnings"] == ["out-of-bounds"]


def test_an_endless_list_is_cut_with_a_warning() -> None:
    many = tuple(make_duty(f"Duty {number}.") for number in range(5_010))
    reading = store_facts(RoleFacts(title="Baker", titled_by="table", duties=many))

    assert Duty.objects.count() == 5_000
    assert [warning["message"] for warning in reading.page.warnings] == [
        "Only the first 5,000 of the duties were kept."
    ]


def test_a_page_whose_title_cannot_be_stored_is_refused() -> None:
    outcome = load_content(write_pipe("B" * 201, "Miller"))

    assert outcome.status == "refused"
    assert "cannot be a role's title" in (outcome.error or "")
    assert not Role.objects.exists()
