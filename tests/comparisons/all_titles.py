"""All official occupations with their everyday titles, as they ship, without their other facts."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings

from careers.bulk import create_rows, renew_statistics
from careers.models import Citation, OccupationTitle, Projection, Publisher, Role
from careers.names import make_slug
from careers.spelling import fold_spelling
from ingest.loading.search_terms import update_search

FIXTURES = settings.BASE_DIR / "fixtures"
LISTS = ("titles_onet", "titles_soc", "titles_bls", "titles_rolewise")


def read_rows(name: str) -> Iterator[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_codes_of_titles() -> dict[str, set[str]]:
    """Everyday title -> the codes of the occupations that it is listed for."""
    codes: dict[str, set[str]] = {}
    for name in LISTS:
        for row in read_rows(f"occupations/{name}.csv"):
            codes.setdefault(row["title"], set()).add(row["code"])
    return codes


def store_all_titles() -> None:
    publisher = Publisher.objects.create(name="Lists", slug="lists")
    citation = Citation.objects.create(publisher=publisher, loaded_at=datetime(2026, 1, 1, tzinfo=UTC), digest="lists")
    roles = {}
    for row in read_rows("tables/national_M2025_dl.csv"):
        if row["O_GROUP"] == "detailed":
            title, code = row["OCC_TITLE"], row["OCC_CODE"]
            slug = make_slug(f"{title[:100]} {code}")
            roles[code] = Role(title=title, key=fold_spelling(title), slug=slug, soc_code=code)
    Role.objects.bulk_create(roles.values())
    jobs = {row["code"]: int(row["jobs_base"]) for row in read_rows("occupations/projection.csv")}
    projections = [Projection(role=role, citation=citation, jobs_base=jobs[code]) for code, role in roles.items()]
    Projection.objects.bulk_create(projections)
    for projection in projections:
        projection.role.projection = projection
    Role.objects.bulk_update(roles.values(), ["projection"])
    create_rows(list(_make_titles(roles, citation)))
    update_search([role.pk for role in roles.values()])
    renew_statistics()  # what PostgreSQL does by itself soon after tables were filled


def _make_titles(roles: dict[str, Role], citation: Citation) -> Iterator[OccupationTitle]:
    listed = []
    for name in LISTS:
        listed += [(row["code"], row["title"], row["source"]) for row in read_rows(f"occupations/{name}.csv")]
    for row in read_rows("occupations/display_names.csv"):
        listed += [(row["code"], row[source], source) for source in ("singular", "plural")]
    positions: Counter[str] = Counter()
    for code, title, source in listed:
        positions[code] += 1
        yield OccupationTitle(
            role=roles[code],
            citation=citation,
            position=positions[code],
            title=title,
            key=fold_spelling(title),
            source=source,
            evidence={},
        )


def read_codes_by_slug() -> dict[str, str]:
    """Slug of each occupation -> its code."""
    return {slug: code or "" for slug, code in Role.objects.values_list("slug", "soc_code")}
