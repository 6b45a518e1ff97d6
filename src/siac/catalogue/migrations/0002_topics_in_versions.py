# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER catalogue_topicversion_guard BEFORE UPDATE OR DELETE ON catalogue_topicversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
UNGUARD = "DROP TRIGGER catalogue_topicversion_guard ON catalogue_topicversion"


class Migration(migrations.Migration):
    """Topics keep every save."""

    dependencies = [
        ("catalogue", "0001_initial"),
        ("organizations", "0011_units_in_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("topic", "version", models.PositiveIntegerField(default=1, verbose_name="versión")),
        migrations.CreateModel(
            name="TopicVersion",
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
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalogue.topic",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("topic", "-number"),
                "constraints": [
                    models.UniqueConstraint(models.F("topic"), models.F("number"), name="catalogue_topic_version")
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
