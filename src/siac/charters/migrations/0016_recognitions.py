# SPDX-License-Identifier: EUPL-1.2
"""What units are recognised for, declared beforehand."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0015_reports_of_charters'),
        ('organizations', '0015_comparison'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecognitionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='nombre')),
                ('periods', models.PositiveSmallIntegerField(verbose_name='períodos seguidos')),
                ('least', models.PositiveSmallIntegerField(verbose_name='casos mínimos')),
                ('declared_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'ordering': ('-declared_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('periods__gte', 2), ('periods__lte', 12)), name='charters_recognition_periods')],
            },
        ),
    ]
