"""Find stored roles that may be one role under two titles, for a person to decide."""

from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from careers.models import Role, RoleAlias, identity, slug_for
from careers.vocabulary import SAME_SIGNS

SIMILAR = 0.86  # of 1: "co-ordinator" and "coordinator" have 0.96, "senior baker" and "junior baker" 0.83
SLUG_PREFIX = 3
MOST_EXTRA_LETTERS = 4
MOST_SIMILAR, MOST_SPLIT_ROLES = 5, 100


def find_similar_roles(title: str) -> list[Role]:
    """Stored roles with a title similar to this one, the most similar first; never the role with this title itself.

    Official occupations are left out, since pages are never joined to them.
    """
    slug = slug_for(title)
    prefix = slug[:SLUG_PREFIX]
    # This reads a range of the index. A misspelling in the first letters is not found.
    same_prefix: QuerySet[Role] = Role.objects.by_title().filter(slug__gte=prefix, slug__lt=prefix + "\U0010ffff")
    matcher = SequenceMatcher(b=slug, autojunk=False)
    similar: list[tuple[float, str, int]] = []
    for pk, stored_slug in same_prefix.order_by().exclude(key=identity(title)).values_list("pk", "slug"):
        if abs(len(stored_slug) - len(slug)) > MOST_EXTRA_LETTERS:
            continue
        matcher.set_seq1(stored_slug)
        # The quick ratios are upper bounds that cost less.
        if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR:
            similar.append((-matcher.ratio(), stored_slug, pk))
    closest = [pk for ratio, _, pk in sorted(similar) if ratio <= -SIMILAR][:MOST_SIMILAR]
    roles = Role.objects.in_bulk(closest)
    return [roles[pk] for pk in closest]


def find_split_roles() -> list[tuple[Role, Role]]:
    """Pairs of roles whose titles are spellings of one title: the first can be merged into the second.

    An earlier version kept such spellings apart, so one of the two roles has a key that pages no longer use.
    """
    has_old_key = Q()
    for sign in SAME_SIGNS:
        has_old_key |= Q(key__contains=chr(sign))
    pairs = [(role, role.title) for role in Role.objects.by_title().filter(has_old_key)[:MOST_SPLIT_ROLES]]
    aliases = RoleAlias.objects.filter(has_old_key).select_related("role")
    pairs += [(alias.role, alias.title) for alias in aliases[:MOST_SPLIT_ROLES]]
    split = []
    for role, title in pairs:
        same_title = Role.objects.with_title(title).exclude(pk=role.pk).first()
        if same_title and (role, same_title) not in split:
            split.append((role, same_title))
    return split
