# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Let PostgreSQL know how rare a word is.

    With the usual statistics it takes every rare word for a common one and walks the newest cases backwards in search of
    it; with ten times as many it uses the index of words.
    """

    dependencies = [("cases", "0002_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE cases_casetext ALTER COLUMN search SET STATISTICS 1000",
            "ALTER TABLE cases_casetext ALTER COLUMN search SET STATISTICS -1",
        )
    ]
