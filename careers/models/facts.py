"""The facts that pages give for roles: one table for each group. Skills have a module of their own."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from careers.models.publishers import Citation
from careers.models.roles import Role
from careers.vocabulary import FIELDS

_SHARES = [name for name in FIELDS["demographics"] if name.endswith("_percent")]


def bound_columns(model: str, names: Iterable[str], low: int, high: int) -> list[models.BaseConstraint]:
    """Constraints that hold each of these columns between `low` and `high`, or null."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": low, f"{name}__lte": high}),
            name=f"{model}_{name}_bounds",
            violation_error_message=f"{name} must be between {low} and {high}.",
        )
        for name in names
    ]


def require_one_per_place(name: str) -> models.UniqueConstraint:
    """Entries of a list, one at each position."""
    return models.UniqueConstraint(fields=["role", "citation", "position"], name=f"{name}_one_per_place")


def require_one_per_citation(name: str) -> models.UniqueConstraint:
    """Facts of a group with one row for each role and citation."""
    return models.UniqueConstraint(
        fields=["role", "citation"],
        name=f"{name}_one_per_citation",
        violation_error_message="One row per role and citation.",
    )


class FactRow(models.Model):
    """The facts of one group that one page gives for one role."""

    # No index of its own: the unique constraint of each table begins with the role.
    role = models.ForeignKey(Role, on_delete=models.CASCADE, db_index=False, related_name="%(class)s_rows")
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="%(class)s_rows")
    evidence = models.JSONField(
        default=dict,
        blank=True,
        help_text="Field -> line, raw text, how it was read, candidates, warnings, who agrees.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.role} ({self.citation})"


class SalaryStats(FactRow):
    """The pay that one page gives for one role."""

    annual_average = models.PositiveIntegerField(null=True)
    hourly_average = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    annual_low = models.PositiveIntegerField(null=True)
    annual_high = models.PositiveIntegerField(null=True)
    top_city = models.CharField(max_length=120, null=True)
    top_state = models.CharField(max_length=60, null=True)
    top_company = models.CharField(max_length=200, null=True)
    top_industry = models.CharField(max_length=120, null=True)
    annual_entry = models.PositiveIntegerField(null=True)
    annual_mid = models.PositiveIntegerField(null=True)
    annual_senior = models.PositiveIntegerField(null=True)
    annual_median = models.PositiveIntegerField(null=True)
    annual_p10 = models.PositiveIntegerField(null=True)
    annual_p25 = models.PositiveIntegerField(null=True)
    annual_p75 = models.PositiveIntegerField(null=True)
    annual_p90 = models.PositiveIntegerField(null=True)
    hourly_median = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p10 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p25 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p75 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p90 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    relative_error_percent = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    note = models.TextField(null=True, help_text="What the page adds in words.")

    class Meta:
        verbose_name = verbose_name_plural = "salary stats"
        constraints: ClassVar = [
            require_one_per_citation("salary"),
            models.CheckConstraint(
                condition=Q(annual_low__isnull=True)
                | Q(annual_high__isnull=True)
                | Q(annual_low__lte=F("annual_high")),
                name="salary_low_not_above_high",
                violation_error_message="The low end of a salary range cannot be above its high end.",
            ),
        ]


class Outlook(FactRow):
    """The number of jobs, growth and satisfaction that one page gives for one role."""

    growth_percent = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    job_count = models.PositiveIntegerField(null=True)
    satisfaction = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    relative_error_percent = models.DecimalField(max_digits=5, decimal_places=1, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "outlook"
        constraints: ClassVar = [require_one_per_citation("outlook"), *bound_columns("outlook", ["satisfaction"], 0, 5)]


class Projection(FactRow):
    """The projection of jobs, growth and openings that one table gives for one role."""

    base_year = models.PositiveSmallIntegerField(null=True)
    target_year = models.PositiveSmallIntegerField(null=True)
    growth_percent = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    jobs_base = models.PositiveIntegerField(null=True)
    jobs_target = models.PositiveIntegerField(null=True)
    openings_per_year = models.PositiveIntegerField(null=True)
    self_employed_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "projection"
        constraints: ClassVar = [
            require_one_per_citation("projection"),
            *bound_columns("projection", ["self_employed_percent"], 0, 100),
        ]


class Preparation(FactRow):
    """The time, experience and education that one page gives for getting into one role."""

    months_low = models.PositiveSmallIntegerField(null=True)
    months_high = models.PositiveSmallIntegerField(null=True)
    years_of_experience = models.PositiveSmallIntegerField(
        null=True, help_text="As published: the upper end of a band without its unit; 12 means 6-12 months."
    )
    degree = models.CharField(max_length=120, null=True)
    degree_percent = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    major = models.CharField(max_length=120, null=True)
    college = models.CharField(max_length=200, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "preparation"
        constraints: ClassVar = [
            require_one_per_citation("preparation"),
            *bound_columns("preparation", ["degree_percent"], 0, 100),
            models.CheckConstraint(
                condition=Q(months_low__isnull=True)
                | Q(months_high__isnull=True)
                | Q(months_low__lte=F("months_high")),
                name="preparation_low_not_above_high",
                violation_error_message="The shorter time to enter cannot exceed the longer one.",
            ),
        ]


class Requirements(FactRow):
    """The education, experience and training that one table says are typically needed for one role."""

    education = models.CharField(max_length=120, null=True)
    work_experience = models.CharField(max_length=120, null=True)
    training = models.CharField(max_length=120, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "requirements"
        constraints: ClassVar = [require_one_per_citation("requirements")]


class Attainment(FactRow):
    """The shares of the education that people at work in one role have, in percent."""

    less_than_high_school = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    high_school = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    some_college = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    associate = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    bachelor = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    master = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    doctoral_or_professional = models.DecimalField(max_digits=4, decimal_places=1, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "attainment"
        constraints: ClassVar = [
            require_one_per_citation("attainment"),
            *bound_columns("attainment", FIELDS["attainment"], 0, 100),
        ]


class SkillRanks(FactRow):
    """The percentile ranks of one role among all occupations, by skill."""

    adaptability = models.PositiveSmallIntegerField(null=True)
    computers_and_information_technology = models.PositiveSmallIntegerField(null=True)
    creativity_and_innovation = models.PositiveSmallIntegerField(null=True)
    critical_and_analytical_thinking = models.PositiveSmallIntegerField(null=True)
    customer_service = models.PositiveSmallIntegerField(null=True)
    detail_oriented = models.PositiveSmallIntegerField(null=True)
    fine_motor = models.PositiveSmallIntegerField(null=True)
    interpersonal = models.PositiveSmallIntegerField(null=True)
    leadership = models.PositiveSmallIntegerField(null=True)
    mathematics = models.PositiveSmallIntegerField(null=True)
    mechanical = models.PositiveSmallIntegerField(null=True)
    physical_strength_and_stamina = models.PositiveSmallIntegerField(null=True)
    problem_solving_and_decision_making = models.PositiveSmallIntegerField(null=True)
    project_management = models.PositiveSmallIntegerField(null=True)
    science = models.PositiveSmallIntegerField(null=True)
    speaking_and_listening = models.PositiveSmallIntegerField(null=True)
    writing_and_reading = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "skill ranks"
        constraints: ClassVar = [
            require_one_per_citation("skill_ranks"),
            *bound_columns("skill_ranks", FIELDS["skill_ranks"], 0, 100),
        ]


class JobZone(FactRow):
    """How much preparation one role needs, from 1 (little) to 5 (extensive)."""

    job_zone = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [require_one_per_citation("job_zone"), *bound_columns("job_zone", ["job_zone"], 1, 5)]


class Demographics(FactRow):
    """The shares of people that one page counts in one role."""

    average_age = models.PositiveSmallIntegerField(null=True)
    male_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    female_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    black_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    unknown_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    hispanic_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    asian_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    white_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    native_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    lgbt_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "demographics"
        constraints: ClassVar = [
            require_one_per_citation("demographics"),
            *bound_columns("demographics", _SHARES, 0, 100),
        ]


class Survey(FactRow):
    """The shares of employed people that a population survey counts in one role, or in the group it belongs to.

    Hispanic people are counted under a race as well, so the shares do not add up to 100.
    """

    white_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    black_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    asian_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    hispanic_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    group = models.CharField(max_length=200, null=True, help_text="The wider group that the shares are of.")

    class Meta:
        verbose_name = verbose_name_plural = "survey"
        constraints: ClassVar = [
            require_one_per_citation("survey"),
            *bound_columns("survey", [name for name in FIELDS["survey"] if name != "group"], 0, 100),
        ]


class MedianAge(FactRow):
    """The age that half of the employed people in one role are above, by a population survey."""

    median_age = models.DecimalField(max_digits=4, decimal_places=1, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "median age"
        constraints: ClassVar = [
            require_one_per_citation("median_age"),
            *bound_columns("median_age", ["median_age"], 0, 120),
        ]


class Profile(FactRow):
    """The summary, work life and occupation group that one page gives for one role."""

    summary = models.TextField(null=True)
    stress_level = models.CharField(max_length=40, null=True)
    balance_rating = models.CharField(max_length=40, null=True)
    occupation_group = models.CharField(max_length=120, null=True)

    class Meta:
        constraints: ClassVar = [require_one_per_citation("profile")]


class Duty(FactRow):
    """One duty of one role, in the words of one page."""

    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    truncated = models.BooleanField(default=False, help_text="The page hides further duties behind this one.")

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name_plural = "duties"
        constraints: ClassVar = [require_one_per_place("duty")]


class Section(FactRow):
    """One heading of one guide, and the text under it."""

    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    blocks = models.JSONField(help_text='[{"type": "paragraph", "text": ...} or {"type": "list", "items": [...]}]')

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [require_one_per_place("section")]
