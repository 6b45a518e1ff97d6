# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_erasures_that_broke_off'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='idempotency_print',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='incomingpaper',
            name='idempotency_print',
            field=models.BinaryField(max_length=32, null=True),
        ),
    ]
