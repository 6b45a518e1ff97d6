# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

from siac.journal.signing import entry_mac

CHUNK = 5_000
TABLES = ("journal_journalentry", "journal_checkpoint", "journal_sealedhead")


def sign(apps, schema_editor):
    """Sign the entries that were written before there were signatures."""
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute("SELECT id, hash FROM journal_journalentry WHERE id > %s ORDER BY id LIMIT %s", [last, CHUNK])
            rows = cursor.fetchall()
            if not rows:
                return
            cursor.execute(
                "UPDATE journal_journalentry e SET mac = v.mac FROM unnest(%s::bigint[], %s::bytea[]) AS v(id, mac)"
                " WHERE e.id = v.id",
                [[pk for pk, _ in rows], [entry_mac(bytes(digest)) for _, digest in rows]],
            )
            last = rows[-1][0]


class Migration(migrations.Migration):
    """Every entry bears a keyed signature; the triggers that forbid rewriting fire for replicas too."""

    dependencies = [("journal", "0002_append_only")]

    operations = [
        migrations.AddField("journalentry", "mac", models.BinaryField(max_length=20, null=True)),
        migrations.RunSQL("ALTER TABLE journal_journalentry DISABLE TRIGGER journal_journalentry_rows", migrations.RunSQL.noop),
        migrations.RunPython(sign, migrations.RunPython.noop),
        migrations.RunSQL(
            "".join(
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows, ENABLE ALWAYS TRIGGER {table}_truncate;"
                for table in TABLES
            ),
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("journalentry", "mac", models.BinaryField(max_length=20)),
    ]
