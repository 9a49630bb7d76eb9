"""The wage tables of the U.S. Bureau of Labor Statistics."""

from ingest.sources.bls.oews.wage_page import earlier_year, parse, recognises

__all__ = ["earlier_year", "parse", "recognises"]
