"""An upload of pages, from the first file to the last page: previewed, chosen, loaded, undone."""

import io
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from careers.models import Revision, Role, RoleAlias
from ingest.batches import decisions, previews, uploads, worker
from ingest.batches.progress import measure_progress, summarize_batch
from ingest.models import Archive, ArchivePart, Batch, Event, KnownName, Page
from ingest.parsing.cells import UnreadableError
from tests.ingest.batch_steps import find_draft, finish_work, load_all, make_batch
from tests.ingest.projection_tables import make_projection_rows, make_wage_table, make_workbook
from tests.ingest.small_pages import (
    DAY,
    PAY,
    enter_page,
    find_evidence,
    find_role,
    load_content,
    load_page,
    read_state,
    run_together,
    write_guide,
    write_pipe,
)

pytestmark = pytest.mark.django_db

UNCLEAR = run_together("Baker", "Miller", {"Best paying company": "IBMPayPal"})


def make_zip(**files: bytes) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


# -- previews ---------------------------------------------------------------------------------


def test_a_preview_tells_what_loading_would_do_and_stores_nothing() -> None:
    load_content(write_pipe("Baker", "Cook"))
    before = read_state(), Revision.objects.get().number

    batch = make_batch(
        write_pipe("Baker", "Miller"),
        write_pipe("Baker", "Cook", {"Yearly salary": ("$31,300", "$41,600"), "Hourly rate": ("$15.05", "$20.00")}),
        write_pipe("Baker", "Cook"),
        write_pipe("Baker", "Cook", prose="Said once more."),
        b"A letter to my aunt.",
    )

    assert batch.stage == Batch.Stage.PREVIEWED
    assert list(batch.drafts.values_list("status", flat=True)) == ["new", "changed", "same", "same", "refused"]
    assert "no known kind" in find_draft(batch, "page-4.txt").error
    assert find_draft(batch).layout == "pipe"
    assert [(role["title"], role["new"]) for role in find_draft(batch).roles] == [("Baker", False), ("Miller", True)]
    assert (read_state(), Revision.objects.get().number) == before


