"""Tables of the O*NET database: one module for each kind of table."""

from ingest.sources.onet import job_zones, ratings, related, tasks, technology, titles

LAYOUTS = (ratings, technology, job_zones, related, tasks, titles)
