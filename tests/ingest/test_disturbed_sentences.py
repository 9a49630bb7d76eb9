"""Sentences and titles on strange pages: what is not certain is reported and not read."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.ingest import html_writer, pair_writer
from tests.ingest.disturbed_pairs import list_skill_names, list_unread_texts, list_warning_codes, parse_text
from tests.ingest.page_data import describe_roles
from tests.ingest.pair_writer import PairContent
from tests.ingest.sample_pair import PAIR, PIPE, RUN_TOGETHER, A, B

# --- sentences ------------------------------------------------------------------------------------


def rename_roles(first: str, second: str) -> PairContent:
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
@pytest.mark.parametrize("write", [pair_writer.write_pipe, pair_writer.run_together, html_writer.write_html])
def test_sentences_find_their_roles_by_the_whole_title(
    write: Callable[[PairContent], str], first: str, second: str
) -> None:
    page = parse_text(write(rename_roles(first, second)))
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    assert [role.value("entry.months_low") for role in page.roles] == [6, 72]
    assert [role.skills[-1].name for role in page.roles] == ["smoke", "radar"]
    assert list_unread_texts(page) == []


@pytest.mark.parametrize("title", ["3D Artist", "911 Operator", "2nd Shift Supervisor", "K-12 Teacher"])
def test_digits_in_a_title_are_not_an_unread_figure(title: str) -> None:
    assert list_unread_texts(parse_text(pair_writer.write_pipe(rename_roles(title, "Server")))) == []
    assert (
        list_unread_texts(
            parse_text(pair_writer.write_pipe(replace(rename_roles("Server", title), time=False, claim=False)))
        )
        == []
    )


def test_the_evidence_of_a_sentence_is_the_sentence_with_its_full_stop() -> None:
    page = parse_text(PIPE.replace("It typically takes", "Look here. It typically takes"))
    raw = page.roles[0].evidence["entry.months_low"].raw
    assert raw.endswith(".")
    assert "Look here" not in raw
    assert raw in PIPE


def test_a_sentence_on_pay_may_open_with_a_title_shorter_than_the_other() -> None:
    sentence = "A cook has an average salary of $52,000, which is higher than the $41,600 average annual salary of a "
    content = replace(rename_roles("Agricultural Equipment Operator", "Cook"), claim=False, time=False)
    page = parse_text(f"{sentence}agricultural equipment operator.\n\n{pair_writer.write_pipe(content)}")
    assert list_unread_texts(page) == []
    assert [role.evidence["salary.annual_average"].how for role in page.roles] == ["sentence", "sentence"]


def test_a_sentence_on_pay_that_compares_a_role_with_itself_is_not_read() -> None:
    content = replace(PAIR, claim=False)
    sentence = "A beekeeper has an average salary of $1,000, which is lower than the $2,000 average annual salary of a"
    page = parse_text(f"{sentence} beekeeper.\n\n{pair_writer.write_pipe(content)}")
    assert page.roles[0].value("salary.annual_average") == 41_600
    assert list_unread_texts(page) == [f"{sentence} beekeeper"]


def test_skills_are_read_only_where_the_set_words_lead_to_them() -> None:
    page = parse_text(
        PIPE.replace("The top three skills for a beekeeper include", "The top three skills for a beekeeper in")
    )
    assert page.roles[0].skills == ()
    assert any("honey" in text for text in list_unread_texts(page))


def test_a_sentence_with_fewer_skills_is_reported_as_unread() -> None:
    skills = re.compile("The top three skills for a beekeeper include .*")
    sentence = (
        "The top skills for a beekeeper include honey and wax. The most important skill for a harbor pilot is radar."
    )
    page = parse_text(skills.sub(sentence, PIPE))
    assert [role.skills for role in page.roles] == [(), ()]
    assert list_unread_texts(page) == [sentence]


def test_figures_beside_a_sentence_are_reported_as_unread() -> None:
    page = parse_text(PIPE.replace("Each job has different responsibilities and duties.", "One in 7 does both."))
    assert list_unread_texts(page) == [
        "The differences between beekeepers and harbor pilots are told below. One in 7 does both"
    ]


@pytest.mark.parametrize("amount", ["$1,2", "$12345678901", "$1" + ",000" * 2000, "$0,1,2"])
def test_an_impossible_amount_is_not_read_as_pay(amount: str) -> None:
    page = parse_text(PIPE.replace("$104,000, which", f"{amount}, which"))
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    assert any(amount in text for text in list_unread_texts(page))


def test_a_number_with_thousands_of_digits_is_unreadable() -> None:
    page = parse_text(PIPE.replace("| $41,600 |", f"| ${'1' + ',000' * 2000} |"))
    assert page.roles[0].value("salary.annual_average") == 41_600
    assert page.roles[0].evidence["salary.annual_average"].how == "sentence"


def test_words_after_the_list_of_skills_are_not_skills() -> None:
    page = parse_text(PIPE.replace("tides, and radar.", "tides, and radar. These skills can be learned at sea."))
    assert [skill.name for skill in page.roles[1].skills] == ["navigation", "tides", "radar"]
    page = parse_text(PIPE.replace("wax and smoke.", "wax and smoke. All of them are old."))
    assert [skill.name for skill in page.roles[0].skills] == ["honey", "wax", "smoke"]


def test_a_skill_may_contain_a_full_stop() -> None:
    content = replace(
        PAIR, roles=(replace(A, named=("asp.net", "st. louis", "c#")), replace(B, named=(".net", "e.g.", "r")))
    )
    page = parse_text(pair_writer.write_pipe(content))
    assert list_skill_names(page) == [
        ["asp.net", "st. louis", "c#"],
        [".net", "e.g.", "r"],
    ]


def test_a_list_of_skills_that_goes_on_in_the_next_line_is_asked_for() -> None:
    page = parse_text(PIPE.replace("honey, wax and smoke. ", "honey, wax and smoke\nhouses. "))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


def test_a_comma_before_an_earlier_and_makes_the_list_ambiguous() -> None:
    page = parse_text(PIPE.replace("honey, wax and smoke.", "honey, wax and oil, and smoke."))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


@pytest.mark.parametrize("skills", ["honey; wax; smoke", "honey, wax; smoke and fire", "frames, wax, smoke and fire"])
def test_a_list_of_skills_in_another_form_is_asked_for(skills: str) -> None:
    """The bullets say that "Frames" is a skill, so "frames, wax" is none."""
    for text in (PIPE, RUN_TOGETHER):
        page = parse_text(text.replace("honey, wax and smoke.", f"{skills}."))
        assert {skill.name for skill in page.roles[0].skills} <= {"Honey", "Frames"}
        assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


@pytest.mark.parametrize("joint", [" to ", " – ", "–", " - "])
def test_a_span_of_years_may_be_written_in_another_form(joint: str) -> None:
    for text in (PIPE, RUN_TOGETHER):
        page = parse_text(text.replace("6-8 years", f"6{joint}8 years").replace("6-12 months", f"6{joint}12 months"))
        assert describe_roles(page) == describe_roles(parse_text(text))


@pytest.mark.parametrize("span", ["6 months to 2 years", "2 years to 4 years", "two to four years"])
def test_a_span_of_time_in_another_form_is_not_read_by_its_beginning(span: str) -> None:
    for text in (PIPE, RUN_TOGETHER):
        page = parse_text(text.replace("requires 6-8 years", f"requires {span}"))
        assert [role.value("entry.months_low") for role in page.roles] == [None, None]
        assert any(span in unread for unread in list_unread_texts(page))


# --- titles ---------------------------------------------------------------------------------------


def test_without_a_head_the_titles_come_from_most_headings_or_the_sentences() -> None:
    text = RUN_TOGETHER.replace("BeekeeperHarbor Pilot\n", "").replace("Beekeeper vs harbor pilot\n", "")
    assert [role.title for role in parse_text(text).roles] == ["Beekeeper", "Harbor pilot"]
    bare = pair_writer.run_together(replace(PAIR, time=False, tables=("salary",)))
    bare = bare.replace("BeekeeperHarbor Pilot\n", "").replace("Beekeeper vs harbor pilot\n", "")
    bare = "\n".join(
        line for line in bare.split("\n") if not line.startswith(("The top", "Beekeeper vs harbor pilot sk"))
    )
    assert [role.title for role in parse_text(bare).roles] == ["Beekeeper", "Harbor pilot"]


def test_a_title_may_end_like_the_name_of_a_part() -> None:
    content = replace(PAIR, roles=(replace(A, title="Director Of Education"), replace(B, title="Dean Of Education")))
    page = parse_text(pair_writer.run_together(content))
    assert [role.title for role in page.roles] == ["Director Of Education", "Dean Of Education"]
    assert list_unread_texts(page) == []


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
    page = parse_text("\n".join([*lines[:at], row, *lines[at:]]))
    assert [role.title for role in page.roles] == ["beekeeper", "harbor pilot"]
    assert page.roles[0].value("salary.annual_average") == 41_600


def test_rulers_between_head_and_rows_are_not_rows() -> None:
    head = "| Beekeeper | Harbor Pilot | |"
    page, plain = parse_text(PIPE.replace(head, f"{head}\n|:---|----|:---:|\n| --- | :--- | --- |")), parse_text(PIPE)
    assert list_unread_texts(page) == list_unread_texts(plain)
    assert describe_roles(page)[0] == describe_roles(plain)[0]


@pytest.mark.parametrize(
    "head", ["| Beekeeper | Baker | |", "| Baker | Harbor Pilot | |", "| Beekeeper | Beekeeper | |"]
)
def test_rows_below_a_head_with_another_role_are_not_read(head: str) -> None:
    page = parse_text(f"{PIPE}\n{head}\n| Number of jobs | 1 | 2 |\n")
    assert [role.value("outlook.job_count") for role in page.roles] == [12_345, 98_765]
    assert list_unread_texts(page)[-2:] == [head, "| Number of jobs | 1 | 2 |"]
    assert {warning.code for warning in page.warnings} == {"unknown-label"}


def test_a_run_together_row_without_cells_is_reported() -> None:
    page = parse_text(RUN_TOGETHER.replace("Job satisfaction3.54.25", "Job satisfaction"))
    assert [role.value("outlook.satisfaction") for role in page.roles] == [None, None]
    assert list_unread_texts(page) == ["Job satisfaction"]
    assert list_warning_codes(page) == [("unreadable-value", None)]


def test_the_title_of_a_page_is_its_address_line_or_the_heading_with_both_titles() -> None:
    assert parse_text(RUN_TOGETHER).title == "Beekeeper vs harbor pilot"
    assert parse_text(PIPE.replace("Beekeeper vs harbor pilot\n", "")).title is None


def test_apostrophes_may_differ_between_prose_and_table() -> None:
    content = rename_roles("Technician's Helper", "Maître D'")
    text = "\n".join(
        line if line.startswith("|") else line.replace("'", "’") for line in pair_writer.write_pipe(content).split("\n")
    )
    page = parse_text(text)
    assert [role.title for role in page.roles] == ["Technician's Helper", "Maître D'"]
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    assert [role.value("entry.months_low") for role in page.roles] == [6, 72]
    assert list_unread_texts(page) == []


def test_unpublished_years_do_not_contradict_a_sentence() -> None:
    page = parse_text(PIPE.replace("| Years of experience | 12 | 8 |", "| Years of experience | - | 8 |"))
    assert page.roles[0].value("entry.years_of_experience") is None
    assert page.roles[0].value("entry.months_high") == 12
    assert page.warnings == ()
