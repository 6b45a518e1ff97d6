# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """A survey may be sent after an attention, as after an answer."""

    dependencies = [("surveys", "0009_papers")]

    operations = [
        migrations.AddField(
            "survey",
            "asks_after_attention",
            models.BooleanField(
                default=False, verbose_name="se envía después de una atención en persona o por teléfono"
            ),
        ),
        migrations.AlterField(
            "survey", "delay_days", models.PositiveSmallIntegerField(default=1, verbose_name="días después")
        ),
        migrations.AddField("invitation", "attention_id", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "invitation",
            models.Index(
                "institution",
                "attention_id",
                name="surveys_invited_attended",
                condition=models.Q(attention_id__isnull=False),
            ),
        ),
    ]
