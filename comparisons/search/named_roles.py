"""Roles by their titles and slugs: those that a text or an address names, and titles of similar spelling."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import F, Q

from careers.models import Role, RoleAlias
from careers.search_words import list_significant_words
from careers.spelling import fold_spelling
from comparisons.search import index
from comparisons.search.matching import answer_all_sides, clean_typed
from comparisons.search.results import Match, SearchResult, Title
from comparisons.search.typed_text import MOST_WORDS
from comparisons.titles import name_of

# How many titles are compared letter by letter, and from which ratio on a title is similar: one that only ends with the
# same word must be more so, as “pharmacy technician” says nothing about a “software technician”.
MOST_COMPARED = 100
SIMILAR = 0.6
SIMILAR_BESIDES_LAST_WORD = 0.7


def resolve_titles(typed: str) -> list[Match]:
    """The role that a slug or a title means, or the likeliest for a query; one for each side of a comparison, also for
    the sides for which a page has no room."""
    text = clean_typed(typed)
    role = _find_named(text) if text else None
    if role is not None:
        return [Match(text, role, [], sure=True)]
    return [make_match(result) for result in answer_all_sides(text)]


def make_match(result: SearchResult) -> Match:
    """The likeliest role of a search, and the others as choices."""
    titles = result.titles
    return Match(result.typed, titles[0] if titles else None, titles[1:], sure=result.is_own_title)


def _find_named(text: str) -> Title | None:
    """A role's own title or slug takes precedence over another role's alias, and over an official occupation."""
    key, slug = fold_spelling(text), text.lower()
    pages_first = F("soc_code").asc(nulls_first=True)
    roles = Role.objects.filter(Q(key=key) | Q(slug=slug)).order_by(pages_first).values_list("title", "slug")
    aliases = RoleAlias.objects.filter(Q(key=key) | Q(slug=slug)).values_list("role__title", "role__slug")
    row = roles.first() or aliases.first()
    return Title(*row) if row else None


def find_similar_titles(key: str, most: int) -> list[Title]:
    """Titles whose spelling is similar to the folded one in `key`, the most similar first; in one query."""
    [roles] = index.find_by_terms([dict.fromkeys(list_significant_words(key)[:MOST_WORDS], 100)], [MOST_COMPARED])
    # The matcher reads its second text once for all titles.
    matcher = SequenceMatcher(None, "", key, autojunk=False)
    telling = set(list_significant_words(key)[:-1])
    similar = []
    for role in roles:
        shares_kind = telling.intersection(list_significant_words(role.key))
        least = SIMILAR if shares_kind else SIMILAR_BESIDES_LAST_WORD
        matcher.set_seq1(role.key)
        # The quick ratios are upper bounds that cost less.
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            similar.append((matcher.ratio(), role))
    similar.sort(key=lambda entry: (entry[0], entry[1].title, entry[1].slug), reverse=True)
    return [Title(name_of(role.title, role.name, role.plural), role.slug) for _, role in similar[:most]]


def find_roles_of_other_titles(slugs: Iterable[str]) -> dict[str, str]:
    """Slug of another title, or one with capitals -> slug of its role; other slugs are left out."""
    lowered = {slug: slug.lower() for slug in slugs if slug.isprintable()}  # no database takes a NUL
    stored = dict(RoleAlias.objects.filter(slug__in=lowered.values()).values_list("slug", "role__slug"))
    if any(small != slug for slug, small in lowered.items()):
        stored |= {slug: slug for slug in Role.objects.filter(slug__in=lowered.values()).values_list("slug", flat=True)}
    return {slug: stored[small] for slug, small in lowered.items() if small in stored}


def find_titles_of_slugs(slugs: Iterable[str]) -> list[Title]:
    """Names of the roles with these slugs, in the order given; for a slug without a role the slug itself."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    stored = Role.objects.filter(slug__in=possible).values_list("slug", "title", "singular", "plural")
    names = {slug: name_of(title, singular, several) for slug, title, singular, several in stored}
    return [Title(names.get(slug, slug), slug) for slug in possible]
