# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
import siac.kernel.work_states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What whoever directs is told of a period, and how often."""

    initial = True

    dependencies = [
        ('organizations', '0012_absences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SummarySchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('every', models.CharField(blank=True, choices=[('', 'Nunca: solo cuando se pide'), ('mes', 'Cada mes'), ('trimestre', 'Cada trimestre'), ('anio', 'Cada año')], max_length=9, verbose_name='cada cuánto')),
                ('since', models.DateField()),
                ('institution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
            ],
        ),
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'En cola'), ('running', 'En curso'), ('done', 'Terminado'), ('failed', 'Interrumpido'), ('stopped', 'Detenido')], default=siac.kernel.work_states.WorkState['WAITING'], max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=100)),
                ('leased_until', models.DateTimeField(null=True)),
                ('length', models.CharField(max_length=9)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('content', models.JSONField(default=dict)),
                ('digest', models.BinaryField(default=b'', max_length=32)),
                ('paper', models.BinaryField(default=b'')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'ordering': ('-last', '-pk'),
                'indexes': [models.Index(models.F('institution'), models.OrderBy(models.F('last'), descending=True), models.OrderBy(models.F('id'), descending=True), name='reporting_summary_new')],
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='reporting_summary_period')],
            },
        ),
    ]
