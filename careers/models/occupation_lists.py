"""What official tables list for occupations: related occupations, fields of study, states and everyday titles."""

import re
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from careers.models.facts import FactRow, require_one_per_place
from careers.models.publishers import Citation

_NUMBER = re.compile(r"\d+")


class RelatedOccupation(FactRow):
    """One occupation that a source finds close to a role."""

    position = models.PositiveSmallIntegerField()
    related_code = models.CharField(max_length=10, help_text="The code of the related occupation, as 29-1171.")
    tier = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [require_one_per_place("related")]


class Major(FactRow):
    """One field of study that leads to a role."""

    position = models.PositiveSmallIntegerField()
    cip = models.CharField("CIP code", max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [require_one_per_place("majors")]


class AreaPay(FactRow):
    """The jobs and the yearly pay of one role in one state or territory.

    Pay by the hour is set only if the source gives no pay by the year.
    """

    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=2, help_text="As CA.")
    fips = models.CharField("FIPS code", max_length=2)
    jobs = models.PositiveIntegerField(null=True)
    median = models.PositiveIntegerField(null=True)
    p10 = models.PositiveIntegerField(null=True)
    p90 = models.PositiveIntegerField(null=True)
    hourly_median = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p10 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p90 = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = verbose_name_plural = "pay by area"
        constraints: ClassVar = [require_one_per_place("area_pay")]


class OccupationTitleQuerySet(models.QuerySet["OccupationTitle"]):
    def that_count(self) -> Self:
        """The titles by the newest edition of each list."""
        return self.filter(citation__in=self.find_newest_editions())

    def find_newest_editions(self) -> list[int]:
        """The newest edition of each list of the publishers of these titles. Those that were taken down do not count.

        Editions of one list have one publisher and the same name, apart from numbers such as that of the release.
        """
        # A list, because most roles have no such titles, and some databases would read all citations.
        publishers = list(self.order_by().values_list("citation__publisher", flat=True).distinct())
        if not publishers:
            return []
        has_titles = Exists(OccupationTitle.objects.filter(citation=OuterRef("pk")))
        lists = Citation.objects.filter(has_titles, publisher__in=publishers, publisher__taken_down_at=None)
        newest: dict[tuple[int, str], Citation] = {}
        for citation in sorted(lists, key=lambda citation: (citation.effective_date, citation.pk)):
            newest[citation.publisher_id, _NUMBER.sub("", citation.title)] = citation
        return [citation.pk for citation in newest.values()]


class OccupationTitle(FactRow):
    """One everyday title of an official occupation, by one list. The newest edition of each list counts."""

    objects = OccupationTitleQuerySet.as_manager()

    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=240, db_index=True, editable=False)
    source = models.CharField(max_length=10, help_text="The list: onet, soc or bls.")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [require_one_per_place("titles")]
