# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class Clock(models.Model):
    """A deadline that runs on any subject, with the rule and calendar versions it was computed with.

    `due_on` is a local date at the seat; `due_at` the instant the term ends (24:00 of that date, or an hour).
    """

    class State(models.TextChoices):
        RUNNING = "running", "en curso"
        PAUSED = "paused", "detenido"
        MET = "met", "cumplido"
        MISSED = "missed", "incumplido"
        CANCELLED = "cancelled", "sin efecto"

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    subject_type = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    """What it measures: legal, acknowledgement, standard, unit, commitment, correction, appeal_window …"""
    source = models.CharField(max_length=60, blank=True)
    """Opaque word of whoever asked for it: commitment:12."""
    label = models.CharField(max_length=200)
    rule_id = models.CharField(max_length=60, blank=True)
    rule_version = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=60)
    office = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The unit whose own closures stop this clock: set for a unit's internal
    term, never for a term of the law.
    """
    time_zone = models.CharField(max_length=40)
    decreed = models.BooleanField(default=True)
    """Whether decreed days off stop the count."""
    calendar_version = models.CharField(max_length=200)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=2)
    event_on = models.DateField()
    start_reason = models.CharField(max_length=250, blank=True)
    """Why day 0 is not the day of the event; empty when it is."""
    day0 = models.DateField()
    started_at = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    pauses = models.JSONField(default=list)
    """List of {asked_on, answered_on, mode, reason}, dates ISO; closed pauses only."""
    paused_on = models.DateField(null=True)
    extended_amount = models.PositiveSmallIntegerField(null=True)
    """The whole amount after the extension, in `unit`."""
    extended_at = models.DateTimeField(null=True)
    extension_reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    ended_at = models.DateTimeField(null=True)
    days_late = models.SmallIntegerField(default=0)
    """Business days after `due_on`; 0 when on time."""
    missed_at = models.DateTimeField(null=True)
    """When the miss was announced to those who must act on it; once."""

    class Meta:
        ordering = ("due_at", "pk")
        indexes = [
            models.Index("institution", "subject_type", "subject_id", name="clocks_clock_subject"),
            models.Index(
                "institution", "due_on", "id", name="clocks_clock_running", condition=Q(state="running")
            ),
            models.Index(
                "due_at",
                name="clocks_clock_unannounced",
                condition=Q(state="running", missed_at__isnull=True),
            ),
            models.Index(
                "institution", "missed_at", name="clocks_clock_missed", condition=Q(missed_at__isnull=False)
            ),
            models.Index(
                "institution",
                "source",
                "ended_at",
                name="clocks_promise_ended",
                condition=Q(kind="commitment", ended_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__in=["bd", "cd", "m", "h", "mi"]), name="clocks_clock_unit"
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_on__isnull=False)
                | (~Q(state="paused") & Q(paused_on__isnull=True)),
                name="clocks_clock_paused",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused"], ended_at__isnull=True)
                | Q(state__in=["met", "missed", "cancelled"], ended_at__isnull=False),
                name="clocks_clock_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.due_on:%Y-%m-%d})"
