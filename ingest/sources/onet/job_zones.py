"""Job zones: how much preparation an occupation needs, from 1 (little or none) to 5 (extensive).

Source: https://www.onetcenter.org/dictionary/30.1/text/job_zones.html
"""

from decimal import ROUND_HALF_EVEN, Decimal

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts, group_values
from ingest.sources.onet.onet_tables import (
    OnetReader,
    OnetRow,
    find_table,
    main_codes,
    make_page,
    mean_of,
    require_table,
)

_HEADS = {"zone": ("Job Zone",)}


def recognises(document: Document) -> bool:
    return find_table(document, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = require_table(document, _HEADS, "job zones")
    reader = OnetReader(source, "Job Zones")
    roles = []
    for code, by_onet_code in reader.by_occupation().items():
        rows = [by_onet_code[onet_code] for onet_code in main_codes(by_onet_code)]
        roles.append(_role(reader, code, [_only_row(listed) for listed in rows]))
    return make_page(document, reader, roles)


def _only_row(rows: list[OnetRow]) -> OnetRow:
    """Raises UnreadableError if an O*NET code has several."""
    if len(rows) > 1:
        raise UnreadableError(
            f"The rows {rows[0].number} and {rows[1].number} both give a job zone for {rows[0].onet_code}. Load the "
            "table of one release."
        )
    return rows[0]


def _role(reader: OnetReader, code: str, rows: list[OnetRow]) -> RoleFacts:
    zones = [(row, reader.figure(row, "zone", "job_zone")) for row in rows]
    usable = [(row, zone) for row, zone in zones if zone is not None]
    mean, evidence = mean_of(reader, usable or zones, "zone", "not-published")
    zone = None if mean is None else int(mean.quantize(Decimal(1), ROUND_HALF_EVEN))
    values = group_values({"entry.job_zone": zone}, {"entry.job_zone": evidence})
    return RoleFacts(title=code, titled_by="table", soc_code=code, **values)
