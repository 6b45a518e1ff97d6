# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class LinkKind(models.TextChoices):
    """Why two cases belong together."""

    RELATED = "related", "Relacionada"
    SPLIT = "split", "Separada de otra"


class CaseLink(models.Model):
    """Two cases that belong together, each answered by itself; the older one comes first."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    first = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=LinkKind.choices, default=LinkKind.RELATED)
    linked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("first", "second", name="cases_link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="cases_link_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}:{self.second_id}"
