# SPDX-License-Identifier: EUPL-1.2
"""What is counted of visits."""

from django.db import models


class TurnFact(models.Model):
    """What is counted of a visit: sums of its intervals. Written anew whenever it goes on, never edited."""

    visit = models.OneToOneField("counter.Visit", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    came_on = models.DateField()
    """The local day of the ticket."""
    point_id = models.BigIntegerField()
    line_id = models.BigIntegerField()
    """The line they came for."""
    turn = models.CharField(max_length=20)
    """How their turn was made: the code of a preference of the country, `appointment`, or `arrival`."""
    outcome = models.CharField(max_length=12)
    """The state it is in: that in which it ended, where it did."""
    waited = models.PositiveIntegerField(null=True)
    """Minutes in lines until the last call; null: never called. A minute that began counts."""
    served = models.PositiveIntegerField(null=True)
    """Minutes at desks; null: not attended, or not to its end."""
    held = models.PositiveIntegerField(null=True)
    """Minutes stepped aside; null: never, or not over."""
    is_transferred = models.BooleanField()

    class Meta:
        indexes = [models.Index("institution", "came_on", name="counter_counted")]

    def __str__(self) -> str:
        return f"ticket:{self.pk}"