def test_a_preview_says_under_which_title_a_role_is_stored() -> None:
    load_content(write_pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")

    batch = make_batch(write_pipe("Bread Maker", "Cook"))

    assert [(role["title"], role["stored"]) for role in find_draft(batch).roles] == [
        ("Bread Maker", "Baker"),
        ("Cook", "Cook"),
    ]


def test_a_cut_copy_does_not_count_like_a_page_that_contradicts_itself() -> None:
    cut = write_pipe("Baker", "Miller", PAY | {"Number of jobs": ("1,000", "2,000")})[:-6]
    contradictory = write_pipe(
        "Cook", "Smith", {"Yearly salary": ("$31,200", "$41,600"), "Hourly rate": ("$99.00", "$20.00")}
    )

    batch = make_batch(cut, contradictory)

    assert list(find_draft(batch, "page-0.txt").warning_kinds) == ["cut"]
    assert list(find_draft(batch, "page-1.txt").warning_kinds) == ["contradiction"]
    summary = summarize_batch(batch)
    assert (summary.warnings, summary.warning_kinds["cut"], summary.warning_kinds["contradiction"]) == (1, 1, 1)


def test_loading_does_what_the_preview_showed() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"), UNCLEAR)
    clear, unclear = find_draft(batch, "page-0.txt"), find_draft(batch, "page-1.txt")
    assert (unclear.warning_count, unclear.to_choose) == (1, 1), "the cell of both roles counts once"

    load_all(batch)

    assert Event.objects.get(page__name="page-0.txt").details["changes"] == clear.change_count
    stored = Page.objects.get(name="page-1.txt")
    assert (stored.warnings, stored.ambiguous) == (unclear.warnings, unclear.ambiguous)


def test_a_preview_views_the_stored_page_and_rolls_it_back() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"))

    result, view = previews.preview_draft(
        find_draft(batch), lambda page, result: (page.layout, find_role("Baker").salary.annual_average)
    )

    assert view == ("pipe", 31200)
    assert result.status == "loaded"
    assert not Role.objects.exists()


def test_a_page_can_have_another_publisher_than_its_batch() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"), write_pipe("Baker", "Cook"), publisher="Careers Weekly")
    decisions.enter_source(find_draft(batch, "page-1.txt"), {"publisher": "Someone Else"})

    load_all(batch)

    names = Page.objects.order_by("name").values_list("citation__publisher__name", flat=True)
    assert list(names) == ["Careers Weekly", "Someone Else"]


# -- files ------------------------------------------------------------------------------------


def test_the_same_file_sent_twice_is_one_draft() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"), write_pipe("Baker", "Miller"))
    uploads.add_file(batch, "page-0.txt", io.BytesIO(write_pipe("Baker", "Miller")))

    assert [(draft.name, draft.also_named) for draft in batch.drafts.all()] == [("page-0.txt", ["page-1.txt"])]


def test_an_archive_is_unpacked_and_deleted() -> None:
    batch = uploads.open_batch(None, {})
    files = {f"page-{number}.txt": write_pipe(f"Baker {number}", "Miller") for number in range(30)}
    uploads.add_file(batch, "all.zip", make_zip(**files, **{"notes.doc": b"x", "inner.zip": b"y", "page.json": b"{}"}))
    assert measure_progress(batch).total == 33

    finish_work(batch)

    assert batch.drafts.filter(status="new").count() == 30
    assert find_draft(batch, "all.zip/page-7.txt").digest == Page.compute_digest(files["page-7.txt"])
    assert "archive within an archive" in find_draft(batch, "all.zip/inner.zip").error
    assert "not a page" in find_draft(batch, "all.zip/notes.doc").error
    assert not Archive.objects.exists()
    assert not ArchivePart.objects.exists()


def test_an_archive_larger_than_its_parts_is_read_across_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.batches.uploads.PART_BYTES", 100)
    batch = uploads.open_batch(None, {})
    files = {f"page-{number}.txt": write_pipe(f"Baker {number}", f"Miller {number * 7919}") for number in range(9)}

    uploads.add_file(batch, "all.zip", make_zip(**files))
    assert ArchivePart.objects.count() > 10
    finish_work(batch)

    assert {bytes(draft.content) for draft in batch.drafts.all()} == set(files.values())


# -- loading ----------------------------------------------------------------------------------


def test_loading_in_steps_stores_what_loading_one_by_one_does() -> None:
    contents = [
        UNCLEAR,
        write_pipe("Baker", "Miller"),
        write_guide("Baker", skills=("SQL",)),
        write_pipe("Miller", "Cook"),
        b"no page",
    ]
    for number, content in enumerate(contents):
        load_page(enter_page(content, name=f"page-{number}.txt"), commit=True)
    expected = read_state()
    for saved in Page.objects.all():
        worker.undo_page(saved, None)
    Page.objects.all().delete()

    batch = load_all(make_batch(*contents))

    assert batch.stage == Batch.Stage.DONE
    assert read_state() == expected
    assert list(batch.drafts.values_list("outcome", flat=True))[-1] == ""


def test_a_page_that_another_batch_loaded_is_known_and_is_not_undone() -> None:
    batch, other = make_batch(write_pipe("Baker", "Miller")), make_batch(write_pipe("Baker", "Miller"))
    load_all(other)

    load_all(batch)

    assert find_draft(batch).outcome == "known"
    assert worker.start_undoing(batch, None) == 0
    assert Page.objects.get().citation is not None


def test_starting_twice_loads_once() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"))
    worker.start_loading(batch, "all", None)
    worker.start_loading(batch, "all", None)

    finish_work(batch)

    assert Page.objects.count() == 1
    assert Event.objects.filter(what="load").count() == 1


def test_a_stopped_batch_does_nothing_until_it_is_resumed() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"))
    worker.start_loading(batch, "all", None)
    worker.stop_batch(batch)

    progress = worker.continue_here(batch)
    assert (progress.stopped, progress.working, Page.objects.count()) == (True, False, 0)

    worker.resume_batch(batch)
    finish_work(batch)
    assert Page.objects.count() == 1


def test_progress_counts_pages_up_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "DRAFTS_AT_ONCE", 3)
    pages = 5
    batch = make_batch(*(write_pipe(f"Baker {number}", "Miller") for number in range(pages)))
    worker.start_loading(batch, "all", None)
    shown = []
    while (progress := worker.continue_here(batch, 0.0)).working:
        shown.append((progress.done, progress.total))

    assert [done for done, _ in shown] == sorted(done for done, _ in shown)
    assert {total for _, total in shown} == {pages}
    assert 0 < shown[0][0] < pages
    assert batch.stage == Batch.Stage.DONE


