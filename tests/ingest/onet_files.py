"""Small tables of O*NET."""

from collections.abc import Sequence

NURSES = "29-1141.00"


def write_tabs(*rows: Sequence[str]) -> bytes:
    return "".join("\t".join(row) + "\r\n" for row in rows).encode()


def write_zones(*rows: Sequence[str]) -> bytes:
    return write_tabs(("O*NET-SOC Code", "Job Zone", "Date"), *rows)
