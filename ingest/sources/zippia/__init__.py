"""Zippia's pages that set two roles side by side, in the two text layouts in which they are saved."""

from ingest.sources.zippia import pipe, run_together

LAYOUTS = (pipe, run_together)
