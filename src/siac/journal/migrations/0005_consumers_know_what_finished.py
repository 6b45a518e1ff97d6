# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

# Until now a reader had read all of the transactions below `xid`, and of that one the entries up to `entry_id`: it
# goes on in that one, which is finished, and looks anew behind it.
FORWARD = """
UPDATE journal_consumer SET seen = xid || ':' || xid || ':', reading = (xid + 1) || ':' || (xid + 1) || ':'
WHERE xid > -4611686018427387904
"""
# Back, a reader begins at the first transaction that was not finished: it may see again what it saw, and skips none.
BACK = """
UPDATE journal_consumer SET xid = split_part(seen, ':', 1)::bigint, entry_id = 0 WHERE seen <> '';
UPDATE journal_consumer SET xid = -4611686018427387904, entry_id = 0 WHERE seen = '';
"""


class Migration(migrations.Migration):
    """Readers note which transactions had finished instead of waiting for the oldest one."""

    dependencies = [("journal", "0004_consumers_begin_below_all")]

    operations = [
        migrations.AddField("consumer", "seen", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("consumer", "reading", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunSQL(FORWARD, BACK),
    ]
