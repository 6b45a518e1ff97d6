# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0002_acts_on_phases'),
    ]

    operations = [
        migrations.AddField(
            model_name='phaseend',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='taskrecord',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
