# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.organizations.public import SavedVersion, VersionedRecord


class AnswerTemplate(VersionedRecord):
    """A text that answers begin with, for one person, a unit and those below it, or the whole body."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="solo para",
    )
    """Whose own it is; None where it is a unit's or the body's."""
    unit = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="para la unidad",
    )
    """Whose unit's it is; None with no owner: everybody's."""
    title = models.CharField("título", max_length=80)
    body = models.TextField("texto")
    """With variables in braces (see `domain.variables`)."""
    is_active = models.BooleanField("se ofrece", default=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(unit__isnull=True), name="cases_template_one_scope"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TemplateVersion(SavedVersion):
    """A template as it stood since one save."""

    template = models.ForeignKey(
        "cases.AnswerTemplate", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("template", "-number")
        constraints = [models.UniqueConstraint("template", "number", name="cases_template_version")]
