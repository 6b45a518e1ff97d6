# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

STATES = [
    ("waiting", "En cola"),
    ("running", "En curso"),
    ("done", "Cargada"),
    ("failed", "Interrumpida"),
    ("stopped", "Detenido"),
    ("uploaded", "Por revisar"),
    ("checked", "Revisada"),
    ("refused", "Rechazada"),
]
STEPS = [
    ("head", "Leyendo las columnas"),
    ("check", "Revisando todas las filas"),
    ("load", "Cargando"),
]
# A workbook whose columns are still to be read was an uploaded one without any; one that waits longer than a day
# for that lost its file.
_FORWARD = """
UPDATE cases_importbatch SET
  step = CASE state WHEN 'loading' THEN 'load' WHEN 'loaded' THEN 'load' WHEN 'uploaded' THEN 'head' ELSE 'check' END,
  begun_at = created_at,
  ended_at = CASE WHEN state IN ('failed', 'checked') THEN coalesce(ended_at, created_at) ELSE ended_at END,
  state = CASE WHEN state IN ('checking', 'loading') THEN 'waiting' WHEN state = 'loaded' THEN 'done'
    WHEN state = 'uploaded' AND headers = '[]'::jsonb AND created_at > now() - interval '1 day' THEN 'waiting'
    ELSE state END
"""
_BACK = """
UPDATE cases_importbatch SET
  state = CASE WHEN state = 'done' THEN 'loaded' WHEN state IN ('waiting', 'running') THEN
      CASE step WHEN 'load' THEN 'loading' WHEN 'check' THEN 'checking' ELSE 'uploaded' END
    WHEN state = 'stopped' THEN 'failed' ELSE state END,
  ended_at = CASE WHEN state IN ('done', 'refused') THEN ended_at END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_erasures_are_long_works")]

    operations = [
        migrations.RenameField("importbatch", "rows_total", "total"),
        migrations.RenameField("importbatch", "rows_done", "done"),
        migrations.RenameField("importbatch", "finished_at", "ended_at"),
        migrations.AddField("importbatch", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "importbatch", "fault", models.CharField(blank=True, default="", max_length=100)
        ),
        migrations.AddField("importbatch", "leased_until", models.DateTimeField(null=True)),
        migrations.AddField(
            "importbatch",
            "step",
            models.CharField(blank=True, choices=STEPS, default="", max_length=5),
        ),
        migrations.AlterField(
            "importbatch", "state", models.CharField(choices=STATES, default="uploaded", max_length=10)
        ),
        migrations.RunSQL(_FORWARD, _BACK),
    ]
