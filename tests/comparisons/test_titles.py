"""Titles in sentences keep the capitals that are part of a name."""

import pytest

from comparisons.titles import in_prose, plural, with_article


@pytest.mark.parametrize(
    ("title", "several", "one"),
    [
        ("C++ Developer", "C++ developers", "a C++ developer"),
        ("C# Developer", "C# developers", "a C# developer"),
        (".NET Developer", ".NET developers", "a .NET developer"),
        ("C Programmer", "C programmers", "a C programmer"),
        ("R Programmer", "R programmers", "an R programmer"),
        ("X-Ray Technician", "X-ray technicians", "an X-ray technician"),
        ("T-Shirt Printer", "T-shirt printers", "a T-shirt printer"),
        ("Embedded C Engineer", "embedded C engineers", "an embedded C engineer"),
        ("Spanish Teacher", "Spanish teachers", "a Spanish teacher"),
        ("Teacher of English", "teachers of English", "a teacher of English"),
        ("German", "Germans", "a German"),
        ("African-American Historian", "African-American historians", "an African-American historian"),
    ],
)
def test_names_keep_their_capitals(title: str, several: str, one: str) -> None:
    assert (plural(title), with_article(title)) == (several, one)


def test_an_acronym_spoken_as_a_word_takes_the_article_of_the_word() -> None:
    titles = ("NASA Engineer", "MIG Welder", "NICU Nurse", "OSHA Inspector", "HVAC Technician", "SQL Developer")
    assert [with_article(title).split()[0] for title in titles] == ["a", "a", "a", "an", "an", "an"]


def test_a_small_word_in_capitals_is_still_a_small_word() -> None:
    assert in_prose("Jack of A Trade") == "jack of a trade"
