"""A drop of pages, from the first file to the last page: rehearsed, chosen, loaded, taken back."""

import io
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from careers.models import Revision, Role, RoleAlias
from ingest import batches
from ingest.documents.document import PAGE_LIMIT
from ingest.loading import load_page
from ingest.models import Archive, ArchivePart, Batch, Draft, Event, KnownName, Page
from ingest.parsing.cells import UnreadableError
from tests.ingest.small_pages import DAY, evidence, guide, loaded, page, pipe, role, run_together, state

pytestmark = pytest.mark.django_db

UNCLEAR = run_together("Baker", "Miller", {"Best paying company": "IBMPayPal"})


def batch_of(*contents: bytes, **entered: Any) -> Batch:
    batch = batches.open_batch(None, {"captured_on": DAY} | entered)
    for number, content in enumerate(contents):
        batches.add_file(batch, f"page-{number}.txt", io.BytesIO(content))
    return worked(batch)


def worked(batch: Batch) -> Batch:
    """The batch after as many pieces as it takes."""
    for _ in range(1_000):
        if not batches.continue_batch(batch, 0.1).working:
            return batch
    raise AssertionError("there is always more to do")


def all_loaded(batch: Batch, by: User | None = None) -> Batch:
    batches.start_loading(batch, "all", by)
    return worked(batch)


def draft(batch: Batch, name: str = "page-0.txt") -> Draft:
    return batch.drafts.get(name=name)


def zipped(**files: bytes) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


# -- rehearsing -------------------------------------------------------------------------------


def test_a_rehearsal_tells_what_loading_would_do_and_leaves_nothing() -> None:
    loaded(pipe("Baker", "Cook"))
    before = state(), Revision.objects.get().number

    batch = batch_of(
        pipe("Baker", "Miller"),
        pipe("Baker", "Cook", {"Yearly salary": ("$31,300", "$41,600"), "Hourly rate": ("$15.05", "$20.00")}),
        pipe("Baker", "Cook"),
        pipe("Baker", "Cook", prose="Said once more."),
        b"A letter to my aunt.",
    )

    assert batch.stage == Batch.Stage.PREVIEWED
    assert list(batch.drafts.values_list("status", flat=True)) == ["new", "changed", "same", "same", "refused"]
    assert "no known kind" in draft(batch, "page-4.txt").error
    assert draft(batch).layout == "pipe"
    assert [(each["title"], each["new"]) for each in draft(batch).roles] == [("Baker", False), ("Miller", True)]
    assert (state(), Revision.objects.get().number) == before


def test_what_was_rehearsed_is_what_loading_does() -> None:
    batch = batch_of(pipe("Baker", "Miller"), UNCLEAR)
    seen = {each.name: (each.change_count, each.warning_count, each.to_choose) for each in batch.drafts.all()}

    all_loaded(batch)

    first = Event.objects.get(page__name="page-0.txt")
    assert first.details["changes"] == seen["page-0.txt"][0]
    stored = Page.objects.get(name="page-1.txt")
    assert (len(stored.warnings), len(stored.ambiguous)) == seen["page-1.txt"][1:]


def test_a_look_at_a_page_sees_it_stored_and_leaves_nothing() -> None:
    batch = batch_of(pipe("Baker", "Miller"))

    changes, seen = batches.preview_draft(
        draft(batch), lambda page, changes: (page.layout, role("Baker").salary.annual_average)
    )

    assert seen == ("pipe", 31200)
    assert changes.status == "loaded"
    assert not Role.objects.exists()


def test_a_role_that_several_pages_bring_counts_once() -> None:
    batch = batch_of(pipe("Baker", "Miller"), pipe("Baker", "Cook"))

    assert batches.summarise_batch(batch).new_roles == 3
    assert batches.count_new_roles(batch) == {"baker": 2, "miller": 1, "cook": 1}


def test_a_page_can_have_another_publisher_than_its_batch() -> None:
    batch = batch_of(pipe("Baker", "Miller"), pipe("Baker", "Cook"), publisher="Careers Weekly")
    batches.enter_source(draft(batch, "page-1.txt"), {"publisher": "Someone Else"})

    all_loaded(batch)

    names = Page.objects.order_by("name").values_list("citation__publisher__name", flat=True)
    assert list(names) == ["Careers Weekly", "Someone Else"]


