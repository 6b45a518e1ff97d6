# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft opens in the browser that wrote it. Those of the last day, written before, open in none."""

    dependencies = [("cases", "0005_corrective_measures")]

    operations = [
        migrations.AddField(
            "filingdraft", "browser", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "filingdraft",
            "case",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.case",
            ),
        ),
    ]
