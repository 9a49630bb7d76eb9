"""Something strange on an otherwise ordinary page: it is reported, and no value is misread because of it."""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from careers.spelling import fold_spelling
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge
from ingest.parsing.readers import READER_BY_LABEL
from tests.ingest import html_writer, pair_writer
from tests.ingest.disturbed_pairs import (
    list_duty_texts,
    list_skill_names,
    list_unread_texts,
    list_warning_codes,
    parse_text,
)
from tests.ingest.html_writer import HtmlStyle
from tests.ingest.page_data import describe_roles
from tests.ingest.pair_writer import PairContent
from tests.ingest.sample_pair import PAIR, PIPE, RUN_TOGETHER, A, B

# --- lists ----------------------------------------------------------------------------------------


def test_bullets_below_an_unknown_line_belong_to_no_role() -> None:
    unrelated = "Where beekeepers work\n\n  • On meadows\n  • On roofs"
    text = RUN_TOGETHER.replace(
        "Harbor pilot example responsibilities.", f"{unrelated}\n\nHarbor pilot example responsibilities."
    )
    page = parse_text(text)
    assert list_duty_texts(page) == [list(A.duties), list(B.duties)]
    assert list_unread_texts(page) == ["Where beekeepers work", "• On meadows", "• On roofs"]


def test_bullets_below_the_heading_of_another_role_belong_to_no_role() -> None:
    text = RUN_TOGETHER.replace("Common harbor pilot skills", "Common ship pilot skills")
    page = parse_text(text)
    assert [skill.name for skill in page.roles[0].skills] == ["Honey", "Frames", "wax", "smoke"]
    assert [skill.name for skill in page.roles[1].skills] == ["navigation", "tides", "radar"]
    assert list_unread_texts(page) == ["Common ship pilot skills", "• Navigation, 22%", "• Tides, 8%"]


@pytest.mark.parametrize("title", ["Common Area Cook", "Common Room Host"])
def test_a_heading_of_a_part_is_that_whatever_the_titles_begin_with(title: str) -> None:
    first, second = PAIR.roles
    content = replace(PAIR, roles=(replace(first, title=title), second))
    text = pair_writer.run_together(content)
    assert re.search(f"^{title} vs harbor pilot skills$", text, re.IGNORECASE | re.MULTILINE)
    assert list_unread_texts(parse_text(text)) == list_unread_texts(parse_text(RUN_TOGETHER))


@pytest.mark.parametrize(
    "advertisement", ["Advertisement", "ADVERTISEMENT", "[Ad]", "Sponsored", "Skip to main content"]
)
def test_the_place_of_an_advertisement_ends_no_list_and_no_table(advertisement: str) -> None:
    in_tables = itertools.product((RUN_TOGETHER, PIPE), ("Growth rate", "Hourly rate"))
    for text, line in (*in_tables, (RUN_TOGETHER, "Frames, 11%"), (RUN_TOGETHER, "Catch")):
        advertised = re.sub(f"^(.*{line})", rf"{advertisement}\n\1", text, flags=re.MULTILINE)
        assert advertised != text
        page = parse_text(advertised)
        assert describe_roles(page) == describe_roles(parse_text(text))
        assert list_unread_texts(page) == list_unread_texts(parse_text(text))


def test_a_share_above_100_is_not_read() -> None:
    page = parse_text(RUN_TOGETHER.replace("Honey, 18%", "Honey, 180%"))
    assert [(skill.name, skill.percent) for skill in page.roles[0].skills][:2] == [("Honey", None), ("Frames", 11)]
    assert "out-of-bounds" in {warning.code for warning in page.warnings}


@pytest.mark.parametrize(
    "form",
    ["Honey (18%)", "Honey: 18%", "Honey - 18 %", "Honey – 18%", "Honey 18%", "Honey, 18 percent", "Honey\n    18%"],
)
def test_a_share_may_stand_beside_its_skill_in_another_form(form: str) -> None:
    page, plain = parse_text(RUN_TOGETHER.replace("Honey, 18%", form)), parse_text(RUN_TOGETHER)
    assert [(skill.name, skill.percent) for skill in page.roles[0].skills][:2] == [("Honey", 18), ("Frames", 11)]
    assert list_skill_names(page) == list_skill_names(plain)
    assert list_warning_codes(page) == []


@pytest.mark.parametrize("place", ["Honey, 18%", "Frames, 11%"])
def test_a_percentage_before_one_name_of_a_list_is_not_its_share(place: str) -> None:
    page = parse_text(RUN_TOGETHER.replace(place, "98% First-call resolution"))
    shares = {skill.name: skill.percent for skill in page.roles[0].skills}
    assert (shares["98% First-call resolution"], "First-call resolution" in shares) == (None, False)
    assert list_warning_codes(page) == [("unreadable-value", "skills")]


def test_a_share_that_runs_into_its_skill_is_reported() -> None:
    page = parse_text(RUN_TOGETHER.replace("Honey, 18%", "Honey18%"))
    assert page.roles[0].skills[0].percent is None
    assert list_warning_codes(page) == [("unreadable-value", "skills")]


