# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class PeriodResult(models.Model):
    """How a promise was kept in a period that is over, frozen: the internal register of a charter, and what
    it publishes. It follows the promise by its code through the editions.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    charter = models.ForeignKey("charters.Charter", models.PROTECT, related_name="results", db_index=False)
    code = models.SlugField(max_length=40)
    commitment = models.ForeignKey("charters.Commitment", models.PROTECT, related_name="+")
    """The promise as it was in force on the last day."""
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    """In the unit of the target; null: there was nothing to tell it of."""
    met = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    target = models.DecimalField(max_digits=9, decimal_places=1)
    is_reached = models.BooleanField(null=True)
    words = models.CharField(max_length=60)
    """The value with its unit."""
    target_words = models.CharField(max_length=60)
    of_words = models.CharField(max_length=60, blank=True)
    frozen_at = models.DateTimeField()
    finding_id = models.BigIntegerField(null=True)
    """The finding that its miss opened."""
    explanation = models.CharField("por qué no se llegó", max_length=1000, blank=True)
    """What the body says in public of a miss."""
    explained_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    """Grows with each explanation: who changes it says which one they saw."""

    class Meta:
        ordering = ("-last", "charter", "code")
        constraints = [
            models.UniqueConstraint("charter", "code", "first", "last", name="charters_result_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="charters_result_period"),
        ]
        indexes = [models.Index("institution", F("last").desc(), "id", name="charters_result_newest")]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.code} {self.first}"
