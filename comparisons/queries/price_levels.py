"""The price levels of states, which one figure each describes: 100 is the level of the United States."""

from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any, NamedTuple

from careers.models import AreaPrice
from comparisons.formats import Number
from comparisons.queries.cited_pages import read_cited_pages
from comparisons.queries.current_role import CitedPage
from comparisons.queries.revision import compute_once


class PriceLevel(NamedTuple):
    """`evidence`: where it is found in the table."""

    year: int
    level: Decimal
    evidence: dict[str, Any]
    source: CitedPage

    def adjust(self, pay: Number) -> int | Decimal:
        """Pay in the state at the prices of the whole country: in whole dollars, or in cents where the pay has them."""
        unit = Decimal("0.01") if isinstance(pay, Decimal) else Decimal(1)
        adjusted = (Decimal(pay) * 100 / self.level).quantize(unit, ROUND_HALF_UP)
        return adjusted if isinstance(pay, Decimal) else int(adjusted)


def read_price_levels(revision: int) -> dict[str, PriceLevel]:
    """Postal code -> the price level of the newest year. Read once per revision, in two queries.

    If a year has several tables, the one captured last counts; samples count only where there is nothing else.
    """
    return compute_once("price levels", revision, partial(_read_levels, revision))


def _read_levels(revision: int) -> dict[str, PriceLevel]:
    stored = AreaPrice.objects.filter(citation__publisher__taken_down_at=None).select_related("citation")
    newest: dict[str, AreaPrice] = {}
    for price in sorted(stored, key=_rank_by_age):
        newest[price.state] = price
    pages = read_cited_pages({price.citation_id for price in newest.values()}, revision)
    return {
        state: PriceLevel(price.year, price.price_level, price.evidence, pages[price.citation_id])
        for state, price in newest.items()
    }


def _rank_by_age(price: AreaPrice) -> tuple[Any, ...]:
    citation = price.citation
    captured = citation.captured_on or citation.loaded_at.date()
    return (not citation.sample, price.year, captured, citation.digest)
