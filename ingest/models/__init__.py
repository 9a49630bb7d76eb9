"""What was loaded: the pages as they came, the questions that they leave open, and what people did with them.

The facts themselves are rows of `careers`. The rows here are needed to read a page again, to undo its load, and to tell
who did what.
"""

from ingest.models.batch import Archive, ArchivePart, Batch, Draft
from ingest.models.event import Event
from ingest.models.stored_page import KnownName, Mention, Page, Question