def test_each_page_records_who_loaded_it() -> None:
    ann = User.objects.create(username="ann")

    batch = load_all(make_batch(write_pipe("Baker", "Miller")), ann)

    event = Event.objects.get()
    assert (event.by, event.batch, event.what) == (ann, batch, "load")
    assert Page.objects.get().loaded_by == ann


def test_the_text_of_a_page_is_stored_once() -> None:
    batch = load_all(make_batch(write_pipe("Baker", "Miller")))

    assert bytes(find_draft(batch).content) == b""
    assert bytes(Page.objects.get().content) == write_pipe("Baker", "Miller")


def test_a_failure_of_the_database_is_reported_and_continuing_finishes_the_rest() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"), write_pipe("Baker", "Cook"))
    worker.start_loading(batch, "all", None)

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "ingest_event"'):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        progress = worker.continue_here(batch)
    assert "database or disk is full" in progress.error
    assert (progress.working, Page.objects.count(), Role.objects.count()) == (True, 0, 0)

    finish_work(batch)
    assert Page.objects.count() == 2


# -- choosing ---------------------------------------------------------------------------------


def test_a_choice_is_stored_as_evidence_with_its_day_and_decides_the_other_half() -> None:
    ann = User.objects.create(username="ann")
    batch = make_batch(UNCLEAR)
    assert find_draft(batch).to_choose == 1

    decisions.choose_value(find_draft(batch), "baker", "salary.top_company", "IBM", ann)
    assert find_draft(batch).to_choose == 0
    load_all(batch)

    assert (find_role("Baker").salary.top_company, find_role("Miller").salary.top_company) == ("IBM", "PayPal")
    place = find_evidence("Baker", "salary", "top_company")
    assert (place["how"], place["raw"], len(place["on"])) == ("chosen", "IBMPayPal", 10)
    assert Page.objects.get().choices["baker"]["salary.top_company"]["by"] == "ann"
    event = Event.objects.get(what="choose")
    assert (event.by, event.details["text"]) == (ann, "IBM")


def test_a_name_chosen_once_is_known_for_the_other_pages_of_the_batch() -> None:
    again = run_together("Baker", "Cook", {"Best paying company": "IBMPayPal"})
    batch = make_batch(UNCLEAR, again)
    decisions.choose_value(find_draft(batch), "baker", "salary.top_company", "IBM", None)
    finish_work(batch)

    assert find_draft(batch, "page-1.txt").to_choose == 0
    assert not KnownName.objects.exists()
    load_all(batch)
    assert find_role("Cook").salary.top_company == "PayPal"
    assert set(KnownName.objects.values_list("name", flat=True)) >= {"IBM", "PayPal"}


def test_not_published_can_be_chosen() -> None:
    batch = make_batch(UNCLEAR)
    decisions.choose_value(find_draft(batch), "miller", "salary.top_company", None, None)
    decisions.choose_value(find_draft(batch), "baker", "salary.top_company", "IBMPayPal", None)

    load_all(batch)

    assert (find_role("Baker").salary.top_company, find_role("Miller").salary.top_company) == ("IBMPayPal", None)


def test_an_impossible_value_cannot_be_chosen() -> None:
    batch = make_batch(run_together("Baker", "Miller", {"Number of jobs": "123456"}))

    with pytest.raises(UnreadableError):
        decisions.choose_value(find_draft(batch), "baker", "outlook.job_count", "many", None)
    with pytest.raises(UnreadableError):
        decisions.choose_value(find_draft(batch), "baker", "outlook.job_count", "9,999,999,999", None)
    with pytest.raises(UnreadableError):
        decisions.choose_value(find_draft(batch), "baker", "salary.top_company", "x" * 201, None)
    with pytest.raises(UnreadableError):
        decisions.choose_value(find_draft(batch), "baker", "salary.no_such_field", "1", None)
    assert find_draft(batch).choices == {}


