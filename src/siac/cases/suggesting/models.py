# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.cases.suggesting.domain import Evaluation


class SuggestionTarget(models.TextChoices):
    """What is suggested."""

    TOPIC = "topic", "Tema"
    UNIT = "unit", "Unidad"


class SuggestionModel(models.Model):
    """What one night learned from a body's own requests, and how often it was
    right; only the latest keeps its content.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    target = models.CharField(max_length=5, choices=SuggestionTarget.choices)
    number = models.PositiveIntegerField()
    learned_at = models.DateTimeField()
    learned = models.PositiveIntegerField()
    """Requests of the earlier part, from which what was measured had been learned; the content is
    from all.
    """
    measured = models.PositiveIntegerField()
    """Requests of the latest part."""
    labels = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    among = models.PositiveIntegerField()
    frequent_first = models.PositiveIntegerField()
    frequent_among = models.PositiveIntegerField()
    content = models.JSONField(null=True)
    """`texts`: requests by id of topic or unit.

    `words`: by token of at least three requests, requests by id.
    """
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of `content` as it was learned, in hexadecimal; empty on models older than this column."""

    class Meta:
        ordering = ("institution", "target", "-number")
        constraints = [
            models.UniqueConstraint("institution", "target", "number", name="cases_suggestion_number")
        ]

    def __str__(self) -> str:
        return f"{self.target} v{self.number}"

    @property
    def evaluation(self) -> Evaluation:
        """Return what was measured."""
        return Evaluation(
            self.learned,
            self.measured,
            self.labels,
            self.first,
            self.among,
            self.frequent_first,
            self.frequent_among,
        )
