# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import Q


class MaterialKind(models.TextChoices):
    POSTER = "poster", "Afiche (A3)"
    LEAFLET = "leaflet", "Folleto (A4)"


class Material(models.Model):
    """A poster or leaflet of a campaign: its words, and what it leads to. Of a charter it is tied to one
    edition: where another one is in force, what hangs on the wall is out of date.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    campaign = models.ForeignKey("outreach.Campaign", models.PROTECT, related_name="materials")
    kind = models.CharField(max_length=7, choices=MaterialKind.choices)
    headline = models.CharField("titular", max_length=120)
    body = models.TextField("texto", max_length=1500, blank=True)
    edition = models.ForeignKey(
        "charters.CharterEdition", models.PROTECT, null=True, blank=True, related_name="+"
    )
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    """When it was taken out of use."""

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index("institution", "made_at", "id", name="outreach_materials")]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition=None) | Q(point=None), name="outreach_material_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return self.headline

    def is_outdated(self, today: date) -> bool:
        """Return whether it is of an edition that is not in force on a local day, or of a place that is not
        published any more, whose page its code leads to. No SQL with its edition and place.
        """
        if self.retired_at is not None:
            return False
        if self.point is not None:
            return not self.point.is_active
        return self.edition is not None and not self.edition.is_in_force(today)
