"""Paths -> files: walks folders and zip archives in order and reads their pages within limits.

Nothing is unpacked to disk. A name in an archive is only shown, never used as a path.
A file that cannot be read gives an UnreadableError with a sentence for people.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ingest.documents import releases
from ingest.documents.document import START, choose_byte_limit, make_size_error
from ingest.documents.source_notes import FILE_NAME as NOTES
from ingest.documents.source_notes import add_notes
from ingest.documents.tables import ENDINGS as TABLES
from ingest.documents.workbooks import BROKEN, MOST_RATIO, is_workbook, measure_directory
from ingest.parsing.cells import UnreadableError

PAGES = (".txt", ".html", ".htm", *TABLES)
_PACKED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")
OPENED = (*PAGES, ".xls")  # an old workbook is refused with what to do, not left out
CROSSWALK = "crosswalk_"  # how the names of compiled crosswalks start
MOST_PAGES = 10_000  # in one archive
MOST_BYTES = 150_000_000  # of one archive, unpacked; a release of O*NET has some 100
_DIRECTORY_ENTRY = 250  # bytes that one file with a long name takes in an archive's directory

Kind = Literal["page", "refused", "left out", "skipped"]
NESTED = "An archive within an archive is not opened. Unpack it and load what it holds."


@dataclass(frozen=True, slots=True)
class File:
    """One file. `kind`: a page to read, a page that cannot be read, something else ("left out"), or a table of a known
    release that is not used ("skipped"). `member`: its entry in an archive. `second_half`: the name of the file beside
    it that holds the rest of its table."""

    name: str
    path: Path
    kind: Kind = "page"
    member: ZipInfo | None = None
    error: str = ""
    second_half: str = ""


def size_of(file: File) -> int:
    """How many bytes it has when unpacked; 0 if that is unknown."""
    if file.member:
        return file.member.file_size
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def find_files(paths: Iterable[Path]) -> Iterator[File]:
    """Walk these paths, folders and archives included. The files of a folder come in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from _list_files_in_folder(path)
        else:
            yield from _list_files_at(path)


def _list_files_in_folder(folder: Path) -> Iterator[File]:
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = _keep_visible(folders)
        read_me = _read_me_in(Path(parent), names)
        for name, second_half in releases.pair_halves(_keep_visible(names)).items():
            path = Path(parent, name)
            if second_half:
                yield File(read_me.name_of_both(str(path)), path, second_half=second_half)
            elif not (name.startswith(CROSSWALK) and NOTES in names):  # crosswalks are read with other files
                yield from _list_files_beside(path, read_me)
    for error in errors:
        path = Path(os.fsdecode(error.filename or folder))
        yield File(str(path), path, "refused", error="The folder cannot be opened. Check who may read it.")


def _list_files_beside(path: Path, read_me: releases.ReadMe) -> Iterator[File]:
    """A file of a folder, or the files of an archive in it. `read_me`: what the folder says about its release."""
    name = path.name
    if read_me.release.number and releases.is_unused_table(name):
        yield File(str(path), path, "skipped", error=releases.NOT_READ)
    elif name.lower().endswith((*OPENED, ".zip")):
        for file in _list_files_at(path):
            yield file if file.member else replace(file, name=read_me.name_with_release(file.name))
    elif not name.endswith(".json") and name != NOTES:  # these are about the pages beside them
        yield File(str(path), path, "left out")


def _read_me_in(folder: Path, names: Iterable[str]) -> releases.ReadMe:
    """What the file that comes with a release says about the others in its folder."""
    for name in names:
        if name.lower() == releases.READ_ME:
            try:
                with (folder / name).open("rb") as file:
                    return releases.read_read_me(file.read(START).decode("utf-8", "replace"))
            except OSError:
                return releases.ReadMe()
    return releases.ReadMe()


def _keep_visible(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("."))