def test_a_choice_is_applied_at_once_to_a_loaded_page_and_to_pages_that_wait_for_the_name() -> None:
    load_content(UNCLEAR)
    load_content(run_together("Baker", "Cook", {"Best paying company": "IBMPayPal"}))
    first = Page.objects.earliest("pk")

    decisions.choose_stored_value(first, "baker", "salary.top_company", "IBM", None)

    assert find_role("Miller").salary.top_company == "PayPal"
    assert find_role("Cook").salary.top_company == "PayPal"


# -- titles -----------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["sales-coordinator", "seller"])
def test_a_title_close_to_a_stored_role_can_be_another_title_of_it(slug: str) -> None:
    load_content(write_pipe("Sales Coordinator", "Miller"))
    RoleAlias.objects.create(role=find_role("Sales Coordinator"), title="Seller", slug="seller")
    batch = make_batch(write_pipe("Sales Co-ordinator", "Cook", PAY | {"Growth rate": ("1%", "2%")}))
    asked = find_draft(batch).roles[0]
    assert (asked["near"], find_draft(batch).to_choose) == (
        [{"slug": "sales-coordinator", "title": "Sales Coordinator"}],
        1,
    )

    decisions.answer_same_role(batch, asked["key"], slug)
    finish_work(batch)
    assert (find_draft(batch).to_choose, find_draft(batch).roles[0]["slug"]) == (0, "sales-coordinator")
    assert RoleAlias.objects.count() == 1
    load_all(batch)

    assert find_role("Sales Co-ordinator") == find_role("Sales Coordinator")
    assert RoleAlias.objects.count() == 2
    assert find_role("Sales Coordinator").outlook.growth_percent == 1
    assert Role.objects.count() == 3


def test_a_title_close_to_a_stored_role_can_be_a_role_of_its_own() -> None:
    load_content(write_pipe("Sales Coordinator", "Miller"))
    batch = make_batch(write_pipe("Sales Co-ordinator", "Cook"))

    decisions.answer_same_role(batch, "sales co-ordinator", None)
    finish_work(batch)
    assert find_draft(batch).to_choose == 0
    load_all(batch)

    assert not RoleAlias.objects.exists()
    assert Role.objects.count() == 4


def test_an_answer_about_a_title_holds_for_files_that_come_later() -> None:
    load_content(write_pipe("Sales Coordinator", "Miller"))
    batch = make_batch(write_pipe("Sales Co-ordinator", "Cook"))
    decisions.answer_same_role(batch, "sales co-ordinator", "sales-coordinator")

    uploads.add_file(batch, "more.txt", io.BytesIO(write_pipe("Sales Co-ordinator", "Waiter")))
    finish_work(batch)

    assert find_draft(batch, "more.txt").roles[0]["slug"] == "sales-coordinator"
    assert find_draft(batch, "more.txt").to_choose == 0


def test_a_summary_of_either_role_goes_to_the_role_that_a_person_chooses_and_to_no_other() -> None:
    summary = "The work begins early and needs patience."
    batch = make_batch(
        write_pipe("Baker", "Miller") + f"\n{summary}\n| Average salary | $31,200 | $41,600 |\n".encode()
    )
    assert [question["field"] for question in find_draft(batch).ambiguous] == ["summary", "summary"]

    decisions.choose_value(find_draft(batch), "miller", "summary", summary, None)
    load_all(batch)

    assert find_role("Miller").profile.summary == summary
    assert find_role("Baker").profile is None


# -- tables that only add to occupations ------------------------------------------------------


def upload_projections_before_wages(*between: bytes) -> Batch:
    """An upload in which the table of projections stands before the wage table with its occupations."""
    batch = uploads.open_batch(None, {"captured_on": DAY})
    uploads.add_file(batch, "occupation.xlsx", io.BytesIO(make_workbook({"Table 1.2": make_projection_rows()})))
    for number, content in enumerate(between):
        uploads.add_file(batch, f"page-{number}.txt", io.BytesIO(content))
    uploads.add_file(batch, "national_M2024_dl.csv", io.BytesIO(make_wage_table()))
    return finish_work(batch)


