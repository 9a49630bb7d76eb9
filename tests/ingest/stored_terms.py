"""The search terms that are stored."""

from careers.models import Role, TitleTerm, Word, renew_terms
from careers.title_terms import is_word, people_with

Terms = dict[tuple[int, str], tuple[int, int, str]]


def read_stored_terms() -> Terms:
    rows = TitleTerm.objects.values_list("role", "term", "points", "total", "title")
    return {(pk, term): (points, total, title) for pk, term, points, total, title in rows}


def check_terms() -> None:
    """Whether the stored terms are what writing them anew would give."""
    terms, words = read_stored_terms(), dict(Word.objects.values_list("word", "people"))
    people: dict[str, int] = {}
    for (_, term), (points, total, _) in terms.items():
        if is_word(term):
            people[term] = people.get(term, 0) + people_with(points, total - points)
    assert words == people
    TitleTerm.objects.all().delete()
    Word.objects.all().delete()
    renew_terms(Role.objects.values_list("pk", flat=True))
    assert read_stored_terms() == terms
    assert dict(Word.objects.values_list("word", "people")) == words
