# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import models
from django.db.models import Q

from siac.infra.models import ENDED, LongWork, states_with

READY = "ready"


class PersonnelSheet(LongWork):
    """An uploaded personnel sheet: its rows until they are loaded, then only what came of them."""

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    """Of the file, as it came."""
    tables = models.JSONField(default=list)
    """[[title, [[line, cells], …]], …] as read; empty once loaded or a day old."""
    state = models.CharField(
        max_length=10,
        choices=states_with(
            ready="por confirmar", waiting="en cola", running="cargando", done="cargada",
            failed="interrumpida", stopped="detenida",
        ),
        default=READY,
    )  # fmt: skip
    outcome = models.JSONField(default=dict)
    """How many rows did what, by `Act`; under «left» [sheet, line, code] of those that could not be done."""
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="staff_sheet_finished",
            ),
        ]
        indexes = [models.Index("institution", "id", name="staff_sheet_list")]

    def __str__(self) -> str:
        return self.name

    def sheets(self) -> list[tuple[str, list[tuple[int, list[str]]]]]:
        """Return the tables as they are read."""
        stored: list[Any] = self.tables
        return [(title, [(line, cells) for line, cells in rows]) for title, rows in stored]
