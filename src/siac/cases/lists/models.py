# SPDX-License-Identifier: EUPL-1.2
"""Views of the work list that somebody keeps, and lists that somebody took out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from siac.documents.public import PreparedFile


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


class CaseExport(PreparedFile):
    """A list of cases that somebody took out of the system: who, with which filters, how many rows, when.

    A short CSV is done at once and never stored (`exporting.AT_ONCE`).
    """

    format = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    params = models.JSONField(default=dict)
    """The parameters of the list in its address: view, search, filters."""
    case_ids = ArrayField(models.BigIntegerField(), default=list)
    """The cases of a prepared file, so that the right to each is asked again
    when it is fetched; empty once that is gone.
    """
    with_names = models.BooleanField(default=False)
    """It names people: fetching it needs the right to read identities."""

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index("institution", F("id").desc(), name="cases_export_newest"),
            models.Index("state", "created_at", name="cases_export_age"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells this export."""
        return f"export:{self.pk}"
