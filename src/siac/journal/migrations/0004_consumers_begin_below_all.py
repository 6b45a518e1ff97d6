# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """A new reader begins below the numbers of before a restore, which are negative."""

    dependencies = [("journal", "0003_signed_entries")]

    operations = [
        migrations.AlterField("consumer", "xid", models.BigIntegerField(default=-4611686018427387904)),
    ]
