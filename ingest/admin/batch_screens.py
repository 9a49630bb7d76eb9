"""One upload of pages as one screen: what each page would change, what to choose; load, stop, undo."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django_tasks_db.models import DBTaskResult

from careers.vocabulary import WARNING_KINDS
from ingest.admin.events import list_events
from ingest.admin.permissions import LOAD, UNDO, VIEW_PAGES, action, form_screen, get_user, has_any, screen
from ingest.admin.screen_parts import (
    ScreenAdmin,
    make_breadcrumb,
    paginate,
    render_confirmation,
    render_screen,
    wants_json,
)
from ingest.admin.upload_form import upload_more_files
from ingest.admin.wording import name_kind_of_page, reveal_invisible
from ingest.batches import background, uploads, worker
from ingest.batches.progress import (
    LOADED_OUTCOMES,
    BatchProgress,
    count_new_roles,
    list_loaded_pages,
    measure_progress,
    preview_undo,
    summarize_batch,
)
from ingest.batches.worker import LOADABLE
from ingest.models import Batch, Draft
from ingest.plurals import count_of

SECONDS_BETWEEN_LOOKS = 1  # at a batch that workers work on
ROLES_NAMED = 5  # of one page in the list
LONGEST_KEY = 18  # digits: databases hold no larger numbers

_LARGE_COLUMNS = ("content", "kept_reading", "warnings", "ambiguous", "unread", "choices")
_LOADABLE = Q(status__in=LOADABLE, outcome__in=["", Draft.Outcome.UNDONE])
# Stage -> (heading, what happened to each page).
_STAGES = {
    Batch.Stage.READING: ("Previewing the pages", "previewed"),
    Batch.Stage.LOADING: ("Loading", "loaded"),
    Batch.Stage.UNDOING: ("Undoing", "undone"),
}
# `?show=` -> (words, which drafts are listed).
_FILTERS: Mapping[str, tuple[str, Q]] = {
    "all": ("pages", Q()),
    "new": ("new", Q(status=Draft.Status.NEW)),
    "changed": ("changed", Q(status=Draft.Status.CHANGED)),
    "same": ("same", Q(status=Draft.Status.SAME)),
    "refused": ("refused", Q(status=Draft.Status.REFUSED) | Q(outcome=Draft.Outcome.REFUSED)),
    "skipped": ("skipped", Q(status=Draft.Status.SKIPPED)),
    "waiting": ("not yet previewed", Q(status="")),
    "choose": ("with something to choose", Q(to_choose__gt=0)),
    "warnings": ("with warnings", Q(warning_count__gt=0)),
    **{kind: (about.words, Q(warning_kinds__has_key=kind)) for kind, about in WARNING_KINDS.items()},
    "loaded": ("loaded", Q(outcome__in=LOADED_OUTCOMES)),
    "known": ("loaded before", Q(outcome=Draft.Outcome.KNOWN)),
    "undone": ("undone", Q(outcome=Draft.Outcome.UNDONE)),
}
_ALWAYS_COUNTED = ("all", "new", "changed", "same", "refused")


admin.site.unregister(DBTaskResult)  # the screens of batches show all that matters about tasks


@admin.register(Batch)
class BatchAdmin(ScreenAdmin):
    view_permissions = VIEW_PAGES
    list_display = ("__str__", "by", "current_stage", "publisher", "pages")
    list_filter = ("stage", "kind")
    list_select_related = ("by",)
    ordering = ("-pk",)

    @admin.display(description="stage", ordering="stage")
    def current_stage(self, batch: Batch) -> str:
        return f"{batch.get_stage_display()}, stopped" if batch.stopped else batch.get_stage_display()

    @admin.display(description="pages")
    def pages(self, batch: Batch) -> int:
        return batch.drafts.count()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", wrap(show_batch), name="ingest_batch_change"),
            path("<int:pk>/files/", wrap(upload_more_files), name="ingest_batch_files"),
            path("<int:pk>/work/", wrap(continue_batch), name="ingest_batch_work"),
            path("<int:pk>/stop/", wrap(stop_batch), name="ingest_batch_stop"),
            path("<int:pk>/resume/", wrap(resume_batch), name="ingest_batch_resume"),
            path("<int:pk>/load/", wrap(load_batch), name="ingest_batch_load"),
            path("<int:pk>/undo/", wrap(undo_batch), name="ingest_batch_undo"),
            path("<int:pk>/discard/", wrap(discard_batch), name="ingest_batch_discard"),
            *super().get_urls(),
        ]


def write_batch_address(batch: Batch) -> str:
    return reverse("admin:ingest_batch_change", args=[batch.pk])


# -- the screen -------------------------------------------------------------------------------


@screen(*VIEW_PAGES)
def show_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one batch, and a filtered list of its pages."""
    batch = get_object_or_404(Batch.objects.select_related("by"), pk=pk)
    show = request.GET.get("show", "all")
    if show not in _FILTERS:
        show = "all"
    words, condition = _FILTERS[show]
    drafts = batch.drafts.order_by("pk")
    pagination = paginate(request, drafts.filter(condition).defer(*_LARGE_COLUMNS))
    shared = Counter({key: number for key, number in count_new_roles(batch).items() if number > 1})
    listed = pagination["listed"]
    listed.object_list = [(draft, _describe_draft(draft, shared)) for draft in listed.object_list]
    at_work = batch.stage in _STAGES
    before_loading = batch.stage in (Batch.Stage.READING, Batch.Stage.PREVIEWED)
    context = {
        "batch": batch,
        "at_work": at_work,
        "has_workers": background.has_workers(),
        "can_work": has_any(request, _choose_permission(batch)),
        "stage_name": _STAGES.get(Batch.Stage(batch.stage), ("", ""))[0],
        "progress": _describe_progress(batch, measure_progress(batch)),
        "show": show,
        "list_heading": "Pages" if show == "all" else f"Pages {words}",
        "state_heading": "Preview" if before_loading else "Outcome",
        "events": list_events(request, batch.events.select_related("by", "page", "batch")[:20]),
        "breadcrumbs": [make_breadcrumb("Batches", "ingest_batch_changelist")],
        **_count_pages(batch, shared),
        **_list_actions(request, batch, drafts, at_work),
        **pagination,
    }
    return render_screen(request, "admin/ingest/batch.html", str(batch).capitalize(), context)