def test_skills_whose_bullets_a_copy_has_lost_keep_their_shares() -> None:
    start, end = map(RUN_TOGETHER.index, ("Common beekeeper skills", "Browse"))
    page = parse_text(RUN_TOGETHER[:start] + RUN_TOGETHER[start:end].replace("  • ", "") + RUN_TOGETHER[end:])
    assert [[(skill.name, skill.percent) for skill in role.skills] for role in page.roles] == [
        [(skill.name, skill.percent) for skill in role.skills] for role in parse_text(RUN_TOGETHER).roles
    ]
    assert list_unread_texts(page) == []
    page = parse_text(RUN_TOGETHER.replace("  • Honey, 18%", "(a) Honey, 18%"))
    assert list_unread_texts(page)[0] == "(a) Honey, 18%"


@pytest.mark.parametrize("character", ["•", "◦", "-", "o"])
def test_bullets_below_a_skill_are_no_skills_and_are_reported(character: str) -> None:
    below = [f"{character} Sold it at three markets", f"{character} Honey of heather, 3%"]
    page = parse_text(RUN_TOGETHER.replace("Honey, 18%", "\n      ".join(["Honey, 18%", *below])))
    assert list_skill_names(page) == list_skill_names(parse_text(RUN_TOGETHER))
    assert list_unread_texts(page) == below


@pytest.mark.parametrize("character", ["•", "◦", "-", "o"])
def test_bullets_below_a_duty_are_no_duties_and_are_reported(character: str) -> None:
    below = [f"{character} brood", f"{character} stores"]
    text = RUN_TOGETHER.replace("once a week.", "\n      ".join(["once a week.", *below]))
    page = parse_text(text)
    assert list_duty_texts(page) == [list(A.duties), list(B.duties)]
    assert list_unread_texts(page) == below


def test_a_duty_that_ends_with_a_share_is_no_skill() -> None:
    page = parse_text(RUN_TOGETHER.replace("Catch swarms in May.", "Cut losses by 10%"))
    assert list_duty_texts(page)[0] == ["Open the hives once a week.", "Cut losses by 10%"]


def test_a_skill_without_a_whole_share_or_listed_twice_is_reported() -> None:
    page = parse_text(RUN_TOGETHER.replace("Honey, 18%", "Honey, 18.5%").replace("Frames, 11%", "Frames, 100%"))
    assert [(skill.name, skill.percent) for skill in page.roles[0].skills][:2] == [("Honey", None), ("Frames", 100)]
    assert list_warning_codes(page) == [("unreadable-value", "skills")]
    page = parse_text(RUN_TOGETHER.replace("Frames, 11%", "HONEY, 11%"))
    assert [skill.name for skill in page.roles[0].skills] == ["Honey", "wax", "smoke"]
    assert list_warning_codes(page) == [("duplicate-skill", "skills")]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_where_the_heading_of_the_second_list_is_missing_its_skills_belong_to_no_role(gap: str) -> None:
    page = parse_text(RUN_TOGETHER.replace("\nCommon harbor pilot skills\n", gap))
    assert list_skill_names(page) == [["Honey", "Frames", "wax", "smoke"], ["navigation", "tides", "radar"]]
    assert list_unread_texts(page) == ["• Navigation, 22%", "• Tides, 8%"]
    assert list_warning_codes(page) == [("missing-heading", "skills")]


@pytest.mark.parametrize("end", ["\n\n", "\n  • Show more\n"])
def test_where_the_heading_of_the_second_list_is_missing_its_duties_belong_to_no_role(end: str) -> None:
    page = parse_text(RUN_TOGETHER.replace("\n\nHarbor pilot example responsibilities.\n\n", end))
    assert list_duty_texts(page) == [list(A.duties), []]
    assert list_unread_texts(page) == [f"• {duty}" for duty in B.duties]
    assert list_warning_codes(page) == [("missing-heading", "duties")]


def test_a_duty_that_is_broken_over_two_lines_does_not_end_the_list_of_the_only_role_that_has_one() -> None:
    start, end = map(RUN_TOGETHER.index, ("Harbor pilot example", "Beekeeper vs harbor pilot skills"))
    text = (RUN_TOGETHER[:start] + RUN_TOGETHER[end:]).replace("in May.", "in May and\n    in June.\n  • Sell honey.")
    page = parse_text(text)
    assert list_duty_texts(page) == [
        ["Open the hives once a week.", "Catch swarms in May and in June.", "Sell honey."],
        [],
    ]
    assert list_unread_texts(page) == []


def test_lists_that_cannot_be_told_apart_are_asked_about() -> None:
    text = RUN_TOGETHER.replace("\nCommon harbor pilot skills\n", "\n").replace("Navigation, 22%", "Navigation, 10%")
    (warning,) = (one for one in parse_text(text).warnings if one.code == "missing-heading")
    assert (warning.field, warning.role) == ("skills", A.title)
    assert warning.message == (
        "The page has no heading above skills of Harbor Pilot: check that the list does not go on with theirs."
    )


@pytest.mark.parametrize(
    ("text", "name"), [(PIPE, "page.txt"), (RUN_TOGETHER, "page.txt"), (html_writer.write_html(PAIR), "page.html")]
)
def test_labels_may_end_with_a_colon(text: str, name: str) -> None:
    label = rf"(^\| |^|>)({'|'.join(READER_BY_LABEL)})(?! [a-z])"
    with_colons = re.sub(label, r"\1\2:", text, flags=re.MULTILINE | re.IGNORECASE)
    assert with_colons.count(":") >= text.count(":") + 20
    page = parse_text(with_colons, name)
    assert describe_roles(page) == describe_roles(parse_text(text, name))
    assert list_unread_texts(page) == []


