"""Summaries on strange pages: each is given to its role, or to none."""

from dataclasses import replace

import pytest

from tests.ingest import pair_writer
from tests.ingest.disturbed_pairs import list_unread_texts, list_warning_codes, make_pair_with_summaries, parse_text
from tests.ingest.sample_pair import PAIR, PIPE, RUN_TOGETHER, A, B

TALKS_OF_TIME = (
    "Becoming one typically takes four years, and the most important skills for anyone are patience and calm."
)


@pytest.mark.parametrize("form", [pair_writer.write_pipe, pair_writer.run_together])
def test_a_summary_may_use_the_words_of_a_sentence(form: object) -> None:
    assert callable(form)
    page = parse_text(form(make_pair_with_summaries(TALKS_OF_TIME, B.summary)))
    assert [role.value("summary") for role in page.roles] == [TALKS_OF_TIME, B.summary]
    assert list_unread_texts(page) == []


def test_prose_after_a_later_table_is_not_a_summary() -> None:
    content = make_pair_with_summaries(A.summary, None)
    unrelated = "Pay in this trade is best where the weather is worst, or so the people who do it say."
    text = pair_writer.write_pipe(content).replace("There are a few", f"{unrelated}\nThere are a few")
    page = parse_text(text)
    assert [role.value("summary") for role in page.roles] == [A.summary, None]
    assert list_unread_texts(page) == [unrelated]


def test_prose_after_the_pay_table_is_not_a_summary_without_an_introduction() -> None:
    unrelated = "Beekeepers are paid best where the weather is worst, or so the people who do it say."
    lines = pair_writer.write_pipe(make_pair_with_summaries(None, None)).split("\n")
    lines = [line for line in lines if "different pay scales" not in line]
    at = next(at for at, line in enumerate(lines) if line.startswith("There are a few"))
    page = parse_text("\n".join([*lines[:at], unrelated, *lines[at:]]))
    assert [role.value("summary") for role in page.roles] == [None, None]
    assert list_unread_texts(page) == [unrelated]


def test_summaries_may_stand_below_a_second_copy_of_the_overview() -> None:
    text = pair_writer.write_pipe(make_pair_with_summaries(A.summary, B.summary))
    table = text[text.index("| Beekeeper") : text.index(f"{A.summary}")]
    page = parse_text(text.replace(table, table + table, 1))
    assert [role.value("summary") for role in page.roles] == [A.summary, B.summary]
    assert list_unread_texts(page) == []


def test_a_short_line_below_the_question_is_not_a_summary() -> None:
    text = RUN_TOGETHER.replace(f"{A.summary}", "Learn more")
    page = parse_text(text)
    assert [role.value("summary") for role in page.roles] == [None, B.summary]
    assert list_unread_texts(page) == ["Learn more"]


def test_a_summary_that_lost_its_question_is_not_given_to_the_role_whose_summary_is_lost() -> None:
    start = RUN_TOGETHER.index(f"{A.summary}")
    page = parse_text(RUN_TOGETHER[:start] + RUN_TOGETHER[RUN_TOGETHER.index(f"{B.summary}") :])
    assert [role.value("summary") for role in page.roles] == [None, None]
    assert [(value.field, value.role) for value in page.ambiguous if value.field == "summary"] == [("summary", A.title)]


@pytest.mark.parametrize("titles", [("Harbor Pilot", "Harbor Pilot Lead"), ("Pilot", "Harbor Pilot")])
def test_a_lone_summary_is_of_the_longer_title_that_it_names(titles: tuple[str, str]) -> None:
    summary = f"A {titles[1].lower()} brings ships into the harbor, by day and by night, and knows each rock in it."
    first, second = make_pair_with_summaries(None, summary).roles
    content = replace(PAIR, roles=(replace(first, title=titles[0]), replace(second, title=titles[1])))
    for swapped in (content, replace(content, roles=content.roles[::-1])):
        page = parse_text(pair_writer.write_pipe(swapped))
        assert {role.title: role.value("summary") for role in page.roles} == {titles[0]: None, titles[1]: summary}


