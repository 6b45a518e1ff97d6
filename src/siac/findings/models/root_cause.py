# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.findings.domain.root_causes import Category


class CategoryLabel(models.TextChoices):
    """Words for the sorts of causes."""

    PEOPLE = Category.PEOPLE.value, "Personas"
    METHOD = Category.METHOD.value, "Procedimiento"
    MEANS = Category.MEANS.value, "Medios y equipos"
    INFORMATION = Category.INFORMATION.value, "Información"
    NORMS = Category.NORMS.value, "Normas"
    ENVIRONMENT = Category.ENVIRONMENT.value, "Entorno"


class RootCause(models.Model):
    """Why a finding came about (*causa de fondo*), as somebody wrote it down; what is thought otherwise later
    is a row of its own with the next number, and the newest counts.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    finding = models.ForeignKey(
        "findings.Finding", models.PROTECT, related_name="root_causes", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    category = models.CharField("tipo de causa", max_length=11, choices=CategoryLabel.choices)
    whys = models.JSONField(default=list)
    """Up to five answers to «why?», each about the one before; the last one is the root."""
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("finding", "-number")
        constraints = [
            models.UniqueConstraint("finding", "number", name="findings_root_cause_number"),
            models.CheckConstraint(condition=Q(number__gt=0), name="findings_root_cause_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.number}"

    @property
    def root(self) -> str:
        """The last answer: that which must be mended."""
        return str(self.whys[-1]) if self.whys else ""
