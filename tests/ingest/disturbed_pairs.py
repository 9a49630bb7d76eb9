"""What tests of disturbed pages share: reading a page, and what is reported about it."""

from dataclasses import replace

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from tests.ingest.pair_writer import PairContent
from tests.ingest.sample_pair import PAIR, A, B


def parse_text(text: str, name: str = "page.txt", knowledge: Knowledge | None = None) -> ParsedPage:
    return parse_page(read_document(name, text.encode()), knowledge or Knowledge())


def list_unread_texts(page: ParsedPage) -> list[str]:
    return [line.text for line in page.unread]


def list_skill_names(page: ParsedPage) -> list[list[str]]:
    return [[skill.name for skill in role.skills] for role in page.roles]


def list_duty_texts(page: ParsedPage) -> list[list[str]]:
    return [[duty.text for duty in role.duties] for role in page.roles]


def list_warning_codes(page: ParsedPage) -> list[tuple[str, str | None]]:
    """Code and field of each warning, except for names that the page runs together."""
    return [(warning.code, warning.field) for warning in page.warnings if warning.code != "split-by-spelling"]


def make_pair_with_summaries(*summaries: str | None) -> PairContent:
    first, second = summaries
    return replace(PAIR, roles=(replace(A, summary=first), replace(B, summary=second)))
