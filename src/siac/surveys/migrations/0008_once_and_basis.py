# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """A sheet of an open door is counted once; whoever changes a door says which one they saw."""

    dependencies = [("surveys", "0007_checklists")]

    operations = [
        migrations.AddField("halfanswer", "is_sent", models.BooleanField(default=False)),
        migrations.AddField("surveylink", "version", models.PositiveIntegerField(default=1)),
    ]
