"""Good questions: pairs of roles on the first page, with what makes each of them hard to answer."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from comparisons import formats
from comparisons.charts.lanes import Lane, LaneText, MarkedAxis, choose_ticks, draw_axis, draw_rung, fit_axis_to_marks
from comparisons.language.messages import figure_origins
from comparisons.language.reasons import write_question_reason
from comparisons.links import of_roles
from comparisons.queries.featured import GoodQuestion, Kind
from comparisons.thresholds import ASKED_CLOSE_PAY, ASKED_FAR_PAY, ASKED_LEAST_GAP
from comparisons.titles import capitalize, in_prose, write_before_or

_HEADINGS = {
    Kind.CLOSE_PAY: ("Nearly the same pay", f"less than {ASKED_CLOSE_PAY}% apart, with different education"),
    Kind.BACHELOR: (
        "A bachelor’s degree for both, far apart in pay",
        f"by {ASKED_FAR_PAY[0]}% to {ASKED_FAR_PAY[1]}% of the lower",
    ),
    Kind.NO_DEGREE: ("No degree asked for", f"at least {ASKED_LEAST_GAP}% apart in pay"),
    Kind.SAME_PAGE: ("Set side by side by a publisher", "average pay"),
}


class QuestionRow(NamedTuple):
    """`pays`: of the first and the second role, "" where it is not known."""

    text: str
    address: str
    reason: str
    pays: tuple[str, str]
    lane: Lane


class QuestionGroup(NamedTuple):
    """`note`: what the pairs have in common, in figures."""

    heading: str
    note: str
    rows: Sequence[QuestionRow]


class QuestionTable(NamedTuple):
    """`sources`: the publishers of the figures with their months."""

    unit: str
    sources: Sequence[str]
    groups: Sequence[QuestionGroup]
    ticks: Sequence[LaneText]


def build_question_table(questions: Sequence[GoodQuestion]) -> QuestionTable | None:
    """None where there is nothing to ask."""
    if not questions:
        return None
    roles = chain.from_iterable((question.first, question.second) for question in questions)
    pays = [role.pay for role in roles if role.pay is not None]
    axis = fit_axis_to_marks(pays or [0, 1])
    marked = draw_axis(axis, choose_ticks(axis.low, axis.high, 3) if pays else [], formats.short_dollars)
    groups = []
    for kind, of_kind in groupby(questions, key=lambda question: question.kind):
        heading, note = _HEADINGS[kind]
        groups.append(QuestionGroup(heading, note, [_build_row(question, marked) for question in of_kind]))
    kinds = {question.kind for question in questions}
    return QuestionTable(_name_unit(kinds), _name_sources(questions), groups, marked.ticks)


def _name_unit(kinds: set[Kind]) -> str:
    if Kind.SAME_PAGE not in kinds:
        return "Median pay a year, and what differs"
    return "Average pay a year, and what differs" if len(kinds) == 1 else "Pay a year, and what differs"


def _name_sources(questions: Iterable[GoodQuestion]) -> list[str]:
    cited: dict[str, None] = {}
    for question in questions:
        first = question.first
        when = [figure_origins.write_month(first.release)] if first.release else []
        if first.base_year and first.target_year:
            when.append(formats.shorten_span(first.base_year, first.target_year))
        cited[", ".join([first.publisher, *when])] = None
    return list(cited)


def _build_row(question: GoodQuestion, marked: MarkedAxis) -> QuestionRow:
    first, second = question.first, question.second
    pays = ["" if role.pay is None else formats.dollars(role.pay) for role in (first, second)]
    return QuestionRow(
        f"{write_before_or(capitalize(in_prose(first.name)), in_prose(second.name))} or {in_prose(second.name)}?",
        of_roles([first.slug, second.slug]),
        write_question_reason(question),
        (pays[0], pays[1]),
        draw_rung([("a", first.pay), ("b", second.pay)], marked, 44),
    )
