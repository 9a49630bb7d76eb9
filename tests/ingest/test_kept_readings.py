"""What a preview has read is kept until the page is loaded, and used only where the page would be read the same."""

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from careers.models import Role
from ingest.batches import decisions, worker
from ingest.batches.draft_groups import is_independent
from ingest.loading.kept_readings import read_kept_reading, write_kept_reading
from ingest.loading.read import PageReading, read_page
from ingest.models import Batch, Draft, Page
from ingest.parsing.cells import UnreadableError
from tests.ingest.batch_steps import find_draft, finish_work, load_all, make_batch
from tests.ingest.small_pages import write_pipe

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parent.parent / "pages"
PAGE = write_pipe("Baker", "Miller")


def describe(reading: PageReading) -> dict[str, Any]:
    """All of a reading that is stored."""
    parsed, fitted = reading.parsed, reading.fitted
    roles = []
    for role in fitted.roles:
        groups = {}
        for group, rows in role.groups.items():
            groups[group] = [repr({**row.__dict__, "_state": None}) for row in rows]
        roles.append((role.title, role.key, role.by_prose, role.joined, groups))
    return {
        "roles": roles,
        "citation": fitted.citation,
        "stated": (parsed.layout, parsed.publisher, parsed.attribution, parsed.figures_of, parsed.cut_line),
        "learned": parsed.learned,
        "warnings": {*parsed.warnings, *fitted.warnings},
        "unread": [*parsed.unread, *fitted.unread],
    }


def test_every_page_of_the_tests_is_kept_as_it_is_read() -> None:
    kept = 0
    for path in sorted(PAGES.iterdir()):
        page = Page(name=path.name, content=path.read_bytes())
        try:
            reading = read_page(page)
        except UnreadableError:
            continue
        if is_independent(reading, ()):
            page.kept_reading = write_kept_reading(reading)
            again = read_kept_reading(page)
            assert again is not None
            assert describe(again) == describe(reading), path.name
            kept += 1
    assert kept > 100


def plant_pay(draft: Draft) -> None:
    """Change what is kept, so that it shows where it is used."""
    kept = json.loads(zlib.decompress(bytes(draft.kept_reading)))
    kept["roles"][0][3]["salary"][0]["annual_average"] = 99_999
    draft.kept_reading = zlib.compress(json.dumps(kept).encode())
    draft.save(update_fields=["kept_reading"])


def preview_and_plant(page: bytes = PAGE) -> Batch:
    batch = make_batch(page)
    plant_pay(find_draft(batch))
    return batch


def load_and_read_pay(batch: Batch) -> int | None:
    load_all(batch)
    salary = Role.objects.get(slug="baker").salary
    assert salary
    return salary.annual_average


def test_a_page_that_was_previewed_is_not_read_again() -> None:
    batch = preview_and_plant()
    assert load_and_read_pay(batch) == 99_999
    assert find_draft(batch).kept_reading == b""


def test_a_later_version_reads_the_page_again(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = preview_and_plant()
    monkeypatch.setattr("ingest.loading.kept_readings.READER_VERSION", 10_000)
    assert load_and_read_pay(batch) == 31_200


def test_another_text_under_the_same_draft_is_read() -> None:
    batch = preview_and_plant()
    Draft.objects.update(content=PAGE.replace(b"31,200", b"31,300"))
    assert load_and_read_pay(batch) == 31_300


def test_another_publisher_that_a_person_enters_is_read_with() -> None:
    batch = preview_and_plant()
    decisions.enter_source(find_draft(batch), {"publisher": "Zippia"})
    finish_work(batch)
    assert load_and_read_pay(batch) == 31_200


def test_a_value_that_a_person_chose_is_read_with(ann: User) -> None:
    batch = preview_and_plant()
    draft = find_draft(batch)
    draft.choices = {"baker": {"salary.annual_average": {"text": "$32,000", "by": "ann", "on": "2026-11-27"}}}
    draft.save(update_fields=["choices"])
    assert load_and_read_pay(batch) == 32_000


def test_a_page_that_was_undone_is_read_again() -> None:
    batch = preview_and_plant()
    load_all(batch)
    worker.start_undoing(batch, None)
    finish_work(batch)
    assert load_and_read_pay(batch) == 31_200


def test_what_is_kept_survives_a_step_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the process is killed: the step is one transaction."""
    batch = preview_and_plant()
    worker.start_loading(batch, "all", None)
    with monkeypatch.context() as planted:
        planted.setattr(worker, "update_columns", interrupt)
        with pytest.raises(KeyboardInterrupt):
            worker.continue_here(batch, 0.1)
    assert find_draft(batch).kept_reading
    finish_work(batch)
    assert load_and_read_pay(batch) == 99_999


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt
