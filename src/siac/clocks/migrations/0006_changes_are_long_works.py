# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

STATES = [
    ("waiting", "por empezar"),
    ("running", "en curso"),
    ("done", "terminado"),
    ("failed", "interrumpido"),
    ("stopped", "detenido"),
]
ENDED = ("done", "failed", "stopped")
_FORWARD = """
UPDATE clocks_calendarchange SET begun_at = created_at,
  ended_at = CASE state WHEN 'failed' THEN coalesce(ended_at, created_at) ELSE ended_at END
"""
_BACK = """
UPDATE clocks_calendarchange SET state = CASE state WHEN 'stopped' THEN 'failed' ELSE state END,
  ended_at = CASE state WHEN 'done' THEN ended_at END
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0005_place_of_a_body_or_unit_changes")]

    operations = [
        migrations.RemoveConstraint("calendarchange", "clocks_change_finished"),
        migrations.RenameField("calendarchange", "looked", "done"),
        migrations.RenameField("calendarchange", "finished_at", "ended_at"),
        migrations.AddField("calendarchange", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "calendarchange", "fault", models.CharField(blank=True, default="", max_length=100)
        ),
        migrations.AddField("calendarchange", "leased_until", models.DateTimeField(null=True)),
        migrations.AlterField(
            "calendarchange",
            "state",
            models.CharField(choices=STATES, default="waiting", max_length=10),
        ),
        migrations.RunSQL(_FORWARD, _BACK),
        migrations.AddConstraint(
            "calendarchange",
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED, ended_at__isnull=False)
                | (~models.Q(state__in=ENDED) & models.Q(ended_at__isnull=True)),
                name="clocks_change_finished",
            ),
        ),
    ]
