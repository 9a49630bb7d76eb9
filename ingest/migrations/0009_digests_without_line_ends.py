"""Pages that are the same but for their line ends have one digest.

Two such pages that are stored already stay two: the second one keeps its digest.
"""

from hashlib import sha256

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PAGES_AT_ONCE = 100


def renew_digests(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    pages = apps.get_model("ingest", "Page").objects
    last = 0
    while chunk := list(pages.filter(pk__gt=last).order_by("pk").values_list("pk", "content")[:PAGES_AT_ONCE]):
        for pk, content in chunk:
            plain = bytes(content).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            digest = sha256(plain).hexdigest()
            if plain != bytes(content) and not pages.filter(digest=digest).exists():
                pages.filter(pk=pk).update(digest=digest)
        last = chunk[-1][0]


class Migration(migrations.Migration):
    dependencies = [("ingest", "0008_long_titles")]

    operations = [
        migrations.AlterField(
            model_name="page",
            name="digest",
            field=models.CharField(
                help_text="SHA-256 of the content with plain line ends.", max_length=64, unique=True
            ),
        ),
        migrations.RunPython(renew_digests, migrations.RunPython.noop),
    ]
