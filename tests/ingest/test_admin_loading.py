"""Pages in the admin as a person without scripts uses it: upload, preview, choose, load, undo."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from careers.models import Role
from ingest.documents.document import PAGE_LIMIT
from ingest.models import Batch, Draft, Page
from tests.ingest.admin_steps import (
    CLEAR,
    GUIDE,
    PROJECT,
    UNCLEAR,
    UPLOAD,
    finish_batch,
    load_batch,
    make_upload,
    read_text,
    show_batch,
    show_draft,
    upload_files,
)
from tests.ingest.projection_tables import make_wage_table
from tests.ingest.small_pages import PAY, write_pipe

pytestmark = pytest.mark.django_db


# -- from upload to undo ----------------------------------------------------------------------


def test_the_home_of_the_admin_and_the_list_of_pages_link_to_the_upload(ann: Client) -> None:
    for address in ("/admin/", "/admin/ingest/page/"):
        assert f'href="{UPLOAD}"' in read_text(ann.get(address))


def test_old_addresses_redirect_to_the_new_ones(ann: Client) -> None:
    draft = upload_files(ann, make_upload(CLEAR)).drafts.get()
    page = load_batch(ann, draft.batch).drafts.get().page_id

    renamed = {
        "/admin/ingest/page/load/": "/admin/ingest/page/upload/",
        f"/admin/ingest/page/{page}/text/": f"/admin/ingest/page/{page}/download/",
        f"/admin/ingest/page/{page}/read-again/": f"/admin/ingest/page/{page}/change/",  # was only posted to
        f"/admin/ingest/draft/{draft.pk}/enter/": f"/admin/ingest/draft/{draft.pk}/change/",  # was only posted to
    }

    assert {old: ann.get(old).headers["Location"] for old in renamed} == renamed


def test_all_pages_are_loaded_and_undone(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR), make_upload(GUIDE))
    load_batch(ann, batch)
    assert Role.objects.count() == 3
    undo = reverse("admin:ingest_batch_undo", args=[batch.pk])
    question = read_text(ann.get(undo))
    assert "Undo loading 2 pages" in question
    assert "Software Technician" in question  # a role that would be removed
    assert Role.objects.count() == 3

    ann.post(undo)
    finish_batch(ann, batch)

    assert Role.objects.count() == 0
    assert Page.objects.count() == 2  # raw text is never deleted
    assert "Load all 2 pages" in show_batch(ann, batch)


def test_only_the_ticked_pages_are_loaded_and_the_rest_later(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR), make_upload(GUIDE))
    guide = batch.drafts.get(name=GUIDE.name)

    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "ticked", "draft": [guide.pk]})
    finish_batch(ann, batch)

    assert [page.name for page in Page.objects.all()] == [GUIDE.name]
    assert "Load the page" in show_batch(ann, batch)
    load_batch(ann, batch)
    assert Page.objects.count() == 2


def test_loading_the_ticked_pages_without_a_tick_loads_nothing_and_says_so(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR))
    answer = ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "ticked"}, follow=True)

    assert "No page was ticked" in read_text(answer)
    assert not Page.objects.exists()


def test_a_page_can_be_pasted(ann: Client) -> None:
    batch = upload_files(ann, text=CLEAR.read_text())

    assert [draft.name for draft in batch.drafts.all()] == ["pasted-1.txt"]
    assert batch.drafts.get().status == Draft.Status.NEW


def test_the_source_entered_for_a_batch_can_be_changed_for_one_page(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR), make_upload(UNCLEAR), publisher="Zippia", captured_on="2026-01-02")
    draft = batch.drafts.get(name=UNCLEAR.name)
    ann.post(reverse("admin:ingest_draft_source", args=[draft.pk]), {"captured_on": "2025-05-06"})

    other = batch.drafts.get(name=CLEAR.name)
    assert "saved on 2025-05-06" in show_draft(ann, draft)
    assert "saved on 2026-01-02" in show_draft(ann, other)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "not an address", "//host/x"])
def test_an_invalid_address_is_refused(ann: Client, address: str) -> None:
    answer = ann.post(UPLOAD, {"files": [make_upload(CLEAR)], "url": address})

    assert "Enter an address like" in read_text(answer)
    assert not Batch.objects.exists()


def test_an_empty_form_says_what_to_do(ann: Client) -> None:
    assert "Choose files or paste the text of a page." in read_text(ann.post(UPLOAD, {}))


def test_an_undone_page_is_loaded_again_from_its_own_screen(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR))
    load_batch(ann, batch)
    page = Page.objects.get()
    ann.post(reverse("admin:ingest_page_undo", args=[page.pk]))
    assert not Role.objects.exists()
    assert "Load again" in read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))
    assert batch.drafts.get().outcome == "undone"

    ann.post(reverse("admin:ingest_page_load_again", args=[page.pk]))

    assert Role.objects.count() == 2
    assert batch.drafts.get().outcome == "loaded"
    happened = read_text(ann.get(reverse("admin:ingest_page_change", args=[page.pk])))
    assert "ann undid the loading of" in happened
    assert happened.count("ann loaded") == 2


# -- a page beside its values ------------------------------------------------------------------


def test_a_value_and_its_line_link_to_each_other(ann: Client) -> None:
    draft = upload_files(ann, make_upload(CLEAR)).drafts.get()
    shown = show_draft(ann, draft)

    assert '<a href="#line-10">' in shown
    assert 'id="line-10"' in shown
    assert "$90,615" in shown
    assert "new role" in shown


def test_a_changed_value_is_shown_beside_the_stored_one(ann: Client) -> None:
    first = upload_files(ann, make_upload(CLEAR), captured_on="2024-01-01")
    load_batch(ann, first)
    newer = SimpleUploadedFile("newer.txt", CLEAR.read_bytes().replace(b"$90,615", b"$91,000"))

    batch = upload_files(ann, newer, captured_on="2026-01-01")

    draft = batch.drafts.get()
    assert draft.status == Draft.Status.CHANGED
    assert "<del>$90,615</del> → <b>$91,000</b>" in show_draft(ann, draft)


def test_a_refused_page_says_why_and_does_not_stop_the_others(ann: Client) -> None:
    broken = SimpleUploadedFile("broken.txt", b"nothing that could be read\n")
    batch = upload_files(ann, broken, make_upload(CLEAR))

    assert "of no known kind" in show_batch(ann, batch, show="refused")
    assert "of no known kind" in show_draft(ann, batch.drafts.get(name="broken.txt"))
    load_batch(ann, batch)
    assert Role.objects.count() == 2


def test_an_empty_file_is_refused_and_does_not_stop_the_others(ann: Client) -> None:
    batch = upload_files(ann, SimpleUploadedFile("empty.txt", b""), make_upload(CLEAR))
    assert {draft.name: draft.status for draft in batch.drafts.all()} == {"empty.txt": "refused", CLEAR.name: "new"}
    assert "The file is empty" in show_draft(ann, batch.drafts.get(name="empty.txt"))
    more = reverse("admin:ingest_batch_files", args=[batch.pk])
    answer = ann.post(more, {"files": [SimpleUploadedFile("nil.txt", b""), make_upload(GUIDE)]})
    assert answer.status_code == 200
    assert batch.drafts.filter(name=GUIDE.name).exists()


def test_a_binary_file_is_refused_and_shows_no_text(ann: Client) -> None:
    batch = upload_files(ann, SimpleUploadedFile("page.txt", b"%PDF-1.7 \x00\x01"))

    assert "The file holds no text" in show_draft(ann, batch.drafts.get())


def test_roles_of_several_pages_are_counted_once_and_marked(ann: Client) -> None:
    again = SimpleUploadedFile("again.txt", UNCLEAR.read_bytes().replace(b"$31,200", b"$31,300"))
    shown = show_batch(ann, upload_files(ann, make_upload(UNCLEAR), again))

    assert "2 new roles in all; 2 of them are on several pages" in shown
    assert "new, on several pages" in shown


# -- choosing ---------------------------------------------------------------------------------


def choose(client: Client, draft: Draft, reading: str, **entered: str) -> HttpResponseBase:
    data = {"field": "salary.top_company", "role": ["Baker", "Miller"], "reading": reading, **entered}
    return client.post(reverse("admin:ingest_draft_choose", args=[draft.pk]), data, follow=True)


def test_a_choice_is_offered_and_stored_with_its_name_and_remembered(ann: Client) -> None:
    batch = upload_files(ann, make_upload(UNCLEAR))
    draft = batch.drafts.get()
    offered = show_draft(ann, draft)
    assert "Baker: <b>IBM</b>" in offered
    assert "Miller: <b>PayPal</b>" in offered

    shown = read_text(choose(ann, draft, '["IBM", "PayPal"]'))

    assert "chosen by ann on" in shown
    assert "To choose" not in shown
    load_batch(ann, batch)
    again = SimpleUploadedFile("again.txt", UNCLEAR.read_bytes().replace(b"$31,200", b"$31,300"))
    assert upload_files(ann, again).drafts.get().to_choose == 0


def test_another_value_or_none_can_be_chosen(ann: Client) -> None:
    draft = upload_files(ann, make_upload(UNCLEAR)).drafts.get()

    shown = read_text(choose(ann, draft, "own", **{"own-0": "Initech"}))

    assert "Best paying company of Baker: Initech, by ann" in shown
    assert "Best paying company of Miller: not published, by ann" in shown


@pytest.mark.parametrize("reading", ["", "{}", "[1, 2]", '["IBM"]', "nonsense"])
def test_an_invalid_choice_changes_nothing(ann: Client, reading: str) -> None:
    draft = upload_files(ann, make_upload(UNCLEAR)).drafts.get()

    assert "Nothing was chosen" in read_text(choose(ann, draft, reading))
    draft.refresh_from_db()
    assert draft.choices == {}


def test_a_choice_is_stored_for_both_roles_or_for_neither(ann: Client) -> None:
    draft = upload_files(ann, make_upload(UNCLEAR)).drafts.get()
    data = {"field": "salary.annual_average", "role": ["Baker", "Miller"], "reading": '["$31,200", "nonsense"]'}

    shown = read_text(ann.post(reverse("admin:ingest_draft_choose", args=[draft.pk]), data, follow=True))

    assert "nonsense" in shown
    draft.refresh_from_db()
    assert draft.choices == {}


def test_a_title_close_to_a_stored_one_is_asked_about_and_can_be_the_same_role(ann: Client) -> None:
    first = upload_files(ann, make_upload(CLEAR))
    load_batch(ann, first)
    near = (
        CLEAR.read_text().replace("Lead Technician", "Lead Technicians").replace("lead technician", "lead technicians")
    )
    batch = upload_files(ann, SimpleUploadedFile("near.txt", near.encode()))
    draft = batch.drafts.get()
    asked = show_draft(ann, draft)
    assert "Is it the same role?" in asked
    assert "The same role as <b>Lead Technician</b>" in asked

    answer = {"key": "lead technicians", "role": "lead-technician"}
    ann.post(reverse("admin:ingest_draft_same_role", args=[draft.pk]), answer)
    finish_batch(ann, batch)
    load_batch(ann, batch)

    assert Role.objects.count() == 2
    assert [alias.title for alias in Role.objects.get(slug="lead-technician").aliases.all()] == ["Lead Technicians"]


def test_a_value_of_a_loaded_page_is_chosen_on_the_stored_page(ann: Client) -> None:
    batch = upload_files(ann, make_upload(UNCLEAR))
    load_batch(ann, batch)
    page = Page.objects.get()
    address = reverse("admin:ingest_page_choose", args=[page.pk])
    assert f'action="{address}"' in show_draft(ann, batch.drafts.get())
    data = {"field": "salary.top_company", "role": ["Baker", "Miller"], "reading": '["IBM", "PayPal"]'}

    shown = read_text(ann.post(address, data, follow=True))

    assert "chosen by ann on" in shown
    page.refresh_from_db()
    assert page.ambiguous == []


# -- limits -----------------------------------------------------------------------------------


def test_more_files_than_a_request_may_hold_are_refused_with_a_sentence(ann: Client) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]
    answer = ann.post(UPLOAD, {"file_count": files})

    assert answer.status_code == 400
    assert "more than 100 files at once" in read_text(answer)
    assert not Batch.objects.exists()


def test_a_request_that_is_too_large_is_refused_with_a_sentence(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.admin.upload_form.REQUEST_LIMIT", 10_000)  # 105 MB would only cost time
    answer = ann.post(UPLOAD, {"files": [SimpleUploadedFile("large.txt", b"x" * 20_000)]})

    assert answer.status_code == 400
    assert "MB at once" in read_text(answer)
    assert not Batch.objects.exists()


def test_files_for_which_the_disk_has_no_room_are_read_to_their_end_and_removed(
    ann: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    """A browser that is still sending shows that the connection was lost, and not what the answer says."""

    def fill_the_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", fill_the_disk)
    answer = ann.post(UPLOAD, {"files": [SimpleUploadedFile("large.txt", b"x" * 500_000)]})

    assert answer.status_code == 400
    assert "No space left on device" in read_text(answer)
    assert answer.wsgi_request.read() == b""
    assert not list(tmp_path.iterdir())


def test_a_text_that_is_too_long_is_refused_with_a_sentence(ann: Client) -> None:
    answer = ann.post(UPLOAD, {"text": "x" * 3_000_000})

    assert answer.status_code == 400
    assert "The text is too long" in read_text(answer)


def test_an_archive_goes_through_the_same_screens(ann: Client) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(
                f"{number}.txt", write_pipe("Baker", "Miller", {"Yearly salary": (f"${100 + number},200", "-")})
            )
    batch = upload_files(ann, SimpleUploadedFile("many.zip", packed.getvalue()))

    screen = show_batch(ann, batch)
    assert screen.count('name="draft"') == 3
    assert "Load all 3 pages" in screen


def test_pages_are_listed_a_hundred_at_a_time(ann: Client) -> None:
    batch = Batch.objects.create(stage=Batch.Stage.PREVIEWED)
    drafts = [Draft(batch=batch, name=f"{number}.txt", digest=str(number), status="new") for number in range(101)]
    Draft.objects.bulk_create(drafts)

    first, second = show_batch(ann, batch), show_batch(ann, batch, p="2")
    assert first.count('name="draft"') == 100
    assert second.count('name="draft"') == 1
    assert "Load all 101 pages" in second


def test_pages_are_listed_by_the_kind_of_their_warnings(ann: Client) -> None:
    contradictory = PAY | {"Hourly rate": ("$99.00", "$20.00")}
    batch = upload_files(
        ann,
        SimpleUploadedFile("cut.txt", write_pipe("Baker", "Miller", PAY | {"Number of jobs": ("1,000", "2,000")})[:-6]),
        SimpleUploadedFile("contradictory.txt", write_pipe("Cook", "Smith", contradictory)),
    )

    screen = show_batch(ann, batch)
    assert "<b>1</b> cut short" in screen
    assert "<b>1</b> with contradictions" in screen
    cut = show_batch(ann, batch, show="cut")
    assert "cut.txt" in cut
    assert "contradictory.txt" not in cut
    warnings = show_batch(ann, batch, show="warnings")
    assert "contradictory.txt" in warnings
    assert "cut.txt" not in warnings


# -- several uploads, and those that are given up ---------------------------------------------


def test_a_second_upload_joins_the_first_until_it_is_loaded(ann: Client) -> None:
    first = upload_files(ann, make_upload(CLEAR))
    assert "The files join" in read_text(ann.get(UPLOAD))

    assert upload_files(ann, make_upload(GUIDE)) == first
    assert first.drafts.count() == 2

    load_batch(ann, first)
    assert upload_files(ann, make_upload(UNCLEAR)) != first


def test_a_second_upload_stays_apart_with_another_source_or_when_asked_to(ann: Client) -> None:
    first = upload_files(ann, make_upload(CLEAR), publisher="Zippia")

    other_source = upload_files(ann, make_upload(GUIDE), publisher="Jobicy")
    assert other_source != first
    assert upload_files(ann, make_upload(UNCLEAR), separate="on") not in (first, other_source)


def test_a_second_upload_stays_apart_from_one_whose_files_were_all_refused(ann: Client) -> None:
    first = upload_files(ann, SimpleUploadedFile("letter.txt", b"Dear Ann,\n\nmilk and eggs.\n"))
    assert "The files join" not in read_text(ann.get(UPLOAD))

    assert upload_files(ann, make_upload(CLEAR)) != first


def test_uploads_of_two_people_stay_apart(ann: Client) -> None:
    first = upload_files(ann, make_upload(CLEAR))
    bob = Client()
    bob.force_login(User.objects.create_superuser("bob"))

    assert upload_files(bob, make_upload(GUIDE)) != first


def test_a_file_over_its_limit_is_refused_and_does_not_stop_the_others(ann: Client) -> None:
    batch = upload_files(ann, SimpleUploadedFile("large.txt", b"x" * (PAGE_LIMIT + 1)), make_upload(CLEAR))

    assert list(batch.drafts.order_by("pk").values_list("name", "status")) == [
        ("large.txt", "refused"),
        (CLEAR.name, "new"),
    ]
    large = batch.drafts.get(name="large.txt")
    assert f"a page may have {PAGE_LIMIT:,}" in large.error
    assert bytes(large.content) == b""


def test_an_archive_over_its_limit_does_not_stop_the_others(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.documents.archives.MOST_BYTES", 100)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("page.txt", CLEAR.read_bytes())

    batch = upload_files(ann, SimpleUploadedFile("large.zip", packed.getvalue()), make_upload(CLEAR))

    assert list(batch.drafts.order_by("pk").values_list("name", "status")) == [
        ("large.zip", "refused"),
        (CLEAR.name, "new"),
    ]


def test_an_unfinished_batch_is_on_the_first_page_of_the_admin(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR))
    address = reverse("admin:ingest_batch_change", args=[batch.pk])
    assert address in read_text(ann.get("/admin/"))

    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    assert address in read_text(ann.get("/admin/"))
    finish_batch(ann, batch)
    assert f'<a href="{address}">' not in read_text(ann.get("/admin/")).partition("Recent actions")[0]


def test_a_value_that_is_lost_in_the_copy_is_not_called_unpublished(ann: Client) -> None:
    batch = upload_files(ann, make_upload(PROJECT / "tests/pages/cut-run-together-in-state.txt"))
    shown = show_draft(ann, batch.drafts.get())
    assert "missing: the copy we have was cut here" in shown
    assert "<b>no value</b>" in shown
    assert "<b>not published</b>" not in shown


def test_the_screen_of_a_page_has_no_heading_without_values(ann: Client) -> None:
    batch = upload_files(ann, make_upload(PROJECT / "tests/pages/cut-run-together-in-salary-row.txt"))
    lists = re.findall(r'<ul class="values">(.*?)</ul>', show_draft(ann, batch.drafts.get()), re.DOTALL)
    assert lists
    assert all("<li" in entries for entries in lists)


def test_a_loaded_batch_says_so_and_discarding_one_that_is_not_names_no_pages(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR))
    assert "loaded stay" not in read_text(ann.get(reverse("admin:ingest_batch_discard", args=[batch.pk])))
    sentence = "1 page of this batch is loaded: readers see the site with it."
    assert sentence not in show_batch(ann, batch)
    load_batch(ann, batch)
    assert sentence in show_batch(ann, batch)


def test_the_links_to_other_parts_of_a_long_list_have_names_of_their_own(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR))
    Draft.objects.bulk_create(Draft(batch=batch, name=f"{number}.txt", digest=f"{number:064}") for number in range(150))
    names = re.findall(r'<nav class="pages-of" aria-label="([^"]+)"', show_batch(ann, batch))
    assert len(names) == len(set(names)) == 2


def test_a_batch_is_discarded_with_its_bytes_and_loaded_pages_stay(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR), make_upload(GUIDE))
    guide = batch.drafts.get(name=GUIDE.name)
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "ticked", "draft": guide.pk})
    finish_batch(ann, batch)
    discard = reverse("admin:ingest_batch_discard", args=[batch.pk])
    assert discard in show_batch(ann, batch)
    assert "loaded stay: 1" in read_text(ann.get(discard))

    ann.post(discard)

    assert not Batch.objects.exists()
    assert not Draft.objects.exists()
    assert Page.objects.get().name == GUIDE.name
    assert Role.objects.exists()
    assert "discarded upload of" in read_text(ann.get(reverse("admin:ingest_event_changelist")))


def test_a_batch_at_work_is_not_discarded(ann: Client) -> None:
    batch = upload_files(ann, make_upload(CLEAR))
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})

    ann.post(reverse("admin:ingest_batch_discard", args=[batch.pk]))

    assert Batch.objects.filter(pk=batch.pk).exists()


def test_the_list_names_the_roles_that_a_long_table_brings_and_counts_the_others(ann: Client) -> None:
    batch = upload_files(ann, SimpleUploadedFile("national_M2025_dl.csv", make_wage_table()))
    entry = batch.drafts.get().roles[0]
    stored = [{**entry, "key": f"stored-{number}", "new": False} for number in range(6)]
    batch.drafts.update(roles=[*stored, {**entry, "title": "Glaziers", "new": True}])

    shown = show_batch(ann, batch)

    assert "<div>Glaziers" in shown
    assert f"<div>{entry['title']}" not in shown
    assert "and 6 more" in shown
    batch.drafts.update(roles=stored)
    assert "6 roles" in show_batch(ann, batch)
