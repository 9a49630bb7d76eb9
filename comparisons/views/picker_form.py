"""The form that asks which roles to compare, with what its template needs."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons.language.messages import chosen_roles
from comparisons.rows import LETTERS, MOST_ROLES
from comparisons.search.results import Match, Title


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
    left_out = [match.typed for match in matches[MOST_ROLES:]]
    sentences = [chosen_roles.ask_for_roles(matches), chosen_roles.explain_left_out(left_out, MOST_ROLES)]
    pickers: list[Picker] = []
    for letter, label, match in zip(LETTERS, chosen_roles.ORDINALS, padded, strict=False):
        unknown = chosen_roles.explain_unknown([match.typed]) if match.typed and not match.role else ""
        choices = [match.role, *match.choices] if match.role and not match.sure else []
        value = match.role.title if match.role else match.typed
        is_open = match.role is None and not any(picker.is_open for picker in pickers)
        pickers.append(Picker(letter, label, value, match.typed, choices, unknown, is_open))
    return {"pickers": pickers, "message": " ".join(filter(None, sentences)), "hidden": hidden}
