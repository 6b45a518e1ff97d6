# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import Q

from siac.infra.models import ENDED, LongWork, states_with
from siac.kernel.work_states import WorkState

OF_WHAT = Q(action="place", layer=None) & ~Q(place_to="") | ~Q(action="place") & Q(
    layer__isnull=False, place_to=""
)
"""Either the days of a calendar change, or another place counts."""


class MovesClocks(LongWork):
    """What may move running clocks: days added to a calendar or taken out of it, or another place of a body
    or of a unit, whose days count from then on. `layer` is null of a place. Times are instants.
    """

    class Action(models.TextChoices):
        ADDED = "added", "Días agregados"
        REVOKED = "revoked", "Días anulados"
        PLACE = "place", "Otro lugar"

    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Of a place: the unit that has another; null, the body."""
    place_from = models.CharField(max_length=60, blank=True)
    place_to = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=8, choices=Action.choices)
    days = models.JSONField()
    """ISO dates, in order."""
    name = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    @property
    def dates(self) -> list[date]:
        """The days as dates."""
        return [date.fromisoformat(day) for day in self.days]


class CalendarChange(MovesClocks):
    """Days added to a calendar or taken out of it, or another place whose days count, and
    how far the running clocks have followed: `total` live clocks might be touched,
    counted when it was made; `done` were looked at.

    `institution` is the body whose staff made it; a shared layer moves clocks
    of other bodies too. Times are instants.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    layer = models.ForeignKey("clocks.CalendarLayer", models.PROTECT, null=True, related_name="changes")
    """Null of a place: no calendar changed, another one counts."""
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=states_with(
            waiting="por empezar",
            running="en curso",
            done="terminado",
            failed="interrumpido",
            stopped="detenido",
        ),
        default=WorkState.WAITING,
    )
    moved = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    """Clocks that would leave the years the calendar covers: they keep their day and are told of."""
    position = models.BigIntegerField(default=0)
    """Id of the last clock looked at: whoever takes over goes on behind it."""

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="clocks_change_finished",
            ),
            models.CheckConstraint(condition=OF_WHAT, name="clocks_change_of_what"),
        ]


class ClockMove(models.Model):
    """From which day to which a change of calendar moved one clock; `due_to` null: it could not be moved."""

    change = models.ForeignKey("clocks.CalendarChange", models.CASCADE, related_name="moves", db_index=False)
    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    clock_id = models.BigIntegerField()
    subject_type = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    due_from = models.DateField()
    due_to = models.DateField(null=True)

    class Meta:
        ordering = ("due_from", "pk")
        constraints = [models.UniqueConstraint("change", "clock_id", name="clocks_move_once")]
        indexes = [models.Index("change", "institution", "due_from", "id", name="clocks_move_list")]

    def __str__(self) -> str:
        return f"{self.label}: {self.due_from} → {self.due_to}"
