"""Shares and ages of the population survey as stored facts: compiled, joined, undone and shown."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from careers.models import Demographics, MedianAge, Survey
from ingest.documents.document import read_document
from ingest.documents.source_notes import add_notes
from ingest.loading.removal import remove_facts
from ingest.models import Page
from ingest.parsing.evidence import Evidence
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.comparisons.official import find_slug
from tests.comparisons.opened_pages import read_markup
from tests.ingest.projection_tables import Rows, make_csv, make_wage_table
from tests.ingest.read_files import find_occupation
from tests.ingest.small_pages import enter_page, load_page, write_pipe
from tests.ingest.survey_tables import make_ages_rows, make_shares_rows, make_survey_book

NURSES, COOKS, DRIVERS, AIDES = "29-1141", "35-2014", "53-3032", "31-1120"
NOTES = """
[{name}]
group = "{group}"
publisher = "U.S. Bureau of Labor Statistics"
title = "{title}: Current Population Survey, {table}"
release = "{year}"
table = "{table}"
figures_of = "{year}-01-01"
licence = "Public domain"
licence_url = "https://www.bls.gov/opub/copyright-information.htm"
url = "https://www.bls.gov/cps/tables.htm"
columns = {columns}
"""
SHARES = ["white_percent", "black_percent", "asian_percent", "hispanic_percent"]
SURVEY_COLUMNS = ["demographics.female_percent", *[f"demographics.survey.{name}" for name in (*SHARES, "group")]]
RACES = "Black or African American, 12.0% Unknown, 4.0% Hispanic or Latino, 20.0% Asian, 6.0% White, 57.0%"


# -- compiled ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    source, target = folder / "downloads", folder / "occupations"
    source.mkdir()
    (source / "cpsaat11.xlsx").write_bytes(make_survey_book(make_shares_rows({"Registered nurses": (14, *["–"] * 5)})))
    note = "Annual estimates for 2025 are 11-month averages that exclude October."
    (source / "cpsaat11b.xlsx").write_bytes(make_survey_book(make_ages_rows({"Home health aides": (300, 51)}, note)))
    call_command("compile_occupations", source, to=str(target), stdout=StringIO())
    return target


def parse_path(path: Path) -> ParsedPage:
    return parse_page(read_document(path.name, add_notes(path, path.read_bytes())))


def describe_reading(place: Evidence) -> tuple[object, ...]:
    return place.missing, place.mean_of, place.how, place.wider_group


def test_compiled_facts_say_all_that_the_tables_say(compiled: Path) -> None:
    downloads = compiled.parent / "downloads"
    for name, file in (("survey.csv", "cpsaat11.xlsx"), ("median_age.csv", "cpsaat11b.xlsx")):
        ours, theirs = parse_path(compiled / name), parse_page(read_document(file, (downloads / file).read_bytes()))
        assert len(ours.roles) == len(theirs.roles) == 830
        assert (ours.title, ours.release, ours.figures_of) == (theirs.title, theirs.release, theirs.figures_of)
        for role in theirs.roles:
            read = find_occupation(ours, role.soc_code or "")
            for key, place in role.evidence.items():
                assert read.value(key) == role.value(key)
                assert describe_reading(read.evidence[key]) == describe_reading(place)


def test_too_few_people_and_means_stand_in_the_compiled_file(compiled: Path) -> None:
    lines = {line.partition(",")[0]: line for line in (compiled / "survey.csv").read_text().splitlines()}
    assert lines[NURSES].endswith(",too-few")
    assert lines[AIDES].endswith(",weighted-mean:2")
    assert lines["25-1011"].endswith(",Postsecondary teachers,Postsecondary teachers,")


# -- stored and shown -------------------------------------------------------------------------


@pytest.fixture
def loaded(db: None, tmp_path: Path) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    survey: Rows = [
        ["code", *SURVEY_COLUMNS, "wider_group", "note"],
        [NURSES, 87.9, 73.6, 14.5, 8.9, 8.1, "", "", ""],
        [COOKS, 39.5, 70, 20, 5, 10, "Cooks of all kinds", "Cooks of all kinds", ""],
        [DRIVERS, "", "", "", "", "", "", "", "too-few"],
    ]
    ages: Rows = [
        ["code", "median_age", "wider_group", "note"],
        [NURSES, 42.3, "", ""],
        [COOKS, 35.1, "Cooks of all kinds", ""],
        [DRIVERS, 47.5, "", "weighted-mean:2"],
    ]
    columns = "{" + ", ".join(f'"{name}" = "{name.rpartition(".")[2]}"' for name in SURVEY_COLUMNS) + "}"
    shares_title, ages_title = "Employed people by sex, race and ethnicity, 2022", "Age of employed people, 2025"
    (tmp_path / "survey.csv").write_bytes(make_csv(survey))
    (tmp_path / "median_age.csv").write_bytes(make_csv(ages))
    (tmp_path / "sources.toml").write_text(
        NOTES.format(name="survey", group="several", title=shares_title, table="Table 11", year=2022, columns=columns)
        + NOTES.format(
            name="median_age",
            group="median_age",
            title=f"{ages_title} (eleven months, without October)",
            table="Table 11b",
            year=2025,
            columns='{median_age = "Median age"}',
        )
    )
    call_command("load_pages", tmp_path, stdout=StringIO(), stderr=StringIO())


def read_people(client: Client, *slugs: str) -> str:
    text = read_markup(client, reverse("comparison", args=["-vs-".join(slugs)]))
    return text[text.index('id="people"') :].partition("</section>")[0]


@pytest.mark.usefixtures("loaded")
def test_programs_get_the_shares_and_the_group_that_they_are_of(client: Client) -> None:
    data = client.get(f"/roles/{find_slug(COOKS)}.json").json()
    assert data["demographics"]["female_percent"] == 39.5
    assert data["demographics"]["male_percent"] is None
    assert data["demographics"]["median_age"] == 35.1
    assert data["demographics"]["survey"] == {
        "white_percent": 70,
        "black_percent": 20,
        "asian_percent": 5,
        "hispanic_percent": 10,
        "group": "Cooks of all kinds",
    }
    for key in ("female_percent", "median_age", "survey.asian_percent"):
        assert data["evidence"][f"demographics.{key}"]["wider_group"] == "Cooks of all kinds"
    assert client.get(f"/roles/{find_slug(NURSES)}.json").json()["demographics"]["survey"]["group"] is None


@pytest.mark.usefixtures("loaded")
def test_a_comparison_says_whose_figures_they_are_and_from_when(client: Client) -> None:
    text = read_people(client, find_slug(NURSES), find_slug(COOKS))
    for words in (
        "87.9%",
        "Of employed people, 2022.",
        "of the survey’s wider group “Cooks of all kinds”.",
        "these shares do not add up to 100%",
    ):
        assert words in text, words
    whole = read_markup(client, reverse("comparison", args=[f"{find_slug(NURSES)}-vs-{find_slug(COOKS)}"]))
    for words in (
        "Of employed people, 2025 (eleven months, without October).",
        "of the survey’s wider group “Cooks of all kinds”</em>",
        "Employed people by sex, race and ethnicity, 2022: Current Population Survey, Table 11",
        "<i>counted alone</i>",
    ):
        assert words in whole, words


@pytest.mark.usefixtures("loaded")
def test_a_missing_share_says_that_there_are_too_few_people(client: Client) -> None:
    section = read_people(client, find_slug(NURSES), find_slug(DRIVERS))
    reason = "Heavy truck drivers (the survey counts fewer than 50,000 people)."
    assert f'not published for <span class="b k">◆</span> {reason}' in section
    text = read_markup(client, reverse("comparison", args=[f"{find_slug(NURSES)}-vs-{find_slug(DRIVERS)}"]))
    assert "computed here: the mean of 2 rows of the table, weighted by the number of people employed" in text


@pytest.mark.usefixtures("loaded")
def test_the_csv_says_it_beside_each_figure(client: Client) -> None:
    lines = client.get(f"/roles/{find_slug(COOKS)}.csv").content.decode().splitlines()
    [women] = [line for line in lines if "demographics.female_percent" in line]
    assert "of employed people, 2022; of the survey’s wider group “Cooks of all kinds”" in women
    lines = client.get(f"/roles/{find_slug(DRIVERS)}.csv").content.decode().splitlines()
    [white] = [line for line in lines if "demographics.survey.white_percent" in line]
    assert 'missing,"not published: the survey counts fewer than 50,000 people"' in white


@pytest.mark.usefixtures("loaded")
def test_shares_of_the_survey_are_drawn_beside_no_shares_of_another_publisher(client: Client) -> None:
    rows = {"Yearly salary": ("$31,200", "$41,600"), "Race ratio": (RACES, RACES)}
    load_page(enter_page(write_pipe("Line Cook", "Prep Cook", rows), publisher="Zippia"), commit=True)
    tables = read_people(client, "line-cook", find_slug(COOKS)).split("<table")
    with_white = [table for table in tables if ">White<" in table]
    assert ["57%" in table for table in with_white] == [True, False]
    assert ["70%" in table for table in with_white] == [False, True]
    values = client.get(f"/compare/line-cook-vs-{find_slug(COOKS)}.json").json()["values"]
    computed = {value["field"] for value in values if value["basis"] == "computed"}
    assert not {field for field in computed if "race" in field or "survey" in field}


@pytest.mark.usefixtures("loaded")
def test_no_verdict_and_no_weight_is_about_people(client: Client) -> None:
    text = read_markup(client, reverse("comparison", args=[f"{find_slug(NURSES)}-vs-{find_slug(COOKS)}"]))
    verdict = text[text.index('class="verdict"') :].partition('class="bar')[0]
    weights = text[text.index('id="weigh-up"') :].partition("</section>")[0]
    for word in ("women", "Women", "White", "in the survey", "age "):
        assert word not in verdict
        assert word not in weights


@pytest.mark.usefixtures("loaded")
def test_undo_removes_both_groups_of_a_table_and_no_other() -> None:
    assert remove_facts([Page.objects.get(name="survey.csv")])
    assert (Demographics.objects.count(), Survey.objects.count(), MedianAge.objects.count()) == (0, 0, 3)


def test_shipped_facts_have_the_coverage_of_the_tables() -> None:
    folder = Path(settings.BASE_DIR) / "fixtures" / "occupations"
    shares, ages = parse_path(folder / "survey.csv"), parse_path(folder / "median_age.csv")
    assert sum(role.value("demographics.female_percent") is not None for role in shares.roles) == 597
    assert sum(role.value("demographics.median_age") is not None for role in ages.roles) == 578
    assert len(parse_path(folder / "related.csv").roles) == 783
    assert len(parse_path(folder / "majors.csv").roles) == 663
    assert find_occupation(shares, NURSES).value("demographics.female_percent") is not None
