"""Tables of the U.S. Bureau of Labor Statistics: one module per statistical program or table."""

from ingest.sources.bls import attainment, oews, projections, skill_ranks

LAYOUTS = (oews, projections, attainment, skill_ranks)
