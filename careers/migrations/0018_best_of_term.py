from django.db import migrations, models
from django.db.models import F


def add_points(apps, schema_editor):
    """The total adds the points of the role, which the column held alone, and those of the term."""
    apps.get_model("careers", "TitleTerm").objects.update(total=F("total") + F("points"))


def take_points(apps, schema_editor):
    apps.get_model("careers", "TitleTerm").objects.update(total=F("total") - F("points"))


class Migration(migrations.Migration):
    dependencies = [("careers", "0017_short_names_in_lists")]

    operations = [
        migrations.RenameField("titleterm", "role_points", "total"),
        migrations.RunPython(add_points, take_points),
        migrations.AddIndex(
            "titleterm",
            models.Index(fields=["term", "-total", "role", "points"], name="title_term_best"),
        ),
    ]
