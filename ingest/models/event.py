"""The record of what people and commands did."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from careers.models import Publisher, Role
from ingest.models.batch import Batch
from ingest.models.stored_page import Page


class Event(models.Model):
    """Who did what, when, to which page, role or publisher, in enough detail to describe and to undo it.

    `details` by `what`: load, reread {"changes": number}; undo {"roles": slugs}; choose {"role": title key, "field",
    "text"} and of a loaded page "before": title key -> the earlier choice or null; alias, no-alias {"title", "key",
    "slug", "role": slug}; add-title {"title", "soc_code"}; merge {"role": {"title", "slug", "key", "renamed"},
    "aliases": keys, "into": slug}; rename {"before", "after": {"title", "slug"}, ...}; closest {"role": title key,
    "before", "after": {"soc_code", "title"} or null}; take-down {"reason"}; discard {"name", "files": number}.
    """

    class What(models.TextChoices):
        LOAD = "load", "loaded"
        UNDO = "undo", "undid the loading of"
        CHOOSE = "choose", "chose"
        REREAD = "reread", "reread"
        ALIAS = "alias", "gave another title to"
        NO_ALIAS = "no-alias", "took another title from"
        MERGE = "merge", "merged"
        RENAME = "rename", "renamed"
        CLOSEST = "closest", "named the closest official occupation of"
        ADD_TITLE = "add-title", "gave an everyday title to"
        TAKE_DOWN = "take-down", "took down"
        PUT_BACK = "put-back", "put back"
        DISCARD = "discard", "discarded"
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