def test_a_cell_may_begin_with_the_title_of_its_role() -> None:
    repeated = re.sub(
        r"(?m)^\| ([A-Z][^|]*) \| ([^|]+) \| ([^|]+) \|$", r"| \1 | beekeeper: \2 | Harbor Pilot:\3 |", PIPE
    )
    assert repeated.count("Harbor Pilot:") > 20
    assert describe_roles(parse_text(repeated)) == describe_roles(parse_text(PIPE))
    assert parse_text(repeated).learned == parse_text(PIPE).learned
    plain = "| Role | Baker | Cook |\n| Highest paying state | Baker: Ohio | Cook: - |\n"
    page = parse_page(read_document("a.txt", plain.encode()), publisher="Northwind")
    assert [role.value("salary.top_state") for role in page.roles] == ["Ohio", None]


HTML = html_writer.write_html(PAIR)


@pytest.mark.parametrize("mark", ["\u00b9", "[1]", " [2]", "*", "\u2020", " \u25b2", " \u2195", " \u270e", ":"])
@pytest.mark.parametrize(("text", "name"), [(PIPE, "page.txt"), (HTML, "page.html")])
def test_marks_behind_the_titles_of_a_head_are_not_part_of_them(text: str, name: str, mark: str) -> None:
    marked = re.sub(rf"(\| |>)({A.title}|{B.title})(?= \||</)", rf"\1\2{mark}", text)
    assert marked.count(mark) >= text.count(mark) + 8
    assert describe_roles(parse_text(marked, name)) == describe_roles(parse_text(text, name))


@pytest.mark.parametrize("word", ["Measure", "Compare", "Category *"])
def test_a_word_may_stand_above_the_labels_where_sentences_name_the_roles(word: str) -> None:
    head = f"| {A.title} | {B.title} | |"
    page = parse_text(PIPE.replace(head, f"| {word} | {A.title} | {B.title} |"))
    assert describe_roles(page) == describe_roles(parse_text(PIPE))
    assert page.unread == parse_text(PIPE).unread


def test_a_head_that_names_other_roles_than_the_sentences_is_reported() -> None:
    page = parse_text(PIPE.replace(f"| {A.title} |", f"| {A.title} (1,204 reviews) |"))
    assert [w.message for w in page.warnings if w.code == "another-role"] == [
        "The tables are about Beekeeper (1,204 reviews) and Harbor Pilot, but a sentence is about beekeeper. Check the "
        "head of the tables."
    ]
    assert not parse_text(PIPE).warnings


@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER])
def test_dollars_may_say_that_they_are_of_the_united_states(text: str) -> None:
    page, plain = parse_text(text.replace("$", "US$")), parse_text(text)
    assert [role.values for role in page.roles] == [role.values for role in plain.roles]
    assert list_warning_codes(page) == list_warning_codes(plain)
    assert len(page.unread) == len(plain.unread)


@pytest.mark.parametrize("form", [r"  • \2% \1", r"  • \2 % – \1", r"\1 (\2%)"])
def test_a_share_may_stand_before_its_skill_or_in_brackets_without_a_bullet(form: str) -> None:
    text = re.sub(r"  • ([^,\n]+), (\d+)%", form, RUN_TOGETHER)
    assert text != RUN_TOGETHER
    assert describe_roles(parse_text(text)) == describe_roles(parse_text(RUN_TOGETHER))
    assert list_unread_texts(parse_text(text)) == list_unread_texts(parse_text(RUN_TOGETHER))


@pytest.mark.parametrize(
    ("listed", "skill"),
    [
        ("100% Remote Work, 5%", ("100% Remote Work", 5)),
        ("Top 1% Sales (7%)", ("Top 1% Sales", 7)),
        ("Cut waste by 15% in one year", ("Cut waste by 15% in one year", None)),
        ("Java, 12% (advanced)", ("Java, 12% (advanced)", None)),
    ],
)
def test_a_percentage_within_the_name_of_a_skill_is_not_its_share(listed: str, skill: tuple[str, int | None]) -> None:
    text = re.sub(r"(  • )[^,\n]+, \d+%", rf"\g<1>{listed}", RUN_TOGETHER, count=1)
    assert skill in [(fact.name, fact.percent) for role in parse_text(text).roles for fact in role.skills]


@pytest.mark.parametrize("cells", [r"<tr>\2\1\3</tr>", r"<tr>\2\3\1</tr>"])
def test_labels_in_another_column_than_the_first_are_no_page_of_another_kind(cells: str) -> None:
    cell = r"(<t[dh]>[^<]*</t[dh]>)"
    moved = re.sub(
        rf"<tr>\s*{cell}\s*{cell}\s*{cell}\s*</tr>", cells, html_writer.write_html(PAIR, HtmlStyle(head="first"))
    )
    page = parse_text(moved, "page.html")
    assert [role.title for role in page.roles] == [A.title, B.title]
    assert {role.value("outlook.job_count") for role in page.roles} == {None}
    assert any("98,765" in text for text in list_unread_texts(page))


