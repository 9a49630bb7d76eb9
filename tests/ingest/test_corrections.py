"""How one value of a loaded page was read is corrected by a person, and the correction undone."""

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from careers.models import Duty, Role, RoleSkill, Section, Skill
from careers.vocabulary import STORED_IN
from ingest.admin.unclear_values import list_unclear_values
from ingest.admin.wording import format_value
from ingest.batches.decisions import choose_stored_value, undo_choice
from ingest.loading.fit import TABLES
from ingest.loading.load import reread_pages
from ingest.models import Event, Mention, Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.choices import read_chosen_values
from tests.ingest.admin_steps import read_text
from tests.ingest.small_pages import (
    find_evidence,
    find_role,
    load_content,
    read_state,
    read_stored_page,
    write_guide,
    write_pipe,
)
from tests.ingest.wage_tables import SMALL

FULL = {
    "Yearly salary": ("$31,200", "$41,600"),
    "Most common degree": ("Bachelor's Degree, 59%", "Associate Degree, 31%"),
    "Gender ratio": ("Male, 72.1% Female, 27.9%", "Male, 52.0% Female, 48.0%"),
}


def store_full_page() -> Page:
    return read_stored_page(load_content(write_pipe("Baker", "Miller", FULL)))


def correct_address(field: str, title: str = "Baker") -> str:
    mention = Mention.objects.filter(title=title).order_by("pk")[0]
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
            values = read_chosen_values(field, format_value(field, value))
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
    page = store_full_page()
    group, name = STORED_IN[field]
    raw = find_evidence("Baker", group, name)["raw"]

    screen = read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))
    assert correct_address(field) in unescape(screen)
    assert raw.replace("'", "&#x27;") in read_text(ann.get(correct_address(field)))
    ann.post(correct_address(field), {"text": text})
    reread_pages([page])

    assert getattr(getattr(find_role("Baker"), group), name) == value
    entry = find_evidence("Baker", group, name)
    assert (entry["how"], entry["raw"], "on" in entry) == ("chosen", raw, True)
    assert "chosen by ann on" in read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))


def test_an_empty_field_means_that_the_page_does_not_publish_the_value(ann: Client) -> None:
    store_full_page()

    ann.post(correct_address("salary.annual_average"), {"text": ""})

    assert find_role("Baker").salary is None or find_role("Baker").salary.annual_average is None
    assert find_role("Miller").salary.annual_average == 41600


def test_a_text_that_cannot_be_the_value_is_refused_with_an_example(ann: Client) -> None:
    store_full_page()

    answer = read_text(ann.post(correct_address("salary.annual_average"), {"text": "a lot"}))

    assert "not an amount like $90,615" in answer
    assert find_role("Baker").salary.annual_average == 31200


SEEN = "Readers see the value that you enter, as chosen"
UNSEEN = "Readers see another page here now: Zippia"


def test_a_correction_of_a_page_that_readers_do_not_see_says_so(ann: Client) -> None:
    content = write_pipe("Baker", "Miller", FULL)
    load_content(content, captured_on=date(2024, 1, 1))
    address = correct_address("salary.annual_average")
    assert SEEN in read_text(ann.get(address))

    load_content(content.replace(b"$31,200", b"$33,300"), captured_on=date(2025, 1, 1))
    shown = read_text(ann.get(address))
    assert UNSEEN in shown
    citation = find_role("Baker").salary.citation
    assert f"Zippia: a page loaded on {citation.loaded_at:%Y-%m-%d}" in shown
    assert citation.digest[:6] not in shown
    assert SEEN not in shown


def test_a_correction_of_a_list_that_readers_do_not_see_says_so(ann: Client) -> None:
    load_content(LISTS.encode(), captured_on=date(2024, 1, 1))
    address = correct_address(f"duties@{FIRST_DUTY}.1")
    assert SEEN in read_text(ann.get(address))

    load_content(LISTS.replace("Knead", "Roll").encode(), captured_on=date(2025, 1, 1))
    assert UNSEEN in read_text(ann.get(address))


def test_a_correction_is_undone_from_the_screen_of_the_page(ann: Client) -> None:
    page = store_full_page()
    before = read_state()
    ann.post(correct_address("salary.annual_average"), {"text": "$32,100"})
    event = Event.objects.get(what=Event.What.CHOOSE)
    assert [str(done.by) for done in page.events.filter(what__in=("choose", "reread"))] == ["ann", "ann"]
    undo = reverse("admin:ingest_event_undo", args=[event.pk])
    assert undo in read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))

    answer = ann.post(undo)

    assert answer.headers["Location"] == reverse("admin:ingest_page_change", args=[page.pk])
    assert read_state() == before
    assert Page.objects.get().choices == {}


