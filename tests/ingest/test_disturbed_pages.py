"""Something strange on an otherwise ordinary page: it is told, and nothing is read wrong for it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest import html_writer, pair_writer
from tests.ingest.page_data import differences, role_data
from tests.ingest.pair_writer import PairContent
from tests.ingest.sample_pair import PAIR, PIPE, RUN_TOGETHER, A, B


def parsed(text: str, name: str = "page.txt") -> ParsedPage:
    return parse_page(read_document(name, text.encode()))


def unread(page: ParsedPage) -> list[str]:
    return [left.text for left in page.unread]


def told(page: ParsedPage) -> list[tuple[str, str | None]]:
    """Code and field of each warning, but for the names that the page runs together."""
    return [(warning.code, warning.field) for warning in page.warnings if warning.code != "split-by-spelling"]


def with_summaries(*summaries: str | None) -> PairContent:
    first, second = summaries
    return replace(PAIR, roles=(replace(A, summary=first), replace(B, summary=second)))


# --- summaries ------------------------------------------------------------------------------------

TALKS_OF_TIME = (
    "Becoming one typically takes four years, and the most important skills for anyone are patience and calm."
)


@pytest.mark.parametrize("form", [pair_writer.pipe, pair_writer.run_together])
def test_a_summary_may_use_the_words_of_a_sentence(form: object) -> None:
    assert callable(form)
    page = parsed(form(with_summaries(TALKS_OF_TIME, B.summary)))
    assert [role.profile.summary for role in page.roles] == [TALKS_OF_TIME, B.summary]
    assert unread(page) == []


def test_prose_after_a_later_table_is_not_a_summary() -> None:
    content = with_summaries(A.summary, None)
    unrelated = "Pay in this trade is best where the weather is worst, or so the people who do it say."
    text = pair_writer.pipe(content).replace("There are a few", f"{unrelated}\nThere are a few")
    page = parsed(text)
    assert [role.profile.summary for role in page.roles] == [A.summary, None]
    assert unread(page) == [unrelated]


def test_prose_after_the_pay_table_is_not_a_summary_without_an_introduction() -> None:
    unrelated = "Beekeepers are paid best where the weather is worst, or so the people who do it say."
    lines = pair_writer.pipe(with_summaries(None, None)).split("\n")
    lines = [line for line in lines if "different pay scales" not in line]
    at = next(at for at, line in enumerate(lines) if line.startswith("There are a few"))
    page = parsed("\n".join([*lines[:at], unrelated, *lines[at:]]))
    assert [role.profile.summary for role in page.roles] == [None, None]
    assert unread(page) == [unrelated]


def test_a_short_line_below_the_question_is_not_a_summary() -> None:
    text = RUN_TOGETHER.replace(f"{A.summary}", "Learn more")
    page = parsed(text)
    assert [role.profile.summary for role in page.roles] == [None, B.summary]
    assert unread(page) == ["Learn more"]


def test_a_question_about_another_role_gives_neither_role_a_summary() -> None:
    other = "A zookeeper feeds, cleans, watches and writes down what every animal did all day."
    text = RUN_TOGETHER.replace(f"{A.summary}", f"What does a zookeeper do?\n\n{other}")
    page = parsed(text)
    assert [role.profile.summary for role in page.roles] == [None, B.summary]
    assert unread(page) == ["What does a zookeeper do?", other]


def test_one_summary_before_a_cut_introduction_is_ambiguous() -> None:
    anonymous = "Nobody knows for certain what this job is about until they have done it for a year."
    whole = pair_writer.pipe(with_summaries(anonymous, None))
    page = parsed(whole[: whole.index(" have different pay")])
    assert [role.profile.summary for role in page.roles] == [None, None]
    assert {(question.field, question.role) for question in page.ambiguous} == {
        ("summary", A.title),
        ("summary", B.title),
    }


# --- lists ----------------------------------------------------------------------------------------


def test_bullets_below_an_unknown_line_belong_to_no_role() -> None:
    unrelated = "Where beekeepers work\n\n  • On meadows\n  • On roofs"
    text = RUN_TOGETHER.replace(
        "Harbor pilot example responsibilities.", f"{unrelated}\n\nHarbor pilot example responsibilities."
    )
    page = parsed(text)
    assert [[duty.text for duty in role.duties] for role in page.roles] == [list(A.duties), list(B.duties)]
    assert unread(page) == ["Where beekeepers work", "• On meadows", "• On roofs"]


def test_bullets_below_the_heading_of_another_role_belong_to_no_role() -> None:
    text = RUN_TOGETHER.replace("Common harbor pilot skills", "Common ship pilot skills")
    page = parsed(text)
    assert [skill.name for skill in page.roles[0].skills] == ["Honey", "Frames", "wax", "smoke"]
    assert [skill.name for skill in page.roles[1].skills] == ["navigation", "tides", "radar"]
    assert unread(page) == ["Common ship pilot skills", "• Navigation, 22%", "• Tides, 8%"]


def test_a_share_above_100_is_not_read() -> None:
    page = parsed(RUN_TOGETHER.replace("Honey, 18%", "Honey, 180%"))
    assert [(skill.name, skill.percent) for skill in page.roles[0].skills][:2] == [("Honey", None), ("Frames", 11)]
    assert "out-of-bounds" in {warning.code for warning in page.warnings}


def test_a_skill_without_a_whole_share_or_listed_twice_is_told() -> None:
    page = parsed(RUN_TOGETHER.replace("Honey, 18%", "Honey, 18.5%").replace("Frames, 11%", "Frames, 100%"))
    assert [(skill.name, skill.percent) for skill in page.roles[0].skills][:2] == [("Honey", None), ("Frames", 100)]
    assert told(page) == [("unreadable-value", "skills")]
    page = parsed(RUN_TOGETHER.replace("Frames, 11%", "HONEY, 11%"))
    assert [skill.name for skill in page.roles[0].skills] == ["Honey", "wax", "smoke"]
    assert told(page) == [("duplicate-skill", "skills")]


def test_show_more_counts_below_duties_alone() -> None:
    page = parsed(RUN_TOGETHER.replace("  • Tides, 8%", "  • Tides, 8%\n\nShow more"))
    assert [role.duties_truncated for role in page.roles] == [False, False]
    page = parsed(RUN_TOGETHER.replace("Catch swarms in May.", "Catch swarms in May.\n\nExplore jobs"))
    assert [role.duties_truncated for role in page.roles] == [False, False]
    page = parsed(RUN_TOGETHER.replace("Catch swarms in May.", "Catch swarms in May.\n\nShow more"))
    assert [role.duties_truncated for role in page.roles] == [True, False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Beekeeper example responsibilities.", "BEEKEEPER EXAMPLE RESPONSIBILITIES"),
        ("Common beekeeper skills", "common Beekeeper Skills"),
        ("What does a beekeeper do?", "what does an beekeeper do?"),
    ],
)
def test_headings_may_be_spelled_in_another_way(old: str, new: str) -> None:
    assert old in RUN_TOGETHER
    page, plain = parsed(RUN_TOGETHER.replace(old, new)), parsed(RUN_TOGETHER)
    assert differences(role_data(plain.roles[0]), role_data(page.roles[0])) == []


def test_a_heading_of_an_unknown_part_is_told_and_ends_the_list_above_it() -> None:
    text = RUN_TOGETHER.replace("  • Tides, 8%", "  • Tides, 8%\n\nBeekeeper vs. harbor pilot hats\n\n  • Veil")
    page = parsed(text)
    assert told(page) == [("unknown-heading", None)]
    assert unread(page) == ["Beekeeper vs. harbor pilot hats", "• Veil"]


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
    assert [role.salary.annual_average for role in page.roles] == [41_600, 104_000]
    assert [role.preparation.months_low for role in page.roles] == [6, 72]
    assert [role.skills[-1].name for role in page.roles] == ["smoke", "radar"]
    assert unread(page) == []


@pytest.mark.parametrize("title", ["3D Artist", "911 Operator", "2nd Shift Supervisor", "K-12 Teacher"])
def test_digits_in_a_title_are_not_an_unread_figure(title: str) -> None:
    assert unread(parsed(pair_writer.pipe(renamed(title, "Server")))) == []
    assert unread(parsed(pair_writer.pipe(replace(renamed("Server", title), time=False, claim=False)))) == []


def test_the_evidence_of_a_sentence_is_the_sentence_with_its_full_stop() -> None:
    page = parsed(PIPE.replace("It typically takes", "Look here. It typically takes"))
    raw = page.roles[0].preparation.evidence["months_low"].raw
    assert raw.endswith(".")
    assert "Look here" not in raw
    assert raw in PIPE


def test_a_sentence_on_pay_may_open_with_a_title_shorter_than_the_other() -> None:
    sentence = "A cook has an average salary of $52,000, which is higher than the $41,600 average annual salary of a "
    content = replace(renamed("Agricultural Equipment Operator", "Cook"), claim=False, time=False)
    page = parsed(f"{sentence}agricultural equipment operator.\n\n{pair_writer.pipe(content)}")
    assert unread(page) == []
    assert [role.salary.evidence["annual_average"].how for role in page.roles] == ["sentence", "sentence"]


def test_a_sentence_on_pay_that_compares_a_role_with_itself_is_not_read() -> None:
    content = replace(PAIR, claim=False)
    sentence = "A beekeeper has an average salary of $1,000, which is lower than the $2,000 average annual salary of a"
    page = parsed(f"{sentence} beekeeper.\n\n{pair_writer.pipe(content)}")
    assert page.roles[0].salary.annual_average == 41_600
    assert unread(page) == [f"{sentence} beekeeper"]


def test_skills_are_read_only_where_the_set_words_lead_to_them() -> None:
    page = parsed(
        PIPE.replace("The top three skills for a beekeeper include", "The top three skills for a beekeeper in")
    )
    assert page.roles[0].skills == ()
    assert any("honey" in text for text in unread(page))


def test_figures_beside_a_sentence_are_reported_as_unread() -> None:
    page = parsed(PIPE.replace("Each job has different responsibilities and duties.", "One in 7 does both."))
    assert unread(page) == ["The differences between beekeepers and harbor pilots are told below. One in 7 does both"]


@pytest.mark.parametrize("amount", ["$1,2", "$12345678901", "$1" + ",000" * 2000, "$0,1,2"])
def test_an_impossible_amount_is_not_read_as_pay(amount: str) -> None:
    page = parsed(PIPE.replace("$104,000, which", f"{amount}, which"))
    assert [role.salary.annual_average for role in page.roles] == [41_600, 104_000]
    assert any(amount in text for text in unread(page))


def test_a_number_with_thousands_of_digits_is_unreadable() -> None:
    page = parsed(PIPE.replace("| $41,600 |", f"| ${'1' + ',000' * 2000} |"))
    assert page.roles[0].salary.annual_average == 41_600
    assert page.roles[0].salary.evidence["annual_average"].how == "sentence"


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
    assert [[skill.name for skill in role.skills] for role in page.roles] == [
        ["asp.net", "st. louis", "c#"],
        [".net", "e.g.", "r"],
    ]


def test_a_comma_before_an_earlier_and_makes_the_list_ambiguous() -> None:
    page = parsed(PIPE.replace("honey, wax and smoke.", "honey, wax and oil, and smoke."))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]


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
    assert unread(page) == []


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
    assert page.roles[0].salary.annual_average == 41_600


def test_rulers_between_head_and_rows_are_no_rows() -> None:
    head = "| Beekeeper | Harbor Pilot | |"
    page, plain = parsed(PIPE.replace(head, f"{head}\n|:---|----|:---:|\n| --- | :--- | --- |")), parsed(PIPE)
    assert unread(page) == unread(plain)
    assert differences(role_data(plain.roles[0]), role_data(page.roles[0])) == []


@pytest.mark.parametrize(
    "head", ["| Beekeeper | Baker | |", "| Baker | Harbor Pilot | |", "| Beekeeper | Beekeeper | |"]
)
def test_rows_below_a_head_with_another_role_are_not_read(head: str) -> None:
    page = parsed(f"{PIPE}\n{head}\n| Number of jobs | 1 | 2 |\n")
    assert [role.outlook.job_count for role in page.roles] == [12_345, 98_765]
    assert unread(page)[-2:] == [head, "| Number of jobs | 1 | 2 |"]
    assert {warning.code for warning in page.warnings} == {"unknown-label", "unreadable-value"}


def test_a_run_together_row_without_cells_is_told() -> None:
    page = parsed(RUN_TOGETHER.replace("Job satisfaction3.54.25", "Job satisfaction"))
    assert [role.outlook.satisfaction for role in page.roles] == [None, None]
    assert unread(page) == ["Job satisfaction"]
    assert told(page) == [("unreadable-value", None)]


def test_the_title_of_a_page_is_its_address_line_or_the_heading_with_both_titles() -> None:
    assert parsed(RUN_TOGETHER).title == "Beekeeper vs harbor pilot"
    assert parsed(PIPE.replace("Beekeeper vs harbor pilot\n", "")).title is None


def test_one_summary_that_names_no_role_is_asked_for_with_both_readings() -> None:
    anonymous = "Nobody knows for certain what this job is about until they have done it for a year."
    page = parsed(pair_writer.pipe(with_summaries(anonymous, None)))
    assert [(one.role, one.candidates) for one in page.ambiguous] == [
        (A.title, (anonymous, None)),
        (B.title, (None, anonymous)),
    ]
    assert [(warning.code, warning.field, warning.role) for warning in page.warnings] == [
        ("ambiguous", "summary", A.title),
        ("ambiguous", "summary", B.title),
    ]
    assert page.roles[0].profile.evidence["summary"].how == "unread"


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("Foreman", "Foremen"),
        ("Salesperson", "Salespeople"),
        ("Hostess", "Hostesses"),
        ("Coach", "Coaches"),
        ("Secretary", "Secretaries"),
        ("Chief Of Staff", "Chiefs of staff"),
    ],
)
def test_a_summary_may_name_its_role_in_the_plural(title: str, plural: str) -> None:
    summary = f"{plural} are asked for early in the morning and late at night, all through the year."
    content = replace(PAIR, roles=(replace(A, summary=None), replace(B, title=title, summary=summary)))
    page = parsed(pair_writer.pipe(content))
    assert [role.profile.summary for role in page.roles] == [None, summary]
    assert page.roles[1].profile.evidence["summary"].how == "text"


def test_a_repeated_summary_counts_once() -> None:
    page = parsed(PIPE.replace(f"{A.summary}\n", f"{A.summary}\n{A.summary}\n"))
    assert [role.profile.summary for role in page.roles] == [A.summary, B.summary]


def test_apostrophes_may_differ_between_prose_and_table() -> None:
    content = renamed("Technician's Helper", "Maître D'")
    text = "\n".join(
        line if line.startswith("|") else line.replace("'", "’") for line in pair_writer.pipe(content).split("\n")
    )
    page = parsed(text)
    assert [role.title for role in page.roles] == ["Technician's Helper", "Maître D'"]
    assert [role.salary.annual_average for role in page.roles] == [41_600, 104_000]
    assert [role.preparation.months_low for role in page.roles] == [6, 72]
    assert unread(page) == []


# --- white space ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        lambda text: "\n".join(line for line in text.split("\n") if line),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("  • ", "•"),
        lambda text: text.replace(" ", "\u00a0"),
    ],
    ids=["no blank lines", "blank lines everywhere", "tight bullets", "hard blanks"],
)
def test_blank_lines_and_spaces_do_not_matter(form: Callable[[str], str]) -> None:
    page, plain = parsed(form(RUN_TOGETHER)), parsed(RUN_TOGETHER)
    assert unread(page) == []
    for role, expected in zip(page.roles, plain.roles, strict=True):
        assert differences(role_data(expected), role_data(role)) == []


# --- what does not belong here --------------------------------------------------------------------


def test_a_summary_without_its_question_does_not_affect_the_other() -> None:
    anonymous = "Nobody knows for certain what this job is about until they have done it for a year."
    text = RUN_TOGETHER.replace(f"What does a beekeeper do?\n\n{A.summary}", anonymous)
    page = parsed(text)
    assert [role.profile.summary for role in page.roles] == [anonymous, B.summary]
    assert page.ambiguous == ()


def test_a_menu_line_is_not_read_as_occupation_group() -> None:
    for form in (PIPE, RUN_TOGETHER):
        page = parsed(f"Browse remote jobs\n\n{form}")
        assert page.roles[0].profile.occupation_group in (None, PAIR.group)
        assert "Browse remote jobs" in unread(page)


def test_a_menu_line_does_not_finish_a_page() -> None:
    text = f"Browse remote jobs\n\n{RUN_TOGETHER}"
    page = parsed(text[: text.index("$104,000", text.index("Average salary"))] + "$104")
    assert page.cut_line is not None
    assert "salary.annual_average" not in {question.field for question in page.ambiguous}
    assert page.roles[1].salary.annual_average == 104_000


@pytest.mark.parametrize("write", [pair_writer.pipe, pair_writer.run_together, html_writer.html])
def test_the_tables_of_a_second_page_in_the_same_file_are_not_read(write: Callable[[PairContent], str]) -> None:
    c = replace(B, title="Baker", values={**B.values, "salary.annual_average": 52_000, "outlook.job_count": 1_111})
    first = replace(PAIR, roles=(replace(A, values={**A.values, "outlook.job_count": None}), B))
    second = replace(PAIR, roles=(replace(A, values={**A.values, "outlook.job_count": 7_777}), c))
    page = parsed(f"{write(first)}\n\n{write(second)}")
    assert [role.outlook.job_count for role in page.roles] == [None, 98_765]
    assert [role.salary.annual_average for role in page.roles] == [41_600, 104_000]


def test_a_name_without_a_letter_or_a_digit_is_not_learned() -> None:
    page = parsed(PIPE.replace("| Mandiant |", "| *** |"))
    assert ("company", "Maersk") in [(name.kind, name.name) for name in page.learned]
    assert "***" not in [name.name for name in page.learned]


def tabbed(content: PairContent) -> str:
    """The run-together page as a browser copies it: a tab between the cells."""
    text = pair_writer.run_together(content)
    for table in content.tables:
        for label, one, other in pair_writer.rows(content, table):
            text = text.replace(f"\n{label}{one}{other}", f"\n{label}\t{one}\t{other}")
    a, b = (role.title for role in content.roles)
    return text.replace(f"\n{a}{b}\n", f"\n{a}\t{b}\n")


def companies(first: str, second: str) -> PairContent:
    roles = (
        replace(A, values={**A.values, "salary.top_company": first}),
        replace(B, values={**B.values, "salary.top_company": second}),
    )
    return replace(PAIR, roles=roles)


def test_cells_separated_by_a_tab_need_no_split() -> None:
    page = parsed(tabbed(companies("PayPal", "Adobe")))
    assert [role.title for role in page.roles] == [A.title, B.title]
    assert [role.salary.top_company for role in page.roles] == ["PayPal", "Adobe"]
    assert [role.outlook.job_count for role in page.roles] == [12_345, 98_765]
    assert page.roles[0].salary.evidence["top_company"].how == "cell"
    assert page.ambiguous == ()
    assert unread(page) == []


def test_names_separated_by_a_space_are_not_split_by_spelling() -> None:
    page = parsed(tabbed(companies("PayPal", "Adobe")).replace("\t", " "))
    assert [role.salary.top_company for role in page.roles] == [None, None]
    assert [role.outlook.job_count for role in page.roles] == [12_345, 98_765]
    assert "Best paying company PayPal Adobe" in unread(page)


def test_unpublished_years_do_not_contradict_a_sentence() -> None:
    page = parsed(PIPE.replace("| Years of experience | 12 | 8 |", "| Years of experience | - | 8 |"))
    assert page.roles[0].preparation.years_of_experience is None
    assert page.roles[0].preparation.months_high == 12
    assert page.warnings == ()


@pytest.mark.parametrize("listed", ["-", "honey, - and smoke", ", and", "honey,  and smoke"])
def test_a_dash_or_a_blank_in_a_list_is_not_a_skill(listed: str) -> None:
    page = parsed(PIPE.replace("honey, wax and smoke", listed))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]
    assert [skill.name for skill in page.roles[1].skills] == ["navigation", "tides", "radar"]


@pytest.mark.parametrize("bar", ["| Log in | Sign up |", "| Menu |", "|| |", "| a | b | c | d |"])
@pytest.mark.parametrize("whole", [PIPE, RUN_TOGETHER], ids=["pipe", "run-together"])
def test_bars_in_a_menu_do_not_change_the_layout(whole: str, bar: str) -> None:
    page, plain = parsed(f"{bar}\n\n{whole}"), parsed(whole)
    assert page.layout == plain.layout
    for role, expected in zip(page.roles, plain.roles, strict=True):
        assert differences(role_data(expected), role_data(role)) == []


HTML = html_writer.html(PAIR)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Cookie</th><th>Purpose</th></tr><tr><td>_ga</td><td>Counting</td></tr></table>",
        "<table><tr><td>Log in</td><td>Sign up</td></tr></table>",
        "<table><tr><td><img src='a.png'></td><td>Find the job you love</td><td>Post a job</td></tr></table>",
    ],
)
@pytest.mark.parametrize("mark", ["<h1>", "<h2>Beekeeper vs harbor pilot salary", "</body>"])
def test_other_tables_of_a_saved_page_give_no_titles(table: str, mark: str) -> None:
    page, plain = parsed(HTML.replace(mark, table + mark), "page.html"), parsed(HTML, "page.html")
    for role, expected in zip(page.roles, plain.roles, strict=True):
        assert differences(role_data(expected), role_data(role)) == []


@pytest.mark.parametrize("time", [True, False])
def test_an_unrelated_row_above_a_table_without_head_is_not_its_head(time: bool) -> None:
    content = replace(PAIR, time=time)
    lines = pair_writer.pipe(content).split("\n")
    lines[lines.index("| Beekeeper | Harbor Pilot | |")] = "| Log in | Sign up |"
    page = parsed("\n".join(lines))
    assert [role.title for role in page.roles] == ["Beekeeper", "Harbor Pilot"]


@pytest.mark.parametrize(
    "menu",
    [
        "<nav><ul><li>Home</li><li>Careers, 5%</li></ul></nav>",
        "<footer><ul><li>About</li><li>Careers</li></ul></footer>",
        "<div class=footer><ul><li><a href=/>About</a></li><li>Careers</li></ul></div>",
        "<h3>Related</h3><ul><li>Zookeeper, 5%</li></ul>",
        "<div>Related</div><ul><li>Zookeeper, 5%</li></ul>",
    ],
)
def test_menu_lists_are_not_skills(menu: str) -> None:
    page, plain = (
        parsed(HTML.replace("<p><a href='/jobs'", f"{menu}<p><a href='/jobs'"), "page.html"),
        parsed(HTML, "p.html"),
    )
    assert [[skill.name for skill in role.skills] for role in page.roles] == [
        [skill.name for skill in role.skills] for role in plain.roles
    ]
    assert page.roles[0].profile.occupation_group == PAIR.group


@pytest.mark.parametrize("tag", ["nav", "footer"])
def test_menu_lists_are_not_duties(tag: str) -> None:
    content = replace(PAIR, roles=(replace(A, listed=()), replace(B, listed=())))
    menu = f"<{tag}><ul><li>About</li><li>Careers</li></ul></{tag}>"
    page = parsed(html_writer.html(content).replace("<p><a href='/jobs'", f"{menu}<p><a href='/jobs'"), "page.html")
    assert [[duty.text for duty in role.duties] for role in page.roles] == [list(A.duties), list(B.duties)]