def add_column(head: str, cell: str, place: int) -> str:
    """The page with bars, with a further column at this place, counted from the label's."""
    lines = []
    for line in PIPE.split("\n"):
        cells = line[2:-2].split(" | ")
        if line == f"| {A.title} | {B.title} | |":
            cells = ["", A.title, B.title]
        if line.startswith("|"):
            cells.insert(place, cell if cells[0] else head)
            line = f"| {' | '.join(cells)} |"
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("head", "cell", "place"), [("Difference", "+$1,200", 3), ("Diff.", "-", 3), ("vs", "vs", 2), ("VS.", "", 2)]
)
def test_a_column_that_only_compares_the_roles_is_left_out_and_reported(head: str, cell: str, place: int) -> None:
    text = add_column(head, cell, place)
    page, plain = parse_text(text), parse_text(PIPE)
    assert [role.values for role in page.roles] == [role.values for role in plain.roles]
    messages = {warning.message for warning in page.warnings} - {warning.message for warning in plain.warnings}
    assert messages == {f"The column “{head}” was left out: it only compares the two roles."}
    shifted = parse_text(text.replace(f"| | {A.title} | {B.title} | {head} |", f"| {A.title} | {B.title} | {head} | |"))
    assert [role.values for role in shifted.roles] == [role.values for role in plain.roles]


def test_a_third_column_of_another_kind_is_reported_and_not_read() -> None:
    page = parse_text(add_column("National average", "$50,000", 3))
    assert {role.value("salary.annual_low") for role in page.roles} == {None}


def test_terms_with_a_value_for_each_role_are_rows() -> None:
    table = html_writer.write_html(PAIR, HtmlStyle(head="first"))
    terms = re.sub(r"</?(?:table|thead|tbody)>", lambda tag: tag[0].replace(tag[0].strip("</>"), "dl"), table)
    terms = re.sub(r"</?tr>", "", re.sub(r"(<tr>\s*)<t[dh]>(.*?)</t[dh]>", r"\1<dt>\2</dt>", terms))
    terms = re.sub(r"</t[dh]>", "</dd>", re.sub(r"<t[dh][^>]*>", "<dd>", terms))
    assert "<t" not in terms.replace("<title", "")
    page, plain = parse_text(terms, "page.html"), parse_text(table, "page.html")
    assert [role.values for role in page.roles] == [role.values for role in plain.roles]
    assert list_unread_texts(page) == list_unread_texts(plain)


def test_terms_that_are_explained_are_text_and_one_value_is_none_of_two_roles() -> None:
    terms = "<dl><dt>What is honey?</dt><dd>It is what bees make, from the nectar of very many flowers.</dd></dl>"
    lone = "<dl><dt>Years of experience</dt><dd>12</dd></dl>"
    html = html_writer.write_html(PAIR, HtmlStyle())
    page, plain = (
        parse_text(html.replace("</body>", f"{terms}{lone}</body>"), "page.html"),
        parse_text(html, "page.html"),
    )
    assert [role.values for role in page.roles] == [role.values for role in plain.roles]
    assert list_unread_texts(page)[-1] == "| Years of experience | 12 |"
    assert "What is honey?" in " ".join(list_unread_texts(page))


def test_a_row_without_one_cell_for_each_role_says_what_it_has() -> None:
    for text, old, new, message in (
        (PIPE, "| Growth rate | -7% | 9% |", "| Growth rate | -7% |", "does not have one cell for each role, but 1"),
        (
            PIPE,
            "| Growth rate | -7% | 9% |",
            "| Growth rate | -7% | 9%",
            "The row “Growth rate” stops before its last bar",
        ),
        (PIPE, "| Average age | 38 |", "| Average age | |", "The cell is empty. A publisher writes “-”"),
        (RUN_TOGETHER, "Growth rate-7%9%", "Growth rate", "The row “Growth rate” has no cells"),
    ):
        assert old in text
        messages = [warning.message for warning in parse_text(text.replace(old, new)).warnings]
        assert any(message in one for one in messages), messages


@pytest.mark.parametrize("write", [pair_writer.write_pipe, pair_writer.run_together])
def test_a_title_that_no_role_can_have_is_refused_because_all_lines_are_compared_with_it(
    write: Callable[[PairContent], str],
) -> None:
    def titled(length: int) -> str:
        return write(replace(PAIR, roles=(A, replace(B, title="Pilot".ljust(length, "t")))))

    assert len(parse_text(titled(140)).roles[1].title) == 140
    with pytest.raises(UnreadableError, match="cannot be a role's title: it has more than 200 characters"):
        parse_text(titled(201))


