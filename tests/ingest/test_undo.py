"""What undoing removes, what it leaves, and how it is undone in turn."""

import io

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import AllJobsFigure, AreaPrice, Citation, Revision, Role, RoleAlias, SalaryStats, Skill, SkillAlias
from ingest.batches import uploads, worker
from ingest.batches.progress import UndoPreview, list_loaded_pages, preview_undo
from ingest.loading.fit import TABLES
from ingest.models import Batch, Event, KnownName, Page
from tests.ingest.batch_steps import find_draft, finish_work, load_all, make_batch
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

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]

FULLER = {"Yearly salary": ("$33,000", "$44,000"), "Hourly rate": ("$15.87", "$21.15")}


def test_what_a_page_replaced_is_current_again() -> None:
    load_content(write_pipe("Baker", "Miller"))
    before = read_state()
    fuller = load_content(write_pipe("Baker", "Miller", FULLER))
    assert find_role("Baker").salary.annual_average == 33000

    worker.undo_page(read_stored_page(fuller), None)

    assert find_role("Baker").salary.annual_average == 31200
    assert "differs" not in find_evidence("Baker", "salary", "annual_average")
    assert read_state()["rows"] == before["rows"]


def test_roles_and_skills_that_only_this_page_had_go_and_are_named_before() -> None:
    load_content(write_pipe("Baker", "Miller"))
    outcome = load_content(write_guide("Cook", skills=("Knives",)))
    pages = Page.objects.filter(pk=read_stored_page(outcome).pk)

    assert preview_undo(pages) == UndoPreview(1, (("cook", "Cook"),))
    worker.undo_page(pages.get(), None)

    assert not Role.objects.filter(title="Cook").exists()
    assert not Skill.objects.exists()


def test_a_role_that_another_page_mentions_stays() -> None:
    outcome = load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Baker", "Cook"))

    assert preview_undo(Page.objects.filter(pk=read_stored_page(outcome).pk)).roles == (("miller", "Miller"),)
    worker.undo_page(read_stored_page(outcome), None)

    assert set(Role.objects.values_list("title", flat=True)) == {"Baker", "Cook"}


def test_the_text_the_choices_and_the_names_of_a_page_stay() -> None:
    chosen = {"text": "IBM", "by": "ann", "on": "2026-03-02"}
    content = run_together("Baker", "Miller", {"Best paying company": "IBMPayPal"})
    outcome = load_content(content, choices={"baker": {"salary.top_company": chosen}})

    worker.undo_page(read_stored_page(outcome), None)

    page = read_stored_page(outcome)
    assert (bytes(page.content), page.status, page.citation) == (content, "undone", None)
    assert page.choices == {"baker": {"salary.top_company": chosen}}
    assert KnownName.objects.filter(name="IBM").exists()
    assert not Citation.objects.exists()
    assert not SalaryStats.objects.exists()


def test_loading_again_undoes_an_undo() -> None:
    load_content(write_pipe("Baker", "Miller"))
    outcome = load_content(write_pipe("Baker", "Miller", FULLER))
    before = read_state()
    worker.undo_page(read_stored_page(outcome), None)

    again = worker.load_page_again(read_stored_page(outcome), None)

    assert (again.status, again.page) == ("loaded", outcome.page)
    assert read_state() == before


def test_undoing_twice_is_once() -> None:
    outcome = load_content(write_pipe("Baker", "Miller"))
    worker.undo_page(read_stored_page(outcome), None)
    revision = Revision.objects.get().number

    worker.undo_page(read_stored_page(outcome), None)

    assert Revision.objects.get().number == revision
    assert Event.objects.filter(what="undo").count() == 1


def test_who_undid_what_is_kept() -> None:
    ann = User.objects.create(username="ann")
    outcome = load_content(write_pipe("Baker", "Miller"))

    worker.undo_page(read_stored_page(outcome), ann)

    event = Event.objects.get(what="undo")
    assert (event.by, event.page_id, sorted(event.details["roles"])) == (ann, outcome.page, ["baker", "miller"])


# -- batches ----------------------------------------------------------------------------------


def test_a_batch_is_undone_completely_and_loaded_again() -> None:
    load_content(write_pipe("Baker", "Cook"))
    before = read_state()
    batch = load_all(make_batch(write_pipe("Baker", "Miller"), write_pipe("Miller", "Waiter", FULLER), b"no page"))
    after = read_state()
    assert [slug for slug, _ in preview_undo(list_loaded_pages(batch)).roles] == ["miller", "waiter"]

    assert worker.start_undoing(batch, None) == 2
    finish_work(batch)
    assert batch.stage == Batch.Stage.UNDONE
    assert read_state() == before
    assert list(batch.drafts.values_list("outcome", flat=True)) == ["undone", "undone", ""]

    assert worker.start_loading(batch, "all", None) == 2
    finish_work(batch)
    assert read_state() == after


