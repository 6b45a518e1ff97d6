# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.charters.texts import NormLabel


class CharterReport(models.Model):
    """What was reported of a charter for a period (*informe de seguimiento*), as it was made: what it says,
    and its paper. A later one of the same period is a row of its own, with the next number.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    charter = models.ForeignKey("charters.Charter", models.PROTECT, related_name="reports", db_index=False)
    norm = models.CharField(max_length=9, choices=NormLabel.choices)
    """The norm that the charter followed when it was made."""
    first = models.DateField()
    last = models.DateField()
    number = models.PositiveSmallIntegerField()
    """From 1 on for each period of a charter."""
    content = models.JSONField()
    """What it says: {title, basis, goes_to, charter, period, days, verdict, sections}; each section {code,
    title, basis, words, tables}, each table {caption, heads, rows}, each cell [words, what lists it]."""
    paper = models.BinaryField()
    """Its PDF."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True)
    """Since when everybody reads it; null: nobody outside does."""
    shown_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-last", "-first", "-number")
        constraints = [
            models.UniqueConstraint("charter", "first", "last", "number", name="charters_report_number"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="charters_report_period"),
        ]
        indexes = [models.Index("institution", F("last").desc(), F("id").desc(), name="charters_report_new")]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.first}/{self.last} {self.number}"

    @property
    def title(self) -> str:
        """What it is called, with its period."""
        again = f", versión {self.number}" if self.number > 1 else ""
        return f"{self.content['title']}: {self.content['period']}{again}"
