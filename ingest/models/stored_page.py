"""Pages as they came, the roles they mention, the values they leave open, and the names learned from them."""

from __future__ import annotations

from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.models import Citation, Role


class EnteredSource(models.Model):
    """Where pages come from, as a person entered it for a batch, a draft or a page.

    What a draft has takes precedence over what its batch has, and what a page itself states over both.
    """

    publisher = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    captured_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)

    class Meta:
        abstract = True


class Page(EnteredSource):
    """One file as it came, what a person entered and chose for it, and what loading it did.

    `choices`: title key -> vocabulary key, or entry of a list such as "duties@14.1" -> {"text": the value chosen, null
    for "not published", "by": the name of the person who chose it, "on": the day, 2026-11-22, "line": where the value
    stands, if nothing was read for it}.
    `warnings`, `ambiguous`, `unread`: from the last reading, in the shape of the dataclasses of
    `ingest.parsing.parsed_page`.
    A refused page is not stored: there is nothing of it to undo or to read again.
    """

    class Status(models.TextChoices):
        LOADED = "loaded", "loaded"
        UNCHANGED = "unchanged", "changed nothing"
        UNDONE = "undone", "undone"

    name = models.CharField(max_length=300, help_text="The name of the file.")
    content = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the content with plain line ends.")
    loaded_at = models.DateTimeField(default=timezone.now, help_text="When it was first loaded.")
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    choices = models.JSONField(default=dict, blank=True)
    sample = models.BooleanField(
        default=False,
        help_text="A sample page that ships with Rolewise, in its own words: any other page takes precedence.",
    )

    layout = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status)
    cut_line = models.PositiveIntegerField(null=True, help_text="The line in the middle of which the page stops.")
    warnings = models.JSONField(default=list)
    ambiguous = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    reader_version = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="The version of the readers at its last reading; 0 before there was one."
    )
    waiting = models.BooleanField(
        default=False,
        help_text="Some values are unclear, or were split by spelling alone: other pages may resolve them.",
    )
    propagated = models.BooleanField(
        default=False,
        editable=False,
        help_text="The pages that its names and figures concern are marked for rereading.",
    )
    needs_reread = models.BooleanField(
        default=False, editable=False, help_text="Names or figures of other pages may change how this page is read."
    )
    citation = models.OneToOneField(Citation, null=True, on_delete=models.SET_NULL, related_name="page")

    kept_reading = b""  # no column: that of the draft, as on Draft, while the page is loaded

    class Meta:
        ordering: ClassVar = ["-pk"]
        permissions: ClassVar = [
            ("load_page", "Can load pages, choose unclear values and read pages again"),
            ("undo_page", "Can undo the loading of pages"),
        ]
        indexes: ClassVar = [
            # Each load asks which pages are not propagated yet: usually none, or only its own.
            models.Index(fields=["id"], condition=Q(propagated=False), name="page_not_propagated"),
            models.Index(fields=["id"], condition=Q(needs_reread=True), name="page_needs_reread"),
            # The admin's first page counts the pages that an earlier version read: few versions, many pages.
            models.Index(fields=["reader_version"], condition=Q(citation__isnull=False), name="page_by_reader"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def compute_digest(content: bytes) -> str:
        """What identifies a file, whichever line ends the program that saved it writes."""
        return sha256(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).hexdigest()


class Mention(models.Model):
    """A page mentions a role, in the page's own spelling. A role that no page mentions is deleted."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="mentions")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="mentions")
    title = models.CharField(max_length=200)
    # Figures are looked up by the title as the page has it. An official occupation has "SOC 29-1141" instead of a key.
    key = models.CharField(max_length=240, db_index=True)
    by_prose = models.BooleanField(help_text="Spelled in a sentence, where titles are lower case.")
    joined = models.BooleanField(
        default=False, help_text="Found by its code alone, in a table that gives no occupation a title."
    )

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.page})"


class Question(models.Model):
    """A value that its page alone leaves open: names and figures of other pages can answer it, now or later.

    It stays after it is answered, because another page or an undo can change the answer.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=240)
    field = models.CharField(max_length=60)
    raw = models.TextField(help_text="The run-together cells.")
    by_spelling = models.BooleanField(help_text="The page alone splits it by spelling; figures cannot change that.")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["key", "field"], name="question_by_figure"),  # which pages does this figure concern?
            models.Index(fields=["field"], name="question_by_name"),  # which pages may a new company concern?
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.key}: {self.raw[:60]}"


class KnownName(models.Model):
    """A name that stood in a cell of its own, or that a person chose; run-together cells are split by these."""

    class Kind(models.TextChoices):
        COMPANY = "company", "company"
        INDUSTRY = "industry", "industry"
        MAJOR = "major", "major"
        COLLEGE = "college", "college"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    propagated = models.BooleanField(
        default=False, editable=False, help_text="The pages that ask for this name were read again."
    )

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
            # As for pages: each load asks for the few names that are not propagated yet.
            models.Index(fields=["id"], condition=Q(propagated=False), name="known_name_not_propagated"),
        ]

    def __str__(self) -> str:
        return self.name
