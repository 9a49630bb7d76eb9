"""Something unusual in an otherwise ordinary guide is reported, and nothing is misread because of it."""

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest

from ingest.parsing.cells import UnreadableError
from ingest.parsing.role_facts import DutyFact, RoleFacts, SectionFact, SkillFact
from tests.ingest import guide_writer
from tests.ingest.disturbed_pairs import list_unread_texts, list_warning_codes, parse_text
from tests.ingest.page_data import describe_roles
from tests.ingest.sample_guide import CONTENT, FRONT, GUIDE

PLAIN = guide_writer.write_guide(replace(CONTENT, front=None))


def parse_role(text: str) -> RoleFacts:
    return parse_text(text).roles[0]


def list_pay(facts: RoleFacts) -> list[int | None]:
    return [facts.value(f"salary.annual_{amount}") for amount in ("median", "low", "high", "entry", "mid", "senior")]


PAY = [39_000, 30_000, 48_000, 32_700, 39_100, 45_600]


def test_an_end_of_the_pay_that_is_too_low_is_left_open_and_the_rest_of_the_guide_is_read() -> None:
    page = parse_text(GUIDE.replace("30,000—48,000", "0,500—48,000"))
    assert (page.roles[0].value("salary.annual_low"), page.roles[0].value("salary.annual_high")) == (None, 48_000)
    assert [value.field for value in page.ambiguous] == ["salary.annual_low"]


# --- titles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", [".NET Developer", "C++ Developer", "(Senior) Cook", "3D Artist", "Chef / Owner"])
@pytest.mark.parametrize("mark", ["", "👩‍💻 ", "πŸ› οΈ ", "## ", "🇺🇸 🍳 ", "🍳"])
def test_a_title_keeps_its_first_sign_but_not_the_marks_before_it(title: str, mark: str) -> None:
    content = replace(CONTENT, title=title, sections={})
    assert (
        parse_role(guide_writer.write_guide(content).replace(f"{title} Career", f"{mark}{title} Career")).title == title
    )


@pytest.mark.parametrize("mark", ["📈 ", "πŸ“ˆ ", "πŸ ", "ðŸ“ˆ ", "πŸ› οΈ ", "📈", "** ", "1. "])
@pytest.mark.parametrize("heading", ["Work Setting", "WORK SETTING", "Work setting:", "Work  Setting"])
def test_a_heading_is_recognized_by_its_letters(mark: str, heading: str) -> None:
    facts = parse_role(PLAIN.replace("Work Setting", mark + heading))
    assert facts.sections[1].blocks == (("paragraph", "Hot, loud and quick."),)
    assert [skill.name for skill in facts.skills if skill.kind == "tool"] == list(CONTENT.tools)


def test_a_heading_in_quotation_marks_keeps_them() -> None:
    facts = parse_role(PLAIN.replace("Portfolio Tips", "“Mise en place” and more"))
    assert [section.heading for section in facts.sections][-1] == "“Mise en place” and more"


@pytest.mark.parametrize(
    ("opening", "title", "titled_by"),
    [
        ("👩‍🍳 Line Cook Career Path Guide", "Line Cook", "heading"),
        ("Core functions of a Line Cook", "Line Cook", "heading"),
        ("Path to becoming a Line Cook", "Line Cook", "heading"),
        ("Path to Line Cook", "Line Cook", "heading"),
        ("Core Functions", "Line cook", "prose"),
        ("Core Functions\nPath to a kitchen of your own is what this guide is about.", "Line cook", "prose"),
    ],
)
def test_a_role_is_named_by_a_heading_or_else_by_the_address(opening: str, title: str, titled_by: str) -> None:
    page = parse_text(
        f"{opening}\nPlates leave on time.\nWork Setting\nHot.\n" + "\n".join(guide_writer.write_guide_end(CONTENT))
    )
    [facts] = page.roles
    assert (facts.title, facts.titled_by) == (title, titled_by)
    warned = {(warning.code, warning.line, warning.role) for warning in page.warnings}
    assert warned == ({("title-from-prose", 1, None)} if titled_by == "prose" else set())


@pytest.mark.parametrize(
    "text",
    [
        "Line Cook Career Path Guide\nWork Setting\nHot.\nTech Skills\n- Knives\n",
        "Core Functions of the Line Cook Role\nPlates.\nWork Setting\nHot.\nTech Skills\n- Knives\n",
        "Core Functions of the Line Cook Role\nPlates leave on time.\n",
        "Path to becoming a Line Cook\nBegin.\nWork Setting\nHot.\n",
    ],
)
def test_a_guide_that_says_nothing_of_its_publisher_is_recognized_by_its_headings(text: str) -> None:
    assert parse_text(text).publisher == "Jobicy"


def test_one_heading_that_anybody_may_use_tells_no_guide() -> None:
    with pytest.raises(UnreadableError, match="no known kind"):
        parse_text("Path to becoming a Line Cook\nBegin.\nAnother day\nGo on.\n")


