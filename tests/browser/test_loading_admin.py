"""Pages in a real browser under the security policy: uploaded, previewed in steps, chosen, loaded and undone."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from django.contrib.auth.models import User
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from careers.models import Role, Skill, SkillAlias
from ingest.batches import background
from ingest.management.commands.work_on_batches import BatchWorker
from ingest.models import Page as StoredPage
from tests.browser.barriers import find_barriers
from tests.ingest.admin_steps import CLEAR, GUIDE, UNCLEAR, UPLOAD


@pytest.fixture
def admin(page: Page, live_server: LiveServer) -> Page:
    """A page on which Ann has signed in."""
    User.objects.create_superuser("ann", password="correct horse")
    sign_in(page, live_server)
    return page


def sign_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()


def upload_files(page: Page, live_server: LiveServer, *files: Path) -> None:
    """Choose files and wait until all of them are previewed."""
    page.goto(live_server.url + UPLOAD)
    page.get_by_label("Pages:").set_input_files([str(path) for path in files])
    page.get_by_role("button", name="Preview").click()
    page.wait_for_url("**/admin/ingest/batch/*/change/")
    expect(page.get_by_role("button", name="Load").first).to_be_visible()


def open_preview(page: Page, name: str) -> None:
    """Open one page of the batch, and wait until its scripts, which run late, listen to pointer and keyboard."""
    page.get_by_role("link", name=name).click()
    page.wait_for_url("**/admin/ingest/draft/*/change/", wait_until="load")


def make_archive(count: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", UNCLEAR.read_bytes().replace(b"$31,200", b"$%d,200" % (100 + number)))
    return file.getvalue()


def test_what_became_of_a_group_stands_on_the_line_of_its_name(admin: Page, live_server: LiveServer) -> None:
    upload_files(admin, live_server, CLEAR)
    open_preview(admin, CLEAR.name)
    displays = admin.locator("h4").first.evaluate(
        """(heading) => ["new", "changed", "same", "beside", "unclear", "missing", "absent"].map((name) => {
          const state = document.createElement("span");
          state.className = `state ${name}`;
          heading.append(state);
          return getComputedStyle(state).display;
        })"""
    )
    assert set(displays) == {"inline"}


def test_files_are_uploaded_loaded_and_undone(admin: Page, live_server: LiveServer) -> None:
    upload_files(admin, live_server, CLEAR, GUIDE)
    expect(admin.get_by_role("link", name=CLEAR.name)).to_be_visible()
    assert not Role.objects.exists()

    admin.get_by_role("button", name="Load all 2 pages").click()
    admin.get_by_role("link", name="Undo loading 2 pages").click()
    assert Role.objects.count() == 3
    expect(admin.get_by_text("Software Technician")).to_be_visible()
    admin.get_by_role("button", name="Undo loading 2 pages").click()
    expect(admin.get_by_role("button", name="Load all 2 pages")).to_be_visible()

    assert not Role.objects.exists()
    assert StoredPage.objects.count() == 2


def test_the_screen_watches_how_far_a_worker_is(admin: Page, live_server: LiveServer, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    admin.goto(live_server.url + UPLOAD)
    admin.get_by_label("Pages:").set_input_files([str(CLEAR), str(GUIDE)])
    admin.get_by_role("button", name="Preview").click()
    with admin.expect_response("**/work/"):
        pass
    expect(admin.get_by_role("status")).to_have_text("0 of 2 pages previewed.")
    expect(admin.get_by_role("button", name="Stop")).to_be_visible()
    expect(admin.get_by_role("button", name="Look again")).to_be_hidden()  # the script looks by itself

    Worker.run(BatchWorker())

    expect(admin.get_by_role("button", name="Load all 2 pages")).to_be_visible()


def test_dropped_pages_are_uploaded_and_other_files_left_out(admin: Page, live_server: LiveServer) -> None:
    admin.goto(live_server.url + UPLOAD)
    admin.evaluate(
        """text => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], "dropped.txt"));
            dropped.items.add(new File(["x"], "picture.png"));
            const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
            document.getElementById("drop-zone").dispatchEvent(event);
        }""",
        CLEAR.read_text(),
    )
    expect(admin.locator("#chosen")).to_have_text(
        "1 file chosen. Left out, because the kind is not one of those above: “picture.png”."
    )
    admin.get_by_role("button", name="Preview").click()

    expect(admin.get_by_role("button", name="Load the page")).to_be_visible()
    expect(admin.get_by_role("link", name="dropped.txt")).to_be_visible()


def test_more_files_than_a_request_holds_are_sent_in_several(
    admin: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    for number in range(99):
        (tmp_path / f"{number}.txt").write_text(f"no page, number {number}")
    upload_files(admin, live_server, CLEAR, GUIDE, *sorted(tmp_path.iterdir()))

    expect(admin.get_by_role("button", name="Load all 2 pages")).to_be_visible()
    expect(admin.get_by_role("link", name="99 refused")).to_be_visible()


def test_a_large_archive_is_previewed_in_short_requests_that_can_be_stopped(
    admin: Page, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "SECONDS_PER_REQUEST", 0)  # a single step, however fast the machine is
    archive = tmp_path / "many.zip"
    archive.write_bytes(make_archive(120))
    admin.goto(live_server.url + UPLOAD)
    admin.get_by_label("Pages:").set_input_files(str(archive))
    with admin.expect_response("**/work/") as answer:
        admin.get_by_role("button", name="Preview").click()
    progress = answer.value.json()
    assert progress["working"]
    assert progress["done"] < progress["total"] == 120
    expect(admin.get_by_role("progressbar")).not_to_have_attribute("value", "0")
    admin.get_by_role("button", name="Stop").click()
    expect(admin.get_by_role("heading", name="stopped")).to_be_visible()

    monkeypatch.undo()
    admin.get_by_role("button", name="Continue").click()

    expect(admin.get_by_role("button", name="Load all 120 pages")).to_be_visible()
    expect(admin.locator("input[name=draft]")).to_have_count(100)


def test_a_value_and_its_line_are_highlighted_together(admin: Page, live_server: LiveServer) -> None:
    upload_files(admin, live_server, CLEAR)
    open_preview(admin, CLEAR.name)
    value, line = admin.locator(".values li", has_text="$90,615"), admin.locator("#line-10")

    value.hover()
    expect(line).to_have_class("lit")
    line.hover()
    expect(value).to_have_class("lit")
    admin.mouse.move(0, 0)
    value.get_by_role("link").focus()
    expect(line).to_have_class("lit")


def test_a_choice_is_made_by_keyboard_alone(admin: Page, live_server: LiveServer) -> None:
    upload_files(admin, live_server, UNCLEAR)
    admin.get_by_role("link", name=UNCLEAR.name).press("Enter")
    admin.get_by_label("Baker: IBM · Miller: PayPal").press("Space")
    admin.get_by_role("button", name="Save this choice").press("Enter")

    expect(admin.get_by_text("The choice is saved.")).to_be_visible()
    expect(admin.get_by_text("Best paying company of Baker: IBM, by ann")).to_be_visible()


def test_typing_a_value_chooses_it(admin: Page, live_server: LiveServer) -> None:
    upload_files(admin, live_server, UNCLEAR)
    open_preview(admin, UNCLEAR.name)
    admin.get_by_label("Baker", exact=True).fill("Initech")

    expect(admin.get_by_label("Something else")).to_be_checked()


def test_another_spelling_is_given_to_a_skill_that_is_looked_up_by_its_name(
    admin: Page, live_server: LiveServer
) -> None:
    Skill.objects.create(name="Welding", slug="welding")
    skill = Skill.objects.create(name="Troubleshooting", slug="troubleshooting")
    admin.goto(f"{live_server.url}/admin/careers/skillalias/add/")
    admin.get_by_label("Name").fill("Trouble shooting")
    with admin.expect_popup() as opened:
        admin.get_by_role("link", name="Lookup").click()
    opened.value.get_by_role("textbox", name="Search").fill("troubles")
    opened.value.get_by_role("button", name="Search").click()
    opened.value.get_by_role("link", name="Troubleshooting").click()
    expect(admin.get_by_label("Skill")).to_have_value(str(skill.pk))
    admin.get_by_role("button", name="Save", exact=True).click()

    expect(admin.get_by_text("was added successfully")).to_be_visible()
    assert SkillAlias.objects.get().skill == skill


def test_the_screens_are_free_of_known_barriers_and_fit_a_phone_and_a_desk(
    context: BrowserContext, live_server: LiveServer
) -> None:
    User.objects.create_superuser("ann", password="correct horse")
    admin = context.new_page()  # not the one whose console is watched: axe itself meets the policy there
    admin.goto(f"{live_server.url}/admin/")
    assert find_barriers(admin) == []
    sign_in(admin, live_server)
    upload_files(admin, live_server, UNCLEAR, GUIDE)
    batch = admin.url
    open_preview(admin, UNCLEAR.name)
    draft = admin.url
    admin.goto(batch)
    admin.get_by_role("button", name="Load all 2 pages").click()
    expect(admin.get_by_role("link", name="Undo loading 2 pages")).to_be_visible()
    stored, role = StoredPage.objects.get(name=GUIDE.name).pk, Role.objects.get(slug="software-technician").pk
    screens = [
        live_server.url + UPLOAD,
        batch,
        draft,
        batch.replace("change", "undo"),
        f"{live_server.url}/admin/ingest/page/{stored}/change/",
        f"{live_server.url}/admin/careers/role/{role}/change/",
        f"{live_server.url}/admin/careers/role/{role}/merge/",
        f"{live_server.url}/admin/careers/role/coverage/",
        f"{live_server.url}/admin/careers/skillalias/add/",
        f"{live_server.url}/admin/password_change/",
    ]
    barriers = {}
    windows: list[tuple[Literal["light", "dark"], int]] = [("light", 412), ("dark", 412), ("light", 1280)]
    for scheme, width in windows:
        admin.emulate_media(color_scheme=scheme)
        admin.set_viewport_size({"width": width, "height": 900})
        for address in screens:
            admin.goto(address)
            assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
            if wrong := find_barriers(admin):
                barriers[scheme, width, address] = wrong
    assert barriers == {}


def test_without_script_the_form_and_the_buttons_do_it_all(context: BrowserContext, live_server: LiveServer) -> None:
    User.objects.create_superuser("ann", password="correct horse")
    browser = context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + UPLOAD)
    expect(page.get_by_text("Up to 100 files and 150 MB at a time.")).to_be_visible()
    page.get_by_label("Pages:").set_input_files(str(CLEAR))
    page.get_by_role("button", name="Preview").click()
    while page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Load the page").click()
    while page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()

    assert Role.objects.count() == 2
    plain.close()
