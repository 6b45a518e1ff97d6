# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class TerritoryShapes(models.Model):
    """The shapes that a body brought of its territories, ready to be drawn; new ones take their place."""

    institution = models.OneToOneField("organizations.Institution", models.CASCADE, related_name="+")
    source = models.CharField("fuente", max_length=200)
    """Who made them, as it stands under every map."""
    property = models.CharField("propiedad", max_length=200)
    """The property of the file that has the code of the country."""
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    west = models.FloatField(null=True)
    """Degrees (WGS 84) of the left edge; null of shapes that were brought before this was kept."""
    north = models.FloatField(null=True)
    """Degrees of the upper edge."""
    across = models.FloatField(null=True)
    """Units of the drawing in a degree of longitude."""
    down = models.FloatField(null=True)
    """Units of the drawing in a degree of latitude."""
    areas = models.JSONField(default=dict)
    """By code of the territory, its path in whole numbers."""
    unknown = models.JSONField(default=list)
    """Areas of the file that no territory of the country has the code of."""
    broken = models.JSONField(default=list)
    """Areas of the file that could not be drawn."""
    loaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.institution_id} {len(self.areas)}"
