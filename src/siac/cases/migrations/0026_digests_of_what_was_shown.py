# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a preview and a proposed erasure showed, held against what is confirmed; rows of before have none."""

    dependencies = [("cases", "0025_absences_belong_to_the_body")]
    operations = [
        migrations.AddField(
            model_name=model,
            name="digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        )
        for model in ("bulkaction", "erasurerun")
    ]
