# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """The least value is told, and the share that lies beyond a limit."""

    dependencies = [("indicators", "0005_results_are_frozen")]
    operations = [
        migrations.RemoveConstraint("indicator", "indicators_indicator_within"),
        migrations.AlterField(
            "indicator",
            "statistic",
            models.CharField(choices=[("count", "Cuántas"), ("rate", "Por ciento"), ("stock", "Cuántas al último día"), ("median", "Mediana"), ("p90", "Percentil 90"), ("mean", "Media"), ("maximum", "Máximo"), ("minimum", "Mínimo"), ("within", "Hasta N"), ("beyond", "Más de N")], default="within", max_length=8, verbose_name="qué se dice de ella"),
        ),
        migrations.AddConstraint(
            "indicator",
            models.CheckConstraint(
                condition=~models.Q(statistic__in=("within", "beyond")) | models.Q(within__isnull=False) | models.Q(metric=""),
                name="indicators_indicator_within",
            ),
        ),
    ]
