# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

M0002 = import_module("siac.infra.migrations.0002_unlogged_rate_windows")


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('infra', '0001_initial'), ('infra', '0002_unlogged_rate_windows'), ('infra', '0003_job_faults'), ('infra', '0004_key_checks')]

    initial = True

    dependencies = [
        ('organizations', '0001_squashed_0011_units_in_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyCheck',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('check_value', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='RateWindow',
            fields=[
                ('key', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('window', models.BigIntegerField()),
                ('count', models.IntegerField()),
                ('previous', models.IntegerField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=40)),
                ('key', models.BinaryField(max_length=32)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('result', models.JSONField(null=True)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('institution', 'scope', 'key'), name='infra_idempotency_once')],
            },
        ),
        migrations.CreateModel(
            name='JobFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=80)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('error', models.CharField(max_length=100)),
                ('failures', models.PositiveIntegerField(default=1)),
                ('since', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('job', 'institution', 'subject'), name='infra_jobfault_once')],
            },
        ),
        M0002.Migration.operations[0],
    ]
