# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("charters", "0022_guarantees_on_attentions"),
        ('organizations', '0015_comparison'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='certificationaudit',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='sent_how',
            field=models.CharField(blank=True, max_length=200, verbose_name='cómo se envió'),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='sent_on',
            field=models.DateField(null=True, verbose_name='día en que se envió'),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='sent_proof',
            field=models.CharField(blank=True, max_length=300, verbose_name='constancia'),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='shown_content',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='shown_paper',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='charterreport',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='claim',
            name='salt',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='editioncomment',
            name='salt',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddConstraint(
            model_name='charterreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_how', ''), ('sent_on', None), ('sent_proof', '')), models.Q(('sent_on__isnull', False), models.Q(('sent_how', ''), _negated=True), models.Q(('sent_proof', ''), _negated=True)), _connector='OR'), name='charters_report_sent_with_proof'),
        ),
    ]
