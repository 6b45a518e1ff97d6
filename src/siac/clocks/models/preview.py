# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.clocks.models.change import OF_WHAT, MovesClocks
from siac.documents.public import PreparedFile
from siac.infra.models import states_with
from siac.kernel.work_states import WorkState

APPLIED = "applied"


class CalendarPreview(MovesClocks):
    """What days added to a calendar or taken out of it, or another place, would do to the running clocks,
    before anybody decides: `total` live clocks might be touched, counted when it was asked for; `done` are
    computed.

    Only who asked for it sees it and may apply it. Times are instants.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    layer = models.ForeignKey(
        "clocks.CalendarLayer", models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, blank=True)
    """Of the days that are added, as `LayerDay.kind`."""
    source = models.CharField(max_length=200, blank=True)
    screen = models.CharField(max_length=20)
    """Name of the address of the form that asked for it."""
    typed = models.JSONField(default=dict)
    """What was typed there, so that it can be changed."""
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
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
        constraints = [models.CheckConstraint(condition=OF_WHAT, name="clocks_preview_of_what")]
        indexes = [models.Index("institution", "created_at", name="clocks_preview_age")]


class MoveList(PreparedFile):
    """The list of the clocks of one body that a change of calendar moved, as a file for who asked for it."""

    change = models.ForeignKey("clocks.CalendarChange", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("state", "created_at", name="clocks_movelist_age")]

    def __str__(self) -> str:
        return f"moves of change {self.change_id}"