@pytest.mark.parametrize("phrase", ["are told below", "can be seen in a few details"])
@pytest.mark.parametrize("place", ["| Hourly", "| Job satisfaction", "| Years of experience"])
def test_the_opening_of_a_page_is_no_summary_wherever_a_copy_puts_it(phrase: str, place: str) -> None:
    text = pair_writer.write_pipe(replace(PAIR, time=False, claim=False)).replace("are told below", phrase)
    [opening] = [line for line in text.split("\n") if line.startswith("The differences between ")]
    page = parse_text(text.replace(f"{opening}\n", "").replace(place, f"{opening}\n{place}", 1))
    assert [role.value("summary") for role in page.roles] == [A.summary, B.summary]
    assert opening in list_unread_texts(page)


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are the differences between beekeepers' and harbor pilots' demographics:",
        "There are a few differences between a beekeeper and a harbor pilot in terms of educational background:",
        "Beekeepers and harbor pilots have different pay scales, as shown below. | Beekeeper | Harbor Pilot | |",
    ],
)
@pytest.mark.parametrize("joint", ["", " "])
def test_a_summary_that_a_copy_joined_with_a_set_sentence_is_reported(sentence: str, joint: str) -> None:
    page = parse_text(PIPE.replace(f"{B.summary}", f"{B.summary}{joint}{sentence}"))
    assert page.roles[1].value("summary") is None
    assert f"{B.summary}{joint}{sentence}" in list_unread_texts(page)


def test_a_summary_that_a_copy_joined_with_its_question_is_reported() -> None:
    question = "What does a beekeeper do?"
    page = parse_text(RUN_TOGETHER.replace(f"{question}\n\n", question))
    assert page.roles[0].value("summary") is None
    assert f"{question}{A.summary}" in list_unread_texts(page)


@pytest.mark.parametrize("joint", ["", " "])
def test_two_rows_on_one_line_give_no_name(joint: str) -> None:
    text = RUN_TOGETHER.replace("\nBest paying industry", f"{joint}Best paying industry")
    text = text.replace("Best paying companyMandiantMaersk", "Best paying company-Mandiant")
    page = parse_text(text)
    assert [role.value("salary.top_company") for role in page.roles] == [None, None]
    assert any(line.startswith("Best paying company") for line in list_unread_texts(page))
    assert "goes on with another row" in "".join(warning.message for warning in page.warnings)


@pytest.mark.parametrize("context", ["Common harbor pilot skills", "Harbor pilot example responsibilities."])
def test_a_heading_that_a_copy_moved_away_from_its_list_gives_the_list_to_no_other_role(context: str) -> None:
    page = parse_text(RUN_TOGETHER.replace(f"\n{context}\n", "\n").replace("Browse", f"{context}\n\nBrowse"))
    names = [skill.name for skill in page.roles[0].skills if skill.percent is not None]
    assert names == ["Honey", "Frames"]
    assert list_duty_texts(page)[0] == list(A.duties)
    assert "missing-heading" in {warning.code for warning in page.warnings}


@pytest.mark.parametrize("write", [pair_writer.write_pipe, pair_writer.run_together])
def test_a_page_without_heads_whose_sentences_name_the_roles_in_two_orders_is_refused(
    write: Callable[[PairContent], str],
) -> None:
    text = "\n".join(line for line in write(PAIR).split("\n") if "|" not in line or "Beekeeper |" not in line)
    text = text.replace("BeekeeperHarbor Pilot\n", "").replace("Beekeeper vs harbor pilot", "Which")
    assert parse_text(text).roles[0].title.casefold() == A.title.casefold()
    opening = "The differences between beekeepers and harbor pilots"
    with pytest.raises(UnreadableError, match="in another order than other sentences do"):
        parse_text(text.replace(opening, "The differences between harbor pilots and beekeepers"))


@pytest.mark.parametrize("label", ["Hourly rate", "Growth rate", "Number of jobs", "Years of experience"])
@pytest.mark.parametrize("sentence", ["Beekeepers love our newsletter.", "Photo: A beekeeper at work."])
def test_a_sentence_among_the_rows_of_the_overview_is_no_summary(sentence: str, label: str) -> None:
    page = parse_text(PIPE.replace(f"| {label}", f"{sentence}\n| {label}"))
    assert [role.value("summary") for role in page.roles] == [A.summary, B.summary]
    assert list_unread_texts(page) == [sentence]


@pytest.mark.parametrize(
    "form",
    [
        lambda text: re.sub(r"(\d)%", r"\1 %", text),
        lambda text: re.sub(r"(\d)%", "\\1\u00a0%", text),
        lambda text: re.sub(r"Between (\S+) And (\$[\d,]*\d)", r"\1 – \2", text),
        lambda text: re.sub(r"Between (\S+) And (\$[\d,]*\d)", r"\1-\2", text),
        lambda text: re.sub(r"Between (\S+) And (\$[\d,]*\d)", r"\1 to \2", text),
    ],
)
@pytest.mark.parametrize("text", [PIPE, RUN_TOGETHER])
def test_shares_and_ranges_may_be_written_in_another_form(form: Callable[[str], str], text: str) -> None:
    assert form(text) != text
    page, plain = parse_text(form(text)), parse_text(text)
    assert [role.values for role in page.roles] == [role.values for role in plain.roles]
    assert list_skill_names(page) == list_skill_names(plain)
    assert (list_warning_codes(page), list_unread_texts(page)) == ([], [])


def test_a_figure_that_ends_with_a_full_stop_is_no_summary() -> None:
    page = parse_text(PIPE.replace(f"{A.summary}\n", "$15.\n"))
    assert "$15." not in [role.value("summary") for role in page.roles]
    assert "$15." in list_unread_texts(page)


