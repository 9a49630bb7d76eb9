"""A drop of pages as one screen: what each would change, what to choose, load, stop, take back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.admin import ReadOnlyAdmin
from ingest import batches
from ingest.admin.screens import LOAD, LOOK, UNDO, crumb, listed, may, needs, person, plural, screen, told, wants_json
from ingest.admin.upload_form import more_files
from ingest.admin.wording import shown
from ingest.models import Batch, Draft

_STAGES = {
    Batch.Stage.READING: ("Looking at the pages", "looked at"),
    Batch.Stage.LOADING: ("Loading", "loaded"),
    Batch.Stage.UNDOING: ("Taking back", "taken back"),
}
BROUGHT = (Draft.Outcome.LOADED, Draft.Outcome.UNCHANGED)
_LARGE = ("content", "warnings", "ambiguous", "unread", "choices")
_LOADABLE = Q(status__in=[Draft.Status.NEW, Draft.Status.CHANGED, Draft.Status.SAME]) & Q(
    outcome__in=["", Draft.Outcome.UNDONE]
)
# What the list shows: its name in the address -> (words, which drafts).
_SHOWN: Mapping[str, tuple[str, Q]] = {
    "all": ("pages", Q()),
    "new": ("new", Q(status=Draft.Status.NEW)),
    "changed": ("changed", Q(status=Draft.Status.CHANGED)),
    "same": ("same", Q(status=Draft.Status.SAME)),
    "refused": ("refused", Q(status=Draft.Status.REFUSED) | Q(outcome=Draft.Outcome.REFUSED)),
    "waiting": ("not yet looked at", Q(status="")),
    "choose": ("with something to choose", Q(to_choose__gt=0)),
    "warnings": ("with warnings", Q(warning_count__gt=0)),
    "loaded": ("loaded", Q(outcome__in=BROUGHT)),
    "known": ("loaded before", Q(outcome=Draft.Outcome.KNOWN)),
    "undone": ("taken back", Q(outcome=Draft.Outcome.UNDONE)),
}


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "by", "standing", "publisher", "pages")
    list_filter = ("stage", "kind")
    list_select_related = ("by",)
    ordering = ("-pk",)

    @admin.display(description="stage", ordering="stage")
    def standing(self, batch: Batch) -> str:
        return f"{batch.get_stage_display()}, stopped" if batch.stopped else batch.get_stage_display()

    @admin.display(description="pages")
    def pages(self, batch: Batch) -> int:
        return batch.drafts.count()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, *LOOK)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/change/", wrap(show), name="ingest_batch_change"),
            path("<int:pk>/files/", wrap(more_files), name="ingest_batch_files"),
            path("<int:pk>/work/", wrap(work), name="ingest_batch_work"),
            path("<int:pk>/stop/", wrap(stop), name="ingest_batch_stop"),
            path("<int:pk>/resume/", wrap(resume), name="ingest_batch_resume"),
            path("<int:pk>/load/", wrap(load), name="ingest_batch_load"),
            path("<int:pk>/undo/", wrap(undo), name="ingest_batch_undo"),
        ]
        return own + super().get_urls()


# -- the screen -------------------------------------------------------------------------------


_NAMED = 5  # roles of one page in the list; an official table has hundreds


@dataclass(frozen=True, slots=True)
class Row:
    """One page in the list. `roles`: the first as on Draft, each with `shared` when several pages bring it."""

    pk: int
    name: str
    shown_name: str
    error: str
    state: str
    state_name: str
    layout: str
    roles: list[dict[str, Any]]
    more_roles: int
    change_count: int
    warning_count: int
    to_choose: int
    can_load: bool


@needs(*LOOK)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one batch; the list of its pages by what is asked for."""
    batch = get_object_or_404(Batch.objects.select_related("by"), pk=pk)
    asked = request.GET.get("show", "all")
    asked = asked if asked in _SHOWN else "all"
    drafts = batch.drafts.order_by("pk")
    list_of = listed(request, drafts.filter(_SHOWN[asked][1]).defer(*_LARGE))
    shared = Counter({key: number for key, number in batches.count_new_roles(batch).items() if number > 1})
    list_of["listed"].object_list = [_row(draft, shared) for draft in list_of["listed"].object_list]
    at_work = batch.stage in _STAGES
    context = {
        "batch": batch,
        "at_work": at_work,
        "can_work": may(request, UNDO if batch.stage == Batch.Stage.UNDOING else LOAD),
        "stage_name": _STAGES.get(Batch.Stage(batch.stage), ("", ""))[0],
        "progress": _as_json(batch, batches.measure_progress(batch)),
        "show": asked,
        "show_name": "Pages" if asked == "all" else f"Pages {_SHOWN[asked][1] and _SHOWN[asked][0]}",
        "state_head": "What it is" if batch.stage in (Batch.Stage.READING, Batch.Stage.PREVIEWED) else "What it was",
        "events": told(request, batch.events.select_related("by", "page", "batch")[:20]),
        "crumbs": [crumb("Batches", "ingest_batch_changelist")],
        **_numbers(batch, drafts, shared),
        **_acts(request, batch, drafts, at_work),
        **list_of,
    }
    return screen(request, "admin/ingest/batch.html", str(batch).capitalize(), context)


