from importlib import import_module

from django.db import migrations

_write_sounds = import_module("careers.migrations.0028_sounds_of_words").write_sounds


class Migration(migrations.Migration):
    """Words are stored with what is heard of them, and less is heard now of “tch” and more of “z”."""

    dependencies = [("careers", "0029_license_spelled_as_for_readers")]

    operations = [migrations.RunPython(_write_sounds, migrations.RunPython.noop)]
