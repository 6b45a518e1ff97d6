# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("cases_causeversion", "cases_templateversion", "cases_routingversion")
GUARD = "\n".join(
    f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();"
    for table in TABLES
)
UNGUARD = "\n".join(f"DROP TRIGGER {table}_guard ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    """Causes and templates keep every save, and every version says on which one it was based."""

    dependencies = [
        ("cases", "0020_answers_by_text_message"),
        ("organizations", "0011_units_in_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("kindversion", "based_on", models.PositiveIntegerField(null=True)),
        migrations.AddField("routingversion", "based_on", models.PositiveIntegerField(null=True)),
        migrations.AddField("cause", "version", models.PositiveIntegerField(default=1, verbose_name="versión")),
        migrations.AddField(
            "answertemplate", "version", models.PositiveIntegerField(default=1, verbose_name="versión")
        ),
        migrations.AlterField(
            "routingrule", "version", models.PositiveIntegerField(default=1, verbose_name="versión")
        ),
        migrations.AlterField(
            "answertemplate",
            "owner",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="solo para",
            ),
        ),
        migrations.AlterField(
            "answertemplate",
            "unit",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
                verbose_name="para la unidad",
            ),
        ),
        migrations.CreateModel(
            name="CauseVersion",
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
                    "cause",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="cases.cause",
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
                "ordering": ("cause", "-number"),
                "constraints": [
                    models.UniqueConstraint(models.F("cause"), models.F("number"), name="cases_cause_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
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
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="cases.answertemplate",
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
                "ordering": ("template", "-number"),
                "constraints": [
                    models.UniqueConstraint(models.F("template"), models.F("number"), name="cases_template_version")
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
