"""The filters of a list of roles, read from the address by django-filter. The table and the points share them.

A value that cannot be read filters nothing; a message stands beside its input.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.http import QueryDict

from careers.models import Listing, Major
from careers.vocabulary import EDUCATION_LEVELS, GROUPS, LABELS, EducationLevel
from comparisons import formats
from comparisons.queries.listings import ListedPublisher, listings_of

# The times to enter to choose from, in months.
TIMES = (6, 12, 24, 48, 72, 96, 120)
# Figures that a role can be required to have: the column of its list, and its label.
HAVING = {
    "pay": GROUPS["salary"],
    "jobs": LABELS["outlook.job_count"],
    "growth": LABELS["outlook.growth_percent"],
    "months_low": LABELS["entry.time"],
}
# The education that is asked for at most -> its label and level.
EDUCATIONS = {
    "high-school": ("High school or less", EducationLevel.HIGH_SCHOOL),
    "no-degree": ("No degree", EducationLevel.NO_DEGREE),
    "associate": ("Associate’s or less", EducationLevel.ASSOCIATE),
    "bachelor": ("Bachelor’s or less", EducationLevel.BACHELOR),
    "master": ("Master’s or less", EducationLevel.MASTER),
}
# Input -> the column that it filters by. It is not shown for publishers without values there.
FILTERED_COLUMNS = {"jobs_from": "jobs", "months_to": "months_low"}
MOST_DOLLARS = 9_999_999
MOST_JOBS = 999_999_999
MOST_PERCENT = 1_000


class Amount(forms.IntegerField):
    """A whole number as people write it: `$80,000` and `80k` are 80000."""

    def to_python(self, value: Any) -> int | None:
        digits = str(value or "").replace(",", "").replace("$", "").strip().lower()
        if digits[:1].isdigit() and digits[-1] == "k":
            digits = f"{digits[:-1].strip()}000"
        return super().to_python(digits)


def can_answer(publisher: ListedPublisher, name: str, value: str) -> bool:
    """Whether a parameter of an address is about something that the publisher gives for any role."""
    filled = publisher.filled
    match name:
        case "group":
            return value in publisher.groups
        case "education":
            return bool(publisher.educations)
        case "major":
            return publisher.is_official
        case "pay_from" | "pay_to":
            return bool(filled[publisher.pay])
        case "growth_from":
            return bool(filled[publisher.growth])
        case "has":
            return bool(filled.get(_find_column(publisher, value)))
        case "sort":
            column = value.removeprefix("-")
            return column == "title" or bool(filled.get(column))
    return name in FILTERED_COLUMNS and bool(filled[FILTERED_COLUMNS[name]])


def _find_column(publisher: ListedPublisher, figure: str) -> str:
    """The column of a figure of `HAVING`: publishers give different kinds of pay and of growth."""
    return {"pay": publisher.pay, "growth": publisher.growth}.get(figure, figure)


def choose_publisher(publishers: Sequence[ListedPublisher], query: QueryDict) -> ListedPublisher | None:
    """The publisher that a query names. Without a name it is the first one that can answer all filters of the query,
    of these one with figures to sort by; None for an unknown name, and where nothing is stored."""
    slug = query.get("publisher")
    if slug:
        return next((publisher for publisher in publishers if publisher.slug == slug), None)
    asked: list[tuple[str, str]] = []
    for name in RolesFilter.base_filters:
        asked += [(name, value) for value in query.getlist(name) if value]

    def rank(publisher: ListedPublisher) -> tuple[bool, bool]:
        answers = all(can_answer(publisher, name, value) for name, value in asked)
        return answers, can_answer(publisher, "sort", query.get("sort", ""))

    return max(publishers, key=rank, default=None)


def _query_majors(cip: str) -> QuerySet[Major]:
    return Major.objects.filter(cip=cip, citation=F("role__majors_citation")).order_by()


def list_educations_up_to(level: EducationLevel) -> list[str]:
    """Education as its source names it."""
    return [name for name, needed in EDUCATION_LEVELS.items() if needed <= level]


class AmountFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    field_class = Amount


class PercentFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    field_class = forms.DecimalField


class RolesFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """The roles of one publisher."""

    group = django_filters.ChoiceFilter(field_name="occupation_group")
    education = django_filters.ChoiceFilter(
        method="filter_education", choices=[(name, label) for name, (label, _) in EDUCATIONS.items()]
    )
    major = django_filters.ChoiceFilter(method="filter_major")
    pay_from = AmountFilter(method="filter_pay_from", min_value=0, max_value=MOST_DOLLARS)
    pay_to = AmountFilter(method="filter_pay_to", min_value=0, max_value=MOST_DOLLARS)
    jobs_from = AmountFilter(field_name="jobs", lookup_expr="gte", min_value=0, max_value=MOST_JOBS)
    growth_from = PercentFilter(
        method="filter_growth_from", min_value=-MOST_PERCENT, max_value=MOST_PERCENT, decimal_places=2
    )
    months_to = django_filters.TypedChoiceFilter(
        field_name="months_high",
        lookup_expr="lte",
        coerce=int,
        choices=[(time, formats.span(time, time)) for time in TIMES],
    )
    has = django_filters.MultipleChoiceFilter(method="filter_has", choices=list(HAVING.items()))

    def __init__(self, query: QueryDict, publisher: ListedPublisher) -> None:
        super().__init__(query, listings_of(publisher))
        self.publisher = publisher
        self.filters["group"].extra["choices"] = [(name, name) for name in publisher.groups]
        # Of two thousand majors the form offers the one that a page led here with.
        cip = query.get("major", "")
        majors = _query_majors(cip).values_list("cip", "name")[:1] if cip.isprintable() and cip else ()
        self.filters["major"].extra["choices"] = list(majors)

    def filter_education(self, roles: QuerySet[Listing], name: str, value: str) -> QuerySet[Listing]:
        _, level = EDUCATIONS[value]
        return roles.filter(education__in=list_educations_up_to(level))

    def filter_major(self, roles: QuerySet[Listing], name: str, value: str) -> QuerySet[Listing]:
        """The occupations that a field of study leads to."""
        return roles.filter(role__in=_query_majors(value).values("role"))

    def filter_pay_from(self, roles: QuerySet[Listing], name: str, value: int) -> QuerySet[Listing]:
        return roles.filter(**{f"{self.publisher.pay}__gte": value})

    def filter_pay_to(self, roles: QuerySet[Listing], name: str, value: int) -> QuerySet[Listing]:
        return roles.filter(**{f"{self.publisher.pay}__lte": value})

    def filter_growth_from(self, roles: QuerySet[Listing], name: str, value: Decimal) -> QuerySet[Listing]:
        return roles.filter(**{f"{self.publisher.growth}__gte": value})

    def filter_has(self, roles: QuerySet[Listing], name: str, figures: list[str]) -> QuerySet[Listing]:
        return roles.filter(**{f"{_find_column(self.publisher, figure)}__isnull": False for figure in figures})

    @property
    def active(self) -> dict[str, Any]:
        """The filters that were asked for and could be read."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
