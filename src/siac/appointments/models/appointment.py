# SPDX-License-Identifier: EUPL-1.2
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.fields.ranges import BigIntegerRangeField, IntegerRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from siac.appointments.domain.states import LIVE, State, WaitState
from siac.appointments.texts import STATE_NAMES, WAIT_NAMES


class Way(models.TextChoices):
    """How somebody booked."""

    WEB = "web", "Por internet"
    DESK = "desk", "En el mesón"
    PHONE = "phone", "Por teléfono"
    LIST = "list", "Lista de espera"


class Appointment(models.Model):
    """An hour that is kept for somebody; who they are lies sealed in it until it is forgotten."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+", db_index=False)
    agenda = models.ForeignKey("appointments.Agenda", models.PROTECT, related_name="+", db_index=False)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """Not part of it."""
    on = models.DateField()
    """The day of the clock of its point."""
    seat = models.PositiveSmallIntegerField()
    """Which of the places of the agenda, from 1 on."""
    state = models.CharField(max_length=10, choices=[(each.value, STATE_NAMES[each]) for each in State])
    code = models.CharField(max_length=6)
    """What is typed at the screen of the point; it opens nothing else."""
    token_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the address of its page; the secret itself is sealed with the contact."""
    sealed = models.BinaryField(null=True)
    """Name, contact and secret (`contact.Contact`), sealed with the key of the vault; null once forgotten."""
    contact_keys = ArrayField(models.CharField(max_length=32), default=list)
    """Keyed digests of mail address and telephone, to tell how many somebody has; empty once forgotten."""
    way = models.CharField(max_length=6, choices=Way.choices)
    sequence = models.PositiveIntegerField(default=0)
    """How often it changed: calendars go by it."""
    request_key = models.CharField(max_length=36, null=True)
    """What the form that booked it sent along, so that sending it twice books once."""
    waiter = models.ForeignKey(
        "appointments.Waiter", models.PROTECT, null=True, related_name="+", db_index=False
    )
    held_until = models.DateTimeField(null=True)
    visit = models.OneToOneField("counter.Visit", models.PROTECT, null=True, related_name="+")
    """The ticket they got when they came."""
    came_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    cancelled_by_house = models.BooleanField(default=False)
    cancel_reason = models.CharField(max_length=200, blank=True)
    """Of the house, as its person reads it."""
    unfit = models.CharField(max_length=10, blank=True)
    """Why it cannot be kept as things stand now (`texts.UNFIT`); empty: it can."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ("begins_at", "seat", "pk")
        constraints = [
            # btree_gist is not everywhere: a number is a range of one, which the built-in class compares.
            ExclusionConstraint(
                name="appointments_one_in_a_seat",
                expressions=[
                    (
                        Func(
                            F("agenda"), F("agenda"), Value("[]"), function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            Func(F("seat"), function="int4", output_field=models.IntegerField()),
                            Func(F("seat"), function="int4", output_field=models.IntegerField()),
                            Value("[]"), function="int4range", output_field=IntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            F("begins_at"), F("ends_at"), Value("[)"), function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                condition=Q(state__in=sorted(LIVE)),
            ),
            models.UniqueConstraint("institution", "code", name="appointments_code"),
            models.UniqueConstraint("institution", "request_key", name="appointments_sent_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="appointments_ends_after"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False), name="appointments_held_until"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("point", "on", name="appointments_of_day"),
            models.Index("agenda", "begins_at", name="appointments_of_agenda"),
            models.Index(
                "institution", "begins_at", name="appointments_live", condition=Q(state__in=sorted(LIVE))
            ),
            models.Index("institution", "on", name="appointments_known", condition=Q(sealed__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"appointment:{self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clock of its point."""
        return self.point.zone

    @property
    def local(self) -> datetime:
        """When it begins, by that clock."""
        return self.begins_at.astimezone(self.zone)


class Waiter(models.Model):
    """Somebody who waits for a place at an agenda on one of some days."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    agenda = models.ForeignKey("appointments.Agenda", models.PROTECT, related_name="+", db_index=False)
    first_on = models.DateField()
    last_on = models.DateField()
    state = models.CharField(max_length=8, choices=[(each.value, WAIT_NAMES[each]) for each in WaitState])
    token_digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField(null=True)
    contact_keys = ArrayField(models.CharField(max_length=32), default=list)
    request_key = models.CharField(max_length=36, null=True)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ("joined_at", "pk")
        constraints = [
            models.UniqueConstraint("institution", "request_key", name="appointments_waits_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="appointments_waiter_days"),
        ]
        indexes = [
            models.Index("agenda", "joined_at", name="appointments_waiting", condition=Q(state="waiting")),
            models.Index(
                "institution", "last_on", name="appointments_waiters", condition=Q(sealed__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agenda_id} {self.first_on}"

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"waiter:{self.pk}"

    def wants(self, day: date) -> bool:
        """Return whether a day is one of theirs."""
        return self.first_on <= day <= self.last_on


class AppointmentFact(models.Model):
    """What is counted of an appointment. Written anew whenever it changes, never edited."""

    appointment = models.OneToOneField(
        "appointments.Appointment", models.CASCADE, primary_key=True, related_name="+"
    )
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    held_on = models.DateField()
    """The day it is for."""
    point_id = models.BigIntegerField()
    service_id = models.BigIntegerField()
    """0: of none."""
    way = models.CharField(max_length=6)
    outcome = models.CharField(max_length=10)
    """Its state: booked while it is to come."""
    anticipation = models.PositiveSmallIntegerField()
    """Days from the day on which it was booked to its day."""

    class Meta:
        indexes = [models.Index("institution", "held_on", name="appointments_counted")]

    def __str__(self) -> str:
        return f"appointment:{self.pk}"