@pytest.mark.django_db
def test_undoing_a_second_correction_restores_the_first() -> None:
    page = store_full_page()
    choose_stored_value(page, "baker", "salary.annual_average", "$32,100", None)
    first = Event.objects.get(what=Event.What.CHOOSE)
    choose_stored_value(page, "baker", "salary.annual_average", "$33,000", None)
    second = Event.objects.exclude(pk=first.pk).get(what=Event.What.CHOOSE)

    with pytest.raises(UnreadableError, match="Another choice was made since"):
        undo_choice(first, None)
    undo_choice(second, None)

    assert find_role("Baker").salary.annual_average == 32100


def test_a_value_of_an_official_occupation_is_corrected(ann: Client) -> None:
    load_content(SMALL, name="national_M2025_dl.csv")
    mention = Mention.objects.order_by("pk")[0]

    ann.post(correct_address("outlook.job_count", mention.title), {"text": "8,100", "line": "4"})

    outlook = Role.objects.get(pk=mention.role_id).outlook
    assert outlook
    assert (outlook.job_count, outlook.evidence["job_count"]["column"]) == (8100, "TOT_EMP")


@pytest.mark.django_db
def test_only_people_who_may_load_see_and_use_it(client: Client) -> None:
    page = store_full_page()
    client.force_login(User.objects.create_user("bob", is_staff=True))

    assert client.get(correct_address("salary.annual_average")).status_code == 403
    assert page.choices == {}


def test_a_value_that_does_not_exist_is_no_page(ann: Client) -> None:
    store_full_page()
    assert ann.get(correct_address("salary.nothing")).status_code == 404


def test_the_value_that_a_page_gives_most_often_is_offered_first() -> None:
    ambiguous = {
        "field": "salary.top_company",
        "role": "Baker",
        "raw": "eBay, eBay, IBM",
        "line": 3,
        "candidates": ["eBay", "IBM"],
    }

    [value] = list_unclear_values([ambiguous])

    assert [texts for _, texts in value.splits] == [[("Baker", "eBay")], [("Baker", "IBM")]]


# -- entries of lists -------------------------------------------------------------------------

LISTS = (
    "Explore jobs\n| Baker | Miller | |\n| Yearly salary | $31,200 | $41,600 |\n"
    "The top three skills for a baker include kneading, shaping and scoring. "
    "The most important skills for a miller are grinding, sieving, and weighing.\n"
    "Baker example responsibilities.\n• Knead the dough.\n• Heat the oven.\n• Clean the oven.\n"
    "Browse production jobs\n"
)
SKILLS_LINE, FIRST_DUTY = 4, 6


def list_names(group: str) -> list[str]:
    """The entries of a list of the baker."""
    name = {"skills": "name", "duties": "text", "sections": "heading"}[group]
    citation = Mention.objects.get(title="Baker").page.citation
    rows = TABLES[group]._default_manager.filter(role=find_role("Baker"), citation=citation)
    return [getattr(row, name) for row in rows]


def test_one_entry_of_a_list_is_corrected_and_stays_when_the_page_is_read_again(ann: Client) -> None:
    page = read_stored_page(load_content(LISTS.encode()))
    address = correct_address(f"duties@{FIRST_DUTY}.1")
    assert address in unescape(read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk]))))
    assert "Knead the dough." in read_text(ann.get(address))

    ann.post(address, {"text": "Knead and shape the dough."})
    reread_pages([page])

    assert list_names("duties") == ["Knead and shape the dough.", "Heat the oven.", "Clean the oven."]
    first = Duty.objects.get(position=1).evidence["text"]
    assert (first["how"], first["line"], first["raw"], "on" in first) == (
        "chosen",
        FIRST_DUTY,
        "Knead the dough.",
        True,
    )
    screen = read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))
    assert "chosen by ann on" in screen
    assert f"Duties, line {FIRST_DUTY} of Baker: Knead and shape the dough." in screen


def test_entries_of_one_line_are_told_apart_after_one_of_them_was_removed(ann: Client) -> None:
    page = read_stored_page(load_content(LISTS.encode()))
    assert list_names("skills") == ["kneading", "shaping", "scoring"]

    ann.post(correct_address(f"skills@{SKILLS_LINE}.1"), {"text": ""})
    ann.post(correct_address(f"skills@{SKILLS_LINE}.3"), {"text": "Scoring bread, 12%"})

    assert list_names("skills") == ["shaping", "Scoring bread"]
    assert not Skill.objects.filter(name="kneading").exists()
    assert [skill.rank for skill in RoleSkill.objects.filter(role=find_role("Baker"))] == [1, 2]
    screen = unescape(read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk]))))
    assert correct_address(f"skills@{SKILLS_LINE}.2") in screen
    assert correct_address(f"skills@{SKILLS_LINE}.1") not in screen


