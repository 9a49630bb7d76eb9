"""What official tables list for occupations: related occupations, fields of study, states and everyday titles."""

from typing import ClassVar

from django.db import models

from careers.models.facts import FactRow, one_per_place


class RelatedOccupation(FactRow):
    """One occupation that a source finds close to a role."""

    position = models.PositiveSmallIntegerField()
    related_code = models.CharField(max_length=10, help_text="The code of the related occupation, as 29-1171.")
    tier = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [one_per_place("related")]


class Major(FactRow):
    """One field of study that leads to a role."""

    position = models.PositiveSmallIntegerField()
    cip = models.CharField("CIP code", max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [one_per_place("majors")]


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
        constraints: ClassVar = [one_per_place("area_pay")]


class OccupationTitle(FactRow):
    """One everyday title of an official occupation, by one list. All lists count together."""

    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=240, db_index=True, editable=False)
    source = models.CharField(max_length=10, help_text="The list: onet, soc or bls.")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [one_per_place("titles")]