def test_a_line_below_the_end_of_a_guide_is_left_unread() -> None:
    page = parse_text(f"{PLAIN}\n\nWork Setting\nYou may also like these guides")
    assert list_unread_texts(page) == ["Work Setting", "You may also like these guides"]


def test_a_source_that_names_no_publisher_leaves_the_one_that_the_headings_tell() -> None:
    assert parse_text(PLAIN.replace("Source: Jobicy.com — Licensed", "Source: Licensed")).publisher == "Jobicy"


@pytest.mark.parametrize("line", ["High all year round,", "and so it goes on", "A: B", "More than 20 cooks", "Hm…"])
def test_a_line_that_is_no_heading_stays_in_its_section(line: str) -> None:
    facts = parse_role(PLAIN.replace("Hot, loud and quick.", f"Hot.\n{line}"))
    assert facts.sections[1].blocks[-1] == ("paragraph", line)


def test_a_whole_guide_has_no_list_that_may_go_on() -> None:
    facts = parse_role(GUIDE)
    for entry in itertools.chain[SkillFact | DutyFact | SectionFact](facts.skills, facts.duties, facts.sections):
        assert entry.evidence.warnings == ()


# --- pay ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Annual Salary (UK, GBP)", "Salary Insights", "Annual Salary (Canada, CAD)"])
def test_figures_below_an_unknown_pay_heading_are_not_read(heading: str) -> None:
    facts = parse_role(GUIDE.replace("🇺🇸 Annual Salary (US, USD)", heading))
    assert list_pay(facts) == [39_000, None, None, None, None, None]
    without = replace(CONTENT, front=replace(FRONT, demand=(), median=None))
    facts = parse_role(guide_writer.write_guide(without).replace("🇺🇸 Annual Salary (US, USD)", heading))
    assert list_pay(facts) == [None] * 6


def test_a_figure_with_an_unknown_label_is_not_read_for_the_next_label() -> None:
    page = parse_text(GUIDE.replace("growth rate", "growth, more or less"))
    assert page.roles[0].value("outlook.growth_percent") is None
    assert page.roles[0].value("salary.annual_median") == 39_000
    page = parse_text(
        GUIDE.replace("6%\n\ngrowth rate\n\n$39,000\n\nmedian salary", "$36,000\n\nmean salary\n\nmedian salary")
    )
    assert page.roles[0].value("outlook.growth_percent") is None
    assert page.roles[0].value("salary.annual_median") == 39_000  # of the table of pay
    assert "$36,000" in list_unread_texts(page)


def test_a_figure_below_the_heading_of_demand_stands_on_its_own_line() -> None:
    text = PLAIN.replace("Work Setting", "📈 Market Demand\n\nHigh\n\n6%\n\ngrowth rate\n\nWork Setting")
    facts = parse_role(text)
    place = facts.evidence["outlook.growth_percent"]
    assert (place.raw, text.split("\n")[place.line - 1]) == ("6%", "6%")
    assert facts.sections[1].blocks == (("paragraph", "High"),)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Key Responsibilities", "duties"),
        ("Tech Stack", "skills"),
        ("Tech Skills", "skills"),
        ("Soft Abilities", "skills"),
    ],
)
def test_a_list_where_the_heading_of_another_is_missing_is_reported(heading: str, field: str) -> None:
    assert f"\n{heading}\n" in PLAIN
    page = parse_text(PLAIN.replace(f"\n{heading}\n", "\n"))
    (warning,) = page.warnings
    assert (warning.code, warning.field) == ("missing-heading", field)
    assert f"no heading “{heading}”" in warning.message


def test_a_label_below_bullets_has_no_figure() -> None:
    text = PLAIN.replace("Work Setting", "📈 Market Demand\n6%\n- Small towns\ngrowth rate\nWork Setting")
    page = parse_text(text)
    assert page.roles[0].value("outlook.growth_percent") is None
    assert list_unread_texts(page) == ["growth rate"]


def test_a_label_without_a_figure_does_not_take_a_word_as_its_figure() -> None:
    text = GUIDE.replace("6%\n\ngrowth rate\n\n$39,000\n\nmedian salary\n\n", "").replace(
        "High\n", "High\n\ngrowth rate\n"
    )
    facts = parse_role(text)
    assert facts.value("outlook.growth_percent") is None
    assert facts.sections[0].blocks == (("paragraph", "Low"), ("paragraph", "Medium"), ("paragraph", "High"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("6%\n\ngrowth rate\n\n$39,000\n\nmedian salary", "6% growth rate\n\n$39,000 median salary"),
        ("Entry-Level\n\n$32,700", "Entry-Level $32,700"),
        ("Entry-Level\n\n$32,700\n\nMid-Level\n\n$39,100", "Entry-Level: $32,700\n\nMid-Level: $39,100"),
        ("Entry-Level\n\n$32,700", "Entry-Level$32,700"),
        ("Median: $39,000", "Median: $39,000 "),
    ],
)
def test_a_label_and_its_figure_may_share_a_line(old: str, new: str) -> None:
    assert old in GUIDE
    facts = parse_role(GUIDE.replace(old, new))
    assert list_pay(facts) == PAY
    assert facts.value("outlook.growth_percent") == 6


