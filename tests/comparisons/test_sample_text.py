"""The pages that Rolewise comes with are in its own words: no publisher and no licence is named for these."""

import csv
from io import StringIO

import pytest
from django.test import Client

from careers.models import Publisher
from careers.vocabulary import SAMPLE_TEXT
from tests.comparisons.opened_pages import read_text
from tests.ingest.small_pages import PAY, enter_page, load_page, write_guide, write_pipe

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

SENTENCE = "It typically takes 1-2 years to become both a baker and a cook."
GUIDE = "/roles/confectioner"
PAIR = "/compare/baker-vs-confectioner"


@pytest.fixture(params=[True, False], ids=["samples", "pages of publishers"])
def sample(request: pytest.FixtureRequest) -> bool:
    """Whether the stored pages are samples."""
    load_page(enter_page(write_pipe("Baker", "Cook", PAY, SENTENCE), sample=request.param), commit=True)
    load_page(enter_page(write_guide("Confectioner", skills=("Sugar work",)), sample=request.param), commit=True)
    return bool(request.param)


def read_rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(address).content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("address", [f"{GUIDE}/", f"{PAIR}/", f"{PAIR}.html"])
def test_pages_say_whose_words_a_sample_has_and_claim_no_licence(client: Client, sample: bool, address: str) -> None:
    text = read_text(client, address)
    assert (SAMPLE_TEXT.casefold() in text.casefold()) is sample
    assert ("CC BY 4.0" in text) is not sample
    if sample:
        duties, skills = text.index("Go on."), text.index("Sugar work")
        assert SAMPLE_TEXT in text[duties:].replace("Sample", "sample")
        assert SAMPLE_TEXT in text[skills:].replace("Sample", "sample")


def test_a_source_in_json_says_that_it_is_a_sample(client: Client, sample: bool) -> None:
    for source in client.get(f"{GUIDE}.json").json()["sources"]:
        assert source.get("sample", False) is sample
        assert source["publisher"] == "Jobicy"
        assert (source["licence"] is None) is sample
        assert (source["licence_url"] is None) is sample


def is_text(row: dict[str, str]) -> bool:
    return bool(row["value"]) and row["field"].startswith(("duties[", "sections[", "skills["))


def test_texts_of_a_sample_have_no_licence_and_a_note_in_the_csv(client: Client, sample: bool) -> None:
    texts = [row for row in read_rows(client, f"{GUIDE}.csv") if is_text(row)]
    assert {row["field"].partition("[")[0] for row in texts} == {"duties", "sections", "skills"}
    for row in texts:
        assert (SAMPLE_TEXT in row["note"]) is sample
        assert (row["licence"] == "") is sample


def test_figures_of_a_sample_keep_their_publisher(client: Client, sample: bool) -> None:
    figures = {row["field"]: row for row in read_rows(client, "/roles/baker.csv")}
    assert figures["salary.annual_average"]["publisher"] == "Zippia"
    assert SAMPLE_TEXT not in figures["salary.annual_average"]["note"]
    # The value is a number, but the raw text beside it is a sentence.
    assert (SAMPLE_TEXT in figures["entry.months_low"]["note"]) is sample


def test_the_feed_and_the_page_about_the_data_say_it_too(client: Client, sample: bool) -> None:
    for address in ("/feed.xml", "/about/"):
        assert (SAMPLE_TEXT.casefold() in client.get(address).content.decode().casefold()) is sample
    # O*NET asks for its licence to be named whatever is stored.
    assert read_text(client, "/about/").count("CC BY 4.0") == (1 if sample else 2)


def test_metadata_holds_no_text_of_a_page(client: Client, sample: bool) -> None:
    head = client.get(f"{GUIDE}/").content.decode().partition("</head>")[0]
    for words in ("Go on.", "Indoors.", "does what is needed"):
        assert words not in head


def test_attribution_is_asked_only_for_words_of_the_publisher(client: Client, sample: bool) -> None:
    Publisher.objects.update(attribution="Text with kind permission.")
    for address in (f"{GUIDE}/", f"{PAIR}/", "/about/", "/roles/?publisher=jobicy"):
        assert ("kind permission" in read_text(client, address)) is not sample, address
