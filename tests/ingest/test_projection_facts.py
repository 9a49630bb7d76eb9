"""Projections, requirements, attainment and skill ranks as stored facts: joined by code, cited, undone, shipped."""

import csv
import shutil
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse

from careers.models import Attainment, Citation, Projection, Role
from careers.vocabulary import FIELDS
from comparisons.comparison import compare
from comparisons.queries.roles import read_current_roles
from ingest.loading.load import load_pages
from ingest.loading.propagation import propagate
from ingest.loading.removal import remove_facts
from ingest.models import Page
from tests.comparisons.opened_pages import read_markup, read_text
from tests.ingest.projection_tables import (
    OCCUPATIONS,
    Rows,
    change_row,
    make_attainment_rows,
    make_projection_rows,
    make_rank_rows,
    make_wage_table,
    make_workbook,
    move_by_two_years,
)
from tests.ingest.small_pages import LoadedPage, enter_page, load_page, read_stored_page

pytestmark = pytest.mark.django_db

GROUPS = ("projection", "requirements", "attainment", "skill_ranks")
WORKBOOKS: dict[str, bytes] = {
    "occupation.xlsx": make_workbook({"Table 1.2": make_projection_rows()}),
    "education.xlsx": make_workbook({"Table 5.3": make_attainment_rows()}),
    "skills.xlsx": make_workbook({"Table 6.5": make_rank_rows()}),
}


def load(content: bytes, name: str) -> LoadedPage:
    return load_page(enter_page(content, name), commit=True)


def load_everything() -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    for name, content in WORKBOOKS.items():
        assert load(content, name).status == "loaded"


def find_nurses() -> Any:
    return Role.objects.get(soc_code="29-1141")


@pytest.mark.parametrize("names", [("Notes", "Table 1.2"), ("Table 1.2", "Notes")])
def test_the_screen_of_a_page_shows_the_rows_of_the_sheet_that_was_read(
    names: tuple[str, str], admin_client: Client
) -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    notes: Rows = [[f"Remark {number}", "29-1141", *["—"] * 11] for number in range(30)]
    sheets = {name: make_projection_rows() if name == "Table 1.2" else notes for name in names}
    stored = read_stored_page(load(make_workbook(sheets), "occupation.xlsx"))

    screen = admin_client.get(reverse("admin:ingest_page_change", args=[stored.pk])).content.decode()
    assert "Registered nurses | 29-1141 | Line item | 3391 | 3557.1" in screen
    assert "Remark 5" not in screen
    address = reverse("admin:ingest_page_correct", args=[stored.pk])
    correction = admin_client.get(address, {"role": "SOC 29-1141", "field": "projection.jobs_base"}).content.decode()
    assert "Registered nurses | 29-1141 | Line item | 3391 | 3557.1" in correction


def collect_facts(role: Any) -> dict[str, dict[str, Any]]:
    return {
        group: {name: getattr(getattr(role, group), name) for name in FIELDS[group]}
        for group in GROUPS
        if getattr(role, group)
    }


# -- joining ----------------------------------------------------------------------------------


def test_each_group_has_a_row_and_a_citation_of_its_own_and_hides_no_other() -> None:
    load_everything()
    role = find_nurses()
    assert role.projection.jobs_base == 3_391_000
    assert role.requirements.work_experience == "None"
    assert role.attainment.bachelor == Decimal("54.4")
    assert role.skill_ranks.adaptability == 80
    assert role.outlook.job_count == 1000
    assert role.projection.citation.title == "Employment Projections, 2024–34, Table 1.2"
    assert role.attainment.citation != role.projection.citation
    assert Citation.objects.exclude(licence="").count() == len(WORKBOOKS) + 1, "the wage table has a license, too"


def test_a_table_that_joins_gives_no_occupation_another_title() -> None:
    load_everything()
    assert {role.title for role in Role.objects.all()} == {title.title() for title in OCCUPATIONS.values()}


def test_a_table_of_which_too_few_join_is_refused_and_says_what_is_missing() -> None:
    result = load(WORKBOOKS["occupation.xlsx"], "occupation.xlsx")
    assert result.status == "refused"
    assert result.error is not None
    assert result.error.startswith("Only 0 of the 3 occupations of the table are stored here; at least 90% must be.")
    names = ("29-1141 (Registered nurses)", "35-2014 (Cooks, restaurant)", "53-3032 (Heavy truck drivers)")
    assert f"Not stored: {', '.join(names)}. Load" in result.error, "no others are said to be missing"
    assert not Role.objects.exists()


