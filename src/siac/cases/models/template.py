# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class AnswerTemplate(models.Model):
    """A text that answers begin with, for one person, a unit and those below it, or the whole body."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    """Whose own it is; None where it is a unit's or the body's."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
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
