"""A large body is refused before it is read, except where files are uploaded."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from tests.config.strict_headers import find_faults

LARGE = 3_000_000  # bytes: more than Django keeps in memory, so it would write a temporary file

pytestmark = pytest.mark.django_db


class UnreadableBody(BytesIO):
    """Fails as soon as anybody reads it."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("the body was read")


def post_unreadable(path: str, content_type: str, method: str = "POST") -> HttpResponseBase:
    body = {"wsgi.input": UnreadableBody(), "CONTENT_LENGTH": str(LARGE), "CONTENT_TYPE": content_type}
    return Client(enforce_csrf_checks=True).generic(method, path, **body)  # type: ignore[arg-type]


@pytest.mark.parametrize("content_type", [MULTIPART_CONTENT, "application/octet-stream", "text/plain"])
@pytest.mark.parametrize(
    "path", ["/admin/login/", "/admin/logout/", "/admin/ingest/batch/1/work/", "/", "/api/v1/roles"]
)
def test_a_large_body_is_refused_unread(path: str, content_type: str) -> None:
    response = post_unreadable(path, content_type)
    assert response.status_code == 413
    assert b"<h1>This is too large</h1>" in response.getvalue()
    assert find_faults(response) == []


@pytest.mark.parametrize("path", ["/admin/nowhere/", "/nowhere/"])
def test_a_large_body_for_no_page_is_not_read_either(path: str) -> None:
    assert post_unreadable(path, MULTIPART_CONTENT).status_code in (302, 404, 413)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "GET"])
def test_the_method_makes_no_difference(method: str) -> None:
    assert post_unreadable("/admin/login/", "text/plain", method).status_code == 413


@pytest.mark.parametrize("name", ["admin:ingest_page_upload", "admin:ingest_batch_files"])
def test_a_stranger_writes_nothing_through_the_upload_form(name: str) -> None:
    path = reverse(name, args=[1] if name.endswith("files") else [])
    assert post_unreadable(path, MULTIPART_CONTENT).status_code == 302


def test_whoever_may_load_pages_can_still_upload_a_large_file(client: Client) -> None:
    client.force_login(User.objects.create_superuser("ann"))
    file = SimpleUploadedFile("large.csv", b"x" * LARGE)
    response = client.post(reverse("admin:ingest_page_upload"), {"files": file})
    assert response.status_code != 413