def test_an_occupation_that_is_not_stored_is_left_out_with_a_warning() -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    rows = make_projection_rows()
    others: Rows = [["Legislators", "11-1031", *rows[3][2:]]]
    stored: Rows = [[f"Others {number}", f"99-{1000 + number}", *rows[3][2:]] for number in range(9)]
    wages = make_wage_table().decode().splitlines()
    more = [wages[1].replace("29-1141", str(row[1])).replace("Registered Nurses", str(row[0])) for row in stored]
    load(("\n".join([*wages, *more]) + "\n").encode(), "national_M2025_dl.csv")
    result = load(make_workbook({"Table 1.2": [*rows[:6], *stored, *others]}), "occupation.xlsx")
    assert result.status == "loaded"
    assert result.report is not None
    messages = [warning["message"] for warning in result.report.warnings]
    assert "1 of 13 occupations are not stored here and were left out: 11-1031 (Legislators)." in messages
    assert not Role.objects.filter(soc_code="11-1031").exists()


def make_wages(count: int) -> bytes:
    """A wage table of so many occupations with codes of their own."""
    head, row = make_wage_table().decode().splitlines()[:2]
    rows = [row.replace("29-1141", f"99-{1000 + number}").replace("Registered", f"{number}") for number in range(count)]
    return ("\n".join([head, *rows]) + "\n").encode()


def list_warnings_after(content: bytes, name: str) -> list[str]:
    result = load(content, name)
    assert result.status == "loaded"
    assert result.report is not None
    return [warning["message"] for warning in result.report.warnings if warning["code"] == "few-occupations"]


def test_a_table_of_half_of_the_occupations_says_that_it_may_be_cut() -> None:
    assert list_warnings_after(make_wages(120), "national_M2025_dl.csv") == []
    rows = make_projection_rows()
    half: Rows = [[f"Others {number}", f"99-{1000 + number}", *rows[3][2:]] for number in range(60)]
    [message] = list_warnings_after(make_workbook({"Table 1.2": [*rows[:2], *half]}), "occupation.xlsx")
    assert message == (
        "Only 60 of the 120 official occupations stored here have a row in the table. Without a row: 99-1060 "
        "(60 Nurses), 99-1061 (61 Nurses), 99-1062 (62 Nurses) and 57 more. If the table was cut, load the whole one."
    )
    [message] = list_warnings_after(make_wages(50).replace(b",1000,", b",2000,"), "national_M2026_dl.csv")
    assert message.startswith("Only 50 of the 120 official occupations")
    most: Rows = [[f"Others {number}", f"99-{1000 + number}", *rows[3][2:]] for number in range(90)]
    assert list_warnings_after(make_workbook({"Table 1.2": [*rows[:2], *most]}), "occupation.xlsx") == []


def test_tables_that_are_loaded_together_join_whatever_their_order() -> None:
    pages = [enter_page(content, name) for name, content in WORKBOOKS.items()]
    pages.append(enter_page(make_wage_table(), "national_M2025_dl.csv"))
    assert [result.status for result in load_pages(pages)] == ["loaded"] * 4
    propagate()
    assert find_nurses().title == "Registered Nurses"
    assert find_nurses().projection.growth_percent == Decimal("4.9")


# -- preview, undo, history -------------------------------------------------------------------


def test_a_preview_says_what_would_change_and_stores_nothing() -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    result = load_page(enter_page(WORKBOOKS["occupation.xlsx"], "occupation.xlsx"), commit=False)
    changes = {(change.role, change.field): change.after for change in result.changes}
    assert changes[find_nurses().slug, "projection.jobs_target"] == 3_557_100
    assert not Projection.objects.exists()


def test_undo_removes_what_a_table_brought_and_nothing_else() -> None:
    load_everything()
    for name in WORKBOOKS:
        before = collect_facts(find_nurses())
        stored = Page.objects.get(name=name)
        brought = {group for group in before if getattr(find_nurses(), group).citation_id == stored.citation_id}
        assert brought
        assert remove_facts([stored])
        propagate()
        assert collect_facts(find_nurses()) == {
            group: values for group, values in before.items() if group not in brought
        }
        assert find_nurses().outlook.job_count == 1000


