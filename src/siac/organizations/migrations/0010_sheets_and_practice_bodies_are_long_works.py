# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

SHEET = [
    ("waiting", "en cola"),
    ("running", "cargando"),
    ("done", "cargada"),
    ("failed", "interrumpida"),
    ("stopped", "detenida"),
    ("ready", "por confirmar"),
]
RUN = [
    ("waiting", "En cola"),
    ("running", "En curso"),
    ("done", "Terminado"),
    ("failed", "Interrumpido"),
    ("stopped", "Detenido"),
]
ENDED = ("done", "failed", "stopped")
_FORWARD = """
UPDATE organizations_{table} SET state = CASE state WHEN '{old}' THEN 'running' ELSE state END,
  begun_at = CASE state WHEN 'ready' THEN NULL ELSE created_at END,
  ended_at = CASE state WHEN 'failed' THEN coalesce(ended_at, created_at) ELSE ended_at END
"""
_BACK = """
UPDATE organizations_{table} SET state = CASE state WHEN 'waiting' THEN '{first}' WHEN 'running' THEN '{old}'
  WHEN 'stopped' THEN 'failed' ELSE state END,
  ended_at = CASE state WHEN 'done' THEN ended_at END
"""


def long_work(name: str, state: models.Field, old: str, first: str) -> list[Operation]:  # type: ignore[type-arg]
    """Return what gives a table the columns of a long work; `old`: what its running state was called."""
    return [
        migrations.RenameField(name, "finished_at", "ended_at"),
        migrations.AddField(name, "begun_at", models.DateTimeField(null=True)),
        migrations.AddField(name, "fault", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddField(name, "leased_until", models.DateTimeField(null=True)),
        migrations.AlterField(name, "state", state),
        migrations.RunSQL(
            _FORWARD.format(table=name, old=old), _BACK.format(table=name, old=old, first=first)
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("organizations", "0009_practice_bodies")]

    operations = [
        migrations.RemoveConstraint("staffsheet", "organizations_sheet_finished"),
        *long_work(
            "staffsheet",
            models.CharField(choices=SHEET, default="ready", max_length=10),
            old="loading",
            first="loading",
        ),
        migrations.AddConstraint(
            "staffsheet",
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED, ended_at__isnull=False)
                | (~models.Q(state__in=ENDED) & models.Q(ended_at__isnull=True)),
                name="organizations_sheet_finished",
            ),
        ),
        migrations.RemoveConstraint("practicerun", "organizations_one_practice_run"),
        *long_work(
            "practicerun",
            models.CharField(choices=RUN, default="waiting", max_length=10),
            old="copying",
            first="waiting",
        ),
        migrations.AddConstraint(
            "practicerun",
            models.UniqueConstraint(
                models.F("institution"),
                condition=models.Q(state__in=["waiting", "running"]),
                name="organizations_one_practice_run",
            ),
        ),
    ]
