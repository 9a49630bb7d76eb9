"""Rates how well queries find official occupations: right first, right within three, nothing, wrong although found.

A file of queries is a table with the columns `query` and `codes`, the codes that are right as first answer, with bars
or blanks between them. The column `right_codes` does as well.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[1]
QUERIES = PROJECT / "tests" / "comparisons" / "search_queries.csv"
# The facts that search reads: the occupations, their numbers of jobs, and their titles.
SEARCHED = ("projection", "titles_onet", "titles_soc", "titles_bls", "titles_rolewise", "display_names")


class Query(NamedTuple):
    text: str
    right_codes: frozenset[str]


class Rating(NamedTuple):
    """How many of the `queries` have a right answer first, one within three, and none; how many are `found`, and how
    many of these are `found_wrong`. `wrong`: a line for each query without a right answer first."""

    queries: int
    right_first: int
    right_in_three: int
    nothing: int
    found: int
    found_wrong: int
    wrong: list[str]

    def describe(self) -> str:
        """
        >>> Rating(200, 180, 190, 2, 150, 9, []).describe()
        '200 queries: right first 90.0%, within three 95.0%, nothing 1.0%; wrong of 150 found 6.0%'
        """
        shares = [100 * count / self.queries for count in (self.right_first, self.right_in_three, self.nothing)]
        first, in_three, nothing = (f"{share:.1f}%" for share in shares)
        wrong = f"{100 * self.found_wrong / max(self.found, 1):.1f}%"
        return (
            f"{self.queries} queries: right first {first}, within three {in_three}, nothing {nothing}; "
            f"wrong of {self.found} found {wrong}"
        )


def read_queries(path: Path) -> Iterator[Query]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes = row.get("codes") or row.get("right_codes") or ""
            yield Query(row["query"], frozenset(re.split(r"[|\s]+", codes)) - {""})


def rate(path: Path) -> Rating:
    """Search for each query of a file in the current database."""
    from careers.models import Role
    from comparisons.search.matching import answer_query

    codes = dict(Role.objects.values_list("slug", "soc_code"))
    counts = dict.fromkeys(("queries", "right_first", "right_in_three", "nothing", "found", "found_wrong"), 0)
    wrong = []
    for query in read_queries(path):
        result = answer_query(query.text)[0]
        best = [codes[hit.slug] for hit in result.roles[:3]]
        is_right = bool(best) and best[0] in query.right_codes
        counts["queries"] += 1
        counts["right_first"] += is_right
        counts["right_in_three"] += not query.right_codes.isdisjoint(best)
        counts["nothing"] += not best
        counts["found"] += result.match == "found"
        counts["found_wrong"] += result.match == "found" and not is_right
        if not is_right:
            wrong.append(f"{query.text}: {', '.join(hit.name for hit in result.roles[:3]) or 'nothing'}")
    return Rating(**counts, wrong=wrong)


def load_occupations() -> None:
    """The official occupations with all that search reads, as a new installation has them."""
    from django.core.management import call_command

    fixtures = PROJECT / "fixtures"
    files = [fixtures / "occupations" / f"{name}.csv" for name in SEARCHED]
    call_command("load_pages", fixtures / "tables", *files, verbosity=0)
