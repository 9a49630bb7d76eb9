"""What an admin does to load pages, and what the screens answer."""

from pathlib import Path

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from ingest.models import Batch, Draft

PROJECT = Path(__file__).parent.parent.parent
CLEAR = PROJECT / "fixtures/pages/zippia/lead-technician-vs-software-support-technician.txt"
GUIDE = PROJECT / "fixtures/pages/jobicy/software-technician.txt"
UNCLEAR = PROJECT / "tests/pages/run-together-company-ibm-paypal.txt"
UPLOAD = "/admin/ingest/page/upload/"


def make_upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def read_text(response: HttpResponseBase) -> str:
    return bytes(response.getvalue()).decode()


def sign_in_as_ann(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("ann", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def finish_batch(client: Client, batch: Batch) -> Batch:
    """Press Continue until there is nothing left to continue."""
    for _ in range(100):
        batch.refresh_from_db()
        if batch.stage not in (Batch.Stage.READING, Batch.Stage.LOADING, Batch.Stage.UNDOING):
            return batch
        client.post(reverse("admin:ingest_batch_work", args=[batch.pk]))
    raise AssertionError(batch.stage)


def upload_files(client: Client, *files: SimpleUploadedFile, **entered: str) -> Batch:
    answer = client.post(UPLOAD, {"files": list(files), **entered})
    batch = Batch.objects.latest("pk")
    assert answer.headers["Location"] == reverse("admin:ingest_batch_change", args=[batch.pk])
    return finish_batch(client, batch)


def load_batch(client: Client, batch: Batch) -> Batch:
    client.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    return finish_batch(client, batch)


def show_batch(client: Client, batch: Batch, **query: str) -> str:
    return read_text(client.get(reverse("admin:ingest_batch_change", args=[batch.pk]), query))


def show_draft(client: Client, draft: Draft) -> str:
    return read_text(client.get(reverse("admin:ingest_draft_change", args=[draft.pk])))
