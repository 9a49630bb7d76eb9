"""No address of the admin fails, whatever stands where a key belongs. All of them are found in its URLs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import DataError, transaction
from django.db.models import Field, Model
from django.test import Client
from django.urls import reverse

from ingest.models import Batch, Page
from tests.ingest.admin_addresses import KEY, list_admin_addresses
from tests.ingest.admin_steps import UNCLEAR, load_batch, make_upload, upload_files

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]

# A number that no database holds, keys of other kinds, and 1 as the admin quotes it.
ODD_KEYS = ["9" * 20, "6f1d6a0e-52cb-4d23-8f6c-0a5f5b4f4a11", "%00", "_31"]
LARGE_NUMBERS = ["9" * 20, "9" * 5000]  # int() refuses the second


@pytest.fixture
def batch(ann: Client) -> Batch:
    return load_batch(ann, upload_files(ann, make_upload(UNCLEAR)))


def fill_in_each(pattern: str, odd_key: str) -> list[str]:
    """Addresses with the odd key in place of each key, and in place of each one alone where there are several.

    >>> fill_in_each("/admin/<int:pk>/a/<int:alias>/", "x")
    ['/admin/x/a/x/', '/admin/x/a/1/', '/admin/1/a/x/']
    """
    places = KEY.split(pattern)
    count = len(places) - 1
    ways = [[odd_key] * count]
    if count > 1:
        ways += [[odd_key if place == odd else "1" for place in range(count)] for odd in range(count)]
    return ["".join(part + key for part, key in zip(places, [*keys, ""], strict=True)) for keys in ways]


@pytest.mark.parametrize("key", ODD_KEYS, ids=lambda key: key[:20])
def test_no_address_fails_with_an_odd_key(key: str, ann: Client, batch: Batch) -> None:
    ann.raise_request_exception = False
    failed = []
    for pattern in [address.pattern for address in list_admin_addresses() if KEY.search(address.pattern)]:
        for address in fill_in_each(pattern, key):
            answers = [ann.get(address)] if key == "_31" else [ann.get(address), ann.post(address)]
            failed += [address for answer in answers if answer.status_code >= 500]
    assert failed == []
    assert Page.objects.get().citation is not None, "nothing was undone"
    assert User.objects.count() == 1


@pytest.mark.parametrize("key", LARGE_NUMBERS, ids=len)
def test_odd_keys_of_ticked_pages_are_no_pages(key: str, ann: Client, batch: Batch) -> None:
    answer = ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"draft": [key, "abc", "-1"]}, follow=True)
    assert "No page was ticked." in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("careers/citation/", {"publisher__id__exact": "9" * 20}),
        ("careers/citation/", {"publisher": "9" * 20}),
        ("ingest/event/", {"by__in": "9" * 20}),
        ("ingest/event/", {"at__gte": "9999-12-31 23:59:59-23:59"}),
        ("ingest/event/", {"at__year": "9" * 20}),
        ("ingest/event/", {"at__gte": "2026-13-45"}),
        ("ingest/page/", {"citation__publisher__lt": "9" * 20}),
        ("auth/user/", {"groups": "9" * 20}),
        ("careers/role/", {"id__in": "9" * 20}),
        ("careers/role/", {"p": "9" * 20, "o": "9.-9.x", "q": "\x00"}),
    ],
)
def test_no_list_fails_with_an_odd_query(path: str, query: dict[str, str], ann: Client) -> None:
    assert ann.get(f"/admin/{path}", query).status_code in (200, 302, 400)


def list_odd_queries() -> Iterator[tuple[type[Model], str]]:
    """Names of a query: those to which every list gives a meaning, and one field of each kind in all its lookups."""
    field_of_kind: dict[object, tuple[type[Model], Any]] = {}
    for model in admin.site._registry:
        field_of_kind |= {type(field): (model, field) for field in model._meta.get_fields()}
        yield from ((model, name) for name in ("p", "o", "q", "e"))
    yield from ((Page, name) for name in ("all", "_facets", "_to_field", "_popup", "_changelist_filters"))
    for model, field in field_of_kind.values():
        lookups = field.get_lookups() if isinstance(field, Field) else ["in"]
        yield from ((model, f"{field.name}__{lookup}") for lookup in ["exact", "year", "x", *lookups])


def test_no_list_of_any_model_fails_with_an_odd_query(ann: Client, batch: Batch) -> None:
    ann.raise_request_exception = False
    failed = []
    for model, name in list_odd_queries():
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        before = transaction.savepoint()
        if ann.get(path, {name: "("}).status_code >= 500:
            failed.append((path, name))
        transaction.savepoint_rollback(before)  # PostgreSQL ends a transaction in which a statement failed
    assert failed == []


@pytest.mark.parametrize(
    "part",
    [
        "options.ModelAdmin.get_queryset",
        "templatetags.admin_list.items_for_result",
        "views.main.ChangeList.url_for_result",
    ],
)
def test_a_fault_of_ours_in_a_list_is_no_odd_query(part: str, ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    Group.objects.create(name="typed")

    def fail(*_: object) -> None:
        raise ValueError("planted")

    monkeypatch.setattr(f"django.contrib.admin.{part}", fail)
    for query in ({}, {"q": "typed"}, {"id__gte": "0"}):
        with pytest.raises(ValueError, match="planted"):
            ann.get("/admin/auth/group/", query)


@pytest.mark.parametrize("fault", [KeyError, ValueError, OverflowError, DataError])
@pytest.mark.parametrize("query", ["", "?q=", "?status=loaded"])
def test_a_fault_of_ours_in_an_action_is_logged_and_answered_as_one(
    fault: type[Exception],
    query: str,
    ann: Client,
    batch: Batch,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise fault("planted")

    monkeypatch.setattr("ingest.admin.page_screens._preview_reading_again", fail)
    ann.raise_request_exception = False
    ticked = {"action": "reread_pages", "_selected_action": [str(Page.objects.get().pk)]}
    answer = ann.post(f"/admin/ingest/page/{query}", ticked)
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    [line] = [record for record in caplog.records if record.exc_info]
    assert line.exc_info
    assert line.exc_info[0] is fault


@pytest.mark.parametrize("key", ["abc", "\x00", "9" * 5000], ids=lambda key: key[:20])
def test_an_odd_key_is_a_bad_request_where_an_action_of_ours_is_the_first_to_use_it(
    key: str, ann: Client, batch: Batch
) -> None:
    ticked = {"action": "reread_pages", "_selected_action": [key]}
    assert ann.post("/admin/ingest/page/", ticked).status_code == 400


def test_an_odd_query_is_a_bad_request_of_an_action_too(ann: Client, batch: Batch) -> None:
    ticked = {"action": "reread_pages", "_selected_action": [str(Page.objects.get().pk)]}
    assert ann.post("/admin/ingest/page/?loaded_at__year=" + "9" * 20, ticked).status_code == 400


@pytest.mark.parametrize(("path", "action"), [("ingest/page/", "reread_pages"), ("auth/group/", "delete_selected")])
@pytest.mark.parametrize("selected", [[], ["abc"], ["\x00"], ["9" * 20], ["0"], [str(key) for key in range(5000)]])
def test_no_action_fails_for_odd_rows(path: str, action: str, selected: list[str], ann: Client, batch: Batch) -> None:
    Group.objects.create(name="kept")
    answer = ann.post(f"/admin/{path}", {"action": action, "_selected_action": selected})
    assert answer.status_code in (200, 302, 400)
    assert Group.objects.filter(name="kept").exists()
