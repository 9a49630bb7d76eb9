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
from ingest.batches.worker import continue_here, start_loading
from ingest.documents.archives import find_files, read_files
from ingest.documents.document import read_document
from ingest.documents.releases import join_halves, pair_halves
from ingest.models import Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from tests.ingest.onet_files import NURSES, write_tabs
from tests.ingest.projection_tables import make_wage_table, make_workbook
from tests.ingest.small_pages import enter_page, load_page

HEADS = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant")
READ_ME = b"O*NET 30.3 Database\nMay 2026 Release\nhttps://www.onetcenter.org/dictionary/30.3/text/\n"
JOINED = "Essential and Transferable Skills (O*NET 30.3, May 2026).txt"


def make_skill_row(element: str, name: str, importance: str) -> tuple[str, ...]:
    return (NURSES, element, name, "IM", importance, "N", "N")


FILES = {
    "Essential Skills.txt": write_tabs(HEADS, make_skill_row("2.A.1.a", "Reading", "4.12")),
    "Read Me.txt": READ_ME,
    "Transferable Skills.txt": write_tabs(HEADS, make_skill_row("2.B.1.a", "Coordination", "3.50")),
}


def make_skills_workbook(row: tuple[str, ...]) -> bytes:
    return make_workbook({"Skills": [["O*NET 30.3 Database, May 2026"], [*HEADS], [*row]]})


WORKBOOKS = {
    "Essential Skills.xlsx": make_skills_workbook(make_skill_row("2.A.1.a", "Reading", "4.12")),
    "Transferable Skills.xlsx": make_skills_workbook(make_skill_row("2.B.1.a", "Coordination", "3.50")),
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
    while continue_here(batch).stage == "reading":
        pass
    start_loading(batch, "all", None)
    while continue_here(batch).stage == "loading":
        pass


def load(release: Path) -> None:
    call_command("load_pages", release, stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "bring"),
    [(make_archive, load), (make_folder, load), (make_archive, upload)],
    ids=["zip", "folder", "upload"],
)
@pytest.mark.parametrize(
    ("files", "name"),
    [(FILES, JOINED), (WORKBOOKS, "Essential and Transferable Skills.csv")],
    ids=["text", "workbooks"],
)
def test_both_kinds_of_skills_are_stored_for_an_occupation(
    files: dict[str, bytes],
    name: str,
    make: Callable[[Path, dict[str, bytes]], Path],
    bring: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    bring(make(tmp_path, files))
    [stored] = Page.objects.exclude(name="national_M2025_dl.csv")
    assert stored.name.endswith(name)
    assert stored.citation is not None
    assert stored.citation.title == "O*NET 30.3 Database: Skills"
    current = SkillRating.objects.filter(citation=F("role__rated_skills_citation"))
    assert list(current.order_by("position").values_list("skill__name", flat=True)) == ["Reading", "Coordination"]


@pytest.mark.parametrize("make", [make_archive, make_folder])
def test_two_files_with_other_columns_are_not_joined(
    make: Callable[[Path, dict[str, bytes]], Path], tmp_path: Path
) -> None:
    other = {
        **FILES,
        "Transferable Skills.txt": write_tabs(HEADS[:5], make_skill_row("2.B.1.a", "Coordination", "3.50")[:5]),
    }
    contents = {
        file.name.rpartition("/")[2]: content for file, content in read_files(find_files([make(tmp_path, other)]))
    }
    assert isinstance(contents[JOINED], UnreadableError)
    assert "The heads of Essential Skills and Transferable Skills differ" in str(contents[JOINED])


def test_a_workbook_and_a_text_file_are_no_pair() -> None:
    names = ["Essential Skills.xlsx", "Transferable Skills.txt", "Inessential Skills.txt", "inTransferable Skills.txt"]
    assert pair_halves(names) == dict.fromkeys(names, "")


def test_a_workbook_that_computes_its_figures_is_not_joined() -> None:
    computed = make_skills_workbook(make_skill_row("2.B.1.a", "Coordination", "=1+1"))
    reason = join_halves(WORKBOOKS["Essential Skills.xlsx"], computed)
    assert isinstance(reason, UnreadableError)
    assert "holds formulas" in str(reason)


@pytest.mark.parametrize("name", ["Essential Skills.txt", "Transferable Skills.txt"])
def test_one_of_the_two_files_alone_is_refused_with_what_to_do(name: str) -> None:
    for file_name in (name, name.replace(".txt", " (O*NET 30.3, May 2026).txt")):
        with pytest.raises(UnreadableError, match="Pack Essential Skills and Transferable Skills into one"):
            parse_page(read_document(file_name, FILES[name]))


class CountedName(str):
    """A name that counts how often it is compared with another."""

    comparisons = 0

    def __eq__(self, other: object) -> bool:
        CountedName.comparisons += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_pairing_the_files_of_a_large_archive_compares_no_name_with_all_others() -> None:
    names = [CountedName(f"{n}/{kind} Skills.txt") for n in range(500) for kind in ("Essential", "Transferable")]
    pairs = pair_halves(names)
    assert [pairs.get(name) for name in names[:2]] == ["0/Transferable Skills.txt", None]
    assert len(pairs) == 500
    assert CountedName.comparisons < 10 * len(names)
