# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What has a cause is counted from its index alone, and what has none by one of its own."""

    dependencies = [("cases", "0027_open_cases_by_folio")]

    operations = [
        migrations.RemoveIndex("case", "cases_by_cause"),
        migrations.AddIndex(
            "case",
            models.Index(
                "institution",
                "cause",
                "filed_at",
                name="cases_by_cause",
                condition=Q(cause__isnull=False),
                include=("kind", "state", "is_restricted", "unit", "assignee", "filed_by"),
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                "institution",
                "kind",
                "filed_at",
                name="cases_uncoded",
                condition=Q(cause__isnull=True, state__in=("answered", "closed")),
            ),
        ),
    ]