@pytest.mark.parametrize(
    ("heading", "gap"), [("Harbor pilot example responsibilities.", "\n\n"), ("Common harbor pilot skills", "\n")]
)
def test_bullets_below_one_that_a_copy_joined_with_a_heading_belong_to_no_role(heading: str, gap: str) -> None:
    page, plain = parse_text(RUN_TOGETHER.replace(f"{gap}{heading}", heading)), parse_text(RUN_TOGETHER)
    assert set(list_duty_texts(page)[0]) <= set(A.duties)
    assert set(list_skill_names(page)[0]) <= set(list_skill_names(plain)[0])
    assert any(line.endswith(heading) for line in list_unread_texts(page))


def test_skills_below_duties_whose_heading_is_missing_are_no_duties() -> None:
    start, end = map(RUN_TOGETHER.index, ("Beekeeper vs harbor pilot skills", "  • Honey, 18%"))
    page = parse_text(RUN_TOGETHER[:start] + RUN_TOGETHER[end:])
    assert list_duty_texts(page) == [list(A.duties), list(B.duties)]
    assert {"• Honey, 18%", "• Frames, 11%"} <= set(list_unread_texts(page))


def test_show_more_counts_only_below_duties() -> None:
    page = parse_text(RUN_TOGETHER.replace("  • Tides, 8%", "  • Tides, 8%\n\nShow more"))
    assert [role.duties_truncated for role in page.roles] == [False, False]
    page = parse_text(RUN_TOGETHER.replace("Catch swarms in May.", "Catch swarms in May.\n\nExplore jobs"))
    assert [role.duties_truncated for role in page.roles] == [False, False]
    page = parse_text(RUN_TOGETHER.replace("Catch swarms in May.", "Catch swarms in May.\n\nShow more"))
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
    page, plain = parse_text(RUN_TOGETHER.replace(old, new)), parse_text(RUN_TOGETHER)
    assert describe_roles(page)[0] == describe_roles(plain)[0]


def test_headings_may_have_the_marks_of_markdown() -> None:
    headings = [f"{A.title} vs {B.title.lower()}", "What does ", "Differences between ", "Common ", A.title, B.title]
    marked = [
        f"## {line}" if line.startswith(tuple(headings)) and not line.endswith("summer.") else line
        for line in RUN_TOGETHER.split("\n")
    ]
    page, plain = parse_text("\n".join(marked)), parse_text(RUN_TOGETHER)
    assert sum(line.startswith("## ") for line in marked) > 8
    assert describe_roles(page) == describe_roles(plain)
    assert list_unread_texts(page) == list_unread_texts(plain)


def test_a_heading_of_an_unknown_part_is_reported_and_ends_the_list_above_it() -> None:
    text = RUN_TOGETHER.replace("  • Tides, 8%", "  • Tides, 8%\n\nBeekeeper vs. harbor pilot hats\n\n  • Veil")
    page = parse_text(text)
    assert list_warning_codes(page) == [("unknown-heading", None)]
    assert list_unread_texts(page) == ["Beekeeper vs. harbor pilot hats", "• Veil"]


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
    page, plain = parse_text(form(RUN_TOGETHER)), parse_text(RUN_TOGETHER)
    assert list_unread_texts(page) == []
    assert describe_roles(page) == describe_roles(plain)


def test_a_menu_line_is_not_read_as_occupation_group() -> None:
    for form in (PIPE, RUN_TOGETHER):
        page = parse_text(f"Browse remote jobs\n\n{form}")
        assert page.roles[0].value("occupation_group") in (None, PAIR.group)
        assert "Browse remote jobs" in list_unread_texts(page)


def test_a_menu_line_does_not_finish_a_page() -> None:
    text = f"Browse remote jobs\n\n{RUN_TOGETHER}"
    page = parse_text(text[: text.index("$104,000", text.index("Average salary"))] + "$104")
    assert page.cut_line is not None
    assert "salary.annual_average" not in {question.field for question in page.ambiguous}
    assert page.roles[1].value("salary.annual_average") == 104_000


@pytest.mark.parametrize("write", [pair_writer.write_pipe, pair_writer.run_together, html_writer.write_html])
def test_the_tables_of_a_second_page_in_the_same_file_are_not_read(write: Callable[[PairContent], str]) -> None:
    c = replace(B, title="Baker", values={**B.values, "salary.annual_average": 52_000, "outlook.job_count": 1_111})
    first = replace(PAIR, roles=(replace(A, values={**A.values, "outlook.job_count": None}), B))
    second = replace(PAIR, roles=(replace(A, values={**A.values, "outlook.job_count": 7_777}), c))
    page = parse_text(f"{write(first)}\n\n{write(second)}")
    assert [role.value("outlook.job_count") for role in page.roles] == [None, 98_765]
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]


@pytest.mark.parametrize("write", [pair_writer.write_pipe, pair_writer.run_together])
def test_the_line_where_a_second_page_begins_is_reported(write: Callable[[PairContent], str]) -> None:
    first = write(PAIR)
    second = write(replace(PAIR, roles=(replace(A, title="Baker"), B)))
    second = second.replace("are told below", "can be seen in a few details")
    assert "The differences between bakers and harbor pilots can be seen in a few details" in second
    page = parse_text(f"{first}\n\n{second}")
    [warning] = [warning for warning in page.warnings if warning.code == "second-page"]
    assert warning.line > first.count("\n")
    assert "Load it as a file of its own" in warning.message
    assert not any("one cell for each role" in warning.message for warning in page.warnings)


