from collections import Counter

from django.db import migrations
from django.db.models import F

from careers.title_terms import SearchTitle, is_word, list_terms, people_with, role_points

ROWS_AT_ONCE = 200
KINDS = {
    "singular": "short",
    "plural": "short",
    "rolewise": "most",
    "onet-title": "listed",
    "soc": "listed",
    "bls": "listed",
}


def titles_of(apps, pk, title):
    """All titles that find an official occupation, its own first."""
    titles = [SearchTitle(title, "own", official=True)]
    for alias in apps.get_model("careers", "RoleAlias").objects.filter(role=pk).values_list("title", flat=True):
        titles.append(SearchTitle(alias, "own"))
    for added in apps.get_model("careers", "AddedTitle").objects.filter(role=pk).values_list("title", flat=True):
        titles.append(SearchTitle(added, "listed"))
    listed = apps.get_model("careers", "OccupationTitle").objects.filter(
        role=pk, citation__publisher__taken_down_at=None
    )
    for text, source in listed.order_by("source", "title").values_list("title", "source"):
        titles.append(SearchTitle(text, KINDS.get(source, "other")))
    return titles


def write_terms_anew(apps, schema_editor):
    """The terms of occupations whose titles have commas: parts of them were taken for names that are none."""
    Role, TitleTerm = apps.get_model("careers", "Role"), apps.get_model("careers", "TitleTerm")
    Word = apps.get_model("careers", "Word")
    people = Counter()
    occupations = Role.objects.filter(soc_code__isnull=False, title__contains=",").order_by("pk")
    for pk, title, projected, counted in occupations.values_list(
        "pk", "title", "projection__jobs_base", "outlook__job_count"
    ):
        own = role_points(title, projected or counted)
        stored = TitleTerm.objects.filter(role=pk)
        for term, points, total in stored.values_list("term", "points", "total"):
            if is_word(term):
                people[term] -= people_with(points, total - points)
        stored.delete()
        rows = []
        for term, worth in list_terms(titles_of(apps, pk, title)).items():
            total = own + worth.points
            rows.append(TitleTerm(term=term, role_id=pk, points=worth.points, total=total, title=worth.title))
            if is_word(term):
                people[term] += people_with(worth.points, own)
        TitleTerm.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    for word, change in people.items():
        if change:
            Word.objects.filter(word=word).update(people=F("people") + change)
    Word.objects.filter(people=0).delete()


class Migration(migrations.Migration):
    dependencies = [("careers", "0024_education_in_lists")]

    operations = [migrations.RunPython(write_terms_anew, migrations.RunPython.noop)]
