# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class IndicatorResult(models.Model):
    """What an indicator said of a period, frozen: the figure, the rows that were counted and their digest.

    Never changed: what was found wrong later is a revision, a row of its own that says what differs and why.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, related_name="results", db_index=False
    )
    version = models.PositiveIntegerField()
    """The version of the indicator that it was worked out by."""
    first = models.DateField()
    last = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    """In the unit of the indicator; null: there was nothing to tell it of."""
    total = models.PositiveIntegerField(default=0)
    """How many things it rests on; 0 for one written down by hand."""
    met = models.PositiveIntegerField(default=0)
    """Of a share: how many of them are met."""
    target = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    """Null: of one from before the system, whose target nobody told."""
    is_earlier = models.BooleanField(default=False)
    """It was told before the body measured with the system: written down, with nothing counted behind it."""
    rows = models.BinaryField(default=b"")
    """What was counted, as `domain.results.packed` keeps it; empty for one written down by hand."""
    digest = models.BinaryField(max_length=32)
    """SHA-256 of the rows, or of what was written down."""
    note = models.CharField(max_length=500, blank=True)
    """Why it was revised; of one written down by hand, where the figure comes from."""
    changes = models.JSONField(default=dict)
    """Of a revision: how many rows were added, removed and altered."""
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Null: by the house itself, when its day came."""

    class Meta:
        ordering = ("-last", "-revision", "pk")
        constraints = [
            models.UniqueConstraint(
                "indicator", "first", "last", "revision", name="indicators_result_revision"
            ),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="indicators_result_period"),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(note=""), name="indicators_result_revision_says_why"
            ),
        ]
        indexes = [models.Index("institution", F("last").desc(), "id", name="indicators_result_newest")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.first}/{self.last} r{self.revision}"


class StaleResult(models.Model):
    """A frozen result that would be another one today, found at night; it goes when the result is revised or
    says the same again. The result itself stays as it was frozen.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    result = models.OneToOneField(IndicatorResult, models.CASCADE, related_name="stale")
    found_on = models.DateField()
    """The local day on which it was first seen."""

    class Meta:
        ordering = ("found_on", "pk")
        indexes = [models.Index("institution", "found_on", name="indicators_stale")]

    def __str__(self) -> str:
        return f"{self.result_id} {self.found_on}"


class ResultNote(models.Model):
    """What somebody wrote about a result: an analysis, an explanation, or the evidence, with its files."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    result = models.ForeignKey(IndicatorResult, models.PROTECT, related_name="notes")
    body = models.TextField()
    dated_on = models.DateField(null=True)
    """The day of which its files speak, where they say one; `written_at` is when they came."""
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"{self.result_id} {self.written_at}"
