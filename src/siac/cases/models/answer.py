# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.cases.decisions import ground_words
from siac.cases.domain.delivery import Delivery
from siac.cases.models.case import Outcome, words_of_outcome


class DraftState(models.TextChoices):
    """Where an answer stands before it is sent."""

    WRITING = "writing", "En redacción"
    REVIEW = "review", "Por aprobar"
    RETURNED = "returned", "Devuelta con observaciones"


class DeliveryLabel(models.TextChoices):
    """Words for the ways an answer reaches the person."""

    EMAIL = Delivery.EMAIL.value, "Correo electrónico"
    SMS = Delivery.SMS.value, "Mensaje de texto (le dice dónde leerla)"
    LETTER = Delivery.LETTER.value, "Carta (se imprime y se anota el comprobante del envío)"
    PICKUP = Delivery.PICKUP.value, "La retira en una oficina"
    PHONE = Delivery.PHONE.value, "Teléfono"


class AnswerDraft(models.Model):
    """The answer to a case while it is written and approved; it is gone once it was sent.

    Its files are attached to it.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="answer_draft")
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.WRITING)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    channel = models.CharField(max_length=6, choices=DeliveryLabel.choices, blank=True)
    """How it is to reach the person; empty while nobody chose."""
    body = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    """What the body does so that it does not happen again, where it accepts a complaint of Peru's book."""
    ground = models.CharField(max_length=40, blank=True, default="", db_default="")
    """Id of the ground of a denial; empty while nobody chose."""
    reasons = models.TextField(blank=True, default="", db_default="")
    """Why it is denied, in words of this case."""
    reserve_entry = models.ForeignKey(
        "cases.ReserveEntry", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """The act that reserves what is denied."""
    salt = models.CharField(max_length=64, blank=True)
    """Salt of the digest that the journal holds of `body`."""
    version = models.PositiveIntegerField(default=1)
    """Raised whenever the text is saved; what was written over an older version is refused."""
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    """Who saved it last."""
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    """Since when it waits to be approved."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="review") | (Q(submitted_at__isnull=False) & ~Q(outcome="") & ~Q(body="")),
                name="cases_draft_whole_to_approve",
            )
        ]
        indexes = [
            models.Index(
                "institution",
                "submitted_at",
                "id",
                name="cases_draft_to_approve",
                condition=Q(state="review"),
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.case_id}"

    @property
    def outcome_words(self) -> str:
        """How it decides, in the words of the kind of its case; empty while nobody chose."""
        return words_of_outcome(self.case.kind.rule_id, self.outcome)

    @property
    def ground_words(self) -> str:
        """On which ground it denies, with its article; empty while nobody chose."""
        return ground_words(self.ground)

    @property
    def is_in_review(self) -> bool:
        """Whether it waits to be approved; nobody writes on it meanwhile."""
        return self.state == DraftState.REVIEW
