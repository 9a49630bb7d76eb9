"""Line ends do not make another page of the same text."""

from hashlib import sha256
from importlib import import_module

import pytest
from django.apps import apps

from ingest.models import Page
from tests.ingest.batch_steps import make_batch
from tests.ingest.small_pages import load_content, read_stored_page, write_pipe


@pytest.mark.django_db
@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"])
def test_pages_that_differ_in_line_ends_alone_are_one_page(line_end: bytes) -> None:
    content = write_pipe("Baker", "Miller")
    first = load_content(content)

    second = load_content(content.replace(b"\n", line_end))

    assert (second.already_loaded, second.page) == (True, first.page)
    assert Page.objects.count() == 1


@pytest.mark.django_db
def test_the_migration_gives_stored_pages_the_digest_without_line_ends() -> None:
    content = write_pipe("Baker", "Miller").replace(b"\n", b"\r\n")
    page = read_stored_page(load_content(content))
    Page.objects.filter(pk=page.pk).update(digest=sha256(content).hexdigest())
    renew = import_module("ingest.migrations.0009_digests_without_line_ends").renew_digests

    renew(apps, None)
    assert load_content(write_pipe("Baker", "Miller")).already_loaded

    twin = Page.objects.create(name="twin.txt", content=content, digest="0" * 64, layout="pipe", status="undone")
    renew(apps, None)
    assert Page.objects.get(pk=twin.pk).digest == "0" * 64


@pytest.mark.django_db
def test_a_batch_takes_files_that_differ_in_line_ends_alone_as_one() -> None:
    content = write_pipe("Baker", "Miller")

    batch = make_batch(content, content.replace(b"\n", b"\r\n"))

    assert batch.drafts.get().also_named == ["page-1.txt"]