def test_a_newer_release_is_current_and_its_undo_restores_the_earlier_one() -> None:
    load_everything()
    rows = change_row(move_by_two_years(make_projection_rows()), "29-1141", "Employment, 2036", 3600)
    stored = read_stored_page(load(make_workbook({"Table 1.2": rows}), "occupation.xlsx"))
    assert (find_nurses().projection.target_year, find_nurses().projection.jobs_target) == (2036, 3_600_000)
    assert Projection.objects.filter(role=find_nurses()).count() == 2
    remove_facts([stored])
    assert (find_nurses().projection.target_year, find_nurses().projection.jobs_target) == (2034, 3_557_100)


def test_reading_a_table_again_changes_nothing() -> None:
    load_everything()
    before = collect_facts(find_nurses())
    call_command("reread_pages", apply=True, stdout=StringIO(), stderr=StringIO())
    assert collect_facts(find_nurses()) == before


# -- shipped ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    source = folder / "downloads"
    source.mkdir()
    for name, content in WORKBOOKS.items():
        (source / name).write_bytes(content)
    call_command("compile_occupations", source, to=str(folder / "occupations"), stdout=StringIO())
    return folder


@pytest.fixture
def compiled(compiled_once: Path, tmp_path: Path) -> Path:
    """A copy that a test may change, beside the tables of the publisher."""
    return Path(shutil.copytree(compiled_once, tmp_path / "compiled")) / "occupations"


def test_compiling_keeps_the_titles_that_are_of_no_table(compiled: Path) -> None:
    notes = compiled / "sources.toml"
    notes.write_text(notes.read_text() + '[titles_rolewise]\ngroup = "titles"\ncolumns = {title = "title"}\n')
    call_command("compile_occupations", compiled.parent / "downloads", to=str(compiled), stdout=StringIO())
    assert tomllib.loads(notes.read_text())["titles_rolewise"] == {"group": "titles", "columns": {"title": "title"}}


def test_compiled_facts_are_in_our_vocabulary_and_name_the_columns_of_the_publisher(compiled: Path) -> None:
    rows = list(csv.DictReader((compiled / "projection.csv").read_text().splitlines()))
    assert rows[0]["code"] == "29-1141"
    assert (rows[0]["jobs_base"], rows[0]["growth_percent"]) == ("3391000", "4.9")
    assert rows[1]["self_employed_percent"] == ""
    requirements = list(csv.DictReader((compiled / "requirements.csv").read_text().splitlines()))
    assert requirements[0]["work_experience"] == "None"
    notes = (compiled / "sources.toml").read_text()
    assert 'release = "2024–34"' in notes
    assert 'jobs_target = "Employment, 2034"' in notes


def test_compiled_facts_give_the_same_values_as_the_tables_of_the_publisher(compiled: Path) -> None:
    load_everything()
    expected = collect_facts(find_nurses())
    remove_facts(Page.objects.exclude(name="national_M2025_dl.csv"))
    assert collect_facts(find_nurses()) == {}
    call_command("load_pages", compiled, stdout=StringIO(), stderr=StringIO())
    assert collect_facts(find_nurses()) == expected
    evidence = find_nurses().projection.evidence["jobs_base"]
    assert (evidence["sheet"], evidence["column"], evidence["code"]) == ("Table 1.2", "Employment, 2024", "29-1141")
    assert evidence["line"] == 2
    cooks = Attainment.objects.get(role__soc_code="35-2014", role__attainment=F("pk"))
    assert cooks.evidence["master"]["warnings"] == ["no-exact-match"]


def test_the_tables_of_the_publisher_over_compiled_facts_change_no_value(compiled: Path) -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    call_command("load_pages", compiled, stdout=StringIO(), stderr=StringIO())
    before = collect_facts(find_nurses())
    for name, content in WORKBOOKS.items():
        assert load(content, name).changes == ()
    assert collect_facts(find_nurses()) == before


def test_a_file_of_facts_without_its_sources_is_refused(compiled: Path) -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    result = load((compiled / "projection.csv").read_bytes(), "projection.csv")
    assert result.status == "refused"
    assert "sources.toml" in str(result.error)


def test_a_bad_cell_of_a_file_of_facts_is_reported_and_nothing_else_is_lost(compiled: Path) -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    file = compiled / "projection.csv"
    file.write_text(file.read_text().replace("3391000", "3391.5"))
    call_command("load_pages", compiled, stdout=StringIO(), stderr=StringIO())
    assert (find_nurses().projection.jobs_base, find_nurses().projection.jobs_target) == (None, 3_557_100)
    [warning] = Page.objects.get(name="projection.csv").warnings
    assert (warning["line"], warning["field"]) == (2, "projection.jobs_base")


# -- pages ------------------------------------------------------------------------------------


