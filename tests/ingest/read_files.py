"""Reading a file: its page, an occupation of it, or why it is refused."""

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RoleFacts


def parse_file(content: bytes, name: str) -> ParsedPage:
    return parse_page(read_document(name, content))


def find_occupation(page: ParsedPage, code: str) -> RoleFacts:
    return next(role for role in page.roles if role.soc_code == code)


def explain_refusal(content: bytes, name: str) -> str:
    """The sentence for people with which reading a file is refused."""
    with pytest.raises(UnreadableError) as refused:
        parse_file(content, name)
    return str(refused.value)
