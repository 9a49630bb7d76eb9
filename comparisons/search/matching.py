"""Finds roles by what people type: a title in any spelling, its words in any order or only their beginnings, its
initials, or something similar."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db.models import F, Q

from careers.models import Role, RoleAlias, identity
from careers.search_words import significant_words, split_words, to_singular
from comparisons.search import index
from comparisons.search.index import Hit, TypedWord

# Longer than any title; the rest of what is typed is ignored.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# Fewer letters never stand for the one title that they begin.
FEWEST_LETTERS = 3
# How many typed words are looked for.
MOST_WORDS = 6
# So many roles are fetched for each one that is wanted, and the best are shown.
FETCHED = 2
# How many titles are compared letter by letter, and from which ratio on a title is similar.
MOST_COMPARED = 100
SIMILAR = 0.6


class Title(NamedTuple):
    title: str
    slug: str


class Match(NamedTuple):
    """What was typed, and the role that it means, or else the roles that it could mean."""

    typed: str
    role: Title | None
    choices: list[Title]


class SearchResult(NamedTuple):
    """What was typed and the roles found, the best first. `near`: no title has all that was typed, these are similar.
    `instead`: the spelling that found similar titles, where a word was mistyped."""

    typed: str
    roles: list[Hit]
    near: bool = False
    instead: str = ""

    @property
    def titles(self) -> list[Title]:
        """With their publishers where two titles read alike."""
        alike = self.alike
        titles = []
        for hit in self.roles:
            title = f"{hit.title} ({hit.publisher})" if hit.key in alike and hit.publisher else hit.title
            titles.append(Title(title, hit.slug))
        return titles

    @property
    def alike(self) -> set[str]:
        """Keys of titles that several of these roles have: only their publishers tell them apart."""
        keys = [hit.key for hit in self.roles]
        return {key for key in keys if keys.count(key) > 1}


def clean_typed(typed: str) -> str:
    """What was typed, without characters that no title has.

    >>> clean_typed(" Lead\\x00 Tech\\n")
    'Lead Tech'
    """
    letters = [letter if letter.isprintable() else " " * letter.isspace() for letter in typed]
    return "".join(letters)[:MOST_LETTERS].strip()


def find_roles(typed: str, most: int = MOST_SUGGESTIONS) -> SearchResult:
    """Finds roles by their titles, those of all publishers and official ones, in three queries at most."""
    text = clean_typed(typed)
    texts = significant_words(text)[:MOST_WORDS]
    if not texts:
        return SearchResult(text, [])
    texts, looked_up = _look_up(texts)
    if not all(word.meanings for word in looked_up):
        return _find_similar(text, texts, looked_up, most)
    roles = _find_all(looked_up, texts, most)
    if roles:
        return SearchResult(text, roles)
    return SearchResult(text, index.having_any(looked_up, most), near=True)


def _find_similar(text: str, texts: Sequence[str], looked_up: Sequence[TypedWord], most: int) -> SearchResult:
    """Finds roles where no stored word begins with some of the typed ones: those are corrected or left out."""
    corrected = index.correct_words(looked_up)
    corrected_words = {word.text: word for word in corrected if word.meanings}
    if len(corrected_words) < len(corrected):  # no title has the second word of "nurse salary"
        texts = [word for word in texts if word in corrected_words]
        roles = (
            _find_all(list(corrected_words.values()), texts, most, or_any=len(corrected_words) > 1)
            if corrected_words
            else []
        )
        return SearchResult(text, roles, near=bool(roles))
    return _find_corrected(text, texts, corrected, most)


def _look_up(texts: list[str]) -> tuple[list[str], list[TypedWord]]:
    """The typed words, or both as one where that is a word and one of them is not, as in "fire fighter"."""
    joined = "".join(texts) if len(texts) == 2 and texts[0] != texts[1] else ""
    looked_up = index.look_up_words(list(dict.fromkeys([*texts, joined] if joined else texts)))
    if joined:
        joined_word = looked_up.pop()
        if joined_word.meanings and not all(word.meanings for word in looked_up):
            return [joined], [joined_word]
    return texts, looked_up


def _find_all(typed: Sequence[TypedWord], texts: Sequence[str], most: int, *, or_any: bool = False) -> list[Hit]:
    return _best_first(index.having_all(typed, " ".join(texts), FETCHED * most, or_any=or_any), texts, most)


def _find_corrected(text: str, texts: Sequence[str], corrected: Sequence[TypedWord], most: int) -> SearchResult:
    """Finds roles by the likeliest correction of each mistyped word."""
    instead = {word.text: word.meanings[0] for word in corrected if word.is_corrected}
    right = [instead.get(word, word) for word in texts]
    roles = index.having_all(corrected, " ".join(right), FETCHED * most, or_any=len(corrected) > 1)
    with_all_words = [hit for hit in roles if hit.way <= index.ALL_WORDS]
    best = _best_first(with_all_words or roles, right, most)
    return SearchResult(text, best, near=True, instead=_as_spelled(text, instead, with_all_words))


def _best_first(roles: Sequence[Hit], texts: Sequence[str], most: int) -> list[Hit]:
    return sorted(roles, key=lambda hit: (*_order(hit, texts), hit.occupation))[:most]


def _order(hit: Hit, texts: Sequence[str]) -> tuple[object, ...]:
    """The whole title first, then initials, a title that begins so, one with these very words, one with the words in
    this order, and of these the shorter ones."""
    title_words = significant_words(hit.title)
    title, typed = " ".join(title_words), " ".join(texts)
    way = hit.way
    if way <= index.ALL_WORDS:
        if title == typed:
            way = 0
        elif title.startswith(typed):
            way = min(way, 2)
    return (
        way,
        -len(set(title_words).intersection(texts)),
        not _in_order(title_words, texts),
        len(title_words),
        len(hit.title),
        hit.key,
    )


def _in_order(title_words: Sequence[str], texts: Sequence[str]) -> bool:
    """
    >>> _in_order(["lead", "software", "technician"], ["lead", "tech"])
    True
    """
    rest = iter(title_words)
    return all(any(word.startswith(text) for word in rest) for text in texts)


def _as_spelled(text: str, instead: dict[str, str], roles: Sequence[Hit]) -> str:
    """The typed words, the mistyped ones as the best title spells them, in the plural where it has that."""
    if not roles:
        return ""
    spellings = {}
    for hit in reversed(roles):
        for word in split_words(hit.title):
            spellings[to_singular(word)] = word
    right = {typed: spellings.get(word, word) for typed, word in instead.items()}
    return " ".join(right.get(to_singular(word), word) for word in split_words(text))


def resolve_title(typed: str) -> Match:
    """The role that a slug or a title means; else those that it could mean, which may be none."""
    text = clean_typed(typed)
    if not text:
        return Match(typed, None, [])
    role = _find_named(text)
    if role is not None:
        return Match(text, role, [])
    result = find_roles(text)
    if len(result.roles) == 1 and not result.near and len(text) >= FEWEST_LETTERS:
        return Match(text, result.titles[0], [])
    return Match(text, None, result.titles)


def _find_named(text: str) -> Title | None:
    """A role's own title or slug takes precedence over another role's alias, and over an official occupation."""
    key, slug = identity(text), text.lower()
    pages_first = F("soc_code").asc(nulls_first=True)
    named = Role.objects.filter(Q(key=key) | Q(slug=slug)).order_by(pages_first).values_list("title", "slug")
    aliases = RoleAlias.objects.filter(Q(key=key) | Q(slug=slug)).values_list("role__title", "role__slug")
    row = named.first() or aliases.first()
    return Title(*row) if row else None


def suggest_titles(typed: str, most: int = 5) -> list[Title]:
    """Titles with all that was typed, or else similar ones, for people at an address without a role."""
    return find_roles(typed.replace("-", " "), most).titles


def find_similar_titles(key: str, most: int) -> list[Title]:
    """Titles whose spelling is similar to that of the `identity` in `key`, the likest first; in one query."""
    typed = [TypedWord(word, (word,), 0, ("", [])) for word in dict.fromkeys(significant_words(key)[:MOST_WORDS])]
    roles = index.having_any(typed, MOST_COMPARED) if typed else []
    likest = sorted([(_likeness(key, hit.key), hit.title, hit.slug) for hit in roles], reverse=True)
    return [Title(title, slug) for likeness, title, slug in likest[:most] if likeness >= SIMILAR]


def _likeness(typed: str, key: str) -> float:
    """
    >>> _likeness("lead tecnician", "lead technician") > SIMILAR > _likeness("lead tecnician", "nurse")
    True
    """
    matcher = SequenceMatcher(None, key, typed, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR else 0.0


def find_roles_of_other_titles(slugs: Iterable[str]) -> dict[str, str]:
    """Slug of another title -> slug of its role; other slugs are left out."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    aliases = RoleAlias.objects.filter(slug__in=possible).values_list("slug", "role__slug")
    return dict(aliases)


def titles_of_slugs(slugs: Iterable[str]) -> list[Title]:
    """Titles of the roles with these slugs, in the order given; a slug without a role stands for itself."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    stored_titles = dict(Role.objects.filter(slug__in=possible).values_list("slug", "title"))
    return [Title(stored_titles.get(slug, slug), slug) for slug in possible]
