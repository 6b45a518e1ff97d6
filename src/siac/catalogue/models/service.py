# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from siac.catalogue.models.sheet import Sheet
from siac.organizations.public import SavedVersion, VersionedRecord


class Service(VersionedRecord, Sheet):
    """What the body offers to people or asks of them (*servicio, trámite, producto*), as it is published:
    what it is, who may have it, what it takes, how long. Charters promise on it, service points give it.
    Each of its versions is an edition that was published.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="services")
    code = models.SlugField("código", max_length=60)
    is_active = models.BooleanField("se presta", default=True)
    ends_on = models.DateField("deja de prestarse el", null=True, blank=True)
    """Local day from which it is not given any more; null: nobody said that it ends."""
    end_reason = models.CharField("por qué ya no se presta", max_length=300, blank=True)
    """What people read in its place: why, and where to go instead."""
    reminded_on = models.DateField(null=True, editable=False)
    """Local day on which those who answer for it were last told that it is to be reviewed."""

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {"reminded_on"}

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="catalogue_service_code"),
            *Sheet.Meta.constraints,
        ]
        indexes = [
            models.Index(
                "institution", "review_on", "id", name="catalogue_service_review",
                condition=Q(is_active=True, review_on__isnull=False),
            )
        ]  # fmt: skip

    def is_past_review(self, today: date) -> bool:
        """Return whether the day by which it was to be reviewed has come; not where it is no longer given."""
        return self.is_active and self.review_on is not None and self.review_on <= today


class ServiceVersion(SavedVersion):
    """A service as it stood since one save: an edition of its sheet."""

    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("service", "-number")
        constraints = [models.UniqueConstraint("service", "number", name="catalogue_service_version")]
