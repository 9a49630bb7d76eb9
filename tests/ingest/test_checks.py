"""The facts of a page are checked against one another: contradictions give warnings and change no value."""

import re
from pathlib import Path

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.facts import Knowledge, ParsedPage
from ingest.parsing.parse_page import parse_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "tests/pages/pipe-all-different.txt").read_text("utf-8")


def changed(label: str, first: str, second: str, *, every: bool = True) -> ParsedPage:
    """The consistent page with one row replaced."""
    row = re.compile(rf"\| {re.escape(label)} \|.*")
    assert row.search(PAGE)
    text = row.sub(f"| {label} | {first} | {second} |", PAGE, count=0 if every else 1)
    return parse_page(read_document("page.txt", text.encode()))


def warnings_about(page: ParsedPage, role: int) -> set[tuple[str, str | None]]:
    title = page.roles[role].title
    return {(w.code, w.field) for w in page.warnings if w.role == title}


def test_a_consistent_page_has_no_warning() -> None:
    assert parse_page(read_document("page.txt", PAGE.encode())).warnings == ()


@pytest.mark.parametrize(
    ("label", "cell", "code", "field"),
    [
        ("Hourly rate", "$99.00", "hourly-disagrees-with-annual", "salary.hourly_average"),
        ("Salary range", "Between $1,000 And $2,000", "average-outside-range", "salary.annual_average"),
        ("Gender ratio", "Male, 50.0% Female, 40.0%", "gender-sum", "demographics.male_percent"),
        ("Highest paying City", "Boston, MA", "city-not-in-state", "salary.top_city"),
    ],
)
def test_each_check_warns_about_its_value_and_marks_it(label: str, cell: str, code: str, field: str) -> None:
    for role, cells in ((0, (cell, "-")), (1, ("-", cell))):
        page = changed(label, *cells)
        assert (code, field) in warnings_about(page, role)
        assert not {c for c, _ in warnings_about(page, 1 - role)} & {code}
        group, name = ("demographics", "male_percent") if "male" in field else ("salary", field.partition(".")[2])
        assert code in getattr(page.roles[role], group).evidence[name].warnings


def test_race_shares_may_differ_from_100_by_at_most_0_3() -> None:
    def page(white: str) -> ParsedPage:
        block = (
            "Black or African American, 10.0% Unknown, 5.0% Hispanic or Latino, 15.0% "
            f"Asian, 10.0% White, {white}% American Indian and Alaska Native, 0.4%"
        )
        return changed("Race ratio", block, "-")

    assert ("race-sum", "demographics.race.white_percent") not in warnings_about(page("59.9"), 0)
    assert ("race-sum", "demographics.race.white_percent") in warnings_about(page("60.0"), 0)
    assert page("60.0").roles[0].demographics.white_percent == 60


def test_a_figure_with_several_values_is_left_to_a_person_with_the_most_frequent_value_first() -> None:
    page = changed("Average salary", "$1,000", "$2,000")
    assert ("repeated-figure-differs", "salary.annual_average") in warnings_about(page, 0)
    for facts, candidates in zip(page.roles, (("$41,600", "$1,000"), ("$104,000", "$2,000")), strict=True):
        assert facts.salary.annual_average is None
        evidence = facts.salary.evidence["annual_average"]
        assert (evidence.how, evidence.candidates) == ("unread", candidates)


def test_the_choice_of_a_person_settles_a_figure_with_several_values() -> None:
    text = PAGE.replace("| Average salary | $41,600 |", "| Average salary | $1,000 |")
    choices = {("radio announcer", "salary.annual_average"): "$41,600"}
    page = parse_page(read_document("page.txt", text.encode()), Knowledge(choices=choices))
    assert page.roles[0].salary.annual_average == 41600
    assert page.roles[0].salary.evidence["annual_average"].how == "chosen"
    assert page.ambiguous == ()
    assert not warnings_about(page, 0)


def test_a_page_of_unknown_kind_is_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableError, match="no known kind"):
        parse_page(read_document("a.txt", b"Lorem ipsum dolor sit amet.\nAnd so on.\n"))


def test_a_page_of_two_kinds_is_refused() -> None:
    guide = (ROOT / "tests/pages/guide-front.txt").read_text("utf-8")
    pair = (ROOT / "tests/pages/run-together-all-different.txt").read_text("utf-8")
    with pytest.raises(UnreadableError, match="two kinds at once"):
        parse_page(read_document("a.txt", f"{guide}\n{pair}".encode()))


def test_a_page_that_compares_a_role_with_itself_is_refused() -> None:
    text = "| Baker | baker | |\n| Average age | 42 | 43 |\n| Yearly salary | $1,000 | $2,000 |\n"
    with pytest.raises(UnreadableError, match="against itself"):
        parse_page(read_document("a.txt", text.encode()))
