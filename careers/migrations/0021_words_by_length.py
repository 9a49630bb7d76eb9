from django.db import migrations, models
from django.db.models.functions import Length


class Migration(migrations.Migration):
    dependencies = [("careers", "0020_terms_by_role")]

    operations = [
        migrations.AddIndex(
            model_name="word",
            index=models.Index(Length("word"), models.F("word"), models.F("people"), name="word_of_length"),
        ),
    ]
