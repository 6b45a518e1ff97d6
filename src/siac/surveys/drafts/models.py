# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord


class DraftState(models.TextChoices):
    """Where a draft stands."""

    PREPARING = "preparing", "En preparación"
    OPEN = "open", "Recibe comentarios"
    CLOSED = "closed", "Por decidir"
    DECIDED = "decided", "Decidida"


class Draft(VersionedRecord):
    """A measurement as it is meant to be carried out, shown to the staff before it is decided."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="drafts")
    survey_version = models.PositiveIntegerField("versión del cuestionario")
    name = models.CharField("nombre", max_length=150)
    population = models.CharField("a quiénes", max_length=600)
    sample = models.CharField("cómo se eligen y cuántas", max_length=600)
    measured_by = models.CharField("quién mide", max_length=200)
    first_on = models.DateField("desde")
    last_on = models.DateField("hasta")
    good_from = models.PositiveSmallIntegerField("nota buena desde")
    bad_to = models.PositiveSmallIntegerField("nota mala hasta")
    demanded = models.JSONField("crecimiento exigido", default=list)
    paid = models.JSONField("bono que se paga", default=list)
    """Steps, each two exact numbers as texts; none where the country ties no bonus to it."""
    comments_until = models.DateField(null=True)
    """The last day for comments; null: nobody was asked yet."""
    decision = models.CharField(max_length=2000, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {
        "comments_until", "decision", "decided_on", "decided_by_id",
    }  # fmt: skip

    class Meta:
        ordering = ("-first_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="surveys_draft_days"),
            models.CheckConstraint(condition=Q(bad_to__lt=F("good_from")), name="surveys_draft_grades"),
        ]
        indexes = [models.Index("institution", "survey", name="surveys_draft_of")]

    def __str__(self) -> str:
        return self.name

    def state(self, today: date) -> DraftState:
        """Return where it stands on a local day."""
        if self.decided_on is not None:
            return DraftState.DECIDED
        if self.comments_until is None:
            return DraftState.PREPARING
        return DraftState.OPEN if today <= self.comments_until else DraftState.CLOSED


class DraftVersion(SavedVersion):
    """A draft as it stood since one save; comments name the version that they are about."""

    draft = models.ForeignKey("surveys.Draft", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("draft", "-number")
        constraints = [models.UniqueConstraint("draft", "number", name="surveys_draft_version")]


class DraftAssociation(models.Model):
    """An association of staff that comments on a draft from outside, once, by a link of its own."""

    draft = models.ForeignKey("surveys.Draft", models.PROTECT, related_name="associations")
    name = models.CharField("nombre", max_length=150)
    token = models.CharField(max_length=40, unique=True)
    is_spent = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint("draft", "name", name="surveys_draft_association")]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What became of a comment."""

    ACCEPTED = "accepted", "Acogido"
    PARTLY = "partly", "Acogido en parte"
    DECLINED = "declined", "No acogido"


class DraftComment(models.Model):
    """What somebody of the staff, or an association, said of a draft, and what they were answered."""

    draft = models.ForeignKey("surveys.Draft", models.PROTECT, related_name="comments")
    draft_version = models.PositiveIntegerField()
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    association = models.ForeignKey(
        "surveys.DraftAssociation", models.PROTECT, null=True, related_name="comments"
    )
    text = models.CharField(max_length=2000)
    said_on = models.DateField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    """Grows with each answer: who changes it says which one they saw."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, association__isnull=False) | Q(user__isnull=False, association=None),
                name="surveys_comment_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.said_on}"

    @property
    def who(self) -> str:
        """Who said it."""
        return str(self.association or self.user)
