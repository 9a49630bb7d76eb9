"""What was loaded: the pages as they came, what they asked of one another, what was learned and done.

The facts themselves are rows of `careers`. Everything here is what is needed to read a page
again, to take it back, and to tell who did what.
"""

from __future__ import annotations

from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.models import Citation, Publisher, Role


class Page(models.Model):
    """One file as it came, what a person said and chose about it, and what became of it.

    `choices`: title key -> vocabulary key -> {"text": what was chosen, null for "not published", "by": the name
    of who chose it, "on": the day, 2026-11-22}.
    `warnings`, `ambiguous`, `unread`: as last read, in the shape of the dataclasses of `ingest.parsing.facts`.
    A page that was refused is not kept: there is nothing of it to take back or to read again.
    """

    class Status(models.TextChoices):
        LOADED = "loaded", "loaded"
        UNCHANGED = "unchanged", "changed nothing"
        UNDONE = "undone", "taken back"

    name = models.CharField(max_length=300, help_text="The name of the file.")
    content = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the content.")
    loaded_at = models.DateTimeField(default=timezone.now, help_text="When it was first loaded.")
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    # Entered by a person; what the page itself states goes before it.
    publisher = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)
    captured_on = models.DateField(null=True, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    sample = models.BooleanField(
        default=False, help_text="A page that Rolewise comes with, in words of its own: any other page goes before it."
    )

    layout = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status)
    cut_line = models.PositiveIntegerField(null=True, help_text="The line in whose middle the page stops.")
    warnings = models.JSONField(default=list)
    ambiguous = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    waiting = models.BooleanField(
        default=False, help_text="Some values are unclear, or split by spelling alone: other pages may settle them."
    )
    settled = models.BooleanField(
        default=False, editable=False, help_text="What it tells of other pages has been told to them."
    )
    again = models.BooleanField(
        default=False, editable=False, help_text="To be read again: what other pages tell may change how it is read."
    )
    citation = models.OneToOneField(Citation, null=True, on_delete=models.SET_NULL, related_name="page")

    class Meta:
        ordering: ClassVar = ["-pk"]
        permissions: ClassVar = [
            ("load_page", "Can load pages, choose unclear values and read pages again"),
            ("undo_page", "Can take pages back"),
        ]
        indexes: ClassVar = [
            # Each load asks which pages are left to settle: nearly always none, or only its own.
            models.Index(fields=["id"], condition=Q(settled=False), name="page_unsettled"),
            models.Index(fields=["id"], condition=Q(again=True), name="page_again"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest_of(content: bytes) -> str:
        return sha256(content).hexdigest()


class Mention(models.Model):
    """A page speaks of a role, in the page's own spelling. A role that no page mentions goes."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="mentions")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="mentions")
    title = models.CharField(max_length=120)
    # Figures are looked up by the title as the page has it. Of an official occupation: "SOC 29-1141", no title's key.
    key = models.CharField(max_length=160, db_index=True)
    by_prose = models.BooleanField(help_text="Spelled in a sentence, where titles are lower case.")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.page})"


class Question(models.Model):
    """A value that its page alone does not settle: what is known elsewhere can decide it, now or later.

    It stays when it is answered, for a further page or an undo can change the answer.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=160)
    field = models.CharField(max_length=60)
    raw = models.TextField(help_text="The glued cells.")
    by_spelling = models.BooleanField(help_text="The page alone reads it by spelling; figures cannot change that.")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["key", "field"], name="question_by_figure"),  # which pages does this figure concern?
            models.Index(fields=["field"], name="question_by_name"),  # which pages may a new company concern?
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.key}: {self.raw[:60]}"


