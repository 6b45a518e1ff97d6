# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

STATES = [
    ("waiting", "En preparación"),
    ("running", "En preparación"),
    ("done", "Listo"),
    ("failed", "No se pudo preparar"),
    ("stopped", "Detenido"),
    ("expired", "Vencido"),
]
_FORWARD = """
UPDATE cases_{table} SET state = CASE state WHEN 'ready' THEN 'done' ELSE state END, begun_at = created_at
"""
_BACK = "UPDATE cases_{table} SET state = CASE state WHEN 'done' THEN 'ready' ELSE state END"


def long_work(name: str, total: str, done: str) -> list[Operation]:
    """Return what gives a table the columns of a long work."""
    return [
        migrations.RenameField(name, total, "total"),
        migrations.RenameField(name, done, "done"),
        migrations.RenameField(name, "finished_at", "ended_at"),
        migrations.AddField(name, "begun_at", models.DateTimeField(null=True)),
        migrations.AddField(name, "fault", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddField(name, "leased_until", models.DateTimeField(null=True)),
        migrations.AlterField(
            name, "state", models.CharField(choices=STATES, default="waiting", max_length=10)
        ),
        migrations.RunSQL(_FORWARD.format(table=name), _BACK.format(table=name)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_referrals_call_answers_back"),
        ("organizations", "0009_practice_bodies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *long_work("caseexport", "rows", "rows_done"),
        migrations.AddField("caseexport", "sha256", models.CharField(blank=True, default="", max_length=64)),
        migrations.AlterField(
            "caseexport",
            "institution",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.institution",
            ),
        ),
        migrations.AlterField(
            "caseexport",
            "requested_by",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveIndex("dossier", "cases_dossier_age"),
        *long_work("dossier", "pieces", "pieces_done"),
        migrations.AlterField(
            "dossier", "sha256", models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(
                models.F("created_at"), condition=models.Q(("state", "done")), name="cases_dossier_age"
            ),
        ),
    ]
