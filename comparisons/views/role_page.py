"""What the template of a single role needs: the role among all of its publisher, and what it can be compared with."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from careers.vocabulary import LABELS, NOT_IN_SOURCE
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.comparison.role_sides import name_official
from comparisons.formats import money_range
from comparisons.language import reasons
from comparisons.language.messages import figure_origins, found_roles
from comparisons.language.messages.absent_values import shorten_reason
from comparisons.language.rank_sentences import find_beside_middle, write_standing
from comparisons.language.verdict.pay_findings import find_spreads
from comparisons.links import address
from comparisons.queries.companions import Companion, Reason
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.place import Place
from comparisons.queries.ranks import rank_projection, rank_role
from comparisons.queries.related import Capture, Neighbor, read_surroundings
from comparisons.titles import capitalize, in_prose, write_before_or
from comparisons.views.page_sections import build_page_sections
from comparisons.views.place_parts import build_adjusted_section
from comparisons.views.sections.cited_sources import list_cited_sources
from comparisons.views.sections.compare_next import NextPair, build_next_section
from comparisons.views.sections.daily_work import WorkSection
from comparisons.views.sections.ranked_skills import build_ranked_skills
from comparisons.views.sections.role_glance import build_role_glance
from comparisons.views.sections.role_pay import CountryPay, note_of_middle
from comparisons.views.sections.shared_facts import name_missing_facts
from comparisons.views.sections.state_map import StateMap, draw_state_map
from comparisons.views.tables import Heading

# How many questions about the role stand beside its name.
MOST_ASKED = 3


def build_role_page(
    comparison: Comparison, national: CurrentRole, place: Place | None, unknown_state: str
) -> dict[str, Any]:
    """`comparison`: of the role alone. `national`: the role with the figures of the whole country, by which it is
    ranked. `place`: the state that a reader chose. `unknown_state`: what a reader asked for, if it names none."""
    [side] = comparison.sides
    context = build_page_sections(comparison, place, unknown_state)
    query, years, pay = context["place_query"], context["years"], context["pay"]
    ranks = {rank.column: rank for rank in [*rank_role(national), *rank_projection(national)]}
    by_state = draw_state_map(comparison, place)
    has_states = by_state is not None and by_state.origins is not None
    glance = build_role_glance(comparison, ranks, _find_country_pay(national, by_state) if place else None)
    finding = find_beside_middle(comparison) or find_spreads(comparison)
    context |= {
        "side": side,
        "say": write_standing(comparison, ranks),
        "titles": found_roles.list_titles(side.role.titles, side.title),
        "glance": glance,
        "not_on_page": name_missing_facts(comparison, has_states=has_states, has_years=years is not None),
        "pay": pay._replace(finding=finding) if pay else None,
        "adjusted": build_adjusted_section(comparison, place),
        "states": by_state,
        "places": None,  # that section is of several roles
        "ranked": build_ranked_skills(comparison),
        "work": _shorten_work(side, context["work"]),
        "sources": list_cited_sources(comparison, place, by_state.levels if by_state else None),
        "is_file": False,
        "json": address("role_json", side.slug) + query,
        "csv": address("role_csv", side.slug) + query,
        "file": "",
    }
    context["origin_notes_of_page"] += [part.origins for part in (by_state, years) if part and part.origins]
    context["origin_notes_of_page"] += note_of_middle(comparison, ranks.values(), glance)
    return context | _compared_with(comparison, national, query)


def _compared_with(comparison: Comparison, national: CurrentRole, query: str) -> dict[str, Any]:
    """What the role can be compared with: other roles, the closest occupation, and its own earlier captures."""
    [side] = comparison.sides
    surroundings = read_surroundings(national)
    related = build_next_section(comparison, query)
    pairs = list(related.lists[0].pairs) if related else []
    listed = {pair.address for pair in pairs}
    close = [companion for companion in surroundings.companions if companion.reason is not Reason.SIMILAR_TITLE]
    return {
        "asked": [*pairs, *_pair_companions(side, close, listed, query)][:MOST_ASKED],
        "related": pairs,
        "related_sources": related.sources if related else [],
        "related_figures": related.figures if related else "",
        "companions": _pair_companions(side, surroundings.companions, listed, query),
        "closest_occupations": [_build_official_table(comparison, neighbor) for neighbor in surroundings.closest],
        "closest_to": surroundings.closest_to,
        "capture_headings": CAPTURE_HEADINGS,
        "captures": [_describe_capture(capture) for capture in surroundings.captures]
        if len(surroundings.captures) > 1
        else [],
    }


def _find_country_pay(national: CurrentRole, by_state: StateMap | None) -> CountryPay | None:
    """Pay in the whole country in the same month, to stand beside that of a state."""
    salary = national.groups.get("salary")
    if salary is None or by_state is None or by_state.origins is None:
        return None
    if salary.source.figures_of != national.list_sources["area_pay"].figures_of:
        return None
    for field in ("annual_median", "hourly_median"):
        if salary.values[field] is not None:
            return CountryPay(f"salary.{field}", salary.values[field], by_state.origins.anchor)
    return None


def _shorten_work(side: Side, work: WorkSection | None) -> WorkSection | None:
    """The work without what stands beside the name of the role; None where nothing is left."""
    if work is None:
        return None
    columns = []
    for column in work.columns:
        if column.duties or column.guide or side.cut_lists:
            columns.append(column._replace(title="What they do", summary="", also_called=""))
    if not columns and work.rows is None:
        return None
    return work._replace(columns=columns)


def _pair_companions(side: Side, companions: Sequence[Companion], listed: set[str], query: str) -> list[NextPair]:
    """Roles that are worth comparing with it, with the reasons. `listed`: the addresses that the page has already."""
    pairs = []
    for companion in companions:
        where = address("comparison", side.slug, companion.role.slug) + query
        if where not in listed:
            name, other = _name_apart(side, companion.role.title)
            name = write_before_or(capitalize(name), other)
            pairs.append(NextPair(where, name, other, reasons.write_companion_reason(companion)))
    return pairs


def _name_apart(side: Side, other: str) -> tuple[str, str]:
    """The name of the role and that of another one in a sentence; of two with the same name one is official."""
    name, other_name = in_prose(side.title), in_prose(other)
    if name != other_name:
        return name, other_name
    return (name_official(name), other_name) if side.official else (name, name_official(other_name))


CAPTURE_HEADINGS = [Heading(title) for title in ("Day", "Publisher", "Pay a year", "Pay range", "Jobs", "Growth")]


def _describe_capture(capture: Capture) -> list[str]:
    """What one page says, in the order of the headings. Phones show none, so each text says what it is."""
    pay = formats.MISSING
    if capture.median is not None:
        pay = f"{formats.dollars(capture.median)}, the median"
    elif capture.pay is not None:
        pay = f"{formats.dollars(capture.pay)} on average"
    ends = (capture.low, capture.high)
    return [
        f"{capture.day:%B %Y}" if capture.release else formats.day(capture.day),
        capture.publisher,
        pay,
        money_range(*ends) if ends != (None, None) else formats.MISSING,
        formats.MISSING if capture.jobs is None else formats.counted(capture.jobs, "job"),
        formats.MISSING if capture.growth is None else f"{formats.growth(capture.growth)} growth",
    ]


class OfficialRow(NamedTuple):
    """One figure of a role, with its publisher, beside that of an official occupation."""

    name: str
    text: str
    publisher: str
    official_text: str
    official_source: str


class OfficialTable(NamedTuple):
    occupation: Neighbor
    headings: list[Heading]
    rows: list[OfficialRow]


def _build_official_table(comparison: Comparison, occupation: Neighbor) -> OfficialTable:
    [side] = comparison.sides
    headings = [Heading("Figure"), Heading(side.title, "role a"), Heading(occupation.role.title, "role b")]
    of_pay, of_jobs = (_name_source(occupation.publisher, day) for day in (occupation.pay_of, occupation.jobs_of))
    compared = [
        _build_official_row(comparison, "salary.annual_average", occupation.pay, formats.dollars, of_pay),
        _build_official_row(comparison, "salary.annual_median", occupation.median, formats.dollars, of_pay),
        _build_official_row(comparison, "outlook.job_count", occupation.jobs, formats.plain, of_jobs),
    ]
    return OfficialTable(occupation, headings, [row for row in compared if row is not None])


def _name_source(publisher: str, day: date | None) -> str:
    return f"{publisher}, {figure_origins.write_month(day)}" if day else publisher


def _build_official_row(
    comparison: Comparison, key: str, figure: int | None, write: Callable[[int], str], source: str
) -> OfficialRow | None:
    """None where neither has a figure. `figure`: that of the occupation; `source`: where it is from, in words."""
    line = comparison.by_key.get(key)
    if line is None and figure is None:
        return None
    official_text = formats.MISSING if figure is None else write(figure)
    official_source = "" if figure is None else source
    if line is None:
        return OfficialRow(LABELS[key], NOT_IN_SOURCE, "", official_text, official_source)
    [cell] = line.cells
    text = shorten_reason(cell.missing) if cell.value is None else cell.text
    return OfficialRow(LABELS[key], text, cell.publisher, official_text, official_source)
