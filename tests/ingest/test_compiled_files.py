"""Files of compiled facts: several for one group, one for several groups, and crosswalks beside them."""

import csv
import tomllib
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from careers.models import OccupationTitle, Role
from careers.search_words import list_significant_words
from ingest.documents.source_notes import FILE_NAME, write_toml
from ingest.management.compiled_files import SourceFile, describe_file, list_files, write_facts
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts, TitleFact
from ingest.sources.crosswalks import read_crosswalk
from tests.ingest.projection_tables import make_wage_table
from tests.ingest.small_pages import enter_page, load_page

CODES = ("29-1141", "35-2014")
FILE = SourceFile("table.xlsx", "")


def make_parsed_page(roles: list[RoleFacts], name: str) -> ParsedPage:
    return ParsedPage(
        layout="table",
        publisher="An office",
        title="A table",
        roles=tuple(roles),
        joins_occupations=True,
        compiled_as=name,
        figures_of=date(2019, 5, 1),
        release="May 2019",
    )


def make_titled(code: str, *titles: str, source: str) -> RoleFacts:
    entries = tuple(TitleFact(title, source, {"title": Evidence(2, title, "cell", column="Title")}) for title in titles)
    return RoleFacts(title=code, titled_by="table", soc_code=code, titles=entries)


def make_paid(code: str, median: int | None, jobs: int) -> RoleFacts:
    values = {"salary.annual_median": median, "outlook.job_count": jobs}
    evidence = {
        "salary.annual_median": Evidence(2, str(median), "cell", column="a_median"),
        "outlook.job_count": Evidence(2, str(jobs), "cell", column="tot_emp"),
    }
    return RoleFacts(title=code, titled_by="table", soc_code=code, values=values, evidence=evidence)


def write(parsed: ParsedPage, groups: tuple[str, ...], folder: Path) -> None:
    """What the command writes for a page."""
    for file in list_files(parsed, groups, FILE):
        (folder / f"{file.stem}.csv").write_text(write_facts(file, parsed.roles))
        with (folder / FILE_NAME).open("a") as notes:
            notes.write("\n".join([f"[{file.stem}]", *write_toml(describe_file(file, parsed.roles)), ""]))


def load_folder(folder: Path) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    call_command("load_pages", folder, stdout=StringIO(), stderr=StringIO())


@pytest.mark.django_db
def test_two_lists_of_titles_are_two_files_of_one_group_and_both_count(tmp_path: Path) -> None:
    write(make_parsed_page([make_titled("29-1141", "RN", source="onet")], "titles_onet"), ("titles",), tmp_path)
    write(make_parsed_page([make_titled("29-1141", "Staff Nurse", source="soc")], "titles_soc"), ("titles",), tmp_path)
    notes = tomllib.loads((tmp_path / "sources.toml").read_text())
    assert {name: note["group"] for name, note in notes.items()} == {"titles_onet": "titles", "titles_soc": "titles"}
    load_folder(tmp_path)
    stored = OccupationTitle.objects.order_by("title").values_list("title", "source")
    assert list(stored) == [("RN", "onet"), ("Staff Nurse", "soc")]


@pytest.mark.django_db
def test_one_table_that_gives_two_groups_is_one_file_with_the_columns_that_it_gives(tmp_path: Path) -> None:
    parsed = make_parsed_page([make_paid("29-1141", 73_300, 2_982_280), make_paid("35-2014", None, 900)], "pay_2019")
    write(parsed, ("salary", "outlook"), tmp_path)
    rows = list(csv.reader((tmp_path / "pay_2019.csv").read_text().splitlines()))
    assert rows == [
        ["code", "salary.annual_median", "outlook.job_count", "note"],
        ["29-1141", "73300", "2982280", ""],
        ["35-2014", "", "900", ""],
    ]
    notes = tomllib.loads((tmp_path / "sources.toml").read_text())["pay_2019"]
    assert notes["columns"] == {"salary.annual_median": "a_median", "outlook.job_count": "tot_emp"}
    load_folder(tmp_path)
    role = Role.objects.get(soc_code="29-1141")
    [salary] = role.salarystats_rows.filter(citation__title="A table")
    assert (salary.annual_median, salary.annual_p10) == (73_300, None)
    assert salary.evidence["annual_median"]["column"] == "a_median"
    [cooks] = Role.objects.get(soc_code="35-2014").outlook_rows.filter(citation__title="A table")
    assert cooks.job_count == 900


@pytest.mark.django_db
def test_a_crosswalk_beside_the_facts_is_no_page(tmp_path: Path) -> None:
    write(make_parsed_page([make_titled("29-1141", "RN", source="onet")], "titles_onet"), ("titles",), tmp_path)
    (tmp_path / "crosswalk_onet.csv").write_text("onet_code,code\n29-1141.00,29-1141\n")
    errors = StringIO()
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    call_command("load_pages", tmp_path, stdout=errors, stderr=errors)
    assert "crosswalk_onet" not in errors.getvalue()


def test_the_shipped_crosswalk_leads_to_all_occupations() -> None:
    codes = read_crosswalk()
    assert len(set(codes.values())) == 830
    assert codes["13-1023.00"] == "13-1020"


def test_each_shipped_title_of_ours_names_one_occupation() -> None:
    with (settings.BASE_DIR / "fixtures" / "occupations" / "titles_rolewise.csv").open(newline="") as file:
        titles = [(row["code"], row["title"]) for row in csv.DictReader(file)]
    assert titles == sorted(titles)
    assert {code for code, _ in titles} <= set(read_crosswalk().values())
    times = Counter(" ".join(list_significant_words(title)) for _, title in titles)
    assert [title for title, count in times.items() if count > 1] == []