def test_a_preview_sees_the_occupations_that_another_table_of_the_upload_brings() -> None:
    batch = upload_projections_before_wages()

    assert [(draft.name, draft.status) for draft in batch.drafts.all()] == [
        ("occupation.xlsx", "new"),
        ("national_M2024_dl.csv", "new"),
    ]
    projections = find_draft(batch, "occupation.xlsx")
    assert [role["new"] for role in projections.roles] == [False, False, False]
    assert not Role.objects.exists()


def test_tables_that_only_add_to_occupations_are_loaded_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "DRAFTS_AT_ONCE", 3)
    between = [write_guide(f"Baker {number}", slug=str(number)) for number in range(previews.DRAFTS_AT_ONCE)]
    batch = load_all(upload_projections_before_wages(*between))

    assert set(batch.drafts.values_list("outcome", flat=True)) == {"loaded"}
    nurses = Role.objects.get(soc_code="29-1141")
    assert nurses.projection is not None
    assert nurses.projection.jobs_base == 3_391_000


def test_a_table_is_loaded_and_read_again_in_a_step_of_its_own() -> None:
    files = {
        "baker.txt": write_guide("Baker"),
        "national_M2024_dl.csv": make_wage_table(),
        "national_M2023_dl.csv": make_wage_table().replace(b"29-1141", b"29-1142"),
        "cook.txt": write_guide("Cook", slug="cook"),
        "smith.txt": write_guide("Smith", slug="smith"),
    }
    steps = [["baker.txt"], ["national_M2024_dl.csv"], ["national_M2023_dl.csv"], ["cook.txt", "smith.txt"]]
    batch = uploads.open_batch(None, {"captured_on": DAY})
    for name, content in files.items():
        uploads.add_file(batch, name, io.BytesIO(content))
    worker.start_loading(finish_work(batch), "all", None)
    assert list_loaded_by_step(batch) == steps

    reread = finish_work(uploads.open_reread_batch(None, Page.objects.all()))
    worker.start_loading(reread, "all", None)
    assert list_loaded_by_step(reread) == steps


def list_loaded_by_step(batch: Batch) -> list[list[str]]:
    """The names of the pages that each step of a run loads."""
    steps = []
    while waiting := list(batch.drafts.filter(selected=True).order_by("pk")):
        worker.continue_here(batch, 0)
        still_waiting = set(batch.drafts.filter(selected=True).values_list("pk", flat=True))
        steps.append([draft.name for draft in waiting if draft.pk not in still_waiting])
    return steps


def test_a_table_that_lacks_its_occupations_is_previewed_again_once_the_upload_brings_them() -> None:
    batch = uploads.open_batch(None, {"captured_on": DAY})
    uploads.add_file(batch, "occupation.xlsx", io.BytesIO(make_workbook({"Table 1.2": make_projection_rows()})))
    finish_work(batch)
    assert "Only 0 of the 3 occupations" in find_draft(batch, "occupation.xlsx").error

    uploads.add_file(batch, "national_M2024_dl.csv", io.BytesIO(make_wage_table()))
    finish_work(batch)

    assert find_draft(batch, "occupation.xlsx").status == "new"


def test_a_table_stays_refused_when_another_brings_other_occupations() -> None:
    batch = uploads.open_batch(None, {"captured_on": DAY})
    uploads.add_file(batch, "occupation.xlsx", io.BytesIO(make_workbook({"Table 1.2": make_projection_rows()})))
    other = make_wage_table().replace(b"29-1141", b"29-1142").replace(b"35-2014", b"35-2015")
    uploads.add_file(batch, "national_M2024_dl.csv", io.BytesIO(other))
    finish_work(batch)

    draft = find_draft(batch, "occupation.xlsx")
    assert draft.status == "refused"
    assert "Only 1 of the 3 occupations of the table are stored here" in draft.error
