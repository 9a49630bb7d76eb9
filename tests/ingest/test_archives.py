"""Which files are found, and which are refused before they are read."""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents.archives import MOST_BYTES, find_files, read_files
from ingest.documents.document import PAGE_LIMIT
from ingest.parsing.cells import UnreadableError


def read_contents(*paths: Path) -> dict[str, bytes | str]:
    """Name of each file, without the folder of the test, -> its bytes, or why there are none."""
    folder = os.path.commonpath([path.parent for path in paths])
    files = [file for file in find_files(paths) if file.kind != "left out"]
    return {
        os.path.relpath(file.name, folder): str(content) if isinstance(content, UnreadableError) else content
        for file, content in read_files(files)
    }


def make_archive(path: Path, *members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as opened:
        for name, content in members:
            opened.writestr(name, content)
    return path


def get_refusal(path: Path) -> str:
    contents = list(read_contents(path).values())
    count = len(contents)
    assert count == 1
    reason = contents[0]
    assert isinstance(reason, str), "the file was read"
    return reason


# -- folders ----------------------------------------------------------------------------------


def test_a_folder_is_walked_in_the_order_of_names_and_only_pages_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for name in ("b/2.txt", "b/1.HTML", "a.htm", "c.zip", "a.json", "notes.md", ".hidden.txt", ".git/x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    make_archive(folder / "c.zip", ("z.txt", b"last"), ("m.txt", b"middle"))

    names = [os.path.relpath(file.name, folder) for file in find_files([folder]) if file.kind != "left out"]
    left_out = [os.path.relpath(file.name, folder) for file in find_files([folder]) if file.kind == "left out"]

    assert names == ["a.htm", "c.zip/m.txt", "c.zip/z.txt", "b/1.HTML", "b/2.txt"]
    assert left_out == ["notes.md"]


def test_a_file_that_is_named_directly_may_have_any_ending(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"a page")

    assert read_contents(tmp_path / "page") == {"page": b"a page"}


def test_a_path_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    assert get_refusal(tmp_path / "none.txt") == "There is no such file or folder. Check the path."


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)

    assert "The file has 50,000,000 bytes; a page may have 2,000,000." in get_refusal(large)


def test_a_pipe_or_device_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert get_refusal(tmp_path / "pipe.txt").startswith("This is not a file.")


def test_a_broken_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "page.txt").symlink_to(tmp_path / "gone.txt")

    assert "no such file" in get_refusal(tmp_path / "page.txt")


def test_a_folder_that_contains_itself_is_walked_once(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"a")
    (folder / "again").symlink_to(folder)

    assert list(read_contents(folder)) == ["pages/a.txt"]


# -- archives ---------------------------------------------------------------------------------


def test_the_pages_of_an_archive_are_read(tmp_path: Path) -> None:
    members = (("b.txt", b"b"), ("a/c.html", b"c"), ("__MACOSX/a.txt", b"x"), ("x.json", b"{}"), ("read.me", b"me"))
    path = make_archive(tmp_path / "pages.ZIP", *members)

    assert read_contents(path) == {"pages.ZIP/a/c.html": b"c", "pages.ZIP/b.txt": b"b"}


def test_a_name_in_an_archive_is_never_used_as_a_path(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    folder = tmp_path / "x"
    folder.mkdir()
    path = make_archive(folder / "pages.zip", ("../secret.txt", b"from the archive"))

    [(_, content)] = read_files(find_files([path]))
    assert content == b"from the archive"
    assert (tmp_path / "secret.txt").read_bytes() == b"secret"


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "bomb.zip", *((f"{number}.txt", bytes(1_900_000)) for number in range(20)))

    reason = get_refusal(path)
    assert "times its size" in reason
    assert "Pack fewer pages into each" in reason


def test_an_archive_with_too_many_files_is_refused(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "many.zip", *((f"{number}.txt", b"") for number in range(10_001)))

    assert "holds 10,001 files" in get_refusal(path)


def test_an_archive_directory_that_is_far_too_long_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "directory.zip"
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 90_000_000, 0, 0)
    path.write_bytes(bytes(1000) + end)

    assert "holds too many files" in get_refusal(path)


