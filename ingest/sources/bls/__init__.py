"""Tables of the U.S. Bureau of Labor Statistics: one module per statistical program or table."""

from ingest.sources.bls import attainment, census_groups, cps_ages, cps_shares, direct_match, projections, skill_ranks
from ingest.sources.bls.oews import wage_page

LAYOUTS = (wage_page, projections, attainment, skill_ranks, cps_shares, cps_ages, census_groups, direct_match)
