# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.organizations.public import SavedVersion, VersionedRecord


class ReferenceCharter(VersionedRecord):
    """A charter of another body that is worth looking at, and what is worth taking from it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    title = models.CharField("título", max_length=150)
    body = models.CharField("organismo", max_length=150)
    country = models.CharField("país", max_length=60)
    url = models.URLField("enlace", max_length=300)
    taken = models.CharField("qué vale la pena tomar", max_length=1000)
    is_active = models.BooleanField("se sigue mirando", default=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint("institution", "url", name="charters_reference_url"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="charters_reference_https"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.body})"


class ReferenceVersion(SavedVersion):
    """A reference charter as it stood since one save."""

    reference = models.ForeignKey(
        "charters.ReferenceCharter", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("reference", "-number")
        constraints = [models.UniqueConstraint("reference", "number", name="charters_reference_version")]
