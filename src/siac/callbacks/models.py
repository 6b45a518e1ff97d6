# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.callbacks.domain.states import Result, State
from siac.organizations.public import SavedVersion, VersionedRecord


class CallRule(VersionedRecord):
    """Within what time a body returns calls unless something else was promised, and after how many unanswered
    ones nobody need call again; one for each body.
    """

    institution = models.OneToOneField("organizations.Institution", models.PROTECT, related_name="+")
    within = models.CharField("plazo usual", max_length=4, default="1bd")
    """One of `OFFERED`: hours or business days."""
    attempts = models.PositiveSmallIntegerField("llamadas sin respuesta", default=3)

    def __str__(self) -> str:
        return f"calls of {self.institution_id}"


class CallRuleVersion(SavedVersion):
    """What a body said of its calls since one save."""

    rule = models.ForeignKey("callbacks.CallRule", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("rule", "-number")
        constraints = [models.UniqueConstraint("rule", "number", name="callbacks_rule_version")]


class CallBack(models.Model):
    """A call that was promised to the person of an attention, whose number lies in the vault of people."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    interaction = models.ForeignKey("cases.Interaction", models.PROTECT, related_name="+")
    """The attention in which it was promised."""
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+", db_index=False)
    """The unit that calls."""
    within = models.CharField(max_length=4)
    """What was promised, one of `OFFERED`."""
    due_at = models.DateTimeField()
    """The instant by which somebody calls."""
    due_on = models.DateField()
    """Its local day."""
    state = models.CharField(max_length=9, default=State.OPEN)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    """Who said that they will call."""
    calls = models.PositiveSmallIntegerField(default=0)
    first_call_at = models.DateTimeField(null=True)
    """The promise is kept by calling in time, whether or not anybody answers."""
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    """Why it need not be made any more."""
    answered_in = models.ForeignKey(
        "cases.Interaction", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The attention that the call became."""
    promised_at = models.DateTimeField()
    promised_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("interaction", name="callbacks_one_open", condition=Q(state="open")),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "unreached", "withdrawn"]), name="callbacks_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="callbacks_ended",
            ),
        ]
        indexes = [
            models.Index("institution", "due_at", "id", name="callbacks_open", condition=Q(state="open")),
            models.Index("institution", "promised_at", "id", name="callbacks_promised"),
        ]

    def __str__(self) -> str:
        return f"call_back:{self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"call_back:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to call."""
        return self.state == State.OPEN


class Call(models.Model):
    """One call that was made, or tried."""

    call_back = models.ForeignKey("callbacks.CallBack", models.CASCADE, related_name="made", db_index=False)
    result = models.CharField(max_length=12)
    """One of `Result`."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ("call_back", "made_at", "pk")
        indexes = [models.Index("call_back", "made_at", "id", name="callbacks_calls_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=[each.value for each in Result]), name="callbacks_result"
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.made_at:%Y-%m-%d}"


class CallFact(models.Model):
    """What is counted of a call to return. Written anew whenever something happens to it."""

    call_back = models.OneToOneField("callbacks.CallBack", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    promised_on = models.DateField()
    due_on = models.DateField()
    is_kept = models.BooleanField(null=True)
    """Somebody called in time; null of one that was withdrawn before it was due."""
    ended_on = models.DateField(null=True)
    is_reached = models.BooleanField(null=True)
    unit_id = models.BigIntegerField(default=0)
    topic_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index("institution", "promised_on", name="callbacks_facts_promised"),
            models.Index("institution", "due_on", name="callbacks_facts_due"),
            models.Index(
                "institution", "ended_on", name="callbacks_facts_ended", condition=Q(ended_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"call_back:{self.pk}"
