# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F


class ExportState(models.TextChoices):
    WAITING = "waiting", "En preparación"
    READY = "ready", "Lista"
    FAILED = "failed", "No se pudo preparar"
    EXPIRED = "expired", "Vencida"


class CaseExport(models.Model):
    """A list of cases that somebody took out of the system: who, with which filters, how many rows, when."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    format = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    params = models.JSONField(default=dict)
    """The parameters of the list in its address: view, search, filters."""
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    case_ids = ArrayField(models.BigIntegerField(), default=list)
    """The cases of a prepared file, so that the right to each is asked again
    when it is fetched; empty once that is gone.
    """
    with_names = models.BooleanField(default=False)
    """It names people: fetching it needs the right to read identities."""
    attachment_id = models.BigIntegerField(null=True)
    """The stored file of an XLSX export; a CSV is never stored."""
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

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
