"""Whose page it is: recognized by several signs of the publisher, never by an everyday label, and never against a
person."""

import sys
from decimal import Decimal
from types import ModuleType

import pytest

from careers.models import Citation, Role
from careers.vocabulary import TERMS
from ingest.documents.document import Document, read_document
from ingest.parsing import parse_page as parsing
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.small_pages import find_role, load_content, run_together, write_guide, write_pipe

SENTENCES = (
    "The top three skills for a baker include dough, ovens and patience. "
    "The most important skills for a miller are grain, sieves, and belts."
)


def write_table(*columns: str, head: str = "", label: str = "Average salary", about: str = "") -> bytes:
    """An everyday table of a saved page: a head above labelled rows."""
    heads = "".join(f"<th>{column}</th>" for column in columns)
    cells = "".join(f"<td>${number + 30},500</td>" for number, _ in enumerate(columns))
    return (
        f"<!doctype html><html><head>{head}</head><body><table><tr><th>{about}</th>{heads}</tr>"
        f"<tr><th>{label}</th>{cells}</tr></table></body></html>"
    ).encode()


def read(content: bytes, name: str = "page.html", publisher: str = "") -> ParsedPage:
    return parse_page(read_document(name, content), publisher=publisher)


def explain_refusal(content: bytes, name: str = "page.html", publisher: str = "") -> str:
    with pytest.raises(UnreadableError) as refused:
        read(content, name, publisher)
    return str(refused.value)


# -- signs of a publisher ----------------------------------------------------------------------


def test_an_everyday_table_is_nobodys_page() -> None:
    assert "which publisher" in explain_refusal(write_table("Baker", "Miller"))


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://northwind.example/baker-vs-miller">',
        '<meta property="og:url" content="https://northwind.example/baker-vs-miller">',
        '<meta property="og:site_name" content="Northwind Careers">',
    ],
)
def test_a_page_that_states_another_publisher_is_not_read_whatever_else_it_says(head: str) -> None:
    page = f"<html><head>{head}</head><body><p>{SENTENCES}</p>{write_table('Baker', 'Miller').decode()}</body></html>"
    assert "northwind" in explain_refusal(page.encode()).lower()


@pytest.mark.parametrize(
    "line",
    [
        "Permalink: https://northwind.example/a",
        "Source: Northwind Careers",
        "© 2025 Northwind Careers",
        "Copyright Northwind",
    ],
)
def test_a_text_that_states_another_publisher_is_not_read(line: str) -> None:
    page = write_pipe("Baker", "Miller", prose=f"{line}\n{SENTENCES}")
    assert "orthwind" in explain_refusal(page, "page.txt")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.zippia.com/baker-jobs/",
        "https://web.archive.org/web/20250301/https://www.zippia.com/baker-jobs/",
    ],
)
def test_the_address_of_the_publisher_is_enough(address: str) -> None:
    page = read(write_table("Baker", "Miller", head=f'<link rel="canonical" href="{address}">'))
    assert page.publisher == "Zippia"


def test_set_sentences_tell_a_copy_without_an_address() -> None:
    page = write_pipe("Baker", "Miller", {"Average salary": ("$31,200", "$41,600")}, prose=SENTENCES)
    assert read(page, "page.txt").publisher == "Zippia"


OWN_LABEL = "| Best paying industry | Retail | Mining |"


