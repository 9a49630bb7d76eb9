"""What counts as a heading of a guide, and which of them names its role."""

import pytest

from ingest.documents.document import Document, read_document
from ingest.documents.html import LineKind
from ingest.documents.lines import Line
from ingest.parsing.cells import UnreadableError
from ingest.sources.jobicy.headings import (
    bare_text,
    find_title,
    is_front_title,
    list_headings,
    looks_like_heading,
    make_heading_key,
)


def make_line(text: str, kind: LineKind = "text") -> Line:
    return Line(1, kind, text, text)


def make_guide(*lines: str) -> Document:
    return read_document("page.txt", "\n".join(lines).encode())


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Work Setting", "Work Setting"),
        ("3D Artist", "3D Artist"),
        ("🎓 Education Level", "Education Level"),
        ("🎓Education Level", "Education Level"),
        ("🎓 ⚙ Education Level", "Education Level"),
        ("π“§Education Level", "Education Level"),
        ("ðŸŽ“ Education Level", "Education Level"),
        ("— Work Setting", "Work Setting"),
        (".NET Developer", ".NET Developer"),
        ("🎓 .NET Developer", ".NET Developer"),
        ("🎓 .C# Developer", ".C# Developer"),
        (". Work Setting", "Work Setting"),
        ("$39,000", "$39,000"),
        ("🎓 $39,000", "$39,000"),
        ("(Senior) Cook", "(Senior) Cook"),
        ('"Chef"', '"Chef"'),
        ("'Chef'", "'Chef'"),
        ("‘Chef’", "‘Chef’"),
        ("“Chef”", "“Chef”"),
        ("«Chef»", "«Chef»"),
        ("🎓 “Chef”", "“Chef”"),
        ("Éclair Baker", "Éclair Baker"),
        ("***", "***"),
        ("🎓", "🎓"),
    ],
)
def test_marks_before_the_first_word_are_left_out_and_signs_of_a_text_are_not(text: str, bare: str) -> None:
    assert bare_text(make_line(text)) == bare


def test_a_title_of_the_front_is_recognized_in_any_case_and_after_marks() -> None:
    assert is_front_title(make_line("🎓 Baker career path GUIDE"))
    assert not is_front_title(make_line("The Baker Career Path Guide is long"))
    assert not is_front_title(make_line(" Career Path Guide"))


@pytest.mark.parametrize("joint", [":", " –", " |", " -"])
def test_what_parts_the_title_of_the_front_from_its_words_is_not_part_of_it(joint: str) -> None:
    assert find_title([make_line(f"Line Cook{joint} Career Path Guide")]) == ("Line Cook", "heading")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("🎓 Work Setting", "worksetting"),
        ("Key Responsibilities:", "keyresponsibilities"),
        ("Core Functions", "corefunctions"),
        ("🎓 Core Functions of the Baker Role", "corefunctions"),
        ("core functions of an Engineer", "corefunctions"),
        ("Path to becoming a Baker", "pathto"),
        ("🎓 Path to Baking", "pathto"),
        ("Work Setting" + "!" * 148, "worksetting"),
        ("Work Setting" + "!" * 149, None),
        ("Path to " + "a" * 131, "pathto"),
        ("Path to " + "a" * 132, None),
        ("Work Setting.", None),
        ("Our Work Setting", None),
        ("The Path to Baking", None),
    ],
)
def test_known_headings_are_recognized_by_their_letters(text: str, key: str | None) -> None:
    assert make_heading_key(make_line(text)) == key
    assert make_heading_key(make_line(text, "heading")) == key


@pytest.mark.parametrize("kind", ["bullet", "row"])
def test_an_entry_of_a_list_or_a_table_is_no_heading(kind: LineKind) -> None:
    assert make_heading_key(make_line("Work Setting", kind)) is None


