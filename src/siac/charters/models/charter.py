# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class Charter(models.Model):
    """A body's public promise about a set of services (*carta de servicios*)."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="charters")
    code = models.SlugField("código", max_length=40)
    title = models.CharField("título", max_length=150)
    responsible = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad responsable",
    )

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint("institution", "code", name="charters_charter_code")]

    def __str__(self) -> str:
        return self.title


class CharterEdition(models.Model):
    """The charter as approved on a date; what is promised in it stays as it was."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    charter = models.ForeignKey("charters.Charter", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("edición")
    valid_from = models.DateField("vigente desde")
    valid_to = models.DateField("vigente hasta", null=True, blank=True)
    approved_by = models.CharField("acto que la aprueba", max_length=150, blank=True)
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    """Null in editions of before this was kept."""

    class Meta:
        ordering = ("charter", "-number")
        constraints = [
            models.UniqueConstraint("charter", "number", name="charters_edition_number"),
            models.UniqueConstraint("charter", name="charters_one_open_edition", condition=Q(valid_to=None)),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} ed. {self.number}"


class Commitment(models.Model):
    """A promise of a charter edition that each case of a kind is measured
    against: its answer within so many days.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("charters.CharterEdition", models.PROTECT, related_name="commitments")
    code = models.SlugField("código", max_length=40)
    text = models.CharField("compromiso", max_length=300)
    kind = models.ForeignKey(
        "cases.CaseKind", models.PROTECT, related_name="+", verbose_name="tipo de solicitud"
    )
    days = models.PositiveSmallIntegerField("días hábiles")
    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, related_name="commitments", verbose_name="indicador"
    )
    remedy = models.CharField("medida de subsanación", max_length=300)
    """What is owed to the person when the promise is broken."""
    remedy_days = models.PositiveSmallIntegerField("días hábiles para entregarla", default=10)
    position = models.PositiveSmallIntegerField("orden", default=1)

    class Meta:
        ordering = ("edition", "position", "pk")
        constraints = [models.UniqueConstraint("edition", "code", name="charters_commitment_code")]

    def __str__(self) -> str:
        return self.text

    @property
    def source(self) -> str:
        """How a clock names this commitment as its source."""
        return f"commitment:{self.pk}"


class Breach(models.Model):
    """A commitment that was not kept on one case."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    commitment = models.ForeignKey("charters.Commitment", models.PROTECT, related_name="breaches")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    clock_id = models.BigIntegerField()
    due_on = models.DateField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("clock_id", name="charters_breach_once"),
            models.UniqueConstraint("case", "commitment", name="charters_promise_broken_once"),
        ]
        indexes = [models.Index("institution", "commitment", F("id").desc(), name="charters_breach_newest")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.case_id}"


class RemedyState(models.TextChoices):
    OWED = "owed", "Pendiente"
    DELIVERED = "delivered", "Entregada"
    WAIVED = "waived", "Sin efecto"


class Remedy(models.Model):
    """What the body owes a person for a breach, tracked until it is delivered (*medida de subsanación*)."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    breach = models.OneToOneField("charters.Breach", models.PROTECT, related_name="remedy")
    text = models.CharField(max_length=300)
    """The commitment's words when it was broken."""
    state = models.CharField(max_length=10, choices=RemedyState.choices, default=RemedyState.OWED)
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    proof = models.CharField(max_length=500, blank=True)
    """How it was delivered, or why it has no effect."""

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="owed", settled_at=None)
                | (~Q(state="owed") & Q(settled_at__isnull=False) & ~Q(proof="")),
                name="charters_remedy_settled_with_proof",
            )
        ]
        indexes = [
            models.Index(
                "institution", "due_on", "id", name="charters_remedies_owed", condition=Q(state="owed")
            )
        ]

    def __str__(self) -> str:
        return self.text
