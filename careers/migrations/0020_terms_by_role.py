import django.db.models.deletion
from django.db import migrations, models

import careers.models.search_index

COLUMNS = "term, role_id, points, total, title"


class Migration(migrations.Migration):
    """The primary key begins with the role. Django cannot change a primary key of two columns, so the rows move."""

    dependencies = [("careers", "0019_searches_in_vain")]

    operations = [
        migrations.RunSQL(
            f"CREATE TABLE kept_terms AS SELECT {COLUMNS} FROM careers_titleterm",
            "DROP TABLE kept_terms",
        ),
        migrations.DeleteModel("TitleTerm"),
        migrations.CreateModel(
            name="TitleTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "role", "term", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("term", careers.models.search_index.ByLetterField(max_length=160)),
                ("points", models.SmallIntegerField()),
                ("total", models.SmallIntegerField()),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="The title as spelled, of a whole title only.", max_length=200
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="careers.role",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["term", "-total", "role", "points"], name="title_term_best")],
            },
        ),
        migrations.RunSQL(
            [
                f"INSERT INTO careers_titleterm ({COLUMNS}) SELECT {COLUMNS} FROM kept_terms ORDER BY role_id, term",
                "DROP TABLE kept_terms",
            ],
            f"CREATE TABLE kept_terms AS SELECT {COLUMNS} FROM careers_titleterm",
        ),
    ]
