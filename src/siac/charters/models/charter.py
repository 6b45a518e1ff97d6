# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from siac.cases.public import Channel
from siac.charters.domain.commitments import Dimension, Form, Subject
from siac.charters.domain.parts import Norm
from siac.charters.domain.states import UNAPPROVED, EditionState
from siac.charters.texts import (
    CauseLabel,
    DimensionLabel,
    EditionLabel,
    FormLabel,
    MomentLabel,
    NormLabel,
    RemedyKind,
    SubjectLabel,
    UnitLabel,
)
from siac.clocks.public import Amount, Unit
from siac.organizations.public import SavedVersion, VersionedRecord


class Charter(models.Model):
    """A body's public promise about a set of services (*carta de servicios*)."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="charters")
    code = models.SlugField("código", max_length=40)
    title = models.CharField("título", max_length=150)
    norm = models.CharField(
        "norma que sigue", max_length=9, choices=NormLabel.choices, default=Norm.UNE.value
    )
    """Whose list of what a charter must say it is held against."""
    responsible = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad responsable",
    )
    version = models.PositiveIntegerField(default=0)
    """Grows with each change: who changes it says which one they saw."""

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint("institution", "code", name="charters_charter_code")]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """The journal stream that tells what became of it."""
        return f"charter:{self.pk}"


class CharterEdition(VersionedRecord):
    """The charter as approved on a date; what is promised in it stays as it was. Before that, its draft."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    charter = models.ForeignKey("charters.Charter", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("edición")
    state = models.CharField(max_length=12, choices=EditionLabel.choices, default=EditionState.APPROVED.value)
    texts = models.JSONField("textos", default=dict)
    """By part of the charter (`domain.parts`), what it says."""
    expectations = models.JSONField("expectativas", default=list)
    """What people value in its services, a row each: {code, dimension, name, weight, expected, n, basis,
    words}; exact numbers as texts, in parts of a hundred."""
    participation = models.JSONField("participación", default=list)
    """Who took part in writing it, a row each: {group, who, how, on, people, proposed, verdict, why}."""
    objectives = models.JSONField("objetivos", default=list)
    """What it is meant to achieve, a row each: {text, indicator_id, target}; the target as a text in the unit
    of the indicator, both null where no indicator tells it."""
    benchmarks = models.JSONField("comparaciones", default=list)
    """How it compares with charters of others, for its team: rows {reference_id, note}."""
    service_ids = models.JSONField("servicios", default=list)
    """Primary keys of the services of the catalogue that it is about."""
    valid_from = models.DateField("vigente desde", null=True)
    """Of a draft: the day that is meant."""
    valid_to = models.DateField("vigente hasta", null=True, blank=True)
    """Its last day: the day before the next one began, or it was withdrawn."""
    revised_by = models.DateField("se revisa antes del", null=True, blank=True)
    """The day printed on it; null: as its norm says."""
    approved_by = models.CharField("acto que la aprueba", max_length=150, blank=True)
    approved_on = models.DateField("fecha del acto", null=True, blank=True)
    closing_words = models.CharField("motivo", max_length=500, blank=True)
    """Why it was withdrawn or given up."""
    comments_until = models.DateField(null=True)
    """The last day on which everybody may comment its draft; null: it was not prepublished."""
    round = models.PositiveSmallIntegerField(default=0)
    """How often it was handed in for review: what reviewers said is of one round."""
    frozen = models.JSONField(default=dict)
    """What flowed in from elsewhere, as it stood when it was approved: services, places, people in charge."""
    custodian = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="unidad que custodia el expediente",
    )  # fmt: skip
    """Who keeps the file of an approved one; null: nobody said it."""
    file_code = models.CharField("expediente", max_length=100, blank=True)
    """By what number or in what place the file is found."""
    kept_until = models.DateField("se conserva hasta", null=True, blank=True)
    """The last local day on which the file must be there; null: for good."""
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    """When it was put in force. Null in drafts, and in editions of before this was kept."""

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {
        "charter_id", "number", "state", "valid_to", "approved_by", "approved_on", "closing_words", "frozen",
        "saved_by_id", "saved_at", "comments_until", "round", "custodian_id", "file_code", "kept_until",
    }  # fmt: skip

    class Meta:
        ordering = ("charter", "-number")
        constraints = [
            models.UniqueConstraint("charter", "number", name="charters_edition_number"),
            models.UniqueConstraint(
                "charter", name="charters_one_open_edition",
                condition=Q(valid_to=None, state=EditionState.APPROVED.value),
            ),
            models.UniqueConstraint(
                "charter", name="charters_one_draft",
                condition=Q(state__in=[state.value for state in UNAPPROVED]),
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.APPROVED.value) | Q(valid_from__isnull=False),
                name="charters_edition_since",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.charter_id} ed. {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.state in UNAPPROVED

    @property
    def since(self) -> date:
        """The day on which an approved one began."""
        if self.valid_from is None:
            raise AssertionError("an approved edition has its day")
        return self.valid_from

    def is_in_force(self, today: date) -> bool:
        """Return whether people may rely on it on a local day."""
        begun = self.valid_from is not None and self.valid_from <= today
        return self.state == EditionState.APPROVED and begun and (
            self.valid_to is None or today <= self.valid_to
        )  # fmt: skip


class EditionVersion(SavedVersion):
    """The texts of an edition as they stood since one save."""

    edition = models.ForeignKey(
        "charters.CharterEdition", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("edition", "-number")
        constraints = [models.UniqueConstraint("edition", "number", name="charters_edition_version")]


class KeptCommitments(models.Manager["Commitment"]):
    """The promises of editions, without those that were taken out of a draft."""

    def get_queryset(self) -> models.QuerySet["Commitment"]:
        """Return those that stand."""
        return super().get_queryset().filter(is_dropped=False)


class Commitment(VersionedRecord):
    """A promise of a charter edition: an individual guarantee, that each case of a kind is answered within a
    term, or a figure of the body that reaches a target.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("charters.CharterEdition", models.PROTECT, related_name="commitments")
    code = models.SlugField("código", max_length=40)
    """The same in all editions of a charter: by it a promise is followed through them."""
    text = models.CharField("compromiso", max_length=300)
    service = models.ForeignKey(
        "catalogue.Service", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="servicio"
    )
    sustained_by = models.JSONField("pasos que lo sostienen", default=list, blank=True)
    """Codes of steps of the process of its service."""
    dimension = models.CharField(
        "qué valoran las personas", max_length=13, choices=DimensionLabel.choices,
        default=Dimension.SPEED.value,
    )  # fmt: skip
    attribute = models.CharField("atributo", max_length=60, blank=True)
    """Code of the row of `expectations` that it answers to."""
    cause_kind = models.CharField("causa principal", max_length=9, choices=CauseLabel.choices, blank=True)
    cause = models.CharField("por qué ocurre", max_length=1000, blank=True)
    plan = models.CharField("plan de mejora", max_length=1000, blank=True)
    """Where what is done falls short: how it is mended."""
    plan_until = models.DateField("plan hasta", null=True, blank=True)
    form = models.CharField(
        "cómo se mide", max_length=9, choices=FormLabel.choices, default=Form.GUARANTEE.value
    )
    subject = models.CharField(
        "qué se garantiza", max_length=11, choices=SubjectLabel.choices, default=Subject.CASE.value
    )
    kind = models.ForeignKey(
        "cases.CaseKind", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="tipo de solicitud",
    )  # fmt: skip
    topic = models.ForeignKey(
        "catalogue.Topic", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tema"
    )
    """Of a guarantee, and of what lies under it; null: whatever they are about."""
    channel = models.CharField("canal", max_length=8, choices=Channel.choices, blank=True)
    service_point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="punto de atención",
    )  # fmt: skip
    """Of a guarantee on attentions; empty: wherever they are given."""
    amount = models.PositiveSmallIntegerField("plazo", null=True, blank=True)
    unit = models.CharField("unidad del plazo", max_length=2, choices=UnitLabel.choices, default="bd")
    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="commitments",
        verbose_name="indicador",
    )  # fmt: skip
    """Of a guarantee it is made when the edition is approved."""
    target = models.DecimalField("meta", max_digits=9, decimal_places=1)
    """In the unit of the indicator; of a guarantee, so many in a hundred."""
    record = models.CharField("registro del que sale", max_length=200, blank=True)
    moment = models.CharField("cuándo se mide", max_length=7, choices=MomentLabel.choices, default="month")
    responsible = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="unidad que responde",
    )  # fmt: skip
    is_controllable = models.BooleanField("depende solo del organismo", default=True)
    dependence = models.CharField("de qué más depende", max_length=300, blank=True)
    remedy_kind = models.CharField(
        "tipo de medida", max_length=11, choices=RemedyKind.choices, default=RemedyKind.OTHER
    )
    remedy = models.CharField("medida de subsanación", max_length=300, blank=True)
    """What is owed to the person when the promise is broken."""
    no_remedy_reason = models.CharField("por qué no hay medida", max_length=300, blank=True)
    remedy_days = models.PositiveSmallIntegerField("días hábiles para entregarla", default=10)
    remedy_when_below = models.BooleanField(
        "la medida se debe cuando la cifra no llega a la meta", default=False
    )
    """Of a figure: below its target, what is owed is owed to everybody, and given in public."""
    level = models.JSONField("cumplimiento al aprobarla", null=True, blank=True)
    """How it was kept before it was promised: {met, total, value, first, last}; null: nothing to count."""
    position = models.PositiveSmallIntegerField("orden", default=1)
    is_dropped = models.BooleanField(default=False)
    """It was taken out of its draft; what was written of it stays in its versions."""

    objects = KeptCommitments()
    ever = models.Manager()

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {
        "edition_id", "code", "level", "position", "is_dropped",
    }  # fmt: skip

    class Meta:
        base_manager_name = "ever"
        ordering = ("edition", "position", "pk")
        constraints = [
            models.UniqueConstraint("edition", "code", name="charters_commitment_code"),
            models.CheckConstraint(
                condition=~Q(form=Form.GUARANTEE.value)
                | Q(subject=Subject.CASE.value, kind__isnull=False, amount__gt=0)
                | Q(subject=Subject.ATTENTION.value, kind=None, amount__gt=0),
                name="charters_commitment_guarantee",
            ),
            models.CheckConstraint(
                condition=Q(remedy_kind=RemedyKind.NONE.value) | ~Q(remedy="") | Q(form=Form.FIGURE.value),
                name="charters_commitment_remedy",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def source(self) -> str:
        """How a clock names this commitment as its source."""
        return f"commitment:{self.pk}"

    @property
    def term(self) -> Amount | None:
        """Within how long; None of a figure."""
        return Amount(self.amount, Unit(self.unit)) if self.amount else None


class CommitmentVersion(SavedVersion):
    """A commitment as it stood since one save of the draft it is in."""

    commitment = models.ForeignKey(
        "charters.Commitment", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("commitment", "-number")
        constraints = [models.UniqueConstraint("commitment", "number", name="charters_commitment_version")]
