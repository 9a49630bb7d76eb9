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

from careers.models import Citation, Role


class Page(models.Model):
    """One file as it came, what a person said and chose about it, and what became of it.

    `choices`: title key -> vocabulary key -> the text chosen, null for "not published".
    `warnings`, `ambiguous`, `unread`: as last read, in the shape of the dataclasses of `ingest.facts`.
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
    citation = models.OneToOneField(Citation, null=True, on_delete=models.SET_NULL, related_name="page")

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            # Each load asks which pages are left to settle: nearly always none, or only its own.
            models.Index(fields=["id"], condition=Q(settled=False), name="page_unsettled"),
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
    key = models.CharField(max_length=160, db_index=True)  # figures are looked up by the title as the page has it
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


class Event(models.Model):
    """Who did what, when, to which page, with enough in it to tell what it did."""

    class What(models.TextChoices):
        LOAD = "load", "loaded"
        UNDO = "undo", "took back"

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    what = models.CharField(max_length=10, choices=What)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="events")
    details = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_what_display()}: {self.page}"
