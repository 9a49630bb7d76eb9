"""The form that takes pages in: files, archives, pasted text."""

from collections.abc import Iterable
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
from django.views.decorators.http import require_http_methods, require_POST

from ingest import batches
from ingest.admin.screens import LOAD, crumb, needs, person, plural, screen, wants_json
from ingest.documents.archives import MOST_BYTES, MOST_PAGES
from ingest.documents.document import PAGE_LIMIT, TABLE_LIMIT
from ingest.forms import FILES_AT_ONCE, LoadForm, MoreFilesForm, too_large
from ingest.models import Batch

MOST_AT_ONCE = MOST_BYTES + 5_000_000  # bytes of one request: the largest archive, and what is around it
_THROWN_AWAY = 4 * MOST_AT_ONCE  # of a request that is too large, read so that a browser hears why


@csrf_exempt  # only until the limits were looked at: what follows checks the token
@needs(LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def load_pages(request: HttpRequest) -> HttpResponse:
    """Take files in, or say why not: Django would answer a drop beyond its limits with a bare 400."""
    if refused := _beyond_limits(request):
        return _say(request, LoadForm(), refused)
    return _take_in(request)


@csrf_protect
def _take_in(request: HttpRequest) -> HttpResponse:
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if not form.is_valid():
        return _say(request, form)
    given = form.cleaned_data
    if refused := too_large(given["files"]):
        return _say(request, form, refused)
    files: list[tuple[str, IO[bytes]]] = [(each.name, each) for each in given["files"]]
    if given["text"].strip():
        files.append(("pasted-1.txt", BytesIO(given["text"].encode("utf-8", "replace"))))
    try:
        batch = batches.open_batch(person(request), form.entered)
    except DatabaseError as error:
        return _say(request, form, f"The database could not take the pages: {error}. Nothing was kept; try again.")
    if failed := _add(batch, files):
        if wants_json(request):
            return JsonResponse({"message": failed}, status=503)
        messages.error(request, failed)
    address = reverse("admin:ingest_batch_change", args=[batch.pk])
    if wants_json(request):
        return JsonResponse({"batch": address, "files": reverse("admin:ingest_batch_files", args=[batch.pk])})
    return redirect(address)


@csrf_exempt  # as above
@needs(LOAD)
@require_POST
def more_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Further files of a drop, sent by the script of the form."""
    if refused := _beyond_limits(request):
        return JsonResponse({"message": refused}, status=400)
    return _take_more(request, pk)


@csrf_protect
def _take_more(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch, pk=pk)
    form = MoreFilesForm(request.POST, request.FILES)
    refused = "" if form.is_valid() else "No files came."
    refused = refused or too_large(form.cleaned_data["files"])
    if refused:
        return JsonResponse({"message": refused}, status=400)
    failed = _add(batch, [(each.name, each) for each in form.cleaned_data["files"]])
    return JsonResponse({"message": failed}, status=503 if failed else 200)


def _add(batch: Batch, files: Iterable[tuple[str, IO[bytes]]]) -> str:
    """Put files into a batch; what went wrong, in a sentence, when not all could be."""
    for taken, (name, file) in enumerate(files):
        try:
            batches.add_file(batch, name, file)
        except (DatabaseError, OSError) as error:
            return (
                f"“{name}” could not be kept: {error}. {plural(taken, 'file')} before it arrived. "
                "Choose the others again in a moment; a file that comes twice is taken once."
            )
    return ""


def _beyond_limits(request: HttpRequest) -> str:
    """Why a request is refused before anything is made of it; empty when it is not."""
    if request.method != "POST":
        return ""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_AT_ONCE:
        left = _THROWN_AWAY
        while left > 0 and (some := request.read(1_000_000)):
            left -= len(some)
        return (
            f"That is more than {_megabytes(MOST_BYTES)} MB at once. Choose fewer files, or several smaller archives."
        )
    # Straight to the disk: a hundred files of 2 MB do not belong into memory.
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
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
        return f"The files could not be taken: {error}. Nothing was kept; try again."
    return ""


def _say(request: HttpRequest, form: LoadForm, refused: str = "") -> HttpResponse:
    wrong = request.method == "POST"
    if wrong and wants_json(request):
        parts = [refused] if refused else [_wrong(form, name, errors) for name, errors in form.errors.items()]
        return JsonResponse({"message": " ".join(parts)}, status=400)
    context: dict[str, Any] = {
        "form": form,
        "refused": refused,
        "entered": [field for field in form if field.name not in ("files", "text")],
        "files_at_once": FILES_AT_ONCE,
        "page_limit": PAGE_LIMIT,
        "table_limit": TABLE_LIMIT,
        "most_bytes": MOST_BYTES,
        "most_megabytes": _megabytes(MOST_BYTES),
        "most_pages": f"{MOST_PAGES:,}",
        "crumbs": [crumb("Pages", "ingest_page_changelist")],
    }
    return screen(request, "admin/ingest/load.html", "Load pages", context, status=400 if refused else 200)


def _wrong(form: LoadForm, name: str, errors: Iterable[object]) -> str:
    said = " ".join(str(each) for each in errors)
    return said if name in ("__all__", "files", "text") else f"{form.fields[name].label or name.capitalize()}: {said}"


def _megabytes(size: int) -> int:
    return size // 1_000_000
