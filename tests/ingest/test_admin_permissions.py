"""Who may do what in the admin, and that the text of pages is never markup there."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from careers.models import Publisher, Role
from ingest.admin.permissions import create_groups
from ingest.models import Batch, Draft, Page
from tests.ingest.admin_steps import (
    CLEAR,
    UNCLEAR,
    UPLOAD,
    load_batch,
    make_upload,
    read_text,
    show_batch,
    show_draft,
    upload_files,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database, pytest.mark.without_coverage]

HOSTILE = "<script>alert(1)</script>"
ALL_VIEWS = ["view_page", "view_batch", "view_draft", "view_event", "view_role", "view_publisher", "view_knownname"]


def sign_in_staff(*permissions: str, **options: bool) -> Client:
    user = User.objects.create_user(f"user{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(enforce_csrf_checks=options.get("csrf", False))
    client.force_login(user)
    return client


@pytest.fixture
def loaded(ann: Client) -> Batch:
    return load_batch(ann, upload_files(ann, make_upload(UNCLEAR)))


def list_changing(batch: Batch) -> list[str]:
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


def list_reading(batch: Batch) -> list[str]:
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


def read_state() -> tuple[object, ...]:
    stages = list(Batch.objects.values_list("stage", "stopped"))
    choices = list(Draft.objects.values_list("choices", "captured_on")) + list(Page.objects.values_list("choices"))
    pages = list(Page.objects.values_list("status", "citation"))
    titles = list(Role.objects.values_list("title"))
    return stages, choices, pages, titles, list(Publisher.objects.values_list("taken_down_at"))


def test_who_may_view_sees_everything_and_changes_nothing(loaded: Batch) -> None:
    bob = sign_in_staff(*ALL_VIEWS)
    before = read_state()
    for address in list_reading(loaded):
        assert bob.get(address).status_code == 200, address
    for address in list_changing(loaded):
        assert bob.post(address, {"which": "all", "reason": "x", "title": "x"}).status_code == 403, address
    assert read_state() == before


def test_who_may_view_finds_no_button_that_changes(loaded: Batch) -> None:
    bob = sign_in_staff(*ALL_VIEWS)
    for address in list_reading(loaded):
        shown = read_text(bob.get(address))
        for form in shown.split("<form")[1:]:
            opening, inside = form.split(">", 1)
            harmless = "logout" in opening or 'method="get"' in opening or "changelist" in opening
            assert harmless or "<button" not in inside.split("</form>")[0], (address, opening)
        assert "Upload pages</a>" not in shown
        assert "Undo loading …" not in shown


def test_a_post_without_its_token_is_refused(loaded: Batch) -> None:
    eve = Client(enforce_csrf_checks=True)
    eve.force_login(User.objects.get(username="ann"))
    before = read_state()
    for address in list_changing(loaded):
        assert eve.post(address, {"text": CLEAR.read_text(), "which": "all"}).status_code == 403, address
    assert read_state() == before
    assert Batch.objects.count() == 1


def test_what_changes_is_never_a_get(ann: Client, loaded: Batch) -> None:
    before = read_state()
    for address in list_changing(loaded):
        assert ann.get(address).status_code in (200, 302, 405), address
    assert read_state() == before


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [("load_page", "ingest_page_upload"), ("undo_page", "ingest_page_undo"), ("merge_role", "careers_role_merge")],
)
def test_each_permission_opens_its_own_screens(loaded: Batch, permission: str, allowed: str) -> None:
    bob = sign_in_staff(permission)
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


def sign_in_member(group: str) -> Client:
    create_groups()
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("group", ["viewer", "loader", "editor"])
def test_a_ready_made_group_allows_what_its_name_says(loaded: Batch, group: str) -> None:
    client = sign_in_member(group)
    assert all(client.get(address).status_code == 200 for address in list_reading(loaded))

    refused = {address for address in list_changing(loaded) if is_refused(client, address)}

    assert (UPLOAD in refused) == (group == "viewer")
    assert any("/merge/" in address for address in refused) == (group != "editor")
    assert bool(refused) == (group != "editor")


def is_refused(client: Client, address: str) -> bool:
    return client.post(address).status_code == 403


# -- hostile pages ----------------------------------------------------------------------------


def make_hostile_page() -> SimpleUploadedFile:
    text = UNCLEAR.read_text().replace("Baker", HOSTILE).replace("IBM", "<img src=x onerror=alert(2)>")
    return SimpleUploadedFile(f"{HOSTILE}.txt", f"{text}\nleft\u202eover {HOSTILE}\n".encode())


def make_hostile_table() -> SimpleUploadedFile:
    """A page that no source knows, so that the publisher is who was entered."""
    lines = (f"left\u202eover {HOSTILE}", f"| | {HOSTILE} | Miller |", "| Average salary | $1,000 | $2,000 |")
    return SimpleUploadedFile(f"{HOSTILE}.txt", "\n".join(lines).encode())


def find_unsafe(answer: HttpResponseBase) -> list[str]:
    shown = read_text(answer)
    return [text for text in (HOSTILE, "<img src=x", "\u202e") if text in shown]


@pytest.mark.parametrize(("hostile", "publisher"), [(make_hostile_page, ""), (make_hostile_table, HOSTILE)])
def test_script_in_a_page_is_shown_as_text_everywhere(
    ann: Client, hostile: Callable[[], SimpleUploadedFile], publisher: str
) -> None:
    batch = upload_files(ann, hostile(), publisher=publisher, licence=HOSTILE)
    draft = batch.drafts.get()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in show_draft(ann, draft)
    assert "left⟨U+202E⟩over" in show_draft(ann, draft)
    assert "&lt;script&gt;" in show_batch(ann, batch)
    load_batch(ann, batch)

    undo = [
        reverse(f"admin:ingest_{model}_undo", args=[pk])
        for model, pk in (("batch", batch.pk), ("page", Page.objects.get().pk))
    ]
    for address in [*list_reading(batch), *undo]:
        assert find_unsafe(ann.get(address)) == [], address


def test_the_bytes_of_a_page_are_saved_and_never_opened_as_one_of_ours(ann: Client) -> None:
    batch = upload_files(
        ann, SimpleUploadedFile("page.html", b"<html><script>alert(1)</script></html>" + CLEAR.read_bytes())
    )
    load_batch(ann, batch)
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
    monkeypatch.setattr("ingest.admin.permissions.is_allowed", lambda user, *permissions: True)
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
        test_script_in_a_page_is_shown_as_text_everywhere(ann, make_hostile_page, "")