def test_an_archive_with_too_many_bytes_is_refused(tmp_path: Path) -> None:
    members = ((f"{number}.txt", bytes(PAGE_LIMIT)) for number in range(MOST_BYTES // PAGE_LIMIT + 1))
    path = make_archive(tmp_path / "long.zip", *members, packing=zipfile.ZIP_STORED)

    assert "The archive has 152," in get_refusal(path)


def test_a_large_page_in_an_archive_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "pages.zip", ("a.txt", os.urandom(PAGE_LIMIT + 1)), ("b.txt", b"b"))

    contents = read_contents(path)
    assert contents["pages.zip/b.txt"] == b"b"
    assert "a page may have 2,000,000" in str(contents["pages.zip/a.txt"])


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = make_archive(tmp_path / "inner.zip", ("a.txt", b"a"))
    path = make_archive(tmp_path / "outer.zip", ("inner.zip", inner.read_bytes()), ("b.txt", b"b"))

    contents = read_contents(path)
    assert contents["outer.zip/b.txt"] == b"b"
    assert "An archive within an archive is not opened." in str(contents["outer.zip/inner.zip"])


def test_a_page_behind_a_password_is_refused(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "locked.zip", ("a.txt", b"a"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    assert "locked with a password" in get_refusal(path)


def test_a_page_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "pages.zip", ("a.txt", b"a" * 50), packing=zipfile.ZIP_LZMA)

    assert "packed in an unusual way" in get_refusal(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive", b"PK\x05\x06" + bytes(10), b"PK\x03\x04" + bytes(300)])
def test_a_broken_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(data)

    assert get_refusal(path) == "The archive or workbook is broken. Pack or save it again and load that."


def test_a_broken_page_in_an_archive_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "pages.zip", ("a.txt", b"first " * 40), ("b.txt", b"b"), packing=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"first first", b"worst first", 1))

    contents = read_contents(path)
    assert contents["pages.zip/b.txt"] == b"b"
    assert "broken in its archive" in str(contents["pages.zip/a.txt"])


def test_an_archive_that_lies_about_its_sizes_cannot_exceed_the_limit(tmp_path: Path) -> None:
    """Its directory says 60 bytes for each file, but each of them unpacks to a megabyte."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packed.compress(bytes(1_000_000)) + packed.flush()
    path = tmp_path / "lies.zip"
    path.write_bytes(make_overlapping(block, names=[f"{number}.txt" for number in range(30)]))

    contents = read_contents(path)
    assert sum(len(content) for content in contents.values() if isinstance(content, bytes)) <= 50 * path.stat().st_size


def make_overlapping(block: bytes, names: list[str]) -> bytes:
    """An archive whose files all share one block of bytes."""
    check = zlib.crc32(bytes(60))
    shared = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(block), 60, 5, 0)
    data = b"PK\x03\x04" + shared + b"0.txt" + block
    directory = b"".join(
        b"PK\x01\x02"
        + struct.pack("<H", 20)
        + shared[:-4]
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
        + name.encode()
        for name in names
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(names), len(names), len(directory), len(data), 0)
    return data + directory + end


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (("a.png",), "The archive holds no page (.txt, .html, .htm, .csv or .xlsx), but “a.png” and the like."),
        ((), "The archive holds no page (.txt, .html, .htm, .csv or .xlsx), as it is empty."),
        (("pages/a.ZIP", "b.png"), "The archive holds another archive (“pages/a.ZIP”) and no page. Unpack that,"),
        (("[Content_Types].xml", "word/document.xml"), "The file is a document of an office program or a book,"),
        (
            ("mimetype", "content.xml"),
            "The file is a document of an office program or a book, not a page. Save its text",
        ),
    ],
)
def test_an_archive_without_a_page_is_refused_with_what_it_is(
    tmp_path: Path, members: tuple[str, ...], reason: str
) -> None:
    path = make_archive(tmp_path / "empty.zip", *((name, b"x") for name in members))
    assert get_refusal(path).startswith(reason)


# -- planted faults: without its limit each check fails -----------------------------------------


def read_named_file(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int, unpacked: int) -> bytes:
    """Takes the name in the archive for a path."""
    return Path(str(archive.filename)).parent.joinpath(member.filename).read_bytes()


@pytest.mark.parametrize(
    ("check", "limit", "fault"),
    [
        (test_a_large_file_is_refused_without_being_read, "document.PAGE_LIMIT", 10**9),
        (test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused, "archives.MOST_RATIO", 10**9),
        (test_an_archive_with_too_many_files_is_refused, "archives.MOST_PAGES", 10**9),
        (test_an_archive_directory_that_is_far_too_long_is_not_read, "archives._DIRECTORY_ENTRY", 10**9),
        (test_an_archive_with_too_many_bytes_is_refused, "archives.MOST_BYTES", 10**9),
        (test_a_large_page_in_an_archive_is_refused_and_the_others_are_read, "document.PAGE_LIMIT", 10**9),
        (test_an_archive_within_an_archive_is_not_opened, "archives.OPENED", (".txt", ".zip")),
        (test_a_name_in_an_archive_is_never_used_as_a_path, "archives.read_member", read_named_file),
    ],
)
def test_without_the_limit_the_check_fails(
    check: Callable[[Path], None], limit: str, fault: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(f"ingest.documents.{limit}", fault)
    with pytest.raises(AssertionError):
        check(tmp_path)
