# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """What an indicator counts is told by dimension; the kind was the only one."""

    dependencies = [("indicators", "0003_counted_anew_by_another_calendar")]
    operations = [
        migrations.AddField("indicator", "filters", models.JSONField(blank=True, default=dict, verbose_name="solo de")),
        migrations.RunSQL(
            "UPDATE indicators_indicator SET filters = jsonb_build_object('kind', jsonb_build_array(kind_id::text))"
            " WHERE kind_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("indicator", "kind"),
    ]
