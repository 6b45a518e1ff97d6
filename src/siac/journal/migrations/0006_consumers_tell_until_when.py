# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each reader says up to which moment it has read all."""

    dependencies = [
        ('journal', '0001_squashed_0005_consumers_know_what_finished'),
    ]

    operations = [
        migrations.AddField(
            model_name='consumer',
            name='looked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='consumer',
            name='read_at',
            field=models.DateTimeField(null=True),
        ),
    ]
