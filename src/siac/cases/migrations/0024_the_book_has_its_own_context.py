# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """The book of complaints belongs to `statutory`; its tables stay, so nothing is done to them."""

    dependencies = [
        ("cases", "0023_papers_have_their_own_context"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="BookCounter"),
                migrations.DeleteModel(name="BookSheet"),
            ]
        ),
    ]
