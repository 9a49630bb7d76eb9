from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('careers', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='publisher',
            options={'ordering': ['name'], 'permissions': [('takedown_publisher', "Can take a publisher's pages down and put them back")]},
        ),
        migrations.AlterModelOptions(
            name='role',
            options={'ordering': ['title'], 'permissions': [('merge_role', 'Can merge and rename roles')]},
        ),
        migrations.AddField(
            model_name='publisher',
            name='taken_down_at',
            field=models.DateTimeField(editable=False, help_text='Since then none of its facts is current, and none is shown.', null=True),
        ),
        migrations.AddField(
            model_name='publisher',
            name='taken_down_for',
            field=models.TextField(blank=True, editable=False, help_text='Why its pages were taken down.'),
        ),
        migrations.AddField(
            model_name='role',
            name='renamed',
            field=models.BooleanField(default=False, editable=False, help_text="A person gave it this title: no page's spelling changes it."),
        ),
        migrations.AddField(
            model_name='role',
            name='uncounted',
            field=models.BooleanField(default=False, editable=False, help_text='Who agrees with its current values is to be counted anew.'),
        ),
        migrations.AddIndex(
            model_name='role',
            index=models.Index(condition=models.Q(('uncounted', True)), fields=['id'], name='role_uncounted'),
        ),
    ]
