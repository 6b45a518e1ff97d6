# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class ThirdParty(models.Model):
    """Somebody whose rights the delivery of information may affect, who is heard before it is given.

    Art. 20 Ley 20.285 (Chile: an objection blocks the delivery) and art. 19.3
    Ley 19/2013 (Spain: the term waits).
    """

    class Stand(models.TextChoices):
        PENDING = "pending", "Por responder"
        OBJECTED = "objected", "Se opone"
        CONSENTED = "consented", "Consiente"
        SILENT = "silent", "No respondió a tiempo"

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="third_parties", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    asked = models.ForeignKey("cases.CaseMessage", models.PROTECT, related_name="+", db_index=False)
    """What it was told."""
    told_at = models.DateTimeField()
    until = models.DateField()
    """Last local day on which it may object."""
    stand = models.CharField(max_length=9, choices=Stand.choices, default=Stand.PENDING)
    stood_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The officer who wrote down its answer; None when it answered itself or the term ended."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("case", "person", name="cases_third_party_once"),
            models.CheckConstraint(
                condition=Q(stand="pending", stood_at__isnull=True)
                | (~Q(stand="pending") & Q(stood_at__isnull=False)),
                name="cases_third_party_stood",
            ),
        ]
        indexes = [
            models.Index(
                "institution", "until", name="cases_third_party_pending", condition=Q(stand="pending")
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stand}"