# -- files ------------------------------------------------------------------------------------


def test_the_same_file_sent_twice_is_one_draft() -> None:
    batch = batch_of(pipe("Baker", "Miller"), pipe("Baker", "Miller"))
    batches.add_file(batch, "page-0.txt", io.BytesIO(pipe("Baker", "Miller")))

    assert [(each.name, each.also_named) for each in batch.drafts.all()] == [("page-0.txt", ["page-1.txt"])]


def test_a_file_that_is_too_long_is_refused_with_the_reason() -> None:
    batch = batch_of(b"x" * (PAGE_LIMIT + 1))

    assert draft(batch).status == "refused"
    assert "2,000,001 bytes" in draft(batch).error
    assert bytes(draft(batch).content) == b""


def test_an_archive_is_taken_apart_and_goes() -> None:
    batch = batches.open_batch(None, {})
    files = {f"page-{number}.txt": pipe(f"Baker {number}", "Miller") for number in range(30)}
    batches.add_file(batch, "all.zip", zipped(**files, **{"notes.doc": b"x", "inner.zip": b"y", "page.json": b"{}"}))
    assert batches.measure_progress(batch).total == 33

    worked(batch)

    assert batch.drafts.filter(status="new").count() == 30
    assert draft(batch, "all.zip/page-7.txt").digest == Page.digest_of(files["page-7.txt"])
    assert "archive within an archive" in draft(batch, "all.zip/inner.zip").error
    assert "no page" in draft(batch, "all.zip/notes.doc").error
    assert not Archive.objects.exists()
    assert not ArchivePart.objects.exists()


def test_an_archive_larger_than_its_parts_is_read_across_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.batches.uploads.PART_BYTES", 100)
    batch = batches.open_batch(None, {})
    files = {f"page-{number}.txt": pipe(f"Baker {number}", f"Miller {number * 7919}") for number in range(9)}

    batches.add_file(batch, "all.zip", zipped(**files))
    assert ArchivePart.objects.count() > 10
    worked(batch)

    assert {bytes(each.content) for each in batch.drafts.all()} == set(files.values())


def test_a_broken_archive_is_refused_with_a_sentence() -> None:
    batch = batches.open_batch(None, {})
    batches.add_file(batch, "broken.zip", io.BytesIO(b"PK\x03\x04 and no more"))

    worked(batch)

    assert "broken" in draft(batch, "broken.zip").error


# -- loading ----------------------------------------------------------------------------------


def test_loading_in_pieces_stores_what_loading_one_by_one_does() -> None:
    contents = [UNCLEAR, pipe("Baker", "Miller"), guide("Baker", skills=("SQL",)), pipe("Miller", "Cook"), b"no page"]
    for number, content in enumerate(contents):
        load_page(page(content, name=f"page-{number}.txt"), commit=True)
    expected = state()
    for each in Page.objects.all():
        batches.undo_page(each, None)
    Page.objects.all().delete()

    batch = all_loaded(batch_of(*contents))

    assert batch.stage == Batch.Stage.DONE
    assert state() == expected
    assert list(batch.drafts.values_list("outcome", flat=True))[-1] == ""


def test_only_the_pages_ticked_are_loaded_and_the_rest_later() -> None:
    batch = batch_of(pipe("Baker", "Miller"), pipe("Baker", "Cook"))

    assert batches.start_loading(batch, [draft(batch).pk], None) == 1
    worked(batch)
    assert set(Role.objects.values_list("title", flat=True)) == {"Baker", "Miller"}

    assert batches.start_loading(batch, "all", None) == 1
    worked(batch)
    assert set(Role.objects.values_list("title", flat=True)) == {"Baker", "Miller", "Cook"}


def test_a_page_that_somebody_else_loaded_meanwhile_is_known_and_not_ours_to_take_back() -> None:
    batch, other = batch_of(pipe("Baker", "Miller")), batch_of(pipe("Baker", "Miller"))
    all_loaded(other)

    all_loaded(batch)

    assert draft(batch).outcome == "known"
    assert batches.start_undoing(batch, None) == 0
    assert Page.objects.get().citation is not None


