"""Drafts that are previewed together show what each shows alone."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from careers.models import Role, RoleAlias, SalaryStats
from ingest.batches import previews, uploads
from ingest.loading import load
from ingest.models import Batch, Mention, Page
from tests.ingest.batch_steps import finish_work, make_batch
from tests.ingest.small_pages import (
    DAY,
    find_role,
    load_content,
    read_state,
    read_stored_page,
    run_together,
    undo_page,
    write_guide,
    write_pipe,
)

pytestmark = pytest.mark.django_db

MORE = {"Yearly salary": ("$41,600", "$31,200"), "Hourly rate": ("$20.00", "$15.00")}


def read_previews(batch: Batch) -> list[dict[str, Any]]:
    return list(batch.drafts.order_by("name", "pk").values("name", *previews.PREVIEW_FIELDS))


def preview_each_alone(batch: Batch) -> list[dict[str, Any]]:
    """The previews of all drafts, each made in a transaction of its own."""
    answers = previews.collect_answers(batch)
    batch.drafts.update(status="", roles=[], warnings=[], ambiguous=[], unread=[])
    for draft in batch.drafts.order_by("pk"):
        draft.batch = batch
        previews.save_preview(draft, answers)
    return read_previews(batch)


def test_pages_with_a_role_in_common_are_previewed_as_if_each_came_alone() -> None:
    load_content(write_pipe("Baker", "Sales Coordinator"))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")
    before = read_state()

    batch = make_batch(
        write_pipe("Baker", "Miller", MORE | {"Number of jobs": ("1,000", "2,000")}),
        write_pipe("Bread Maker", "Cook", MORE),
        write_pipe("Sales Co-Ordinator", "Smith"),
        write_pipe("Sales Coordinators", "Cooks"),
        write_pipe("C#", "C"),
        write_pipe("C", "C 2"),
        write_pipe("A/B Tester", "Clerk"),
        write_pipe("A B Tester", "Judge"),
        write_pipe("Baker", "Miller", {"Yearly salary": ("$41,600", "$52,000")}),
        run_together("Tailor", "Tinker", {"Best paying company": "IBMPayPal"}),
        write_pipe("Soldier", "Sailor", {"Best paying company": ("IBM", "PayPal")}),
        write_guide("Farmer", skills=("Python",)),
        write_guide("Fisher", skills=("PYTHON",)),
        b"A letter to my aunt.",
    )

    together = read_previews(batch)
    assert together == preview_each_alone(batch)
    assert [draft["status"] for draft in together].count("refused") == 1
    assert read_state() == before


def test_whole_pages_are_previewed_as_if_each_came_alone() -> None:
    paths = sorted((settings.BASE_DIR / "fixtures" / "pages").glob("*/*.txt"))

    batch = make_batch(*[path.read_bytes() for path in paths])

    assert len(paths) > 3

    assert read_previews(batch) == preview_each_alone(batch)


def test_stored_pages_are_previewed_as_if_each_were_read_again_alone() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Baker", "Cook", MORE))
    load_content(write_pipe("Smith", "Judge", {"Best paying company": ("IBM", "PayPal")}))
    load_content(run_together("Tailor", "Tinker", {"Best paying company": "IBMPayPal"}))
    load_content(write_guide("Farmer", skills=("Python",)))
    undo_page(read_stored_page(load_content(write_pipe("Clerk", "Sailor"))))
    SalaryStats.objects.filter(role__title__in=("Baker", "Judge", "Tinker")).update(annual_average=99_999)
    # As if an earlier reader had read other titles.
    Role.objects.filter(title="Judge").update(title="Soldier", key="soldier", slug="soldier")
    Mention.objects.filter(role__title="Soldier").update(title="Soldier", key="soldier")
    Role.objects.filter(title="Miller").update(title="Fisher", key="fisher", slug="fisher")
    Mention.objects.filter(role__title="Fisher").update(title="Fisher", key="fisher")
    load_content(write_pipe("Fisher", "Sexton", MORE))
    SalaryStats.objects.filter(role__title="Fisher").update(annual_average=88_888)
    before = read_state()

    batch = finish_work(uploads.open_reread_batch(None, Page.objects.all()))

    together = read_previews(batch)
    assert together == preview_each_alone(batch)
    assert [draft["status"] for draft in together].count("changed") > 2
    assert [draft["status"] for draft in together].count("refused") == 1
    assert read_state() == before


def test_stored_pages_about_different_roles_share_their_statements() -> None:
    few, many = 2, 20
    for number in range(many):
        load_content(write_pipe(f"{chr(65 + number)}aker", f"{chr(65 + number)}iller"))
    first = Page.objects.filter(pk__in=Page.objects.values("pk")[:few])
    assert count_statements_to_read_again(Page.objects.all()) < 2 * count_statements_to_read_again(first)


def count_statements_to_read_again(pages: QuerySet[Page]) -> int:
    batch = uploads.open_reread_batch(None, pages)
    with CaptureQueriesContext(connection) as captured:
        finish_work(batch)
    return len(captured)


def test_pages_about_different_roles_share_their_statements() -> None:
    assert count_statements_to_preview(20) < 2 * count_statements_to_preview(2)


def count_statements_to_preview(pages: int) -> int:
    batch = uploads.open_batch(None, {"captured_on": DAY})
    for number in range(pages):
        content = write_pipe(f"{chr(65 + number)}aker of {pages}", f"{chr(65 + number)}iller of {pages}")
        uploads.add_file(batch, f"page-{number}.txt", io.BytesIO(content))
    with CaptureQueriesContext(connection) as captured:
        finish_work(batch)
    assert batch.drafts.filter(status="new").count() == pages
    return len(captured)


def test_a_page_that_the_database_refuses_does_not_spoil_the_previews_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(readings: object) -> None:
        raise DatabaseError("No.")

    monkeypatch.setattr(load, "load_readings_for_preview", refuse)

    batch = make_batch(write_pipe("Baker", "Miller"), write_pipe("Cook", "Smith"))

    assert [draft["status"] for draft in read_previews(batch)] == ["new", "new"]


def test_a_page_that_was_refused_before_has_no_error_left() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"), write_pipe("Cook", "Smith"))
    batch.drafts.update(status="", error="The pages of Zippia were taken down.")
    Batch.objects.update(stage=Batch.Stage.READING)

    finish_work(batch)

    assert set(batch.drafts.values_list("status", "error")) == {("new", "")}
