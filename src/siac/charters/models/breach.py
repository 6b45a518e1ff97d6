# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.charters.texts import RemedyKind


class BreachCause(models.TextChoices):
    """How it was found that a promise was not kept."""

    MISSED = "missed", "El plazo pasó"
    FIGURE = "figure", "La cifra no llegó a la meta"
    CLAIM = "claim", "La persona lo pidió y se le dio la razón"


class StandingBreaches(models.Manager["Breach"]):
    """Broken promises, without those that a change of calendar took back."""

    def get_queryset(self) -> models.QuerySet["Breach"]:
        """Return those that stand."""
        return super().get_queryset().filter(taken_back_at=None)


class Breach(models.Model):
    """A commitment that was not kept: on one request or attention, or, of a figure that owes a remedy, in a
    period.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    commitment = models.ForeignKey("charters.Commitment", models.PROTECT, related_name="breaches")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    interaction = models.ForeignKey(
        "cases.Interaction", models.PROTECT, null=True, related_name="+", db_index=False
    )
    result = models.ForeignKey(
        "charters.PeriodResult", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """On what it was not kept: one of the three."""
    cause = models.CharField(max_length=6, choices=BreachCause.choices, default=BreachCause.MISSED)
    clock_id = models.BigIntegerField(null=True)
    """The clock that was missed; null: somebody said so and was right."""
    due_on = models.DateField()
    found_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    """When a corrected calendar gave its term more days than had passed: it was not broken after all."""

    objects = StandingBreaches()
    ever = models.Manager()

    class Meta:
        base_manager_name = "ever"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("clock_id", name="charters_breach_once"),
            models.UniqueConstraint("case", "commitment", name="charters_promise_broken_once"),
            models.UniqueConstraint("interaction", "commitment", name="charters_attention_broken_once"),
            models.UniqueConstraint("result", name="charters_period_broken_once"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, interaction=None, result=None)
                | Q(case=None, interaction__isnull=False, result=None)
                | Q(case=None, interaction=None, result__isnull=False),
                name="charters_breach_of_one",
            ),
        ]
        indexes = [models.Index("institution", "commitment", F("id").desc(), name="charters_breach_newest")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.subject_type}:{self.subject_id}"

    @property
    def subject_type(self) -> str:
        """On what it was not kept: case, interaction or result."""
        if self.case_id is not None:
            return "case"
        return "interaction" if self.interaction_id is not None else "result"

    @property
    def subject_id(self) -> int:
        """Its primary key."""
        found = self.case_id or self.interaction_id or self.result_id
        if found is None:
            raise AssertionError("a breach is of something")
        return found

    @property
    def stream(self) -> str:
        """The journal stream that tells it: that of the request, of the attention, or of the charter."""
        if self.result is not None:
            return f"charter:{self.result.charter_id}"
        return f"{self.subject_type}:{self.subject_id}"

    @property
    def is_public(self) -> bool:
        """Whether it is owed to everybody, and given in public."""
        return self.result_id is not None

    @property
    def owed(self) -> "Remedy | None":
        """What is or was owed for it; None where the charter says that there is none. No SQL when it was read
        along.
        """
        return getattr(self, "remedy", None)


class RemedyState(models.TextChoices):
    """Where a remedy stands."""

    OWED = "owed", "Por decidir"
    DECIDED = "decided", "Por entregar"
    DELIVERED = "delivered", "Entregada"
    REFUSED = "refused", "No procede"
    UNDONE = "undone", "Sin efecto"


WAITING = (RemedyState.OWED, RemedyState.DECIDED)
"""States in which the person waits for it, and its clock runs."""


class Remedy(models.Model):
    """What the body owes a person for a breach (*medida de subsanación*): decided, then delivered with proof
    or refused with its reason. Its term is a clock of its own.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    breach = models.OneToOneField("charters.Breach", models.PROTECT, related_name="remedy")
    text = models.CharField(max_length=300)
    """The commitment's words when it was broken."""
    kind = models.CharField(max_length=11, choices=RemedyKind.choices, default=RemedyKind.OTHER)
    state = models.CharField(max_length=10, choices=RemedyState.choices, default=RemedyState.OWED)
    due_on = models.DateField()
    """Local day by which it is delivered or refused: that of its clock."""
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    letter = models.TextField(max_length=5000, blank=True)
    """What was written to the person."""
    notice_id = models.BigIntegerField(null=True)
    """The notice that carries the letter; null while there is none, or nobody to send it to."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    proof = models.CharField(max_length=500, blank=True)
    """How it was delivered, or why it has no effect."""

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["owed", "decided"], settled_at=None)
                | (~Q(state__in=["owed", "decided"]) & Q(settled_at__isnull=False) & ~Q(proof="")),
                name="charters_remedy_settled_with_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_at__isnull=False),
                name="charters_remedy_decided_when",
            ),
        ]
        indexes = [
            models.Index(
                "institution",
                "due_on",
                "id",
                name="charters_remedies_waiting",
                condition=Q(state__in=["owed", "decided"]),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_waiting(self) -> bool:
        """Whether the person still waits for it."""
        return self.state in WAITING

    @property
    def told(self) -> str:
        """How its person reads where it stands."""
        return "Pendiente" if self.is_waiting else str(self.get_state_display())

    @property
    def colour(self) -> str:
        """The colour of the mark of its state."""
        return {"owed": "yellow", "decided": "blue", "delivered": "green"}.get(self.state, "grey")
