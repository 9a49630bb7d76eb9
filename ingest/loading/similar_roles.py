"""Find stored roles that may be one role under two titles, for a person to decide."""

from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import chain

from django.db.models import Q, QuerySet

from careers.models import Role, RoleAlias
from careers.names import make_slug
from careers.spelling import SAME_CHARACTERS, fold_spelling

SIMILAR = 0.86  # of 1: "co-ordinator" and "coordinator" have 0.96, "senior baker" and "senior buyer" 0.83
SLUG_PREFIX = 3
MOST_EXTRA_LETTERS = 4
MOST_SIMILAR, MOST_SPLIT_ROLES = 5, 100


def find_similar_roles(titles: Collection[str]) -> dict[str, list[Role]]:
    """Each title -> stored roles with a similar one, the most similar first; never a role with one of these titles.

    Official occupations are left out, since pages are never joined to them.
    """
    if not titles:
        return {}
    slugs = {title: make_slug(title) for title in titles}
    matchers = {title: SequenceMatcher(b=slug, autojunk=False) for title, slug in slugs.items()}
    titles_with: dict[str, list[str]] = {}
    for title, slug in slugs.items():
        titles_with.setdefault(slug[:SLUG_PREFIX], []).append(title)
    stored: QuerySet[Role] = Role.objects.by_title().filter(_begin_with(titles_with))
    others = stored.exclude(key__in=map(fold_spelling, titles)).order_by().values_list("pk", "slug")
    similar: dict[str, list[tuple[float, str, int]]] = {title: [] for title in titles}
    for pk, slug in others.iterator():
        for title in titles_with.get(slug[:SLUG_PREFIX], ()):
            if abs(len(slug) - len(slugs[title])) <= MOST_EXTRA_LETTERS and _is_similar(slug, matchers[title]):
                similar[title].append((-matchers[title].ratio(), slug, pk))
    return _read_closest(similar)


def _read_closest(similar: Mapping[str, Collection[tuple[float, str, int]]]) -> dict[str, list[Role]]:
    """`similar`: title -> (negative ratio, slug, key) of each role, so that the most similar sorts first."""
    closest = {title: [pk for _, _, pk in sorted(ratios)[:MOST_SIMILAR]] for title, ratios in similar.items()}
    roles = Role.objects.in_bulk(set(chain.from_iterable(closest.values())))
    return {title: [roles[pk] for pk in keys] for title, keys in closest.items()}


def _begin_with(prefixes: Iterable[str]) -> Q:
    """Reads ranges of the index of slugs. A misspelling in the first letters is not found."""
    same_prefix = Q()
    for prefix in prefixes:
        same_prefix |= Q(slug__gte=prefix, slug__lt=prefix + "\U0010ffff")
    return same_prefix


def _is_similar(slug: str, matcher: SequenceMatcher[str]) -> bool:
    """Sets the slug as the first sequence of the matcher."""
    matcher.set_seq1(slug)
    # The quick ratios are upper bounds that cost less.
    return matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


def find_split_roles() -> list[tuple[Role, Role]]:
    """Pairs of roles whose titles are spellings of one title: the first can be merged into the second.

    An earlier version kept such spellings apart, so one of the two roles has a key that pages no longer use.
    """
    has_old_key = Q()
    for character in SAME_CHARACTERS:
        has_old_key |= Q(key__contains=chr(character))
    pairs = [(role, role.title) for role in Role.objects.by_title().filter(has_old_key)[:MOST_SPLIT_ROLES]]
    aliases = RoleAlias.objects.filter(has_old_key).select_related("role")
    pairs += [(alias.role, alias.title) for alias in aliases[:MOST_SPLIT_ROLES]]
    split = []
    for role, title in pairs:
        same_title = Role.objects.with_title(title).exclude(pk=role.pk).first()
        if same_title and (role, same_title) not in split:
            split.append((role, same_title))
    return split