def test_a_question_about_another_role_gives_neither_role_a_summary() -> None:
    other = "A zookeeper feeds, cleans, watches and writes down what every animal did all day."
    text = RUN_TOGETHER.replace(f"{A.summary}", f"What does a zookeeper do?\n\n{other}")
    page = parse_text(text)
    assert [role.value("summary") for role in page.roles] == [None, B.summary]
    assert list_unread_texts(page) == ["What does a zookeeper do?", other]


def test_one_summary_before_a_cut_introduction_is_ambiguous() -> None:
    anonymous = "Nobody knows for certain what this job is about until they have done it for a year."
    whole = pair_writer.write_pipe(make_pair_with_summaries(anonymous, None))
    page = parse_text(whole[: whole.index(" have different pay")])
    assert [role.value("summary") for role in page.roles] == [None, None]
    assert {(question.field, question.role) for question in page.ambiguous} == {
        ("summary", A.title),
        ("summary", B.title),
    }


def test_one_summary_that_names_no_role_is_asked_for_with_both_readings() -> None:
    anonymous = "Nobody knows for certain what this job is about until they have done it for a year."
    page = parse_text(pair_writer.write_pipe(make_pair_with_summaries(anonymous, None)))
    assert [(one.role, one.candidates) for one in page.ambiguous] == [
        (A.title, (anonymous, None)),
        (B.title, (None, anonymous)),
    ]
    assert [(warning.code, warning.field, warning.role) for warning in page.warnings] == [
        ("ambiguous", "summary", A.title),
        ("ambiguous", "summary", B.title),
    ]
    assert page.roles[0].evidence["summary"].how == "unread"


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
    page = parse_text(pair_writer.write_pipe(content))
    assert [role.value("summary") for role in page.roles] == [None, summary]
    assert page.roles[1].evidence["summary"].how == "text"


def test_a_repeated_summary_counts_once() -> None:
    page = parse_text(PIPE.replace(f"{A.summary}\n", f"{A.summary}\n{A.summary}\n"))
    assert [role.value("summary") for role in page.roles] == [A.summary, B.summary]


def test_a_summary_without_its_question_does_not_affect_the_other() -> None:
    anonymous = "Nobody knows for certain what this job is about until they have done it for a year."
    text = RUN_TOGETHER.replace(f"What does a beekeeper do?\n\n{A.summary}", anonymous)
    page = parse_text(text)
    assert [role.value("summary") for role in page.roles] == [anonymous, B.summary]
    assert page.ambiguous == ()


def add_prose(*more: str, before_second: bool = True) -> str:
    """The pair page with more paragraphs beside its second summary."""
    second = str(B.summary)
    paragraphs = [*more, second] if before_second else [second, *more]
    return pair_writer.write_pipe(PAIR).replace(f"{second}\n", "\n".join(paragraphs) + "\n")


MORE = "They also work at night, when it is quiet, and some of them travel a good deal."


def test_a_second_paragraph_of_the_first_summary_belongs_to_it() -> None:
    page = parse_text(add_prose(MORE))
    assert [role.value("summary") for role in page.roles] == [f"{A.summary} {MORE}", B.summary]
    assert list_unread_texts(page) == []


def test_a_second_paragraph_of_the_second_summary_belongs_to_it() -> None:
    page = parse_text(add_prose(MORE, before_second=False))
    assert [role.value("summary") for role in page.roles] == [A.summary, f"{B.summary} {MORE}"]
    assert page.roles[1].evidence["summary"].raw == f"{B.summary} {MORE}"


@pytest.mark.parametrize("more", [MORE, "In addition, they sell honey."])
def test_a_second_paragraph_below_the_question_belongs_to_the_summary(more: str) -> None:
    page = parse_text(RUN_TOGETHER.replace(str(A.summary), f"{A.summary}\n\n{more}"))
    assert [role.value("summary") for role in page.roles] == [f"{A.summary} {more}", B.summary]
    assert page.ambiguous == ()


NAMELESS = "People in this trade begin early, and the best of them say that they never stop learning."


def test_a_paragraph_that_names_no_role_is_a_summary_by_its_place() -> None:
    page = parse_text(add_prose(MORE).replace(str(B.summary), NAMELESS))
    assert [role.value("summary") for role in page.roles] == [f"{A.summary} {MORE}", NAMELESS]