@pytest.mark.parametrize(
    "sentence",
    [
        "The differences between bakers and millers can be seen in a few details.",
        "It typically takes 1-2 years to become both a baker and a miller.",
        "While it typically takes 1-2 years to become a baker, becoming a miller requires 2-4 years.",
        "A baker has an average salary of $31,200, which is lower than the $41,600 average annual salary of a miller.",
        "The top three skills for a baker include dough, ovens and patience.",
        "The most important skills for a miller are grain, sieves, and belts.",
        "Bakers and millers have different pay scales, as shown below.",
        "There are a few differences between a baker's and a miller's educational background.",
        "Here are the differences between bakers' and millers' demographics.",
        "Baker example responsibilities.",
        "Baker vs. miller salary",
        "Browse bakery jobs",
        "Find specific jobs",
    ],
)
def test_a_standard_line_beside_a_label_that_nobody_else_uses_identifies_the_publisher(sentence: str) -> None:
    rows = f"| | Baker | Miller |\n| Average salary | $31,200 | $41,600 |\n{OWN_LABEL}"
    assert read(f"{sentence}\n{rows}".encode(), "page.txt").publisher == "Zippia"
    assert "which publisher" in explain_refusal(rows.encode(), "page.txt")


def test_a_standard_line_beside_everyday_labels_proves_nothing() -> None:
    page = b"Find specific jobs\n| | Baker | Miller |\n| Average salary | $31,200 | $41,600 |"
    assert "which publisher" in explain_refusal(page, "page.txt")


def test_words_that_are_only_like_a_set_line_tell_nothing() -> None:
    page = f"The differences between bakers and millers are told here.\n| | Baker | Miller |\n{OWN_LABEL}"
    assert "which publisher" in explain_refusal(page.encode(), "page.txt")


def test_a_page_with_run_together_cells_that_states_another_publisher_is_not_read() -> None:
    page = b"Source: Northwind Careers\n" + run_together("Baker", "Miller")
    assert "no known kind" in explain_refusal(page, "page.txt")


def test_an_unmistakable_layout_identifies_a_bare_table() -> None:
    assert read(write_pipe("Baker", "Miller"), "page.txt").publisher == "Zippia"


def test_one_everyday_label_in_that_layout_is_not_enough() -> None:
    page = b"| Baker | Miller | |\n| Average salary | $31,200 | $41,600 |"
    assert "which publisher" in explain_refusal(page, "page.txt")


def test_a_guide_that_states_another_publisher_is_not_read_as_this_one() -> None:
    page = write_guide("Baker").replace(b"Jobicy.com", b"Northwind").replace(b"jobicy.com", b"northwind.example")
    assert "no known kind" in explain_refusal(page, "page.txt")


# -- what a person entered ---------------------------------------------------------------------


def test_a_page_of_another_publisher_than_the_one_entered_is_refused_with_both_names() -> None:
    refused = explain_refusal(write_pipe("Baker", "Miller", prose=SENTENCES), "page.txt", "Northwind")
    assert "Northwind" in refused
    assert "Zippia" in refused


@pytest.mark.parametrize(
    "entered",
    [
        "Zippia",
        "zippia",
        "Zippia.com",
        "www.zippia.com",
        "https://www.zippia.com/",
        "Zippia, Inc.",
        "Zippia Inc.",
        "The Zippia LLC",
        "Zippia, LLC",
        "Zippia.com, Inc.",
        "zippia.org",
        "zippia.net",
        "U.S. Zippia",
    ],
)
def test_the_publisher_can_be_entered_in_several_spellings(entered: str) -> None:
    for page in (write_pipe("Baker", "Miller", prose=SENTENCES), run_together("Baker", "Miller")):
        assert read(page, "page.txt", entered).publisher == "Zippia"


@pytest.mark.django_db
def test_a_page_that_no_source_knows_is_loaded_for_the_publisher_who_was_entered() -> None:
    head = '<link rel="canonical" href="https://northwind.example/baker-vs-miller">'
    assert (
        load_content(write_table("Baker", "Miller", head=head), name="a.html", publisher="Northwind").status == "loaded"
    )

    citation = Citation.objects.get()
    assert (citation.publisher.name, citation.url) == ("Northwind", "https://northwind.example/baker-vs-miller")
    assert find_role("Baker").salary.annual_average == 30_500


def test_a_publisher_who_was_entered_does_not_overrule_the_address_of_the_page() -> None:
    head = '<link rel="canonical" href="https://northwind.example/baker-vs-miller">'
    refused = explain_refusal(write_table("Baker", "Miller", head=head), publisher="Careers Weekly")
    assert "Careers Weekly" in refused
    assert "northwind.example" in refused