def _describe_draft(draft: Draft, shared: Mapping[str, int]) -> dict[str, Any]:
    """What the list shows of a page beside what it stores. `shared`: keys of new roles that several pages bring."""
    state, state_name = draft.status or "waiting", draft.get_status_display() or "waiting"
    if draft.outcome:
        state, state_name = draft.outcome, draft.get_outcome_display()
    if state in (Draft.Outcome.UNCHANGED, Draft.Outcome.KNOWN):
        state = "same"
    named = _pick_roles(draft)
    return {
        "name": reveal_invisible(draft.name),
        "state": state,
        "state_name": state_name,
        "kind": name_kind_of_page(draft.layout),
        "roles": [{**role, "shared": role.get("new") and role["key"] in shared} for role in named],
        "more_roles": len(draft.roles) - len(named),
        "note_count": sum(draft.warning_kinds.values()) - draft.warning_count,
        "can_load": draft.status in LOADABLE and draft.outcome in ("", Draft.Outcome.UNDONE),
    }


def _pick_roles(draft: Draft) -> list[dict[str, Any]]:
    """The roles of a page that the list names: of an official table, which has hundreds, those that it brings."""
    roles: list[dict[str, Any]] = draft.roles
    if len(roles) <= ROLES_NAMED:
        return roles
    return [role for role in roles if role.get("new")][:ROLES_NAMED]


def _count_pages(batch: Batch, shared: Mapping[str, int]) -> dict[str, Any]:
    summary = summarize_batch(batch)
    numbers = {
        "all": summary.pages,
        **{status.value: summary.statuses[status] for status in Draft.Status},
        "waiting": summary.statuses[""],
        "choose": summary.to_choose,
        "warnings": summary.warnings,
        **summary.warning_kinds,
        "loaded": sum(summary.outcomes[outcome] for outcome in LOADED_OUTCOMES),
        "known": summary.outcomes[Draft.Outcome.KNOWN],
        "undone": summary.outcomes[Draft.Outcome.UNDONE],
    }
    counts = []
    for name, number in numbers.items():
        words = "page" if name == "all" and number == 1 else _FILTERS[name][0]
        if number or name in _ALWAYS_COUNTED:
            counts.append((name, f"{number:,}", words))
    return {
        "has_pages": summary.pages > 0,
        "counts": counts,
        "new_roles": summary.new_roles,
        "shared_roles": len(shared),
        "to_choose": summary.to_choose,
    }


def _list_actions(request: HttpRequest, batch: Batch, drafts: QuerySet[Draft], at_work: bool) -> dict[str, Any]:
    loadable = 0 if at_work else drafts.filter(_LOADABLE).count()
    is_rereading = batch.kind == Batch.Kind.REREAD
    verb = "Apply to" if is_rereading else "Load"
    return {
        "can_decide": bool(loadable) and has_any(request, LOAD),
        "can_choose": loadable > 1,
        "can_add": not is_rereading,
        "load_all": f"{verb} all {count_of(loadable, 'page')}" if loadable > 1 else f"{verb} the page",
        "can_discard": batch.stage not in (Batch.Stage.LOADING, Batch.Stage.UNDOING) and has_any(request, LOAD),
        "can_undo": not at_work and not is_rereading and has_any(request, UNDO),
        "undoable": 0 if at_work else list_loaded_pages(batch).count(),
    }


# -- what can be done -------------------------------------------------------------------------


def _choose_permission(batch: Batch) -> str:
    """The permission that continuing a batch takes."""
    return UNDO if batch.stage == Batch.Stage.UNDOING else LOAD


