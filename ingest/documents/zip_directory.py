"""The directory of a zip archive, whose length is known before it is read."""

import os
from typing import IO

_END_RECORD = b"PK\x05\x06"
_LONGEST_END = 65_557  # bytes of the record at the end with its longest comment


def directory_bytes(file: IO[bytes]) -> int:
    """How long the directory of an archive is, as the record at the end of the file says; 0 where there is none."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    end = file.read()
    place = end.rfind(_END_RECORD)
    return int.from_bytes(end[place + 12 : place + 16], "little") if place >= 0 else 0