def test_where_no_paragraph_names_the_second_role_its_summary_is_asked_for() -> None:
    other = "Nobody knows for certain what this job is about until they have done it for a year."
    page = parse_text(add_prose(other).replace(str(B.summary), NAMELESS))
    assert [role.value("summary") for role in page.roles] == [A.summary, None]
    assert [(one.field, one.role, one.candidates) for one in page.ambiguous] == [
        ("summary", B.title, (other, NAMELESS, None)),
    ]
    assert ("ambiguous", "summary") in list_warning_codes(page)


ADVERTISEMENT = "Looking for your next job? Search 12,000 openings near you and apply in one click."


@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER])
@pytest.mark.parametrize("place", [A.summary, B.summary])
def test_an_advertisement_above_a_summary_is_not_one(text: str, place: str) -> None:
    page = parse_text(text.replace(place, f"{ADVERTISEMENT}\n{place}"))
    assert [role.value("summary") for role in page.roles] == [A.summary, B.summary]
    assert list_unread_texts(page) == [ADVERTISEMENT]


@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER])
@pytest.mark.parametrize(("index", "summary"), [(0, A.summary), (1, B.summary)])
@pytest.mark.parametrize(
    "advertisement",
    [
        ADVERTISEMENT,
        "Our newsletter brings the best of the week to 40,000 people.",
        "Employers are hiring in every state this month.",
        "Positions of all kinds: apply now at 300 places.",
    ],
)
def test_an_advertisement_in_place_of_a_summary_is_asked_for(
    text: str, index: int, summary: str, advertisement: str
) -> None:
    page = parse_text(text.replace(summary, advertisement))
    expected = [A.summary, B.summary]
    expected[index] = None
    assert [role.value("summary") for role in page.roles] == expected
    assert [(one.role, one.candidates) for one in page.ambiguous] == [((A, B)[index].title, (advertisement, None))]


def test_an_advertisement_alone_is_the_summary_of_neither_role() -> None:
    page = parse_text(pair_writer.write_pipe(make_pair_with_summaries(ADVERTISEMENT, None)))
    assert [role.value("summary") for role in page.roles] == [None, None]
    assert {one.role for one in page.ambiguous} == {A.title, B.title}


@pytest.mark.parametrize(
    "summary",
    [
        "As a beekeeper, you look after the hives of a whole valley, which are many.",
        "Beekeepers fill job openings in spring, when farms are hiring, by an advertisement in the paper.",
    ],
)
def test_a_summary_that_names_its_role_may_use_words_of_advertisements(summary: str) -> None:
    page = parse_text(PIPE.replace(str(A.summary), summary))
    assert [role.value("summary") for role in page.roles] == [summary, B.summary]


@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER])
def test_a_summary_whose_line_is_broken_is_asked_for(text: str) -> None:
    half = "A beekeeper looks after the hives of a whole valley, which are many,"
    page = parse_text(text.replace(str(A.summary), f"{half}\nand sells what the bees make of the summer there."))
    assert [role.value("summary") for role in page.roles] == [None, B.summary]
    assert [(one.field, one.role) for one in page.ambiguous] == [("summary", A.title)]


@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER])
def test_the_rest_of_a_broken_line_is_no_summary(text: str) -> None:
    rest = "of a whole valley, which are many, and sells their honey."
    page = parse_text(text.replace(str(A.summary), f"A beekeeper looks after the hives\n{rest}"))
    assert [role.value("summary") for role in page.roles] == [None, B.summary]
    assert [(one.role, one.candidates) for one in page.ambiguous] == [(A.title, (rest, None))]


def test_two_paragraphs_that_both_name_the_role_are_asked_for() -> None:
    more = "Beekeepers also work at night, when it is quiet, and some of them travel."
    page = parse_text(RUN_TOGETHER.replace(str(A.summary), f"{A.summary}\n\n{more}"))
    assert [(one.role, one.candidates) for one in page.ambiguous] == [(A.title, (A.summary, more, None))]
