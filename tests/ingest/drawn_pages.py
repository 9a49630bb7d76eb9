"""What tests of generated pages share: how many are drawn, and how they are read."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from tests.ingest.html_writer import HtmlStyle

SOME = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

NO_KNOWLEDGE = Knowledge()


def sometimes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or sometimes None, which is `-` on the page."""
    return st.one_of(values, values, values, st.none())


def parse_text(name: str, text: str, knowledge: Knowledge = NO_KNOWLEDGE) -> ParsedPage:
    return parse_page(read_document(name, text.encode()), knowledge)


HTML_STYLES = st.builds(
    HtmlStyle,
    head=st.sampled_from(["last", "first", "none"]),
    parts=st.booleans(),
    label_tag=st.sampled_from(["td", "th"]),
    wrap=st.sampled_from(["", "span", "p", "div", "b"]),
    upper=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", ""]),
    comments=st.booleans(),
    scripts=st.booleans(),
    closed=st.booleans(),
    document=st.booleans(),
)