@pytest.mark.parametrize("dash", ["–", "-", " — ", " β ", "β€”", "β€“", "â€”"])
@pytest.mark.parametrize("dollar", ["$", ""])
def test_a_range_may_have_any_dash(dash: str, dollar: str) -> None:
    text = GUIDE.replace("30,000—48,000", f"{dollar}30,000{dash}{dollar}48,000")
    assert list_pay(parse_role(text)) == PAY


def write_as_terms(lines: str, page: str) -> str:
    """A guide as HTML in which terms stand beside their values. `lines`: a pattern of both, with two groups."""
    html = "".join(f"<p>{line}</p>" for line in page.split("\n") if line.strip())
    return re.sub(lines, r"<dl><dt>\1</dt><dd>\2</dd></dl>", html)


def test_terms_with_their_values_are_read_as_labels_are() -> None:
    text = re.sub(r"(\d+%|\$39,000)\n+(growth rate|median salary)\n", r"\2: \1\n", GUIDE)
    text = re.sub(r"(Entry-Level|Mid-Level|Senior-Level)\n+", r"\1: ", text)
    html = write_as_terms(r"<p>(Stress Level|Balance Rating|\w+-Level|growth rate|median salary): ([^<]*)</p>", text)
    assert html.count("<dl>") == 7
    plain = parse_text("".join(f"<p>{line}</p>" for line in GUIDE.split("\n") if line.strip()), "page.html")
    assert parse_text(html, "page.html").roles[0].values == plain.roles[0].values
    assert list_unread_texts(parse_text(html, "page.html")) == list_unread_texts(plain)


def test_headings_written_as_terms_head_their_text() -> None:
    html = write_as_terms(r"<p>(\W*Work Setting)</p><p>([^<]*)</p>", GUIDE)
    assert html.count("<dl>") == 1
    sections = parse_text(html, "page.html").roles[0].sections
    assert [section.blocks for section in sections if section.heading == "Work Setting"] == [
        (("paragraph", "Hot, loud and quick."),)
    ]


def test_dollars_may_say_that_they_are_of_the_united_states() -> None:
    text = re.sub(r"\$(?=\d)", "US$", GUIDE).replace("30,000", "US$30,000").replace("48,000\n", "US$48,000\n")
    assert text.count("US$") > 7
    assert list_pay(parse_role(text)) == PAY
    assert list_unread_texts(parse_text(text)) == list_unread_texts(parse_text(GUIDE))


def test_a_figure_that_cannot_be_read_is_asked_for_with_its_line() -> None:
    page = parse_text(GUIDE.replace("6%\n\ngrowth rate", "6 or 7%\n\ngrowth rate"))
    [question] = page.ambiguous
    assert (question.field, question.raw) == ("outlook.growth_percent", "6 or 7%")
    assert [(warning.code, warning.line) for warning in page.warnings] == [("unreadable-value", question.line)]


@pytest.mark.parametrize(
    "span", ["30,000β48,000", "30,000", "30K—48K", "30,000—48,000—60,000", "1" + ",000" * 2000 + "—2,000"]
)
def test_an_unreadable_range_is_reported(span: str) -> None:
    page = parse_text(GUIDE.replace("30,000—48,000", span))
    assert list_pay(page.roles[0]) == [39_000, None, None, 32_700, 39_100, 45_600]
    assert {question.field for question in page.ambiguous} == {"salary.annual_low", "salary.annual_high"}


def test_a_heading_among_the_pay_opens_a_section_of_its_own() -> None:
    page = parse_text(GUIDE.replace("Entry-Level", "Tips and tricks\n\nAsk early.\n\nEntry-Level"))
    assert ("unknown-heading", None) in {(warning.code, warning.role) for warning in page.warnings}
    assert "Tips and tricks" in [section.heading for section in page.roles[0].sections]


def test_the_summary_and_the_note_on_pay_are_kept_as_text_of_their_lines() -> None:
    facts = parse_role(GUIDE)
    assert facts.evidence["summary"].how == facts.evidence["salary.note"].how == "text"
    assert facts.value("salary.note") == FRONT.note
    assert facts.value("summary") == FRONT.summary


def test_a_word_with_a_stop_is_no_summary() -> None:
    page = parse_text(GUIDE.replace(f"\n\n{FRONT.summary}", f"\n\nWelcome!\n\n{FRONT.summary}"))
    assert page.roles[0].value("summary") == FRONT.summary
    assert list_unread_texts(page)[0] == "Welcome!"


ADVERTISEMENT = "Looking for your next job? Search 12,000 openings and apply in one click."


