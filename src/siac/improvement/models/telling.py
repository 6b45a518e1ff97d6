# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.infra.models import LongWork


class LinkedCase(models.Model):
    """A request that somebody says a finding came from, besides those of its cause."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    finding = models.ForeignKey("findings.Finding", models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    linked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ("finding", "case")
        constraints = [models.UniqueConstraint("finding", "case", name="improvement_linked_once")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.case_id}"


class Telling(LongWork):
    """Telling those whose complaint led to an action that it is done, case by case."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    action = models.OneToOneField("improvement.Action", models.PROTECT, related_name="telling")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"telling:{self.action_id}"


class ToldState(models.TextChoices):
    """What became of telling the person of a case."""

    SENT = "sent", "Con un aviso"
    BY_CODE = "by_code", "Lo lee con su código"
    """Nobody gave a name, or no mail reaches them: their page tells it."""
    TWICE = "twice", "Ya se le avisó por otra solicitud"
    ERASED = "erased", "Datos borrados: no se avisa"


class Told(models.Model):
    """The person of a case was told that an action is done, once; or why not."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    action = models.ForeignKey("improvement.Action", models.PROTECT, related_name="told", db_index=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    person_id = models.BigIntegerField(null=True)
    """Who was sent it; null otherwise."""
    state = models.CharField(max_length=7, choices=ToldState.choices)
    notice = models.ForeignKey("notices.Notice", models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("action", "case")
        constraints = [
            models.UniqueConstraint("action", "case", name="improvement_case_told_once"),
            models.UniqueConstraint(
                "action", "person_id", name="improvement_person_told_once", condition=Q(state="sent")
            ),
            models.CheckConstraint(
                condition=Q(state="sent", person_id__isnull=False) | ~Q(state="sent") & Q(person_id=None),
                name="improvement_told_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.case_id}"
