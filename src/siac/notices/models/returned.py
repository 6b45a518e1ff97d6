# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.notices.domain.outbox import ReturnReason


class ReturnedLetter(models.Model):
    """A time that the post brought a letter back; a letter that is posted again may come back again."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    notice = models.ForeignKey("notices.Notice", models.CASCADE, related_name="returns")
    returned_on = models.DateField()
    """Local day on which it came back."""
    reason = models.CharField(max_length=20, choices=[(why.value, why.value) for why in ReturnReason])
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=[why.value for why in ReturnReason]), name="notices_return_reason"
            )
        ]

    def __str__(self) -> str:
        return f"return of notice {self.notice_id}"
