"""The progress of a batch, and what it holds, in numbers."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from careers.models import Role
from careers.vocabulary import WARNING_KINDS
from ingest.loading.propagation import count_pending
from ingest.models import Batch, Draft, Mention, Page

# The stages in which a batch has work to do.
WORKING_STAGES = (Batch.Stage.READING, Batch.Stage.LOADING, Batch.Stage.UNDOING)
LOADED_OUTCOMES = (Draft.Outcome.LOADED, Draft.Outcome.UNCHANGED)
MOST_TITLES = 100


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is in its stage, in pages. `error`: a sentence for people when the database failed this time.

    `working`: there is more to do, call `continue_batch` again (after an error, a little later).
    `settling`: once all pages are done, how many pages, names and roles that depend on them are still to be updated.
    """

    stage: Batch.Stage
    done: int
    total: int
    working: bool
    stopped: bool
    settling: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """A batch in numbers. `new_roles`: each new role counts once, however many pages bring it."""

    pages: int
    statuses: Counter[str]  # of Draft.Status, "" for drafts without a preview
    outcomes: Counter[str]  # of Draft.Outcome, "" for drafts that are not loaded
    to_choose: int  # pages with something to choose
    warnings: int  # pages with serious warnings
    warning_kinds: dict[str, int]  # kind of warning -> pages with such a warning
    new_roles: int


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing pages would remove. `roles`: (slug, title) of roles that no other page mentions, at most 100.

    `more_roles`: how many more there are.
    """

    pages: int
    roles: tuple[tuple[str, str], ...]
    more_roles: int = 0


def measure_progress(batch: Batch, error: str = "") -> BatchProgress:
    """How far a batch is, without working on it."""
    stage = Batch.Stage(batch.stage)
    working = stage in WORKING_STAGES and not batch.stopped
    settling = 0
    if stage == Batch.Stage.READING:
        packed = batch.archives.aggregate(left=Sum(F("file_count") - F("unpacked_count")))["left"] or 0
        total = batch.drafts.count() + packed
        done = total - packed - batch.drafts.filter(status="").count()
    elif stage in WORKING_STAGES:
        total = batch.run_total
        done = total - batch.drafts.filter(selected=True).count()
        settling = count_pending() if done == total else 0
    else:
        total = done = batch.drafts.count()
    return BatchProgress(stage, done, total, working=working, stopped=batch.stopped, settling=settling, error=error)


def summarize_batch(batch: Batch) -> BatchSummary:
    """Counts of the pages of an upload, by outcome, doubts and choices."""
    drafts = batch.drafts.order_by()
    counts = drafts.aggregate(
        pages=Count("pk"),
        to_choose=Count("pk", filter=Q(to_choose__gt=0)),
        with_warnings=Count("pk", filter=Q(warning_count__gt=0)),
        **{kind: Count("pk", filter=Q(warning_kinds__has_key=kind)) for kind in WARNING_KINDS},
    )
    return BatchSummary(
        pages=counts["pages"],
        statuses=Counter(dict(drafts.values_list("status").annotate(Count("pk")))),
        outcomes=Counter(dict(drafts.values_list("outcome").annotate(Count("pk")))),
        to_choose=counts["to_choose"],
        warnings=counts["with_warnings"],
        warning_kinds={kind: counts[kind] for kind in WARNING_KINDS},
        new_roles=len(count_new_roles(batch)),
    )


def list_unfinished_batches() -> QuerySet[Batch]:
    """Batches that are at work, stopped, or wait for a person to decide, the newest first."""
    loadable = Draft.objects.filter(batch=OuterRef("pk"), outcome="")
    loadable = loadable.exclude(status__in=[Draft.Status.REFUSED, Draft.Status.SKIPPED])
    return Batch.objects.filter(
        Q(stage__in=WORKING_STAGES) | Q(Exists(loadable), stage=Batch.Stage.PREVIEWED)
    ).order_by("-pk")


def count_new_roles(batch: Batch) -> Counter[str]:
    """Title key of each new role -> how many drafts of the batch bring it."""
    counts: Counter[str] = Counter()
    for roles in batch.drafts.order_by().values_list("roles", flat=True).iterator():
        counts.update({role["key"] for role in roles if role["new"]})
    return counts


def list_loaded_pages(batch: Batch) -> QuerySet[Page]:
    """The pages that this batch loaded and that are still loaded: those that undoing it concerns."""
    if batch.kind == Batch.Kind.REREAD:
        return Page.objects.none()
    loaded = batch.drafts.filter(outcome__in=LOADED_OUTCOMES).order_by()
    return Page.objects.filter(pk__in=loaded.values("page"), citation__isnull=False)


def preview_undo(pages: QuerySet[Page]) -> UndoPreview:
    """What undoing these pages would remove; ask before `undo_page` and `start_undoing`."""
    keys = pages.order_by().values("pk")
    mentions = Mention.objects.filter(role=OuterRef("pk"))
    roles = Role.objects.filter(Exists(mentions.filter(page__in=keys))).removable()
    roles = roles.filter(~Exists(mentions.exclude(page__in=keys)))
    named = tuple(roles.values_list("slug", "title")[:MOST_TITLES])
    return UndoPreview(pages.count(), named, roles.count() - len(named))
