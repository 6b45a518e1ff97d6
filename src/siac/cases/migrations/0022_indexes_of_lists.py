# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.db.models import F, Q

OPEN = Q(state__in=["received", "waiting", "with_unit"])
INDEXES = (
    models.Index(
        F("institution"),
        F("id").desc(),
        name="cases_open_waiting",
        condition=OPEN & (Q(due_on__isnull=True) | Q(state="waiting")),
    ),
    models.Index("institution", "channel", "due_on", "id", name="cases_open_channel", condition=OPEN),
    models.Index("institution", "kind", "due_on", "id", name="cases_open_kind", condition=OPEN),
    models.Index("institution", "topic", "due_on", "id", name="cases_open_topic", condition=OPEN),
    models.Index("institution", "channel", F("id").desc(), name="cases_channel"),
    models.Index(
        "institution",
        "assignee",
        F("id").desc(),
        name="cases_assignee",
        condition=Q(assignee__isnull=False),
    ),
    models.Index("institution", "kind", "channel", F("id").desc(), name="cases_kind_channel"),
    models.Index("institution", "unit", "topic", F("id").desc(), name="cases_unit_topic"),
    models.Index(
        "institution",
        "kind",
        "answered_at",
        "id",
        name="cases_kind_answered",
        condition=Q(answered_at__isnull=False),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_causes_and_templates_in_versions")]

    operations = [migrations.AddIndex("case", index) for index in INDEXES]
