# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('infra', '0002_unlogged_rate_windows'),
        ('organizations', '0001_initial'),
    ]

    operations = [
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
    ]
