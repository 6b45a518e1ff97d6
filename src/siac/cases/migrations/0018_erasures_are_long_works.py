# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

STATES = [
    ("waiting", "En cola"),
    ("running", "Borrando"),
    ("done", "Terminado"),
    ("failed", "Interrumpido: falta una parte"),
    ("stopped", "Detenido"),
    ("proposed", "Propuesto, por aprobar"),
    ("discarded", "Descartado"),
]
_FORWARD = """
UPDATE cases_erasurerun r SET begun_at = CASE WHEN state = 'proposed' THEN NULL ELSE decided_at END,
  ended_at = CASE WHEN state = 'failed' THEN decided_at ELSE ended_at END,
  done = (SELECT count(*) FROM cases_erasureitem i WHERE i.run_id = r.id AND i.outcome <> '')
"""
_BACK = """
UPDATE cases_erasurerun SET state = CASE state WHEN 'waiting' THEN 'running' ELSE state END,
  ended_at = CASE WHEN state = 'done' THEN ended_at END
"""
OPEN = "cases_erasure_one_open"


def one_open(*states: str) -> models.UniqueConstraint:
    """Return the constraint that a body has one open run."""
    return models.UniqueConstraint(
        models.F("institution"), condition=models.Q(state__in=states), name=OPEN
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_bulk_actions_are_long_works")]

    operations = [
        migrations.RemoveConstraint("erasurerun", OPEN),
        migrations.RenameField("erasurerun", "finished_at", "ended_at"),
        migrations.RenameField("erasurerun", "failure", "fault"),
        migrations.AlterField(
            "erasurerun", "fault", models.CharField(blank=True, default="", max_length=100)
        ),
        migrations.AddField("erasurerun", "done", models.PositiveIntegerField(default=0)),
        migrations.AddField("erasurerun", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField("erasurerun", "leased_until", models.DateTimeField(null=True)),
        migrations.AlterField(
            "erasurerun", "state", models.CharField(choices=STATES, default="proposed", max_length=10)
        ),
        migrations.RunSQL(_FORWARD, _BACK),
        migrations.AddConstraint("erasurerun", one_open("proposed", "waiting", "running", "failed")),
    ]
