# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _to(model: str, **kwargs) -> models.ForeignKey:
    return models.ForeignKey(to=model, on_delete=django.db.models.deletion.PROTECT, related_name="+", **kwargs)


class Migration(migrations.Migration):
    """Papers that were entered once and wait to be entered again."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("organizations", "0014_traits"),
        ("servicepoints", "0001_initial"),
        ("surveys", "0008_once_and_basis"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("version", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=32, unique=True)),
                ("mark", models.CharField(blank=True, max_length=40, verbose_name="número de la hoja")),
                ("answers", models.JSONField()),
                ("entered_on", models.DateField()),
                ("entered_by", _to(settings.AUTH_USER_MODEL)),
                ("institution", _to("organizations.institution")),
                ("point", _to("servicepoints.servicepoint", null=True)),
                ("survey", _to("surveys.survey")),
            ],
            options={"ordering": ("entered_on", "pk")},
        ),
    ]
