"""Figures that belong to no role: those of all jobs of the nation together, and the price levels of states."""

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


class AreaPrice(models.Model):
    """The price level of one state in one year, by one table: 100 is that of the United States.

    It is one figure for everything that people pay, rent included.
    """

    # No index of its own: the unique constraint begins with the citation.
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, db_index=False, related_name="area_prices")
    state = models.CharField(max_length=2, help_text="As CA.")
    fips = models.CharField("FIPS code", max_length=2)
    year = models.PositiveSmallIntegerField()
    price_level = models.DecimalField(max_digits=6, decimal_places=3)
    evidence = models.JSONField(default=dict, blank=True, help_text="Row, column and raw text.")

    class Meta:
        ordering: ClassVar = ["fips"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citation", "state"], name="area_price_one_per_state"),
            models.CheckConstraint(
                condition=models.Q(price_level__gt=0),
                name="area_price_above_zero",
                violation_error_message="A price level is above zero.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.year}: {self.price_level}"