def _row(draft: Draft, shared: Mapping[str, int]) -> Row:
    state, name = (draft.outcome, draft.get_outcome_display()) if draft.outcome else _rehearsed(draft)
    return Row(
        pk=draft.pk,
        name=draft.name,
        shown_name=shown(draft.name),
        error=draft.error,
        state={"unchanged": "same", "known": "same"}.get(state, state),
        state_name=name,
        layout=draft.layout,
        roles=[{**role, "shared": role.get("new") and role["key"] in shared} for role in draft.roles[:_NAMED]],
        more_roles=max(0, len(draft.roles) - _NAMED),
        change_count=draft.change_count,
        warning_count=draft.warning_count,
        to_choose=draft.to_choose,
        can_load=draft.status not in ("", Draft.Status.REFUSED) and draft.outcome in ("", Draft.Outcome.UNDONE),
    )


def _rehearsed(draft: Draft) -> tuple[str, str]:
    return (draft.status, draft.get_status_display()) if draft.status else ("waiting", "waiting")


def _numbers(batch: Batch, drafts: QuerySet[Draft], shared: Mapping[str, int]) -> dict[str, Any]:
    summary = batches.summarise_batch(batch)
    by_name = {
        "all": summary.pages,
        "new": summary.statuses[Draft.Status.NEW],
        "changed": summary.statuses[Draft.Status.CHANGED],
        "same": summary.statuses[Draft.Status.SAME],
        "refused": summary.statuses[Draft.Status.REFUSED],
        "waiting": summary.statuses[""],
        "choose": summary.to_choose,
        "warnings": summary.warnings,
        "loaded": summary.outcomes[Draft.Outcome.LOADED] + summary.outcomes[Draft.Outcome.UNCHANGED],
        "known": summary.outcomes[Draft.Outcome.KNOWN],
        "undone": summary.outcomes[Draft.Outcome.UNDONE],
    }
    always = ("all", "new", "changed", "same", "refused")
    sums = [(name, f"{number:,}", _SHOWN[name][0]) for name, number in by_name.items() if number or name in always]
    if summary.pages == 1:
        sums[0] = ("all", "1", "page")
    return {
        "sums": sums,
        "new_roles": summary.new_roles,
        "shared_roles": len(shared),
        "to_choose": summary.to_choose,
    }


def _acts(request: HttpRequest, batch: Batch, drafts: QuerySet[Draft], at_work: bool) -> dict[str, Any]:
    """What can be done with the batch now, by the person who asks."""
    loadable = 0 if at_work else drafts.filter(_LOADABLE).count()
    again = batch.kind == Batch.Kind.REREAD
    return {
        "can_decide": bool(loadable) and may(request, LOAD),
        "load_all": f"{'Apply to' if again else 'Load'} all {plural(loadable, 'page')}"
        if loadable > 1
        else ("Apply to the page" if again else "Load the page"),
        "can_undo": not at_work and not again and may(request, UNDO),
        "undoable": 0 if at_work else batches.loaded_pages(batch).count(),
    }