def _list_files_at(path: Path) -> Iterator[File]:
    name = str(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield File(name, path, "refused", error=_refuse_to_open(error))
        return
    if not stat.S_ISREG(mode):
        yield File(name, path, "refused", error="This is not a file. Name a file, a folder or a .zip archive.")
    elif name.lower().endswith((".zip", ".xlsx")) and _holds_pages(path):
        yield from _list_files_in_archive(path)
    else:
        yield File(name, path)


def _holds_pages(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_archive(path.name, file)
    except OSError:
        return path.name.lower().endswith(".zip")


def is_archive(name: str, file: IO[bytes]) -> bool:
    """Whether a file is an archive of pages. A workbook is a zip file too, so the contents decide, not the name.

    Leaves the file at its start.
    """
    file.seek(0)
    packed = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    return (packed or name.lower().endswith(".zip")) and not is_workbook(file)


def _refuse_to_open(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file or folder. Check the path."
    return f"The file cannot be opened ({error.strerror or type(error).__name__}). Check who may read it."


# -- archives ---------------------------------------------------------------------------------


def _list_files_in_archive(path: Path) -> Iterator[File]:
    try:
        with path.open("rb") as file:
            members = list_members(file)
            with ZipFile(file) as archive:
                read_me = read_me_in_archive(path.name, archive, members)
    except OSError as error:
        yield File(str(path), path, "refused", error=_refuse_to_open(error))
        return
    except UnreadableError as error:
        yield File(str(path), path, "refused", error=str(error))
        return
    second_half_of = releases.pair_halves(member.filename for member in members)
    for member in members:
        if member.filename not in second_half_of:
            continue  # read with the first half
        kind = find_kind(member, read_me)
        second_half = second_half_of[member.filename]
        name = name_of_member(str(path), member, second_half, read_me)
        if kind == "page":
            yield File(name, path, member=member, second_half=second_half)
        elif kind:
            yield File(name, path, kind, error=releases.NOT_READ if kind == "skipped" else NESTED)


def read_me_in_archive(name: str, archive: ZipFile, members: Iterable[ZipInfo]) -> releases.ReadMe:
    """What an archive says about its release, in `Read Me.txt` or else in its name."""
    for member in members:
        if member.filename.rpartition("/")[2].lower() == releases.READ_ME:
            content = read_member(archive, member, MOST_BYTES, 0)
            if isinstance(content, bytes):
                return releases.read_read_me(content.decode("utf-8", "replace"))
    return releases.ReadMe(releases.read_release(name))


def name_of_member(archive: str, member: ZipInfo, second_half: str, read_me: releases.ReadMe) -> str:
    """The name of a file of an archive for people, with its release; of a table in two files that of both."""
    name = f"{archive}/{member.filename}"
    return read_me.name_of_both(name) if second_half else read_me.name_with_release(name)


def find_kind(member: ZipInfo, read_me: releases.ReadMe) -> Kind | None:
    """What a file of an archive is; None for hidden files and others that need no mention."""
    name = member.filename.rpartition("/")[2].lower()
    if name.startswith(".") or "__MACOSX/" in member.filename or name.endswith(".json"):
        return None
    if name.endswith(OPENED):
        return "skipped" if read_me.release.number and releases.is_unused_table(name) else "page"
    return "refused" if name.endswith(".zip") else "left out"


def list_members(file: IO[bytes]) -> list[ZipInfo]:
    """The files of an archive in the order of their names.

    The limits are checked against the archive's directory, before any file is unpacked.
    Raises UnreadableError, or OSError if the file cannot be read.
    """
    size = file.seek(0, os.SEEK_END)
    if size > MOST_BYTES:
        raise UnreadableError(_refuse_too_much(f"has {size:,} bytes"))
    if measure_directory(file) > MOST_PAGES * _DIRECTORY_ENTRY:
        raise UnreadableError(_refuse_too_much("holds too many files"))
    try:
        with ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except PermissionError:
        raise
    except BROKEN as error:
        raise UnreadableError("The archive or workbook is broken. Pack or save it again and load that.") from error
    _check_members(members, size)
    return sorted(members, key=lambda member: member.filename)


def _check_members(members: list[ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_PAGES:
        raise UnreadableError(_refuse_too_much(f"holds {len(members):,} files"))
    if unpacked > MOST_BYTES:
        raise UnreadableError(_refuse_too_much(f"unpacks to {unpacked:,} bytes"))
    if unpacked > MOST_RATIO * size:
        raise UnreadableError(_refuse_too_much(f"unpacks to {unpacked // size:,} times its size"))
    if not any(member.filename.lower().endswith(OPENED) for member in members):
        raise UnreadableError(_describe_lack_of_pages([member.filename for member in members]))


def _describe_lack_of_pages(names: Sequence[str]) -> str:
    """What an archive without a page is: documents of office programs are archives, too."""
    if not {"[Content_Types].xml", "mimetype"}.isdisjoint(names):
        return (
            "The file is a document of an office program or a book, not a page. Save its text as .txt or .html, or its "
            "table as .xlsx or .csv, and load that."
        )
    packed = next((name for name in names if name.lower().endswith(_PACKED)), "")
    if packed:
        return f"The archive holds another archive (“{packed}”) and no page. Unpack that, and load the pages in it."
    holds = f"but “{names[0]}” and the like" if names else "as it is empty"
    return f"The archive holds no page (.txt, .html, .htm, .csv or .xlsx), {holds}. Pack the pages again and load that."


def _refuse_too_much(excess: str) -> str:
    return (
        f"The archive {excess}; at most {MOST_PAGES:,} pages and {MOST_BYTES:,} bytes are read from one, "
        f"packed at most {MOST_RATIO} to 1. Pack fewer pages into each and load those."
    )


# -- contents ---------------------------------------------------------------------------------


def read_files(files: Iterable[File]) -> Iterator[tuple[File, bytes | UnreadableError]]:
    """Each file with its bytes, or with the reason why there are none. Holds one page at a time in memory."""
    for (path, in_archive), neighbors in groupby(files, key=lambda file: (file.path, file.member is not None)):
        if in_archive:
            yield from _read_archive(path, neighbors)
        else:
            for file in neighbors:
                yield file, _read_file(file)


def _read_file(file: File) -> bytes | UnreadableError:
    if file.kind != "page":
        return UnreadableError(file.error)
    try:
        content = _read_path(file.path)
        if file.second_half and isinstance(content, bytes):
            content = releases.join_halves(content, _read_path(file.path.with_name(file.second_half)))
        return add_notes(file.path, content) if isinstance(content, bytes) else content
    except OSError as error:
        return UnreadableError(_refuse_to_open(error))
    except UnreadableError as error:
        return error


def _read_path(path: Path) -> bytes | UnreadableError:
    with path.open("rb") as opened:
        return read_limited(path.name, path.stat().st_size, opened)


def _read_archive(path: Path, files: Iterable[File]) -> Iterator[tuple[File, bytes | UnreadableError]]:
    try:
        archive = ZipFile(path)
        size = path.stat().st_size
    except BROKEN:
        for file in files:
            yield file, UnreadableError("The archive was changed or removed while it was read.")
        return
    unpacked = 0
    with archive:
        for file in files:
            content: bytes | UnreadableError = UnreadableError(file.error)
            if file.member:
                content = read_table(archive, file.member, file.second_half, size, unpacked)
            unpacked += len(content) if isinstance(content, bytes) else 0
            yield file, content


def read_table(
    archive: ZipFile, member: ZipInfo, second_half: str, size: int, unpacked: int
) -> bytes | UnreadableError:
    """As `read_member`, with the rows of the file that holds the second half of the table, if it has one."""
    content = read_member(archive, member, size, unpacked)
    if not second_half or isinstance(content, UnreadableError):
        return content
    return releases.join_halves(
        content, read_member(archive, archive.getinfo(second_half), size, unpacked + len(content))
    )


def read_member(archive: ZipFile, member: ZipInfo, size: int, unpacked: int) -> bytes | UnreadableError:
    """Read one file of an archive of `size` bytes, from which `unpacked` bytes were read so far.

    An archive can state wrong sizes, so the bytes that come out of it are counted too.
    """
    if unpacked >= min(MOST_BYTES, MOST_RATIO * size):
        return UnreadableError(_refuse_too_much("unpacks to more than it says"))
    if member.flag_bits & 1:
        return UnreadableError("The file is locked with a password. Pack it without one and load that.")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return UnreadableError("The file is packed in an unusual way. Pack the pages as a plain zip and load that.")
    try:
        with archive.open(member) as opened:
            return read_limited(member.filename, member.file_size, opened)
    except BROKEN:
        return UnreadableError("The file is broken in its archive. Pack the pages again and load that.")


def read_limited(name: str, size: int, file: IO[bytes]) -> bytes | UnreadableError:
    """The content of a file that should have `size` bytes. It can have more, so no more than the limit are read."""
    start = file.read(START)
    most = choose_byte_limit(name, start)
    if size > most:
        return make_size_error(size, most)
    return start + file.read(most + 1 - len(start))
