# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class Attempt(models.Model):
    """One try at sending a notice, written before the server is spoken to."""

    notice = models.ForeignKey("notices.Notice", models.CASCADE, related_name="attempts")
    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    """Empty while under way, and for ever if the process was killed."""
    server_answer = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"attempt of notice {self.notice_id}"
