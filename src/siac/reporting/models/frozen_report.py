# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.infra.models import LongWork


class EveryLabel(models.TextChoices):
    """How often a summary is made by itself."""

    NEVER = "", "Nunca: solo cuando se pide"
    MONTH = "mes", "Cada mes"
    QUARTER = "trimestre", "Cada trimestre"
    YEAR = "anio", "Cada año"


class FrozenReport(LongWork):
    """What a report says of a period, frozen when it was made, and its paper: the executive summary, a
    report of the body's own, or the letter in which the authority renders account.

    Made by a job; once made it is never changed. A later one of the same period is a row of its own.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    report = models.ForeignKey(
        "reporting.OwnReport", models.PROTECT, null=True, related_name="copies", db_index=False
    )
    """Null: the executive summary, or a letter."""
    letter = models.ForeignKey("reporting.Letter", models.PROTECT, null=True, related_name="reports")
    """The letter that renders account whose figures these are; null: none."""
    length = models.CharField(max_length=9)
    """A code of `indicators.Length`: the period is a month, a quarter or a year."""
    first = models.DateField()
    last = models.DateField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Null: the house itself, as the body ordered."""
    asked_at = models.DateTimeField()
    content = models.JSONField(default=dict)
    """What the paper says; empty until it is made."""
    digest = models.BinaryField(max_length=32, default=b"")
    """SHA-256 of the content, as the journal knows it."""
    paper = models.BinaryField(default=b"")

    class Meta:
        ordering = ("-last", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="reporting_frozen_period"),
            models.CheckConstraint(condition=Q(report=None) | Q(letter=None), name="reporting_frozen_of_one"),
        ]
        indexes = [
            models.Index(
                "institution", "report", F("last").desc(), F("id").desc(), name="reporting_frozen_new"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.report_id or 'summary'} {self.first}/{self.last}"

    @property
    def stream(self) -> str:
        """The journal stream that tells of it; of every kind, as when only summaries were frozen."""
        return f"summary:{self.pk}"


class SummarySchedule(models.Model):
    """How often a body has a summary made by itself; no row: never."""

    institution = models.OneToOneField("organizations.Institution", models.CASCADE, related_name="+")
    every = models.CharField("cada cuánto", max_length=9, choices=EveryLabel.choices, blank=True)
    since = models.DateField()
    """No period that ended before has one."""

    def __str__(self) -> str:
        return f"{self.institution_id} {self.every}"
