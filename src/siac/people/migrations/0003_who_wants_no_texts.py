# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_terms_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='texts_refused_at',
            field=models.DateTimeField(null=True),
        ),
    ]