@pytest.mark.parametrize(
    ("name", "content", "start"),
    [
        ("a.txt", b"Dear Ann,\n\nbakers earn $1.\n", "it begins with “Dear Ann,”"),
        ("a.txt", b"milk " * 20, "it begins with “milk milk milk milk milk milk milk milk milk milk milk milk …”"),
        (
            "a.html",
            b"<html><title>Just a moment...</title><p>Wait</p></html>",
            "it is HTML that is titled “Just a moment...”",
        ),
        ("a.html", b"<html><body><p>Wait</p></body></html>", "it is HTML that begins with “Wait”"),
        ("a.html", b"<html><body></body></html>", "it is HTML that shows no text"),
    ],
)
def test_a_page_of_no_known_kind_is_refused_with_what_it_begins_with(name: str, content: bytes, start: str) -> None:
    assert explain_refusal(content, name).startswith(f"The page is of no known kind: {start}, and has neither")


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.csv"])
def test_an_error_page_in_place_of_a_table_is_refused_as_one(name: str) -> None:
    page = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>Not found</body></html>"
    reason = (
        "The file is named as a table, but it is HTML that is titled “404 Not Found”, as a download that failed does."
    )
    assert explain_refusal(page, name).startswith(reason)


def test_a_table_of_figures_of_no_known_kind_is_refused_for_every_publisher() -> None:
    assert "The table is of no known kind" in explain_refusal(b"code,pay\n29-1141,90000\n", "a.csv", "Northwind")


@pytest.mark.parametrize("entered", ["Northwind", "Northwind Careers Weekly", "The Northwind Company"])
def test_a_publisher_may_be_entered_in_other_words_than_the_page_states(entered: str) -> None:
    head = '<meta property="og:site_name" content="Northwind Careers">'
    assert read(write_table("Baker", "Miller", head=head), publisher=entered).publisher == entered


def test_a_plain_table_is_read_for_any_number_of_roles() -> None:
    one, three = (
        read(write_table("Baker"), publisher="Northwind"),
        read(write_table("Baker", "Cook", "Miller"), publisher="Northwind"),
    )
    assert [facts.title for facts in one.roles] == ["Baker"]
    assert [(facts.title, facts.value("salary.annual_average")) for facts in three.roles] == [
        ("Baker", 30_500),
        ("Cook", 31_500),
        ("Miller", 32_500),
    ]


def test_a_plain_table_gives_no_meaning_that_only_one_publisher_has() -> None:
    content = b"| | Baker | Cook |\n| Years of experience | 12 | 2 |\n| Average age | 41 | 42 |"
    page = read(content, "a.txt", "Northwind")
    assert page.roles[0].value("entry.years_of_experience") is None
    assert [line.line for line in page.unread] == [2]
    assert [(warning.code, warning.line) for warning in page.warnings] == [("unknown-label", 2)]
    assert page.roles[0].value("demographics.average_age") == 41


@pytest.mark.parametrize(
    "head", ["| | Baker | Cook |", "| Baker | Cook | |", "| Baker | Cook |", "| Pay | Baker | Cook |"]
)
def test_the_head_of_a_plain_table_is_read_wherever_its_empty_cell_stands(head: str) -> None:
    page = read(f"{head}\n| Average salary | $31,200 | $41,600 |".encode(), "a.txt", "Northwind")
    assert [(facts.title, facts.value("salary.annual_average")) for facts in page.roles] == [
        ("Baker", 31_200),
        ("Cook", 41_600),
    ]
    assert page.unread == ()


@pytest.mark.parametrize(
    ("corner", "kind"),
    [("Company", "companies"), ("Employers:", "companies"), ("Sector", "industries"), ("City", "places")],
)
def test_a_plain_table_is_refused_if_the_cell_above_its_labels_says_that_the_columns_are_no_roles(
    corner: str, kind: str
) -> None:
    content = f"| {corner} | Meta | Target |\n| Average salary | $31,200 | $41,600 |".encode()
    reason = f"The columns of the table are {kind}, such as “Meta”, not roles."
    assert reason in explain_refusal(content, "a.txt", "Northwind")


