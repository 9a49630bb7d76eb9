"""Related Occupations of the O*NET database: the occupations that are close to each one, in tiers.

Only the two primary tiers are read; supplemental occupations are less alike. Several codes of O*NET can be one
occupation here: their lists are joined, each occupation with its best place in them.

Source: https://www.onetcenter.org/dictionary/30.1/text/related_occupations.html
"""

from collections.abc import Mapping
from itertools import chain

from ingest.documents.document import Document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, PageWarning, ParsedPage
from ingest.parsing.role_facts import RelatedFact
from ingest.sources.crosswalks import read_crosswalk
from ingest.sources.onet.onet_tables import OnetReader, RowsByCode, find_table, make_page, open_table

_HEADS = {
    "related": ("Related O*NET-SOC Code",),
    "tier": ("Relatedness Tier", "Related Tier"),
    "index": ("Index", "Related Index"),
}
_TIERS = ("primary-short", "primary-long")  # the closest first
_SUPPLEMENTAL = "supplemental"

_Place = tuple[int, int]  # a tier and a place in it: the lower, the closer


def recognizes(document: Document) -> bool:
    return find_table(document, _HEADS) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    reader = open_table(document, _HEADS, "Related Occupations")
    unknown: dict[str, int] = {}
    codes = read_crosswalk()
    roles = reader.roles(lambda rows: {"related": _list_related(reader, rows, codes, unknown)})
    if unknown:
        column = reader.source.head("related")
        message = (
            f"{len(unknown):,} codes in the column “{column}” belong to no official occupation and were left out: "
            f"{', '.join(code[:20] for code in list(unknown)[:5])}."
        )
        reader.warnings.append(PageWarning("rows-left-out", min(unknown.values()), message))
    if not roles:
        raise UnreadableError(
            "No row of the table is of a primary tier (Primary-Short or Primary-Long). Load the table as O*NET "
            "publishes it."
        )
    return make_page(document, reader, roles)


def _list_related(
    reader: OnetReader, rows_by_code: RowsByCode, codes: Mapping[str, str], unknown: dict[str, int]
) -> tuple[RelatedFact, ...]:
    """The related occupations of one occupation, without itself, the closest first.

    Adds related codes that belong to no occupation to `unknown`, each with its first row.
    """
    best: dict[str, tuple[_Place, RelatedFact]] = {}  # code -> its best place, and the fact
    soc_code = codes[next(iter(rows_by_code))]
    for row in chain.from_iterable(rows_by_code.values()):
        published = reader.text(row, "tier").casefold()
        related_code = codes.get(reader.text(row, "related"))
        if published == _SUPPLEMENTAL or related_code == soc_code:
            continue
        place_text = reader.text(row, "index")
        index = int(place_text) if place_text.isascii() and place_text.isdigit() and len(place_text) < 5 else 0
        if published not in _TIERS:
            reader.report_wrong(row, "tier", "a tier, such as Primary-Short")
        elif not index:
            reader.report_wrong(row, "index", "a place, such as 1")
        elif related_code is None:
            unknown.setdefault(reader.text(row, "related"), row.number)
        else:
            fact = RelatedFact(related_code, published, {"related_code": reader.evidence(row, "related")})
            place = (_TIERS.index(published), index)
            if related_code not in best or place < best[related_code][0]:
                best[related_code] = (place, fact)
    return tuple(fact for _, fact in sorted(best.values(), key=lambda entry: entry[0]))
