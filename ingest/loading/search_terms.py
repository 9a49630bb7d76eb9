"""Renew the search terms of roles and the short names of occupations.

This is called wherever titles, lists of titles or numbers of jobs have changed, before the transaction ends.
"""

from collections.abc import Collection

from careers.bulk import update_columns
from careers.models import OccupationTitle, Role, renew_terms

# The groups that search reads.
SEARCHED_GROUPS = ("titles", "projection", "outlook")
# The columns of a role for its short names. In lists of titles each of these is a source.
SHORT_NAMES = ("singular", "plural")


def update_search(roles: Collection[int]) -> None:
    """Renew the short names and the search terms of these roles; keys without a role are left out."""
    if not roles:
        return  # even queries about nothing take time to build
    _update_short_names(roles)
    renew_terms(roles)


def find_roles_of_editions(citations: Collection[int]) -> set[int]:
    """Roles with titles by the publishers of these lists: another edition of a list can count from now on."""
    if not citations:
        return set()
    listed = OccupationTitle.objects.filter(citation__in=citations).order_by()
    publishers = list(listed.values_list("citation__publisher", flat=True).distinct())
    if not publishers:
        return set()
    # Two statements: in one, PostgreSQL compares each title with each other one while it believes that there are none.
    titles = OccupationTitle.objects.filter(citation__publisher__in=publishers).order_by()
    return set(titles.values_list("role", flat=True).distinct())


def _update_short_names(roles: Collection[int]) -> None:
    """The newest list decides; a publisher that was taken down does not count."""
    occupations = Role.objects.occupations().filter(pk__in=roles).only(*SHORT_NAMES)
    if not occupations:
        return
    listed = OccupationTitle.objects.filter(role__in=roles, source__in=SHORT_NAMES).that_count()
    names: dict[tuple[int, str], str] = {}
    for role_id, source, title in listed.order_by("citation", "position").values_list("role", "source", "title"):
        names[role_id, source] = title
    changed = []
    for role in occupations:
        wanted = [names.get((role.pk, source)) for source in SHORT_NAMES]
        if wanted != [role.singular, role.plural]:
            role.singular, role.plural = wanted
            changed.append(role)
    update_columns(changed, SHORT_NAMES)
