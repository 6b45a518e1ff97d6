# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import F, Q


class Absence(models.Model):
    """Somebody of the body is away from one local day to another, both
    included, and who does their work meanwhile.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    substitute = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """None: nobody; whoever assigns is warned all the same."""
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        db_table = "cases_absence"  # its place when only cases were shared out
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cases_absence_days"),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("user")), name="cases_absence_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on}"

    def covers(self, day: date) -> bool:
        """Return whether the person is away on the local day."""
        return self.starts_on <= day <= self.ends_on
