"""What some roles can be compared with next: their current related occupations, the occupation that a person found
closest, and what their pages set beside them. Their fields of study, too."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import CharField, F, JSONField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from careers.models import Major, RelatedOccupation, Role, SalaryStats
from comparisons.queries.prepared import make_null
from comparisons.queries.revision import compute_once


class RelatedEntry(NamedTuple):
    """An official occupation that a source finds close to a role. `tier`: how close.

    `median`, `jobs` and `growth` are its own current figures, None where they are missing."""

    slug: str
    title: str
    tier: str
    evidence: dict[str, Any]
    median: int | None = None
    jobs: int | None = None
    growth: Decimal | None = None


class MajorEntry(NamedTuple):
    """A field of study that leads to a role. `cip`: its code."""

    cip: str
    name: str
    evidence: dict[str, Any]


class PageMate(NamedTuple):
    """A role that a page of `publisher` sets beside another. `average` pay and `jobs`: its own current figures."""

    slug: str
    title: str
    publisher: str
    average: int | None
    jobs: int | None


# Stands for how close a related occupation is where a person found it closest to a role that is none.
CLOSEST = "closest"
# Stands for how close a role is that a page sets beside another one.
MATE = "mate"
# So many rows of the newest pages are looked through for roles that they set side by side.
MOST_MATE_ROWS = 48
# A page about this many roles or more is a table of all, and compares none of them with another.
TABLE_OF_ROLES = 4
# The figures of a related occupation.
_FIGURES = ("salary__annual_median", "outlook__job_count", "projection__growth_percent")


def query_lists(slugs: Sequence[Any]) -> QuerySet[Any, Any]:
    """`slugs`: those of the roles. The columns are role, position, tier, title, slug and code, evidence, and three
    figures; a field of study has its code and name for tier and title, and nothing for the others. A role that shares
    a page with one of them has the keys of itself and of the page for role and position, the publisher for code, and
    its average pay and jobs for figures."""
    role = Role.objects.filter(soc_code=OuterRef("related_code")).order_by()
    name = Coalesce("singular", "title")
    title, slug = (Cast(Subquery(role.values_list(column)[:1]), CharField()) for column in (name, "slug"))
    figures = [Cast(Subquery(role.values_list(column)[:1]), TextField()) for column in _FIGURES]
    is_current = {"role__slug__in": slugs, "citation": F("role__related_citation")}
    related = RelatedOccupation.objects.filter(**is_current).order_by()
    is_current = {"role__slug__in": slugs, "citation": F("role__majors_citation")}
    majors = Major.objects.filter(**is_current).order_by()
    closest = Role.objects.filter(slug__in=slugs, closest_occupation__isnull=False).order_by()
    of_closest = [Cast(F(f"closest_occupation__{column}"), TextField()) for column in _FIGURES]
    closest_name = Coalesce("closest_occupation__singular", "closest_occupation__title")
    # The code in an expression: SQLite would begin with the index of codes, and read all roles that have none.
    of_roles = SalaryStats.objects.alias(code=Coalesce("role__soc_code", Value(""))).filter(code="")
    is_shown = {"role__slug__in": slugs, "citation__publisher__taken_down_at": None}
    pages = of_roles.filter(**is_shown).order_by().values("citation")
    some = SalaryStats.objects.filter(citation__in=pages).order_by("-citation", "pk").values("pk")[:MOST_MATE_ROWS]
    mates = SalaryStats.objects.filter(pk__in=some).order_by()
    of_mates = [Cast(F(f"role__{column}"), TextField()) for column in ("salary__annual_average", "outlook__job_count")]
    no_text = make_null(CharField())
    no_figures = [make_null(TextField())] * len(_FIGURES)
    return related.values_list("role_id", "position", "tier", title, slug, "related_code", "evidence", *figures).union(
        majors.values_list("role_id", "position", "cip", "name", no_text, no_text, "evidence", *no_figures),
        closest.values_list(
            "pk",
            Value(0),
            Cast(Value(CLOSEST), CharField()),
            Cast(closest_name, CharField()),
            "closest_occupation__slug",
            "closest_occupation__soc_code",
            make_null(JSONField()),
            *of_closest,
        ),
        mates.values_list(
            "role_id",
            "citation_id",
            Cast(Value(MATE), CharField()),
            Cast("role__title", CharField()),
            "role__slug",
            "citation__publisher__name",
            make_null(JSONField()),
            *of_mates,
            make_null(TextField()),
        ),
        all=True,
    )


class OccupationLists(NamedTuple):
    """Role id -> its related occupations, its fields of study, the occupation that is closest to it, and the roles that
    pages set beside it, those of the newest page first."""

    related: dict[int, list[RelatedEntry]]
    majors: dict[int, list[MajorEntry]]
    closest: dict[int, RelatedEntry]
    mates: dict[int, list[PageMate]]


def sort_lists(rows: Iterable[list[Any]]) -> OccupationLists:
    """Occupations that are not stored are left out."""
    lists = OccupationLists({}, {}, {}, {})
    pages: dict[int, dict[int, PageMate]] = {}
    for pk, position, first, name, slug, related_code, evidence, *figures in sorted(rows, key=itemgetter(1)):
        if first == MATE:
            average, jobs, _ = _read_figures(figures)
            pages.setdefault(position, {})[pk] = PageMate(slug, name, related_code, average, jobs)
        elif related_code is None:
            lists.majors.setdefault(pk, []).append(MajorEntry(first, name, evidence))
        elif slug is not None:
            entry = RelatedEntry(slug, name, first, evidence, *_read_figures(figures))
            if first == CLOSEST:
                lists.closest[pk] = entry
            else:
                lists.related.setdefault(pk, []).append(entry)
    for page in reversed(pages.values()):
        if len(page) < TABLE_OF_ROLES:
            _add_mates(lists.mates, page)
    return lists


def _add_mates(mates: dict[int, list[PageMate]], page: Mapping[int, PageMate]) -> None:
    """Add the roles of one page to each other's lists, each once."""
    for pk in page:
        listed = mates.setdefault(pk, [])
        slugs = {mate.slug for mate in listed}
        listed += [mate for other, mate in page.items() if other != pk and mate.slug not in slugs]


class FiguresSource(NamedTuple):
    """Whose the figures of all occupations are: of pay and jobs in `month`, of growth over the years."""

    publisher: str
    month: date
    base_year: int
    target_year: int


def find_figures_source(revision: int) -> FiguresSource | None:
    """None where they have several sources, or one that does not say of when it is."""
    return compute_once("source of figures", revision, _find_figures_source)


def _find_figures_source() -> FiguresSource | None:
    columns = (
        *("salary__citation__publisher__name", "salary__citation__figures_of"),
        *("outlook__citation__publisher__name", "outlook__citation__figures_of"),
        *("projection__citation__publisher__name", "projection__base_year", "projection__target_year"),
    )
    rows = Role.objects.filter(soc_code__isnull=False).order_by().values_list(*columns).distinct()
    sources = set(chain.from_iterable([(row[:2], row[2:4]) for row in rows])) - {(None, None)}
    growth = {row[4:] for row in rows} - {(None, None, None)}
    if len(sources) != 1 or len(growth) != 1:
        return None
    [(publisher, month)], [(projecting, base_year, target_year)] = sources, growth
    if publisher != projecting or None in (month, base_year, target_year):
        return None
    return FiguresSource(publisher, month, base_year, target_year)


def _read_figures(texts: Iterable[str | None]) -> tuple[int | None, int | None, Decimal | None]:
    median, jobs, growth = texts
    return int(median) if median else None, int(jobs) if jobs else None, Decimal(growth) if growth else None
