"""The lines at the end of a guide: its source with the licence, and the address of its page."""

import re
from typing import NamedTuple

from ingest.documents.document import Line

_LICENSED = re.compile("Licensed under ", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()]+")
_JOINTS = " .,;:|()\u2014\u2013\u2022\u03b2-"
_PERMALINK = re.compile(r"Permalink: ?(https?://\S+)", re.IGNORECASE)
_SHORTEST_PATH = 4  # "https:", "", the host and "careers"; the name of a role follows


class SourceLine(NamedTuple):
    publisher: str
    licence: str
    licence_url: str | None


def read_source_line(text: str) -> SourceLine | None:
    """The parts of a line such as "Source: Jobicy.com — Licensed under CC BY 4.0"; None for any other line."""
    licensed = _LICENSED.search(text) if text[:7].lower() == "source:" else None
    if licensed is None:
        return None
    publisher, licence = text[7 : licensed.start()], text[licensed.end() :]
    address = _ADDRESS.search(licence)
    name = licence[: address.start()] if address else licence
    return SourceLine(publisher.strip(_JOINTS), name.strip(_JOINTS), address[0] if address else None)


def read_permalink(line: Line) -> str | None:
    """The address in a line such as "Permalink: https://jobicy.com/careers/baker"; None for any other line."""
    link = _PERMALINK.fullmatch(line.text)
    return link[1] if link else None


def linked_role(line: Line) -> str | None:
    """The name of the role in the address of a permalink, such as "software-technician"; None if there is none."""
    address = read_permalink(line) or ""
    steps = address.partition("?")[0].rstrip("/").split("/")
    return steps[-1] if len(steps) > _SHORTEST_PATH else None
