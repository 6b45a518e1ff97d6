# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.organizations.public import SavedVersion, VersionedRecord

MOST_COST = 2_000_000_000
"""What a row may say: the whole numbers of the cube end soon after."""


class AttentionCost(VersionedRecord):
    """What attending people cost a body in a year, by one channel or by all of them, as the body says it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("año")
    channel = models.CharField("canal", max_length=20, blank=True)
    """Member of the dimension of requests; empty: all channels together."""
    amount = models.PositiveIntegerField("costo del año")
    """Whole units of the currency of the country."""
    source = models.CharField("de dónde sale", max_length=200)
    is_active = models.BooleanField("vigente", default=True)

    class Meta:
        ordering = ("-year", "channel", "pk")
        constraints = [
            models.UniqueConstraint("institution", "year", "channel", name="indicators_one_cost"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=MOST_COST), name="indicators_cost_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.channel}: {self.amount}"


class AttentionCostVersion(SavedVersion):
    """A cost as it stood since one save."""

    cost = models.ForeignKey(
        "indicators.AttentionCost", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("cost", "-number")
        constraints = [models.UniqueConstraint("cost", "number", name="indicators_cost_version")]


class CostFact(models.Model):
    """A cost that stands, beside how many were attended for it. Written anew whenever either changes."""

    cost = models.OneToOneField(
        "indicators.AttentionCost", models.CASCADE, primary_key=True, related_name="+"
    )
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    ended_on = models.DateField()
    """The last day of its year."""
    channel = models.CharField(max_length=20, blank=True)
    amount = models.IntegerField()
    contacts = models.IntegerField()
    """Requests received and attentions given by its channel in its year; of none there is no fact."""

    class Meta:
        indexes = [models.Index("institution", "ended_on", name="indicators_costs_ended")]

    def __str__(self) -> str:
        return f"cost:{self.pk}"
