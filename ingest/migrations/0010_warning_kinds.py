"""Drafts count their warnings by kind, and serious ones apart from notes."""

from collections import Counter

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from careers.vocabulary import WARNING_KINDS, find_warning_kind

DRAFTS_AT_ONCE = 500


def count_kinds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    drafts = apps.get_model("ingest", "Draft").objects
    last = 0
    while chunk := list(
        drafts.filter(pk__gt=last, warning_count__gt=0).order_by("pk").values_list("pk", "warnings")[:DRAFTS_AT_ONCE]
    ):
        for pk, warnings in chunk:
            kinds = Counter(find_warning_kind(warning["code"]) for warning in warnings)
            serious = sum(number for kind, number in kinds.items() if WARNING_KINDS[kind].serious)
            drafts.filter(pk=pk).update(warning_kinds=dict(kinds), warning_count=serious)
        last = chunk[-1][0]


class Migration(migrations.Migration):
    dependencies = [("ingest", "0009_digests_without_line_ends")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="warning_kinds",
            field=models.JSONField(
                default=dict,
                help_text="Kind of warning, as in the vocabulary -> how many of the page's warnings are of it.",
            ),
        ),
        migrations.AlterField(
            model_name="draft",
            name="warning_count",
            field=models.PositiveIntegerField(default=0, help_text="How many serious warnings there are."),
        ),
        migrations.RunPython(count_kinds, migrations.RunPython.noop),
    ]
