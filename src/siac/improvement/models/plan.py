# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.improvement.domain.states import PlanState


class PlanStateLabel(models.TextChoices):
    """Words for where a plan stands."""

    DRAFT = PlanState.DRAFT.value, "Borrador"
    PROPOSED = PlanState.PROPOSED.value, "Propuesto"
    APPROVED = PlanState.APPROVED.value, "Aprobado"
    RUNNING = PlanState.RUNNING.value, "En marcha"
    EVALUATED = PlanState.EVALUATED.value, "Evaluado"
    CLOSED = PlanState.CLOSED.value, "Cerrado"


class Plan(models.Model):
    """What a body means to improve in a period (*plan de mejora*): its diagnosis, and its actions."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField("nombre", max_length=150)
    starts_on = models.DateField("desde")
    ends_on = models.DateField("hasta")
    diagnosis = models.TextField("diagnóstico", blank=True)
    state = models.CharField(max_length=9, choices=PlanStateLabel.choices, default=PlanState.DRAFT.value)
    is_public = models.BooleanField("se publica", default=False)
    """Whether what was done is read on the portal, once it is approved."""
    conclusion = models.TextField("conclusión", blank=True)
    """What the body learnt, written when it is evaluated."""
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    saves = models.PositiveIntegerField(default=0, db_default=0)
    """How often it was changed: who changes it says which they saw."""

    class Meta:
        ordering = (F("starts_on").desc(), "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="improvement_plan_days"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "proposed"), approved_at=None)
                | ~Q(state__in=("draft", "proposed")) & Q(approved_at__isnull=False),
                name="improvement_plan_approved",
            ),
        ]
        indexes = [models.Index("institution", "state", "id", name="improvement_plan_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The journal stream that tells of it."""
        return f"improvement:{self.pk}"


class Proposal(models.Model):
    """A plan as it was put before a body (*propuesta*), word by word, and what the body decided: what was
    approved stays readable whatever is changed later.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals", db_index=False)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    """The plan with its actions in words, as `snapshots.content_of` writes it."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the content."""
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)
    """Null while nobody decided, or where it was withdrawn."""
    is_withdrawn = models.BooleanField(default=False)
    decided_by = models.CharField(max_length=300, blank=True)
    """The body, the session and the motion, in words."""
    sitting = models.ForeignKey("governance.Sitting", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("plan", "-number")
        constraints = [
            models.UniqueConstraint("plan", "number", name="improvement_proposal_number"),
            models.UniqueConstraint(
                "plan", name="improvement_one_open_proposal",
                condition=Q(decided_at=None, is_withdrawn=False),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_approved=None)
                | Q(decided_at__isnull=False, is_approved__isnull=False),
                name="improvement_proposal_decided",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"