@pytest.mark.parametrize("corner", ["", "Pay", "USD"])
def test_a_plain_table_whose_columns_are_named_after_no_occupation_is_refused(corner: str) -> None:
    content = f"| {corner} | Acme | Globex Industries |\n| Average salary | $31,200 | $41,600 |".encode()
    assert "Nothing shows that the columns of the table, such as “Acme”, are roles" in explain_refusal(
        content, "a.txt", "Northwind"
    )


@pytest.mark.parametrize("content", ["| | Imagineer | Cook II |", "| Role | Imagineer | Daydreaming |"])
def test_new_titles_are_read_beside_a_known_one_or_below_a_word_that_says_what_they_are(content: str) -> None:
    page = read(f"{content}\n| Average salary | $31,200 | $41,600 |".encode(), "a.txt", "Northwind")
    assert [facts.value("salary.annual_average") for facts in page.roles] == [31_200, 41_600]


def test_a_plain_table_of_more_than_twenty_roles_is_refused() -> None:
    titles = [f"{sign} Baker".strip() for sign in "ABCDEFGHIJKLMNOPQRST"]
    assert len(read(write_table(*titles), publisher="Northwind").roles) == 20
    assert "has 21 columns; at most 20" in explain_refusal(write_table(*titles, "Miller"), publisher="Northwind")


def test_two_columns_of_a_plain_table_with_one_title_are_refused() -> None:
    assert "the same title" in explain_refusal(write_table("Baker", "BAKER"), publisher="Northwind")


def test_a_plain_table_without_heads_is_refused() -> None:
    page = b"| Average salary | $31,200 | $41,600 |"
    assert "a row with a role's title above each column" in explain_refusal(page, "a.txt", "Northwind")


PLAIN = "| | Baker | Cook |\n|---|:---:|---|\n| Average salary | $31,200 | $41,600 |\n"


def test_a_plain_table_has_everyday_labels_and_those_of_the_vocabulary() -> None:
    label = {term.key: term.label for term in TERMS}
    rows = [
        f"| {label['salary.annual_median']} | $30,000 | $40,000 |",
        f"| {label['salary.hourly_median']} | $14.42 | - |",
        "| Growth rate | 1% | 2% |",
    ]
    page = read((PLAIN + "\n".join(rows)).encode(), "a.txt", "Northwind")
    assert [facts.value("salary.annual_median") for facts in page.roles] == [30_000, 40_000]
    assert [facts.value("salary.hourly_median") for facts in page.roles] == [Decimal("14.42"), None]
    assert [facts.value("outlook.growth_percent") for facts in page.roles] == [1, 2]
    place = page.roles[0].evidence["salary.annual_average"]
    assert (place.line, place.raw, place.how) == (3, "$31,200", "cell")
    assert (page.unread, page.warnings) == ((), ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("| Favourite colour | red | blue |", "unknown-label"),
        ("| Number of jobs | 1 |", "unreadable-value"),
        ("| Number of jobs | 1 | 2 | 3 |", "unreadable-value"),
    ],
)
def test_a_row_of_a_plain_table_that_cannot_be_read_is_reported(row: str, code: str) -> None:
    page = read(f"{PLAIN}{row}\n| Hourly rate | $15 | $20 |".encode(), "a.txt", "Northwind")
    assert [(left.line, left.text) for left in page.unread] == [(4, row)]
    assert [(warning.code, warning.line) for warning in page.warnings] == [(code, 4)]