@pytest.mark.parametrize("paragraphs", [(ADVERTISEMENT, FRONT.summary), (FRONT.summary, ADVERTISEMENT)])
def test_an_advertisement_beside_the_summary_is_not_the_summary(paragraphs: tuple[str, str]) -> None:
    page = parse_text(GUIDE.replace(str(FRONT.summary), "\n\n".join(paragraphs)))
    assert page.roles[0].value("summary") == FRONT.summary
    assert ADVERTISEMENT in list_unread_texts(page)


@pytest.mark.parametrize(
    "paragraphs", [("A line cook is up early.", "Every line cook knows that."), (ADVERTISEMENT, "The work is hard.")]
)
def test_a_summary_is_asked_for_where_several_paragraphs_or_none_name_the_role(paragraphs: tuple[str, str]) -> None:
    page = parse_text(GUIDE.replace(str(FRONT.summary), "\n\n".join(paragraphs)))
    assert page.roles[0].value("summary") is None
    assert [question.field for question in page.ambiguous] == ["summary"]


def test_an_advertisement_in_place_of_the_summary_is_asked_for() -> None:
    page = parse_text(GUIDE.replace(str(FRONT.summary), ADVERTISEMENT))
    assert page.roles[0].value("summary") is None
    assert [(question.field, question.raw) for question in page.ambiguous] == [("summary", ADVERTISEMENT)]


def test_a_second_paragraph_of_the_summary_belongs_to_it() -> None:
    more = "They also clean the station at night."
    page = parse_text(GUIDE.replace(str(FRONT.summary), f"{FRONT.summary}\n\n{more}"))
    assert page.roles[0].value("summary") == f"{FRONT.summary} {more}"
    assert more not in list_unread_texts(page)


def test_pay_by_level_is_asked_for_where_figures_stand_above_their_labels() -> None:
    text = GUIDE
    for label, figure in (("Entry-Level", "$32,700"), ("Mid-Level", "$39,100"), ("Senior-Level", "$45,600")):
        assert f"{label}\n\n{figure}" in text
        text = text.replace(f"{label}\n\n{figure}", f"{figure}\n\n{label}")
    page = parse_text(text)
    assert list_pay(page.roles[0]) == [39_000, 30_000, 48_000, None, None, None]
    assert {question.field for question in page.ambiguous} == {
        "salary.annual_entry",
        "salary.annual_mid",
        "salary.annual_senior",
    }


def test_pay_by_level_is_asked_for_where_one_label_in_the_middle_has_no_figure() -> None:
    page = parse_text(
        GUIDE.replace("Entry-Level\n\n$32,700\n\nMid-Level", "$32,700\n\nEntry-Level").replace(
            "Entry-Level\n\n$39,100", "Entry-Level\n\n$39,100\n\nMid-Level"
        )
    )
    assert list_pay(page.roles[0]) == [39_000, 30_000, 48_000, None, None, None]
    assert list_unread_texts(page)[-2:] == ["$32,700", "Mid-Level"]


def test_a_guide_with_the_core_functions_of_another_role_says_so() -> None:
    page = parse_text(GUIDE.replace("Core Functions of the Line Cook Role", "Core Functions of the Baker Role"))
    assert [(warning.code, "about Line Cook" in warning.message) for warning in page.warnings] == [
        ("another-role", True)
    ]
    assert page.roles[0].title == "Line Cook"


@pytest.mark.parametrize("text", ["N/A", "TBD"])
def test_a_word_for_none_in_place_of_the_range_does_not_hide_the_pay_below(text: str) -> None:
    assert "30,000—48,000" in GUIDE
    page = parse_text(GUIDE.replace("30,000—48,000", text))
    assert list_pay(page.roles[0]) == [39_000, None, None, 32_700, 39_100, 45_600]
    assert text in list_unread_texts(page)


def test_a_range_with_a_full_stop_is_no_note_on_pay() -> None:
    page = parse_text(GUIDE.replace("30,000—48,000", "30,000—48,000."))
    assert page.roles[0].value("salary.note") == FRONT.note
    assert {question.field for question in page.ambiguous} == {"salary.annual_low", "salary.annual_high"}


def test_the_rest_of_a_broken_line_is_no_note_on_pay_and_no_summary() -> None:
    text = GUIDE.replace(str(FRONT.note), "The top 10% earn\n\nmore than $48,000.")
    page = parse_text(text.replace(str(FRONT.summary), "A line cook runs\n\none station of a restaurant kitchen."))
    assert page.roles[0].value("salary.note") is None
    assert "more than $48,000." in list_unread_texts(page)
    assert [question.field for question in page.ambiguous] == ["summary"]


def test_the_full_stop_behind_a_rating_is_no_part_of_it() -> None:
    assert CONTENT.stress is not None
    text = PLAIN.replace(f"Stress Level: {CONTENT.stress}", f"Stress Level: {CONTENT.stress}.")
    assert parse_role(text).value("work_life.stress_level") == CONTENT.stress


