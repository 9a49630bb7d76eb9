"""No address of the admin fails, whatever stands where a key belongs. All of them are found in its URLs."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from ingest.models import Batch, Page
from tests.ingest.admin_addresses import KEY, list_admin_addresses
from tests.ingest.admin_steps import UNCLEAR, finish_batch, make_upload, upload_files

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]

# A number that no database holds, keys of other kinds, and 1 as the admin quotes it.
ODD_KEYS = ["9" * 20, "6f1d6a0e-52cb-4d23-8f6c-0a5f5b4f4a11", "%00", "_31"]
LARGE_NUMBERS = ["9" * 20, "9" * 5000]  # int() refuses the second


@pytest.fixture
def batch(ann: Client) -> Batch:
    batch = upload_files(ann, make_upload(UNCLEAR))
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    return finish_batch(ann, batch)


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
