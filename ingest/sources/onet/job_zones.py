"""Job zones: how much preparation an occupation needs, from 1 (little or none) to 5 (extensive).

Source: https://www.onetcenter.org/dictionary/30.1/text/job_zones.html
"""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.sources.onet import onet_tables

_HEADS = {"zone": ("Job Zone",)}


def recognizes(document: Document) -> bool:
    return onet_tables.find_table(document, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    reader = onet_tables.open_table(document, _HEADS, "Job Zones")
    return onet_tables.make_page(document, reader, reader.roles(lambda rows: _read_job_zone(reader, rows)))


def _read_job_zone(reader: onet_tables.OnetReader, rows_by_code: onet_tables.RowsByCode) -> dict[str, Any]:
    """The mean zone of the main codes. Raises UnreadableError if a code has several rows."""
    zones = []
    for onet_code in onet_tables.choose_main_codes(rows_by_code):
        row, *others = rows_by_code[onet_code]
        if others:
            raise UnreadableError(
                f"The rows {row.number} and {others[0].number} both give a job zone for {onet_code}. Load the table of "
                "one release."
            )
        zones.append((row, reader.figure(row, "zone", "job_zone")))
    usable = [(row, zone) for row, zone in zones if zone is not None]
    mean, evidence = onet_tables.compute_mean(reader, usable or zones, "zone", "not-published")
    zone = None if mean is None else int(mean.quantize(Decimal(1), ROUND_HALF_EVEN))
    return {"values": {"entry.job_zone": zone}, "evidence": {"entry.job_zone": evidence}}
