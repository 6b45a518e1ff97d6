# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """What cells rest on is kept: another calendar, place or time zone has them counted anew."""

    dependencies = [
        ('indicators', '0002_cells_of_any_dimension'),
    ]

    operations = [
        migrations.AddField(
            model_name='cubestate',
            name='days_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='cubestate',
            name='rests_on',
            field=models.CharField(db_default='', default='', max_length=64),
        ),
    ]