@pytest.mark.parametrize(("cell", "code"), [("many", "unreadable-value"), ("6.5", "out-of-bounds")])
def test_a_cell_of_a_plain_table_that_cannot_be_read_is_asked_for(cell: str, code: str) -> None:
    page = read(f"{PLAIN}| Job satisfaction | {cell} | 4 |\n| Hourly rate | $15 | $20 |".encode(), "a.txt", "Northwind")
    assert [(question.role, question.field, question.raw, question.line) for question in page.ambiguous] == [
        ("Baker", "outlook.satisfaction", cell, 4)
    ]
    assert page.roles[0].evidence["outlook.satisfaction"].how == "unread"
    assert page.roles[1].value("outlook.satisfaction") == 4
    assert [(warning.code, warning.field, warning.role) for warning in page.warnings] == [
        (code, "outlook.satisfaction", "Baker")
    ]


def test_a_figure_that_stands_twice_in_a_plain_table_is_asked_for_if_it_differs() -> None:
    page = read(f"{PLAIN}| Average salary | $31,200 | $99,999 |".encode(), "a.txt", "Northwind")
    assert [facts.value("salary.annual_average") for facts in page.roles] == [31_200, None]
    assert [(question.role, question.candidates) for question in page.ambiguous] == [("Cook", ("$41,600", "$99,999"))]
    assert [warning.code for warning in page.warnings] == ["repeated-figure-differs"]


def test_a_figure_replaces_the_dash_of_another_row_of_a_plain_table() -> None:
    content = f"{PLAIN.replace('$31,200', '-')}| Yearly salary | $31,200 | $41,600 |"
    page = read(content.encode(), "a.txt", "Northwind")
    assert [facts.value("salary.annual_average") for facts in page.roles] == [31_200, 41_600]
    assert [warning.code for warning in page.warnings] == ["repeated-figure-differs"]


@pytest.mark.parametrize(("end", "whole"), [("| Hourly rate | $15 | $20 |", True), ("| Hourly rate | $15 | $2", False)])
def test_a_plain_table_whose_last_row_is_not_whole_is_cut(end: str, whole: bool) -> None:
    page = read(f"{PLAIN}{end}".encode(), "a.txt", "Northwind")
    assert page.cut_line == (None if whole else 4)
    assert [left.text for left in page.unread] == ([] if whole else [end])
    assert [warning.code for warning in page.warnings] == ([] if whole else ["cut-here"])
    missing = [facts.evidence["salary.hourly_average"].missing for facts in page.roles]
    assert missing == ([None, None] if whole else ["cut", "cut"])


