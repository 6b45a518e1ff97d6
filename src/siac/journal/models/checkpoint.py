# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class Checkpoint(models.Model):
    """A signed summary of the heads that changed since the last one.

    Append-only; its key is not in the database.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    at = models.DateTimeField()
    upto_xid = models.BigIntegerField()
    """Entries of transactions below this one are sealed."""
    root = models.BinaryField(max_length=32)
    previous_root = models.BinaryField(max_length=32)
    head_count = models.IntegerField()
    key_id = models.CharField(max_length=8)
    signature = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="journal_checkpoint_number")
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class SealedHead(models.Model):
    """The last entry of one stream as a checkpoint saw it: a leaf of its tree. Append-only."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="heads", db_index=False)
    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    stream = models.CharField(max_length=80)
    seq = models.IntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "stream"], name="journal_sealedhead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"
