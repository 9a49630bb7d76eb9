"""Figures that no page tells for certain: lost with the end of a copy, or standing on a page with several values."""

import csv
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from careers.models import Citation, Listing, Outlook, Role
from careers.vocabulary import CUT, NOT_IN_CUT_COPY, UNCLEAR
from comparisons.comparison import compare
from comparisons.language.messages.absent_values import explain_cut_list
from comparisons.language.verdict import write_verdict
from comparisons.queries.ranks import rank_role
from comparisons.queries.roles import read_current_roles
from ingest.loading.list_rows import update_listings
from ingest.models import Page
from tests.comparisons.opened_pages import open_page, read_text
from tests.comparisons.stored_roles import store_role_from
from tests.comparisons.verdict_words import write_with_markers

pytestmark = pytest.mark.django_db

PAY = {"annual_average": 41_600}
ROW = "| Number of jobs | 12,000 | 8,"
CUT_ROW: dict[str, Any] = {"line": 4, "raw": ROW, "how": "unread", "missing": "cut"}


def store(title: str, **facts: Any) -> Role:
    return store_role_from({"title": title, "publisher": "Zippia", "page": "cooks", "salary": PAY} | facts)


def store_cut(title: str) -> Role:
    """A role whose copy ends in the row of its number of jobs, and has nothing else of that group."""
    role = store(title)
    citation = role.current_citations()[0]
    citation.cut_line = CUT_ROW["line"]
    citation.save()
    role.outlook = Outlook.objects.create(role=role, citation=citation, evidence={"job_count": CUT_ROW})
    role.save()
    return role


def read_notes(client: Client, address: str) -> dict[tuple[str, str], str]:
    rows = csv.DictReader(StringIO(client.get(address).content.decode("utf-8-sig"), newline=""))
    return {(row["role_slug"], row["field"]): row["note"] for row in rows}


@pytest.mark.parametrize("address", ["/compare/cook-vs-miller/", "/compare/cook-vs-miller.html"])
def test_a_row_that_a_copy_lost_is_never_said_to_be_absent_from_the_source(client: Client, address: str) -> None:
    store_cut("Cook")
    store_cut("Miller")
    page_text = read_text(client, address)
    assert "Number of jobs: the copy we have was cut here for both." in page_text
    assert f"skills, technology, tasks: {NOT_IN_CUT_COPY}, for both." in page_text
    assert explain_cut_list("skills", NOT_IN_CUT_COPY) in page_text
    assert "not in this source" not in page_text


def test_one_cut_copy_is_distinguished_from_a_whole_one(client: Client) -> None:
    store_cut("Cook")
    store("Miller", outlook={"job_count": 8_000, "growth_percent": 3}, page="millers")
    page_text = read_text(client, "/compare/cook-vs-miller/")
    assert CUT in page_text
    assert f"“{ROW}”, line 4" in page_text
    assert f"tasks: {NOT_IN_CUT_COPY}, for ● Cook; not in this source for ◆ Miller." in page_text
    growth = compare(read_current_roles(["cook", "miller"])).by_key["outlook.growth_percent"]
    assert [cell.missing for cell in growth.cells] == [NOT_IN_CUT_COPY, ""]


def test_files_say_that_a_value_was_lost_with_the_copy(client: Client) -> None:
    store_cut("Cook")
    store_cut("Miller")
    for role in client.get("/compare/cook-vs-miller.json").json()["roles"]:
        assert role["outlook"]["job_count"] is None
        assert role["evidence"]["outlook.job_count"] == CUT_ROW | {"source": 0}
    assert read_notes(client, "/compare/cook-vs-miller.csv")["cook", "outlook.job_count"] == CUT
    assert read_notes(client, "/roles/cook.csv")["cook", "outlook.job_count"] == CUT


SEVERAL = {"line": 3, "raw": "$41,600", "how": "cell", "warnings": ["repeated-figure-differs"]}


def store_repeated(title: str, how: str = "cell", reader_version: int = 0) -> Role:
    """A role whose average stands on its page with several values, of which the first is stored."""
    role = store(title)
    assert role.salary is not None
    role.salary.evidence = role.salary.evidence | {"annual_average": SEVERAL | {"how": how}}
    role.salary.save()
    store_page(role.salary.citation, reader_version)
    return role


def store_page(citation: Citation, reader_version: int = 0) -> None:
    """The page of a citation, of which the migration then removes what earlier versions chose."""
    Page.objects.create(name="cooks.txt", content=b"", citation=citation, reader_version=reader_version)
    import_module("ingest.migrations.0019_contradicted_figures").drop_contradicted(apps, None)


def read_listed_pay(role: Role) -> int | None:
    return Listing.objects.get(role=role).pay


def test_a_figure_that_an_earlier_version_chose_among_several_is_used_nowhere(client: Client) -> None:
    cook = store_repeated("Cook")
    for title in ("Miller", "Baker", "Butcher"):
        store(title, page="millers")
    roles = read_current_roles(["cook", "miller"])
    comparison = compare(roles)

    assert comparison.by_key["salary.annual_average"].cells[0].missing == UNCLEAR
    verdict = write_verdict(comparison)
    assert not any("average" in write_with_markers(sentence) for sentence in verdict.sentences)
    assert verdict.toss_up is not None
    assert write_with_markers(verdict.toss_up) == "Pay cannot be compared: there is no figure for cooks."
    assert rank_role(roles[0]) == []
    assert read_listed_pay(cook) is None
    assert client.get("/roles/cook.json").json()["salary"]["annual_average"] is None
    computed = [value["field"] for value in client.get("/compare/cook-vs-miller.json").json()["values"]]
    assert "salary.annual_average.difference" not in computed
    assert "41,600" not in open_page(client, "/roles/cook/").cssselect("meta[name=description]")[0].get("content", "")


@pytest.mark.parametrize("several", [["months_low", "months_high"], ["years_of_experience"]])
def test_lists_then_show_the_time_to_enter_that_a_load_would_list(several: list[str]) -> None:
    cook = store("Cook", entry={"months_low": 24, "months_high": 36, "years_of_experience": 2})
    assert cook.preparation is not None
    cook.preparation.evidence |= dict.fromkeys(several, SEVERAL)
    cook.preparation.save()
    store_page(cook.preparation.citation)
    listed = Listing.objects.values("months_low", "months_high", "by_experience").get(role=cook)

    update_listings([cook.pk])
    assert listed == Listing.objects.values("months_low", "months_high", "by_experience").get(role=cook)
    assert listed["by_experience"] == ("months_low" in several)


def test_the_choice_of_a_person_ends_the_contradiction() -> None:
    cook = store_repeated("Cook", how="chosen")
    assert read_current_roles(["cook"])[0].groups["salary"].values["annual_average"] == 41_600
    assert read_listed_pay(cook) == 41_600


def test_a_figure_that_replaces_a_dash_of_its_page_stays_with_a_doubt() -> None:
    store_repeated("Cook", reader_version=1)
    [cell] = compare(read_current_roles(["cook"])).by_key["salary.annual_average"].cells
    assert cell.value == 41_600
    assert cell.contradicted
