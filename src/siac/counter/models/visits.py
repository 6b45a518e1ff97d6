# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.counter.domain.queueing import ticket_code
from siac.counter.domain.states import AT_DESK, LIVE, State
from siac.counter.texts import STATE_NAMES


class TicketCounter(models.Model):
    """The last number that a letter of a service point has given on a local day."""

    point = models.ForeignKey("servicepoints.ServicePoint", models.CASCADE, related_name="+", db_index=False)
    prefix = models.CharField(max_length=1)
    given_on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("point", "prefix", "given_on", name="counter_ticket_counter")]

    def __str__(self) -> str:
        return ticket_code(self.prefix, self.last)


class Visit(models.Model):
    """Somebody who came to a service point and took a ticket; nobody asks who they are."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey("counter.QueueLine", models.PROTECT, related_name="+", db_index=False)
    """What they came for; where they wait now is said by the open stage."""
    prefix = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    """Of its letter and local day, from 1 on without gaps."""
    taken_on = models.DateField()
    """The local day of the ticket."""
    taken_at = models.DateTimeField()
    priority = models.CharField(max_length=20, blank=True)
    """Code of a preference of the country (`Country.preferred`); empty: none."""
    hour = models.DateTimeField(null=True)
    """The hour of their appointment, where they came for one in time; from it on they go first."""
    token = models.CharField(max_length=22, unique=True)
    """The secret in the address of its page on a phone."""

    class Meta:
        constraints = [
            models.UniqueConstraint("point", "taken_on", "prefix", "number", name="counter_visit_code")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The code of its ticket: «B 047»."""
        return ticket_code(self.prefix, self.number)

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"ticket:{self.pk}"


class Stage(models.Model):
    """An interval of a visit in one state; the one without an end is where it is now."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+", db_index=False)
    visit = models.ForeignKey("counter.Visit", models.PROTECT, related_name="stages")
    line = models.ForeignKey("counter.QueueLine", models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey("counter.Desk", models.PROTECT, null=True, related_name="+", db_index=False)
    officer = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=[(state.value, STATE_NAMES[state]) for state in State])
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    """How often the person was called."""
    called_at = models.DateTimeField(null=True)
    """The last time."""
    interaction = models.ForeignKey(
        "cases.Interaction", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The attention whose minutes it is part of; null: of none yet, or of a state without minutes."""

    class Meta:
        ordering = ("visit", "begun_at", "pk")
        constraints = [
            models.UniqueConstraint("visit", name="counter_stage_one_open", condition=Q(ended_at=None)),
            models.UniqueConstraint(
                "desk",
                name="counter_stage_one_at_desk",
                condition=Q(ended_at=None, state__in=sorted(AT_DESK)),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="counter_stage_ends_after"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(AT_DESK)) | Q(desk__isnull=False), name="counter_stage_has_desk"
            ),
        ]
        indexes = [
            models.Index(
                "point",
                name="counter_stage_live",
                condition=Q(ended_at=None, state__in=sorted(LIVE)),
            ),
            models.Index(
                "point", F("called_at").desc(), name="counter_stage_called", condition=Q(calls__gt=0)
            ),
            models.Index(
                "point", F("ended_at").desc(), name="counter_stage_served", condition=Q(state="serving")
            ),
            models.Index(
                "interaction", name="counter_stage_attention", condition=Q(interaction__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.state}"
