# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Summaries become one of the kinds of frozen reports; reports of a body's own are the other."""

    dependencies = [
        ('reporting', '0003_own_reports'),
    ]

    operations = [
        migrations.RenameModel('Summary', 'FrozenReport'),
        migrations.RemoveIndex('frozenreport', 'reporting_summary_new'),
        migrations.RemoveConstraint('frozenreport', 'reporting_summary_period'),
        migrations.AddField(
            model_name='frozenreport',
            name='report',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='reporting.ownreport'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='reporting_frozen_period'),
        ),
        migrations.AddIndex(
            model_name='frozenreport',
            index=models.Index(models.F('institution'), models.F('report'), models.OrderBy(models.F('last'), descending=True), models.OrderBy(models.F('id'), descending=True), name='reporting_frozen_new'),
        ),
        migrations.AddField(
            model_name='ownreport',
            name='frozen_since',
            field=models.DateField(blank=True, null=True, verbose_name='se deja fijo por sí solo desde'),
        ),
        migrations.AddField(
            model_name='ownreport',
            name='told',
            field=models.JSONField(default=list, verbose_name='se avisa a'),
        ),
    ]
