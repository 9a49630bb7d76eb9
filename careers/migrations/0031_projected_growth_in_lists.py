from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

FIELDS = {"projected_growth": "growth_percent", "base_year": "base_year", "target_year": "target_year"}


def copy_projected_growth(apps, schema_editor):
    """The projected growth of each occupation, into the list of the publisher that projects it."""
    Role, Listing = apps.get_model("careers", "Role"), apps.get_model("careers", "Listing")
    of_publisher = Role.objects.filter(
        pk=OuterRef("role_id"), projection__citation__publisher_id=OuterRef("publisher_id")
    )
    Listing.objects.filter(role__in=Role.objects.exclude(projection=None)).update(
        **{name: Subquery(of_publisher.values(f"projection__{field}")[:1]) for name, field in FIELDS.items()}
    )


class Migration(migrations.Migration):
    dependencies = [("careers", "0030_sounds_of_tch_and_z")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="projected_growth",
            field=models.DecimalField(
                decimal_places=2, help_text="From the base year to the target year.", max_digits=6, null=True
            ),
        ),
        migrations.AddField(
            model_name="listing", name="base_year", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="listing", name="target_year", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.RunPython(copy_projected_growth, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=Q(projected_growth__isnull=False),
                fields=["publisher", "projected_growth", "key"],
                name="listing_by_projected_growth",
            ),
        ),
    ]
