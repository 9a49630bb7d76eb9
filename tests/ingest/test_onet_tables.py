"""Tables of O*NET: how they are read as files, which release they are of, and which occupation a row belongs to."""

import os
from io import StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from careers.models import Role
from ingest.batches.uploads import add_file, open_batch
from ingest.batches.worker import continue_here
from ingest.documents.archives import find_files, read_files
from ingest.documents.document import PAGE_LIMIT, Document, read_document
from ingest.documents.releases import read_release
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.sources.onet.onet_tables import OnetReader, choose_main_codes, find_table, make_page
from tests.ingest.onet_files import NURSES, write_zones
from tests.ingest.projection_tables import make_wage_table
from tests.ingest.read_files import explain_refusal
from tests.ingest.small_pages import enter_page, load_page

HEADS = {"zone": ("Job Zone",)}


def make_reader(content: bytes, name: str = "Job Zones.txt") -> tuple[Document, OnetReader]:
    document = read_document(name, content)
    source = find_table(document, HEADS)
    assert source is not None
    return document, OnetReader(source, "Job Zones")


def test_text_with_tabs_is_a_table_in_which_quotes_and_commas_are_plain_characters() -> None:
    document, reader = make_reader(write_zones((NURSES, '"4", about', "08/2023")))
    assert document.table is not None
    assert document.table.rows == ((2, (NURSES, '"4", about', "08/2023")),)
    [row] = reader.by_occupation()["29-1141"][NURSES]
    assert (row.number, row.onet_code, reader.text(row, "zone")) == (2, NURSES, '"4", about')


def test_text_of_a_page_with_tabs_in_it_is_no_table() -> None:
    assert read_document("page.txt", b"Registered Nurse\tPay\nAverage salary\t$80,000\n").table is None


@pytest.mark.parametrize(
    "heads",
    [
        "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range",
        "Commodity Code\tCommodity Title\tClass Code\tClass Title",
        "Skills Element ID\tSkills Element Name\tWork Activities Element ID\tWork Activities Element Name",
        "Element ID\tIWA ID\tIWA Title",
        "Scale ID\tCategory\tCategory Description",
        "O*NET-SOC Code\tItem\tResponse\tN\tPercent\tDate",
    ],
)
def test_other_tables_of_a_release_are_refused_as_tables_that_are_not_used(heads: str) -> None:
    row = "\t".join(["1"] * (heads.count("\t") + 1))
    for name, content in (("A.txt", f"{heads}\r\n{row}\r\n"), ("A.csv", f"{heads}\n{row}\n".replace("\t", ","))):
        assert explain_refusal(content.encode(), name).startswith("Rolewise uses no such table of O*NET")


def test_what_a_release_says_of_itself_is_refused_as_no_table() -> None:
    content = b"O*NET 30.1 Database\r\nDecember 2025 Release\r\n"
    assert explain_refusal(content, "Read Me.txt").startswith(
        "The file only says which release of O*NET it belongs to."
    )