def test_large_figures_and_negative_growth_are_read() -> None:
    front = replace(
        FRONT, growth=Decimal("-3.5"), median=250_000, span=(110_000, 1_250_000), levels=(120_000, 250_000, 900_000)
    )
    facts = parse_role(guide_writer.write_guide(replace(CONTENT, front=front)))
    assert list_pay(facts) == [250_000, 110_000, 1_250_000, 120_000, 250_000, 900_000]
    assert facts.value("outlook.growth_percent") == Decimal("-3.5")


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Show more", "- Show more"])
def test_show_more_below_the_duties_marks_them_as_truncated(line: str) -> None:
    page = parse_text(PLAIN.replace("Work Setting", f"{line}\nWork Setting"))
    assert page.roles[0].duties_truncated
    assert [duty.text for duty in page.roles[0].duties] == list(CONTENT.duties)
    assert list_unread_texts(page) == []
    assert page.warnings == ()


def test_site_furniture_is_not_a_heading() -> None:
    page = parse_text(
        PLAIN.replace("Work Setting", "Explore jobs\nWork Setting").replace("Portfolio", "Best companies\nPortfolio")
    )
    plain = parse_text(PLAIN)
    assert [section.blocks for section in page.roles[0].sections] == [s.blocks for s in plain.roles[0].sections]
    assert page.warnings == ()


@pytest.mark.parametrize("name", ["Tech Skills", "Soft Abilities", "Key Responsibilities", "Work Setting"])
def test_any_short_line_in_the_skill_map_names_a_tier(name: str) -> None:
    content = replace(CONTENT, tiers=((name, "What it is about.", ("Sauces",)), *CONTENT.tiers))
    facts = parse_role(guide_writer.write_guide(content))
    tiers = [(skill.tier, skill.name) for skill in facts.skills if skill.kind == "listed"]
    assert tiers == [(name, "Sauces"), ("Basics", "Cleaning"), ("Basics", "Knife work")]
    assert [skill.name for skill in facts.skills if skill.kind == "tech"] == list(CONTENT.tech)


@pytest.mark.parametrize("mark", ["1. ", "2) ", "✔ ", "➤ "])
def test_an_entry_in_the_words_of_a_heading_opens_no_section_where_headings_have_no_such_mark(mark: str) -> None:
    entry = f"{mark}Key Responsibilities\n- Late nights."
    page, plain = parse_text(PLAIN.replace("Hot, loud and quick.", f"Hot, loud and quick.\n{entry}")), parse_text(PLAIN)
    assert [duty.text for duty in page.roles[0].duties] == list(CONTENT.duties)
    assert [section.heading for section in page.roles[0].sections] == [s.heading for s in plain.roles[0].sections]
    assert page.roles[0].sections[1].blocks[-1] == ("list", ("Key Responsibilities", "Late nights."))


HEADINGS = re.compile(
    "^(?:Key Resp|Work Setting|Tech S|Skills and|Education|Soft|Job Market|Work-Life|Skill Map|Portfolio)", re.MULTILINE
)


def _mark_headings(text: str, mark: str) -> str:
    """The guide with a mark before each heading; "1." counts them."""
    numbers = count(1)
    return HEADINGS.sub(lambda words: f"{next(numbers)}. {words[0]}" if mark == "1." else f"{mark} {words[0]}", text)


@pytest.mark.parametrize(
    ("mark", "characters"),
    [
        ("📌", ["✔"] * 4),
        ("✔", ["✔"] * 4),
        ("1.", ["1.", "2.", "3.", "4."]),
        ("", ["1.", "2.", "3.", "4."]),
        ("1.", ["-"] * 4),
    ],
)
def test_an_entry_in_the_words_of_a_heading_opens_no_section_where_headings_have_a_mark_too(
    mark: str, characters: list[str]
) -> None:
    entries = ["Knife work", "Soft Abilities", "Portfolio Tips", "Sharpening"]
    below = "\n".join(f"{character} {entry}" for character, entry in zip(characters, entries, strict=True))
    text = _mark_headings(PLAIN, mark).replace("- Knife work", below, 1)
    facts = parse_role(text)
    assert [skill.name for skill in facts.skills if skill.kind == "tech"] == entries
    assert [skill.name for skill in facts.skills if skill.kind == "soft"] == ["Calm under pressure"]
    assert [section.blocks for section in facts.sections] == [section.blocks for section in parse_role(PLAIN).sections]


@pytest.mark.parametrize("joint", [" ", "", "  "])
@pytest.mark.parametrize(
    "heading",
    ["Work Setting", "Tech Stack", "Skills and Qualifications", "Education Level", "Soft Abilities", "Skill Map"],
)
def test_a_heading_that_a_copy_joined_with_the_line_above_it_is_one(heading: str, joint: str) -> None:
    page, plain = parse_text(PLAIN.replace(f"\n{heading}\n", f"{joint}{heading}\n")), parse_text(PLAIN)
    assert describe_roles(page) == describe_roles(plain)
    assert [warning.code for warning in page.warnings] == ["missing-heading"]
    assert f"The heading “{heading}” was joined with the line above it" in page.warnings[0].message


