# SPDX-License-Identifier: EUPL-1.2
"""When a point stops giving numbers before its hours end."""

from django.db import models


class Halt(models.Model):
    """From this moment of a local day on a point gives no more numbers: those who wait are attended."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    """The local day."""
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("point", "on", name="counter_halt_once")]

    def __str__(self) -> str:
        return f"{self.point_id} {self.on}"
