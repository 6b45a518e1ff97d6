# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class Presence(models.Model):
    """Somebody is writing an answer to a case right now, or was a moment ago; rows live an hour at most."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False)
    seen_at = models.DateTimeField(db_index=True)
    """The last sign of it."""

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("case", "user", name="cases_presence_once")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.user_id}"
