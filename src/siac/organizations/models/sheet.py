# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import models
from django.db.models import Q


class StaffSheet(models.Model):
    """An uploaded sheet of units and people: its rows until they are loaded, then only what came of them."""

    class State(models.TextChoices):
        READY = "ready", "por confirmar"
        LOADING = "loading", "cargando"
        DONE = "done", "cargada"
        FAILED = "failed", "interrumpida"

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    """Of the file, as it came."""
    tables = models.JSONField(default=list)
    """[[title, [[line, cells], …]], …] as read; empty once loaded or a day old."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    total = models.PositiveIntegerField(default=0)
    """Rows that change something, counted when loading began."""
    done = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    """How many rows did what, by `Act`; under «left» [sheet, line, words] of
    those that could not be done after all.
    """
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False)
                | (~Q(state="done") & Q(finished_at__isnull=True)),
                name="organizations_sheet_finished",
            ),
        ]
        indexes = [models.Index("institution", "id", name="organizations_sheet_list")]

    def __str__(self) -> str:
        return self.name

    def sheets(self) -> list[tuple[str, list[tuple[int, list[str]]]]]:
        """Return the tables as they are read."""
        stored: list[Any] = self.tables
        return [(title, [(line, cells) for line, cells in rows]) for title, rows in stored]
