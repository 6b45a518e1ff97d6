# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.reporting.models.dataset import EachLabel


class OwnReport(VersionedRecord):
    """A report that a body puts together itself from figures, indicators and words; read live of whole
    periods that are over, and frozen on demand or by itself.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField("título", max_length=120)
    intro = models.TextField("presentación", blank=True)
    every = models.CharField("período", max_length=9, choices=EachLabel.choices, default=EachLabel.MONTH)
    sections = models.JSONField("secciones", default=list)
    """In their order, each with `kind` and `title`: of a figure `metric`, `asked` (names and values of its
    address) and `shown`, of an indicator its `indicator`, of words their `text`.
    """
    frozen_since = models.DateField("se deja fijo por sí solo desde", null=True, blank=True)
    """Each period that ends from this day on is frozen by itself; null: only on demand."""
    told = models.JSONField("se avisa a", default=list)
    """Codes of the roles whose holders are told of each copy."""
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint("institution", "title", name="reporting_own_title")]

    def __str__(self) -> str:
        return self.title


class OwnReportVersion(SavedVersion):
    """A report of a body's own as it was put together since one save."""

    report = models.ForeignKey("reporting.OwnReport", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("report", "-number")
        constraints = [models.UniqueConstraint("report", "number", name="reporting_own_version")]
