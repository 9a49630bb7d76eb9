"""Pages whose paragraphs a program has broken into lines of one width give what they give with whole paragraphs."""

import textwrap
from collections.abc import Mapping
from dataclasses import replace

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from tests.ingest import guide_writer, pair_writer, sample_pair
from tests.ingest.guide_writer import Block
from tests.ingest.page_data import describe_role
from tests.ingest.pair_writer import write_prose
from tests.ingest.read_files import parse_file
from tests.ingest.sample_guide import CONTENT

pytestmark = pytest.mark.without_coverage

LONG = (
    "hears at the end of each evening from the chef, from the waiters and from the guests themselves whether all was "
    "well, and learns from what they say. Nobody minds a joke about Mr. Brown or a word in praise of the soup, as long "
    "as it is short and the work goes on, for plates wait for nobody and neither do the people who are to carry them to"
    " Table Nine."
)
A, B = (replace(role, summary=f"A {write_prose(role.title)} {LONG}") for role in sample_pair.PAIR.roles)
PAIR = replace(sample_pair.PAIR, roles=(A, B))
PIPE, RUN_TOGETHER = pair_writer.write_pipe(PAIR), pair_writer.run_together(PAIR)
SECTIONS: Mapping[str, tuple[Block, ...]] = {
    "Core Functions of the Line Cook Role": (("paragraph", f"A line cook {LONG}"), ("paragraph", f"The chef {LONG}")),
    "Work Setting": (("paragraph", f"Whoever works in a hotel {LONG}"),),
}
GUIDE = guide_writer.write_guide(replace(CONTENT, sections=SECTIONS))


def wrap(text: str, width: int, indent: str = "") -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("|") or not line.strip():
            lines.append(line)
        else:
            lines += textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return "\n".join(lines)


@pytest.mark.parametrize("width", [60, 66, 72, 80, 100])
@pytest.mark.parametrize("indent", ["", "   "])
@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER, GUIDE], ids=["pipe", "run-together", "guide"])
def test_a_page_with_broken_paragraphs_gives_what_it_gives_with_whole_ones(text: str, indent: str, width: int) -> None:
    whole, broken = parse_file(text.encode(), "a.txt"), parse_file(wrap(text, width, indent).encode(), "a.txt")
    unclear = {(value.role, value.field) for value in broken.ambiguous} - {(v.role, v.field) for v in whole.ambiguous}
    assert {field for _, field in unclear} <= ({"summary"} if text == PIPE else set())
    for role, expected in zip(map(describe_role, broken.roles), map(describe_role, whole.roles), strict=True):
        if (role["title"], "summary") in unclear:  # no blank line tells whether it goes on below a full line
            assert role["summary"] is None
            expected["summary"] = None
        assert role == expected


def test_a_summary_whose_copy_stops_within_it_is_not_read_in_part() -> None:
    text = wrap(PIPE, 60)
    summaries = [role.value("summary") for role in parse_file(PIPE.encode(), "a.txt").roles]
    for end in range(text.index("A beekeeper hears"), text.index("have different pay")):
        try:
            roles = parse_file(text[:end].encode(), "a.txt").roles
        except UnreadableError:
            continue
        for role, summary in zip(roles, summaries, strict=True):
            assert role.value("summary") in (None, summary)


def test_short_lines_are_no_broken_paragraph() -> None:
    text = "Line cooks\nand their knives\nof many kinds\nare sharp\nall day"
    assert len(read_document("a.txt", text.encode()).lines) == 5


def test_a_row_an_address_and_a_button_below_a_full_line_stay_apart() -> None:
    broken = f"A line cook {LONG}"[:215]
    text = f"{wrap(broken, 60)}\nAverage age4238\nshow more\nhttps://jobicy.com/careers/line-cook"
    assert [line.text for line in read_document("a.txt", text.encode()).lines] == [
        broken,
        "Average age4238",
        "show more",
        "https://jobicy.com/careers/line-cook",
    ]


def test_a_word_that_is_broken_keeps_its_hyphen() -> None:
    text = wrap(f"A line cook {LONG}", 60).replace("\nand", "-\nand", 1)
    (line,) = read_document("a.txt", text.encode()).lines
    assert "-and" in line.text