def test_starting_twice_loads_once() -> None:
    batch = batch_of(pipe("Baker", "Miller"))
    batches.start_loading(batch, "all", None)
    batches.start_loading(batch, "all", None)

    worked(batch)

    assert Page.objects.count() == 1
    assert Event.objects.filter(what="load").count() == 1


def test_a_stopped_batch_does_nothing_until_it_is_resumed() -> None:
    batch = batch_of(pipe("Baker", "Miller"))
    batches.start_loading(batch, "all", None)
    batches.stop_batch(batch)

    progress = batches.continue_batch(batch)
    assert (progress.stopped, progress.working, Page.objects.count()) == (True, False, 0)

    batches.resume_batch(batch)
    worked(batch)
    assert Page.objects.count() == 1


def test_progress_counts_pages_up_to_all() -> None:
    batch = batch_of(*(pipe(f"Baker {number}", "Miller") for number in range(60)))
    batches.start_loading(batch, "all", None)
    told = []
    while (progress := batches.continue_batch(batch, 0.0)).working:
        told.append((progress.done, progress.total))

    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {60}
    assert 0 < told[0][0] < 60
    assert batch.stage == Batch.Stage.DONE


def test_who_loaded_a_batch_stands_with_each_page() -> None:
    ann = User.objects.create(username="ann")

    batch = all_loaded(batch_of(pipe("Baker", "Miller")), ann)

    event = Event.objects.get()
    assert (event.by, event.batch, event.what) == (ann, batch, "load")
    assert Page.objects.get().loaded_by == ann


def test_the_text_of_a_page_is_stored_once() -> None:
    batch = all_loaded(batch_of(pipe("Baker", "Miller")))

    assert bytes(draft(batch).content) == b""
    assert bytes(Page.objects.get().content) == pipe("Baker", "Miller")


def test_a_database_that_fails_is_told_and_going_on_finishes_the_rest() -> None:
    batch = batch_of(pipe("Baker", "Miller"), pipe("Baker", "Cook"))
    batches.start_loading(batch, "all", None)

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "ingest_event"'):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        progress = batches.continue_batch(batch)
    assert "database or disk is full" in progress.error
    assert (progress.working, Page.objects.count(), Role.objects.count()) == (True, 0, 0)

    worked(batch)
    assert Page.objects.count() == 2


# -- choosing ---------------------------------------------------------------------------------


def test_a_choice_is_kept_as_evidence_with_its_day_and_the_other_half_follows() -> None:
    ann = User.objects.create(username="ann")
    batch = batch_of(UNCLEAR)
    assert draft(batch).to_choose == 2

    batches.choose_value(draft(batch), "baker", "salary.top_company", "IBM", ann)
    assert draft(batch).to_choose == 0
    all_loaded(batch)

    assert (role("Baker").salary.top_company, role("Miller").salary.top_company) == ("IBM", "PayPal")
    told = evidence("Baker", "salary", "top_company")
    assert (told["how"], told["raw"], len(told["on"])) == ("chosen", "IBMPayPal", 10)
    assert Page.objects.get().choices["baker"]["salary.top_company"]["by"] == "ann"
    event = Event.objects.get(what="choose")
    assert (event.by, event.details["text"]) == (ann, "IBM")


def test_a_name_chosen_once_is_known_for_the_other_pages_of_the_batch() -> None:
    again = run_together("Baker", "Cook", {"Best paying company": "IBMPayPal"})
    batch = batch_of(UNCLEAR, again)
    batches.choose_value(draft(batch), "baker", "salary.top_company", "IBM", None)
    worked(batch)

    assert draft(batch, "page-1.txt").to_choose == 0
    assert not KnownName.objects.exists()
    all_loaded(batch)
    assert role("Cook").salary.top_company == "PayPal"
    assert set(KnownName.objects.values_list("name", flat=True)) >= {"IBM", "PayPal"}