def test_an_entry_that_was_removed_can_be_entered_again_and_the_removal_undone(ann: Client) -> None:
    page = read_stored_page(load_content(LISTS.encode()))
    before = read_state()
    address = correct_address(f"duties@{FIRST_DUTY}.1")
    ann.post(address, {"text": ""})
    assert list_names("duties") == ["Heat the oven.", "Clean the oven."]
    assert ann.get(address).status_code == 200

    ann.post(reverse("admin:ingest_event_undo", args=[Event.objects.get(what=Event.What.CHOOSE).pk]))

    assert read_state() == before
    page.refresh_from_db()
    assert page.choices == {}


def test_the_section_of_a_guide_is_corrected_with_its_heading_paragraphs_and_lists(ann: Client) -> None:
    load_content(write_guide("Baker", skills=("Kneading",)))
    address = correct_address("sections@8.1")
    assert "Work Setting\nIndoors." in read_text(ann.get(address))

    ann.post(address, {"text": "Work Setting\nIndoors, near the oven.\n- Mornings\n- Nights"})

    section = Section.objects.get(heading="Work Setting")
    assert section.blocks == [
        {"type": "paragraph", "text": "Indoors, near the oven."},
        {"type": "list", "items": ["Mornings", "Nights"]},
    ]


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (f"skills@{SKILLS_LINE}.1", "Kneading, 120%", "has a share above 100%"),
        (f"skills@{SKILLS_LINE}.1", "k" * 300, "is too long"),
    ],
)
def test_a_text_that_cannot_be_an_entry_is_refused(ann: Client, field: str, text: str, message: str) -> None:
    load_content(LISTS.encode())
    assert message in read_text(ann.post(correct_address(field), {"text": text}))
    assert list_names("skills") == ["kneading", "shaping", "scoring"]


@pytest.mark.parametrize("field", ["duties@6.9", "duties@99.1", "duties@0.1", "titles@6.1", "duties@x", "duties@6"])
def test_an_entry_that_does_not_exist_is_no_page(ann: Client, field: str) -> None:
    load_content(LISTS.encode())
    assert ann.get(correct_address(field)).status_code == 404


# -- values that nothing was read for ---------------------------------------------------------


def test_a_value_for_which_nothing_was_read_is_entered_with_its_line(ann: Client) -> None:
    page = read_stored_page(load_content(LISTS.encode()))
    screen = read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))
    assert '<option value="outlook.job_count">' in screen
    address = correct_address("outlook.job_count")
    assert "Heat the oven." in read_text(ann.get(address))

    assert "This field is required" in read_text(ann.post(address, {"text": "12,000"}))
    ann.post(address, {"text": "12,000", "line": "7"})
    reread_pages([page])

    assert find_role("Baker").outlook.job_count == 12_000
    entry = find_evidence("Baker", "outlook", "job_count")
    assert (entry["how"], entry["line"], entry["raw"]) == ("chosen", 7, "• Heat the oven.")
    assert find_role("Miller").outlook is None


def test_a_line_that_the_page_does_not_have_is_refused_with_those_that_it_has(ann: Client) -> None:
    load_content(LISTS.encode())
    answer = read_text(ann.post(correct_address("outlook.job_count"), {"text": "12,000", "line": "400"}))
    assert "The page has no text on line 400. Its lines are numbered from 1 to 9." in answer
    assert find_role("Baker").outlook is None


def test_a_value_that_was_entered_keeps_its_line_when_it_is_corrected_and_is_gone_when_undone(ann: Client) -> None:
    load_content(LISTS.encode())
    before = read_state()
    address = correct_address("outlook.job_count")
    ann.post(address, {"text": "12,000", "line": "7"})
    ann.post(address, {"text": "13,000"})
    entry = find_evidence("Baker", "outlook", "job_count")
    assert (find_role("Baker").outlook.job_count, entry["line"]) == (13_000, 7)

    for event in Event.objects.filter(what=Event.What.CHOOSE).order_by("-pk"):
        ann.post(reverse("admin:ingest_event_undo", args=[event.pk]))

    assert read_state() == before


def test_a_value_that_a_cut_copy_does_not_hold_can_be_entered(ann: Client) -> None:
    load_content(write_pipe("Baker", "Miller", FULL) + b"\n| Average ag")
    ann.post(correct_address("salary.top_city"), {"text": "Paris, TX", "line": "2"})
    assert find_role("Baker").salary.top_city == "Paris, TX"
    assert "missing" not in find_evidence("Baker", "salary", "top_city")
