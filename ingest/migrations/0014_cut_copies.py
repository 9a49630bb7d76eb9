"""Citations say where a copy of their page stops, as the pages do already."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def copy_cut_lines(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    pages = apps.get_model("ingest", "Page").objects.filter(cut_line__isnull=False, citation__isnull=False)
    pages = pages.exclude(layout="table")  # each of its rows is about another occupation
    citations = apps.get_model("careers", "Citation").objects
    for citation, cut_line in pages.order_by("pk").values_list("citation", "cut_line").iterator():
        citations.filter(pk=citation).update(cut_line=cut_line)


class Migration(migrations.Migration):
    dependencies = [("ingest", "0013_joined_mentions"), ("careers", "0015_cut_copies")]

    operations = [migrations.RunPython(copy_cut_lines, migrations.RunPython.noop)]
