"""The copy of current facts by which lists are sorted, filtered and ranked."""

from typing import ClassVar

from django.db import models

from careers.models.publishers import Publisher
from careers.models.roles import Role


class Listing(models.Model):
    """One role in the list of one publisher, with all that sorting, filtering and ranking 100,000 roles needs.

    It only copies current facts. `ingest.loading` writes it in the transaction that changes them. `months_*` is the
    time to enter that readers see; with `by_experience` it is the band of the experience figure. A `months_low`
    without a `months_high` is a span without an upper end.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, db_index=False, related_name="listings")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, db_index=False, related_name="listings")
    title = models.CharField(max_length=200, help_text="As pages show it: a short name if it has one.")
    official_title = models.CharField(max_length=200, blank=True, help_text="Of an occupation with a short name.")
    key = models.CharField(max_length=240)
    slug = models.SlugField(max_length=130, db_index=False)
    pay = models.PositiveIntegerField(null=True, help_text="The average of a year.")
    median = models.PositiveIntegerField(null=True, help_text="The median of a year.")
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    jobs = models.PositiveIntegerField(null=True)
    growth = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    projected_growth = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, help_text="From the base year to the target year."
    )
    base_year = models.PositiveSmallIntegerField(null=True)
    target_year = models.PositiveSmallIntegerField(null=True)
    months_low = models.PositiveSmallIntegerField(null=True)
    months_high = models.PositiveSmallIntegerField(null=True)
    by_experience = models.BooleanField(default=False)
    occupation_group = models.CharField(max_length=120, null=True)
    education = models.CharField(max_length=120, null=True, help_text="What is typically needed.")
    pay_of = models.DateField(null=True, help_text="The month that pay is of, where its source says it.")
    jobs_of = models.DateField(
        null=True, help_text="The month that jobs and growth are of, where their source says it."
    )
    pay_error = models.DecimalField(max_digits=5, decimal_places=1, null=True, help_text="Relative error in percent.")
    jobs_error = models.DecimalField(max_digits=5, decimal_places=1, null=True, help_text="Relative error in percent.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "publisher"], name="listing_one_per_publisher")
        ]
        # A list sorts the roles of one publisher by one column, equal values by title, and reads one page. A rank
        # counts the values of one month along the same index, which holds the month so that no row has to be read.
        indexes: ClassVar = [
            models.Index(fields=["publisher", "key"], name="listing_by_title"),
            models.Index(fields=["publisher", "pay", "key", "id", "pay_of"], name="listing_by_pay"),
            models.Index(fields=["publisher", "median", "key", "id", "pay_of"], name="listing_by_median"),
            models.Index(fields=["publisher", "low", "key"], name="listing_by_low"),
            models.Index(fields=["publisher", "jobs", "key", "id", "jobs_of"], name="listing_by_jobs"),
            models.Index(fields=["publisher", "growth", "key", "id", "jobs_of"], name="listing_by_growth"),
            # Only official occupations have one, so the rows of all others cost nothing.
            models.Index(
                fields=["publisher", "projected_growth", "key"],
                condition=models.Q(projected_growth__isnull=False),
                name="listing_by_projected_growth",
            ),
            models.Index(fields=["publisher", "months_low", "key"], name="listing_by_months"),
            # Filters one occupation group and finds its nearest roles by pay.
            models.Index(fields=["publisher", "occupation_group", "pay"], name="listing_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"
