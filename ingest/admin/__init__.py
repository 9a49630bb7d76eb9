"""The screens of people who load pages: each module here is one of them, on the stock Django admin."""

from ingest.admin import batches, drafts, loading, pages, publishers, records, roles

__all__ = ["batches", "drafts", "loading", "pages", "publishers", "records", "roles"]
