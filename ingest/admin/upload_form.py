"""The form for uploading pages: files, archives, pasted text."""

from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from typing import IO, Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ingest.admin.permissions import LOAD, action, form_screen, get_user
from ingest.admin.screen_parts import make_breadcrumb, render_screen, wants_json
from ingest.batches import background, uploads
from ingest.documents.archives import MOST_BYTES, MOST_PAGES
from ingest.documents.document import PAGE_LIMIT, TABLE_LIMIT
from ingest.forms import FILES_AT_ONCE, MoreFilesForm, SourceForm, UploadForm
from ingest.models import Batch
from ingest.plurals import count_of

ARCHIVE_MEGABYTES = MOST_BYTES // 1_000_000
REQUEST_LIMIT = MOST_BYTES + 5_000_000  # bytes of one request: the largest archive, and what is around it
DRAINED_BYTES = 4 * REQUEST_LIMIT  # of a request that is refused, read so that the browser shows the answer


@csrf_exempt  # only until the limits are checked: _accept_upload checks the token
@form_screen(LOAD)
def upload_pages(request: HttpRequest) -> HttpResponse:
    """Accept files, or say why not. Django would answer an upload beyond its limits with a bare 400."""
    if refusal := _find_reason_to_refuse(request):
        return _show_form(request, UploadForm(), refusal)
    return _accept_upload(request)


@csrf_protect
def _accept_upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return _show_form(request, form)
    files: list[tuple[str, IO[bytes]]] = [(file.name, file) for file in form.cleaned_data["files"]]
    text = form.cleaned_data["text"]
    if text.strip():
        files.append(("pasted-1.txt", BytesIO(text.encode("utf-8", "replace"))))
    try:
        batch = _find_or_open_batch(request, form)
    except DatabaseError as error:
        return _show_form(
            request, form, f"The database cannot store the pages: {error}. Nothing was stored; try again."
        )
    failure = _add_files(batch, files)
    address = reverse("admin:ingest_batch_change", args=[batch.pk])
    if wants_json(request):
        if failure:
            return JsonResponse({"message": failure}, status=503)
        return JsonResponse({"batch": address, "files": reverse("admin:ingest_batch_files", args=[batch.pk])})
    if failure:
        messages.error(request, failure)
    return redirect(address)


def _find_or_open_batch(request: HttpRequest, form: UploadForm) -> Batch:
    user = get_user(request)
    if form.cleaned_data["separate"]:
        return uploads.open_batch(user, form.source)
    batch, is_new = uploads.find_or_open_batch(user, form.source)
    if not is_new:
        messages.info(request, "The files were added to the upload that you had not loaded yet.")
    return batch


@csrf_exempt  # only until the limits are checked: _accept_more_files checks the token
@action(LOAD)
def upload_more_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Further files of an upload, sent by the script of the form."""
    if refusal := _find_reason_to_refuse(request):
        return JsonResponse({"message": refusal}, status=400)
    return _accept_more_files(request, pk)


@csrf_protect
def _accept_more_files(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch, pk=pk)
    form = MoreFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": "The request holds no files."}, status=400)
    failure = _add_files(batch, [(file.name, file) for file in form.cleaned_data["files"]])
    return JsonResponse({"message": failure}, status=503 if failure else 200)


def _add_files(batch: Batch, files: Iterable[tuple[str, IO[bytes]]]) -> str:
    """Put files into a batch. Return a sentence about the failure if not all could be stored, else ""."""
    for stored, (name, file) in enumerate(files):
        try:
            uploads.add_file(batch, name, file)
        except (DatabaseError, OSError) as error:
            return (
                f"“{name}” could not be stored: {error}. {count_of(stored, 'file')} before it arrived. "
                "Choose the others again in a moment; a file that is sent twice is stored once."
            )
    background.enqueue_task(batch)
    return ""


def _find_reason_to_refuse(request: HttpRequest) -> str:
    """Why a request is refused before anything else reads it; "" if it is not refused."""
    if request.method != "POST":
        return ""
    if int(request.META.get("CONTENT_LENGTH") or 0) > REQUEST_LIMIT:
        _drain_body(request)
        return f"That is more than {ARCHIVE_MEGABYTES} MB at once. Choose fewer files, or several smaller archives."
    # Straight to the disk: a hundred files of 2 MB would fill the memory.
    to_disk = TemporaryFileUploadHandler(request)
    request.upload_handlers = [to_disk]
    try:
        _ = request.POST
    except TooManyFilesSent:
        return (
            f"That is more than {FILES_AT_ONCE} files at once. Pack them into a .zip and choose that, "
            f"or choose {FILES_AT_ONCE} at a time."
        )
    except (TooManyFieldsSent, RequestDataTooBig):
        return f"The text is too long: a page may have {PAGE_LIMIT:,} bytes. Save it as a file and choose that."
    except OSError as error:
        with suppress(OSError):  # what is not written yet finds no room either
            to_disk.upload_interrupted()  # the file that was begun makes room again
        _drain_body(request)
        return f"The files could not be stored: {error}. Try again."
    return ""


def _drain_body(request: HttpRequest) -> None:
    bytes_left = DRAINED_BYTES
    while bytes_left > 0 and (chunk := request.read(1_000_000)):
        bytes_left -= len(chunk)


def _show_form(request: HttpRequest, form: UploadForm, refusal: str = "") -> HttpResponse:
    if request.method == "POST" and wants_json(request):
        sentences = [refusal] if refusal else form.write_error_sentences()
        return JsonResponse({"message": " ".join(sentences)}, status=400)
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "source_fields": [form[name] for name in SourceForm.base_fields],
        "open_batch": uploads.find_open_batch(get_user(request)),
        "files_at_once": FILES_AT_ONCE,
        "page_limit": PAGE_LIMIT,
        "table_limit": TABLE_LIMIT,
        "archive_limit": MOST_BYTES,
        "archive_megabytes": ARCHIVE_MEGABYTES,
        "archive_pages": f"{MOST_PAGES:,}",
        "breadcrumbs": [make_breadcrumb("Pages", "ingest_page_changelist")],
    }
    return render_screen(request, "admin/ingest/upload.html", "Upload pages", context, status=400 if refusal else 200)
