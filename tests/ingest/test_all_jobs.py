"""Figures of all jobs: the row of all occupations through reading, preview, loading, undo, take-down and compiling."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from careers.models import AllJobsFigure, Listing, Publisher, Role
from ingest.batches import uploads, worker
from ingest.loading.load import reread_pages
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.management.terminal import describe_outdated_pages
from ingest.models import Batch, Draft, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.projection_tables import add_all_jobs, make_csv, make_projection_rows, make_workbook
from tests.ingest.read_files import parse_file
from tests.ingest.small_pages import LoadedPage, enter_page, load_page, read_stored_page, undo_page
from tests.ingest.state_tables import COOKS, DRIVERS, NATION, NURSES, Row, make_state_row, make_table

TABLES = Path(__file__).parent.parent.parent / "fixtures" / "tables"
WAGES = "national_M2025_dl.csv"
TOTAL = ("00-0000", "All Occupations")


def make_total_row(median: str = "50,980", jobs: str = "155,495,730") -> Row:
    return make_state_row(NATION, TOTAL, jobs, yearly=("31,200", median, "128,560"), group="total")


def make_wages(*totals: Row) -> bytes:
    return make_table(*totals, *(make_state_row(NATION, occupation) for occupation in (NURSES, COOKS, DRIVERS)))


def read_figures(reading: ParsedPage) -> dict[str, Decimal]:
    return {figure.key: figure.value for figure in reading.all_jobs}


def load(content: bytes, name: str = WAGES) -> LoadedPage:
    return load_page(enter_page(content, name, captured_on=None), commit=True)


def read_stored() -> dict[str, Any]:
    return dict(AllJobsFigure.objects.values_list("key", "value"))


# -- reading ----------------------------------------------------------------------------------


def test_the_national_wage_table_gives_the_pay_and_the_number_of_all_jobs() -> None:
    reading = parse_file((TABLES / WAGES).read_bytes(), WAGES)
    assert len(reading.roles) == 830
    given = read_figures(reading)
    assert given["salary.annual_median"] == 50_980
    assert given["salary.hourly_median"] == Decimal("24.51")
    assert [given[f"salary.annual_p{share}"] for share in (10, 25, 75, 90)] == [31_200, 37_590, 80_520, 128_560]
    assert given["outlook.job_count"] == 155_495_730
    place = next(figure.evidence for figure in reading.all_jobs if figure.key == "salary.annual_median")
    assert (place.line, place.column, place.raw) == (2, "A_MEDIAN", "50980")


def test_the_table_of_projections_gives_the_growth_and_openings_of_all_jobs_as_persons() -> None:
    sheets = {"Table 1.2": add_all_jobs(make_projection_rows())}
    reading = parse_file(make_workbook(sheets), "occupation.xlsx")
    assert len(reading.roles) == 3
    assert read_figures(reading) == {
        "projection.base_year": 2024,
        "projection.target_year": 2034,
        "projection.growth_percent": Decimal("3.1"),
        "projection.jobs_base": 169_956_100,
        "projection.jobs_target": 175_167_900,
        "projection.openings_per_year": 18_863_300,
        "projection.self_employed_percent": Decimal("5.8"),
    }
    place = next(figure.evidence for figure in reading.all_jobs if figure.key == "projection.growth_percent")
    assert (place.sheet, place.code, place.line) == ("Table 1.2", "00-0000", 3)
    assert place.column == "Employment change, percent, 2024–34"


def test_tables_without_the_row_give_no_figure_of_all_jobs() -> None:
    assert not parse_file(make_wages(), WAGES).all_jobs
    assert not parse_file(make_csv(make_projection_rows()), "table.csv").all_jobs


def test_a_figure_that_is_withheld_or_unreadable_is_none() -> None:
    reading = parse_file(make_wages(make_total_row(median="#", jobs="many")), WAGES)
    assert not {"salary.annual_median", "outlook.job_count"} & read_figures(reading).keys()
    assert [warning.line for warning in reading.warnings] == [2]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make_wages(make_total_row(), make_total_row("51,000")), WAGES),
        (make_csv(add_all_jobs(add_all_jobs(make_projection_rows()))), "table.csv"),
    ],
)
def test_two_rows_of_all_occupations_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableError, match=r"The rows \d and \d both give .*figures for 00-0000"):
        parse_file(content, name)


# -- storing ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_all_jobs_are_stored_and_undone_with_their_table_and_are_never_a_role() -> None:
    result = load(make_wages(make_total_row()))
    assert read_stored()["salary.annual_median"] == 50_980
    codes = Role.objects.order_by("soc_code").values_list("soc_code", flat=True)
    assert list(codes) == ["29-1141", "35-2014", "53-3032"]
    assert not Listing.objects.filter(jobs__gt=100_000_000).exists()
    assert ("", "all_jobs") in {(change.role, change.field) for change in result.changes}
    assert load(make_wages(make_total_row())).already_loaded
    undo_page(read_stored_page(result))
    assert read_stored() == {}
    load(make_wages(make_total_row()))
    assert read_stored()["outlook.job_count"] == 155_495_730


@pytest.mark.django_db
def test_releases_stand_beside_each_other_until_one_is_undone() -> None:
    load(make_wages(make_total_row("49,500")), "national_M2024_dl.csv")
    newer = load(make_wages(make_total_row()))
    medians = AllJobsFigure.objects.filter(key="salary.annual_median").order_by("citation__figures_of")
    assert [figure.value for figure in medians] == [49_500, 50_980]
    undo_page(read_stored_page(newer))
    assert [figure.value for figure in medians.all()] == [49_500]


@pytest.mark.django_db
def test_a_table_that_an_earlier_version_read_gets_the_figures_when_it_is_read_again() -> None:
    result = load(make_wages(make_total_row()))
    before = Role.objects.values_list("title", "salary__annual_median")
    AllJobsFigure.objects.all().delete()
    Page.objects.update(reader_version=1)
    assert "read by an earlier version" in describe_outdated_pages()
    [reread] = reread_pages([read_stored_page(result)])
    assert [change.field for change in reread.changes] == ["all_jobs"]
    assert read_stored()["salary.annual_median"] == 50_980
    [again] = reread_pages([read_stored_page(result)])
    assert (again.status, again.changes) == ("unchanged", ())
    assert sorted(before) == sorted(before.all())


@pytest.mark.django_db
def test_a_figure_that_no_column_holds_is_left_out_with_a_warning() -> None:
    result = load(make_wages(make_total_row(jobs="999,999,999,999,999")))
    assert result.report is not None
    assert "no job count can be that" in str(result.report.warnings)
    assert "outlook.job_count" not in read_stored()
    assert read_stored()["salary.annual_median"] == 50_980


@pytest.mark.django_db
def test_a_publisher_that_is_taken_down_and_put_back_keeps_its_figures() -> None:
    load(make_wages(make_total_row()))
    take_down_publisher(Publisher.objects.get(), None, "for a test")
    put_back_publisher(Publisher.objects.get(), None)
    assert read_stored()["salary.annual_median"] == 50_980


@pytest.mark.django_db
def test_the_preview_shows_the_figures_with_their_row_and_stores_nothing(admin_client: Client) -> None:
    batch = Batch.objects.create()
    uploads.add_file(batch, WAGES, io.BytesIO(make_wages(make_total_row())))
    worker.continue_here(batch, 5)
    draft = Draft.objects.get()
    assert len(draft.roles) == 3
    text = admin_client.get(reverse("admin:ingest_draft_change", args=[draft.pk])).content.decode()
    assert "Median pay a year: <b>$50,980</b>" in text
    assert "Number of jobs: <b>155,495,730" in text
    assert read_stored() == {}
    worker.start_loading(batch, "all", None)
    worker.continue_here(batch, 5)
    kept = admin_client.get(reverse("admin:ingest_page_change", args=[Page.objects.get().pk])).content.decode()
    assert "Median pay a year: <b>$50,980</b>" in kept
    worker.start_undoing(batch, None)
    worker.continue_here(batch, 5)
    assert read_stored() == {}


@pytest.mark.django_db
def test_the_admin_lists_the_figures_and_changes_none(admin_client: Client) -> None:
    load(make_wages(make_total_row()))
    listed = admin_client.get(reverse("admin:careers_alljobsfigure_changelist"))
    assert "salary.annual_median" in listed.content.decode()
    assert admin_client.get(reverse("admin:careers_alljobsfigure_add")).status_code == 403


# -- compiling --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_projection_of_all_jobs_is_compiled_to_a_file_that_gives_the_same_facts(tmp_path: Path) -> None:
    downloads, compiled = tmp_path / "downloads", tmp_path / "compiled"
    downloads.mkdir()
    (downloads / "occupation.xlsx").write_bytes(make_workbook({"Table 1.2": add_all_jobs(make_projection_rows())}))
    (downloads / "national_M2025_dl.csv").write_bytes(make_wages(make_total_row()))
    call_command("compile_occupations", downloads, to=compiled, stdout=io.StringIO())
    lines = (compiled / "all_jobs.csv").read_text().splitlines()
    assert lines[0] == "key,value"
    assert "projection.growth_percent,3.1" in lines
    assert not [line for line in lines if line.startswith("salary.")], "the national table ships as it is"
    assert "All Occupations" not in (compiled / "projection.csv").read_text()
    call_command("load_pages", compiled / "all_jobs.csv", verbosity=0)
    assert read_stored()["projection.openings_per_year"] == 18_863_300
    figure = AllJobsFigure.objects.get(key="projection.growth_percent")
    assert figure.evidence["column"] == "Employment change, percent, 2024–34"
    assert figure.citation.title == "Employment Projections, 2024–34, Table 1.2"
    assert not Role.objects.exists()


@pytest.mark.django_db
def test_the_shipped_file_says_what_the_publisher_gives_for_all_jobs() -> None:
    call_command("load_pages", "fixtures/occupations/all_jobs.csv", verbosity=0)
    assert read_stored()["projection.growth_percent"] == Decimal("3.1")
    assert read_stored()["projection.jobs_base"] == 169_956_100
    assert read_stored()["projection.target_year"] == 2034


def test_a_compiled_file_without_its_notes_is_refused_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="does not say whose they are"):
        parse_file(b"key,value\nprojection.growth_percent,3.1\n", "all_jobs.csv")


@pytest.mark.django_db
def test_a_line_of_a_compiled_file_that_is_no_figure_is_left_out(tmp_path: Path) -> None:
    notes = Path("fixtures/occupations/sources.toml").read_text().partition("[all_jobs]")
    (tmp_path / "sources.toml").write_text(notes[1] + notes[2])
    rows = ["projection.growth_percent,3.1", "projection.growth_percent,4", "summary,words", "no.key,5"]
    (tmp_path / "all_jobs.csv").write_text("\n".join(["key,value", *rows, "projection.jobs_base,many"]) + "\n")
    call_command("load_pages", tmp_path, verbosity=0)
    assert read_stored() == {"projection.growth_percent": Decimal("3.1")}
    [kept] = Page.objects.all()
    assert len(kept.unread) == 3
    assert "“many” in the column “value” is not a value" in kept.warnings[-1]["message"]
