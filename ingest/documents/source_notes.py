"""What `sources.toml`, in a folder of compiled facts, says about each of the files.

A file of facts is loaded with these notes in front, one a row, so that the stored page itself says whose figures it
holds.
"""

import csv
import json
import tomllib
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from ingest.parsing.cells import UnreadableError

FILE_NAME = "sources.toml"


def add_notes(path: Path, content: bytes) -> bytes:
    """The content of a file with its notes in front; unchanged if its folder has no notes on it.

    Raises UnreadableError, or OSError if the notes cannot be read.
    """
    notes_path = path.with_name(FILE_NAME)
    if path.suffix.lower() != ".csv" or not notes_path.is_file():
        return content
    try:
        notes = tomllib.loads(notes_path.read_text(encoding="utf-8")).get(path.stem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{FILE_NAME}, in the folder of the file, cannot be read: {error}.") from error
    if not isinstance(notes, dict):
        return content
    rows = csv_text([line] for line in write_toml({"group": path.stem, **notes}))
    return rows.encode() + content.removeprefix(b"\xef\xbb\xbf")


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """
    >>> csv_text([["code", "jobs"], ["11-1011", 200]])
    'code,jobs\\n11-1011,200\\n'
    """
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def write_toml(notes: dict[str, Any]) -> list[str]:
    """
    >>> write_toml({"release": "2024–34", "columns": {"growth_percent": "Change, percent"}})
    ['release = "2024–34"', 'columns = {growth_percent = "Change, percent"}']
    """
    lines = []
    for name, value in notes.items():
        if isinstance(value, dict):
            pairs = ", ".join(f"{_write_toml_key(key)} = {_write_toml_text(text)}" for key, text in value.items())
            lines.append(f"{name} = {{{pairs}}}")
        else:
            lines.append(f"{name} = {_write_toml_text(value)}")
    return lines


def _write_toml_key(key: str) -> str:
    """A dotted key would mean a table within a table."""
    return _write_toml_text(key) if "." in key else key


def _write_toml_text(text: Any) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def read_notes(rows: tuple[str, ...]) -> dict[str, Any] | None:
    """The notes above the columns of a table; None if something else is there."""
    if not rows or not rows[0].startswith("group = "):
        return None
    try:
        return tomllib.loads("\n".join(rows))
    except tomllib.TOMLDecodeError:
        return None
