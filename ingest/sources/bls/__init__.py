"""Tables of the U.S. Bureau of Labor Statistics: one module per statistical program."""

from ingest.sources.bls import oews

LAYOUTS = (oews,)