def test_a_page_that_stands_twice_in_its_file_has_each_duty_and_skill_once() -> None:
    page = parse_text(f"{RUN_TOGETHER}\n\n{RUN_TOGETHER}")
    assert list_duty_texts(page) == [list(A.duties), list(B.duties)]
    assert list_skill_names(page) == list_skill_names(parse_text(RUN_TOGETHER))
    codes = [warning.code for warning in page.warnings]
    assert codes.count("duplicate-duty") == len(A.duties) + len(B.duties)
    assert "second-page" not in codes


def test_a_name_without_a_letter_or_a_digit_is_not_learned() -> None:
    page = parse_text(PIPE.replace("| Mandiant |", "| *** |"))
    assert ("company", "Maersk") in [(name.kind, name.name) for name in page.learned]
    assert "***" not in [name.name for name in page.learned]


@pytest.mark.parametrize("cells", ["N/AN/A", "$84,000$84,000", "N/ATesla", "84,00012,000"])
@pytest.mark.parametrize("label", ["Best paying company", "Best paying industry", "Most common college"])
def test_names_that_are_none_do_not_refuse_the_page(label: str, cells: str) -> None:
    before = {
        "Best paying company": "MandiantMaersk",
        "Best paying industry": "RetailTransportation",
        "Most common college": "Ohio UniversityPurdue University",
    }
    assert f"{label}{before[label]}" in RUN_TOGETHER
    page = parse_text(RUN_TOGETHER.replace(before[label], cells))
    key = READER_BY_LABEL[label.lower()].keys[0]
    assert [role.value(key) for role in page.roles] == [None, None]
    assert {(question.role, question.field) for question in page.ambiguous} == {(A.title, key), (B.title, key)}


@pytest.mark.parametrize("label", ["Years of experience", "best paying industry"])
def test_the_label_of_a_row_is_no_name(label: str) -> None:
    page = parse_text(PIPE.replace("| Mandiant |", f"| {label} |"))
    assert [role.value("salary.top_company") for role in page.roles] == [None, B.values["salary.top_company"]]
    assert f"“{label}” is the label of a row." in [warning.message for warning in page.warnings]


def test_a_figure_is_no_name() -> None:
    page = parse_text(PIPE.replace("| Mandiant |", "| $84,000 |"))
    assert [role.value("salary.top_company") for role in page.roles] == [None, B.values["salary.top_company"]]
    assert ("unreadable-value", "salary.top_company") in list_warning_codes(page)


def test_what_another_page_says_does_not_settle_years_that_no_band_has() -> None:
    text = RUN_TOGETHER.replace("Years of experience128", "Years of experience412")
    text = "\n".join(line for line in text.split("\n") if "to become" not in line)
    key = "entry.years_of_experience"
    page = parse_text(text, knowledge=Knowledge(figures={(fold_spelling(B.title), key): frozenset([2])}))
    assert [role.value("entry.years_of_experience") for role in page.roles] == [None, None]
    settled = parse_text(text, knowledge=Knowledge(figures={(fold_spelling(B.title), key): frozenset([12])}))
    assert [role.value("entry.years_of_experience") for role in settled.roles] == [4, 12]


def test_a_row_that_cannot_be_split_is_reported_though_another_table_has_its_figure() -> None:
    text = RUN_TOGETHER.replace("Yearly salary$41,600$104,000", "Yearly salary$20 an hour$50 an hour")
    page = parse_text(text)
    assert [role.value("salary.annual_average") for role in page.roles] == [41_600, 104_000]
    messages = [warning.message for warning in page.warnings if warning.code == "unreadable-value"]
    assert (
        messages
        == ["“$20 an hour$50 an hour” does not split into two values such as “$90,615”. Enter both values."] * 2
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (PIPE, "| Yearly salary | $41,600 |", "| Yearly salary | $20 an hour |"),
        (RUN_TOGETHER, "Yearly salary$41,600$104,000", "Yearly salary$20 an hour$104,000"),
        (PIPE, "| Average salary | $41,600 |", "| Average salary | $20 an hour |"),
        (RUN_TOGETHER, "Average salary$41,600$104,000", "Average salary$20 an hour$104,000"),
    ],
)
def test_a_value_is_no_contradiction_because_another_row_cannot_be_read(text: str, old: str, new: str) -> None:
    assert old in text
    page = parse_text(text.replace(old, new))
    assert page.roles[0].value("salary.annual_average") == 41_600
    assert page.roles[0].evidence["salary.annual_average"].warnings == ()
    assert ("unreadable-value", "salary.annual_average") in list_warning_codes(page)


def test_a_row_with_several_splits_says_which() -> None:
    page = parse_text(RUN_TOGETHER.replace("Number of jobs12,34598,765", "Number of jobs99912"))
    messages = {warning.message for warning in page.warnings if warning.field == "outlook.job_count"}
    assert messages == {"“99912” can be “99” and “912”, or “999” and “12”. Choose one."}


def write_tabbed(content: PairContent) -> str:
    """The run-together page as a browser copies it: a tab between the cells."""
    text = pair_writer.run_together(content)
    for table in content.tables:
        for label, one, other in pair_writer.list_rows(content, table):
            text = text.replace(f"\n{label}{one}{other}", f"\n{label}\t{one}\t{other}")
    a, b = (role.title for role in content.roles)
    return text.replace(f"\n{a}{b}\n", f"\n{a}\t{b}\n")