@pytest.mark.parametrize("place", ["Knife work", "Set up the station.", "Take photographs."])
def test_a_line_that_merely_ends_with_the_words_of_a_heading_stays_whole(place: str) -> None:
    without = PLAIN.replace("\nSoft Abilities\n- Calm under pressure", "")
    for text in (PLAIN.replace(place, "What Tech Stack"), without.replace("Cook each", "Soft Abilities\n- Cook each")):
        assert not [warning for warning in parse_text(text).warnings if "was joined" in warning.message]


# --- the end --------------------------------------------------------------------------------------

END = "\n".join(guide_writer.write_guide_end(CONTENT))


@pytest.mark.parametrize(
    "source",
    [
        "Source: Jobicy.com – Licensed under CC BY 4.0",
        "Source: Jobicy.com - Licensed under CC BY 4.0",
        "Source: Jobicy.com β Licensed under CC BY 4.0",
        "Source: Jobicy.com β€” Licensed under CC BY 4.0",
        "Source: Jobicy.com | Licensed under CC BY 4.0",
        "Source: Jobicy.com • Licensed under CC BY 4.0",
        "Source: Jobicy.com. Licensed under CC BY 4.0",
        "Source: Jobicy.com, Licensed under CC BY 4.0.",
        "Source: Jobicy.com Licensed under CC BY 4.0",
        "Source: jobicy — licensed under CC BY 4.0",
    ],
)
def test_the_source_line_may_have_any_dash(source: str) -> None:
    page = parse_text(PLAIN.replace("Source: Jobicy.com — Licensed under CC BY 4.0", source))
    assert (page.publisher, page.licence) == ("Jobicy", "CC BY 4.0")
    assert page.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert page.url == "https://jobicy.com/careers/line-cook"
    assert page.cut_line is None


@pytest.mark.parametrize("joint", [" ", " (", ": "])
def test_the_address_of_the_licence_may_stand_on_its_line(joint: str) -> None:
    page = parse_text(
        PLAIN.replace("CC BY 4.0\n", "CC BY 4.0" + joint).replace("4.0/\n", f"4.0/{')' if '(' in joint else ''}\n")
    )
    assert (page.publisher, page.licence) == ("Jobicy", "CC BY 4.0")
    assert page.licence_url == "https://creativecommons.org/licenses/by/4.0/"


OTHER = guide_writer.write_guide(replace(CONTENT, title="Pastry Chef")).replace("line-cook", "pastry-chef")


@pytest.mark.parametrize("first", [GUIDE, PLAIN])
def test_of_two_guides_in_one_file_the_first_is_read(first: str) -> None:
    page = parse_text(f"{first}\n\n{OTHER}")
    assert (page.roles[0].title, page.url) == ("Line Cook", "https://jobicy.com/careers/line-cook")
    assert [warning.code for warning in page.warnings] == ["second-page"]
    assert "Pastry Chef Career Path Guide" in list_unread_texts(page)


def test_guides_of_two_roles_without_an_end_between_them_are_refused() -> None:
    with pytest.raises(UnreadableError, match="the guides of several roles: Line Cook and Pastry Chef"):
        parse_text(GUIDE.partition("Source:")[0] + OTHER)


def test_links_to_other_guides_below_the_end_name_no_role() -> None:
    page = parse_text(f"{PLAIN}\nPastry Chef Career Path Guide\n")
    assert (page.roles[0].title, page.warnings) == ("Line Cook", ())


@pytest.mark.parametrize("tail", ["/", "/\n", "\n\n", "?utm_source=x", "\nShare\n"])
def test_an_address_may_end_in_a_slash_and_be_followed_by_other_lines(tail: str) -> None:
    page = parse_text(PLAIN + tail)
    assert page.cut_line is None
    assert page.url == "https://jobicy.com/careers/line-cook" + tail.strip().replace("Share", "")


@pytest.mark.parametrize(
    "cut",
    [
        "https://jobicy.com/careers/",
        "https://jobicy.com/careers",
        "https://jobicy.com",
        "https://jobi",
        "https://jobicy.com/careers/line-co",
    ],
)
def test_a_cut_address_is_not_read(cut: str) -> None:
    page = parse_text(PLAIN.replace("https://jobicy.com/careers/line-cook", cut))
    assert page.url is None
    assert page.cut_line is not None


def test_an_address_without_a_path_gives_no_title() -> None:
    lines = [line for line in PLAIN.split("\n") if not line.startswith(("Core", "Path"))]
    with pytest.raises(UnreadableError):
        parse_text("\n".join([*lines[:-1], "Permalink: https://jobicy.com/", "More"]))


# --- other kinds of pages -------------------------------------------------------------------------


def test_prose_with_the_words_of_a_pair_page_is_still_a_guide() -> None:
    prose = "Quality vs speed is the question.\nLearning the trade typically takes 2-4 years."
    page = parse_text(PLAIN.replace("Hot, loud and quick.", prose))
    assert page.layout == "guide"


