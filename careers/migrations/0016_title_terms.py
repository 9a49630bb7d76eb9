from collections import Counter, defaultdict

import django.db.models.deletion
from django.db import migrations, models

import careers.models.search_index
from careers.title_terms import SearchTitle, is_word, list_terms, people_with, role_points

ROLES_AT_ONCE = 500
ROWS_AT_ONCE = 200


def write_terms(apps, schema_editor):
    """Write the terms of all stored roles, and the words among them."""
    Role, RoleAlias = apps.get_model("careers", "Role"), apps.get_model("careers", "RoleAlias")
    TitleTerm, Word = apps.get_model("careers", "TitleTerm"), apps.get_model("careers", "Word")
    columns = ("pk", "title", "soc_code", "projection__jobs_base", "outlook__job_count")
    people = Counter()
    after = 0
    while roles := list(Role.objects.filter(pk__gt=after).order_by("pk").values_list(*columns)[:ROLES_AT_ONCE]):
        after = roles[-1][0]
        aliases = defaultdict(list)
        stored = RoleAlias.objects.filter(role__gte=roles[0][0], role__lte=after)
        for pk, title in stored.order_by("key").values_list("role", "title"):
            aliases[pk].append(SearchTitle(title, "own"))
        rows = []
        for pk, title, soc_code, projected, counted in roles:
            own = role_points(title, projected or counted)
            titles = [SearchTitle(title, "own", official=soc_code is not None), *aliases[pk]]
            for term, worth in list_terms(titles).items():
                rows.append(
                    TitleTerm(term=term, role_id=pk, points=worth.points, role_points=own, title=worth.title)
                )
                if is_word(term):
                    people[term] += people_with(worth.points, own)
        TitleTerm.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    words = [Word(word=word, people=number) for word, number in people.items()]
    Word.objects.bulk_create(words, batch_size=ROWS_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("careers", "0015_cut_copies")]

    operations = [
        migrations.DeleteModel("TitleWord"),
        migrations.DeleteModel("Word"),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "word",
                    careers.models.search_index.ByLetterField(max_length=160, primary_key=True, serialize=False),
                ),
                ("people", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="role",
            name="plural",
            field=models.CharField(
                blank=True, editable=False, help_text="The short name of several people.", max_length=120
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="singular",
            field=models.CharField(
                blank=True, editable=False, help_text="A short name of an occupation.", max_length=120
            ),
        ),
        migrations.CreateModel(
            name="TitleTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "term", "role", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("term", careers.models.search_index.ByLetterField(max_length=160)),
                ("points", models.SmallIntegerField()),
                ("role_points", models.SmallIntegerField()),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="The title as spelled, of a whole title only.", max_length=200
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="careers.role"
                    ),
                ),
            ],
        ),
        migrations.RunPython(write_terms, migrations.RunPython.noop),
    ]