class KnownName(models.Model):
    """A name seen in a cell of its own or chosen by a person; glued cells are split by these."""

    class Kind(models.TextChoices):
        COMPANY = "company", "company"
        INDUSTRY = "industry", "industry"
        MAJOR = "major", "major"
        COLLEGE = "college", "college"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    settled = models.BooleanField(default=False, editable=False, help_text="The pages that ask for it were read again.")

    class Meta:
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="known_name_once",
                violation_error_message="This name is known already.",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(settled=False), name="known_name_unsettled"),  # as for pages
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One drop of pages, or one reading again of stored ones, from the first file to the last page.

    All of its state is here and on its drafts, so that any process can go on with it at any time.
    """

    class Kind(models.TextChoices):
        LOAD = "load", "loading"
        REREAD = "reread", "reading again"

    class Stage(models.TextChoices):
        READING = "reading", "reading"  # archives are taken apart, drafts rehearsed
        REHEARSED = "rehearsed", "rehearsed"  # a person looks, chooses and decides
        LOADING = "loading", "loading"  # the wanted drafts are loaded, then what they tell other pages is told
        DONE = "done", "done"
        UNDOING = "undoing", "taking back"
        UNDONE = "undone", "taken back"

    created_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LOAD)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.READING)
    stopped = models.BooleanField(default=False, help_text="A person stopped it; it goes on from there when asked to.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who asked for the loading or taking back that is under way.",
    )
    run_total = models.PositiveIntegerField(default=0, help_text="How many pages the run under way is to do.")

    # Entered once for all pages; a page can have its own (Draft), and what a page itself states goes before both.
    publisher = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    captured_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)

    same_roles = models.JSONField(
        default=dict,
        blank=True,
        help_text="Title key -> the address (slug) of the role that it is another title of, or "
        '"" where a person said that it is a new role.',
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.created_at:%Y-%m-%d %H:%M}"


class Draft(models.Model):
    """One file of a batch: what was entered and chosen for it, what loading it would do, what it did.

    `status` is of the rehearsal, empty until there is one. `outcome` is of the load, empty until there is one:
    "known" is a page that was loaded before by someone else, which this batch neither loaded nor takes back.
    `roles`: [{"key", "title", "slug", "new": bool, "near": [{"slug", "title"}]}] in page order; `near`: stored roles
    that a new role's title is close to, to ask whether it is the same. `warnings`, `ambiguous`, `unread` as on Page.
    """

    class Status(models.TextChoices):
        NEW = "new", "new"
        CHANGED = "changed", "changed"
        SAME = "same", "same"
        REFUSED = "refused", "refused"

    class Outcome(models.TextChoices):
        LOADED = "loaded", "loaded"
        UNCHANGED = "unchanged", "changed nothing"
        KNOWN = "known", "was loaded before"
        REFUSED = "refused", "refused"
        UNDONE = "undone", "taken back"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=300)
    also_named = models.JSONField(default=list, help_text="Names of further files of the batch with the same content.")
    content = models.BinaryField(
        default=bytes, help_text="Empty once `page` has it, and where the file was unreadable."
    )
    digest = models.CharField(max_length=64, blank=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="drafts")

    # For this page alone, before what was entered for the batch.
    publisher = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    captured_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)
    choices = models.JSONField(default=dict, help_text="As on Page.")
    wanted = models.BooleanField(default=False, help_text="To be loaded, or taken back, by the run under way.")

    status = models.CharField(max_length=10, choices=Status, blank=True)
    error = models.TextField(blank=True, help_text="Why it was refused, in a sentence for people.")
    layout = models.CharField(max_length=20, blank=True)
    roles = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    ambiguous = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    # For lists, which do not fetch what stands above.
    change_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    to_choose = models.PositiveIntegerField(
        default=0, help_text="Unclear values, and new titles close to a stored role's."
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "digest"],
                condition=~Q(digest=""),
                name="draft_once",
                violation_error_message="This file is in the batch already.",
            )
        ]
        indexes: ClassVar = [
            # Each piece of work asks for the next few: of thousands, those that are left.
            models.Index(fields=["batch", "id"], condition=Q(status=""), name="draft_to_rehearse"),
            models.Index(fields=["batch", "id"], condition=Q(wanted=True), name="draft_wanted"),
        ]

    def __str__(self) -> str:
        return self.name


class Archive(models.Model):
    """A .zip of a batch that is taken apart in pieces; it goes when all of its files are drafts."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="archives")
    name = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the archive.")
    digest = models.CharField(max_length=64)
    files = models.PositiveIntegerField(default=0, help_text="How many files it holds; 0 until it was looked into.")
    taken = models.PositiveIntegerField(default=0, help_text="How many of them are drafts by now.")
    unpacked = models.PositiveBigIntegerField(default=0, help_text="Bytes that came out of it so far.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "digest"],
                name="archive_once",
                violation_error_message="This archive is in the batch already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ArchivePart(models.Model):
    """Some consecutive bytes of an archive: read one at a time, it never stands in memory whole."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["archive", "position"], name="archive_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.archive} part {self.position}"


class Event(models.Model):
    """Who did what, when, to which page, role or publisher, with enough in it to tell and to undo what it did.

    `details` by `what`: load, reread {"changes": number}; undo {"roles": slugs}; choose {"role": title key, "field",
    "text"}; alias {"title", "key", "slug", "role": slug}; merge {"role": {"title", "slug", "key", "renamed"},
    "aliases": keys, "into": slug}; rename {"before", "after": {"title", "slug"}, ...};
    closest {"role": title key, "before", "after": {"soc_code", "title"} or null}; take-down {"reason"}.
    """

    class What(models.TextChoices):
        LOAD = "load", "loaded"
        UNDO = "undo", "took back"
        CHOOSE = "choose", "chose"
        REREAD = "reread", "read again"
        ALIAS = "alias", "gave another title to"
        MERGE = "merge", "merged"
        RENAME = "rename", "renamed"
        CLOSEST = "closest", "named the closest official occupation of"
        TAKE_DOWN = "take-down", "took down"
        PUT_BACK = "put-back", "put back"
        REVERT = "revert", "undid"

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    what = models.CharField(max_length=10, choices=What)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="events")
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="events")
    role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="events")
    publisher = models.ForeignKey(Publisher, null=True, on_delete=models.SET_NULL, related_name="events")
    undoes = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="undone_by")
    details = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_what_display()}: {self.page or self.role or self.publisher}"
