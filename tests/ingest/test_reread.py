"""Stored pages are read again after the readers have improved."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from careers.models import Citation, Publisher, SalaryStats
from ingest.batches import previews, worker
from ingest.batches.uploads import open_reread_batch
from ingest.loading.propagation import propagate
from ingest.management.terminal import describe_outdated_pages
from ingest.models import Batch, Event, KnownName, Page
from tests.ingest.batch_steps import finish_work
from tests.ingest.small_pages import (
    DAY,
    find_evidence,
    find_role,
    load_content,
    read_state,
    read_stored_page,
    run_together,
    undo_page,
    write_guide,
    write_pipe,
)

pytestmark = pytest.mark.django_db


def misread_baker() -> None:
    """As if an earlier reader had read less of a page, and one figure of it wrongly."""
    load_content(
        write_pipe("Baker", "Miller", {"Yearly salary": ("$31,200", "$41,600"), "Hourly rate": ("$15.00", "$20.00")})
    )
    SalaryStats.objects.filter(role__title="Baker").update(annual_average=99_999, hourly_average=None)


def run_command(*arguments: str) -> str:
    out = StringIO()
    call_command("reread_pages", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_pages_that_read_as_before_do_not_differ() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(run_together("Baker", "Cook", {"Best paying company": "IBMPayPal"}))
    before = read_state()

    assert run_command("--apply") == "0 differ, 2 do not, 0 can no longer be read.\n"
    assert read_state() == before
    assert not Event.objects.filter(what="reread").exists()


def test_a_difference_is_shown_and_not_stored_until_applied() -> None:
    misread_baker()

    output = run_command("--verbosity", "2")
    assert "baker salary.annual_average: 99999 -> 31200" in output
    assert "baker salary.hourly_average: not there -> 15.00" in output
    assert "--apply" in output
    assert find_role("Baker").salary.annual_average == 99_999

    run_command("--apply")
    assert find_role("Baker").salary.annual_average == 31200
    assert Event.objects.get(what="reread").details == {"changes": 2}


def test_a_page_that_can_no_longer_be_read_stays_as_it_was() -> None:
    outcome = load_content(write_pipe("Baker", "Miller"))
    Page.objects.update(content=b"A letter to my aunt.")

    assert "1 can no longer be read" in run_command("--apply")
    assert find_role("Baker").salary.annual_average == 31200
    assert read_stored_page(outcome).citation is not None


def test_pages_that_were_undone_are_not_read() -> None:
    outcome = load_content(write_pipe("Baker", "Miller"))
    worker.undo_page(read_stored_page(outcome), None)

    assert run_command("--apply") == "0 differ, 0 do not, 0 can no longer be read.\n"


def test_only_pages_of_one_layout_when_asked() -> None:
    misread_baker()
    load_content(run_together("Baker", "Cook"))

    assert run_command("--layout", "run-together") == "0 differ, 1 do not, 0 can no longer be read.\n"


def test_in_the_admin_it_is_a_batch_that_is_previewed_and_applied() -> None:
    misread_baker()
    load_content(write_pipe("Cook", "Waiter"))
    batch = finish_work(open_reread_batch(None, Page.objects.all()))
    assert [(draft.status, draft.change_count) for draft in batch.drafts.all()] == [("changed", 2), ("same", 0)]
    assert [draft.name for draft in batch.drafts.all()] == list(
        Page.objects.order_by("pk").values_list("name", flat=True)
    )
    assert find_role("Baker").salary.annual_average == 99_999
    result, average = previews.preview_draft(
        batch.drafts.earliest("pk"), lambda page, _: find_role("Baker").salary.annual_average
    )
    assert (len(result.changes), average) == (2, 31200)

    assert worker.start_loading(batch, "all", None) == 2
    finish_work(batch)

    assert batch.stage == Batch.Stage.DONE
    assert list(batch.drafts.values_list("outcome", flat=True)) == ["loaded", "unchanged"]
    assert find_role("Baker").salary.annual_average == 31200
    assert Page.objects.filter(citation=None).count() == 0
    assert worker.start_undoing(batch, None) == 0


def test_names_that_a_better_reader_learns_answer_other_pages() -> None:
    asking = run_together("Baker", "Cook", {"Best paying company": "IBMPayPal"})
    load_content(asking)
    load_content(write_pipe("Waiter", "Miller", {"Best paying company": ("IBM", "PayPal")}))
    assert find_evidence("Cook", "salary", "top_company")["how"] == "known-name"
    KnownName.objects.all().delete()
    Page.objects.filter(digest=Page.compute_digest(asking)).update(needs_reread=True)
    propagate()
    assert find_role("Cook").salary.top_company is None

    run_command("--apply")

    assert find_role("Cook").salary.top_company == "PayPal"


def test_what_a_better_reader_reads_of_the_page_itself_is_cited() -> None:
    outcome = load_content(write_guide("Baker", slug="baker"))
    Citation.objects.update(
        url="", captured_on=None, publisher=Publisher.objects.create(name="Unknown", slug="unknown")
    )

    run_command("--apply")

    citation = read_stored_page(outcome).citation
    assert citation is not None
    assert (citation.publisher.name, citation.url) == ("Jobicy", "https://jobicy.com/careers/baker")
    assert citation.captured_on == DAY


def test_pages_that_an_earlier_version_read_are_counted_until_they_are_read_again() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_guide("Cook"))
    assert describe_outdated_pages() == ""
    Page.objects.update(reader_version=0)
    assert describe_outdated_pages().startswith("2 stored pages were read by an earlier version")

    run_command()
    assert "manage.py reread_pages --apply" in describe_outdated_pages()
    run_command("--apply")
    assert describe_outdated_pages() == ""


def test_a_page_that_can_no_longer_be_read_is_not_named_again_and_again() -> None:
    load_content(write_pipe("Baker", "Miller"))
    Page.objects.update(content=b"A letter to my aunt.", reader_version=0)
    run_command("--apply")
    assert describe_outdated_pages() == ""


def test_undone_pages_are_not_to_be_read_again() -> None:
    undo_page(read_stored_page(load_content(write_pipe("Baker", "Miller"))))
    Page.objects.update(reader_version=0)
    assert describe_outdated_pages() == ""


def test_the_first_page_of_the_admin_says_that_pages_are_to_be_read_again(client: Client) -> None:
    client.force_login(User.objects.create_superuser("ann"))
    load_content(write_pipe("Baker", "Miller"))
    assert "earlier version" not in client.get("/admin/").content.decode()
    Page.objects.update(reader_version=0)
    assert "1 stored page was read by an earlier version" in client.get("/admin/").content.decode()


def test_one_button_of_the_admin_previews_all_pages_that_an_earlier_version_read(client: Client) -> None:
    client.force_login(User.objects.create_superuser("ann"))
    older = read_stored_page(load_content(write_pipe("Baker", "Miller")))
    load_content(write_guide("Roofer"))
    Page.objects.filter(pk=older.pk).update(reader_version=0)
    assert 'action="/admin/ingest/page/reread/"' in client.get("/admin/").content.decode()
    answer = client.post("/admin/ingest/page/reread/")
    batch = Batch.objects.get()
    assert answer["Location"] == f"/admin/ingest/batch/{batch.pk}/change/"
    assert batch.kind == Batch.Kind.REREAD
    assert [draft.page_id for draft in batch.drafts.all()] == [older.pk]
