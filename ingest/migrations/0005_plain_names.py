"""Fields, indexes and one stage get names in the field's own terms; all data stays."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def rename_stage(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("ingest", "Batch").objects.filter(stage="rehearsed").update(stage="previewed")


def restore_stage(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("ingest", "Batch").objects.filter(stage="previewed").update(stage="rehearsed")


class Migration(migrations.Migration):
    dependencies = [("ingest", "0004_samples")]

    operations = [
        migrations.RemoveIndex("page", "page_unsettled"),
        migrations.RemoveIndex("page", "page_again"),
        migrations.RemoveIndex("knownname", "known_name_unsettled"),
        migrations.RemoveIndex("draft", "draft_wanted"),
        migrations.RenameField("page", "settled", "propagated"),
        migrations.RenameField("page", "again", "needs_reread"),
        migrations.RenameField("knownname", "settled", "propagated"),
        migrations.RenameField("draft", "wanted", "selected"),
        migrations.RenameField("archive", "files", "file_count"),
        migrations.RenameField("archive", "taken", "unpacked_count"),
        migrations.RenameField("archive", "unpacked", "unpacked_bytes"),
        migrations.AddIndex(
            "page", models.Index(fields=["id"], condition=Q(propagated=False), name="page_not_propagated")
        ),
        migrations.AddIndex(
            "page", models.Index(fields=["id"], condition=Q(needs_reread=True), name="page_needs_reread")
        ),
        migrations.AddIndex(
            "knownname", models.Index(fields=["id"], condition=Q(propagated=False), name="known_name_not_propagated")
        ),
        migrations.AddIndex(
            "draft", models.Index(fields=["batch", "id"], condition=Q(selected=True), name="draft_selected")
        ),
        migrations.RenameIndex("draft", new_name="draft_to_preview", old_name="draft_to_rehearse"),
        migrations.RunPython(rename_stage, restore_stage),
        # Texts for people only; no column changes.
        migrations.AlterModelOptions(
            name="page",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("load_page", "Can load pages, choose unclear values and read pages again"),
                    ("undo_page", "Can undo the loading of pages"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="archive",
            name="file_count",
            field=models.PositiveIntegerField(default=0, help_text="How many files it holds."),
        ),
        migrations.AlterField(
            model_name="archive",
            name="unpacked_bytes",
            field=models.PositiveBigIntegerField(default=0, help_text="Bytes unpacked so far."),
        ),
        migrations.AlterField(
            model_name="archive",
            name="unpacked_count",
            field=models.PositiveIntegerField(default=0, help_text="How many of its files are drafts by now."),
        ),
        migrations.AlterField(
            model_name="batch",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who started the current run of loading or undoing.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="kind",
            field=models.CharField(
                choices=[("load", "upload"), ("reread", "rereading")], default="load", max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="run_total",
            field=models.PositiveIntegerField(default=0, help_text="How many pages the current run covers."),
        ),
        migrations.AlterField(
            model_name="batch",
            name="same_roles",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text='Title key -> the slug of the role that it is another title of, or "" where a person said that it is a new role.',
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="stage",
            field=models.CharField(
                choices=[
                    ("reading", "reading"),
                    ("previewed", "previewed"),
                    ("loading", "loading"),
                    ("done", "done"),
                    ("undoing", "undoing"),
                    ("undone", "undone"),
                ],
                default="reading",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="stopped",
            field=models.BooleanField(default=False, help_text="A person stopped it; it can be resumed."),
        ),
        migrations.AlterField(
            model_name="draft",
            name="also_named",
            field=models.JSONField(default=list, help_text="Names of other files of the batch with the same content."),
        ),
        migrations.AlterField(
            model_name="draft",
            name="content",
            field=models.BinaryField(
                default=bytes, help_text="Empty once `page` holds it, and for an unreadable file."
            ),
        ),
        migrations.AlterField(
            model_name="draft",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("loaded", "loaded"),
                    ("unchanged", "changed nothing"),
                    ("known", "was loaded before"),
                    ("refused", "refused"),
                    ("undone", "undone"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="draft",
            name="selected",
            field=models.BooleanField(default=False, help_text="The current run is to load or undo it."),
        ),
        migrations.AlterField(
            model_name="draft",
            name="to_choose",
            field=models.PositiveIntegerField(
                default=0, help_text="Unclear values, and new titles that are close to the title of a stored role."
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="what",
            field=models.CharField(
                choices=[
                    ("load", "loaded"),
                    ("undo", "undid the loading of"),
                    ("choose", "chose"),
                    ("reread", "reread"),
                    ("alias", "gave another title to"),
                    ("merge", "merged"),
                    ("rename", "renamed"),
                    ("closest", "named the closest official occupation of"),
                    ("take-down", "took down"),
                    ("put-back", "put back"),
                    ("revert", "undid"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="knownname",
            name="propagated",
            field=models.BooleanField(
                default=False, editable=False, help_text="The pages that ask for this name were read again."
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="cut_line",
            field=models.PositiveIntegerField(help_text="The line in the middle of which the page stops.", null=True),
        ),
        migrations.AlterField(
            model_name="page",
            name="needs_reread",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Names or figures of other pages may change how this page is read.",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="propagated",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="The pages that its names and figures concern are marked for rereading.",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="sample",
            field=models.BooleanField(
                default=False,
                help_text="A sample page that ships with Rolewise, in its own words: any other page takes precedence.",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="status",
            field=models.CharField(
                choices=[("loaded", "loaded"), ("unchanged", "changed nothing"), ("undone", "undone")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="waiting",
            field=models.BooleanField(
                default=False,
                help_text="Some values are unclear, or were split by spelling alone: other pages may resolve them.",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="by_spelling",
            field=models.BooleanField(help_text="The page alone splits it by spelling; figures cannot change that."),
        ),
        migrations.AlterField(
            model_name="question",
            name="raw",
            field=models.TextField(help_text="The run-together cells."),
        ),
    ]