@action(LOAD, UNDO)
def continue_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Do the next steps, or see that workers do: for the script, which asks again and again, and for the button."""
    batch = get_object_or_404(Batch, pk=pk)
    if not has_any(request, _choose_permission(batch)):
        return JsonResponse({"message": "You are not allowed to continue this batch."}, status=403)
    progress = background.continue_batch(batch)
    if wants_json(request):
        return JsonResponse(_describe_progress(batch, progress), status=503 if progress.error else 200)
    if progress.error:
        messages.error(request, progress.error)
    return redirect("admin:ingest_batch_change", pk)


def _describe_progress(batch: Batch, progress: BatchProgress) -> dict[str, Any]:
    """How far a batch is, or the archive that is being unpacked, for the bar and its script."""
    done, total = progress.done, progress.total
    message = f"{done:,} of {count_of(total, 'page')} {_STAGES.get(progress.stage, ('', 'done'))[1]}."
    if progress.settling:
        message += f" Updating what depends on these pages: {progress.settling:,} left."
    message = " ".join(filter(None, [message, background.describe_trouble(batch)]))
    archive = batch.archives.first()
    if archive and archive.file_count:
        done, total = archive.unpacked_count, archive.file_count
        message = f"Unpacking “{reveal_invisible(archive.name)}”: {done:,} of {count_of(total, 'file')}."
    return {
        "stage": progress.stage,
        "done": done,
        "total": total,
        "working": progress.working and not progress.stopped,
        "wait": SECONDS_BETWEEN_LOOKS if background.has_workers() else 0,
        "message": progress.error or message,
    }


@action(LOAD, UNDO)
def stop_batch(request: HttpRequest, pk: int) -> HttpResponse:
    worker.stop_batch(get_object_or_404(Batch, pk=pk))
    messages.success(request, "Stopped. What is done stays.")
    return redirect("admin:ingest_batch_change", pk)


@action(LOAD, UNDO)
def resume_batch(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch, pk=pk)
    worker.resume_batch(batch)
    background.enqueue_task(batch)
    return redirect("admin:ingest_batch_change", pk)


@action(LOAD)
def load_batch(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch, pk=pk)
    keys = request.POST.getlist("draft")
    ticked = [int(key) for key in keys if key.isdecimal() and len(key) <= LONGEST_KEY]
    load_all = request.POST.get("which") == "all"
    if not load_all and not ticked:
        messages.warning(request, "No page was ticked. Tick those to load, or load all.")
    elif not worker.start_loading(batch, "all" if load_all else ticked, get_user(request)):
        _explain_no_start(request, batch, "There is nothing left to load: these pages are loaded, or were refused.")
    background.enqueue_task(batch)
    return redirect("admin:ingest_batch_change", pk)


def _explain_no_start(request: HttpRequest, batch: Batch, idle_reason: str) -> None:
    """Say why nothing was started. `idle_reason`: unless the batch is at work, as after a first press of the button."""
    batch.refresh_from_db(fields=["stage"])
    at_work = "The batch is at work. Wait until it is done."
    messages.warning(request, at_work if batch.stage in _STAGES else idle_reason)


@form_screen(UNDO)
def undo_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing a batch would remove, and start it."""
    batch = get_object_or_404(Batch, pk=pk)
    if request.method == "POST":
        if not worker.start_undoing(batch, get_user(request)):
            _explain_no_start(request, batch, "None of its pages is loaded: there is nothing to undo.")
        background.enqueue_task(batch)
        return redirect("admin:ingest_batch_change", pk)
    preview = preview_undo(list_loaded_pages(batch))
    pages = count_of(preview.pages, "page")
    return render_confirmation(
        request,
        "Undo this batch",
        [
            f"This removes the facts of {pages}. The facts that they replaced become current.",
            "The files and the choices made for them stay, so they can be loaded again.",
        ],
        f"Undo loading {pages}",
        make_breadcrumbs(batch),
        button_class="removes",
        removed=[title for _, title in preview.roles],
        more_removed=preview.more_roles,
        removed_heading="Roles that no other page mentions will be removed too",
    )


@form_screen(LOAD)
def discard_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what discarding a batch would delete, and do it."""
    batch = get_object_or_404(Batch, pk=pk)
    if request.method == "POST":
        if uploads.discard_batch(batch, get_user(request)):
            messages.success(request, f"The {batch} is discarded.")
            return redirect("admin:ingest_batch_changelist")
        messages.warning(request, "The batch is at work. Wait until it is done, then discard it.")
        return redirect("admin:ingest_batch_change", pk)
    loaded = list_loaded_pages(batch).count()
    sentences = ["This deletes the batch with its files and the choices made for them. It cannot be undone."]
    if loaded:
        sentences.append(f"Pages that this batch loaded stay: {loaded:,}. Each can be undone on its own screen.")
    button = title = "Discard this batch"
    return render_confirmation(request, title, sentences, button, make_breadcrumbs(batch), button_class="removes")


def make_breadcrumbs(batch: Batch) -> list[tuple[str, str]]:
    """The path to a batch, which stands above its screens and those of its drafts."""
    return [make_breadcrumb("Batches", "ingest_batch_changelist"), (str(batch), write_batch_address(batch))]
