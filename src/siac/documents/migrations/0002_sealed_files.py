# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.utils import timezone

from siac.documents.domain.sealing import sealed_text
from siac.journal.public import NewEntry, record_many, seal

CHUNK = 400


def seal_all(apps, schema_editor):
    """Seal the files that were stored before there were seals, as they are today."""
    attachments = apps.get_model("documents", "Attachment").objects
    last, now = 0, timezone.now()
    while rows := list(attachments.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        by_body = {}
        for row in rows:
            text = sealed_text(
                sha256=row.sha256, size=row.size, name=row.name, media_type=row.media_type, storage_key=row.storage_key,
                visibility=row.visibility, by=row.uploaded_by_id, at=row.uploaded_at,
            )
            sealed, is_erased = seal(text), row.erased_at is not None
            row.salt = "" if is_erased else sealed.salt
            data = {"of": row.subject_type, "id": row.subject_id, "seal": sealed.digest}
            entries = by_body.setdefault(row.institution_id, [])
            entries.append(NewEntry(f"file:{row.pk}", "documents.stored", data))
            if is_erased:
                entries.append(NewEntry(f"file:{row.pk}", "documents.erased"))
        attachments.bulk_update(rows, ["salt"])
        for institution_id, entries in by_body.items():
            record_many(institution_id, entries, now, new_streams=True)


class Migration(migrations.Migration):
    """Files are sealed in the journal when they are stored."""

    dependencies = [("documents", "0001_initial"), ("journal", "0003_signed_entries")]

    operations = [
        migrations.AddField("attachment", "salt", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
