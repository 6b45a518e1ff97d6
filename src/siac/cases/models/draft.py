# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class FilingDraft(models.Model):
    """A request that a citizen has typed and not yet sent; kept sealed for a day so that nothing has to be typed twice."""

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    kind = models.ForeignKey("cases.CaseKind", models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=43, unique=True)
    """Random; in the address of the page where the citizen checks the answers."""
    sealed = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("created_at", name="cases_draft_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
