"""Figures with several values on their page lose the one that readers of pages before version 1 stored.

Later readers ask a person which value is right.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import TextField
from django.db.models.functions import Cast

from careers.vocabulary import EXPERIENCE_BANDS

CODE = "repeated-figure-differs"
MODELS = ("SalaryStats", "Outlook", "Preparation", "Demographics", "Profile")
# Field of a fact -> the column of lists that copies it.
LISTED = {
    "annual_average": "pay",
    "annual_low": "low",
    "annual_high": "high",
    "job_count": "jobs",
    "growth_percent": "growth",
    "occupation_group": "occupation_group",
}


def drop_contradicted(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    pages = apps.get_model("ingest", "Page").objects.filter(reader_version=0, citation__isnull=False)
    for name in MODELS:
        rows = apps.get_model("careers", name).objects.annotate(text=Cast("evidence", TextField()))
        rows = rows.filter(text__contains=CODE, citation__in=pages.values("citation"))
        for row in rows.order_by("pk").select_related("citation").iterator():
            fields = [field for field, entry in row.evidence.items() if _is_contradicted(entry)]
            for field in fields:
                setattr(row, field, None)
            row.save(update_fields=fields)
            _clear_listing(apps, name, row, fields)


def _is_contradicted(entry: dict) -> bool:
    return CODE in (entry.get("warnings") or ()) and entry.get("how") != "chosen"


def _clear_listing(apps: Apps, name: str, row, fields: list[str]) -> None:
    """Clear the copies of these fields where the row is current. Experience then gives the time to enter."""
    group = "salary" if name == "SalaryStats" else name.lower()
    current = apps.get_model("careers", "Role").objects.filter(**{group: row.pk})
    listings = apps.get_model("careers", "Listing").objects
    listings = listings.filter(role__in=current, publisher=row.citation.publisher_id)
    listings.update(**{LISTED[field]: None for field in fields if field in LISTED})
    if name == "Preparation" and row.months_low is None and row.months_high is None:
        low, high = EXPERIENCE_BANDS.get(row.years_of_experience, (None, None))
        listings.update(months_low=low, months_high=high, by_experience=low is not None)


class Migration(migrations.Migration):
    dependencies = [("ingest", "0018_tasks_of_batches"), ("careers", "0026_wording_of_samples")]

    operations = [migrations.RunPython(drop_contradicted, migrations.RunPython.noop)]
