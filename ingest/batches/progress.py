"""How far a batch is, and what it holds, in numbers."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from careers.models import Role
from ingest.loading import left
from ingest.models import Archive, Batch, Draft, Mention, Page

BROUGHT = (Draft.Outcome.LOADED, Draft.Outcome.UNCHANGED)
NAMED_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is in its stage, in pages. `error`: a sentence for people when the database failed this time.

    `working`: there is more to do now, call `work` again (after an error, a little later).
    `settling`: how many pages, names and roles are still to be told what these pages bring, once all are through.
    """

    stage: Batch.Stage
    done: int
    total: int
    working: bool
    stopped: bool
    settling: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A batch in numbers. `new_roles`: over the whole batch, each counted once, however many pages bring it."""

    pages: int
    statuses: Counter[str]  # of Draft.Status, "" for those not yet rehearsed
    outcomes: Counter[str]  # of Draft.Outcome, "" for those not loaded
    to_choose: int  # pages with something to choose
    warnings: int  # pages with warnings
    new_roles: int
    archives: tuple[Archive, ...]  # those still to be taken apart


@dataclass(frozen=True, slots=True)
class Going:
    """What taking pages back would remove. `roles`: (slug, title) of those that no other page speaks of.

    `more_roles`: how many beyond these.
    """

    pages: int
    roles: tuple[tuple[str, str], ...]
    more_roles: int = 0


def progress(batch: Batch, error: str = "") -> Progress:
    """How far a batch is, without doing anything."""
    stage = Batch.Stage(batch.stage)
    done = total = settling = 0
    if stage == Batch.Stage.READING:
        packed = batch.archives.aggregate(left=Sum(F("file_count") - F("unpacked_count")))["left"] or 0
        total = batch.drafts.count() + packed
        done = total - packed - batch.drafts.filter(status="").count()
    elif stage in (Batch.Stage.LOADING, Batch.Stage.UNDOING):
        total = batch.run_total
        done = total - batch.drafts.filter(selected=True).count()
        settling = left() if done == total else 0
    else:
        total = done = batch.drafts.count()
    working = stage in (Batch.Stage.READING, Batch.Stage.LOADING, Batch.Stage.UNDOING) and not batch.stopped
    return Progress(stage, done, total, working, batch.stopped, settling, error)


def summary(batch: Batch) -> Summary:
    drafts = batch.drafts.order_by()
    counts = drafts.aggregate(
        pages=Count("pk"),
        to_choose=Count("pk", filter=Q(to_choose__gt=0)),
        warned=Count("pk", filter=Q(warning_count__gt=0)),
    )
    return Summary(
        pages=counts["pages"],
        statuses=Counter(dict(drafts.values_list("status").annotate(Count("pk")))),
        outcomes=Counter(dict(drafts.values_list("outcome").annotate(Count("pk")))),
        to_choose=counts["to_choose"],
        warnings=counts["warned"],
        new_roles=len(pages_with_role(batch)),
        archives=tuple(batch.archives.all()),
    )


def pages_with_role(batch: Batch) -> Counter[str]:
    """Title key -> how many drafts of the batch bring this new role; to mark those that several bring."""
    found: Counter[str] = Counter()
    for roles in batch.drafts.order_by().values_list("roles", flat=True).iterator():
        found.update({role["key"] for role in roles if role["new"]})
    return found


def pages_of(batch: Batch) -> QuerySet[Page]:
    """The pages that this batch has loaded and that are stored: those that taking it back takes back."""
    if batch.kind == Batch.Kind.REREAD:
        return Page.objects.none()
    brought = batch.drafts.filter(outcome__in=BROUGHT).order_by()
    return Page.objects.filter(pk__in=brought.values("page"), citation__isnull=False)


def going(pages: QuerySet[Page]) -> Going:
    """What taking back these pages would remove; ask before `undo_page` and `start_undoing`."""
    own = pages.order_by().values("pk")
    elsewhere = Mention.objects.filter(role=OuterRef("pk")).exclude(page__in=own)
    roles = Role.objects.filter(Exists(Mention.objects.filter(role=OuterRef("pk"), page__in=own)))
    alone = roles.free_to_go().filter(~Exists(elsewhere))
    found = tuple(alone.values_list("slug", "title")[:NAMED_AT_MOST])
    return Going(pages.count(), found, alone.count() - len(found))