def test_a_table_within_a_guide_is_kept_as_text() -> None:
    table = "| Country | Cooks | |\n| France | 1,200 | many |"
    page = parse_text(PLAIN.replace("Hot, loud and quick.", f"It typically takes 1-2 years to become good.\n{table}"))
    assert page.layout == "guide"
    assert page.roles[0].title == "Line Cook"
    assert page.roles[0].sections[1].blocks[1:] == (
        ("paragraph", "| Country | Cooks | |"),
        ("paragraph", "| France | 1,200 | many |"),
    )


def test_a_sentence_without_a_figure_is_not_a_pay_note() -> None:
    text = GUIDE.replace(f"{FRONT.note}\n\n", "").replace("Core Functions of the Line Cook Role\n\n", "")
    page = parse_text(text)
    assert page.roles[0].value("salary.note") is None
    assert list_unread_texts(page) == ["remote-friendly", "Plates leave on time."]


@pytest.mark.parametrize("advertisement", ["Advertisement", "Sponsored content", "Share", "Loading..."])
def test_the_place_of_an_advertisement_is_no_heading(advertisement: str) -> None:
    for line in ("Ticket printers", "Hot, loud", "Combi ovens", "Knife work", "growth rate", "Mid-Level"):
        page = parse_text(re.sub(f"^(.*{line})", rf"{advertisement}\n\1", GUIDE, flags=re.MULTILINE))
        assert describe_roles(page) == describe_roles(parse_text(GUIDE)), line
        assert list_unread_texts(page) == ["remote-friendly"]


def test_skills_below_a_tier_whose_name_is_missing_belong_to_no_tier() -> None:
    tiers = (*CONTENT.tiers, ("Later", "What the years bring.", ("Menus", "Costs")))
    text = guide_writer.write_guide(replace(CONTENT, tiers=tiers))
    page = parse_text(re.sub(r"^\W*Later\n+", "", text, flags=re.MULTILINE))
    named = {skill.name: skill.tier for skill in page.roles[0].skills if skill.kind == "listed"}
    assert named == {"Cleaning": "Basics", "Knife work": "Basics", "Menus": None, "Costs": None}
    assert list_warning_codes(page) == [("missing-heading", "skills")]


@pytest.mark.parametrize(
    ("tier", "instead", "start"),
    [("Basics", "", "No tier is named above the skills from this line on"), ("Later", "\n\n", "A gap stands above")],
)
def test_a_tier_that_lost_its_name_and_its_description_is_reported(tier: str, instead: str, start: str) -> None:
    tiers = (*CONTENT.tiers, ("Later", "What the years bring.", ("Menus", "Costs")))
    text = guide_writer.write_guide(replace(CONTENT, tiers=tiers))
    lost = re.sub(rf"^\W*{tier}\n+.*\n+", instead, text, flags=re.MULTILINE)
    [warning] = parse_text(lost).warnings
    assert (warning.code, warning.field) == ("missing-heading", "skills")
    assert warning.message.startswith(start)


def test_a_gap_below_no_tier_is_not_reported_as_one_below_none() -> None:
    tiers = (
        ("Basics", "What the first month asks for.", ("Cleaning", "Cutting")),
        ("Later", "More.", ("Menus", "Costs")),
    )
    text = guide_writer.write_guide(replace(CONTENT, tiers=tiers))
    lost = re.sub(r"^\W*(?:Basics|Later)\n+.*\n+", "\n\n", text, flags=re.MULTILINE)
    [warning] = parse_text(lost).warnings
    assert warning.message == "No tier is named above the skills from this line on."


def test_a_list_of_skills_without_gaps_lacks_no_tier() -> None:
    assert not parse_text(GUIDE.replace("\n\n", "\n")).warnings


@pytest.mark.parametrize("joint", ["\n", "\n\n", ":\n"])
def test_a_heading_that_stands_twice_is_one(joint: str) -> None:
    plain = describe_roles(parse_text(GUIDE))
    headings = [*(section["heading"] for section in plain[0]["sections"]), "Key Responsibilities", "Tech Stack"]
    for heading in headings:
        text = re.sub(f"^(.*{re.escape(heading)})$", rf"\1{joint}\1", GUIDE, count=1, flags=re.MULTILINE)
        assert text != GUIDE
        assert describe_roles(parse_text(text)) == plain, heading


@pytest.mark.parametrize("name", ["Basics:", "1. Basics", "🌱 Basics", "BASICS"])
def test_a_tier_may_be_written_as_a_heading(name: str) -> None:
    facts = parse_role(GUIDE.replace("Basics", name))
    tiers = [(skill.tier, skill.name) for skill in facts.skills if skill.kind == "listed"]
    tier = name.removesuffix(":").removeprefix("🌱 ").removeprefix("1. ")
    assert tiers == [(tier, "Cleaning"), (tier, "Knife work")]


def test_a_line_that_introduces_the_list_of_a_tier_is_not_a_tier() -> None:
    facts = parse_role(GUIDE.replace("What the first month asks for.", "What the first month asks for:"))
    assert {skill.tier for skill in facts.skills if skill.kind == "listed"} == {"Basics"}


