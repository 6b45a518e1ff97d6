# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    FILED = "filed", "Por decidir"
    UPHELD = "upheld", "Acogida"
    REJECTED = "rejected", "No acogida"


class Claim(models.Model):
    """That a person says a promise was not kept on their request, and what was decided."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    commitment = models.ForeignKey("charters.Commitment", models.PROTECT, related_name="claims")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    words = models.CharField("qué pasó", max_length=2000, blank=True)
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    """The local day by which it is to be decided."""
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.FILED)
    answer = models.CharField("qué se decidió y por qué", max_length=1000, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    """Of the seal of words and answer, which are erased with it in time; empty: they are not sealed."""
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint("case", "commitment", name="charters_claim_once"),
            models.CheckConstraint(
                condition=Q(state="filed", decided_at=None)
                | (~Q(state="filed") & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="charters_claim_decided_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                "institution", "due_on", "id", name="charters_claims_waiting", condition=Q(state="filed")
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.commitment_id}"
