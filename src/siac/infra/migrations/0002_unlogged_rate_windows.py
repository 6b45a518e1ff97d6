# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Rate windows need no durability, so they skip the write-ahead log."""

    dependencies = [("infra", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE infra_ratewindow SET UNLOGGED", "ALTER TABLE infra_ratewindow SET LOGGED"
        )
    ]
