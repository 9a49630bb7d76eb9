"""What the templates of a comparison and of a role need: plain data with every text ready, nothing left to look up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from careers.vocabulary import LABELS, SKILL_KINDS, STORED_IN
from comparisons import formats
from comparisons.charts import Figure, draw_figures
from comparisons.charts.svg import MarkGroup, draw_marks
from comparisons.comparison import Comparison, Side
from comparisons.judging.weighing import read_weights, weight_fields
from comparisons.language import messages, reasons, summary
from comparisons.language.titles import capital, in_prose
from comparisons.language.uncounted import describe_self_employed
from comparisons.language.verdict import write_verdict
from comparisons.links import address, addresses_of_comparison, query_of
from comparisons.queries.group_figures import find_group_figures
from comparisons.queries.place import Place
from comparisons.queries.ranks import rank_role
from comparisons.queries.related import Capture, Neighbour, read_surroundings
from comparisons.queries.roles import MOST_ROLES, CurrentRole, SkillEntry
from comparisons.rows import LETTERS, money_range
from comparisons.search.matching import Match, Title
from comparisons.views.occupation_parts import FoldedList, ListSource, fold, occupation_parts
from comparisons.views.place_parts import place_context, place_form
from comparisons.views.sections.all_figures import all_figures
from comparisons.views.sections.cited_sources import cited_sources
from comparisons.views.sections.compare_next import closest_occupations, next_part
from comparisons.views.sections.daily_work import daily_work
from comparisons.views.sections.getting_in import getting_in, note_of_majors
from comparisons.views.sections.glance import glance_rows
from comparisons.views.sections.listed_skills import note_of_skills
from comparisons.views.sections.origins import notes_of_ratings, notes_of_rows
from comparisons.views.sections.outlook import note_of_new_jobs, outlook
from comparisons.views.sections.pay import pay_part
from comparisons.views.sections.people import people
from comparisons.views.sections.shared_facts import not_on_page, same_for_all
from comparisons.views.sections.skills_shown import skills_shown
from comparisons.views.sections.weights import weights_section
from comparisons.views.skill_tables import rated_tables, technology_lists
from comparisons.views.tables import (
    Heading,
    TableRow,
    build_rows,
    build_sections,
    comparison_headings,
)


def shared_context(
    comparison: Comparison, table_rows: dict[str, TableRow], place: Place | None, unknown: str
) -> dict[str, Any]:
    """What the pages of a comparison and of a single role have in common.

    `place`: the state that the roles are in. `unknown`: what a reader asked for that is no state.
    """
    query = place.query if place else ""
    return place_context(comparison, place, unknown) | {
        "sides": comparison.sides,
        "headings": comparison_headings(comparison.sides),
        "sections": build_sections(comparison, table_rows),
        "section_sources": _section_sources(comparison),
        "figures": {figure.slug: _figure(figure, query) for figure in draw_figures(comparison)},
        "coverage": summary.write_coverage(comparison),
        "skill_places": _skill_places(comparison),
        "lists": occupation_parts(comparison, query),
        "rated": rated_tables(comparison),
        "technology": technology_lists(comparison),
        "sources": cited_sources(comparison, place),
    }


def _section_sources(comparison: Comparison) -> dict[str, list[str]]:
    """Section of shares or ranks -> the titles of the tables that it shows, which say of which years they are."""
    titles: dict[str, list[str]] = {}
    for slug in ("attainment", "ranks", "people"):
        origins = [cell.origins for line in comparison.section(slug).lines for cell in line.cells if cell.origins]
        titles[slug] = list(dict.fromkeys(cell_origins[0].source.title for cell_origins in origins))
    titles["people"] = list(filter(messages.of_employed, titles["people"]))
    return titles


class FigureView(NamedTuple):
    """A figure, the marks of its drawing, and the table with the same figures. `data`: the address for Plotly."""

    figure: Figure
    groups: list[MarkGroup]
    headings: list[Heading]
    data: str


def _figure(figure: Figure, query: str) -> FigureView:
    headings = [Heading(title) for title in figure.head]
    return FigureView(figure, draw_marks(figure.sheet), headings, f"figures/{figure.slug}.json{query}")


class SkillPlace(NamedTuple):
    """Where one role's list of skills stands. `lines`: the lines of the page, in words. `anchor`: that of the page in
    the list of sources."""

    letter: str
    title: str
    lines: str
    anchor: str
    page_name: str
    whose_words: str


def _skill_places(comparison: Comparison) -> list[SkillPlace]:
    """On a page of one role, which is not named, the words begin the sentence."""
    places = []
    for side in comparison.sides:
        source = side.list_sources.get("skills")
        if source is None:
            continue
        numbers = []
        for entry in comparison.skills.lists[side.index]:
            numbers += [origin.get("line") for origin in entry.evidence.values()]
        lines = messages.lines(numbers)
        lines = lines if len(comparison.sides) > 1 else lines.capitalize()
        places.append(
            SkillPlace(side.letter, side.title, lines, source.anchor, source.short, messages.whose_words(source))
        )
    return places


class DutyItem(NamedTuple):
    """`code`: of the source, where the role has duties of several codes."""

    text: str
    code: str


class Work(NamedTuple):
    """What one role does: its summary, or why there is none, its duties, and the sections of a guide.

    `cut_lists`: group of a list -> that our copy of the page holds no such list, or not its end, as a sentence.
    """

    side: Side
    address: str
    no_summary: str
    guide: str
    cut_lists: Mapping[str, str]
    duties: FoldedList[DutyItem]
    duties_place: ListSource | None
    has_codes: bool


# An official occupation can have more than a hundred tasks, a page of a publisher names a dozen duties.
MOST_DUTIES, MOST_FOLDED_DUTIES = 10, 60


def _work(side: Side, query: str = "") -> Work:
    duties = [DutyItem(text, code) for text, code in zip(side.duties, side.duty_codes, strict=True)]
    most = MOST_DUTIES if side.official else len(duties)
    source = side.list_sources.get("duties") if side.official else None
    return Work(
        side,
        address("role", side.slug) + query,
        messages.no_summary(side.summary.missing) if side.summary.missing else "",
        messages.guide(len(side.sections)),
        {group: messages.cut_list(group, reason) for group, reason in side.cut_lists.items()},
        fold(duties, most, MOST_FOLDED_DUTIES),
        ListSource(source.pk, source.short) if source else None,
        any(side.duty_codes),
    )


def role_page(comparison: Comparison, place: Place | None = None, unknown: str = "") -> dict[str, Any]:
    """`place`, `unknown`: as for `shared_context`."""
    side = comparison.sides[0]
    return shared_context(comparison, build_rows(comparison, {}), place, unknown) | {
        "side": side,
        "skill_groups": skill_groups(comparison.skills.lists[0]),
        "work": _work(side),
    }


def surroundings(role: CurrentRole) -> dict[str, Any]:
    """What surrounds a single role: its ranks, its pages, what it can be compared with."""
    around = read_surroundings(role)
    return {
        "code": role.soc_code,
        "ranks": [reasons.rank_sentence(rank) for rank in rank_role(role)],
        "companions": [(companion.role, reasons.companion_reason(companion)) for companion in around.companions],
        "capture_headings": CAPTURE_HEADINGS,
        "captures": [_capture(capture) for capture in around.captures] if len(around.captures) > 1 else [],
        "official": [_official_table(role, neighbour) for neighbour in around.official],
        "closest_to": around.closest_to,
    }


class CaptureRow(NamedTuple):
    """What one page says. Phones show no headings, so each text says what it is."""

    day: str
    publisher: str
    pay: str
    pay_range: str
    jobs: str
    growth: str


CAPTURE_HEADINGS = [Heading(title) for title in ("Day", "Publisher", "Pay a year", "Pay range", "Jobs", "Growth")]


def _capture(capture: Capture) -> CaptureRow:
    pay = formats.MISSING
    if capture.pay is not None:
        pay = f"{formats.dollars(capture.pay)} on average"
    elif capture.median is not None:
        pay = f"{formats.dollars(capture.median)}, the median"
    ends = (capture.low, capture.high)
    return CaptureRow(
        f"{capture.day:%B %Y}" if capture.release else formats.day(capture.day),
        capture.publisher,
        pay,
        money_range(*ends) if ends != (None, None) else formats.MISSING,
        formats.MISSING if capture.jobs is None else formats.counted(capture.jobs, "job"),
        formats.MISSING if capture.growth is None else f"{formats.growth(capture.growth)} growth",
    )


class OfficialRow(NamedTuple):
    """One figure of a role, with its publisher, beside that of an official occupation."""

    name: str
    text: str
    publisher: str
    official_text: str
    official_source: str


class OfficialTable(NamedTuple):
    occupation: Neighbour
    headings: list[Heading]
    rows: list[OfficialRow]


def _official_table(role: CurrentRole, official: Neighbour) -> OfficialTable:
    headings = [Heading("Figure"), Heading(role.name, "role a"), Heading(official.role.title, "role b")]
    source = f"{official.publisher}, {messages.month(official.pay_of)}" if official.pay_of else official.publisher
    compared = [
        _official_row(role, "salary.annual_average", official.pay, formats.dollars, source),
        _official_row(role, "salary.annual_median", official.median, formats.dollars, source),
        _official_row(role, "outlook.job_count", official.jobs, formats.plain, official.publisher),
    ]
    return OfficialTable(official, headings, [row for row in compared if row is not None])


def _official_row(
    role: CurrentRole, key: str, official: int | None, write: Callable[[int], str], source: str
) -> OfficialRow | None:
    """None where neither has the figure. `source`: of the official one, in words."""
    group, field = STORED_IN[key]
    facts = role.groups.get(group)
    value = facts.values[field] if facts else None
    if value is None and official is None:
        return None
    publisher = facts.source.publisher if facts and value is not None else ""
    text = formats.MISSING if value is None else write(value)
    official_text = formats.MISSING if official is None else write(official)
    return OfficialRow(LABELS[key], text, publisher, official_text, "" if official is None else source)


class AskedRole(NamedTuple):
    """A role in the heading of a comparison. `joined`: the word "or" follows."""

    letter: str
    text: str
    joined: bool


def question(sides: Sequence[Side]) -> list[AskedRole]:
    """The heading of a comparison: `Registered nurse or software developer?`"""
    asked = []
    for side in sides:
        left = len(sides) - 1 - side.index
        name = in_prose(side.title) if side.index else capital(in_prose(side.title))
        asked.append(AskedRole(side.letter, name + {0: "?", 1: ""}.get(left, ","), left == 1))
    return asked


def comparison_page(
    comparison: Comparison,
    place: Place | None = None,
    unknown: str = "",
    parameters: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """`place`: the state that the roles are in. `unknown`: what a reader asked for that is no state. `parameters`:
    those of the address, None in a file."""
    sides = comparison.sides
    query = place.query if place else ""
    weights = weight_fields(read_weights(parameters or {}))
    kept = query_of((place.fields if place else {}) | weights)
    group_figures = find_group_figures(comparison.revision, comparison.values_of_one_publisher())
    table_rows = build_rows(comparison, group_figures)
    asked = question(sides)
    context: dict[str, Any] = {
        "meant": [],
        "title": " ".join(f"{role.text} or" if role.joined else role.text for role in asked),
        "question": asked,
        "sides": sides,
        "everyone": messages.EVERYONE.get(len(sides), ""),
        "verdict": write_verdict(comparison),
        "glance": glance_rows(comparison),
        "shared_facts": same_for_all(comparison, group_figures),
        "not_on_page": not_on_page(comparison),
        "self_employed": describe_self_employed(comparison),
        "pay": pay_part(comparison),
        "places": None,
        "years": None,
        "entry": getting_in(comparison),
        "skills": skills_shown(comparison),
        "work": daily_work(comparison),
        "outlook": outlook(comparison),
        "people": people(comparison),
        "weights": None if parameters is None else weights_section(comparison, parameters),
        # What other forms of the page send to keep them.
        "weight_fields": weights,
        "official": closest_occupations(comparison, query),
        "next": next_part(comparison, query),
        "all_figures": all_figures(comparison, table_rows),
        "sources": cited_sources(comparison, place),
        "room": len(sides) < MOST_ROLES,
        "place": place_form(comparison, place, unknown),
        "place_query": query,
        "is_file": parameters is None,
    }
    context["origin_notes_of_page"] = [
        *notes_of_rows(table_rows.values()),
        *notes_of_ratings(comparison),
        *note_of_skills(comparison),
        *note_of_majors(comparison),
        *note_of_new_jobs(comparison),
    ]
    context["contents"] = _contents(context)
    context["glance"] = [row if context.get(row.anchor) else row._replace(anchor="") for row in context["glance"]]
    return context | addresses_of_comparison([side.slug for side in sides], query, kept)


# Section of a comparison -> its name in the list of contents.
_CONTENTS = {
    "pay": "Pay",
    "entry": "Getting in",
    "skills": "Skills",
    "work": "Work",
    "outlook": "Outlook",
    "weights": "What matters",
}
_ANCHORS = {"weights": "weigh-up"}


def _contents(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The anchors and names of the sections that the page has."""
    return [(_ANCHORS.get(part, part), name) for part, name in _CONTENTS.items() if context.get(part)]


