"""A button that is pressed twice, by one person or by two, does what it says once, and answers the second press."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from ingest.batches import uploads
from ingest.models import Batch, Event, Page
from tests.ingest.admin_steps import CLEAR, GUIDE, finish_batch, make_upload, read_text, upload_files

pytestmark = pytest.mark.django_db

OUTDATED = "/admin/ingest/page/reread/"


def press(client: Client, name: str, *keys: int, **fields: Any) -> str:
    """Press a button of the admin. Returns what the screen that it leads to says."""
    return read_text(client.post(reverse(f"admin:ingest_{name}", args=keys), fields, follow=True))


def load_two_pages(client: Client) -> Batch:
    batch = upload_files(client, make_upload(CLEAR), make_upload(GUIDE))
    press(client, "batch_load", batch.pk, which="all")
    return finish_batch(client, batch)


def find_rereadings() -> list[Batch]:
    return list(Batch.objects.filter(kind=Batch.Kind.REREAD).order_by("pk"))


# -- reading again ----------------------------------------------------------------------------


def test_a_second_press_leads_to_the_rereading_that_is_open(ann: Client, client: Client) -> None:
    load_two_pages(ann)
    Page.objects.update(reader_version=0)
    addresses = {ann.post(OUTDATED).headers["Location"] for _ in range(2)}
    client.force_login(User.objects.create_superuser("bob"))
    addresses.add(client.post(OUTDATED).headers["Location"])
    [batch] = find_rereadings()
    assert addresses == {reverse("admin:ingest_batch_change", args=[batch.pk])}
    assert batch.drafts.count() == 2


def test_a_rereading_that_was_previewed_is_previewed_anew(ann: Client) -> None:
    load_two_pages(ann)
    page = Page.objects.latest("pk")
    ann.post(reverse("admin:ingest_page_reread", args=[page.pk]))
    batch = finish_batch(ann, find_rereadings()[0])
    batch.drafts.update(status="changed")  # as an earlier version read it
    ann.post(reverse("admin:ingest_page_reread", args=[page.pk]))
    assert find_rereadings() == [batch]
    assert finish_batch(ann, batch).drafts.get().status == "same"


def test_a_rereading_that_is_applied_at_that_moment_stays_as_it_is(ann: Client) -> None:
    load_two_pages(ann)
    page = Page.objects.latest("pk")
    ann.post(reverse("admin:ingest_page_reread", args=[page.pk]))
    batch = finish_batch(ann, find_rereadings()[0])
    reads = iter([False, True])

    def apply_in_time(execute: Callable[..., Any], sql: str, *details: Any) -> Any:
        if sql.startswith("SELECT") and 'FROM "ingest_batch"' in sql and next(reads, False):
            Batch.objects.filter(pk=batch.pk).update(stage=Batch.Stage.LOADING)
        return execute(sql, *details)

    with connection.execute_wrapper(apply_in_time):
        uploads.open_reread_batch(None, Page.objects.filter(pk=page.pk))
    assert next(reads, None) is None, "it was read twice"
    assert batch.drafts.get().status == "same"


def test_other_pages_and_a_rereading_that_is_applied_do_not_count(ann: Client) -> None:
    load_two_pages(ann)
    for page in Page.objects.order_by("pk"):
        ann.post(reverse("admin:ingest_page_reread", args=[page.pk]))
    for batch in find_rereadings():
        press(ann, "batch_load", finish_batch(ann, batch).pk, which="all")
        finish_batch(ann, batch)
    Page.objects.update(reader_version=0)
    ann.post(OUTDATED)
    assert [batch.drafts.count() for batch in find_rereadings()] == [1, 1, 2]


def test_reading_no_page_again_makes_no_batch(ann: Client) -> None:
    load_two_pages(ann)
    page = Page.objects.latest("pk")
    press(ann, "page_undo", page.pk)
    assert "There is no page to read again" in press(ann, "page_reread", page.pk)
    assert "There is no page to read again" in press(ann, "page_reread_outdated")
    assert find_rereadings() == []


# -- uploads, loads and undos -----------------------------------------------------------------


def test_two_uploads_of_a_person_join_under_one_lock(admin_user: User) -> None:
    first, is_new = uploads.find_or_open_batch(admin_user, {})
    assert is_new
    assert uploads.find_or_open_batch(admin_user, {}) == (first, False)
    assert uploads.find_or_open_batch(admin_user, {"publisher": "Another"})[1]


def test_a_second_press_while_a_batch_is_at_work_says_so(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR), make_upload(GUIDE))
    press(ann, "batch_load", batch.pk, which="all")
    assert "The batch is at work. Wait until it is done." in press(ann, "batch_undo", batch.pk)
    finish_batch(ann, batch)
    assert "There is nothing left to load" in press(ann, "batch_load", batch.pk, which="all")
    press(ann, "batch_undo", batch.pk)
    assert "The batch is at work. Wait until it is done." in press(ann, "batch_undo", batch.pk)
    assert "The batch is at work. Wait until it is done." in press(ann, "batch_load", batch.pk, which="all")
    finish_batch(ann, batch)
    assert "None of its pages is loaded" in press(ann, "batch_undo", batch.pk)
    assert Event.objects.filter(what=Event.What.UNDO).count() == 2


# -- what somebody else deletes at that moment ------------------------------------------------


def post_while_discarded(client: Client, batch: Batch, address: str, fields: Any, reads: int) -> HttpResponseBase:
    """Post to a screen whose batch is deleted before the request reads it for this time."""
    left = [reads]

    def delete_in_time(execute: Callable[..., Any], sql: str, *details: Any) -> Any:
        if sql.startswith("SELECT") and '"ingest_batch"' in sql:
            left[0] -= 1
            if left[0] == 0:
                Batch.objects.filter(pk=batch.pk).delete()
        return execute(sql, *details)

    with connection.execute_wrapper(delete_in_time):
        answer = client.post(address, fields)
    assert left[0] <= 0, "the request does not read it so often"
    return answer


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        *[("batch_discard", 2), ("batch_load", 2), ("batch_undo", 2), ("batch_files", 2)],
        *[("batch_work", reads) for reads in (2, 3, 4)],
        *[("draft_choose", 2), ("draft_same_role", 2), ("draft_source", 2)],
    ],
)
def test_a_batch_that_is_discarded_at_that_moment_is_not_found(ann: Client, name: str, reads: int) -> None:
    ann.post("/admin/ingest/page/upload/", {"files": [make_upload(CLEAR)]})
    batch = Batch.objects.get()
    key = batch.drafts.get().pk if name.startswith("draft") else batch.pk
    fields: dict[str, Any] = {"which": "all", "role": "Lead Technician", "reading": "none", "key": "x"}
    if name == "batch_files":
        fields = {"files": [make_upload(GUIDE)]}
    answer = post_while_discarded(ann, batch, reverse(f"admin:ingest_{name}", args=[key]), fields, reads)
    assert answer.status_code == 404
