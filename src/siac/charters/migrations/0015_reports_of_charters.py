# SPDX-License-Identifier: EUPL-1.2
"""What was reported of a charter for a period, kept as it was made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0014_what_was_seen'),
        ('organizations', '0015_comparison'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CharterReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('norm', models.CharField(choices=[('une', 'UNE 93200 (cartas de servicios)'), ('rd951', 'España: RD 951/2005'), ('mtpe', 'Perú: guía del MTPE (RSG 061-2015-TR/SG)'), ('pledge', 'Chile: carta de compromisos')], max_length=9)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('paper', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('shown_at', models.DateTimeField(null=True)),
                ('charter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='charters.charter')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shown_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-last', '-first', '-number'),
                'indexes': [models.Index(models.F('institution'), models.OrderBy(models.F('last'), descending=True), models.OrderBy(models.F('id'), descending=True), name='charters_report_new')],
                'constraints': [models.UniqueConstraint(models.F('charter'), models.F('first'), models.F('last'), models.F('number'), name='charters_report_number'), models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='charters_report_period')],
            },
        ),
    ]