def compare_address() -> str:
    slugs = [Role.objects.get(soc_code=code).slug for code in ("29-1141", "35-2014")]
    return reverse("comparison", args=["-vs-".join(slugs)])


def test_a_comparison_shows_the_facts_with_their_years_and_origins_in_six_queries_at_most(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    load_everything()
    address = compare_address()
    with django_assert_max_num_queries(6):
        text = read_text(client, address)
    for words in (
        "+4.9%, 2024 to 2034",
        "3,391,000 in 2024",
        "3,557,100 in 2034",
        "189,100 a year, 2024 to 2034",
        "0.5% in 2024",
        "Education typically needed",
        "Education of people at work, 2022–23: Employment Projections, Table 5.3",
        "Rank by skill, 2024: Employment Projections, Table 6.5",
        "Table 1.2, row 4 (29-1141), column Employment, 2034",
        "no exact match in the survey",
        "change in jobs 2024–34",
        "average 2024–34",
    ):
        assert words in text, words


def test_a_role_page_shows_the_facts(client: Client) -> None:
    load_everything()
    text = read_markup(client, find_nurses().get_absolute_url())
    for words in ("+4.9%, 2024 to 2034", "Bachelor&#39;s degree", "54.4%", "Physical strength and stamina"):
        assert words in text, words


def test_programs_get_the_facts_by_their_keys(client: Client) -> None:
    load_everything()
    data = client.get(f"/roles/{find_nurses().slug}.json").json()
    assert data["projection"] == {
        "base_year": 2024,
        "target_year": 2034,
        "growth_percent": 4.9,
        "jobs_base": 3391000,
        "jobs_target": 3557100,
        "openings_per_year": 189100,
        "self_employed_percent": 0.5,
    }
    assert data["requirements"] == {"education": "Bachelor's degree", "work_experience": "None", "training": "None"}
    assert data["attainment"]["doctoral_or_professional"] == 2.7
    assert data["skill_ranks"]["adaptability"] == 80
    assert data["outlook"]["job_count"] == 1000
    assert data["evidence"]["projection.jobs_base"]["sheet"] == "Table 1.2"


def list_computed_fields(client: Client) -> set[str]:
    values = client.get(compare_address().removesuffix("/") + ".json").json()["values"]
    return {value["field"] for value in values if value["basis"] == "computed"}


def test_figures_of_different_years_have_no_difference(client: Client) -> None:
    load_everything()
    of_same_years = list_computed_fields(client)
    assert {"projection.years.same", "projection.growth_percent.difference"} <= of_same_years
    assert "projection.years.same_for_all_roles" not in of_same_years  # no figure of an occupation group

    cooks_only: Rows = [row for row in make_projection_rows() if len(row) == 1 or row[1] != "29-1141"]
    load(make_workbook({"Table 1.2": move_by_two_years(cooks_only)}), "newer.xlsx")
    fields = list_computed_fields(client)
    assert not {field for field in fields if field.startswith("projection.")}
    assert "attainment.bachelor.difference" in fields


def test_the_gaps_of_ranks_are_sorted_by_size() -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    rows = change_row(make_rank_rows(), "35-2014", "Science", 0)
    load(make_workbook({"Table 6.5": rows}), "skills.xlsx")
    roles = read_current_roles([Role.objects.get(soc_code=code).slug for code in ("29-1141", "35-2014")])
    lines = compare(roles).sections["ranks"].lines
    assert lines[0].row.key == "skill_ranks.science"
    assert lines[0].difference == "+94"


def test_the_coverage_board_counts_the_new_groups(admin_client: Client) -> None:
    load(make_wage_table(), "national_M2025_dl.csv")
    load(WORKBOOKS["skills.xlsx"], "skills.xlsx")
    text = read_markup(admin_client, reverse("admin:careers_role_coverage"))
    assert "Rank by skill" in text


def test_shipped_facts_are_of_the_numbered_tables_and_complete() -> None:
    folder = Path(settings.BASE_DIR) / "fixtures" / "occupations"
    notes = tomllib.loads((folder / "sources.toml").read_text())
    assert {group: notes[group]["table"] for group in GROUPS} == {
        "projection": "Table 1.2",
        "requirements": "Table 1.2",
        "attainment": "Table 5.3",
        "skill_ranks": "Table 6.5",
    }
    for group in GROUPS:
        rows = list(csv.DictReader((folder / f"{group}.csv").read_text().splitlines()))
        assert len({row["code"] for row in rows}) == 830
        assert set(rows[0]) == {"code", "note", *FIELDS[group]}
