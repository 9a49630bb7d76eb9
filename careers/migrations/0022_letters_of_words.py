from django.db import migrations, models
from django.db.models.functions import Length

from careers.search_words import encode_letters

ROWS_AT_ONCE = 200


def write_letters(apps, schema_editor):
    """Write all words anew, which takes less time than to update each."""
    Word = apps.get_model("careers", "Word")
    words = [Word(word=word, people=people, letters=encode_letters(word)) for word, people in Word.objects.values_list("word", "people")]
    Word.objects.all().delete()
    Word.objects.bulk_create(words, batch_size=ROWS_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("careers", "0021_words_by_length")]

    operations = [
        migrations.RemoveIndex("word", "word_of_length"),
        migrations.AddField(
            "word",
            "letters",
            models.IntegerField(default=0, help_text="A bit for each letter that the word has."),
            preserve_default=False,
        ),
        migrations.RunPython(write_letters, migrations.RunPython.noop),
        migrations.AddIndex(
            "word",
            models.Index(
                Length("word"), models.F("word"), models.F("people"), models.F("letters"), name="word_of_length"
            ),
        ),
    ]
