# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import F, Q

from siac.improvement.domain.progress import MOST_WEIGHT
from siac.improvement.domain.states import OPEN, ActionState, Grant


class ActionStateLabel(models.TextChoices):
    """Words for where an action stands."""

    PLANNED = ActionState.PLANNED.value, "Por empezar"
    RUNNING = ActionState.RUNNING.value, "En curso"
    DONE = ActionState.DONE.value, "Hecha"
    DROPPED = ActionState.DROPPED.value, "Sin efecto"


class GrantLabel(models.TextChoices):
    """Words for what became of what an action asks for."""

    NOT_NEEDED = Grant.NOT_NEEDED.value, "No hace falta"
    ASKED = Grant.ASKED.value, "Pedido"
    GRANTED = Grant.GRANTED.value, "Otorgado"
    REFUSED = Grant.REFUSED.value, "No otorgado"


def _grant(words: str) -> "models.CharField[str, str]":
    return models.CharField(words, max_length=7, choices=GrantLabel.choices, default=Grant.NOT_NEEDED.value)


class Action(models.Model):
    """What is done about findings (*acción de mejora*): by whom, from when to when, with what, how much it
    weighs in its plan and how far it is.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    plan = models.ForeignKey("improvement.Plan", models.PROTECT, related_name="actions")
    title = models.CharField("qué se hace", max_length=200)
    detail = models.TextField("detalle", blank=True)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="+", verbose_name="unidad responsable"
    )
    responsible = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="responsable"
    )
    starts_on = models.DateField("desde")
    due_on = models.DateField("plazo")
    cost = models.BigIntegerField("costo", null=True)
    """In the least part of `currency`; null: nobody said."""
    currency = models.CharField(max_length=5, blank=True)
    budget = _grant("presupuesto")
    people = _grant("personas")
    means = _grant("medios")
    weight = models.PositiveSmallIntegerField("peso", default=1)
    progress = models.PositiveSmallIntegerField(default=0)
    """Hundredths, as the newest entry says."""
    state = models.CharField(
        max_length=7, choices=ActionStateLabel.choices, default=ActionState.PLANNED.value
    )
    done_on = models.DateField(null=True)
    drop_reason = models.CharField(max_length=500, blank=True)
    told_text = models.TextField("qué se cuenta a las personas", blank=True)
    """What those whose complaint led to it read once it is done; empty: nobody is told."""
    agreement = models.OneToOneField("governance.Agreement", models.PROTECT, null=True, related_name="+")
    """The agreement of a session that it carries out."""
    added_at = models.DateTimeField()
    saves = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ("plan", "due_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("due_on")), name="improvement_action_days"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT), name="improvement_action_weight"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="improvement_action_progress"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="improvement_action_cost"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False, progress=100)
                | ~Q(state="done") & Q(done_on=None),
                name="improvement_action_done",
            ),
        ]
        indexes = [
            models.Index(
                "institution", "due_on", "id", name="improvement_action_open",
                condition=Q(state__in=[each.value for each in OPEN]),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN

    def is_late(self, today: date) -> bool:
        """Return whether its local day has passed and it is not done."""
        return self.is_open and self.due_on < today


class AnsweredFinding(models.Model):
    """A finding that an action answers; an action answers several, a finding is answered by several."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    action = models.ForeignKey(Action, models.CASCADE, related_name="answered", db_index=False)
    finding = models.ForeignKey("findings.Finding", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("action", "pk")
        constraints = [models.UniqueConstraint("action", "finding", name="improvement_answered_once")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.finding_id}"


class Progress(models.Model):
    """How far an action was on a day (*avance*), with what shows it; never changed."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    action = models.ForeignKey(Action, models.PROTECT, related_name="entries")
    percent = models.PositiveSmallIntegerField()
    dated_on = models.DateField()
    note = models.TextField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("action", "-dated_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="improvement_progress_percent")
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.percent}"