# -- what can be done -------------------------------------------------------------------------


@needs(LOAD, UNDO)
@require_POST
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Do the next piece: for the script, which asks again and again, and for its button without one."""
    batch = get_object_or_404(Batch, pk=pk)
    if not may(request, UNDO if batch.stage == Batch.Stage.UNDOING else LOAD):
        return JsonResponse({"message": "You may not go on with this."}, status=403)
    progress = batches.continue_batch(batch)
    if wants_json(request):
        return JsonResponse(_as_json(batch, progress), status=503 if progress.error else 200)
    if progress.error:
        messages.error(request, progress.error)
    return redirect("admin:ingest_batch_change", pk)


def _as_json(batch: Batch, progress: batches.BatchProgress) -> dict[str, Any]:
    """How far a batch is, for the bar and its script; of an archive, how far it is taken apart."""
    done, total = progress.done, progress.total
    message = f"{done:,} of {plural(total, 'page')} {_STAGES.get(progress.stage, ('', 'done'))[1]}."
    if progress.settling:
        message += f" Telling other pages what these say: {progress.settling:,} left."
    archive = batch.archives.first()
    if archive and archive.file_count:
        done, total = archive.unpacked_count, archive.file_count
        message = f"Taking “{shown(archive.name)}” apart: {done:,} of {plural(total, 'file')}."
    return {
        "stage": progress.stage,
        "done": done,
        "total": total,
        "working": progress.working and not progress.stopped,
        "message": progress.error or message,
    }


@needs(LOAD, UNDO)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    batches.stop_batch(get_object_or_404(Batch, pk=pk))
    messages.success(request, "Stopped. What is done stays.")
    return redirect("admin:ingest_batch_change", pk)


@needs(LOAD, UNDO)
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    batches.resume_batch(get_object_or_404(Batch, pk=pk))
    return redirect("admin:ingest_batch_change", pk)


@needs(LOAD)
@require_POST
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Load all pages of a batch, or those ticked."""
    batch = get_object_or_404(Batch, pk=pk)
    ticked = [int(each) for each in request.POST.getlist("draft") if each.isdecimal()]
    if request.POST.get("which") == "all":
        wanted = batches.start_loading(batch, "all", person(request))
    elif ticked:
        wanted = batches.start_loading(batch, ticked, person(request))
    else:
        messages.warning(request, "No page was ticked. Tick those to load, or load all.")
        return redirect("admin:ingest_batch_change", pk)
    if not wanted:
        messages.warning(request, "There is nothing left to load: these pages are loaded, or were refused.")
    return redirect("admin:ingest_batch_change", pk)


@needs(UNDO)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking a batch back would remove, and begin with it."""
    batch = get_object_or_404(Batch, pk=pk)
    if request.method == "POST":
        if not batches.start_undoing(batch, person(request)):
            messages.warning(request, "None of its pages is loaded: there is nothing to take back.")
        return redirect("admin:ingest_batch_change", pk)
    going = batches.preview_undo(batches.loaded_pages(batch))
    context = {
        "sentences": [
            f"{plural(going.pages, 'page')} that this batch loaded would be taken back: what they brought goes, "
            "and what they replaced is current again.",
            "Their files and the choices made for them stay, so that they can be loaded again.",
        ],
        "goes": [title for _, title in going.roles],
        "goes_more": going.more_roles,
        "goes_head": "Roles that no other page speaks of go too",
        "button": f"Take {plural(going.pages, 'page')} back",
        "button_class": "takes-back",
        "back": batch_address(batch),
        "crumbs": [crumb("Batches", "ingest_batch_changelist"), (str(batch), batch_address(batch))],
    }
    return screen(request, "admin/ingest/confirm.html", "Take the batch back", context)


def batch_address(batch: Batch) -> str:
    return reverse("admin:ingest_batch_change", args=[batch.pk])
