from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_education(apps, schema_editor):
    """The education of each role, into the list of the publisher that gives it."""
    Role, Listing = apps.get_model("careers", "Role"), apps.get_model("careers", "Listing")
    of_publisher = Role.objects.filter(
        pk=OuterRef("role_id"), requirements__citation__publisher_id=OuterRef("publisher_id")
    )
    Listing.objects.update(education=Subquery(of_publisher.values("requirements__education")[:1]))


class Migration(migrations.Migration):
    dependencies = [("careers", "0023_all_jobs")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="education",
            field=models.CharField(help_text="What is typically needed.", max_length=120, null=True),
        ),
        migrations.RunPython(copy_education, migrations.RunPython.noop),
    ]
