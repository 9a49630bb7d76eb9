"""Who may do what in the admin, and that the text of pages is never markup there."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from careers.models import Citation, Publisher, Role
from ingest.admin.coverage import ORDERS, count_states, filter_roles, read_coverage, sort_roles
from ingest.admin.permissions import create_groups
from ingest.models import Batch, Draft, Page
from tests.ingest.admin_steps import CLEAR, UNCLEAR, UPLOAD, finish_batch, show_batch, show_draft, text_of, upload_files

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"
ALL_VIEWS = ["view_page", "view_batch", "view_draft", "view_event", "view_role", "view_publisher", "view_knownname"]


def staff(*permissions: str, **options: bool) -> Client:
    user = User.objects.create_user(f"user{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(enforce_csrf_checks=options.get("csrf", False))
    client.force_login(user)
    return client


@pytest.fixture
def loaded(ann: Client) -> Batch:
    batch = upload_files(ann, SimpleUploadedFile(UNCLEAR.name, UNCLEAR.read_bytes()))
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    return finish_batch(ann, batch)


def changing(batch: Batch) -> list[str]:
    """Every address that changes something."""
    draft, page, role = batch.drafts.get(), Page.objects.get(), Role.objects.first()
    publisher = Publisher.objects.get()
    assert role
    names: list[tuple[str, Model]] = [
        (f"ingest_batch_{action}", batch) for action in ("files", "work", "stop", "resume", "load", "undo", "discard")
    ]
    names += [(f"ingest_draft_{action}", draft) for action in ("choose", "same_role", "source")]
    names += [(f"ingest_page_{action}", page) for action in ("choose", "undo", "load_again", "reread")]
    names += [("careers_role_merge", role), ("careers_role_rename", role)]
    alias = reverse("admin:careers_role_remove_alias", args=[role.pk, role.aliases.create(title="X", slug="x").pk])
    names += [("careers_publisher_take_down", publisher), ("careers_publisher_put_back", publisher)]
    return [UPLOAD, alias, *(reverse(f"admin:{name}", args=[stored.pk]) for name, stored in names)]


def reading(batch: Batch) -> list[str]:
    """Every screen that shows something."""
    draft, page, role = batch.drafts.get(), Page.objects.get(), Role.objects.first()
    assert role
    models = ["ingest_page", "ingest_batch", "ingest_event", "ingest_knownname", "careers_role", "careers_publisher"]
    changes: list[tuple[str, Model]] = [("ingest_batch", batch), ("ingest_draft", draft), ("ingest_page", page)]
    changes.append(("careers_role", role))
    changes.append(("careers_publisher", Publisher.objects.get()))
    return [
        *(reverse(f"admin:{model}_changelist") for model in models),
        *(reverse(f"admin:{name}_change", args=[stored.pk]) for name, stored in changes),
        reverse("admin:careers_role_coverage"),
    ]


def state() -> tuple[object, ...]:
    stages = list(Batch.objects.values_list("stage", "stopped"))
    choices = list(Draft.objects.values_list("choices", "captured_on")) + list(Page.objects.values_list("choices"))
    pages = list(Page.objects.values_list("status", "citation"))
    titles = list(Role.objects.values_list("title"))
    return stages, choices, pages, titles, list(Publisher.objects.values_list("taken_down_at"))


def test_who_may_view_sees_everything_and_changes_nothing(loaded: Batch) -> None:
    bob = staff(*ALL_VIEWS)
    before = state()
    for address in reading(loaded):
        assert bob.get(address).status_code == 200, address
    for address in changing(loaded):
        assert bob.post(address, {"which": "all", "reason": "x", "title": "x"}).status_code == 403, address
    assert state() == before


def test_who_may_view_finds_no_button_that_changes(loaded: Batch) -> None:
    bob = staff(*ALL_VIEWS)
    for address in reading(loaded):
        shown = text_of(bob.get(address))
        for form in shown.split("<form")[1:]:
            opening, inside = form.split(">", 1)
            harmless = "logout" in opening or 'method="get"' in opening or "changelist" in opening
            assert harmless or "<button" not in inside.split("</form>")[0], (address, opening)
        assert "Upload pages</a>" not in shown
        assert "Undo loading …" not in shown


def test_strangers_are_asked_to_sign_in(loaded: Batch) -> None:
    for address in [*reading(loaded), *changing(loaded)]:
        answer = Client().post(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/admin/login/"), address


def test_a_post_without_its_token_is_refused(loaded: Batch) -> None:
    eve = Client(enforce_csrf_checks=True)
    eve.force_login(User.objects.get(username="ann"))
    before = state()
    for address in changing(loaded):
        assert eve.post(address, {"text": CLEAR.read_text(), "which": "all"}).status_code == 403, address
    assert state() == before
    assert Batch.objects.count() == 1


def test_what_changes_is_never_a_get(ann: Client, loaded: Batch) -> None:
    before = state()
    for address in changing(loaded):
        assert ann.get(address).status_code in (200, 302, 405), address
    assert state() == before


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [("load_page", "ingest_page_upload"), ("undo_page", "ingest_page_undo"), ("merge_role", "careers_role_merge")],
)
def test_each_permission_opens_its_own_screens(loaded: Batch, permission: str, allowed: str) -> None:
    bob = staff(permission)
    role = Role.objects.first()
    assert role
    screens = {
        "ingest_page_upload": UPLOAD,
        "ingest_page_undo": reverse("admin:ingest_page_undo", args=[Page.objects.get().pk]),
        "careers_role_merge": reverse("admin:careers_role_merge", args=[role.pk]),
    }
    assert {name: bob.get(address).status_code for name, address in screens.items()} == {
        name: 200 if name == allowed else 403 for name in screens
    }


# -- hostile pages ----------------------------------------------------------------------------


def hostile_page() -> SimpleUploadedFile:
    text = UNCLEAR.read_text().replace("Baker", HOSTILE).replace("IBM", "<img src=x onerror=alert(2)>")
    return SimpleUploadedFile(f"{HOSTILE}.txt", f"{text}\nleft\u202eover {HOSTILE}\n".encode())


def hostile_table() -> SimpleUploadedFile:
    """A page that no source knows, so that the publisher is who was entered."""
    lines = (f"left\u202eover {HOSTILE}", f"| | {HOSTILE} | Miller |", "| Average salary | $1,000 | $2,000 |")
    return SimpleUploadedFile(f"{HOSTILE}.txt", "\n".join(lines).encode())


def unsafe(answer: HttpResponseBase) -> list[str]:
    shown = text_of(answer)
    return [text for text in (HOSTILE, "<img src=x", "\u202e") if text in shown]


@pytest.mark.parametrize(("hostile", "publisher"), [(hostile_page, ""), (hostile_table, HOSTILE)])
def test_script_in_a_page_is_shown_as_text_everywhere(
    ann: Client, hostile: Callable[[], SimpleUploadedFile], publisher: str
) -> None:
    batch = upload_files(ann, hostile(), publisher=publisher, licence=HOSTILE)
    draft = batch.drafts.get()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in show_draft(ann, draft)
    assert "left⟨U+202E⟩over" in show_draft(ann, draft)
    assert "&lt;script&gt;" in show_batch(ann, batch)
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    finish_batch(ann, batch)

    undo = [
        reverse(f"admin:ingest_{model}_undo", args=[pk])
        for model, pk in (("batch", batch.pk), ("page", Page.objects.get().pk))
    ]
    for address in [*reading(batch), *undo]:
        assert unsafe(ann.get(address)) == [], address


def test_the_bytes_of_a_page_are_saved_and_never_opened_as_one_of_ours(ann: Client) -> None:
    batch = upload_files(
        ann, SimpleUploadedFile("page.html", b"<html><script>alert(1)</script></html>" + CLEAR.read_bytes())
    )
    ann.post(reverse("admin:ingest_batch_load", args=[batch.pk]), {"which": "all"})
    finish_batch(ann, batch)
    for page in Page.objects.all():
        answer = ann.get(reverse("admin:ingest_page_download", args=[page.pk]))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"


# -- planted faults: with them the checks above fail -------------------------------------------


def test_an_admin_that_asks_for_no_token_is_noticed(loaded: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware.process_view", lambda *arguments: None)
    with pytest.raises(AssertionError):
        test_a_post_without_its_token_is_refused(loaded)


def test_permissions_that_are_not_looked_at_are_noticed(loaded: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.admin.permissions.has_any", lambda request, *permissions: True)
    with pytest.raises(AssertionError):
        test_who_may_view_sees_everything_and_changes_nothing(loaded)


def test_a_get_that_changes_something_is_noticed(ann: Client, loaded: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ann, "get", ann.post)
    with pytest.raises(AssertionError):
        test_what_changes_is_never_a_get(ann, loaded)


def test_text_that_is_not_escaped_is_noticed(ann: Client, settings: Settings) -> None:
    jinja, django = settings.TEMPLATES
    settings.TEMPLATES = [jinja, django | {"OPTIONS": django["OPTIONS"] | {"autoescape": False}}]
    with pytest.raises(AssertionError):
        test_script_in_a_page_is_shown_as_text_everywhere(ann, hostile_page, "")


# -- roles and publishers ---------------------------------------------------------------------


@pytest.fixture
def fixtures() -> None:
    call_command("load_pages", CLEAR.parent, verbosity=0)


@pytest.mark.usefixtures("fixtures")
def test_a_merge_is_done_recorded_and_undone(ann: Client) -> None:
    gone, into = Role.objects.get(slug="lead-technician"), Role.objects.get(slug="professional-technician")
    answer = ann.post(
        reverse("admin:careers_role_merge", args=[gone.pk]), {"into": "professional technician"}, follow=True
    )

    assert "ann merged Lead Technician into Professional Technician" in text_of(answer)
    assert not Role.objects.filter(slug="lead-technician").exists()
    event = into.events.first()
    assert event
    ann.post(reverse("admin:ingest_event_undo", args=[event.pk]))
    assert Role.objects.filter(slug="lead-technician").exists()


@pytest.mark.usefixtures("fixtures")
def test_a_role_that_is_none_cannot_be_merged_into(ann: Client) -> None:
    role = Role.objects.get(slug="lead-technician")
    answer = ann.post(reverse("admin:careers_role_merge", args=[role.pk]), {"into": "nobody"})

    assert "No role is called “nobody”" in text_of(answer)


def member_of(group: str) -> Client:
    create_groups()
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("group", ["viewer", "loader", "editor"])
def test_a_ready_made_group_allows_what_its_name_says(loaded: Batch, group: str) -> None:
    client = member_of(group)
    assert all(client.get(address).status_code == 200 for address in reading(loaded))

    refused = {address for address in changing(loaded) if is_refused(client, address)}

    assert (UPLOAD in refused) == (group == "viewer")
    assert any("/merge/" in address for address in refused) == (group != "editor")
    assert bool(refused) == (group != "editor")


def is_refused(client: Client, address: str) -> bool:
    return client.post(address).status_code == 403


@pytest.mark.usefixtures("fixtures")
def test_an_alias_is_removed_on_the_screen_of_its_role(ann: Client) -> None:
    role = Role.objects.get(slug="lead-technician")
    alias = role.aliases.create(title="Chief Technician", slug="chief-technician")
    address = reverse("admin:careers_role_remove_alias", args=[role.pk, alias.pk])

    assert address in text_of(ann.get(reverse("admin:careers_role_change", args=[role.pk])))
    assert "Pages of this role that use it: 0" in text_of(ann.get(address))
    ann.post(address)

    assert not role.aliases.exists()


@pytest.mark.usefixtures("fixtures")
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


@pytest.mark.usefixtures("fixtures")
def test_a_publisher_is_taken_down_for_a_reason_and_put_back(ann: Client) -> None:
    key = Publisher.objects.get(slug="zippia").pk
    take_down = reverse("admin:careers_publisher_take_down", args=[key])
    is_down = Publisher.objects.filter(pk=key, taken_down_at__isnull=False).exists
    ann.post(take_down, {"reason": ""})
    assert not is_down()
    ann.post(take_down, {"reason": "They asked."})
    assert is_down()
    assert "They asked." in text_of(ann.get(reverse("admin:careers_publisher_change", args=[key])))

    ann.post(reverse("admin:careers_publisher_put_back", args=[key]))

    assert not is_down()


@pytest.mark.usefixtures("fixtures")
def test_the_record_of_a_role_names_its_pages(ann: Client) -> None:
    role = Role.objects.get(slug="software-support-technician")
    shown = text_of(ann.get(reverse("admin:careers_role_change", args=[role.pk])))

    assert shown.count("vs-software-support-technician.txt") >= 3
    assert "2 other pages agree" in shown


@pytest.mark.usefixtures("fixtures")
@pytest.mark.parametrize("order", ORDERS)
def test_the_board_reads_all_facts_of_the_roles_that_it_shows_alone(order: str, ann: Client) -> None:
    """PostgreSQL takes a second to plan a query that joins fifty tables and sorts all roles."""
    with CaptureQueriesContext(connection) as statements:
        assert ann.get(reverse("admin:careers_role_coverage"), {"order": order}).status_code == 200
    wide = [query["sql"] for query in statements if query["sql"].count(" JOIN ") > 20]
    assert len(wide) == 1
    assert '"careers_role"."id" IN (' in wide[0]


@pytest.mark.usefixtures("fixtures")
def test_the_board_has_the_roles_with_the_oldest_pages_first() -> None:
    for days, page in enumerate(Citation.objects.order_by("-pk")):
        page.captured_on = date(2024, 1, 1) + timedelta(days) if days else None
        page.save()
    newest = [entry.newest or date.min for entry in read_coverage(list(sort_roles(Role.objects.all(), "oldest")))]
    assert len(set(newest)) > 2
    assert newest == sorted(newest)


@pytest.mark.usefixtures("fixtures")
def test_the_board_counts_the_roles_that_its_filters_show() -> None:
    counts = {row.group: row.counts for row in count_states()}
    assert counts["outlook"]["filled"]
    assert counts["outlook"]["missing"]
    assert counts["duties"]["unclear"] is None
    for group in ("salary", "outlook", "demographics", "duties"):
        for state, number in counts[group].items():
            if number is not None:
                assert number == filter_roles(group, state).count(), (group, state)


@pytest.mark.usefixtures("fixtures")
def test_the_board_can_be_narrowed_to_what_is_missing(ann: Client) -> None:
    board = reverse("admin:careers_role_coverage")
    everything = text_of(ann.get(board))
    without_duties = text_of(ann.get(board, {"group": "duties", "state": "none"}))

    not_published = text_of(ann.get(board, {"group": "outlook", "state": "missing"}))

    assert "Lead Technician</a>" in not_published
    assert "Software Technician</a>" not in not_published
    assert "Customer Support Technician" in everything
    assert "Customer Support Technician</a>" not in without_duties
    assert "Lead Technician</a>" in without_duties
    for query in (
        {"order": "emptiest"},
        {"order": "oldest"},
        {"state": "unclear"},
        {"state": "differs"},
        {"publisher": "1"},
    ):
        assert ann.get(board, query).status_code == 200
    for nonsense in ({"p": "x"}, {"publisher": "9" * 30}, {"q": "\x00"}, {"group": "x", "state": "y", "order": "z"}):
        assert ann.get(board, nonsense).status_code == 200


@pytest.mark.usefixtures("fixtures")
def test_stored_pages_are_read_again_by_an_action_of_the_list(ann: Client) -> None:
    pages = [str(pk) for pk in Page.objects.values_list("pk", flat=True)]
    answer = ann.post(
        reverse("admin:ingest_page_changelist"), {"action": "reread_pages", "_selected_action": pages}, follow=True
    )
    batch = finish_batch(ann, Batch.objects.get())

    assert answer.status_code == 200
    assert batch.kind == Batch.Kind.REREAD
    assert "same" in show_batch(ann, batch)
