# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0007_previews_are_long_works"),
        ("organizations", "0012_absences"),
    ]

    operations = [
        migrations.AddField("calendarpreview", "place_from", models.CharField(blank=True, max_length=60)),
        migrations.AddField("calendarpreview", "place_to", models.CharField(blank=True, max_length=60)),
        migrations.AddField(
            "calendarpreview",
            "unit",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AlterField(
            "calendarpreview",
            "layer",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.calendarlayer",
            ),
        ),
        migrations.AlterField("calendarpreview", "kind", models.CharField(blank=True, max_length=20)),
        migrations.AddConstraint(
            "calendarpreview",
            models.CheckConstraint(
                condition=Q(action="place", layer=None) & ~Q(place_to="")
                | ~Q(action="place") & Q(layer__isnull=False, place_to=""),
                name="clocks_preview_of_what",
            ),
        ),
    ]
