# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What is open in the order of its folio: else all of it is read and sorted for one page."""

    dependencies = [("cases", "0026_digests_of_what_was_shown")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                "institution",
                "year",
                "number",
                "id",
                name="cases_open_folio",
                condition=Q(state__in=["received", "waiting", "with_unit"]),
            ),
        )
    ]
