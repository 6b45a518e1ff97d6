# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class Review(models.Model):
    """What a session of a body has before it to review how the house serves (*revisión de la dirección*): the
    figures of a period as they stood when it was prepared, frozen.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    sitting = models.ForeignKey("governance.Sitting", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    """Of its session: prepared again it is the next one, and those before stay."""
    first = models.DateField()
    last = models.DateField()
    content = models.JSONField()
    """As `reviewing.review_of` writes it."""
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    class Meta:
        ordering = ("sitting", "-number")
        constraints = [
            models.UniqueConstraint("sitting", "number", name="improvement_review_number"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="improvement_review_days"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.number}"
