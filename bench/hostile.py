"""Counts the work of reading hostile pages at 4 and 64 kB: `python -m bench.hostile`.

Reading must grow in step with the size of a page: for each shape, the work at 64 kB may be at most 24 times that at
4 kB. Work is the number of lines of Python that run, so the result is the same on every machine. What one line does
inside a string, a pattern or the parser of HTML is not counted: the shapes in `WITHIN_LINES` are measured by processor
time too, with a limit that is as wide as the noise. `--time` measures it for all, to be read by a person.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page

SMALL, LARGE = 4_000, 64_000  # bytes
MOST_GROWTH = 24
MOST_GROWTH_OF_TIME = 80  # work that grows with the square takes 256 times as long
_PAGES = Path(__file__).parents[1] / "fixtures" / "pages"


class Growing(NamedTuple):
    """A page that grows with its size. `base`: a whole page around the filling; `mark`: the filling stands before it.

    `unit`: what is repeated; `{0}` in it is a number, so that no two are the same. `publisher`: as a person enters it.
    `before`, `after`: what stands right before and after the filling. `name`: of the file, "" for that of a page.
    """

    base: str
    mark: str
    unit: str
    publisher: str = ""
    before: str = ""
    after: str = ""
    name: str = ""

    def write(self, size: int) -> str:
        page = (_PAGES / self.base).read_text("utf-8") if self.base else ""
        at = page.find(self.mark) if self.mark else 0
        assert at >= 0, f"{self.base} has no “{self.mark}”"
        return page[:at] + self.before + _repeat(self.unit, size) + self.after + "\n" + page[at:]


def _repeat(unit: str, size: int) -> str:
    if "{0}" not in unit:
        return unit * (size // len(unit.encode()))
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(unit.replace("{0}", str(len(parts))))
        length += len(parts[-1].encode())
    return "".join(parts)


PIPE = "zippia/lead-technician-vs-software-support-technician.txt"
RUN_TOGETHER = "zippia/program-support-technician-vs-customer-support-technician.txt"
SAVED = "zippia/program-support-technician-vs-customer-support-technician-saved.html"
GUIDE = "jobicy/software-technician.txt"
_SKILLS = "The top three skills for a lead technician include "
_TITLES = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
_ZONES = "O*NET-SOC Code\tJob Zone\tDate\tDomain Source\n"

SHAPES: Mapping[str, Growing] = {
    "rows of two cells alone": Growing("", "", "| a | b |\n"),
    "heads alone": Growing("", "", "| a{0} | b{0} | |\n"),
    "plain table": Growing("", "", "| | A | B |\n| Average salary | $1 | $2 |\n", "Northwind"),
    "plain table of figures that differ": Growing("", "", "| Average salary | ${0} |\n", "Northwind"),
    "rows of two cells": Growing(PIPE, "| Hourly", "| a | b |\n"),
    "heads of other roles": Growing(PIPE, "| Hourly", "| a{0} | b{0} | |\n"),
    "bars, one to a line": Growing(PIPE, "| Hourly", "|\n"),
    "bars on one line": Growing(PIPE, "| Hourly", "|"),
    "one label": Growing(PIPE, "| Hourly", "| Yearly salary | $1 | $2 |\n"),
    "one label with figures that differ": Growing(PIPE, "| Hourly", "| Yearly salary | ${0} | ${0} |\n"),
    "unknown labels": Growing(PIPE, "| Hourly", "| label {0} | 1 | 2 |\n"),
    "a title without end": Growing(PIPE, "Lead Technician | Software", "B"),
    "titles": Growing(PIPE, "| Hourly", "Lead Technician\n"),
    "heads of the page": Growing(PIPE, "| Hourly", "| Lead Technician | Software Support Technician | |\n"),
    "claims on pay": Growing(
        PIPE,
        "| Lead",
        "a lead technician has an average salary of $1, which is higher than the $2 average annual salary of ",
    ),
    "skills and skills": Growing(PIPE, "| Lead", "The top three skills for a lead technician include a, b and c and "),
    "times to enter": Growing(
        PIPE, "| Lead", "It typically takes {0} years to become both a lead technician and a x. "
    ),
    "paragraphs after the overview": Growing(
        PIPE, "| Lead Technician | Software Support Technician | |\n| Average", "A person does this and that.\n"
    ),
    "unknown sentences": Growing(PIPE, "| Hourly", "Something {0} was said here.\n"),
    "one line of digits": Growing(PIPE, "| Hourly", "1"),
    "one line of letters": Growing(PIPE, "| Hourly", "a"),
    "one line of blanks": Growing(PIPE, "| Hourly", "\u00a0\t "),
    "blank lines": Growing(PIPE, "| Hourly", "\n"),
    "a race ratio without end": Growing(PIPE, "| LGBT", "White, 1% "),
    "damaged characters": Growing(PIPE, "| Hourly", "Beeβ€™{0} "),
    "lone remains of damaged characters": Growing(PIPE, "| Hourly", "β\n"),
    "invisible characters": Growing(PIPE, "| Hourly", "a\u200b{0}\n"),
    "owners of copyright": Growing(PIPE, "| Hourly", "© {0} a\n"),
    "links of the site": Growing(PIPE, "| Hourly", "Explore jobs\n"),
    "run-together names": Growing(RUN_TOGETHER, "What does", f"Best paying company{'aB' * 100}\n"),
    "run-together counts": Growing(RUN_TOGETHER, "What does", "Number of jobs1231{0}\n"),
    "run-together rows": Growing(RUN_TOGETHER, "What does", "Yearly salary$1$2\n"),
    "run-together labels without cells": Growing(RUN_TOGETHER, "What does", "Average salary\n"),
    "pairs of roles": Growing(RUN_TOGETHER, "Browse", "a{0} vs b{0}\n"),
    "pairs of roles on one line": Growing(RUN_TOGETHER, "Browse", " vs "),
    "bullets of skills": Growing(RUN_TOGETHER, "  • Program Support", "  • skill {0}, 5%\n"),
    "bullets of duties": Growing(RUN_TOGETHER, "  • Show more", "  • Does {0}.\n"),
    "questions what a role does": Growing(RUN_TOGETHER, "Browse", "What does a {0} do?\n"),
    "last lines": Growing(RUN_TOGETHER, "Browse", "Browse a{0} jobs\n"),
    "bullets of a guide": Growing(GUIDE, "Work Setting", "- Does {0}.\n"),
    "headings of a guide": Growing(GUIDE, "Key Responsibilities", "Work Setting\nOne.{0}\n"),
    "unknown headings of a guide": Growing(GUIDE, "Key Responsibilities", "Heading A\n"),
    "tiers of a guide": Growing(GUIDE, "Portfolio Tips", "Tier\nThe words of tier {0}.\n"),
    "lines that may be tiers": Growing(GUIDE, "Portfolio Tips", "Tier {0}:\n"),
    "tiers without bullets above one with them": Growing(GUIDE, "What a newcomer needs", "Tier {0}:\n"),
    "sentences of a tier": Growing(GUIDE, "What a newcomer needs", "Words {0}.\n"),
    "figures of a guide": Growing(GUIDE, "Core Functions", "$39,{0}\n"),
    "labels of a guide": Growing(GUIDE, "Core Functions", "Annual Salary (US, USD)\nEntry-Level\n"),
    "marks before a heading": Growing(GUIDE, "Key Responsibilities", "é "),
    "dashes in the last lines": Growing(GUIDE, "Jobicy.com β Licensed", "— "),
    "addresses of a guide": Growing(GUIDE, "Key Responsibilities", "Permalink: https://jobicy.com/careers/a{0}\n"),
    "elements in one another": Growing(SAVED, "<h2", "<b><i>a</i></b>"),
    "elements within very many": Growing(SAVED, "<h2", "<b></b>", before="<span>" * 180, after="</span>" * 180),
    "paragraphs that do not end": Growing(SAVED, "<h2", "<p>a"),
    "tables in tables": Growing(SAVED, "<h2", "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>"),
    "rows of a saved page": Growing(SAVED, "<h2", "<table><tr><td>a{0}</td><td>b</td></tr></table>"),
    "headings of a saved page": Growing(SAVED, "<h2", "<h3>a{0}</h3>"),
    "lists of a saved page": Growing(SAVED, "<h2", "<ul><li>a<ul><li>b</ul></ul>"),
    "comments that do not end": Growing(SAVED, "<h2", "<!-- -"),
    "comments at the end": Growing(SAVED, "</body", "<!-- - -->"),
    "lines that a bullet takes in": Growing(RUN_TOGETHER, "  • Show more", "   and\n", before="  • Does this\n"),
    "paragraphs in lines of one width": Growing("", "", "a cook stands at the stove, and stirs, and stirs the\n"),
    "bullets on one line": Growing(RUN_TOGETHER, "  • Show more", "•a", after="\n"),
    "bullets below bullets": Growing(RUN_TOGETHER, "  • Show more", "  • a{0}\n    ◦ b\n"),
    "items below items": Growing(SAVED, "<h2", "<ul><li>a{0}<ul><li>b</li></ul></li></ul>"),
    "headings joined with bullets": Growing(GUIDE, "Work Setting", "- a{0} Work Setting\n"),
    "paragraphs that go on with a summary": Growing(
        PIPE,
        "| Lead Technician | Software Support Technician | |\n| Average",
        "They a.\n",
        before="A lead technician leads.\n",
    ),
    "paragraphs of a front block": Growing(
        GUIDE, "Core Functions", "They a.\n", before="Software Technician Career Path Guide\nIt is a job.\n"
    ),
    "labels below figures": Growing(GUIDE, "Key Responsibilities", "$39,000\nmedian salary\n"),
    "ratings on one line": Growing(
        GUIDE, "Key Responsibilities", "Stress Level: High, ", before="Work-Life Balance & Stress\n"
    ),
    "names of characters": Growing(PIPE, "| Hourly", "&amp;"),
    "links of Markdown that do not end": Growing(PIPE, "| Hourly", "[a](/"),
    "one sign that stands for eighteen": Growing(PIPE, "| Hourly", "\ufdfa"),
    "marks above one letter": Growing(PIPE, "| Hourly", "\u0301", before="a"),
    "cities without a state": Growing(RUN_TOGETHER, "What does", f"Highest paying City{'A' * 970}\n"),
    "a number without end": Growing(PIPE, "| Hourly", ",000", before="| Number of jobs | 1", after=" | 1 |"),
    "columns of a plain table": Growing(
        "", "", "| Cook {0} ", "Northwind", before="| Role ", after="|\n| Average salary | $10,000 |"
    ),
    "heads of a plain table": Growing(
        "",
        "",
        "| Role | Cook{0} | Baker |\n",
        "Northwind",
        before="| Role | Cook | Baker |\n| Average salary | $10,000 | $20,000 |\n",
    ),
    "quoted lines": Growing("", "", ">>>> a\n"),
    "letters after the skills": Growing(PIPE, "| Lead", "a", before=_SKILLS),
    "abbreviations after the skills": Growing(PIPE, "| Lead", "St. A", before=_SKILLS),
    "attributes of one element": Growing(SAVED, "<h2", "a{0}=b ", before="<p ", after=">a</p>"),
    "terms in terms": Growing(SAVED, "<h2", f"{'<dl><dt>a</dt><dd>' * 50}{'</dd></dl>' * 50}"),
    "terms of a saved page": Growing(SAVED, "<h2", "<dt>a</dt><dd>{0}</dd>", before="<dl>", after="</dl>"),
    "columns that compare": Growing("", "", "| | Baker{0} | Cook | Difference |\n| Yearly salary | $1 | $2 | $3 |\n"),
    "elements on one line": Growing(SAVED, "<h2", "<p>A</p>"),
    "list items that do not end": Growing(SAVED, "<h2", "<li>a"),
    "cells of one row": Growing(SAVED, "<h2", "<td>a{0}", before="<table><tr>", after="</table>"),
    "lines as they are": Growing(SAVED, "<h2", "a\n", before="<pre>", after="</pre>"),
    "marks of notes": Growing(SAVED, "<h2", "<sup>1</sup>", before="<p>a ", after="</p>"),
    "marks behind a title": Growing(PIPE, "|", "*", before="| | ", after="x | B |\n"),
    "footnotes of a column": Growing("", "", "[1]", before="Code,", after="x\n1,2\n", name="table.csv"),
    "blanks in a column": Growing("", "", "\u00a0", before="Code,a", after="x\n1,2\n", name="table.csv"),
    "cells with line ends": Growing("", "", '"\n""\n', before='"HOUSEHOLD DATA\n1"\t\nOccupation\t1\nA\t1\n"'),
    "rows of one cell": Growing("", "", "1\n", before="Code,Title\n", name="table.csv"),
    "a cell without end": Growing("", "", "a\n", before='Code,Title\n1,"', name="table.csv"),
    "titles of one occupation": Growing("", "", "11-1011.00\tAide {0}\tn/a\t01\n", before=_TITLES),
    "job zones of one occupation": Growing("", "", "11-1011.00\t{0}\t08/2025\tAnalyst\n", before=_ZONES),
}
# What patterns and the parser of HTML search through, in one line of Python.
WITHIN_LINES = (
    *("letters after the skills", "abbreviations after the skills", "attributes of one element"),
    *("footnotes of a column", "blanks in a column", "names of characters", "cities without a state"),
    *("lines that a bullet takes in", "links of Markdown that do not end", "marks of notes", "ratings on one line"),
    *("marks behind a title", "cells with line ends"),
)


def count_lines(run: Callable[[], object]) -> int:
    """How many lines of Python run."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def read(shape: Growing, size: int) -> Callable[[], None]:
    """What reads a page of this shape and size once; refusing it counts as reading it."""
    name = shape.name or ("page.html" if shape.base.endswith(".html") else "page.txt")
    content = shape.write(size).encode()

    def run() -> None:
        with suppress(UnreadableError):
            parse_page(read_document(name, content), publisher=shape.publisher)

    return run


