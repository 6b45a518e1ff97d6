# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_practice_bodies_send_nothing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='channel',
            field=models.CharField(max_length=10),
        ),
    ]
