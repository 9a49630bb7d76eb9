"""The figures of official occupations by state and by year, in one query."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DecimalField, F, IntegerField, QuerySet, TextField
from django.db.models.functions import Cast

from careers.models import AreaPay, Outlook, SalaryStats
from comparisons.queries.prepared import null_of

# The names of the figures, in the order of the columns.
FIGURES = ("jobs", "median", "p10", "p90", "hourly_median", "hourly_p10", "hourly_p90")
# Figure -> the field of a role's pay or outlook that holds the same.
PAY_FIELDS = {
    "median": "annual_median",
    "p10": "annual_p10",
    "p90": "annual_p90",
    "hourly_median": "hourly_median",
    "hourly_p10": "hourly_p10",
    "hourly_p90": "hourly_p90",
}
JOB_FIELD = "job_count"


class FigureRow(NamedTuple):
    """What one citation says of one role, in a state or in the whole country.

    `state`: None for the whole country. A release of wages gives a row for pay and another for jobs. `evidence_text`:
    JSON, which is read only where it is shown. `pay_row`: the key of a row of pay of the whole country, else None.
    """

    role: int
    citation: int
    publisher: int
    digest: str
    evidence_text: str
    pay_row: int | None
    state: str | None
    figures_of: date
    jobs: int | None
    median: int | None
    p10: int | None
    p90: int | None
    hourly_median: Decimal | None
    hourly_p10: Decimal | None
    hourly_p90: Decimal | None

    @property
    def evidence(self) -> dict[str, Any]:
        entries: dict[str, Any] = json.loads(self.evidence_text)
        return entries


_CITED = ("role_id", "citation_id", "citation__publisher_id", "citation__digest", Cast("evidence", TextField()))


def query_figure_rows(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    """The columns of `FigureRow` for the roles of these slugs."""
    areas = AreaPay.objects.filter(role__slug__in=slugs, citation=F("role__area_pay_citation"))
    pay, jobs = (
        table._default_manager.filter(role__slug__in=slugs, role__soc_code__isnull=False, **_IN_RELEASES)
        for table in (SalaryStats, Outlook)
    )
    no_row, no_state = null_of(BigIntegerField()), null_of(CharField(max_length=2))
    no_figure, no_decimal = null_of(IntegerField()), null_of(DecimalField(max_digits=8, decimal_places=2))
    no_pay = [no_figure] * 3 + [no_decimal] * 3
    month = F("citation__figures_of")
    parts = [
        areas.values_list(*_CITED, no_row, "state", month, *map(F, FIGURES)),
        pay.values_list(*_CITED, F("pk"), no_state, month, no_figure, *map(F, PAY_FIELDS.values())),
        jobs.values_list(*_CITED, no_row, no_state, month, F(JOB_FIELD), *no_pay),
    ]
    first, *others = [part.order_by() for part in parts]
    return first.union(*others, all=True)


_IN_RELEASES = {"citation__figures_of__isnull": False, "citation__publisher__taken_down_at__isnull": True}
