"""Sentences and titles on strange pages: what is not certain is reported and not read."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.ingest import html_writer, pair_writer
from tests.ingest.disturbed_pairs import parsed, skill_names, unread_texts, warning_codes
from tests.ingest.page_data import list_differences, role_data
from tests.ingest.pair_writer import PairContent
from tests.ingest.sample_pair import PAIR, PIPE, RUN_TOGETHER, A, B

# --- sentences ------------------------------------------------------------------------------------


def renamed(first: str, second: str) -> PairContent:
    return replace(PAIR, roles=(replace(A, title=first), replace(B, title=second)), tables=("education",))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sr. Software Engineer", "Software Engineer"),
        ("Software Engineer", "Sr. Software Engineer"),
        ("Manager", "Manager, Project"),
        ("Manager And Buyer", "Manager"),
        ("A&P Mechanic", "Mechanic"),
        ("Maître D'", "Server"),
        ("ASP.NET Developer", ".NET Developer"),
    ],
)
@pytest.mark.parametrize("write", [pair_writer.pipe, pair_writer.run_together, html_writer.html])
def test_sentences_find_their_roles_by_the_whole_title(
    write: Callable[[PairContent], str], first: str, second: str
) -> None:
    page = parsed(write(renamed(first, second)))
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    assert [role.value("entry.months_low") for role in page.roles] == [6, 72]
    assert [role.skills[-1].name for role in page.roles] == ["smoke", "radar"]
    assert unread_texts(page) == []


@pytest.mark.parametrize("title", ["3D Artist", "911 Operator", "2nd Shift Supervisor", "K-12 Teacher"])
def test_digits_in_a_title_are_not_an_unread_figure(title: str) -> None:
    assert unread_texts(parsed(pair_writer.pipe(renamed(title, "Server")))) == []
    assert unread_texts(parsed(pair_writer.pipe(replace(renamed("Server", title), time=False, claim=False)))) == []


def test_the_evidence_of_a_sentence_is_the_sentence_with_its_full_stop() -> None:
    page = parsed(PIPE.replace("It typically takes", "Look here. It typically takes"))
    raw = page.roles[0].evidence["entry.months_low"].raw
    assert raw.endswith(".")
    assert "Look here" not in raw
    assert raw in PIPE


def test_a_sentence_on_pay_may_open_with_a_title_shorter_than_the_other() -> None:
    sentence = "A cook has an average salary of $52,000, which is higher than the $41,600 average annual salary of a "
    content = replace(renamed("Agricultural Equipment Operator", "Cook"), claim=False, time=False)
    page = parsed(f"{sentence}agricultural equipment operator.\n\n{pair_writer.pipe(content)}")
    assert unread_texts(page) == []
    assert [role.evidence["salary.annual_average"].how for role in page.roles] == ["sentence", "sentence"]


def test_a_sentence_on_pay_that_compares_a_role_with_itself_is_not_read() -> None:
    content = replace(PAIR, claim=False)
    sentence = "A beekeeper has an average salary of $1,000, which is lower than the $2,000 average annual salary of a"
    page = parsed(f"{sentence} beekeeper.\n\n{pair_writer.pipe(content)}")
    assert page.roles[0].value("salary.annual_average") == 41_600
    assert unread_texts(page) == [f"{sentence} beekeeper"]


def test_skills_are_read_only_where_the_set_words_lead_to_them() -> None:
    page = parsed(
        PIPE.replace("The top three skills for a beekeeper include", "The top three skills for a beekeeper in")
    )
    assert page.roles[0].skills == ()
    assert any("honey" in text for text in unread_texts(page))


def test_a_sentence_with_fewer_skills_is_reported_as_unread() -> None:
    skills = re.compile("The top three skills for a beekeeper include .*")
    sentence = (
        "The top skills for a beekeeper include honey and wax. The most important skill for a harbor pilot is radar."
    )
    page = parsed(skills.sub(sentence, PIPE))
    assert [role.skills for role in page.roles] == [(), ()]
    assert unread_texts(page) == [sentence]


def test_figures_beside_a_sentence_are_reported_as_unread() -> None:
    page = parsed(PIPE.replace("Each job has different responsibilities and duties.", "One in 7 does both."))
    assert unread_texts(page) == [
        "The differences between beekeepers and harbor pilots are told below. One in 7 does both"
    ]


@pytest.mark.parametrize("amount", ["$1,2", "$12345678901", "$1" + ",000" * 2000, "$0,1,2"])
def test_an_impossible_amount_is_not_read_as_pay(amount: str) -> None:
    page = parsed(PIPE.replace("$104,000, which", f"{amount}, which"))
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    assert any(amount in text for text in unread_texts(page))


def test_a_number_with_thousands_of_digits_is_unreadable() -> None:
    page = parsed(PIPE.replace("| $41,600 |", f"| ${'1' + ',000' * 2000} |"))
    assert page.roles[0].value("salary.annual_average") == 41_600
    assert page.roles[0].evidence["salary.annual_average"].how == "sentence"


def test_words_after_the_list_of_skills_are_not_skills() -> None:
    page = parsed(PIPE.replace("tides, and radar.", "tides, and radar. These skills can be learned at sea."))
    assert [skill.name for skill in page.roles[1].skills] == ["navigation", "tides", "radar"]
    page = parsed(PIPE.replace("wax and smoke.", "wax and smoke. All of them are old."))
    assert [skill.name for skill in page.roles[0].skills] == ["honey", "wax", "smoke"]


def test_a_skill_may_contain_a_full_stop() -> None:
    content = replace(
        PAIR, roles=(replace(A, named=("asp.net", "st. louis", "c#")), replace(B, named=(".net", "e.g.", "r")))
    )
    page = parsed(pair_writer.pipe(content))
    assert skill_names(page) == [
        ["asp.net", "st. louis", "c#"],
        [".net", "e.g.", "r"],
    ]


def test_a_list_of_skills_that_goes_on_in_the_next_line_is_asked_for() -> None:
    page = parsed(PIPE.replace("honey, wax and smoke. ", "honey, wax and smoke\nhouses. "))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


def test_a_comma_before_an_earlier_and_makes_the_list_ambiguous() -> None:
    page = parsed(PIPE.replace("honey, wax and smoke.", "honey, wax and oil, and smoke."))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


@pytest.mark.parametrize("skills", ["honey; wax; smoke", "honey, wax; smoke and fire", "frames, wax, smoke and fire"])
def test_a_list_of_skills_in_another_form_is_asked_for(skills: str) -> None:
    """The bullets say that "Frames" is a skill, so "frames, wax" is none."""
    for text in (PIPE, RUN_TOGETHER):
        page = parsed(text.replace("honey, wax and smoke.", f"{skills}."))
        assert {skill.name for skill in page.roles[0].skills} <= {"Honey", "Frames"}
        assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


@pytest.mark.parametrize("joint", [" to ", " – ", "–", " - "])
def test_a_span_of_years_may_be_written_in_another_form(joint: str) -> None:
    for text in (PIPE, RUN_TOGETHER):
        page = parsed(text.replace("6-8 years", f"6{joint}8 years").replace("6-12 months", f"6{joint}12 months"))
        assert list(map(role_data, page.roles)) == list(map(role_data, parsed(text).roles))


@pytest.mark.parametrize("span", ["6 months to 2 years", "2 years to 4 years", "two to four years"])
def test_a_span_of_time_in_another_form_is_not_read_by_its_beginning(span: str) -> None:
    for text in (PIPE, RUN_TOGETHER):
        page = parsed(text.replace("requires 6-8 years", f"requires {span}"))
        assert [role.value("entry.months_low") for role in page.roles] == [None, None]
        assert any(span in unread for unread in unread_texts(page))


# --- titles ---------------------------------------------------------------------------------------


def test_without_a_head_the_titles_come_from_most_headings_or_the_sentences() -> None:
    text = RUN_TOGETHER.replace("BeekeeperHarbor Pilot\n", "").replace("Beekeeper vs harbor pilot\n", "")
    assert [role.title for role in parsed(text).roles] == ["Beekeeper", "Harbor pilot"]
    bare = pair_writer.run_together(replace(PAIR, time=False, tables=("salary",)))
    bare = bare.replace("BeekeeperHarbor Pilot\n", "").replace("Beekeeper vs harbor pilot\n", "")
    bare = "\n".join(
        line for line in bare.split("\n") if not line.startswith(("The top", "Beekeeper vs harbor pilot sk"))
    )
    assert [role.title for role in parsed(bare).roles] == ["Beekeeper", "Harbor pilot"]


def test_a_title_may_end_like_the_name_of_a_part() -> None:
    content = replace(PAIR, roles=(replace(A, title="Director Of Education"), replace(B, title="Dean Of Education")))
    page = parsed(pair_writer.run_together(content))
    assert [role.title for role in page.roles] == ["Director Of Education", "Dean Of Education"]
    assert unread_texts(page) == []


@pytest.mark.parametrize(
    "row",
    [
        "| 160,368 | 117,102 |",
        "| $36,653 | $36,361 | |",
        "| 10% | - | |",
        "| 3.5 | 4 |",
        "| A Degree, 51% | B Degree, 46% | |",
    ],
)
def test_a_row_of_figures_is_not_a_head(row: str) -> None:
    lines = [line for line in PIPE.split("\n") if not line.startswith("| Beekeeper")]
    at = next(at for at, line in enumerate(lines) if line.startswith("|"))
    page = parsed("\n".join([*lines[:at], row, *lines[at:]]))
    assert [role.title for role in page.roles] == ["beekeeper", "harbor pilot"]
    assert page.roles[0].value("salary.annual_average") == 41_600


def test_rulers_between_head_and_rows_are_not_rows() -> None:
    head = "| Beekeeper | Harbor Pilot | |"
    page, plain = parsed(PIPE.replace(head, f"{head}\n|:---|----|:---:|\n| --- | :--- | --- |")), parsed(PIPE)
    assert unread_texts(page) == unread_texts(plain)
    assert list_differences(role_data(plain.roles[0]), role_data(page.roles[0])) == []


@pytest.mark.parametrize(
    "head", ["| Beekeeper | Baker | |", "| Baker | Harbor Pilot | |", "| Beekeeper | Beekeeper | |"]
)
def test_rows_below_a_head_with_another_role_are_not_read(head: str) -> None:
    page = parsed(f"{PIPE}\n{head}\n| Number of jobs | 1 | 2 |\n")
    assert [role.value("outlook.job_count") for role in page.roles] == [12_345, 98_765]
    assert unread_texts(page)[-2:] == [head, "| Number of jobs | 1 | 2 |"]
    assert {warning.code for warning in page.warnings} == {"unknown-label"}


def test_a_run_together_row_without_cells_is_reported() -> None:
    page = parsed(RUN_TOGETHER.replace("Job satisfaction3.54.25", "Job satisfaction"))
    assert [role.value("outlook.satisfaction") for role in page.roles] == [None, None]
    assert unread_texts(page) == ["Job satisfaction"]
    assert warning_codes(page) == [("unreadable-value", None)]


def test_the_title_of_a_page_is_its_address_line_or_the_heading_with_both_titles() -> None:
    assert parsed(RUN_TOGETHER).title == "Beekeeper vs harbor pilot"
    assert parsed(PIPE.replace("Beekeeper vs harbor pilot\n", "")).title is None


def test_apostrophes_may_differ_between_prose_and_table() -> None:
    content = renamed("Technician's Helper", "Maître D'")
    text = "\n".join(
        line if line.startswith("|") else line.replace("'", "’") for line in pair_writer.pipe(content).split("\n")
    )
    page = parsed(text)
    assert [role.title for role in page.roles] == ["Technician's Helper", "Maître D'"]
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    assert [role.value("entry.months_low") for role in page.roles] == [6, 72]
    assert unread_texts(page) == []


def test_unpublished_years_do_not_contradict_a_sentence() -> None:
    page = parsed(PIPE.replace("| Years of experience | 12 | 8 |", "| Years of experience | - | 8 |"))
    assert page.roles[0].value("entry.years_of_experience") is None
    assert page.roles[0].value("entry.months_high") == 12
    assert page.warnings == ()