def test_a_text_table_may_be_longer_than_a_page_and_a_page_may_not() -> None:
    rows = [(NURSES, "4", "08/2023")] * (PAGE_LIMIT // 20)
    assert len(read_document("Job Zones.txt", write_zones(*rows)).sheets[0].rows) == len(rows)
    with pytest.raises(UnreadableError, match="a page may have 2,000,000"):
        read_document("page.txt", b"Average salary\n" * (PAGE_LIMIT // 10))


def test_what_stands_for_missing_is_no_value_and_a_bad_figure_is_reported_with_its_row_and_column() -> None:
    _, reader = make_reader(write_zones((NURSES, "n/a", ""), (NURSES, "four", "")))
    rows = reader.by_occupation()["29-1141"][NURSES]
    assert [reader.figure(row, "zone", "job_zone") for row in rows] == [None, None]
    [warning] = reader.warnings
    assert (warning.line, warning.code) == (3, "unreadable-value")
    assert "“four” in the column “Job Zone”" in warning.message


def test_an_empty_cell_of_figures_is_reported_because_o_net_writes_n_a() -> None:
    _, reader = make_reader(write_zones((NURSES, "", "08/2023")))
    [row] = reader.by_occupation()["29-1141"][NURSES]
    assert reader.figure(row, "zone", "job_zone") is None
    [warning] = reader.warnings
    assert (warning.line, warning.code) == (2, "unreadable-value")
    assert warning.message == "The cell in the column “Job Zone” is empty; a figure was expected."


def test_rows_belong_to_the_occupation_that_the_crosswalk_says() -> None:
    """No code of O*NET is that of the occupation itself here: 13-1020 joins three of them."""
    _, reader = make_reader(write_zones(("13-1021.00", "3", ""), ("13-1023.00", "4", ""), ("11-1011.03", "5", "")))
    by_occupation = reader.by_occupation()
    assert {code: list(rows) for code, rows in by_occupation.items()} == {
        "13-1020": ["13-1021.00", "13-1023.00"],
        "11-1011": ["11-1011.03"],
    }


def test_codes_that_belong_to_no_occupation_are_reported() -> None:
    _, reader = make_reader(write_zones(*[(NURSES, "4", "")] * 9, ("99-9999.00", "4", "")))
    assert list(reader.by_occupation()) == ["29-1141"]
    [warning] = reader.warnings
    assert (warning.code, warning.line) == ("rows-left-out", 11)
    assert "99-9999.00" in warning.message


def test_a_table_of_which_too_few_rows_belong_to_an_occupation_is_refused() -> None:
    _, reader = make_reader(write_zones(*[(NURSES, "4", "")] * 8, *[("99-9999.00", "4", "")] * 2))
    with pytest.raises(UnreadableError, match=r"Only 8 of the 10 rows .* at least 90% must. Others have 99-9999.00"):
        reader.by_occupation()


def test_a_table_that_was_cut_says_so_and_leaves_its_last_row_out() -> None:
    _, reader = make_reader(write_zones((NURSES, "4", "08/2023")) + b"29-1171.00\t4")
    assert list(reader.by_occupation()) == ["29-1141"]
    assert (reader.cut_line, [warning.code for warning in reader.warnings]) == (3, ["cut-here"])


def test_all_codes_of_an_occupation_that_are_no_details_stand_for_it_or_else_its_details() -> None:
    assert choose_main_codes(["13-1021.00", "13-1023.00", "13-1023.01"]) == ["13-1021.00", "13-1023.00"]
    assert choose_main_codes(["15-1299.02", "15-1299.01"]) == ["15-1299.01", "15-1299.02"]


# -- releases ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("db_30_1_text.zip/Skills.txt", "30.1"),
        ("db_29_3_excel/Skills.xlsx", "29.3"),
        ("Skills (O*NET 30.1, December 2025).xlsx", "30.1"),
        ("Skills O*NET 30.xlsx", "30"),
        ("Skills.xlsx", ""),
        ("Skills 2025_30_1.xlsx", ""),
    ],
)
def test_a_release_is_read_from_the_name_of_a_file_or_of_its_archive(name: str, release: str) -> None:
    assert read_release(name).number == release


def test_a_table_without_a_release_says_so_and_is_of_the_month_of_its_newest_figures() -> None:
    document, reader = make_reader(write_zones((NURSES, "4", "08/2023"), (NURSES, "4", "02/2024")))
    reader.by_occupation()
    made = make_page(document, reader, [])
    assert (made.release, str(made.figures_of), made.title) == ("", "2024-02-01", "O*NET Database: Job Zones")
    assert [warning.code for warning in made.warnings] == ["release-unknown"]


def test_the_read_me_of_a_folder_gives_its_tables_their_release_and_no_other_files(tmp_path: Path) -> None:
    table = write_zones((NURSES, "4", ""))
    (tmp_path / "Job Zones.txt").write_bytes(table)
    (tmp_path / "Skills.xlsx").write_bytes(b"PK")
    read_me = "O*NET 30.1 Database\nDecember 2025 Release\nhttps://www.onetcenter.org/dictionary/30.1/text/\n"
    (tmp_path / "Read Me.txt").write_text(read_me)
    names = [Path(file.name).name for file, _ in read_files(find_files([tmp_path]))]
    assert names == ["Job Zones (O*NET 30.1, December 2025).txt", "Read Me.txt", "Skills.xlsx"]
    document, reader = make_reader(table, names[0])
    reader.by_occupation()
    made = make_page(document, reader, [])
    assert (made.release, str(made.figures_of), made.warnings) == ("30.1", "2025-12-01", ())
    assert (made.title, made.licence) == ("O*NET 30.1 Database: Job Zones", "CC BY 4.0")


# -- crosswalks -------------------------------------------------------------------------------


def test_a_crosswalk_that_is_uploaded_says_what_it_is_for() -> None:
    heads = b"O*NET-SOC Code,O*NET-SOC Title,NEM Code\n29-1141.00,Registered Nurses,29-1141\n"
    with pytest.raises(UnreadableError, match=r"gives no facts by itself.*compile_occupations"):
        parse_page(read_document("crosswalk.csv", heads))


# -- whole releases ---------------------------------------------------------------------------

READ_ME = "O*NET 30.1 Database\nDecember 2025 Release\nhttps://www.onetcenter.org/dictionary/30.1/text/\n"


def write_release(folder: Path) -> Path:
    path = folder / "onet.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("db/Read Me.txt", READ_ME)
        archive.writestr("db/Job Zones.txt", write_zones((NURSES, "4", "08/2023"), ("35-2014.00", "1", "08/2023")))
        archive.writestr("db/Work Context.txt", b"O*NET-SOC Code\tContext\r\n" + os.urandom(6_000_000).hex().encode())
        archive.writestr("db/Scales Reference.txt", b"Scale ID\tScale Name\r\nIM\tImportance\r\n")
    return path


def test_of_a_whole_release_the_tables_that_are_read_have_their_release_and_the_others_are_skipped(
    tmp_path: Path,
) -> None:
    files = {file.name.rpartition("/")[2]: file.kind for file in find_files([write_release(tmp_path)])}
    assert files == {
        "Job Zones (O*NET 30.1, December 2025).txt": "page",
        "Read Me.txt": "skipped",
        "Scales Reference.txt": "skipped",
        "Work Context.txt": "skipped",
    }


@pytest.mark.django_db
def test_a_release_loads_with_a_line_for_each_table_that_is_skipped(tmp_path: Path) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    output = StringIO()
    call_command("load_pages", write_release(tmp_path), stdout=output)
    lines = output.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["loaded", "skipped", "skipped", "skipped", "1"]
    assert lines[-1] == "1 loaded, 0 unchanged, 0 refused, 3 skipped; 0 warnings."
    role = Role.objects.select_related("job_zone__citation__publisher").get(soc_code="29-1141")
    assert role.job_zone is not None
    assert (role.job_zone.job_zone, role.job_zone.citation.title) == (4, "O*NET 30.1 Database: Job Zones")
    assert "has not approved, endorsed or tested these modifications" in role.job_zone.citation.publisher.attribution


@pytest.mark.django_db
def test_a_release_that_an_admin_uploads_has_a_skipped_draft_for_each_table_that_is_not_read(
    tmp_path: Path, admin_user: User
) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    batch = open_batch(admin_user, {})
    with write_release(tmp_path).open("rb") as file:
        add_file(batch, "onet.zip", file)
    while continue_here(batch).stage == "reading":
        pass
    drafts = dict(batch.drafts.values_list("name", "status"))
    assert drafts == {
        "onet.zip/db/Job Zones (O*NET 30.1, December 2025).txt": "new",
        "onet.zip/db/Read Me.txt": "skipped",
        "onet.zip/db/Scales Reference.txt": "skipped",
        "onet.zip/db/Work Context.txt": "skipped",
    }
