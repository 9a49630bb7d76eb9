"""Jobicy's career guides, each about one role."""

from ingest.sources.jobicy import guide

LAYOUTS = (guide,)
