"""Finds roles in the admin by any of their titles, everyday ones included."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from careers.models import Role, TitleTerm
from careers.search_words import significant_words

MOST_WORDS = 6
_END = "\U0010ffff"  # follows every word that begins with the text before it


def find_by_words(roles: QuerySet[Role], typed: str) -> QuerySet[Role]:
    """Those of the roles whose titles have each typed word, or one that begins with it; or which have this code."""
    words = significant_words(typed)[:MOST_WORDS]
    if not typed.strip():
        return roles
    has_words = Q() if words else Q(pk__in=[])
    for word in words:
        has_words &= Q(Exists(TitleTerm.objects.filter(role=OuterRef("pk"), term__gte=word, term__lt=word + _END)))
    return roles.filter(has_words | Q(soc_code=typed.strip()[:10]))
