"""Job titles and official occupations, and their other titles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse

from careers.bulk import split_into_chunks
from careers.models.publishers import Citation
from careers.models.search_index import RoleTitles, TitleTerm
from careers.spelling import fold_spelling
from careers.title_terms import SearchTitle, TitleKind
from careers.vocabulary import CHOSEN_LISTS, ONE_ROW_GROUPS

# Group -> the lookup from a role to the page that its current facts come from.
CITATION_PATHS = {group: f"{group}__citation" for group in ONE_ROW_GROUPS} | {
    group: f"{group}_citation" for group in CHOSEN_LISTS
}


def _refer_to_page() -> models.ForeignKey[Citation | None, Citation | None]:
    """A field for the page that a current list comes from."""
    return models.ForeignKey(Citation, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")


class RoleQuerySet(models.QuerySet["Role"]):
    def with_facts(self) -> Self:
        """Roles with their current one-row facts and the pages of all current facts, in one query."""
        return self.select_related(*(f"{path}__publisher" for path in CITATION_PATHS.values()))

    def by_title(self) -> Self:
        """Roles that pages name by title, without official occupations, which are identified by their codes."""
        return self.filter(soc_code__isnull=True)

    def occupations(self) -> Self:
        """Official occupations only."""
        return self.filter(soc_code__isnull=False)

    def removable(self) -> Self:
        """Roles that may be deleted with their last page: no person gave them a title or a closest occupation."""
        return self.filter(aliases=None, added_titles=None, closest_occupation=None, closest_to=None)

    def with_title(self, title: str) -> Self:
        """Roles by title that have this title or alias in any spelling."""
        key = fold_spelling(title)
        return self.by_title().filter(Q(key=key) | Q(aliases__key=key)).distinct()


class Role(models.Model):
    """One job title from pages, or one official occupation, which has a `soc_code`.

    The two are kept apart even when their titles are equal: the people that a page calls nurses need not be the people
    that official statistics count as nurses.
    """

    title = models.CharField(max_length=200)  # the longest official title so far has 136 letters
    # Search looks up titles and their beginnings by this index. A constraint below makes it unique for roles by title.
    key = models.CharField(max_length=240, db_index=True, editable=False)
    slug = models.SlugField(max_length=130, unique=True)
    soc_code = models.CharField(
        "SOC code",
        max_length=10,
        null=True,
        unique=True,
        editable=False,
        help_text="The code of an official occupation, as 29-1141; none for a role that pages speak of by title.",
    )
    closest_occupation = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="closest_to",
        help_text="The official occupation that a person found closest to it. Their figures are never mixed.",
    )
    singular = models.CharField(max_length=120, null=True, editable=False, help_text="A short name of an occupation.")
    plural = models.CharField(max_length=120, null=True, editable=False, help_text="The short name of several people.")
    renamed = models.BooleanField(
        default=False, editable=False, help_text="A person gave it this title: no page's spelling changes it."
    )
    uncounted = models.BooleanField(
        default=False, editable=False, help_text="Who agrees with its current values is to be counted anew."
    )
    salary = models.ForeignKey("SalaryStats", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    outlook = models.ForeignKey("Outlook", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    projection = models.ForeignKey("Projection", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    preparation = models.ForeignKey(
        "Preparation", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    requirements = models.ForeignKey(
        "Requirements", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    attainment = models.ForeignKey("Attainment", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    skill_ranks = models.ForeignKey(
        "SkillRanks", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    job_zone = models.ForeignKey("JobZone", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    demographics = models.ForeignKey(
        "Demographics", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    survey = models.ForeignKey("Survey", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    median_age = models.ForeignKey("MedianAge", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    profile = models.ForeignKey("Profile", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    skills_citation = _refer_to_page()
    duties_citation = _refer_to_page()
    sections_citation = _refer_to_page()
    rated_skills_citation = _refer_to_page()
    knowledge_citation = _refer_to_page()
    technology_citation = _refer_to_page()
    related_citation = _refer_to_page()
    majors_citation = _refer_to_page()
    area_pay_citation = _refer_to_page()

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title"]
        permissions: ClassVar = [
            ("merge_role", "Can merge and rename roles"),
            ("link_role", "Can name the closest official occupation of a role"),
        ]
        indexes: ClassVar = [
            # Each load looks for roles that are not counted yet. There are few or none, so the index is tiny.
            models.Index(fields=["id"], condition=Q(uncounted=True), name="role_uncounted")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(slug__contains="-vs-"),
                name="role_slug_has_no_vs",
                violation_error_message="A slug cannot contain -vs-: it joins two slugs.",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(soc_code__isnull=True),
                name="role_title_once",
                violation_error_message="Another role has this title. Merge the two instead.",
            ),
            models.CheckConstraint(
                condition=Q(soc_code__isnull=True) | Q(closest_occupation__isnull=True),
                name="role_occupation_has_no_closest",
                violation_error_message="An official occupation has no closest official occupation.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold_spelling(self.title)
        super().save(*args, **kwargs)
        renew_terms([self.pk])

    def get_absolute_url(self) -> str:
        return reverse("role", args=[self.slug])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        TitleTerm.remove([self.pk])
        return super().delete(*args, **kwargs)

    def current_citations(self) -> list[Citation]:
        """The page of each group with current facts. Read roles `with_facts` first, or each page takes a query."""
        rows = [getattr(self, group) for group in ONE_ROW_GROUPS]
        lists = [getattr(self, f"{group}_citation") for group in CHOSEN_LISTS]
        return [row.citation for row in rows if row] + [citation for citation in lists if citation]


class RoleAlias(models.Model):
    """Another title of a role, which search, loading and redirects use."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="aliases")
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=240, unique=True, editable=False)
    slug = models.SlugField(max_length=130, unique=True)

    class Meta:
        ordering: ClassVar = ["title"]
        verbose_name_plural = "role aliases"

    def __str__(self) -> str:
        return f"{self.title} ({self.role})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold_spelling(self.title)
        super().save(*args, **kwargs)
        renew_terms([self.role_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        renew_terms([self.role_id])
        return deleted


# The list that gives an everyday title -> what the title is to its occupation.
_TITLE_KINDS: dict[str, TitleKind] = {
    "singular": "short",
    "plural": "short",
    "rolewise": "most",
    "onet-title": "listed",
    "soc": "listed",
    "bls": "listed",
}
_ROLES_AT_ONCE = 500  # keeps memory flat


def renew_terms(roles: Collection[int]) -> None:
    """Bring the search terms of these roles in line with their titles and their number of jobs."""
    for chunk in split_into_chunks(list(roles), _ROLES_AT_ONCE):
        TitleTerm.renew(_read_titles(chunk))


def _read_titles(roles: Collection[int]) -> dict[int, RoleTitles]:
    """Key of each of these roles -> its titles, its own first, and then those of the lists that count."""
    titles: dict[int, list[SearchTitle]] = {}
    jobs: dict[int, int | None] = {}
    columns = ("pk", "title", "soc_code", "projection__jobs_base", "outlook__job_count")
    for pk, title, soc_code, projected, counted in Role.objects.filter(pk__in=roles).order_by().values_list(*columns):
        titles[pk] = [SearchTitle(title, "own", official=soc_code is not None)]
        jobs[pk] = projected or counted
    for pk, title in RoleAlias.objects.filter(role__in=roles).order_by("key").values_list("role", "title"):
        titles[pk].append(SearchTitle(title, "own"))
    if occupations := [pk for pk, [own, *_] in titles.items() if own.official]:
        _add_everyday_titles(titles, occupations)
    return {pk: RoleTitles(titles[pk], jobs[pk]) for pk in titles}


def _add_everyday_titles(titles: Mapping[int, list[SearchTitle]], occupations: Collection[int]) -> None:
    """Those that an admin added and those of the lists that count. No other roles have any."""
    added = apps.get_model("careers", "AddedTitle")._default_manager.filter(role__in=occupations)
    for pk, title in added.order_by("key").values_list("role", "title"):
        titles[pk].append(SearchTitle(title, "listed"))
    listed: Any = apps.get_model("careers", "OccupationTitle")._default_manager.filter(role__in=occupations)
    for pk, title, source in listed.that_count().order_by("source", "title").values_list("role", "title", "source"):
        titles[pk].append(SearchTitle(title, _TITLE_KINDS.get(source, "other")))
