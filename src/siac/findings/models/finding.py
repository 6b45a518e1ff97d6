# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.findings.domain.states import UNSETTLED, State


class Source(models.TextChoices):
    """What showed it."""

    AUDIT = "audit", "Auditoría interna"
    EXTERNAL = "external", "Auditoría externa"
    SHOPPER = "shopper", "Cliente incógnito"
    COMPLAINTS = "complaints", "Reclamos"
    SURVEY = "survey", "Encuesta"
    INDICATOR = "indicator", "Desvío de un indicador"
    FLAG = "flag", "Señal de los datos"
    BREACH = "breach", "Compromiso no cumplido"
    SUGGESTION = "suggestion", "Sugerencia"
    COUNTER = "counter", "Mesón"
    REVIEW = "review", "Revisión de la dirección"
    OTHER = "other", "Otra"


class Severity(models.IntegerChoices):
    """How grave it is, the gravest first."""

    GRAVE = 1, "Grave"
    MODERATE = 2, "Moderado"
    MINOR = 3, "Menor"


class StateLabel(models.TextChoices):
    """Words for where a finding stands."""

    OPEN = State.OPEN.value, "Abierto"
    ACTING = State.ACTING.value, "En curso"
    SOLVED = State.SOLVED.value, "Resuelto"
    DISMISSED = State.DISMISSED.value, "Descartado"


class FindingNumber(models.Model):
    """The last number given to a finding of a body in a local year; taken by `infra.series`."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        ordering = ("institution", "year")
        constraints = [models.UniqueConstraint("institution", "year", name="findings_number_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Finding(models.Model):
    """Something that is not as it should be, with who answers for it and by when (*hallazgo*)."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    source = models.CharField("de dónde sale", max_length=10, choices=Source.choices)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    """What it is about (`domain.subjects`); empty and null where it is about no thing of the system."""
    title = models.CharField("qué se encontró", max_length=150)
    detail = models.TextField("detalle", blank=True)
    severity = models.PositiveSmallIntegerField("gravedad", choices=Severity.choices)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unidad"
    )
    responsible = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="responsable"
    )
    due_on = models.DateField("plazo", null=True, blank=True)
    state = models.CharField(max_length=10, choices=StateLabel.choices, default=State.OPEN.value)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Null: by the house itself, from what it counts."""
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    saves = models.PositiveIntegerField(default=0, db_default=0)
    """How often what it says was changed: who changes it says which they saw."""

    class Meta:
        ordering = ("severity", F("due_on").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint("institution", "year", "number", name="findings_finding_number"),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_id=None)
                | ~Q(subject_kind="") & Q(subject_id__isnull=False),
                name="findings_finding_subject",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNSETTLED, settled_at=None)
                | ~Q(state__in=UNSETTLED) & Q(settled_at__isnull=False),
                name="findings_finding_settled",
            ),
        ]
        indexes = [
            models.Index("institution", "state", "severity", "id", name="findings_finding_state"),
            models.Index(
                "institution", "subject_kind", "subject_id", name="findings_finding_subject_of",
                condition=~Q(subject_kind=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """Its number as people say it: H-2026-7."""
        return f"H-{self.year}-{self.number}"

    @property
    def stream(self) -> str:
        """The journal stream that tells of it."""
        return f"finding:{self.pk}"

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return self.state not in UNSETTLED


class FindingNote(models.Model):
    """What somebody wrote about a finding, and the step they took with it."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="notes")
    step = models.CharField(max_length=8)
    body = models.TextField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"{self.finding_id} {self.written_at}"