# -- new sources -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        write_table("Baker", "Miller", about="Northwind"),
        b"Northwind\n| Baker | Miller | |\n| Average salary | $1,000 | $2,000 |\n| Number of jobs | 1 | 2 |",
        b"Northwind\nWork Setting\nIndoors.\nTech Skills\n- Ovens\n",
    ],
)
def test_a_new_source_needs_to_know_nothing_of_the_others(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ModuleType("ingest.sources.northwind")

    def recognizes(document: Document) -> bool:
        return any("Northwind" in line.text for line in document.lines)

    def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
        facts = RoleFacts(title="Baker", titled_by="heading", values={"salary.annual_average": 1})
        return ParsedPage(layout="plain-table", publisher="Northwind", roles=(facts,))

    monkeypatch.setattr(source, "recognizes", recognizes, raising=False)
    monkeypatch.setattr(source, "parse", parse, raising=False)
    monkeypatch.setitem(sys.modules, source.__name__, source)
    monkeypatch.setattr(parsing, "SOURCES", (*parsing.SOURCES, source))

    name = "page.html" if content.startswith(b"<") else "page.txt"
    assert read(content, name).publisher == "Northwind"


# -- columns that are not roles -----------------------------------------------------------------


@pytest.mark.parametrize(
    "heads",
    [
        ("2023", "2024"),
        ("Last year", "This year"),
        ("Women", "Men"),
        ("Boston, MA", "Austin, TX"),
        ("Boston", "Austin"),
        ("Ohio", "Texas"),
        ("Under 25", "25-34"),
        ("March 2024", "April 2024"),
        ("Entry level", "Senior level"),
        ("Baker", "National average"),
    ],
)
def test_columns_that_are_no_roles_are_refused_with_that_reason(heads: tuple[str, str]) -> None:
    for publisher in ("", "Northwind"):
        assert "not roles" in explain_refusal(write_table(*heads), publisher=publisher)
    sentences = SENTENCES.replace("baker", heads[0].lower()).replace("miller", heads[1].lower())
    assert "not roles" in explain_refusal(write_pipe(*heads, prose=sentences), "page.txt")


@pytest.mark.parametrize(
    "title",
    ["Male Nurse", "State Trooper", "City Planner", "Associate", "Senior Baker", "PA", "Model", "Cook, Line", "Q"],
)
def test_titles_that_only_begin_like_such_columns_are_roles(title: str) -> None:
    assert read(write_pipe(title, "Miller"), "page.txt").roles[0].title == title


# -- nothing stored ----------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "reason"), [(("Baker",), "one role"), (("Baker", "Cook", "Miller"), "3 roles")])
def test_a_table_of_another_number_of_roles_is_refused_with_the_true_reason(
    columns: tuple[str, ...], reason: str
) -> None:
    assert reason in explain_refusal(write_table(*columns))


def test_three_columns_in_a_known_publishers_page_are_refused_with_the_true_reason() -> None:
    head = '<link rel="canonical" href="https://www.zippia.com/a">'
    assert "3 columns" in explain_refusal(write_table("Baker", "Cook", "Miller", head=head))


@pytest.mark.django_db
def test_a_page_from_which_nothing_can_be_stored_is_refused_and_not_kept() -> None:
    unpublished = {"Yearly salary": ("-", "-")}
    for rows in (unpublished, {"Hourly rate": ("$1", "$2 | $3"), **unpublished}):
        outcome = load_content(write_pipe("Baker", "Miller", rows))
        assert outcome.status == "refused"
        assert "can be stored" in (outcome.error or "")
    assert not Role.objects.exists()


def test_two_pages_in_one_file_are_not_called_pages_of_an_unknown_publisher() -> None:
    reason = explain_refusal(
        write_pipe("Baker", "Miller") + b"\n" + write_guide("Cook") + b"\nPermalink: https://jobicy.com/careers/cook"
    )
    assert "of jobicy.com, of whom Rolewise knows no such page. Save one page as a file of its own" in reason


@pytest.mark.parametrize("corner", ["", "Role", "Measure"])
def test_the_rows_of_a_second_table_about_other_roles_are_not_given_to_the_first(corner: str) -> None:
    first, second = (
        write_table("Baker", "Cook", about=corner),
        write_table("Nurse", "Welder", label="Hourly rate", about=corner),
    )
    both = first.replace(b"</body></html>", second[second.index(b"<table") :])
    page = read(both, publisher="Northwind")
    assert [(role.title, role.value("salary.annual_average")) for role in page.roles] == [
        ("Baker", 30_500),
        ("Cook", 31_500),
    ]
    assert [role.value("salary.hourly_average") for role in page.roles] == [None, None]
    assert [warning.code for warning in page.warnings] == ["unknown-label"]
    assert "names other roles than the first" in page.warnings[0].message


@pytest.mark.parametrize("words", [("Tools", "Oven", "Knife"), ("Tools", "Oven", ""), ("", "Full time", "Full time")])
def test_a_row_of_words_in_a_table_is_no_second_head(words: tuple[str, str, str]) -> None:
    rows = "<tr><th>{}</th><td>{}</td><td>{}</td></tr>\n\n".format(*words)
    rows += "<tr><th>Hourly rate</th><td>$17.50</td><td>$20.00</td></tr>"
    page = read(write_table("Baker", "Cook").replace(b"</table>", f"{rows}</table>".encode()), publisher="Northwind")
    assert [str(role.value("salary.hourly_average")) for role in page.roles] == ["17.50", "20.00"]
