"""Wage tables that are loaded: what is current, what an undo leaves, and the screens of the admin."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from careers.models import Role
from comparisons.search.named_roles import resolve_titles
from ingest.batches import uploads, worker
from ingest.loading.load import LoadResult, load_chunk, reread_pages
from ingest.models import Batch, Page
from tests.ingest.admin_steps import finish_batch, read_text, show_batch
from tests.ingest.price_tables import PRICE_FILE, PRICE_TABLE
from tests.ingest.small_pages import (
    enter_page,
    find_role,
    load_content,
    load_page,
    read_state,
    read_stored_page,
    undo_page,
    write_pipe,
)
from tests.ingest.wage_tables import NATIONAL, SMALL, make_workbook, pack

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]
PAIR = write_pipe("Actors", "Bakers")


def load_table(content: bytes = SMALL, name: str = "table.csv") -> Page:
    return read_stored_page(load_page(enter_page(content, name), commit=True))


def test_loading_a_table_twice_changes_nothing() -> None:
    first = load_page(enter_page(SMALL, "table.csv"), commit=True)
    before = read_state()
    second = load_page(enter_page(SMALL, "again.csv"), commit=True)

    assert (first.status, second.status) == ("loaded", "unchanged")
    assert read_state() == before
    actors = Role.objects.get(soc_code="27-2011")
    assert actors.salary is not None
    assert actors.salary.hourly_average == Decimal("58.29")
    assert actors.salary.evidence["annual_average"] == {
        "line": 4,
        "raw": "*",
        "how": "cell",
        "column": "A_MEAN",
        "missing": "not-published",
    }
    assert actors.salary.citation.publisher.name == "U.S. Bureau of Labor Statistics"


def test_pages_and_tables_give_the_same_state_in_any_order_and_are_never_joined() -> None:
    load_table()
    load_content(PAIR)
    table_first = read_state()
    for stored in Page.objects.all():
        undo_page(stored)
    assert not Role.objects.exists()
    Page.objects.all().delete()
    load_content(PAIR)
    load_table()

    assert read_state() == table_first
    assert Role.objects.count() == 5
    assert find_role("Bakers").salary.annual_average == 41_600
    assert find_role("Bakers").soc_code is None


@pytest.mark.parametrize("names", [("M2024", "M2025"), ("M2025", "M2024")])
def test_the_later_release_is_current_whichever_was_loaded_first(names: tuple[str, str]) -> None:
    jobs = {"M2024": b"236,200", "M2025": b"236,300"}
    for name in names:
        load_table(SMALL.replace(jobs["M2024"], jobs[name]), f"national_{name}_dl.csv")

    bakers = Role.objects.get(soc_code="51-3011")
    assert bakers.outlook is not None
    assert (bakers.outlook.job_count, str(bakers.outlook.citation.figures_of)) == (236_300, "2025-05-01")


@pytest.mark.parametrize("names", [("M2024", "M2025"), ("M2025", "M2024")])
def test_a_withheld_figure_is_not_shown_from_an_earlier_release(names: tuple[str, str]) -> None:
    bakers = next(line for line in SMALL.splitlines() if b"51-3011" in line)
    assert b"38,480" in bakers
    held_back = SMALL.replace(bakers, bakers.replace(b'"38,480"', b"*"))
    for name in names:
        load_table({"M2024": SMALL, "M2025": held_back}[name], f"national_{name}_dl.csv")

    salary = Role.objects.get(soc_code="51-3011").salary
    assert salary is not None
    assert str(salary.citation.figures_of) == "2025-05-01"


@pytest.mark.parametrize("names", [("M2019", "M2025"), ("M2025", "M2019")])
def test_an_occupation_has_the_title_of_its_newest_release_whichever_was_loaded_first(names: tuple[str, str]) -> None:
    titles = {"M2019": b"Bakers and Confectioners", "M2025": b"Dough Workers"}
    for name in names:
        load_table(SMALL.replace(b",Bakers,", b",%s," % titles[name]), f"national_{name}_dl.csv")
    bakers = Role.objects.get(soc_code="51-3011")
    assert bakers.title == "Dough Workers"
    assert bakers.listings.get().title == "Dough Workers"
    assert resolve_titles("dough workers")[0].role is not None
    address = bakers.slug

    undo_page(Page.objects.get(name="national_M2025_dl.csv"))

    bakers.refresh_from_db()
    assert (bakers.title, bakers.slug) == ("Bakers and Confectioners", address)


def enter_occupations(year: int, *codes: str, area: str = "99,U.S.,1") -> Page:
    """The table of a year with these occupations and no figures but their numbers of jobs."""
    head = SMALL.decode().splitlines()[0]
    figures = ["*"] * (head.count(",") - 9)
    rows = [",".join([area, *[""] * 3, code, f"Work {code}", "detailed", "50", *figures]) for code in codes]
    return enter_page("\n".join([head, *rows, ""]).encode(), f"national_M{year}_dl.csv")


def load_occupations(year: int, *codes: str) -> LoadResult:
    return load_page(enter_occupations(year, *codes), commit=True)


OCCUPATIONS = [f"{11 + number // 10}-101{number % 10}" for number in range(120)]
# Of an earlier classification.
FORMER = [f"99-101{number}" for number in range(5)]


def test_an_occupation_of_an_earlier_classification_alone_is_left_out_where_a_later_table_is_stored() -> None:
    load_occupations(2025, *OCCUPATIONS)
    before = read_state()
    older = read_stored_page(load_occupations(2019, *OCCUPATIONS, *FORMER))
    assert Role.objects.count() == 120
    [warning] = older.warnings
    assert warning["message"].startswith("5 of 125 occupations are not stored here and were left out: 99-1010")
    reread_pages([older])
    assert Role.objects.count() == 120
    undo_page(older)
    assert read_state() == before


def test_an_earlier_table_of_another_classification_is_refused_where_a_later_one_is_stored() -> None:
    load_occupations(2025, *OCCUPATIONS)
    refused = load_occupations(2017, *OCCUPATIONS[:20], *FORMER)
    assert (refused.status, Role.objects.count()) == ("refused", 120)
    assert "or a release with the same classification" in str(refused.error)


def test_a_later_table_without_occupations_makes_no_table_an_earlier_one() -> None:
    occupations = enter_occupations(2023, *OCCUPATIONS)
    of_a_state = enter_occupations(2023, *OCCUPATIONS, area="2,Alaska,2")
    results = load_chunk([enter_page(PRICE_TABLE, PRICE_FILE), occupations, of_a_state])
    assert [(result.status, result.error) for result in results] == [("loaded", None)] * 3


def test_occupations_that_only_an_earlier_table_has_stay_when_a_later_one_is_loaded() -> None:
    older = read_stored_page(load_occupations(2019, *OCCUPATIONS, *FORMER))
    load_occupations(2025, *OCCUPATIONS)
    assert Role.objects.count() == 125
    reread_pages([older])
    assert Role.objects.count() == 125


def test_a_release_that_gets_another_date_renames_its_occupations() -> None:
    older = load_table(SMALL.replace(b",Bakers,", b",Bread Makers,"), "first.csv")
    older.captured_on = date(2020, 5, 1)
    older.save()
    reread_pages([older])
    newer = load_page(enter_page(SMALL, "second.csv", captured_on=date(2022, 5, 1)), commit=True)
    assert newer.status == "loaded"
    assert Role.objects.get(soc_code="51-3011").title == "Bakers"

    older.refresh_from_db()
    older.captured_on = date(2024, 5, 1)
    older.save()
    reread_pages([older])

    assert Role.objects.get(soc_code="51-3011").title == "Bread Makers"


def test_an_occupation_with_a_very_long_title_is_stored_and_its_address_ends_in_its_code() -> None:
    title = "Bakers, Confectioners, and All Other Workers in the Making of Bread, Cakes, Biscuits, and Similar Goods"
    title += ", Except Those Who Sell Them, All Other"
    assert len(title) > 136
    load_table(SMALL.replace(b",Bakers,", f',"{title}",'.encode()))
    role = Role.objects.get(soc_code="51-3011")
    assert role.title == title
    assert role.slug.endswith("-51-3011")


def test_a_workbook_can_be_uploaded_alone_or_in_an_archive() -> None:
    book = make_workbook(SMALL)
    batch = uploads.open_batch(None, {})
    uploads.add_file(batch, "national.xlsx", io.BytesIO(book))
    uploads.add_file(batch, "pages.zip", io.BytesIO(pack({"a/pair.txt": PAIR, "a/table.csv": SMALL})))
    assert any(not worker.continue_here(batch, 0.5).working for _ in range(100))

    drafts = {draft.name: draft for draft in batch.drafts.all()}
    assert {name: draft.status for name, draft in drafts.items()} == {
        "national.xlsx": "new",
        "pages.zip/a/pair.txt": "new",
        "pages.zip/a/table.csv": "new",
    }
    assert [role["key"] for role in drafts["national.xlsx"].roles] == ["SOC 27-2011", "SOC 29-1249", "SOC 51-3011"]
    assert not any(role["near"] for role in drafts["national.xlsx"].roles)


# -- in the admin -----------------------------------------------------------------------------


def test_an_admin_pages_through_the_preview_loads_the_table_and_undoes_it(admin_client: Client) -> None:
    lines = NATIONAL.read_bytes().splitlines(keepends=True)
    upload = SimpleUploadedFile("national_M2025_dl.csv", b"".join(lines[:50]))
    admin_client.post("/admin/ingest/page/upload/", {"files": [upload]})
    batch = Batch.objects.get()
    finish_batch(admin_client, batch)

    screen = show_batch(admin_client, batch)
    assert "and 32 more" in screen
    assert "<b>1</b> page</a>" in screen
    address = reverse("admin:ingest_draft_change", args=[batch.drafts.get().pk])
    first, last = read_text(admin_client.get(address)), read_text(admin_client.get(f"{address}?p=2"))
    assert "Roles 1 to 25 of 37" in first
    assert "row 5, column A_MEAN" in first
    assert "Roles 26 to 37 of 37" in last

    admin_client.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    finish_batch(admin_client, batch)
    assert Role.objects.occupations().count() == 37
    address = reverse("admin:ingest_page_change", args=[Page.objects.get().pk])
    assert "Roles 1 to 25 of 37" in read_text(admin_client.get(address))

    admin_client.post(reverse("admin:ingest_batch_undo", args=[batch.pk]))
    finish_batch(admin_client, batch)
    assert not Role.objects.exists()
