# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """A list of cases that somebody named to come back to: its view, filters and search, never its rows.

    It gives nobody a right: whoever opens it sees of it what they may see anyway.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=60)
    params = models.JSONField(default=dict)
    """The parameters of the list in its address."""
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    """Whose own it is; None where it is a unit's or the body's."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Whose unit's it is; None with no owner: everybody's."""

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(unit__isnull=True), name="cases_saved_view_one_scope"
            ),
            models.UniqueConstraint(
                "institution", "owner", "unit", "name", name="cases_saved_view_name", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name
