# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Papers belong to `mailroom`; their tables stay as they are, so nothing is done to them."""

    dependencies = [
        ("cases", "0022_indexes_of_lists"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="PaperCounter"),
                migrations.DeleteModel(name="IncomingPaper"),
            ]
        ),
    ]
