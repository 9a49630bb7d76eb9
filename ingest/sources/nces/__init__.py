"""Tables of the National Center for Education Statistics."""

from ingest.sources.nces import majors

LAYOUTS = (majors,)
