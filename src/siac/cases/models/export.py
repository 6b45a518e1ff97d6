# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from siac.documents.public import PreparedFile


class CaseExport(PreparedFile):
    """A list of cases that somebody took out of the system: who, with which filters, how many rows, when.

    A CSV is done at once and never stored.
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
