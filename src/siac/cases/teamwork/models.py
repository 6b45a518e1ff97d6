# SPDX-License-Identifier: EUPL-1.2
"""Work that people of the house share on a case: who is named in a note, who does what by when,
what was checked, who writes now.
"""

from django.db import models
from django.db.models import F, Q


class Mention(models.Model):
    """Somebody named with an @ in an internal note; `seen_at` is when they opened it."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="mentions", db_index=False)
    message = models.ForeignKey("cases.CaseMessage", models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint("user", "message", name="cases_mention_once")]
        indexes = [models.Index("institution", "user", F("id").desc(), name="cases_mention_of")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.user_id}"


class CaseTask(models.Model):
    """Something to be done on a case by one person or one unit, until a local day."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300, blank=True)
    """Empty once what was written on the case was erased."""
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_on = models.DateField()
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, unit__isnull=False) | Q(user__isnull=False, unit=None),
                name="cases_task_for_one",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="cases_task_done",
            ),
        ]
        indexes = [
            models.Index(
                "institution", "due_on", "id", name="cases_task_open", condition=Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.text}"


class ChecklistTick(models.Model):
    """An item of the kind's checklist that somebody checked on a case."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="ticks", db_index=False)
    code = models.CharField(max_length=60)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("case", "code", name="cases_tick_once")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.code}"


class Presence(models.Model):
    """Somebody is writing an answer to a case right now, or was a moment ago; rows live an hour at most."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False)
    seen_at = models.DateTimeField(db_index=True)
    """The last sign of it."""

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("case", "user", name="cases_presence_once")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.user_id}"
