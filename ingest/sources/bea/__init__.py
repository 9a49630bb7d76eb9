"""Tables of the U.S. Bureau of Economic Analysis."""

from ingest.sources.bea import price_levels

LAYOUTS = (price_levels,)
