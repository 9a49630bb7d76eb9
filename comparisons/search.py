"""Finding roles by what people type: a title in any spelling, its beginning, or something near it."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db.models import Q

from careers.models import Role, RoleAlias, identity

# Longer than any title; what is typed beyond it is not looked at.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# So many letters that begin one title alone stand for it.
FEWEST_LETTERS = 3
# How many titles are compared letter by letter, and how alike one must be to count as near.
MOST_COMPARED = 200
NEAR = 0.6


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
    """A role's own title or slug goes before another role's alias."""
    key, slug = identity(text), text.lower()
    own = Role.objects.filter(Q(key=key) | Q(slug=slug)).values_list("title", "slug")
    alias = RoleAlias.objects.filter(Q(key=key) | Q(slug=slug)).values_list("role__title", "role__slug")
    row = own.first() or alias.first()
    return Title(*row) if row else None


def suggestions(typed: str, most: int = MOST_SUGGESTIONS) -> list[Title]:
    """Titles that begin with what was typed, then titles with a word that does; other titles count too."""
    key = identity(cleaned(typed))
    if not key:
        return []
    found: dict[str, Title] = {}
    for condition in (Q(key__startswith=key), Q(key__contains=f" {key}")):
        if len(found) < most:
            own = Role.objects.filter(condition).order_by("key").values_list("title", "slug")
            other = RoleAlias.objects.filter(condition).order_by("key").values_list("role__title", "role__slug")
            for title, slug in [*own[:most], *other[:most]]:
                found.setdefault(slug, Title(title, slug))
    return list(found.values())[:most]


def near(typed: str, most: int = 5) -> list[Title]:
    """Titles spelled much like what was typed, the likest first. A bounded number is looked at."""
    key = identity(cleaned(typed).replace("-", " "))
    words = [word for word in key.split() if len(word) > 3][:5]
    if not key:
        return []
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
