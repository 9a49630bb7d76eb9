"""What the templates of a comparison and of a role need: plain data with every text ready, nothing left to look up."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.comparison import Comparison, Side
from comparisons.judging.weighing import find_refused_weights, read_weights, weight_fields
from comparisons.language.messages import chosen_roles
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.messages.row_notes import describe_only_publisher
from comparisons.language.verdict import write_verdict
from comparisons.language.verdict.outlook_findings import describe_self_employed
from comparisons.language.weight_words import write_refused
from comparisons.links import list_addresses_of_comparison, query_of
from comparisons.queries.group_figures import find_group_figures
from comparisons.queries.place import PRICES, Place
from comparisons.queries.roles import MOST_ROLES
from comparisons.rows import LETTERS
from comparisons.search.results import Match, Title
from comparisons.search.sides import MOST_SIDES
from comparisons.titles import capitalize, in_prose, write_before_or
from comparisons.views.place_parts import build_place_form
from comparisons.views.sections.all_figures import build_all_figures
from comparisons.views.sections.cited_sources import list_cited_sources
from comparisons.views.sections.compare_next import build_next_section, list_closest_occupations, name_figures
from comparisons.views.sections.daily_work import build_work_section
from comparisons.views.sections.figure_lines import build_rows
from comparisons.views.sections.getting_in import build_entry_section, build_majors_note
from comparisons.views.sections.glance import build_glance_rows
from comparisons.views.sections.origins import build_rating_notes, build_row_notes
from comparisons.views.sections.outlook import build_outlook_section
from comparisons.views.sections.pay import build_pay_section
from comparisons.views.sections.people import build_people_section
from comparisons.views.sections.places import build_places_section
from comparisons.views.sections.shared_facts import find_shared_facts, name_missing_facts
from comparisons.views.sections.skills import build_skills_note, build_skills_section
from comparisons.views.sections.weights import build_weights_section
from comparisons.views.sections.years import build_years_section


class AskedRole(NamedTuple):
    """A role in the heading of a comparison. `joined`: the word "or" follows."""

    letter: str
    text: str
    joined: bool

    @property
    def with_or(self) -> str:
        return f"{self.text} or" if self.joined else self.text


def list_asked_roles(sides: Sequence[Side]) -> list[AskedRole]:
    """The heading of a comparison: `Registered nurse or software developer?`"""
    names = [in_prose(side.title) for side in sides]
    *before, last = [capitalize(names[0]), *names[1:]]
    texts = [f"{name}," for name in before]
    if before:
        texts[-1] = write_before_or(before[-1], " ".join([*before[:-1], last]))
    texts.append(f"{last}?")
    joined = len(texts) - 2
    return [AskedRole(side.letter, text, side.index == joined) for side, text in zip(sides, texts, strict=True)]


def build_page_sections(comparison: Comparison, place: Place | None, unknown_state: str) -> dict[str, Any]:
    """What pages of one role and of several have in common.

    `unknown_state`: what a reader asked for, if it names no state.
    """
    group_figures = find_group_figures(comparison.revision, comparison.shared_values())
    table_rows = build_rows(comparison, group_figures)
    outlook = build_outlook_section(comparison)
    return {
        "sides": comparison.sides,
        "everyone": EVERYONE.get(len(comparison.sides), ""),
        "shared_facts": find_shared_facts(comparison, group_figures),
        "self_employed": describe_self_employed(comparison),
        "pay": build_pay_section(comparison),
        "years": build_years_section(comparison),
        "entry": build_entry_section(comparison),
        "skills": build_skills_section(comparison),
        "work": build_work_section(comparison),
        "outlook": outlook,
        "people": build_people_section(comparison),
        "all_figures": build_all_figures(comparison, table_rows),
        "place": build_place_form(comparison, place, unknown_state),
        "place_query": place.query if place else "",
        "origin_notes_of_page": [
            *build_row_notes(comparison, table_rows),
            *build_rating_notes(comparison),
            *build_skills_note(comparison),
            *build_majors_note(comparison),
            *([outlook.origins] if outlook and outlook.origins else []),
        ],
    }


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


def build_comparison_page(
    comparison: Comparison,
    place: Place | None = None,
    unknown_state: str = "",
    parameters: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """`place`: the state that the roles are in. `unknown_state`: what a reader asked for, if it names none.
    `parameters`: those of the address, None in a file."""
    sides = comparison.sides
    is_file = parameters is None
    parameters = parameters or {}
    weights = read_weights(parameters)
    asked = list_asked_roles(sides)
    context = build_page_sections(comparison, place, unknown_state)
    query, years = context["place_query"], context["years"]
    official = list_closest_occupations(comparison, query)
    places = build_places_section(comparison, context["place"], place, adjusted=parameters.get(PRICES) == "1")
    context |= {
        "meant": [],
        "title": " ".join([role.with_or for role in asked]),
        "question": asked,
        "verdict": write_verdict(comparison),
        "only_publisher": describe_only_publisher(comparison),
        "not_on_page": name_missing_facts(comparison, has_states=places is not None, has_years=years is not None),
        "places": places,
        "weights": None if is_file else build_weights_section(comparison, weights, place),
        "refused_weights": write_refused(find_refused_weights(parameters)),
        # What other forms of the page send to keep them.
        "weight_fields": weight_fields(weights),
        "official": official,
        "official_figures": name_figures(comparison) if official else "",
        "next": build_next_section(comparison, query),
        "sources": list_cited_sources(comparison, place, places.levels if places else None),
        "room": len(sides) < MOST_ROLES,
        "is_file": is_file,
        # Sections of a page of one role.
        "adjusted": None,
        "states": None,
    }
    context["origin_notes_of_page"] += [part.origins for part in (places, years) if part]
    context["contents"] = [(_ANCHORS.get(part, part), name) for part, name in _CONTENTS.items() if context.get(part)]
    rows = build_glance_rows(comparison)
    context["glance"] = [row if context.get(row.anchor) else row._replace(anchor="") for row in rows]
    slugs = [side.slug for side in sides]
    kept = query_of((place.fields if place else {}) | context["weight_fields"])
    return context | list_addresses_of_comparison(slugs, query, kept)


class Picker(NamedTuple):
    """One input of the form that asks which roles are meant. `choices`: what the typed words could mean. `is_open`: it
    is the first that names no role."""

    letter: str
    label: str
    value: str
    typed: str
    choices: list[Title]
    unknown: str
    is_open: bool


def build_picker_form(matches: Sequence[Match], hidden: Mapping[str, str]) -> dict[str, Any]:
    """The form for roles that are not clear yet. It has at least two inputs and at most as many as a page has room for,
    and clear roles stay filled in."""
    padded = [*matches, *[Match("", None, [], sure=False)] * (2 - len(matches))]
    left_out = [match.typed for match in matches[MOST_SIDES:]]
    sentences = [chosen_roles.ask_for_roles(matches), chosen_roles.explain_left_out(left_out, MOST_SIDES)]
    pickers: list[Picker] = []
    for letter, label, match in zip(LETTERS, chosen_roles.ORDINALS, padded, strict=False):
        unknown = chosen_roles.explain_unknown([match.typed]) if match.typed and not match.role else ""
        choices = [match.role, *match.choices] if match.role and not match.sure else []
        value = match.role.title if match.role else match.typed
        is_open = match.role is None and not any(picker.is_open for picker in pickers)
        pickers.append(Picker(letter, label, value, match.typed, choices, unknown, is_open))
    return {"pickers": pickers, "message": " ".join(filter(None, sentences)), "hidden": hidden}