def compare_sizes(work: Callable[[int], int]) -> float:
    """How many times the work at the small size the work at the large size is."""
    return work(LARGE) / max(work(SMALL), 1)


def measure_growth(shape: Growing) -> float:
    read(shape, SMALL)()  # what a process reads once, such as a list of words, does not count
    return compare_sizes(lambda size: count_lines(read(shape, size)))


def measure_growth_of_time(shape: Growing) -> float:
    """As `measure_growth`, in processor time. A page that takes less than ten milliseconds counts as taking as many."""
    read(shape, SMALL)()
    return compare_sizes(lambda size: max(10, round(1000 * _measure_seconds(read(shape, size)))))


def _measure_seconds(run: Callable[[], None]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def measure(with_time: bool) -> Iterator[tuple[str, float]]:
    """Yields each shape with how many times the work grows, and prints it; with seconds of processor time if asked."""
    for name, shape in SHAPES.items():
        grown = measure_growth(shape)
        text = f"{name:40} {grown:6.1f}"
        if with_time:
            text += f"  {_measure_seconds(read(shape, SMALL)):7.3f} s {_measure_seconds(read(shape, LARGE)):7.3f} s"
        print(text, flush=True)
        yield name, grown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--time", action="store_true", help="measure the processor time too")
    slow = [name for name, grown in measure(parser.parse_args().time) if grown > MOST_GROWTH]
    slow += [name for name in WITHIN_LINES if measure_growth_of_time(SHAPES[name]) > MOST_GROWTH_OF_TIME]
    for name in slow:
        print(f"The work for “{name}” grows faster than the page.")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
