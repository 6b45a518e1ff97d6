# SPDX-License-Identifier: EUPL-1.2
from functools import cached_property

from django.db import models
from django.db.models import Q

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.processes.domain.guides import PhasePlan, read_phases
from siac.processes.domain.line import Ending


class ActLabel(models.TextChoices):
    """What was done with a phase as a whole."""

    CLOSED = "closed", "Se cerró"
    SKIPPED = "skipped", "Se omitió"
    REOPENED = "reopened", "Se volvió a abrir"


class Guide(VersionedRecord):
    """How something is done in phases (*guía*), in versions: what was begun by one goes on by it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    code = models.SlugField("código", max_length=60)
    title = models.CharField("nombre", max_length=150)
    subject_kind = models.CharField("para qué", max_length=20)
    """Of what sort the things are that are done by it: charter …"""
    source = models.CharField("de dónde sale", max_length=250, blank=True)
    phases = models.JSONField("fases", default=list)
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint("institution", "code", name="processes_guide_code")]

    def __str__(self) -> str:
        return self.title

    @property
    def plan(self) -> tuple[PhasePlan, ...]:
        """Its phases."""
        return read_phases(self.phases)


class GuideVersion(SavedVersion):
    """A guide as it stood since one save."""

    guide = models.ForeignKey("processes.Guide", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("guide", "-number")
        constraints = [models.UniqueConstraint("guide", "number", name="processes_guide_version")]


class ProcessRun(models.Model):
    """Something done by a guide, from its first phase to the last; it keeps the phases it began with."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    guide = models.ForeignKey("processes.Guide", models.PROTECT, related_name="runs")
    guide_version = models.PositiveIntegerField()
    phases = models.JSONField()
    """The phases of that version."""
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("subject_kind", "subject_id", name="processes_run_of_one_thing")
        ]
        indexes = [models.Index("institution", "id", name="processes_run_newest")]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"

    @property
    def stream(self) -> str:
        """The journal stream that tells how it went."""
        return f"process:{self.pk}"

    @cached_property
    def plan(self) -> tuple[PhasePlan, ...]:
        """Its phases."""
        return read_phases(self.phases)


class PhaseEnd(models.Model):
    """How a phase of a process ended, or until when somebody means it to. Opened again, it has no ending."""

    run = models.ForeignKey("processes.ProcessRun", models.PROTECT, related_name="ends")
    phase = models.CharField(max_length=40)
    ending = models.CharField(max_length=7, choices=[(each.value, each.value) for each in Ending], blank=True)
    due_on = models.DateField(null=True)
    """Until when it is meant to end, where somebody said so."""
    version = models.PositiveIntegerField(default=0)
    """Grows with each day that is said: who changes it says which one they saw."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    """The act by which a body signed it, or why it was skipped."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("run", "phase", name="processes_phase_once"),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None) | (~Q(ending="") & Q(ended_at__isnull=False)),
                name="processes_phase_ended",
            ),
            models.CheckConstraint(
                condition=~Q(ending="skipped") | ~Q(words=""), name="processes_phase_skip_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.phase}"


class PhaseAct(models.Model):
    """That a phase was closed, left out or opened again: by whom, by which act, or why. What was signed once
    stays, whatever becomes of the phase later.
    """

    run = models.ForeignKey("processes.ProcessRun", models.PROTECT, related_name="acts")
    phase = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=ActLabel.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.run_id} {self.phase} {self.kind}"


class TaskRecord(models.Model):
    """A task of a process: who has it, until when, and that it was done, with what shows it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    run = models.ForeignKey("processes.ProcessRun", models.PROTECT, related_name="tasks")
    phase = models.CharField(max_length=40)
    task = models.CharField(max_length=40)
    responsible = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField("qué lo muestra", max_length=500, blank=True)
    dated_on = models.DateField("de qué día habla", null=True)
    """The day that what shows it speaks for, where somebody said so; `done_at` is when it came."""
    reminded_on = models.DateField(null=True)
    """The last local day on which somebody was reminded of it."""
    version = models.PositiveIntegerField(default=0)
    """Grows each time it is given to somebody: who does says which one they saw."""

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("run", "phase", "task", name="processes_task_once")]
        indexes = [
            models.Index(
                "institution", "responsible", "due_on", name="processes_task_waits",
                condition=Q(done_at=None, responsible__isnull=False),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.run_id} {self.phase} {self.task}"
