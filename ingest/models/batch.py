"""Uploads on their way to becoming stored pages: batches, their drafts, and archives that are being unpacked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ingest.models.stored_page import EnteredSource, Page


class Batch(EnteredSource):
    """One upload of pages, or one rereading of stored pages, from the first file to the last page.

    All of its state is here and on its drafts, so any process can continue it at any time.
    """

    class Kind(models.TextChoices):
        LOAD = "load", "upload"
        REREAD = "reread", "rereading"

    class Stage(models.TextChoices):
        READING = "reading", "reading"  # archives are unpacked, drafts are previewed
        PREVIEWED = "previewed", "previewed"  # a person reviews, chooses and decides
        LOADING = "loading", "loading"  # the selected drafts are loaded, then pages that depend on them are read again
        DONE = "done", "done"
        UNDOING = "undoing", "undoing"
        UNDONE = "undone", "undone"

    created_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LOAD)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.READING)
    stopped = models.BooleanField(default=False, help_text="A person stopped it; it can be resumed.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who started the current run of loading or undoing.",
    )
    run_total = models.PositiveIntegerField(default=0, help_text="How many pages the current run covers.")
    task = models.CharField(
        max_length=64, blank=True, help_text="The last task that worked on it or is to, where workers do that."
    )

    same_roles = models.JSONField(
        default=dict,
        blank=True,
        help_text="Title key -> the slug of the role that it is another title of, or "
        '"" where a person said that it is a new role.',
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.created_at:%Y-%m-%d %H:%M}"


class Draft(EnteredSource):
    """One file of a batch: what was entered and chosen for it, what loading it would do, and what loading it did.

    `status` is the result of the preview, `outcome` the result of the load; each is empty until there is one.
    "known" is a page that was loaded before by someone else: this batch did not load it and does not undo it.
    `roles`: [{"key", "title", "stored", "slug", "new": bool, "near": [{"slug", "title"}]}] in page order; `title`: as
    the page has it; `stored`: the title of the role once the page is loaded; `near`: stored roles with a title close to
    that of the new role, which may be the same role. `warnings`, `ambiguous`, `unread` as on Page.
    """

    class Status(models.TextChoices):
        NEW = "new", "new"
        CHANGED = "changed", "changed"
        SAME = "same", "same"
        REFUSED = "refused", "refused"
        SKIPPED = "skipped", "skipped"

    class Outcome(models.TextChoices):
        LOADED = "loaded", "loaded"
        UNCHANGED = "unchanged", "changed nothing"
        KNOWN = "known", "was loaded before"
        REFUSED = "refused", "refused"
        UNDONE = "undone", "undone"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=300)
    also_named = models.JSONField(default=list, help_text="Names of other files of the batch with the same content.")
    content = models.BinaryField(default=bytes, help_text="Empty once `page` holds it, and for an unreadable file.")
    digest = models.CharField(max_length=64, blank=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="drafts")

    kept_reading = models.BinaryField(
        default=bytes, help_text="What the preview has read, until `page` is stored (ingest/loading/kept_readings.py)."
    )

    choices = models.JSONField(default=dict, help_text="As on Page.")
    joins_occupations = models.BooleanField(
        default=False,
        help_text="It only adds to official occupations: it is previewed and loaded after the tables that bring them.",
    )
    selected = models.BooleanField(default=False, help_text="The current run is to load or undo it.")

    status = models.CharField(max_length=10, choices=Status, blank=True)
    error = models.TextField(blank=True, help_text="Why it was refused, in a sentence for people.")
    layout = models.CharField(max_length=20, blank=True)
    roles = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    ambiguous = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    # Counts for lists, which do not fetch the large columns above.
    change_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0, help_text="How many serious warnings there are.")
    warning_kinds = models.JSONField(
        default=dict, help_text="Kind of warning, as in the vocabulary -> how many of the page's warnings are of it."
    )
    to_choose = models.PositiveIntegerField(
        default=0, help_text="Unclear values, and new titles that are close to the title of a stored role."
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
            # Each step asks for the next few drafts: of thousands, only those that are left.
            models.Index(fields=["batch", "id"], condition=Q(status=""), name="draft_to_preview"),
            models.Index(fields=["batch", "id"], condition=Q(selected=True), name="draft_selected"),
        ]

    def __str__(self) -> str:
        return self.name


class Archive(models.Model):
    """A .zip of a batch that is unpacked step by step; it is deleted when all of its files are drafts."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="archives")
    name = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the archive.")
    digest = models.CharField(max_length=64)
    file_count = models.PositiveIntegerField(default=0, help_text="How many files it holds.")
    unpacked_count = models.PositiveIntegerField(default=0, help_text="How many of its files are drafts by now.")
    unpacked_bytes = models.PositiveBigIntegerField(default=0, help_text="Bytes unpacked so far.")

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
    """A run of consecutive bytes of an archive: parts are read one at a time, so memory never holds the whole."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["archive", "position"], name="archive_part_once")]

    def __str__(self) -> str:
        return f"{self.archive} part {self.position}"
