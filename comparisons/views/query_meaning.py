"""How a query for a comparison was read, and what else it could mean."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from comparisons.language.messages import chosen_roles
from comparisons.links import add_query, of_roles
from comparisons.queries.current_role import CurrentRole
from comparisons.rows import LETTERS, MOST_ROLES
from comparisons.search.matching import answer_query
from comparisons.search.results import Match, SearchResult, find_namesakes
from comparisons.search.sides import split_sides

MOST_OTHERS = 4


class OtherRole(NamedTuple):
    name: str
    address: str


class MeantRole(NamedTuple):
    """What was typed for a side, the name of the role that it was taken for, and links to others that it could mean.

    `is_clear`: the role is called what was typed.
    """

    letter: str
    typed: str
    name: str
    others: list[OtherRole]
    is_clear: bool


def find_meant_roles(
    slugs: Sequence[str], roles: Sequence[CurrentRole], typed: str, results: Sequence[SearchResult], place_query: str
) -> list[MeantRole]:
    """How a query for a comparison was read, without the sides that name their role outright.

    `slugs`: those of the address, in its order. `results`: those of all sides of what was `typed`. `place_query`: what
    chooses a state, which links keep.
    """
    if len(results[:MOST_ROLES]) != len(slugs):
        return []
    names = {role.slug: role.name for role in roles}
    sides = []
    for index, (letter, result) in enumerate(zip(LETTERS, results, strict=False)):
        if _names_role_outright(result, slugs[index]):
            continue
        others: list[OtherRole] = []
        for title in result.titles:
            if title.slug not in slugs and len(others) < MOST_OTHERS:
                address = of_roles([*slugs[:index], title.slug, *slugs[index + 1 :]])
                others.append(OtherRole(title.title, add_query(add_typed(address, typed), place_query)))
        sides.append(MeantRole(letter, result.typed, names[slugs[index]], others, result.is_clear))
    return sides


def _names_role_outright(result: SearchResult, slug: str) -> bool:
    """Whether what was typed is the title or the short name of the role that the page shows, and of no other."""
    return result.is_own_title and result.roles[0].slug == slug and slug not in find_namesakes(result.roles)


def add_typed(address: str, typed: str) -> str:
    """The address of a comparison with what was typed, so that its page can offer what else that could mean."""
    return f"{address}?{urlencode({'q': typed})}"


def list_likeliest_roles(results: Sequence[SearchResult]) -> list[str]:
    """The slug of the likeliest role of each side, in the order typed; [] for one side, or where one has no role."""
    slugs = [result.roles[0].slug for result in results if result.roles]
    return slugs if len(slugs) == len(results) > 1 else []


def find_slugs_of_sides(typed: str) -> list[str]:
    """The roles of the comparison that words of an address ask for, as above."""
    return list_likeliest_roles(answer_query(typed)) if split_sides(typed) else []


def address_of_matches(matches: Sequence[Match]) -> str:
    """The comparison of as many of these roles as fit; with what was typed where some do not, or could mean others."""
    address = of_roles([match.role.slug for match in matches[:MOST_ROLES] if match.role])
    if all(match.sure for match in matches) and len(matches) <= MOST_ROLES:
        return address
    return add_typed(address, chosen_roles.VERSUS.join(match.typed for match in matches))
