# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

STATES = [
    ("waiting", "En cola"),
    ("running", "En curso"),
    ("done", "Terminado"),
    ("failed", "Interrumpido"),
    ("stopped", "Detenido"),
    ("choosing", "Por completar"),
    ("preview", "Por confirmar"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_prepared_files_are_long_works")]

    operations = [
        migrations.RemoveConstraint("bulkaction", "cases_bulk_within_total"),
        migrations.RenameField("bulkaction", "changed", "done"),
        migrations.RenameField("bulkaction", "finished_at", "ended_at"),
        migrations.AddField("bulkaction", "fault", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddField("bulkaction", "leased_until", models.DateTimeField(null=True)),
        migrations.AlterField(
            "bulkaction", "state", models.CharField(choices=STATES, default="choosing", max_length=10)
        ),
        migrations.RunSQL(
            "UPDATE cases_bulkaction SET done = done + refused",
            "UPDATE cases_bulkaction SET done = done - refused",
        ),
        migrations.AddConstraint(
            "bulkaction",
            models.CheckConstraint(
                condition=models.Q(total__gte=models.F("done"), done__gte=models.F("refused")),
                name="cases_bulk_within_total",
            ),
        ),
    ]
