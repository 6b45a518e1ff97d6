# SPDX-License-Identifier: EUPL-1.2
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.reporting.domain.letters import Period, Span


class SpanLabel(models.TextChoices):
    """Words for how long a period of account is."""

    YEAR = Span.YEAR.value, "Año"
    HALF = Span.HALF.value, "Semestre"


class Letter(VersionedRecord):
    """The letter in which the authority renders account of a period (*rendición de cuentas*): its words; the
    figures are those of the frozen reports that were prepared for it.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    length = models.CharField(max_length=9, choices=SpanLabel.choices)
    first = models.DateField()
    last = models.DateField()
    greeting = models.TextField("saludo")
    closing = models.TextField("cierre")

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {"length", "first", "last"}

    class Meta:
        ordering = ("-last", "-pk")
        constraints = [
            models.UniqueConstraint("institution", "first", "last", name="reporting_letter_period_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="reporting_letter_period"),
        ]

    def __str__(self) -> str:
        return f"Rendición de cuentas, {self.period.words}"

    @property
    def period(self) -> Period:
        """Its year or half."""
        return Period(Span(self.length), self.first, self.last)

    @property
    def stream(self) -> str:
        """The journal stream that tells of it."""
        return f"letter:{self.pk}"


class LetterVersion(SavedVersion):
    """The words of a letter as they stood since one save."""

    letter = models.ForeignKey("reporting.Letter", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("letter", "-number")
        constraints = [models.UniqueConstraint("letter", "number", name="reporting_letter_version")]


class LetterRevision(models.Model):
    """A letter as the authority approved it (*revisión*): words and figures of one frozen report, published
    since then; never changed. What is approved later of the same period is the next one.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    letter = models.ForeignKey("reporting.Letter", models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    report = models.OneToOneField("reporting.FrozenReport", models.PROTECT, related_name="approval")
    digest = models.BinaryField(max_length=32)
    """SHA-256 of what was approved: that of its report."""
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ("letter", "-number")
        constraints = [models.UniqueConstraint("letter", "number", name="reporting_letter_revision")]
        indexes = [models.Index("institution", F("approved_at").desc(), name="reporting_letter_newest")]

    def __str__(self) -> str:
        return f"{self.letter_id} rev. {self.number}"


class LetterSending(models.Model):
    """To whom above an approved letter was sent, and when (*envío*)."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    revision = models.ForeignKey(LetterRevision, models.PROTECT, related_name="sendings")
    recipient = models.CharField("a quién", max_length=150)
    """The office, never a person."""
    sent_on = models.DateField("cuándo")
    how = models.CharField("cómo consta", max_length=300, blank=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("revision", "sent_on", "pk")

    def __str__(self) -> str:
        return f"{self.revision_id} {self.recipient} {self.sent_on}"
