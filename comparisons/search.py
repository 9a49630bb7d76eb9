"""Finding roles by what people type: a title in any spelling, its beginning, or something near it."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from django.db.models import F, Q

from careers.models import Role, RoleAlias, identity

# Longer than any title; what is typed beyond it is not looked at.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# So many letters that begin one title alone stand for it.
FEWEST_LETTERS = 3
# How many titles are compared letter by letter, and how alike one must be to count as near.
MOST_COMPARED = 200
NEAR = 0.6
# How many typed words are looked at, and how alike one must be to a word of a title.
MOST_WORDS = 6
NEAR_WORD = 0.75
# Titles of which only the words are compared, each different word once: that is cheap, so more of them.
MOST_READ = 1000
# What a word of a title can stand behind.
_BEFORE_WORDS = " /-("


class Title(NamedTuple):
    title: str
    slug: str


class Match(NamedTuple):
    """What was typed, the one role it means, or else the roles that it could mean."""

    typed: str
    role: Title | None
    choices: list[Title]


def cleaned(typed: str) -> str:
    """What was typed, without what no title holds.

    >>> cleaned(" Lead\\x00 Tech\\n")
    'Lead Tech'
    """
    return "".join(letter if letter.isprintable() else " " * letter.isspace() for letter in typed)[
        :MOST_LETTERS
    ].strip()


def resolve(typed: str) -> Match:
    """The role that a slug or a title means; else those that it could mean, which may be none."""
    text = cleaned(typed)
    if not text:
        return Match(typed, None, [])
    found = _named(text)
    if found is None:
        starting = suggestions(text)
        found = starting[0] if len(starting) == 1 and len(text) >= FEWEST_LETTERS else None
        return Match(text, found, [] if found else starting or near(text))
    return Match(text, found, [])


def _named(text: str) -> Title | None:
    """A role's own title or slug goes before another role's alias, and before an official occupation of that title."""
    key, slug = identity(text), text.lower()
    pages_first = F("soc_code").asc(nulls_first=True)
    own = Role.objects.filter(Q(key=key) | Q(slug=slug)).order_by(pages_first).values_list("title", "slug")
    alias = RoleAlias.objects.filter(Q(key=key) | Q(slug=slug)).values_list("role__title", "role__slug")
    row = own.first() or alias.first()
    return Title(*row) if row else None


def suggestions(typed: str, most: int = MOST_SUGGESTIONS) -> list[Title]:
    """Titles that begin with what was typed, then those in which a word begins with each typed word, in any order;
    a role's other titles count too."""
    key = identity(cleaned(typed))
    if not key:
        return []
    found: dict[str, Title] = {}
    for condition in (Q(key__startswith=key), _with_words(key.split()[:MOST_WORDS])):
        if len(found) < most:
            own = Role.objects.filter(condition).order_by("key").values_list("title", "slug")
            other = RoleAlias.objects.filter(condition).order_by("key").values_list("role__title", "role__slug")
            for title, slug in [*own[:most], *other[:most]]:
                found.setdefault(slug, Title(title, slug))
    return list(found.values())[:most]


def _with_words(beginnings: Iterable[str]) -> Q:
    """Titles in which a word begins with each of these."""
    condition = Q()
    for beginning in beginnings:
        word = Q(key__startswith=beginning)
        for before in _BEFORE_WORDS:
            word |= Q(key__contains=before + beginning)
        condition &= word
    return condition


def near(typed: str, most: int = 5) -> list[Title]:
    """Titles much like what was typed: those with a word like each typed word, then those spelled like the whole, the
    likest first. A bounded number is looked at."""
    key = identity(cleaned(typed).replace("-", " "))
    if not key:
        return []
    found = _near_by_words(key, most)
    if len(found) < most:
        found = list(dict.fromkeys([*found, *alike_as_a_whole(key, most)]))
    return found[:most]


def _near_by_words(key: str, most: int) -> list[Title]:
    """A misspelt word mostly begins as it should, so two letters choose the titles whose words are compared."""
    typed = list(dict.fromkeys(key.split()))[:MOST_WORDS]
    alike = cache(_alike_word)
    rows = Role.objects.filter(_with_words(word[:2] for word in typed)).order_by("key")
    found = []
    for title, slug, other in rows.values_list("title", "slug", "key")[:MOST_READ]:
        words = re.split(f"[{re.escape(_BEFORE_WORDS)}]+", other)
        likeness = [max(alike(each, word) for word in words) for each in typed]
        if min(likeness) >= NEAR_WORD:
            found.append((-sum(likeness), abs(len(other) - len(key)), title, slug))
    return [Title(title, slug) for *_, title, slug in sorted(found)[:most]]


def _alike_word(typed: str, word: str) -> float:
    """How much a typed word is like a word or its beginning, for it may not be typed to its end.

    >>> _alike_word("tecni", "technician") >= NEAR_WORD > _alike_word("tecni", "teacher")
    True
    >>> _alike_word("tech", "technician")
    1.0
    """
    return 1.0 if word.startswith(typed) else _alike(typed, word[: len(typed) + 1])


def alike_as_a_whole(key: str, most: int) -> list[Title]:
    """Titles spelled much like one whose `identity` this is, the likest first."""
    words = [word for word in key.split() if len(word) > 3][:5]
    shared = Q(key__startswith=key[:2])
    for word in words:
        shared |= Q(key__contains=word) | Q(key__contains=word[:4])
    rows = Role.objects.filter(shared).order_by("key").values_list("title", "slug", "key")[:MOST_COMPARED]
    alike = sorted(((_alike(key, each), title, slug) for title, slug, each in rows), reverse=True)
    return [Title(title, slug) for likeness, title, slug in alike[:most] if likeness >= NEAR]


def _alike(typed: str, key: str) -> float:
    """
    >>> _alike("lead tecnician", "lead technician") > NEAR > _alike("lead tecnician", "nurse")
    True
    """
    matcher = SequenceMatcher(None, key, typed, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR else 0.0


def renamed(slugs: Iterable[str]) -> dict[str, str]:
    """Slug of another title -> slug of its role, for those that are such."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    aliases = RoleAlias.objects.filter(slug__in=possible).values_list("slug", "role__slug")
    return dict(aliases)
