"""Releases of O*NET from 30.3 on have the skills in two files, which are loaded as one table."""

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.db.models import F

from careers.models import SkillRating
from ingest.batches.uploads import add_file, open_batch
from ingest.batches.worker import continue_batch, start_loading
from ingest.documents.archives import find_files, read_files
from ingest.models import Page
from ingest.parsing.cells import UnreadableError
from tests.ingest.onet_files import NURSES, tabs
from tests.ingest.projection_tables import wage_table
from tests.ingest.small_pages import load_page, page

HEADS = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant")
READ_ME = b"O*NET 30.3 Database\nMay 2026 Release\nhttps://www.onetcenter.org/dictionary/30.3/text/\n"
JOINED = "Essential and Transferable Skills (O*NET 30.3, May 2026).txt"


def skill(element: str, name: str, importance: str) -> tuple[str, ...]:
    return (NURSES, element, name, "IM", importance, "N", "N")


FILES = {
    "Essential Skills.txt": tabs(HEADS, skill("2.A.1.a", "Reading", "4.12")),
    "Read Me.txt": READ_ME,
    "Transferable Skills.txt": tabs(HEADS, skill("2.B.1.a", "Coordination", "3.50")),
}


def make_archive(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "release.zip"
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"db/{name}", content)
    return path


def make_folder(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def upload(release: Path) -> None:
    batch = open_batch(None, {})
    add_file(batch, release.name, BytesIO(release.read_bytes()))
    while continue_batch(batch).stage == "reading":
        pass
    start_loading(batch, "all", None)
    while continue_batch(batch).stage == "loading":
        pass


def load(release: Path) -> None:
    call_command("load_pages", release, stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "bring"),
    [(make_archive, load), (make_folder, load), (make_archive, upload)],
    ids=["zip", "folder", "upload"],
)
def test_both_kinds_of_skills_are_stored_for_an_occupation(
    make: Callable[[Path, dict[str, bytes]], Path], bring: Callable[[Path], None], tmp_path: Path
) -> None:
    load_page(page(wage_table(), "national_M2025_dl.csv"), commit=True)
    bring(make(tmp_path, FILES))
    [stored] = Page.objects.exclude(name="national_M2025_dl.csv")
    assert stored.name.endswith(JOINED)
    current = SkillRating.objects.filter(citation=F("role__rated_skills_citation"))
    assert list(current.order_by("position").values_list("skill__name", flat=True)) == ["Reading", "Coordination"]


@pytest.mark.parametrize("make", [make_archive, make_folder])
def test_two_files_with_other_columns_are_not_joined(
    make: Callable[[Path, dict[str, bytes]], Path], tmp_path: Path
) -> None:
    other = {**FILES, "Transferable Skills.txt": tabs(HEADS[:5], skill("2.B.1.a", "Coordination", "3.50")[:5])}
    contents = {
        file.name.rpartition("/")[2]: content for file, content in read_files(find_files([make(tmp_path, other)]))
    }
    assert isinstance(contents[JOINED], UnreadableError)
    assert "The heads of Essential Skills.txt and Transferable Skills.txt differ" in str(contents[JOINED])


def test_one_of_the_two_files_is_read_by_itself(tmp_path: Path) -> None:
    make_folder(tmp_path, {"Essential Skills.txt": FILES["Essential Skills.txt"], "Read Me.txt": READ_ME})
    names = [file.name.rpartition("/")[2] for file in find_files([tmp_path]) if file.kind == "page"]
    assert names == ["Essential Skills (O*NET 30.3, May 2026).txt"]
