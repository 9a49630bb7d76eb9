"""The file of an SQLite database and those beside it. Only their owner may read them, because they hold sessions."""

import logging
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO

from django.conf import settings

log = logging.getLogger(__name__)

FOR_OTHERS = S_IRWXG | S_IRWXO
FIRST_BYTES = b"SQLite format 3\0"  # of every database


def create_database_file(path: Path) -> None:
    """Create the file before SQLite does, which would let everybody read it. SQLite's other files copy its mode.

    Where that is not possible, SQLite fails as well, with an error that is shown.
    """
    with suppress(OSError):
        path.touch(mode=0o600)


def restrict_database_files(path: Path) -> None:
    """Take the permissions of others away from the database, its journals and copies of it in the same folder."""
    if not is_database(path):
        return
    for file in path.parent.iterdir():
        if file == path or file.name.startswith((f"{path.name}-", f"{path.name}.")):
            restrict_file(file)


def is_database(path: Path) -> bool:
    """Whether the file is a database or still empty: DATABASE_URL may name a folder or another file by mistake."""
    try:
        with path.open("rb") as file:
            return file.read(len(FIRST_BYTES)) in (b"", FIRST_BYTES)
    except OSError:
        return False


def restrict_file(file: Path) -> None:
    """Take the permissions of others away from a file; log a warning if only its owner can do that."""
    try:
        mode = S_IMODE(file.stat().st_mode)
        if mode & FOR_OTHERS:
            file.chmod(mode & ~FOR_OTHERS)
    except FileNotFoundError:
        return  # another process closed the database, which removes its journals
    except OSError as error:
        log.warning("%s can be read by others and stays so (%s). Its owner can run: chmod go= %s", file, error, file)


def find_database_path() -> Path | None:
    """The file of the database; None if it is not a file."""
    database = settings.DATABASES["default"]
    name = database["NAME"]
    return name if database["ENGINE"].endswith("sqlite3") and isinstance(name, Path) else None