def make_pair_with_companies(first: str, second: str) -> PairContent:
    roles = (
        replace(A, values={**A.values, "salary.top_company": first}),
        replace(B, values={**B.values, "salary.top_company": second}),
    )
    return replace(PAIR, roles=roles)


def test_cells_separated_by_a_tab_need_no_split() -> None:
    page = parse_text(write_tabbed(make_pair_with_companies("PayPal", "Adobe")))
    assert [role.title for role in page.roles] == [A.title, B.title]
    assert [role.value("salary.top_company") for role in page.roles] == ["PayPal", "Adobe"]
    assert [role.value("outlook.job_count") for role in page.roles] == [12_345, 98_765]
    assert page.roles[0].evidence["salary.top_company"].how == "cell"
    assert page.ambiguous == ()
    assert list_unread_texts(page) == []


def test_a_page_without_headings_may_have_tabs_between_its_cells() -> None:
    rows = [line for line in PIPE.split("\n") if line.startswith("| ")]
    text = PIPE
    for row in rows:
        text = text.replace(row, "\t".join(cell.strip() for cell in row.strip("|").split("|")).rstrip())
    assert "\nYearly salary\t$41,600\t$104,000\n" in text
    page = parse_text(text)
    assert page.layout == "run-together"
    assert [role.title for role in page.roles] == [A.title, B.title]
    assert [role.value("salary.top_company") for role in page.roles] == ["Mandiant", "Maersk"]
    assert [role.value("summary") for role in page.roles] == [A.summary, B.summary]


@pytest.mark.parametrize("foot", ["Privacy policy\nAbout us\nFollow us", "1.2K shares", "Other roles: Cook"])
def test_the_foot_of_a_site_below_the_last_table_is_no_cut(foot: str) -> None:
    page = parse_text(f"{PIPE.rstrip()}\n{foot}\n")
    assert page.cut_line is None
    assert list_unread_texts(page) == foot.split("\n")


def test_text_below_a_last_row_that_is_cut_does_not_finish_the_page() -> None:
    page = parse_text(PIPE.rstrip()[:-3] + "\nPrivacy policy\n")
    assert page.cut_line is not None


def test_names_separated_by_a_space_are_not_split_by_spelling() -> None:
    page = parse_text(write_tabbed(make_pair_with_companies("PayPal", "Adobe")).replace("\t", " "))
    assert [role.value("salary.top_company") for role in page.roles] == [None, None]
    assert [role.value("outlook.job_count") for role in page.roles] == [12_345, 98_765]
    assert "Best paying company PayPal Adobe" in list_unread_texts(page)


@pytest.mark.parametrize("listed", ["-", "honey, - and smoke", ", and", "honey,  and smoke"])
def test_a_dash_or_a_blank_in_a_list_is_not_a_skill(listed: str) -> None:
    page = parse_text(PIPE.replace("honey, wax and smoke", listed))
    assert page.roles[0].skills == ()
    assert [(question.field, question.role) for question in page.ambiguous] == [("skills", A.title)]
    assert [skill.name for skill in page.roles[1].skills] == ["navigation", "tides", "radar"]


@pytest.mark.parametrize("bar", ["| Log in | Sign up |", "| Menu |", "|| |", "| a | b | c | d |"])
@pytest.mark.parametrize("whole", [PIPE, RUN_TOGETHER], ids=["pipe", "run-together"])
def test_bars_in_a_menu_do_not_change_the_layout(whole: str, bar: str) -> None:
    page, plain = parse_text(f"{bar}\n\n{whole}"), parse_text(whole)
    assert page.layout == plain.layout
    assert describe_roles(page) == describe_roles(plain)


HTML = html_writer.write_html(PAIR)


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
    page, plain = parse_text(HTML.replace(mark, table + mark), "page.html"), parse_text(HTML, "page.html")
    assert describe_roles(page) == describe_roles(plain)


@pytest.mark.parametrize("time", [True, False])
def test_an_unrelated_row_above_a_table_without_head_is_not_its_head(time: bool) -> None:
    content = replace(PAIR, time=time)
    lines = pair_writer.write_pipe(content).split("\n")
    lines[lines.index("| Beekeeper | Harbor Pilot | |")] = "| Log in | Sign up |"
    page = parse_text("\n".join(lines))
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
    page = parse_text(HTML.replace("<p><a href='/jobs'", f"{menu}<p><a href='/jobs'"), "page.html")
    assert list_skill_names(page) == list_skill_names(parse_text(HTML, "p.html"))
    assert page.roles[0].value("occupation_group") == PAIR.group


@pytest.mark.parametrize("tag", ["nav", "footer"])
def test_menu_lists_are_not_duties(tag: str) -> None:
    content = replace(PAIR, roles=(replace(A, listed=()), replace(B, listed=())))
    menu = f"<{tag}><ul><li>About</li><li>Careers</li></ul></{tag}>"
    page = parse_text(
        html_writer.write_html(content).replace("<p><a href='/jobs'", f"{menu}<p><a href='/jobs'"), "page.html"
    )
    assert list_duty_texts(page) == [list(A.duties), list(B.duties)]
