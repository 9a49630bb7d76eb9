"""What tables say about all jobs of the nation together."""

from typing import ClassVar

from django.db import models

from careers.models.publishers import Citation


class AllJobsFigure(models.Model):
    """One figure of all jobs, by one table. It belongs to no role, because it is about the sum of all of them."""

    # No index of its own: the unique constraint begins with the citation.
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, db_index=False, related_name="all_jobs")
    key = models.CharField(max_length=60, help_text="As the same figure of a role: salary.annual_median.")
    value = models.DecimalField(max_digits=14, decimal_places=2)
    evidence = models.JSONField(default=dict, blank=True, help_text="Row, column and raw text.")

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = "figure of all jobs"
        verbose_name_plural = "figures of all jobs"
        constraints: ClassVar = [models.UniqueConstraint(fields=["citation", "key"], name="all_jobs_one_per_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value} ({self.citation})"
