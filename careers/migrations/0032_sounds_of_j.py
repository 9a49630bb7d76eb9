from importlib import import_module

from django.db import migrations

_write_sounds = import_module("careers.migrations.0028_sounds_of_words").write_sounds


class Migration(migrations.Migration):
    """Words are stored with what is heard of them: “j” and “dg” within a word sound like “g” now."""

    dependencies = [("careers", "0031_projected_growth_in_lists")]

    operations = [migrations.RunPython(_write_sounds, migrations.RunPython.noop)]