class SkillGroup(NamedTuple):
    heading: str
    skills: list[SkillEntry]


def skill_groups(skills: Iterable[SkillEntry]) -> list[SkillGroup]:
    """A role's skills in page order, grouped by kind and tier."""
    return [
        SkillGroup(tier or SKILL_KINDS[kind], list(entries))
        for (kind, tier), entries in groupby(skills, key=lambda skill: (skill.kind, skill.tier))
    ]


class Picker(NamedTuple):
    """One input of the form that asks which roles are meant. `choices`: what the typed words could mean."""

    letter: str
    label: str
    value: str
    typed: str
    choices: list[Title]
    unknown: str


def picker_form(matches: Sequence[Match], hidden: Mapping[str, str]) -> dict[str, Any]:
    """The form for roles that are not clear yet. It has at least two inputs, and clear roles stay filled in."""
    padded = [*matches, *[Match("", None, [], sure=False)] * (2 - len(matches))]
    pickers = []
    for letter, label, match in zip(LETTERS, messages.ORDINALS, padded, strict=False):
        unknown = messages.unknown([match.typed]) if match.typed and not match.role else ""
        choices = [match.role, *match.choices] if match.role and not match.sure else []
        value = match.role.title if match.role else match.typed
        pickers.append(Picker(letter, label, value, match.typed, choices, unknown))
    return {"pickers": pickers, "message": messages.asks(matches), "hidden": hidden}
