"""Finds roles in the admin by any of their titles, everyday ones included."""

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from careers.models import Role, TitleTerm
from careers.search_words import list_significant_words
from careers.title_terms import LAST, list_word_pairs, make_whole_term

MOST_WORDS = 6
_END = "\U0010ffff"  # follows every word that begins with the text before it


def find_by_words(roles: QuerySet[Role], typed: str) -> QuerySet[Role]:
    """Those of the roles whose titles have each typed word, or one that begins with it; or which have this code."""
    words = list_significant_words(typed)[:MOST_WORDS]
    if not typed.strip():
        return roles
    has_words = Q() if words else Q(pk__in=[])
    for word in words:
        has_words &= Q(Exists(TitleTerm.objects.filter(role=OuterRef("pk"), term__gte=word, term__lt=word + _END)))
    return roles.filter(has_words | Q(soc_code=typed.strip()[:10]))


def order_by_likelihood(roles: QuerySet[Role], typed: str) -> QuerySet[Role]:
    """The roles by the points that readers' searches give for the typed words, those of other words last."""
    words = list_significant_words(typed)[:MOST_WORDS]
    if not words:
        return roles
    terms = [make_whole_term(words), *words, *list_word_pairs(words), words[-1] + LAST]
    of_role = TitleTerm.objects.filter(role=OuterRef("pk"), term__in=terms).order_by().values("role")
    points = of_role.annotate(points_of_all=Sum("points") + Max(F("total") - F("points"))).values("points_of_all")
    return roles.annotate(likelihood=Subquery(points)).order_by(F("likelihood").desc(nulls_last=True), "title", "pk")
