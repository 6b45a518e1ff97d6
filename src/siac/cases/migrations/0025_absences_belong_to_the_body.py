# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Who is away is known to `organizations`; the table stays as it is, so nothing is done to it."""

    dependencies = [
        ("cases", "0024_the_book_has_its_own_context"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Absence")]
        ),
    ]