@pytest.mark.parametrize("character", ["✔", "■", "➤", "✓", "1.", "2)"])
def test_a_heading_may_begin_with_a_character_of_lists_that_is_not_a_usual_bullet(character: str) -> None:
    guide = make_guide(
        f"{character} Core Functions of the Baker Role:", "Bakes.", f"{character} Path to Baking", f"{character} Knives"
    )
    assert [make_heading_key(line) for line in guide.lines] == ["corefunctions", None, "pathto", None]
    assert find_title(guide.lines) == ("Baker", "heading")
    assert bare_text(guide.lines[0]) == "Core Functions of the Baker Role"


@pytest.mark.parametrize("character", "-*•")
def test_a_usual_bullet_in_the_words_of_a_heading_is_a_bullet(character: str) -> None:
    assert make_heading_key(make_guide(f"{character} Work Setting").lines[0]) is None


@pytest.mark.parametrize("text", ["Advanced", "A" * 70, "Basics & more", "Éclairs", "🎓 Basics", "Time:Money"])
def test_a_short_line_with_a_capital_may_be_a_heading(text: str) -> None:
    assert looks_like_heading(make_line(text))


@pytest.mark.parametrize(
    "text",
    ["A" * 71, "advanced", "Level 2", "Skills: knives", *(f"Basics{stop}" for stop in ".,:;!?…”\")%")],
)  # fmt: skip
def test_prose_and_figures_are_no_heading(text: str) -> None:
    assert not looks_like_heading(make_line(text))


@pytest.mark.parametrize("kind", ["bullet", "row", "heading"])
def test_only_a_line_of_text_can_look_like_a_heading(kind: LineKind) -> None:
    assert not looks_like_heading(make_line("Advanced", kind))


def test_the_headings_of_a_page_are_those_outside_its_tables() -> None:
    guide = make_guide("Baker Career Path Guide", "| Growth Paths | now |", "| a | b |", "Work Setting", "Prose.")
    assert list_headings(guide) == {"title", "worksetting"}


def test_a_page_with_a_table_of_roles_has_no_headings_of_a_guide() -> None:
    assert list_headings(make_guide("Work Setting", "| Average salary | $1,000 | $2,000 |")) == set()


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Path to becoming a Cook", "Core Functions of the Chef Role", "Baker Career Path Guide"), "Baker"),
        (("Path to becoming a Cook", "Core Functions of the Chef Role"), "Chef"),
        (("Path to becoming a Cook",), "Cook"),
        (("Path to becoming a Cook", "Path to becoming a Baker"), "Cook"),
        (("Core Functions of the Chef Role.", "Path to becoming a Cook"), "Cook"),
        (("- Core Functions of the Chef Role", "Path to becoming a Cook"), "Cook"),
        (("| Core Functions of the Chef Role | x |", "Path to becoming a Cook"), "Cook"),
        (("Path to " + "b" * 120,), "b" * 120),
        (("Path to " + "b" * 121, "Path to Baking"), "Baking"),
    ],
)
def test_the_surest_heading_names_the_role(lines: tuple[str, ...], title: str) -> None:
    assert find_title(make_guide(*lines).lines) == (title, "heading")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("pastry-chef", "Pastry chef"),
        ("net-developer", ".NET developer"),
        ("asp-net-engineer", "ASP.NET engineer"),
        ("senior-dot-net-programmer", "Senior .NET programmer"),
        ("c-plus-plus-developer", "C++ developer"),
        ("net-fisher", "Net fisher"),
        ("internet-developer", "Internet developer"),
    ],
)
def test_the_address_names_the_role_where_no_heading_does(name: str, title: str) -> None:
    lines = make_guide("Work Setting", f"Permalink: https://jobicy.com/careers/{name}").lines
    assert find_title(lines) == (title, "prose")


def test_a_guide_that_names_no_role_is_refused() -> None:
    with pytest.raises(UnreadableError, match="does not name its role"):
        find_title(make_guide("Work Setting", "Prose.").lines)