def test_a_batch_does_not_undo_what_was_there_before_it() -> None:
    first = load_content(write_pipe("Baker", "Miller"))
    batch = load_all(make_batch(write_pipe("Baker", "Miller"), write_pipe("Baker", "Cook")))

    worker.start_undoing(batch, None)
    finish_work(batch)

    assert read_stored_page(first).citation is not None
    assert set(Role.objects.values_list("title", flat=True)) == {"Baker", "Miller"}


def test_a_page_undone_on_its_own_is_undone_in_its_batch_too() -> None:
    batch = load_all(make_batch(write_pipe("Baker", "Miller"), write_pipe("Baker", "Cook")))

    worker.undo_page(Page.objects.get(name="page-0.txt"), None)
    assert find_draft(batch).outcome == "undone"
    assert worker.start_undoing(batch, None) == 1

    finish_work(batch)
    assert not Role.objects.exists()


def test_a_skill_with_another_spelling_stays_without_pages() -> None:
    outcome = load_content(write_guide("Cook", skills=("Ovens", "Knives")))
    SkillAlias.objects.create(skill=Skill.objects.get(name="Ovens"), name="Stoves")

    undo_page(read_stored_page(outcome))

    assert [skill.name for skill in Skill.objects.all()] == ["Ovens"]


def test_a_skill_is_spelled_as_on_the_pages_that_are_left() -> None:
    load_content(write_guide("Cook", skills=("sql",)))
    outcome = load_content(write_guide("Baker", skills=("SQL",), slug="y"))
    assert [skill.name for skill in Skill.objects.all()] == ["SQL"]

    undo_page(read_stored_page(outcome))

    assert [skill.name for skill in Skill.objects.all()] == ["sql"]


def test_undoing_knows_every_table_whose_rows_cite_a_page() -> None:
    citing = {relation.related_model for relation in Citation._meta.related_objects}

    assert citing == {*TABLES.values(), AreaPrice, AllJobsFigure, Page}


def test_undoing_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "UNDONE_AT_ONCE", 20)
    pages = 25
    batch = load_all(make_batch(*(write_pipe(f"Baker {number}", "Miller") for number in range(pages))))
    worker.start_undoing(batch, None)
    worker.continue_here(batch, 0.0)
    worker.stop_batch(batch)
    assert Page.objects.exclude(citation=None).count() == 5
    assert not worker.continue_here(batch).working

    worker.resume_batch(batch)
    finish_work(batch)

    assert not Role.objects.exists()
    assert Page.objects.count() == pages


def test_a_role_with_another_title_stays_without_pages() -> None:
    outcome = load_content(write_pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=find_role("Baker"), title="Bread Maker", slug="bread-maker")

    undo_page(read_stored_page(outcome))

    assert [role.title for role in Role.objects.all()] == ["Baker"]
    assert find_role("Baker").salary is None


def test_a_file_added_while_a_batch_is_loaded_is_previewed_next() -> None:
    batch = make_batch(write_pipe("Baker", "Miller"))
    worker.start_loading(batch, "all", None)

    uploads.add_file(batch, "more.txt", io.BytesIO(write_pipe("Baker", "Cook")))
    finish_work(batch)

    assert (batch.stage, find_draft(batch).outcome) == (Batch.Stage.PREVIEWED, "loaded")
    assert find_draft(batch, "more.txt").status == "new"


def test_a_file_added_after_loading_is_previewed_next() -> None:
    batch = load_all(make_batch(write_pipe("Baker", "Miller")))

    uploads.add_file(batch, "more.txt", io.BytesIO(write_pipe("Baker", "Cook")))
    finish_work(batch)

    assert (batch.stage, find_draft(batch, "more.txt").status) == (Batch.Stage.PREVIEWED, "new")
    assert worker.start_loading(batch, "all", None) == 1
    assert batch.captured_on == DAY


def write_pages_of_many_roles(count: int) -> list[bytes]:
    return [write_pipe(f"Baker {number}", f"Miller {number}", FULLER) for number in range(count)]


def test_undoing_many_pages_takes_the_statements_of_a_few() -> None:
    def count_statements(batch: Batch) -> int:
        worker.start_undoing(batch, None)
        with CaptureQueriesContext(connection) as statements:
            finish_work(batch)
        assert batch.stage == Batch.Stage.UNDONE
        return len(statements)

    few = count_statements(load_all(make_batch(*write_pages_of_many_roles(2))))
    many = count_statements(load_all(make_batch(*write_pages_of_many_roles(20))))

    assert many <= few + 10
    assert not Role.objects.exists()


def test_each_undone_page_has_its_event_with_its_roles() -> None:
    batch = load_all(make_batch(*write_pages_of_many_roles(2)))
    worker.start_undoing(batch, None)
    finish_work(batch)

    events = Event.objects.filter(what=Event.What.UNDO, batch=batch).order_by("pk")
    assert [(event.page.name, event.details["roles"]) for event in events if event.page] == [
        ("page-0.txt", ["baker-0", "miller-0"]),
        ("page-1.txt", ["baker-1", "miller-1"]),
    ]
