
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('careers', '0002_taking_down'),
        ('ingest', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Archive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('size', models.PositiveBigIntegerField(default=0, help_text='Bytes of the archive.')),
                ('digest', models.CharField(max_length=64)),
                ('files', models.PositiveIntegerField(default=0, help_text='How many files it holds; 0 until it was looked into.')),
                ('taken', models.PositiveIntegerField(default=0, help_text='How many of them are drafts by now.')),
                ('unpacked', models.PositiveBigIntegerField(default=0, help_text='Bytes that came out of it so far.')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ArchivePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kind', models.CharField(choices=[('load', 'loading'), ('reread', 'reading again')], default='load', max_length=10)),
                ('stage', models.CharField(choices=[('reading', 'reading'), ('rehearsed', 'rehearsed'), ('loading', 'loading'), ('done', 'done'), ('undoing', 'taking back'), ('undone', 'taken back')], default='reading', max_length=10)),
                ('stopped', models.BooleanField(default=False, help_text='A person stopped it; it goes on from there when asked to.')),
                ('run_total', models.PositiveIntegerField(default=0, help_text='How many pages the run under way is to do.')),
                ('publisher', models.CharField(blank=True, max_length=120)),
                ('url', models.URLField(blank=True, max_length=1000)),
                ('captured_on', models.DateField(blank=True, null=True)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('licence_url', models.URLField(blank=True, max_length=500)),
                ('same_roles', models.JSONField(blank=True, default=dict, help_text='Title key -> the address (slug) of the role that it is another title of, or "" where a person said that it is a new role.')),
            ],
            options={
                'verbose_name_plural': 'batches',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('also_named', models.JSONField(default=list, help_text='Names of further files of the batch with the same content.')),
                ('content', models.BinaryField(default=bytes, help_text='Empty once `page` has it, and where the file was unreadable.')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('publisher', models.CharField(blank=True, max_length=120)),
                ('url', models.URLField(blank=True, max_length=1000)),
                ('captured_on', models.DateField(blank=True, null=True)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('licence_url', models.URLField(blank=True, max_length=500)),
                ('choices', models.JSONField(default=dict, help_text='As on Page.')),
                ('wanted', models.BooleanField(default=False, help_text='To be loaded, or taken back, by the run under way.')),
                ('status', models.CharField(blank=True, choices=[('new', 'new'), ('changed', 'changed'), ('same', 'same'), ('refused', 'refused')], max_length=10)),
                ('error', models.TextField(blank=True, help_text='Why it was refused, in a sentence for people.')),
                ('layout', models.CharField(blank=True, max_length=20)),
                ('roles', models.JSONField(default=list)),
                ('warnings', models.JSONField(default=list)),
                ('ambiguous', models.JSONField(default=list)),
                ('unread', models.JSONField(default=list)),
                ('change_count', models.PositiveIntegerField(default=0)),
                ('warning_count', models.PositiveIntegerField(default=0)),
                ('to_choose', models.PositiveIntegerField(default=0, help_text="Unclear values, and new titles close to a stored role's.")),
                ('outcome', models.CharField(blank=True, choices=[('loaded', 'loaded'), ('unchanged', 'changed nothing'), ('known', 'was loaded before'), ('refused', 'refused'), ('undone', 'taken back')], max_length=10)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='page',
            options={'ordering': ['-pk'], 'permissions': [('load_page', 'Can load pages, choose unclear values and read pages again'), ('undo_page', 'Can take pages back')]},
        ),
        migrations.AddField(
            model_name='event',
            name='publisher',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='careers.publisher'),
        ),
        migrations.AddField(
            model_name='event',
            name='role',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='careers.role'),
        ),
        migrations.AddField(
            model_name='event',
            name='undoes',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='undone_by', to='ingest.event'),
        ),
        migrations.AddField(
            model_name='page',
            name='again',
            field=models.BooleanField(default=False, editable=False, help_text='To be read again: what other pages tell may change how it is read.'),
        ),
        migrations.AlterField(
            model_name='event',
            name='what',
            field=models.CharField(choices=[('load', 'loaded'), ('undo', 'took back'), ('choose', 'chose'), ('reread', 'read again'), ('alias', 'gave another title to'), ('merge', 'merged'), ('rename', 'renamed'), ('take-down', 'took down'), ('put-back', 'put back'), ('revert', 'undid')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('again', True)), fields=['id'], name='page_again'),
        ),
        migrations.AddField(
            model_name='archivepart',
            name='archive',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='ingest.archive'),
        ),
        migrations.AddField(
            model_name='batch',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='batch',
            name='decided_by',
            field=models.ForeignKey(blank=True, help_text='Who asked for the loading or taking back that is under way.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='archive',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='archives', to='ingest.batch'),
        ),
        migrations.AddField(
            model_name='event',
            name='batch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='ingest.batch'),
        ),
        migrations.AddField(
            model_name='draft',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='ingest.batch'),
        ),
        migrations.AddField(
            model_name='draft',
            name='page',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafts', to='ingest.page'),
        ),
        migrations.AddConstraint(
            model_name='archivepart',
            constraint=models.UniqueConstraint(fields=('archive', 'position'), name='archive_part_once'),
        ),
        migrations.AddConstraint(
            model_name='archive',
            constraint=models.UniqueConstraint(fields=('batch', 'digest'), name='archive_once', violation_error_message='This archive is in the batch already.'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(condition=models.Q(('status', '')), fields=['batch', 'id'], name='draft_to_rehearse'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(condition=models.Q(('wanted', True)), fields=['batch', 'id'], name='draft_wanted'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('digest', ''), _negated=True), fields=('batch', 'digest'), name='draft_once', violation_error_message='This file is in the batch already.'),
        ),
    ]
