# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

import django.contrib.postgres.indexes
import django.db.models.deletion
import siac.journal.models.entry
from django.db import migrations, models

M0002 = import_module("siac.journal.migrations.0002_append_only")
M0003 = import_module("siac.journal.migrations.0003_signed_entries")


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('journal', '0001_initial'), ('journal', '0002_append_only'), ('journal', '0003_signed_entries'), ('journal', '0004_consumers_begin_below_all'), ('journal', '0005_consumers_know_what_finished')]

    initial = True

    dependencies = [
        ('organizations', '0001_squashed_0011_units_in_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('number', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('upto_xid', models.BigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('previous_root', models.BinaryField(max_length=32)),
                ('head_count', models.IntegerField()),
                ('key_id', models.CharField(max_length=8)),
                ('signature', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('institution', 'number'), name='journal_checkpoint_number')],
            },
        ),
        migrations.CreateModel(
            name='Consumer',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('xid', models.BigIntegerField(default=-4611686018427387904)),
                ('entry_id', models.BigIntegerField(default=0)),
                ('failures', models.IntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=100)),
                ('seen', models.TextField(blank=True)),
                ('reading', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('stream', models.CharField(max_length=80)),
                ('seq', models.IntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(default=dict)),
                ('xid', models.BigIntegerField(db_default=siac.journal.models.entry.CurrentTransaction())),
                ('prev_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
                ('mac', models.BinaryField(max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['xid', 'id'], name='journal_entry_settled'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'access.read')), fields=['data'], name='journal_entry_readings', opclasses=['jsonb_path_ops']), models.Index(models.F('institution'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('kind', 'access.read')), name='journal_entry_of_access')],
                'constraints': [models.UniqueConstraint(fields=('institution', 'stream', 'seq'), name='journal_entry_place'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='journal_entry_seq_from_one')],
            },
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checkpoint', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='journal.checkpoint')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('stream', models.CharField(max_length=80)),
                ('seq', models.IntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'stream'), name='journal_sealedhead_once')],
            },
        ),
        migrations.RunSQL(M0002.FORWARD, M0002.BACKWARD),
        M0003.Migration.operations[3],
    ]
