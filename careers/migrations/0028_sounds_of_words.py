from django.db import migrations, models

import careers.models.search_index
from careers.search_words import LONGEST, sound_of

ROWS_AT_ONCE = 200


def write_sounds(apps, schema_editor):
    """Write all words anew, which takes less time than to update each."""
    Word = apps.get_model("careers", "Word")
    rows = Word.objects.values_list("word", "people", "letters")
    words = [Word(word=word, people=people, letters=letters, sound=sound_of(word)) for word, people, letters in rows]
    Word.objects.all().delete()
    Word.objects.bulk_create(words, batch_size=ROWS_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("careers", "0027_months_in_listing_indexes")]

    operations = [
        migrations.AddField(
            "word",
            "sound",
            careers.models.search_index.ByLetterField(
                default="", max_length=LONGEST, help_text="What is heard of the word."
            ),
            preserve_default=False,
        ),
        migrations.RunPython(write_sounds, migrations.RunPython.noop),
        migrations.AddIndex("word", models.Index(fields=["sound", "word", "people"], name="word_of_sound")),
    ]
