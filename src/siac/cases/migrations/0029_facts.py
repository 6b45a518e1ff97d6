# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is counted of each case; a job fills it."""

    dependencies = [
        ('cases', '0028_causes_are_counted_by_index'),
        ('organizations', '0012_absences'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFact',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('filed_on', models.DateField()),
                ('answered_on', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('late_from', models.DateField(null=True)),
                ('certified_on', models.DateField(null=True)),
                ('unit_id', models.BigIntegerField(default=0)),
                ('kind_id', models.BigIntegerField()),
                ('topic_id', models.BigIntegerField(default=0)),
                ('point_id', models.BigIntegerField(default=0)),
                ('channel', models.CharField(max_length=8)),
                ('person', models.CharField(max_length=9)),
                ('audience', models.CharField(max_length=8)),
                ('answer_days', models.SmallIntegerField(null=True)),
                ('calendar_days', models.IntegerField(null=True)),
                ('days_late', models.IntegerField(null=True)),
                ('own_term', models.CharField(blank=True, max_length=6)),
                ('unit_term', models.CharField(blank=True, max_length=6)),
                ('referral_days', models.IntegerField(null=True)),
                ('registration_days', models.IntegerField(null=True)),
                ('rating', models.SmallIntegerField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('ending', models.CharField(blank=True, max_length=12)),
                ('is_first_contact', models.BooleanField(default=False)),
                ('is_contested', models.BooleanField(default=False)),
                ('is_reopened', models.BooleanField(default=False)),
                ('is_completed', models.BooleanField(default=False)),
                ('is_extended', models.BooleanField(default=False)),
                ('is_by_staff', models.BooleanField(default=False)),
                ('has_cause', models.BooleanField(default=False)),
                ('appeals', models.SmallIntegerField(default=0)),
                ('appeals_lost', models.SmallIntegerField(default=0)),
                ('appeals_decided', models.SmallIntegerField(default=0)),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
            ],
            options={
                'indexes': [models.Index(models.F('institution'), models.F('filed_on'), name='cases_fact_filed'), models.Index(models.F('institution'), models.F('answered_on'), condition=models.Q(('answered_on__isnull', False)), name='cases_fact_answered'), models.Index(models.F('institution'), models.F('closed_on'), condition=models.Q(('closed_on__isnull', False)), name='cases_fact_closed'), models.Index(models.F('institution'), models.F('ended_on'), condition=models.Q(('ended_on__isnull', False)), name='cases_fact_ended'), models.Index(models.F('institution'), models.F('late_from'), condition=models.Q(('late_from__isnull', False)), name='cases_fact_late'), models.Index(models.F('institution'), models.F('certified_on'), condition=models.Q(('certified_on__isnull', False)), name='cases_fact_certified')],
            },
        ),
    ]
