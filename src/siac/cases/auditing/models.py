# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F


class Drawn(models.TextChoices):
    """Of which requests a sample is drawn."""

    FILED = "filed", "Ingresadas en el período"
    ANSWERED = "answered", "Respondidas en el período"


class AuditSample(models.Model):
    """Requests drawn by lot for a control, with the seed that gives the same ones again."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    population = models.CharField(max_length=10, choices=Drawn.choices)
    first_day = models.DateField()
    """First and last day of the period, in the body's time zone."""
    last_day = models.DateField()
    kind = models.ForeignKey("cases.CaseKind", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    """That unit and those below it; None: the whole body."""
    seed = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    """How many were asked for; `case_ids` are fewer where the population is."""
    population_size = models.PositiveIntegerField()
    case_ids = ArrayField(models.BigIntegerField())
    """The requests, in the order of the draw."""

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("institution", F("id").desc(), name="cases_auditsample_newest")]

    def __str__(self) -> str:
        return f"sample {self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells this sample."""
        return f"sample:{self.pk}"
