"""What a search gives: the roles that were found, and what a text means."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from careers.spelling import fold_spelling

# `found`: the best role is called what was typed; `nearest`: it has something of it.
MatchKind = Literal["found", "nearest", "nothing"]


class Title(NamedTuple):
    title: str
    slug: str


class Match(NamedTuple):
    """What was typed, the role that it means, None for none, and other roles that it could mean.

    `sure`: it is the title or the address of the role.
    """

    typed: str
    role: Title | None
    choices: list[Title]
    sure: bool


class Hit(NamedTuple):
    """A role that was found. `name`: a short name of an occupation, else its title. `called`: the title that was typed,
    where that is another one. `is_called`: a title of it is the whole text, apart from filler and ranks.

    The pay is current, by `publisher`. `figures_of`: the first day of the month that it is of, if that is known;
    `captured_on`: when its page was saved.
    """

    title: str
    slug: str
    name: str
    occupation: bool
    called: str
    annual_average: int | None
    median: int | None
    figures_of: date | None
    captured_on: date | None
    jobs: int | None
    publisher: str
    is_called: bool


class SearchResult(NamedTuple):
    """What was typed and the roles found, the best first. `instead`: how mistyped words were read. `is_own_title`: the
    text is the title or the short name of the best."""

    typed: str
    roles: list[Hit]
    match: MatchKind = "nothing"
    instead: str = ""
    is_own_title: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether what was typed was found without reading it as something else."""
        return self.match == "found" and not self.instead

    @property
    def titles(self) -> list[Title]:
        """Names with their publishers where two read alike."""
        namesakes = find_namesakes(self.roles)
        titles = []
        for hit in self.roles:
            name = f"{hit.name} ({hit.publisher})" if hit.slug in namesakes and hit.publisher else hit.name
            titles.append(Title(name, hit.slug))
        return titles


def find_namesakes(roles: Sequence[Hit]) -> set[str]:
    """Slugs of the roles that share their name with another one: only their publishers tell them apart."""
    names = [fold_spelling(hit.name) for hit in roles]
    return {hit.slug for hit, name in zip(roles, names, strict=True) if names.count(name) > 1}
