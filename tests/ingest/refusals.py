"""Why a file is not read."""

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page


def why_refused(content: bytes, name: str) -> str:
    """The sentence for people with which reading a file is refused."""
    with pytest.raises(UnreadableError) as refused:
        parse_page(read_document(name, content))
    return str(refused.value)
