# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q


class CurrentTransaction(Func):
    """The 64-bit number of the transaction that writes the row."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class JournalEntry(models.Model):
    """One thing that happened, in the chain of its subject. Never changed or deleted: triggers forbid it.

    `data` holds ids, codes, dates and digests only; no name, no text.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    stream = models.CharField(max_length=80)
    """Whose chain: `case:12`, `charter:3`, `access:7`."""
    seq = models.IntegerField()
    """Place in the chain, from 1, without gaps."""
    kind = models.CharField(max_length=60)
    """What happened, in the past tense: `cases.filed`."""
    actor_id = models.BigIntegerField(null=True)
    """User who did it; empty for a citizen or the system. No foreign key: users may go, the trail stays."""
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    xid = models.BigIntegerField(db_default=CurrentTransaction())
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=20)
    """Name of the key (4 bytes) and keyed digest of `hash`: nobody without the key,
    which is not in the database, adds entries.
    """

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "stream", "seq"], name="journal_entry_place"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="journal_entry_seq_from_one"),
        ]
        indexes = [
            models.Index(fields=["xid", "id"], name="journal_entry_settled"),
            GinIndex(
                fields=["data"],
                opclasses=["jsonb_path_ops"],
                name="journal_entry_readings",
                condition=Q(kind="access.read"),
            ),
            models.Index(
                "institution", F("id").desc(), name="journal_entry_of_access", condition=Q(kind="access.read")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"
