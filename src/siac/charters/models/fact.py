# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class RemedyFact(models.Model):
    """What is counted of a remedy. Written anew whenever it or its request changes, never edited."""

    remedy = models.OneToOneField("charters.Remedy", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    owed_on = models.DateField()
    """Local day on which the promise was found broken."""
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    """Local day on which it was delivered or found to have no effect."""
    is_in_time = models.BooleanField(null=True)
    """Delivered by its last day; null: it has no effect, so nobody waits for it."""
    days = models.IntegerField(null=True)
    """Calendar days from the broken promise to its delivery; null while it is not delivered."""
    decided_on = models.DateField(null=True)
    """Local day on which somebody said whether it is due; null where nobody did, or before that was kept."""
    decision_days = models.IntegerField(null=True)
    """Calendar days from the broken promise to that."""
    is_refused = models.BooleanField(default=False)
    """Somebody said, with a reason, that it is not due."""
    kind_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(default=0)
    """0: the request is not routed yet."""

    class Meta:
        indexes = [
            models.Index("institution", day, name=f"charters_remedies_{name}")
            for day, name in (
                ("owed_on", "since"),
                ("due_on", "due"),
                ("settled_on", "settled"),
                ("decided_on", "decided"),
            )
        ]

    def __str__(self) -> str:
        return f"remedy:{self.pk}"
