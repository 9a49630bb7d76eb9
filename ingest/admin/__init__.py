"""The screens of people who load pages, built on the stock Django admin."""

from ingest.admin import (
    batch_screens,
    events,
    page_screens,
    preview_screen,
    publisher_screens,
    role_screens,
    upload_form,
)
