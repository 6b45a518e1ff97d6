# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations
from django.utils import timezone

from siac.cases.domain.row_seal import COLUMNS, row_digest
from siac.journal.public import NewEntry, record_many

CHUNK = 2_000  # more than the journal locks one by one: nobody else writes while a migration runs


def note_rows(apps, schema_editor):
    """Let the journal say what the row of each case is that was filed before entries said so."""
    cases, last, now = apps.get_model("cases", "Case").objects, 0, timezone.now()
    if not cases.exists():
        return
    while rows := list(cases.filter(pk__gt=last).order_by("pk").values("pk", *COLUMNS)[:CHUNK]):
        last = rows[-1]["pk"]
        by_body = {}
        for row in rows:
            entry = NewEntry(f"case:{row['pk']}", "cases.row_noted", {"row": row_digest(row)})
            by_body.setdefault(row["institution_id"], []).append(entry)
        for institution_id, entries in by_body.items():
            record_many(institution_id, entries, now)


class Migration(migrations.Migration):
    """The row of every case is held against the journal, also of those filed before that."""

    dependencies = [
        ("cases", "0009_fingerprints_of_keys"),
        ("documents", "0002_sealed_files"),
        ("journal", "0003_signed_entries"),
    ]

    operations = [migrations.RunPython(note_rows, migrations.RunPython.noop)]
