"""What the template of a comparison needs: plain data with every text ready, nothing left to look up."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.comparison import Comparison, Side
from comparisons.judging.weighing import find_refused_weights, read_weights, weight_fields
from comparisons.language.messages.row_notes import describe_only_publisher
from comparisons.language.verdict import write_verdict
from comparisons.language.weight_words import write_refused
from comparisons.links import list_addresses_of_comparison, query_of
from comparisons.queries.place import PRICES, Place
from comparisons.rows import MOST_ROLES
from comparisons.titles import capitalize, in_prose, write_before_or
from comparisons.views.page_sections import build_page_sections
from comparisons.views.sections.cited_sources import list_cited_sources
from comparisons.views.sections.compare_next import build_next_section, list_closest_occupations, name_figures
from comparisons.views.sections.glance import build_glance_rows
from comparisons.views.sections.places import build_places_section
from comparisons.views.sections.shared_facts import name_missing_facts
from comparisons.views.sections.weights import build_weights_section


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
    closest_occupations = list_closest_occupations(comparison, query)
    places = build_places_section(comparison, context["place"], place, adjusted=parameters.get(PRICES) == "1")
    context |= {
        # What a typed query was taken for; files have none.
        "meant": [],
        "left_out": "",
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
        "closest_occupations": closest_occupations,
        "official_figures": name_figures(comparison) if closest_occupations else "",
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
