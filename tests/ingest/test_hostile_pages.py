"""Pages made to hurt: the time they cost grows with their length alone, and nothing escapes but a refusal."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.documents import read_document
from ingest.parsing import parse_page
from ingest.reading import UnreadableError
from tests.ingest import writing
from tests.ingest.test_disturbed_guides import GUIDE
from tests.ingest.test_disturbed_pages import GLUED, PAIR, PIPE

HTML = writing.html(replace(PAIR))
SMALL, LARGE = 4_000, 64_000


def seconds(name: str, text: str) -> float:
    data = text.encode()
    spent = []
    for _ in range(3):
        start = time.process_time()
        try:
            parse_page(read_document(name, data))
        except UnreadableError:
            pass
        spent.append(time.process_time() - start)
    return min(spent)


def before(page: str, mark: str, filling: str) -> str:
    at = page.index(mark)
    return f"{page[:at]}{filling}\n{page[at:]}"


def numbered(form: str, size: int) -> str:
    """As many different lines as fit."""
    length = len(form.format(0)) + 4
    return "\n".join(form.format(number) for number in range(size // length))


def repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def deep(size: int) -> str:
    return "<span>" * 180 + repeated("<b></b>", size) + "<p>x</p>" + "</span>" * 180


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of digits": lambda size: before(PIPE, "|", "1" * size),
    "one line of blanks": lambda size: before(PIPE, "|", "\u00a0\t " * (size // 3)),
    "one line of bars": lambda size: before(PIPE, "|", "|" * size),
    "one line of letters": lambda size: before(PIPE, "|", "a" * size),
    "a cell of digits": lambda size: before(PIPE, "| Hourly", f"| Growth rate | {'1' * size} | 5% |"),
    "a cell of shares": lambda size: before(PIPE, "| LGBT", f"| Race ratio | {repeated('White, 1% ', size)} | - |"),
    "a title without end": lambda size: PIPE.replace("Beekeeper", "B" * size),
    "skills and skills and skills": lambda size: before(
        PIPE, "|", f"The top three skills for a beekeeper include a, {repeated('b and ', size)}c."
    ),
    "sentences that begin and do not end": lambda size: before(
        PIPE,
        "|",
        repeated("The top three skills for a x include y. It typically takes 1-2 years to become both a x and ", size),
    ),
    "claims on pay": lambda size: before(
        PIPE, "|", repeated("a beekeeper has an average salary of $1, which is higher than the ", size)
    ),
    "damaged words": lambda size: before(PIPE, "|", numbered("Beeβ€™{}", size).replace("\n", " ")),
    "rows that say something else each time": lambda size: before(
        PIPE, "| Hourly", numbered("| Yearly salary | ${0} | ${0} |", size)
    ),
    "glued names": lambda size: before(GLUED, "What does", repeated(f"Best paying company{'aB' * 400}\n", size)),
    "glued counts": lambda size: before(GLUED, "What does", numbered("Number of jobs1231{}", size)),
    "roles against roles": lambda size: before(GLUED, "Browse", numbered("a{0} vs b{0}", size)),
    "roles against roles on one line": lambda size: before(GLUED, "Browse", repeated(" vs ", size)),
    "skills of a pair": lambda size: before(GLUED, "  • Navigation", numbered("  • skill {}, 5%", size)),
    "skills of a guide": lambda size: before(GUIDE, "- Knife", numbered("- skill {}", size)),
    "tiers of a guide": lambda size: before(GUIDE, "Basics", numbered("Tier\nThe words of tier {}.", size)),
    "headings of a guide": lambda size: before(GUIDE, "Work Setting", numbered("Work Setting\nOne.{}", size)),
    "marks before a heading": lambda size: before(GUIDE, "Work Setting", "é " * (size // 2)),
    "dashes in the last lines": lambda size: GUIDE.replace("Source: ", "Source: " + "— " * (size // 2)),
    "elements within elements": lambda size: before(HTML, "<h2>What", deep(size)),
    "comments that do not end": lambda size: before(HTML, "<h2>What", repeated("<!-- -", size)),
    "comments at the end": lambda size: HTML + repeated("<!-- - -->", size),
    "paragraphs that do not end": lambda size: before(HTML, "<h2>What", repeated("<p>a", size)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_sixteen_times_the_length_costs_no_more_than_some_sixteen_times_the_time(kind: str) -> None:
    name = "page.html" if HOSTILE[kind](10).startswith("<!DOCTYPE") else "page.txt"
    small, large = seconds(name, HOSTILE[kind](SMALL)), seconds(name, HOSTILE[kind](LARGE))
    # A cost that grows with the square would be 256 times as high.
    assert large < 48 * max(small, 0.000_5)
