"""Good questions for the first page: pairs of roles whose figures make the choice hard.

Official occupations with many jobs are asked about in three kinds. Where they give too few questions, roles that a
publisher sets side by side follow. The figures of a pair come from one publisher and one release.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from itertools import combinations
from statistics import median_low
from typing import NamedTuple

from django.db.models import F

from careers.models import Listing, SalaryStats
from careers.vocabulary import EDUCATION_LEVELS, EducationLevel
from comparisons.queries.revision import compute_once
from comparisons.thresholds import (
    ASKED_FAR_PAY,
    ASKED_LEAST_GAP,
    LEAD_IN_GROWTH,
    MANY_TIMES,
    is_nearly_same_pay,
    is_uncertain,
)
from comparisons.titles import name_of

# How many occupations are looked at, those with most jobs, and how many newest rows of pay of other roles.
MOST_JOBS, NEWEST = 200, 300
# With fewer questions than this about occupations, pairs of pages make up the number.
FEW_QUESTIONS = 6
# How many questions of one kind may be about one field of work.
PER_FIELD = 2
# Longer names, lists of several jobs and what is left of a group make no good question.
MOST_LETTERS = 26
UNFIT = (" or ", " and ", ",", " other", "other ")

# The experience of occupations that people can choose without another one before it.
NO_EXPERIENCE = "None"


class Kind(Enum):
    """What makes a question good: nearly the same pay with another education, a bachelor's degree for both and far
    apart in pay, no degree asked for, or that a page of a publisher sets the two side by side."""

    CLOSE_PAY = auto()
    BACHELOR = auto()
    NO_DEGREE = auto()
    SAME_PAGE = auto()


class FeaturedRole(NamedTuple):
    """A role with the current figures of one publisher. `name`: as pages show it. `pay`: the median of a year, or of
    roles that are no official occupation the average, in dollars. `jobs` and `openings` are None where unknown or
    uncertain. `release`: the month of its pay. `base_year`, `target_year`: those of growth and openings.
    """

    name: str
    slug: str
    code: str
    publisher: str
    pay: int | None
    jobs: int | None
    release: date | None = None
    growth: Decimal | None = None
    openings: int | None = None
    base_year: int | None = None
    target_year: int | None = None
    education: str = ""

    @property
    def field(self) -> str:
        """The major group of the classification, as 29 for 29-1141."""
        return self.code[:2]

    @property
    def level(self) -> EducationLevel:
        return EDUCATION_LEVELS[self.education]


class GoodQuestion(NamedTuple):
    """Two roles, in the order of their addresses."""

    kind: Kind
    first: FeaturedRole
    second: FeaturedRole


Couple = tuple[FeaturedRole, FeaturedRole]


def choose_questions(revision: int) -> tuple[GoodQuestion, ...]:
    """The questions of each kind, the kinds in their order; chosen once per revision."""
    return compute_once("questions", revision, _choose_questions)


def _choose_questions() -> tuple[GoodQuestion, ...]:
    occupations = _read_occupations()
    asked_slugs: set[str] = set()
    # Each role stands in one question only, so the kind that needs the best known roles chooses first.
    chosen = {kind: _choose_varied(rank(occupations), most, asked_slugs) for kind, (most, rank) in _KINDS.items()}
    count = sum(map(len, chosen.values()))
    if count < FEW_QUESTIONS:
        chosen[Kind.SAME_PAGE] = _choose_varied(_read_page_mates(), FEW_QUESTIONS - count, asked_slugs)
    questions = []
    for kind in Kind:
        for couple in chosen.get(kind, ()):
            first, second = sorted(couple, key=lambda role: role.slug)
            questions.append(GoodQuestion(kind, first, second))
    return tuple(questions)


# -- official occupations -------------------------------------------------------------------------


def _read_occupations() -> list[FeaturedRole]:
    """The occupations with most jobs that ask for no experience, of the publisher and release that most of them
    have."""
    name = ("role__title", "role__singular", "role__plural")
    # In the order of FeaturedRole.
    figures = ("slug", "role__soc_code", "publisher__name", "median", "jobs", "pay_of")
    projected = ("growth_percent", "openings_per_year", "base_year", "target_year")
    projection = [f"role__projection__{column}" for column in projected]
    open_to_all = {"role__requirements__work_experience": NO_EXPERIENCE}
    listed = Listing.objects.filter(
        role__soc_code__isnull=False, median__isnull=False, jobs__isnull=False, **open_to_all
    )
    rows = listed.order_by("-jobs", "key", "pk").values_list(
        *name, "pay_error", "jobs_error", *figures, *projection, "role__requirements__education"
    )
    by_release: dict[tuple[str, date | None], list[FeaturedRole]] = defaultdict(list)
    for title, singular, plural, pay_error, jobs_error, *values in rows[:MOST_JOBS]:
        role = FeaturedRole(name_of(title, singular, plural), *values)
        is_certain = not is_uncertain(pay_error) and not is_uncertain(jobs_error)
        if is_certain and _is_fit(role.name) and role.education in EDUCATION_LEVELS:
            by_release[role.publisher, role.release].append(role)
    return max(by_release.values(), key=len, default=[])


def _is_fit(name: str) -> bool:
    return len(name) <= MOST_LETTERS and not any(words in name.lower() for words in UNFIT)


def _rank_close_pay(occupations: Sequence[FeaturedRole]) -> list[Couple]:
    """Pairs of occupations that pay at least as much as the middle one: education far apart and many jobs first."""
    ranked = []
    for first, second in combinations(_take_upper_half(occupations), 2):
        apart = abs(first.level - second.level)
        if apart and is_nearly_same_pay(first.pay or 0, second.pay or 0):
            ranked.append((apart * _count_fewer_jobs(first, second), (first, second)))
    return _sort_best_first(ranked)


def _rank_bachelors(occupations: Sequence[FeaturedRole]) -> list[Couple]:
    """Pairs from two fields of work, far apart in pay, the lower paid ahead in something else: many jobs first."""
    ranked = []
    for couple in combinations([role for role in occupations if role.level == EducationLevel.BACHELOR], 2):
        lower, higher = _sort_by_pay(couple)
        least, most = ASKED_FAR_PAY
        if lower.field != higher.field and least <= _measure_pay_gap(couple) <= most and is_ahead(lower, higher):
            ranked.append((_count_fewer_jobs(*couple), couple))
    return _sort_best_first(ranked)


def _rank_without_degree(occupations: Sequence[FeaturedRole]) -> list[Couple]:
    """Pairs from one field of work, the lower paid ahead in something else: good pay and many jobs first."""
    ranked = []
    for couple in combinations([role for role in occupations if role.level <= EducationLevel.NO_DEGREE], 2):
        lower, higher = _sort_by_pay(couple)
        if lower.field == higher.field and _measure_pay_gap(couple) >= ASKED_LEAST_GAP and is_ahead(lower, higher):
            ranked.append(((lower.pay or 0) * _count_fewer_jobs(*couple), couple))
    return _sort_best_first(ranked)


def is_ahead(role: FeaturedRole, other: FeaturedRole) -> bool:
    """Whether a role grows clearly faster or has clearly more openings, in the same years."""
    return grows_faster(role, other) or has_more_openings(role, other)


def grows_faster(role: FeaturedRole, other: FeaturedRole) -> bool:
    if role.growth is None or other.growth is None or not _are_of_same_years(role, other):
        return False
    return role.growth - other.growth >= LEAD_IN_GROWTH


def has_more_openings(role: FeaturedRole, other: FeaturedRole) -> bool:
    if not role.openings or not other.openings or not _are_of_same_years(role, other):
        return False
    return role.openings >= MANY_TIMES * other.openings


def _are_of_same_years(role: FeaturedRole, other: FeaturedRole) -> bool:
    return (role.base_year, role.target_year) == (other.base_year, other.target_year)


def _take_upper_half(occupations: Sequence[FeaturedRole]) -> list[FeaturedRole]:
    middle = median_low([role.pay or 0 for role in occupations]) if occupations else 0
    return [role for role in occupations if (role.pay or 0) >= middle]


def _sort_by_pay(couple: Couple) -> Couple:
    first, second = couple
    return couple if (first.pay or 0) <= (second.pay or 0) else (second, first)


def _measure_pay_gap(couple: Couple) -> float:
    """The gap in percent of the lower pay."""
    lower, higher = _sort_by_pay(couple)
    return 100 * ((higher.pay or 0) - (lower.pay or 0)) / (lower.pay or 1)


def _count_fewer_jobs(first: FeaturedRole, second: FeaturedRole) -> int:
    return min(first.jobs or 0, second.jobs or 0)


def _sort_best_first(ranked: Iterable[tuple[int, Couple]]) -> list[Couple]:
    by_rank = sorted(ranked, key=lambda item: (-item[0], item[1][0].slug, item[1][1].slug))
    return [couple for _, couple in by_rank]


# Kind -> how many questions of it, and what finds the candidates, the best first. The first one chooses first.
_KINDS: dict[Kind, tuple[int, Callable[[Sequence[FeaturedRole]], list[Couple]]]] = {
    Kind.BACHELOR: (3, _rank_bachelors),
    Kind.CLOSE_PAY: (4, _rank_close_pay),
    Kind.NO_DEGREE: (3, _rank_without_degree),
}


def _choose_varied(couples: Iterable[Couple], most: int, asked_slugs: set[str]) -> list[Couple]:
    """The first couples, up to `most`, whose roles are in no other question. Adds their roles to `asked_slugs`."""
    chosen: list[Couple] = []
    fields: Counter[str] = Counter()
    for first, second in couples:
        about = {first.field, second.field} - {""}
        is_new = first.slug != second.slug and asked_slugs.isdisjoint((first.slug, second.slug))
        if len(chosen) < most and is_new and all(fields[field] < PER_FIELD for field in about):
            chosen.append((first, second))
            asked_slugs.update((first.slug, second.slug))
            fields.update(about)
    return chosen


# -- pages that compare two roles -----------------------------------------------------------------


def _read_page_mates() -> list[Couple]:
    """The two roles of each of the newest pages that compares exactly two: the widest and the closest pay in turn."""
    newest = SalaryStats.objects.filter(role__soc_code=None).order_by("-citation_id", "pk").values("pk")[:NEWEST]
    rows = SalaryStats.objects.filter(pk__in=newest, role__listings__publisher=F("citation__publisher"))
    columns = ("citation_id", "role__title", "role__slug", "citation__publisher__name")
    figures = [f"role__listings__{name}" for name in ("pay", "jobs", "pay_of", "jobs_error")]
    newest_first = rows.order_by("-citation_id", "pk").values_list(*columns, *figures)
    by_page: dict[int, list[FeaturedRole]] = defaultdict(list)
    for page, title, slug, publisher, pay, jobs, release, error in newest_first:
        known_jobs = None if is_uncertain(error) else jobs
        by_page[page].append(FeaturedRole(title, slug, "", publisher, pay, known_jobs, release))
    couples = [(page[0], page[1]) for page in by_page.values() if len(page) == 2]
    paid = [couple for couple in couples if couple[0].pay and couple[1].pay]
    paid.sort(key=lambda couple: -_measure_pay_gap(couple))
    in_turn: list[Couple] = []
    for widest, closest in zip(paid, reversed(paid), strict=True):
        in_turn += [widest, closest]
    return in_turn + couples
