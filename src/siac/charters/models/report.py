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
    shown_content = models.JSONField(null=True)
    """What everybody reads of it, in the form of `content`, where that tells of periods of few; null: all."""
    shown_paper = models.BinaryField(null=True)
    """The PDF of that."""
    sent_on = models.DateField("día en que se envió", null=True)
    """The local day on which it went to whom its norm says; null: nobody said that it did."""
    sent_how = models.CharField("cómo se envió", max_length=200, blank=True)
    sent_proof = models.CharField("constancia", max_length=300, blank=True)
    """What shows it: the number of an entry, a receipt."""
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Who wrote that down."""
    version = models.PositiveIntegerField(default=0)
    """Grows each time somebody says how it was sent: who corrects it says which one they saw."""

    class Meta:
        ordering = ("-last", "-first", "-number")
        constraints = [
            models.UniqueConstraint("charter", "first", "last", "number", name="charters_report_number"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="charters_report_period"),
            models.CheckConstraint(
                condition=Q(sent_on=None, sent_how="", sent_proof="")
                | (Q(sent_on__isnull=False) & ~Q(sent_how="") & ~Q(sent_proof="")),
                name="charters_report_sent_with_proof",
            ),
        ]
        indexes = [models.Index("institution", F("last").desc(), F("id").desc(), name="charters_report_new")]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.first}/{self.last} {self.number}"

    @property
    def title(self) -> str:
        """What it is called, with its period."""
        again = f", versión {self.number}" if self.number > 1 else ""
        return f"{self.content['title']}: {self.content['period']}{again}"
