"""How one value of a loaded page was read is corrected by a person, and the correction undone."""

from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from careers.models import Role
from careers.vocabulary import STORED_IN
from ingest.admin.page_review import unclear_values
from ingest.admin.wording import format_value
from ingest.batches.decisions import choose_stored_value, undo_choice
from ingest.loading.fit import TABLES
from ingest.loading.load import reread_pages
from ingest.models import Event, Mention, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.choices import values_of
from tests.ingest.small_pages import evidence, loaded, pipe, role, state, stored_page
from tests.ingest.test_admin_loading import text_of
from tests.ingest.test_official_tables import SMALL

FULL = {
    "Yearly salary": ("$31,200", "$41,600"),
    "Most common degree": ("Bachelor's Degree, 59%", "Associate Degree, 31%"),
    "Gender ratio": ("Male, 72.1% Female, 27.9%", "Male, 52.0% Female, 48.0%"),
}


@pytest.fixture
def ann(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ann"))
    return client


def stored_full_page() -> Page:
    return stored_page(loaded(pipe("Baker", "Miller", FULL)))


def correct_address(field: str, title: str = "Baker") -> str:
    mention = Mention.objects.get(title=title)
    address = reverse("admin:ingest_page_correct", args=[mention.page_id])
    return f"{address}?role={quote(mention.key)}&field={field}"


@pytest.mark.parametrize("field", STORED_IN)
def test_every_value_can_be_entered_as_the_screen_shows_it(field: str) -> None:
    """A screen shows the stored value in its form, and sending it back must mean the same value."""
    group, name = STORED_IN[field]
    is_text = isinstance(TABLES[group]._meta.get_field(name), models.CharField | models.TextField)
    numbers: list[Any] = [12, Decimal("12.50"), Decimal("4.25"), 2024]
    for value in ["Paris"] if is_text else numbers:
        try:
            values = values_of(field, format_value(field, value))
        except UnreadableError:
            continue
        assert values == {field: value}
        return
    raise AssertionError(f"No value can be entered for {field}.")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("salary.annual_average", "$32,100", 32100),
        ("education.degree_percent", "60%", 60),
        ("demographics.female_percent", "28%", 28),
        ("education.degree", "High School Diploma", "High School Diploma"),
    ],
)
def test_any_value_of_a_loaded_page_is_corrected_and_stays_when_the_page_is_read_again(
    ann: Client, field: str, text: str, value: Any
) -> None:
    page = stored_full_page()
    group, name = STORED_IN[field]
    raw = evidence("Baker", group, name)["raw"]

    screen = text_of(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))
    assert correct_address(field) in unescape(screen)
    assert raw.replace("'", "&#x27;") in text_of(ann.get(correct_address(field)))
    ann.post(correct_address(field), {"text": text})
    reread_pages([page])

    assert getattr(getattr(role("Baker"), group), name) == value
    entry = evidence("Baker", group, name)
    assert (entry["how"], entry["raw"], "on" in entry) == ("chosen", raw, True)
    assert "chosen by ann on" in text_of(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))


def test_an_empty_field_means_that_the_page_does_not_publish_the_value(ann: Client) -> None:
    stored_full_page()

    ann.post(correct_address("salary.annual_average"), {"text": ""})

    assert role("Baker").salary is None or role("Baker").salary.annual_average is None
    assert role("Miller").salary.annual_average == 41600


def test_a_text_that_cannot_be_the_value_is_refused_with_an_example(ann: Client) -> None:
    stored_full_page()

    answer = text_of(ann.post(correct_address("salary.annual_average"), {"text": "a lot"}))

    assert "not an amount like $90,615" in answer
    assert role("Baker").salary.annual_average == 31200


def test_a_correction_is_undone_from_the_screen_of_the_page(ann: Client) -> None:
    page = stored_full_page()
    before = state()
    ann.post(correct_address("salary.annual_average"), {"text": "$32,100"})
    event = Event.objects.get(what=Event.What.CHOOSE)
    undo = reverse("admin:ingest_event_undo", args=[event.pk])
    assert undo in text_of(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))

    answer = ann.post(undo)

    assert answer.headers["Location"] == reverse("admin:ingest_page_change", args=[page.pk])
    assert state() == before
    assert Page.objects.get().choices == {}


@pytest.mark.django_db
def test_undoing_a_second_correction_restores_the_first() -> None:
    page = stored_full_page()
    choose_stored_value(page, "baker", "salary.annual_average", "$32,100", None)
    first = Event.objects.get(what=Event.What.CHOOSE)
    choose_stored_value(page, "baker", "salary.annual_average", "$33,000", None)
    second = Event.objects.exclude(pk=first.pk).get(what=Event.What.CHOOSE)

    with pytest.raises(UnreadableError, match="Another choice was made since"):
        undo_choice(first, None)
    undo_choice(second, None)

    assert role("Baker").salary.annual_average == 32100


def test_a_value_of_an_official_occupation_is_corrected(ann: Client) -> None:
    loaded(SMALL, name="national_M2025_dl.csv")
    mention = Mention.objects.order_by("pk")[0]

    ann.post(correct_address("outlook.job_count", mention.title), {"text": "8,100"})

    outlook = Role.objects.with_facts().get(pk=mention.role_id).outlook
    assert outlook
    assert (outlook.job_count, outlook.evidence["job_count"]["column"]) == (8100, "TOT_EMP")


@pytest.mark.django_db
def test_only_people_who_may_load_see_and_use_it(client: Client) -> None:
    page = stored_full_page()
    client.force_login(User.objects.create_user("bob", is_staff=True))

    assert client.get(correct_address("salary.annual_average")).status_code == 403
    assert page.choices == {}


def test_a_value_that_does_not_exist_is_no_page(ann: Client) -> None:
    stored_full_page()
    assert ann.get(correct_address("salary.nothing")).status_code == 404


def test_all_values_of_a_page_are_offered(ann: Client) -> None:
    page = stored_full_page()
    screen = text_of(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))

    for field in ("salary.annual_average", "education.degree", "demographics.male_percent"):
        assert correct_address(field, "Baker") in unescape(screen)
        assert correct_address(field, "Miller") in unescape(screen)


def test_the_value_that_a_page_gives_most_often_is_offered_first() -> None:
    ambiguous = {
        "field": "salary.top_company",
        "role": "Baker",
        "raw": "eBay, eBay, IBM",
        "line": 3,
        "candidates": ["eBay", "IBM"],
    }

    [value] = unclear_values([ambiguous])

    assert [texts for _, texts in value.splits] == [[("Baker", "eBay")], [("Baker", "IBM")]]
