# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0006_changes_are_long_works"),
        ("organizations", "0012_absences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarPreview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, default="", max_length=100)),
                ("leased_until", models.DateTimeField(null=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("added", "Días agregados"),
                            ("revoked", "Días anulados"),
                            ("place", "Otro lugar"),
                        ],
                        max_length=8,
                    ),
                ),
                ("days", models.JSONField()),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(max_length=300)),
                ("screen", models.CharField(max_length=20)),
                ("typed", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "por empezar"),
                            ("running", "en curso"),
                            ("done", "lista"),
                            ("failed", "interrumpida"),
                            ("stopped", "Detenido"),
                            ("applied", "aplicada"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("found", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                (
                    "change",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendarchange",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.institution",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendarlayer",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(models.F("institution"), models.F("created_at"), name="clocks_preview_age")
                ],
            },
        ),
        migrations.CreateModel(
            name="MoveList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, default="", max_length=100)),
                ("leased_until", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En preparación"),
                            ("running", "En preparación"),
                            ("done", "Listo"),
                            ("failed", "No se pudo preparar"),
                            ("stopped", "Detenido"),
                            ("expired", "Vencido"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attachment_id", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "change",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendarchange",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.institution",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(models.F("state"), models.F("created_at"), name="clocks_movelist_age")
                ],
            },
        ),
    ]
