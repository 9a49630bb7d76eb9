"""What lists show is what is current, whatever was done last."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from careers.models import Listing, Publisher, Role
from careers.spelling import fold_spelling
from careers.vocabulary import CHOSEN_LISTS, ONE_ROW_GROUPS
from ingest.loading.load import reread_pages
from ingest.loading.merges import merge_roles, rename_role, undo_event
from ingest.loading.propagation import propagate
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Page
from tests.comparisons.occupations import make_projection, store_occupation
from tests.comparisons.official import Occupation, load_release
from tests.ingest.small_pages import find_role, load_content, run_together, undo_page, write_guide, write_pipe

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]

FULL = {
    "Yearly salary": ("$31,200", "$41,600"),
    "Growth rate": ("-7%", "9%"),
    "Number of jobs": ("1,000", "2,000"),
    "Years of experience": ("2", "12"),
}
FULLER = FULL | {"Yearly salary": ("$33,000", "$44,000"), "Hourly rate": ("$15.87", "$21.15")}

Row = dict[str, Any]


def read_listed() -> dict[tuple[str, str], Row]:
    """(role, publisher) -> the row that lists show."""
    rows = Listing.objects.values("role__slug", "publisher__name", *SHOWN)
    return {(row.pop("role__slug"), row.pop("publisher__name")): row for row in rows}


SHOWN = [
    field.attname for field in Listing._meta.concrete_fields if field.attname not in ("id", "role_id", "publisher_id")
]


def read_current() -> dict[tuple[str, str], Row]:
    """(role, publisher) -> the row that lists should show, from the current facts."""
    rows: dict[tuple[str, str], Row] = {}
    for saved in Role.objects.with_facts():
        groups = {group: getattr(saved, group) for group in ONE_ROW_GROUPS}
        citations = [row.citation for row in groups.values() if row]
        citations += [citation for group in CHOSEN_LISTS if (citation := getattr(saved, f"{group}_citation"))]
        for publisher in {citation.publisher for citation in citations}:
            own = {group: row for group, row in groups.items() if row and row.citation.publisher == publisher}
            rows[saved.slug, publisher.name] = _make_row(saved, own)
    return rows


def _make_row(role: Role, own: Row) -> Row:
    def value(group: str, field: str) -> Any:
        return getattr(own.get(group), field, None)

    def month(group: str) -> date | None:
        return own[group].citation.figures_of if group in own else None

    row = {
        "title": role.singular or role.title,
        "official_title": role.title if role.singular else "",
        "key": fold_spelling(role.singular or role.title),
        "slug": role.slug,
        "pay": value("salary", "annual_average"),
        "median": value("salary", "annual_median"),
        "low": value("salary", "annual_low"),
        "high": value("salary", "annual_high"),
        "jobs": value("outlook", "job_count"),
        "growth": value("outlook", "growth_percent"),
        "projected_growth": value("projection", "growth_percent"),
        "base_year": value("projection", "base_year"),
        "target_year": value("projection", "target_year"),
        "months_low": value("preparation", "months_low"),
        "months_high": value("preparation", "months_high"),
        "by_experience": False,
        "occupation_group": value("profile", "occupation_group"),
        "education": value("requirements", "education"),
        "pay_of": month("salary"),
        "jobs_of": month("outlook"),
        "pay_error": value("salary", "relative_error_percent"),
        "jobs_error": value("outlook", "relative_error_percent"),
    }
    bands = {2: (12, 24), 12: (6, 12)}
    years = value("preparation", "years_of_experience")
    if row["months_low"] is None and row["months_high"] is None and years in bands:
        row["months_low"], row["months_high"] = bands[years]
        row["by_experience"] = True
    return row


def read_after_check() -> dict[tuple[str, str], Row]:
    """What lists show, after it was compared with the facts."""
    shown = read_listed()
    assert shown == read_current()
    return shown


def test_a_loaded_page_is_listed() -> None:
    load_content(write_pipe("Baker", "Miller", FULL))

    shown = read_after_check()
    assert (
        shown["baker", "Zippia"]
        | {
            "pay": 31200,
            "growth": -7,
            "jobs": 1000,
            "months_low": 12,
            "months_high": 24,
            "by_experience": True,
        }
        == shown["baker", "Zippia"]
    )
    assert len(shown) == 2


def test_projected_growth_is_listed_by_loading_and_by_the_migration() -> None:
    store_occupation("Bakers", "51-3011", projection=make_projection(1_000, 985, 10) | {"growth_percent": -1.5})
    before = read_after_check()
    [row] = before.values()
    assert (row["projected_growth"], row["base_year"], row["target_year"]) == (Decimal("-1.5"), 2024, 2034)
    Listing.objects.update(projected_growth=None, base_year=None, target_year=None)

    import_module("careers.migrations.0031_projected_growth_in_lists").copy_projected_growth(apps, None)

    assert read_after_check() == before


def test_a_role_of_two_publishers_is_listed_twice_each_time_with_that_publishers_figures() -> None:
    load_content(write_pipe("Baker", "Miller", FULL), publisher="Careers Weekly")
    load_content(write_guide("Baker", skills=("Ovens",)))

    shown = read_after_check()
    assert shown["baker", "Careers Weekly"]["pay"] == 31200
    assert shown["baker", "Jobicy"]["pay"] is None


def test_a_fuller_page_changes_the_list_and_its_undoing_changes_it_back() -> None:
    load_content(write_pipe("Baker", "Miller", FULL))
    before = read_after_check()
    fuller = load_content(write_pipe("Baker", "Cook", FULLER))
    assert read_after_check() != before

    assert fuller.page is not None
    undo_page(Page.objects.get(pk=fuller.page))

    assert read_after_check() == before


def test_what_a_publisher_says_is_listed_while_it_is_not_taken_down() -> None:
    load_content(write_pipe("Baker", "Miller", FULL), publisher="Careers Weekly")
    load_content(write_pipe("Baker", "Cook"))
    before = read_after_check()
    weekly = Publisher.objects.get(name="Careers Weekly")

    take_down_publisher(weekly, None, "")
    assert {publisher for _, publisher in read_after_check()} == {"Zippia"}
    put_back_publisher(weekly, None)

    assert read_after_check() == before


def test_a_new_title_is_listed_and_the_old_one_again_when_it_is_undone() -> None:
    load_content(write_pipe("Baker", "Miller", FULL))
    before = read_after_check()

    event = rename_role(find_role("Baker"), "Bread Maker", None)
    assert {row["title"] for row in read_after_check().values()} == {"Bread Maker", "Miller"}
    undo_event(event, None)

    assert read_after_check() == before


def test_merged_roles_are_listed_once_and_separated_ones_twice() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Bread Maker", "Cook", FULL))
    before = read_after_check()

    event = merge_roles(find_role("Bread Maker"), find_role("Baker"), None)
    assert [row["jobs"] for row in read_after_check().values() if row["title"] == "Baker"] == [1000]
    undo_event(event, None)

    assert read_after_check() == before


def test_a_better_spelling_is_listed() -> None:
    load_content(write_pipe("web developer", "Miller"))
    load_content(write_pipe("Web Developer", "Cook"))

    assert "Web Developer" in {row["title"] for row in read_after_check().values()}


def test_reading_everything_again_lists_the_same() -> None:
    load_content(run_together("Baker", "Miller", {"Growth rate": "-7%9%"}))
    load_content(write_guide("Baker"))
    before = read_after_check()

    reread_pages(list(Page.objects.all()))
    propagate()

    assert read_after_check() == before


def test_pages_loaded_before_there_were_lists_are_listed_by_the_migration() -> None:
    load_content(write_pipe("Baker", "Miller", FULL), publisher="Careers Weekly")
    load_content(write_guide("Baker"))
    before = read_after_check()
    Listing.objects.all().delete()

    import_module("careers.migrations.0004_listings").list_what_is_stored(apps, None)

    assert read_after_check() == before


def test_lists_from_before_releases_get_months_and_errors_by_the_migration() -> None:
    load_content(write_pipe("Baker", "Miller", FULL))
    load_release(2025, Occupation("51-3011", "Bakers", jobs_error="17.7"))
    before = read_after_check()
    assert any(row["jobs_error"] and row["jobs_of"] for row in before.values())
    Listing.objects.update(pay_of=None, jobs_of=None, pay_error=None, jobs_error=None)

    import_module("careers.migrations.0009_figures_of_lists").fill_in(apps, None)

    assert read_after_check() == before
