# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models

from siac.clocks.models.change import CalendarChange
from siac.documents.public import PreparedFile
from siac.infra.models import LongWork, states_with
from siac.kernel.work_states import WorkState

APPLIED = "applied"


class CalendarPreview(LongWork):
    """What days added to a calendar or taken out of it would do to the running clocks, before anybody
    decides: `total` live clocks might be touched, counted when it was asked for; `done` are computed.

    Only who asked for it sees it and may apply it. Times are instants.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    layer = models.ForeignKey("clocks.CalendarLayer", models.PROTECT, related_name="+", db_index=False)
    action = models.CharField(max_length=8, choices=CalendarChange.Action.choices)
    days = models.JSONField()
    """ISO dates, in order."""
    kind = models.CharField(max_length=20)
    """Of the days that are added, as `LayerDay.kind`."""
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    screen = models.CharField(max_length=20)
    """Name of the address of the form that asked for it."""
    typed = models.JSONField(default=dict)
    """What was typed there, so that it can be changed."""
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=states_with(
            waiting="por empezar",
            running="en curso",
            done="lista",
            failed="interrumpida",
            applied="aplicada",
        ),
        default=WorkState.WAITING,
    )
    found = models.JSONField(null=True)
    """What it found (`queries.changes.Sums`); null until it is done."""
    digest = models.CharField(max_length=64, blank=True, default="")
    """Of all that it was computed from: what is applied must still be that."""
    change = models.ForeignKey(
        "clocks.CalendarChange", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """What applying it began."""

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("institution", "created_at", name="clocks_preview_age")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    @property
    def dates(self) -> list[date]:
        """The days as dates."""
        return [date.fromisoformat(day) for day in self.days]


class MoveList(PreparedFile):
    """The list of the clocks of one body that a change of calendar moved, as a file for who asked for it."""

    change = models.ForeignKey("clocks.CalendarChange", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("state", "created_at", name="clocks_movelist_age")]

    def __str__(self) -> str:
        return f"moves of change {self.change_id}"
