# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class AdoptedPart(models.Model):
    """A part of a starter kit that a body took once; it stays taken whatever the body makes of it
    afterwards.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    """Sort and code of the part in its kit: `kind:reclamo`."""
    object_id = models.BigIntegerField()
    """Primary key of the row that it became, in the table of its sort."""
    kit_version = models.PositiveSmallIntegerField()
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ("institution", "key")
        constraints = [models.UniqueConstraint("institution", "key", name="cases_adopted_part")]

    def __str__(self) -> str:
        return self.key
