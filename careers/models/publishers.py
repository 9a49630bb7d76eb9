"""Who publishes pages, and the pages that facts cite."""

from datetime import UTC, date
from typing import ClassVar

from django.db import models


class Publisher(models.Model):
    """One publisher of pages about roles."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    homepage = models.URLField(max_length=500, blank=True)
    licence = models.CharField("license", max_length=120, blank=True)
    licence_url = models.URLField("address of the license", max_length=500, blank=True)
    attribution = models.CharField(
        max_length=300, blank=True, help_text="Shown on every page that shows this publisher's text."
    )
    taken_down_at = models.DateTimeField(
        null=True, editable=False, help_text="Since then none of its facts is current, and none is shown."
    )
    taken_down_for = models.TextField(blank=True, editable=False, help_text="Why its pages were taken down.")

    class Meta:
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [("takedown_publisher", "Can take a publisher's pages down and put them back")]

    def __str__(self) -> str:
        return self.name


class Citation(models.Model):
    """One capture of one publisher's page. Every fact row points to one."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="citations")
    title = models.CharField(max_length=300, blank=True, help_text="The title of the page.")
    url = models.URLField(max_length=1000, blank=True)
    captured_on = models.DateField(null=True, blank=True)
    figures_of = models.DateField(
        null=True,
        blank=True,
        help_text="The month that its figures are of, where the publisher says it: its first day.",
    )
    sample = models.BooleanField(
        default=False,
        help_text="A page that Rolewise comes with, in words of its own: any other page takes precedence.",
    )
    loaded_at = models.DateTimeField(help_text="When the page was first loaded.")
    licence = models.CharField("license", max_length=120, blank=True)
    licence_url = models.URLField("address of the license", max_length=500, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the page's bytes; settles ties between captures.")
    cut_line = models.PositiveIntegerField(
        null=True, blank=True, help_text="The line in the middle of which the copy of the page stops, if it was cut."
    )

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title or self.url or f'a page loaded on {self.loaded_at:%Y-%m-%d}'}"

    @property
    def effective_date(self) -> date:
        """The month of its figures if that is known, else the day of capture, else the day of the first load."""
        return self.figures_of or self.captured_on or self.loaded_at.astimezone(UTC).date()
