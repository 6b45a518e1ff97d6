# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION organizations_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'saved versions are never rewritten' USING ERRCODE = 'P0001';
END $$;
CREATE TRIGGER organizations_unitversion_guard BEFORE UPDATE OR DELETE ON organizations_unitversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
UNGUARD = """
DROP TRIGGER organizations_unitversion_guard ON organizations_unitversion;
DROP FUNCTION organizations_version_guard();
"""


class Migration(migrations.Migration):
    """Units keep every save; the function that keeps versions from being rewritten serves other contexts too."""

    dependencies = [
        ("organizations", "0010_sheets_and_practice_bodies_are_long_works"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("unit", "version", models.PositiveIntegerField(default=1, verbose_name="versión")),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("fields", models.JSONField()),
                ("based_on", models.PositiveIntegerField(null=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="organizations.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("unit", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("unit"), models.F("number"), name="organizations_unit_version"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
