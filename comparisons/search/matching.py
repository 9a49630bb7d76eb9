"""Finding roles by what people type: a title in any spelling, its words in any order, their beginnings, its initials,
or something near it."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db.models import F, Q

from careers.models import Role, RoleAlias, identity
from careers.search_words import significant_words, split_words, to_singular
from comparisons.search import index
from comparisons.search.index import Hit, Typed

# Longer than any title; what is typed beyond it is not looked at.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# So many letters that begin one title alone stand for it.
FEWEST_LETTERS = 3
# How many typed words are looked at.
MOST_WORDS = 6
# For each role that is wanted so many are fetched, of which the best are shown.
FETCHED = 2
# How many titles are compared letter by letter, and how alike one must be to count as near.
MOST_COMPARED = 100
NEAR = 0.6


class Title(NamedTuple):
    title: str
    slug: str


class Match(NamedTuple):
    """What was typed, the one role it means, or else the roles that it could mean."""

    typed: str
    role: Title | None
    choices: list[Title]


class SearchResult(NamedTuple):
    """What was typed and the roles it finds, the best first. `near`: none has all that was typed, these are like it.
    `instead`: the spelling that the near ones were found by, where a word was mistyped."""

    typed: str
    roles: list[Hit]
    near: bool = False
    instead: str = ""

    @property
    def titles(self) -> list[Title]:
        """With their publishers where two read alike."""
        return [
            Title(f"{hit.title} ({hit.publisher})" if hit.key in self.alike and hit.publisher else hit.title, hit.slug)
            for hit in self.roles
        ]

    @property
    def alike(self) -> set[str]:
        """Keys of titles that several of these roles have: only their publishers tell them apart."""
        keys = [hit.key for hit in self.roles]
        return {key for key in keys if keys.count(key) > 1}


def clean_typed(typed: str) -> str:
    """What was typed, without what no title holds.

    >>> clean_typed(" Lead\\x00 Tech\\n")
    'Lead Tech'
    """
    return "".join(letter if letter.isprintable() else " " * letter.isspace() for letter in typed)[
        :MOST_LETTERS
    ].strip()


def find_roles(typed: str, most: int = MOST_SUGGESTIONS) -> SearchResult:
    """Roles by their titles, all publishers' and official ones, in three queries at most."""
    text = clean_typed(typed)
    heard = significant_words(text)[:MOST_WORDS]
    if not heard:
        return SearchResult(text, [])
    asked = index.meanings(list(dict.fromkeys([*heard, *_joined(heard)])))
    joined = asked.pop() if _joined(heard) else None
    if not all(each.meanings for each in asked) and joined and joined.meanings:
        heard, asked = [joined.word], [joined]
    if all(each.meanings for each in asked):
        roles = _best_first(index.having_all(asked, " ".join(heard), FETCHED * most), heard, most)
        return SearchResult(text, roles) if roles else SearchResult(text, index.having_any(asked, most), near=True)
    right = index.corrected(asked)
    known = [each for each in right if each.meanings]
    if len(known) < len(right):  # of "nurse salary" no title has the second word
        heard = [word for word in heard if any(each.word == word for each in known)]
        roles = index.having_all(known, " ".join(heard), FETCHED * most, or_any=len(known) > 1) if known else []
        return SearchResult(text, _best_first(roles, heard, most), near=bool(roles))
    instead = {wrong.word: each.meanings[0] for wrong, each in zip(asked, right, strict=True) if not wrong.meanings}
    heard = [instead.get(word, word) for word in heard]
    roles = index.having_all(right, " ".join(heard), FETCHED * most, or_any=len(right) > 1)
    together = [hit for hit in roles if hit.way <= index.ALL_WORDS]
    best = _best_first(together or roles, heard, most)
    return SearchResult(text, best, near=True, instead=_as_spelled(text, instead, together))


def _joined(heard: Sequence[str]) -> list[str]:
    """What two typed words are as one, as "fire fighter" is: it is asked for with them."""
    return ["".join(heard)] if len(heard) == 2 and heard[0] != heard[1] else []


