"""What readers, JSON and CSV say of what a cut copy does not hold: never that the source lacks it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from careers.models import Role
from ingest.models import Page
from tests.comparisons.official import Occupation, load_release
from tests.comparisons.opened_pages import list_texts, open_page
from tests.ingest.small_pages import load_content, write_guide, write_pipe

pytestmark = pytest.mark.django_db

ROWS = {"Yearly salary": ("$31,200", "$41,600"), "Hourly rate": ("$15.00", "$20.00")}
HEAD = "Cook vs miller\n\nCookMiller\nYearly salary$31,200$41,600\n\n"
PAIR = "/compare/cook-vs-miller"
NOT_IN_COPY = "not in the copy we have, which was cut"
MORE = "there may be more: the copy we have was cut here"


def load_cut(end: str) -> None:
    load_content(f"{write_pipe('Cook', 'Miller', ROWS).decode()}\n{end}".encode())


def read_notes(client: Client, address: str = f"{PAIR}.csv") -> dict[tuple[str, str], str]:
    """(role, field) -> why there is no value."""
    rows = csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
    return {(row["role"], row["field"]): row["note"] for row in rows if row["basis"] == "missing"}


@pytest.mark.parametrize(
    "end", ["| Numb", "The top three skills for a cook include Frying, Sh", "Cook vs Miller educ", "Cooks cook and "]
)
def test_what_follows_the_cut_is_never_said_to_be_missing_in_the_source(end: str, client: Client) -> None:
    load_cut(end)
    for address in (f"{PAIR}/", "/roles/cook/", f"{PAIR}.csv", f"{PAIR}.json", f"{PAIR}.html"):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        assert "not in this source" not in answer.content.decode(), address
    reasons = read_notes(client)
    assert reasons["Cook", "salary.top_city"] == reasons["Miller", "demographics.lgbt_percent"] == NOT_IN_COPY
    assert reasons["Cook", "skills"] == reasons["Cook", "duties"] == NOT_IN_COPY


def test_json_says_which_copy_was_cut_and_what_it_lost(client: Client) -> None:
    load_cut("| Number of jobs | 12,0")
    data: dict[str, Any] = client.get("/roles/cook.json").json()
    assert data["sources"][0]["cut_line"] == 4
    reasons = {key: entry.get("missing") for key, entry in data["evidence"].items()}
    assert (reasons["outlook.job_count"], reasons["salary.top_city"]) == ("cut", "after-cut")
    assert (reasons["skills"], reasons["duties"]) == ("after-cut", "after-cut")


@pytest.mark.parametrize(
    ("end", "group", "name"),
    [
        ("Common cook skills\n\n• Frying, 20%\n• Shaping, 1", "skills", "Skills"),
        ("Cook example responsibilities.\n\n• Fry fish.\n• Boil wa", "duties", "Duties"),
    ],
)
def test_a_list_that_the_cut_ended_is_said_to_go_on(end: str, group: str, name: str, client: Client) -> None:
    load_content(f"{HEAD}{end}".encode())
    for address in ("/roles/cook/", f"{PAIR}/"):
        assert f"{name}: {MORE}." in client.get(address).content.decode()
    assert read_notes(client)["Cook", group] == MORE
    assert read_notes(client)["Miller", group] == NOT_IN_COPY
    assert client.get("/roles/cook.json").json()["evidence"][group]["missing"] == "cut"


def test_a_section_of_a_guide_that_the_cut_ended_is_said_to_go_on(client: Client) -> None:
    text = write_guide("Cook", skills=("Frying",)).decode().partition("Work Setting")[0]
    load_content(f"{text}Work Setting\nIndoors.\nCooks stand at the st".encode())
    assert f"Sections: {MORE}." in client.get("/roles/cook/").content.decode()
    assert read_notes(client, "/roles/cook.csv")["Cook", "sections"] == MORE


def test_a_role_whose_list_was_cut_off_is_not_said_to_have_none(client: Client) -> None:
    skills = "\n\n".join(f"Common {name} skills\n\n• Frying, 20%" for name in ("baker", "smith"))
    load_content(
        f"Baker vs smith\n\nBakerSmith\nYearly salary$31,200$41,600\n\n{skills}\n\nBrowse production jobs".encode()
    )
    load_cut("| Numb")
    page = open_page(client, "/compare/baker-vs-smith-vs-cook/")
    assert f"▲ Cook: Skills: {NOT_IN_COPY}." in list_texts(page, "#skills .note")
    assert list_texts(page, "#skills .note .c") == ["▲"]


def test_occupations_above_the_cut_of_a_table_lost_nothing(client: Client) -> None:
    load_release(2025, Occupation("51-3011", "Bakers"), Occupation("51-9021", "Millers"), ending="")
    assert Page.objects.get().cut_line == 3
    assert not Role.objects.filter(soc_code="51-9021").exists()
    for address in ("/roles/bakers-51-3011/", "/roles/bakers-51-3011.json", "/roles/bakers-51-3011.csv"):
        text = client.get(address).content.decode()
        assert "was cut" not in text
        assert "cut_line" not in text


def test_whole_pages_say_nothing_of_cuts(client: Client) -> None:
    load_content(write_pipe("Cook", "Miller", ROWS))
    assert "was cut" not in client.get(f"{PAIR}/").content.decode()
    assert "cut_line" not in client.get("/roles/cook.json").json()["sources"][0]