def test_not_published_can_be_chosen() -> None:
    batch = batch_of(UNCLEAR)
    batches.choose_value(draft(batch), "miller", "salary.top_company", None, None)
    batches.choose_value(draft(batch), "baker", "salary.top_company", "IBMPayPal", None)

    all_loaded(batch)

    assert (role("Baker").salary.top_company, role("Miller").salary.top_company) == ("IBMPayPal", None)


def test_what_cannot_be_such_a_value_is_not_chosen() -> None:
    batch = batch_of(run_together("Baker", "Miller", {"Number of jobs": "123456"}))

    with pytest.raises(UnreadableError):
        batches.choose_value(draft(batch), "baker", "outlook.job_count", "many", None)
    with pytest.raises(UnreadableError):
        batches.choose_value(draft(batch), "baker", "outlook.job_count", "9,999,999,999", None)
    with pytest.raises(UnreadableError):
        batches.choose_value(draft(batch), "baker", "salary.top_company", "x" * 201, None)
    with pytest.raises(UnreadableError):
        batches.choose_value(draft(batch), "baker", "salary.no_such_field", "1", None)
    assert draft(batch).choices == {}


def test_a_loaded_page_takes_a_choice_at_once_and_so_do_pages_that_wait_for_the_name() -> None:
    loaded(UNCLEAR)
    loaded(run_together("Baker", "Cook", {"Best paying company": "IBMPayPal"}))
    first = Page.objects.earliest("pk")

    batches.choose_stored_value(first, "baker", "salary.top_company", "IBM", None)

    assert role("Miller").salary.top_company == "PayPal"
    assert role("Cook").salary.top_company == "PayPal"


# -- titles -----------------------------------------------------------------------------------


def test_a_title_close_to_a_stored_role_can_be_another_title_of_it() -> None:
    loaded(pipe("Sales Coordinator", "Miller"))
    batch = batch_of(pipe("Sales Co-ordinator", "Cook", {"Growth rate": ("1%", "2%")}))
    asked = draft(batch).roles[0]
    assert (asked["near"], draft(batch).to_choose) == ([{"slug": "sales-coordinator", "title": "Sales Coordinator"}], 1)

    batches.answer_same_role(batch, asked["key"], "sales-coordinator")
    worked(batch)
    assert (draft(batch).to_choose, draft(batch).roles[0]["slug"]) == (0, "sales-coordinator")
    assert not RoleAlias.objects.exists()
    all_loaded(batch)

    assert RoleAlias.objects.get().role == role("Sales Coordinator")
    assert role("Sales Coordinator").outlook.growth_percent == 1
    assert Role.objects.count() == 3


def test_a_title_close_to_a_stored_role_can_be_a_role_of_its_own() -> None:
    loaded(pipe("Sales Coordinator", "Miller"))
    batch = batch_of(pipe("Sales Co-ordinator", "Cook"))

    batches.answer_same_role(batch, "sales co-ordinator", None)
    worked(batch)
    assert draft(batch).to_choose == 0
    all_loaded(batch)

    assert not RoleAlias.objects.exists()
    assert Role.objects.count() == 4


def test_a_title_answered_once_is_answered_for_files_that_come_later() -> None:
    loaded(pipe("Sales Coordinator", "Miller"))
    batch = batch_of(pipe("Sales Co-ordinator", "Cook"))
    batches.answer_same_role(batch, "sales co-ordinator", "sales-coordinator")

    batches.add_file(batch, "more.txt", io.BytesIO(pipe("Sales Co-ordinator", "Waiter")))
    worked(batch)

    assert draft(batch, "more.txt").roles[0]["slug"] == "sales-coordinator"
    assert draft(batch, "more.txt").to_choose == 0


def test_a_summary_that_may_be_either_roles_goes_to_whom_a_person_says_and_to_nobody_else() -> None:
    summary = "The work begins early and needs patience."
    batch = batch_of(pipe("Baker", "Miller") + f"\n{summary}\n| Average salary | $31,200 | $41,600 |\n".encode())
    assert [each["field"] for each in draft(batch).ambiguous] == ["summary", "summary"]

    batches.choose_value(draft(batch), "miller", "summary", summary, None)
    all_loaded(batch)

    assert role("Miller").profile.summary == summary
    assert role("Baker").profile is None