def _best_first(roles: Sequence[Hit], heard: Sequence[str], most: int) -> list[Hit]:
    return sorted(roles, key=lambda hit: (*_place(hit, heard), hit.occupation))[:most]


def _place(hit: Hit, heard: Sequence[str]) -> tuple[object, ...]:
    """The whole title; initials; a title that begins so; one with these very words, or with the words in this order;
    of these the shorter ones."""
    own = significant_words(hit.title)
    title, typed = " ".join(own), " ".join(heard)
    way = 0 if title == typed else 2 if title.startswith(typed) else 4
    very_words = -len(set(own).intersection(heard))
    return (
        max(hit.way, 5) if hit.way > 4 else min(way, hit.way),
        very_words,
        not _in_order(own, heard),
        len(own),
        len(hit.title),
        hit.key,
    )


def _in_order(own: Sequence[str], heard: Sequence[str]) -> bool:
    """
    >>> _in_order(["lead", "software", "technician"], ["lead", "tech"])
    True
    """
    rest = iter(own)
    return all(any(word.startswith(typed) for word in rest) for typed in heard)


def _as_spelled(text: str, instead: dict[str, str], roles: Sequence[Hit]) -> str:
    """The typed words with the mistyped ones as the best title has them: a plural is shown as one."""
    shown = {to_singular(word): word for hit in reversed(roles) for word in split_words(hit.title)}
    right = {typed: shown.get(word, word) for typed, word in instead.items()}
    return " ".join(right.get(to_singular(word), word) for word in split_words(text)) if roles else ""


def resolve_title(typed: str) -> Match:
    """The role that a slug or a title means; else those that it could mean, which may be none."""
    text = clean_typed(typed)
    if not text:
        return Match(typed, None, [])
    role = _named(text)
    if role is not None:
        return Match(text, role, [])
    found = find_roles(text)
    if len(found.roles) == 1 and not found.near and len(text) >= FEWEST_LETTERS:
        return Match(text, found.titles[0], [])
    return Match(text, None, found.titles)


def _named(text: str) -> Title | None:
    """A role's own title or slug goes before another role's alias, and before an official occupation of that title."""
    key, slug = identity(text), text.lower()
    pages_first = F("soc_code").asc(nulls_first=True)
    own = Role.objects.filter(Q(key=key) | Q(slug=slug)).order_by(pages_first).values_list("title", "slug")
    alias = RoleAlias.objects.filter(Q(key=key) | Q(slug=slug)).values_list("role__title", "role__slug")
    row = own.first() or alias.first()
    return Title(*row) if row else None


def suggest_titles(typed: str, most: int = 5) -> list[Title]:
    """Titles that have all that was typed, or else something near it: for who came to an address without a role."""
    return find_roles(typed.replace("-", " "), most).titles


def find_similar_titles(key: str, most: int) -> list[Title]:
    """Titles spelled much like one whose `identity` this is, the likest first; in one query."""
    typed = [Typed(word, (word,), 0, ("", [])) for word in dict.fromkeys(significant_words(key)[:MOST_WORDS])]
    roles = index.having_any(typed, MOST_COMPARED) if typed else []
    alike = sorted(((_alike(key, hit.key), hit.title, hit.slug) for hit in roles), reverse=True)
    return [Title(title, slug) for likeness, title, slug in alike[:most] if likeness >= NEAR]


def _alike(typed: str, key: str) -> float:
    """
    >>> _alike("lead tecnician", "lead technician") > NEAR > _alike("lead tecnician", "nurse")
    True
    """
    matcher = SequenceMatcher(None, key, typed, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR else 0.0


def find_roles_of_other_titles(slugs: Iterable[str]) -> dict[str, str]:
    """Slug of another title -> slug of its role, for those that are such."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    aliases = RoleAlias.objects.filter(slug__in=possible).values_list("slug", "role__slug")
    return dict(aliases)


def titles_of_slugs(slugs: Iterable[str]) -> list[Title]:
    """What roles have these slugs, in this order; a slug that no role has stands for itself."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    known = dict(Role.objects.filter(slug__in=possible).values_list("slug", "title"))
    return [Title(known.get(slug, slug), slug) for slug in possible]