# --- what the publisher does not say in its usual words -------------------------------------------


@pytest.mark.parametrize("joint", [". ", ", ", " | ", " / ", " – ", " • ", " and ", " & "])
def test_two_ratings_on_one_line_are_two(joint: str) -> None:
    facts = parse_role(PLAIN.replace("Stress Level: High\nBalance", f"Stress Level: High{joint}Balance"))
    assert (facts.value("work_life.stress_level"), facts.value("work_life.balance_rating")) == ("High", "Fair")


def test_two_ratings_with_nothing_between_them_are_left_to_a_person() -> None:
    page = parse_text(PLAIN.replace("Stress Level: High\nBalance", "Stress Level: HighBalance"))
    assert page.roles[0].value("work_life.stress_level") is None
    assert "goes on with another rating" in "".join(warning.message for warning in page.warnings)


def test_a_rating_that_is_a_dash_is_not_published() -> None:
    facts = parse_role(GUIDE.replace("Stress Level: High", "Stress Level: -").replace("Rating: Fair", "Rating: –"))
    assert (facts.value("work_life.stress_level"), facts.value("work_life.balance_rating")) == (None, None)
    assert facts.evidence["work_life.stress_level"].how == "labelled"


def test_a_rating_among_the_bullets_of_another_section_is_none() -> None:
    facts = parse_role(PLAIN.replace("Plates leave on time.", "Plates leave on time.\n- Stress Level: reporting"))
    assert (facts.value("work_life.stress_level"), facts.value("work_life.balance_rating")) == ("High", "Fair")
    facts = parse_role(PLAIN.replace("Stress Level: High", "- Stress Level: High"))
    assert facts.value("work_life.stress_level") == "High"


@pytest.mark.parametrize("joint", [":", " :", " – ", " — ", " - "])
def test_a_rating_may_follow_its_label_in_another_form(joint: str) -> None:
    page = parse_text(GUIDE.replace("Level: ", f"Level{joint}").replace("Rating: ", f"Rating{joint}"))
    assert [page.roles[0].value(f"work_life.{key}") for key in ("stress_level", "balance_rating")] == ["High", "Fair"]
    assert "unknown-heading" not in {warning.code for warning in page.warnings}


@pytest.mark.parametrize(
    "rest", [" – How It Feels", " - what to expect", ": How It Feels", ": What Helps", " — In Numbers"]
)
def test_the_rest_of_a_heading_behind_the_label_of_a_rating_is_no_rating(rest: str) -> None:
    page = parse_text(GUIDE.replace("Stress Level: High", f"Stress Level{rest}"))
    assert page.roles[0].value("work_life.stress_level") is None
    texts = [*list_unread_texts(page), *(warning.message for warning in page.warnings)]
    kept = [section.heading for section in page.roles[0].sections] + [
        str(section.blocks) for section in page.roles[0].sections
    ]
    assert any(f"Stress Level{rest}" in text for text in [*texts, *kept])


@pytest.mark.parametrize("character", ["-", "•"])
def test_bullets_below_a_tool_are_no_tools_and_are_reported(character: str) -> None:
    page = parse_text(
        GUIDE.replace("Combi ovens", f"Combi ovens\n    {character} for bread\n    {character} for roasts")
    )
    assert page.roles[0].skills == tuple(
        replace(skill, evidence=fact.evidence)
        for skill, fact in zip(parse_role(GUIDE).skills, page.roles[0].skills, strict=True)
    )
    assert list_unread_texts(page) == ["remote-friendly", f"{character} for bread", f"{character} for roasts"]


@pytest.mark.parametrize("mark", [" #", "¶", " 🔗"])
def test_the_mark_of_a_link_behind_a_heading_is_not_part_of_it(mark: str) -> None:
    headings = re.compile("^(Core Functions.*|Key Resp.*|Tech Stack|Soft Abilities|Skill Map|Basics)$", re.MULTILINE)
    assert parse_role(headings.sub(rf"\1{mark}", GUIDE)) == parse_role(GUIDE)


def test_words_for_none_are_no_rating() -> None:
    page = parse_text(GUIDE.replace("Stress Level: High", "Stress Level: N/A"))
    assert page.roles[0].value("work_life.stress_level") is None
    assert list_warning_codes(page) == [("unreadable-value", "work_life.stress_level")]


@pytest.mark.parametrize(
    "heading", ["Annual Salary (UK, GBP)", "Monthly Salary (US, USD)", "Hourly Pay (US)", "Annual Salary"]
)
def test_pay_in_another_unit_is_kept_as_text_with_a_warning(heading: str) -> None:
    page = parse_text(GUIDE.replace("Annual Salary (US, USD)", heading))
    assert list_pay(page.roles[0])[1:] == [None] * 5
    messages = [warning.message for warning in page.warnings if warning.code == "unknown-heading"]
    assert any(f"{heading}” is not known" in message for message in messages)
    assert heading in [section.heading for section in page.roles[0].sections]
