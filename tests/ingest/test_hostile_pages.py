"""Hostile pages: the only error is a refusal, and nothing is read that they do not say."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from tests.ingest import guide_writer, html_writer
from tests.ingest.sample_guide import GUIDE
from tests.ingest.sample_pair import PAIR, PIPE, RUN_TOGETHER

pytestmark = pytest.mark.without_coverage

HTML = html_writer.write_html(PAIR)
MANY = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NAMES = st.sampled_from(["page.txt", "page.html", "page"])
PAGES = {
    "page.txt": (PIPE, RUN_TOGETHER, GUIDE),
    "page.html": (HTML, html_writer.write_guide_html(guide_writer.GuideContent("Cook"))),
}
LINES = sorted({line for pages in PAGES.values() for page in pages for line in page.split("\n") if line.strip()})
SCRAPS = (
    "$ % - , | • β πŸ\x9d \x00 \x85 \u2028 \ud800 \u202e İ ß ﬁ ² ٣ ４ − – — $- -$5 %% .00 1,2 00 1e9 NaN "
    "<td> </table> <p> <!-- --> <br> &nbsp; &#0; &#xd800; Show\u00a0more vs"
).split(" ")
SCRAPS += ["\n", "\n\n", " ", " and ", ", ", " vs ", "9" * 5_000, "$1" + ",000" * 2_000, "more than 10 years"]
KNOWN = Knowledge(
    names={"company": frozenset({"Meta", "eBay", "a"})},
    figures={("beekeeper", "outlook.job_count"): frozenset({12, None, "x"})},
    choices={("beekeeper", "salary.top_company"): "Meta", ("beekeeper", "outlook.job_count"): "many"},
)


def read_or_refuse(name: str, data: bytes) -> ParsedPage | None:
    try:
        return parse_page(read_document(name, data), KNOWN)
    except UnreadableError:
        return None


@given(NAMES, st.binary(max_size=300))
@example("page.html", b"<html><body><table><tr><td>Yearly salary<td>$1<td>$2")
@example("page.txt", b"a vs b\n\nab\nYearly salary$1$2")
@example("page.txt", b"| a | b | |\n| Yearly salary | $1 | $2 |\n")
@example("page.txt", b"Source: \nPermalink: https:///\nTech Stack\nSkill Map")
@MANY
def test_any_bytes_are_read_or_refused_with_a_reason(name: str, data: bytes) -> None:
    read_or_refuse(name, data)


@given(
    NAMES,
    st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(SCRAPS)), max_size=40),
    st.sampled_from(["\n", ""]),
)
@MANY
def test_scraps_of_pages_are_read_or_refused_with_a_reason(name: str, scraps: list[str], joint: str) -> None:
    read_or_refuse(name, joint.join(scraps).encode("utf-8", "surrogatepass"))


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[str, str]:
    """A page with lines lost, doubled, exchanged or with something written into them."""
    name = draw(st.sampled_from(list(PAGES)))
    lines = draw(st.sampled_from(PAGES[name])).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["lose", "double", "exchange", "write", "cut"]))
        if what == "lose":
            lines[at] = ""
        elif what == "double":
            lines.insert(at, lines[at])
        elif what == "exchange":
            lines[at], lines[other] = lines[other], lines[at]
        else:
            place = draw(st.integers(0, len(lines[at])))
            rest = lines[at][place:] if what == "write" else ""
            lines[at] = lines[at][:place] + draw(st.sampled_from(SCRAPS)) + rest
    return name, "\n".join(lines)


@given(disturbed())
@settings(MANY, max_examples=300)
def test_a_disturbed_page_gives_no_value_that_is_not_on_it(page: tuple[str, str]) -> None:
    name, text = page
    data = text.encode("utf-8", "surrogatepass")
    read = read_or_refuse(name, data)
    if read is None:
        return
    page_text = " ".join(line.text for line in read_document(name, data).lines).lower()
    for role in read.roles:
        for key, value in role.values.items():
            how = role.evidence[key].how
            if value is not None and how != "chosen" and not key.startswith("entry.months"):
                assert any(form in page_text for form in list_spellings(value)), key
        for words in [*(skill.name for skill in role.skills), *(duty.text for duty in role.duties)]:
            assert words.lower() in page_text


def list_spellings(value: Any) -> list[str]:
    """The ways in which a page may write a value."""
    if isinstance(value, int):
        return [f"{value:,}", str(value)]
    if isinstance(value, Decimal):
        return [str(value), f"{value:,}", str(value).replace("-", "−")]
    return [str(value).lower()]
