"""Invented facts, written as a page and read back: every value equal, or null and reported.

An unclear value must count the true reading among its candidates. The pages are drawn the same
way in every run.
"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.spelling import fold_spelling
from careers.vocabulary import STORED_IN
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.readers import READER_OF
from ingest.parsing.role_facts import RoleFacts
from tests.ingest import html_writer, pair_writer
from tests.ingest.disturbances import DISTURBANCES
from tests.ingest.drawn_pages import HTML_STYLES, SOME, parse_text
from tests.ingest.drawn_pairs import pairs
from tests.ingest.html_writer import HtmlStyle
from tests.ingest.pair_writer import BANDS, KEYS_OF_TABLES, PairContent, RoleContent

pytestmark = pytest.mark.without_coverage


def list_keys_in_tables(*tables: str) -> set[str]:
    return {key for table in tables for key in KEYS_OF_TABLES[table]}


def find_wrong_values(page: ParsedPage, content: PairContent) -> list[str]:
    """Values that were read and are not on the page, or are on it and were neither read nor reported."""
    faults = []
    for role, truth in zip(page.roles, content.roles, strict=True):
        if role.title != truth.title:
            faults.append(f"title {role.title!r}, not {truth.title!r}")
        for key in list_keys_in_tables(*content.tables):
            read, wanted = role.value(key), truth.values[key]
            if read != wanted and (read is not None or not _is_reported(page, role, key, wanted)):
                faults.append(f"{role.title}: {key} is {read!r}, not {wanted!r}")
        for key in STORED_IN.keys() - list_keys_in_tables(*content.tables) - _TOLD_BY_SENTENCES:
            if role.value(key) is not None:
                faults.append(f"{role.title}: {key} is {role.value(key)!r}, and stands nowhere")
        faults += _find_wrong_time(role, truth, content)
        if role.value("summary") != truth.summary:
            faults.append(f"{role.title}: the summary is {role.value('summary')!r}, not {truth.summary!r}")
    return faults


_TOLD_BY_SENTENCES = {"entry.months_low", "entry.months_high", "summary", "occupation_group"}


def _find_wrong_time(role: RoleFacts, truth: RoleContent, content: PairContent) -> list[str]:
    _, low, high = BANDS[truth.values["entry.years_of_experience"]]
    wanted = (low, high) if content.time else (None, None)
    read = (role.value("entry.months_low"), role.value("entry.months_high"))
    return [] if read == wanted else [f"{role.title}: {read} months, not {wanted}"]


def _is_reported(page: ParsedPage, role: RoleFacts, key: str, wanted: Any) -> bool:
    """Whether the true value is among the candidates of an ambiguous one."""
    label = READER_OF[key]
    for question in page.ambiguous:
        if (question.field, question.role) == (label.keys[0], role.title):
            at = label.keys.index(key)
            read = [None if text is None else label.read(text)[at] for text in question.candidates]
            return wanted in read
    return False


def find_wrong_skills(page: ParsedPage, content: PairContent, *, bullets: bool) -> list[str]:
    faults = []
    for role, truth in zip(page.roles, content.roles, strict=True):
        listed = list(truth.listed) if bullets else []
        names = {fold_spelling(name) for name, _ in listed}
        spoken = [(name, None) for name in truth.named if fold_spelling(name) not in names]
        read = [(skill.name, skill.percent) for skill in role.skills]
        unclear = [question for question in page.ambiguous if (question.field, question.role) == ("skills", role.title)]
        if unclear:
            if "; ".join(truth.named) not in unclear[0].candidates or read != listed:
                faults.append(f"{role.title}: {read}, and perhaps {unclear[0].candidates}")
        elif read != [*listed, *spoken]:
            faults.append(f"{role.title}: {read}, not {[*listed, *spoken]}")
    return faults


def find_wrong_duties(page: ParsedPage, content: PairContent) -> list[str]:
    faults = []
    for role, truth in zip(page.roles, content.roles, strict=True):
        read = tuple(duty.text for duty in role.duties), role.duties_truncated
        if read != (truth.duties, truth.more and bool(truth.duties)):
            faults.append(f"{role.title}: {read}")
    return faults


@given(pairs())
@SOME
def test_a_pipe_page_gives_what_was_written(content: PairContent) -> None:
    page = parse_text("page.txt", pair_writer.write_pipe(content))
    assert page.layout == "pipe"
    assert find_wrong_values(page, content) == []
    assert find_wrong_skills(page, content, bullets=False) == []
    assert [question for question in page.ambiguous if question.field != "skills"] == []
    assert page.unread == ()


@given(pairs())
@settings(SOME, max_examples=80)
def test_a_run_together_page_gives_what_was_written_or_reports_it_as_unclear(content: PairContent) -> None:
    page = parse_text("page.txt", pair_writer.run_together(content))
    assert page.layout == "run-together"
    assert find_wrong_values(page, content) == []
    assert find_wrong_skills(page, content, bullets=True) == []
    assert find_wrong_duties(page, content) == []
    assert page.roles[0].value("occupation_group") == content.group
    assert page.unread == ()


@given(pairs())
@SOME
def test_names_learned_from_pipe_pages_split_run_together_names(content: PairContent) -> None:
    names: dict[str, set[str]] = {}
    for name in parse_text("page.txt", pair_writer.write_pipe(content)).learned:
        names.setdefault(name.kind, set()).add(name.name)
    knowledge = Knowledge(names={kind: frozenset(of_kind) for kind, of_kind in names.items()})
    page = parse_text("page.txt", pair_writer.run_together(content), knowledge)
    assert find_wrong_values(page, content) == []
    named = {"salary.top_company", "salary.top_industry", "education.major", "education.college"}
    assert named.isdisjoint(question.field for question in page.ambiguous)


@given(pairs(), st.sampled_from(["outlook.job_count", "entry.years_of_experience"]))
@SOME
def test_a_stored_figure_chooses_between_readings_and_never_replaces_them(content: PairContent, key: str) -> None:
    a, _ = content.roles
    figures = {(fold_spelling(a.title), key): frozenset({a.values[key]})}
    page = parse_text("page.txt", pair_writer.run_together(content), Knowledge(figures=figures))
    assert find_wrong_values(page, content) == []


@given(pairs(), HTML_STYLES)
@SOME
def test_a_saved_page_gives_what_was_written_in_any_markup(content: PairContent, style: HtmlStyle) -> None:
    page = parse_text("page.html", html_writer.write_html(content, style))
    assert find_wrong_values(page, content) == []
    assert find_wrong_skills(page, content, bullets=True) == []
    assert find_wrong_duties(page, content) == []
    assert [question for question in page.ambiguous if question.field != "skills"] == []
    assert page.unread == ()


@given(pairs(), st.sampled_from(list(DISTURBANCES)), st.booleans())
@SOME
def test_line_ends_blanks_and_unrelated_lines_change_no_value(
    content: PairContent, disturbance: str, is_run_together: bool
) -> None:
    text = pair_writer.run_together(content) if is_run_together else pair_writer.write_pipe(content)
    page = parse_text("page.txt", DISTURBANCES[disturbance](text))
    assert find_wrong_values(page, content) == []
    assert find_wrong_skills(page, content, bullets=is_run_together) == []


@given(pairs(), st.data())
@SOME
def test_lost_lines_make_values_missing_and_never_wrong(content: PairContent, data: st.DataObject) -> None:
    write = data.draw(st.sampled_from([pair_writer.write_pipe, pair_writer.run_together]))
    lines = write(content).split("\n")
    tables = [at for at, line in enumerate(lines) if line.startswith(("|", *_LABELS))]
    lost = data.draw(st.sets(st.sampled_from(tables)))
    try:
        page = parse_text("page.txt", "\n".join(line for at, line in enumerate(lines) if at not in lost))
    except UnreadableError:
        return  # too much is lost to tell what it was
    for role, truth in zip(page.roles, content.roles, strict=True):
        for key in list_keys_in_tables(*content.tables):
            assert role.value(key) in (None, truth.values[key])


_LABELS = tuple(label for table in pair_writer.TABLES.values() for label, _ in table)
