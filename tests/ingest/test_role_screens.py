"""The screens of roles and publishers in the admin, and the board that shows which facts are missing."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.models import Citation, Outlook, Profile, Publisher, Role
from ingest.admin.coverage import ORDERS, SHOWN_GROUPS, STATES, count_states, list_keys, read_coverage
from ingest.admin.page_review import PageReview, review_context
from ingest.batches import uploads
from ingest.models import Batch, Page
from tests.ingest.admin_steps import CLEAR, finish_batch, read_text, show_batch
from tests.ingest.batch_steps import finish_work, load_all
from tests.ingest.projection_tables import make_wage_table

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def fixtures(module_transaction: None) -> None:
    call_command("load_pages", CLEAR.parent, verbosity=0)


def test_a_merge_is_done_recorded_and_undone(ann: Client) -> None:
    gone, into = Role.objects.get(slug="lead-technician"), Role.objects.get(slug="professional-technician")
    answer = ann.post(
        reverse("admin:careers_role_merge", args=[gone.pk]), {"into": "professional technician"}, follow=True
    )

    assert "ann merged Lead Technician into Professional Technician" in read_text(answer)
    assert not Role.objects.filter(slug="lead-technician").exists()
    event = into.events.first()
    assert event
    ann.post(reverse("admin:ingest_event_undo", args=[event.pk]))
    assert Role.objects.filter(slug="lead-technician").exists()


def test_a_role_that_is_none_cannot_be_merged_into(ann: Client) -> None:
    role = Role.objects.get(slug="lead-technician")
    answer = ann.post(reverse("admin:careers_role_merge", args=[role.pk]), {"into": "nobody"})

    assert "No role is called “nobody”" in read_text(answer)


def test_an_alias_is_removed_on_the_screen_of_its_role(ann: Client) -> None:
    role = Role.objects.get(slug="lead-technician")
    alias = role.aliases.create(title="Chief Technician", slug="chief-technician")
    address = reverse("admin:careers_role_remove_alias", args=[role.pk, alias.pk])

    assert address in read_text(ann.get(reverse("admin:careers_role_change", args=[role.pk])))
    assert "Pages of this role that use it: 0" in read_text(ann.get(address))
    ann.post(address)

    assert not role.aliases.exists()


def test_a_role_is_renamed_and_the_renaming_undone(ann: Client) -> None:
    role = Role.objects.get(slug="lead-technician")
    ann.post(reverse("admin:careers_role_rename", args=[role.pk]), {"title": "Chief Technician"})
    role.refresh_from_db()
    assert role.title == "Chief Technician"
    event = role.events.first()
    assert event

    ann.post(reverse("admin:ingest_event_undo", args=[event.pk]))

    role.refresh_from_db()
    assert role.title == "Lead Technician"


def test_a_publisher_is_taken_down_for_a_reason_and_put_back(ann: Client) -> None:
    key = Publisher.objects.get(slug="zippia").pk
    take_down = reverse("admin:careers_publisher_take_down", args=[key])
    is_down = Publisher.objects.filter(pk=key, taken_down_at__isnull=False).exists
    ann.post(take_down, {"reason": ""})
    assert not is_down()
    ann.post(take_down, {"reason": "They asked."})
    assert is_down()
    assert "They asked." in read_text(ann.get(reverse("admin:careers_publisher_change", args=[key])))

    ann.post(reverse("admin:careers_publisher_put_back", args=[key]))

    assert not is_down()


def test_the_record_of_a_role_names_its_pages(ann: Client) -> None:
    role = Role.objects.get(slug="software-support-technician")
    shown = read_text(ann.get(reverse("admin:careers_role_change", args=[role.pk])))

    assert shown.count("vs-software-support-technician.txt") >= 3
    assert "2 other pages agree" in shown


def test_the_record_of_an_occupation_does_not_call_figures_of_another_month_a_difference(ann: Client) -> None:
    batch = uploads.open_batch(None, {})
    uploads.add_file(batch, "national_M2025_dl.csv", io.BytesIO(make_wage_table()))
    uploads.add_file(batch, "national_M2024_dl.csv", io.BytesIO(make_wage_table().replace(b",100", b",90")))
    load_all(finish_work(batch))
    shown = read_text(ann.get(reverse("admin:careers_role_change", args=[Role.objects.get(soc_code="29-1141").pk])))

    assert "figures of May 2024" in shown
    assert "(shown:" not in shown


def test_the_board_reads_all_facts_of_the_roles_that_it_shows_alone(ann: Client) -> None:
    """PostgreSQL takes a second to plan a query that joins fifty tables and sorts all roles."""
    for order in ORDERS:
        with CaptureQueriesContext(connection) as statements:
            assert ann.get(reverse("admin:careers_role_coverage"), {"order": order}).status_code == 200
        wide = [query["sql"] for query in statements if query["sql"].count(" JOIN ") > 20]
        assert len(wide) == 1, order
        assert '"careers_role"."id" IN (' in wide[0]


def test_the_board_has_the_roles_with_the_oldest_pages_first() -> None:
    for days, page in enumerate(Citation.objects.order_by("-pk")):
        page.captured_on = date(2024, 1, 1) + timedelta(days) if days else None
        page.save()
    newest = [entry.newest or date.min for entry in read_coverage(list_keys("", "", "oldest"))]
    assert len(set(newest)) > 2
    assert newest == sorted(newest)


def test_the_board_has_the_roles_with_the_fewest_facts_first() -> None:
    by_role = read_coverage(list_keys("", "", "emptiest"))
    counts = [sum(cell.filled is not None for cell in entry.cells) for entry in by_role]
    assert len(set(counts)) > 1
    assert counts == sorted(counts)


def test_the_board_tells_unclear_values_from_contradicted_ones() -> None:
    first, second = Role.objects.filter(outlook__isnull=False)[:2]
    Outlook.objects.filter(role=first).update(evidence={"job_count": {"how": "unread"}})
    Outlook.objects.filter(role=second).update(evidence={"job_count": {"how": "cell", "differs": []}})
    assert {first.pk, second.pk} & set(list_keys("outlook", "unclear")) == {first.pk}
    assert {first.pk, second.pk} & set(list_keys("outlook", "differs")) == {second.pk}


def test_the_board_shows_the_roles_of_one_publisher() -> None:
    publisher = Publisher.objects.create(name="Northwind", slug="northwind")
    page = Outlook.objects.filter(role__outlook__pk=F("pk"))[0].citation
    Citation.objects.filter(pk=page.pk).update(publisher=publisher)
    of_page = Outlook.objects.filter(citation=page, role__outlook__pk=F("pk")).values_list("role", flat=True)
    assert set(list_keys("", "", publisher=publisher.pk)) == set(of_page)


def test_the_board_counts_the_roles_that_its_filters_show() -> None:
    counts = {row.group: row.counts for row in count_states()}
    assert counts["outlook"]["filled"]
    assert counts["outlook"]["missing"]
    assert counts["duties"]["unclear"] is None
    for group in ("salary", "outlook", "demographics", "duties"):
        for state, number in counts[group].items():
            if number is not None:
                assert number == len(list_keys(group, state)), (group, state)


@pytest.mark.parametrize("state", STATES)
def test_the_board_asks_each_group_by_itself_for_roles_of_which_any_group_is_in_a_state(state: str) -> None:
    """PostgreSQL ends a statement that reads the evidence of all groups of many roles."""
    first, second = Role.objects.filter(outlook__isnull=False, profile__isnull=False)[:2]
    Outlook.objects.filter(role=first).update(evidence={"job_count": {"how": "unread"}})
    Profile.objects.filter(role=second).update(evidence={"summary": {"differs": "x"}})
    of_groups = {group: set(list_keys(group, state)) for group in SHOWN_GROUPS}
    with CaptureQueriesContext(connection) as statements:
        listed = list_keys("", state)

    assert listed
    assert set(listed) == set().union(*of_groups.values())
    assert len(listed) == len(set(listed))
    assert len(statements) <= 1 + len(SHOWN_GROUPS)
    assert max(query["sql"].count(" JOIN ") for query in statements) == 1


def test_the_board_can_be_narrowed_to_what_is_missing(ann: Client) -> None:
    board = reverse("admin:careers_role_coverage")
    everything = read_text(ann.get(board))
    without_duties = read_text(ann.get(board, {"group": "duties", "state": "none"}))

    not_published = read_text(ann.get(board, {"group": "outlook", "state": "missing"}))

    assert "Lead Technician</a>" in not_published
    assert "Software Technician</a>" not in not_published
    assert "Customer Support Technician" in everything
    assert "Customer Support Technician</a>" not in without_duties
    assert "Lead Technician</a>" in without_duties
    for query in ({"state": "unclear"}, {"state": "differs"}, {"publisher": "1"}):
        assert ann.get(board, query).status_code == 200
    for nonsense in ({"p": "x"}, {"publisher": "9" * 30}, {"q": "\x00"}, {"group": "x", "state": "y", "order": "z"}):
        assert ann.get(board, nonsense).status_code == 200


def test_stored_pages_are_read_again_by_an_action_of_the_list(ann: Client) -> None:
    pages = [str(pk) for pk in Page.objects.values_list("pk", flat=True)]
    answer = ann.post(
        reverse("admin:ingest_page_changelist"), {"action": "reread_pages", "_selected_action": pages}, follow=True
    )
    batch = finish_batch(ann, Batch.objects.get())

    assert answer.status_code == 200
    assert batch.kind == Batch.Kind.REREAD
    assert "same" in show_batch(ann, batch)


class CountedLine(int):
    """The number of a line that counts how often it is compared with another."""

    comparisons = 0

    def __eq__(self, other: object) -> bool:
        CountedLine.comparisons += 1
        return int.__eq__(self, other)

    __hash__ = int.__hash__


def test_lines_with_the_same_warning_are_not_compared_with_each_other() -> None:
    code, message = "duplicate-skill", "“Java” is listed twice."
    warnings = [{"line": CountedLine(line), "message": message, "code": code} for line in range(1, 501)]
    review = PageReview(warnings=[*warnings, warnings[0]], ambiguous=[], unread=[])
    [shown] = review_context("page.txt", b"Java\n" * 500, review)["warnings"]
    assert list(shown["lines"]) == list(range(1, 501))
    assert CountedLine.comparisons < 10 * len(warnings)
