# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.governance.domain.deciding import Choice, Result
from siac.governance.domain.states import AgreementState, SessionState


class Sitting(models.Model):
    """A session of a body (*sesión*): when and where, what was on the agenda, who came, and its minutes."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    council = models.ForeignKey("governance.Council", models.PROTECT, related_name="sittings")
    number = models.PositiveSmallIntegerField()
    """Of its body, from 1."""
    starts_at = models.DateTimeField("cuándo")
    place = models.CharField("dónde", max_length=200)
    is_extraordinary = models.BooleanField("extraordinaria", default=False)
    state = models.CharField(max_length=9, default=SessionState.PLANNED)
    called_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    minuted_at = models.DateTimeField(null=True)
    minuted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    """Of its minutes as they were approved."""
    notes = models.TextField(max_length=10_000, blank=True)
    """What was said beside the agenda."""

    class Meta:
        ordering = ("council", "-number")
        constraints = [
            models.UniqueConstraint("council", "number", name="governance_sitting_number"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in SessionState]), name="governance_sitting_state"
            ),
        ]

    def __str__(self) -> str:
        return f"sitting:{self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"sitting:{self.pk}"


class AgendaItem(models.Model):
    """A thing on the agenda of a session, in its order."""

    sitting = models.ForeignKey("governance.Sitting", models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    """What is decided, where a context registered it: the edition of a charter, a plan."""
    discussion = models.TextField(max_length=10_000, blank=True)

    class Meta:
        ordering = ("sitting", "place", "pk")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Somebody was there from one instant to another; who leaves and comes back has two."""

    sitting = models.ForeignKey("governance.Sitting", models.CASCADE, related_name="attendances")
    seat = models.ForeignKey("governance.Seat", models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sitting", "came_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "sitting", "seat", name="governance_here_once", condition=Q(left_at=None)
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=models.F("came_at")), name="governance_left_after"
            ),
        ]

    def __str__(self) -> str:
        return f"attendance:{self.pk}"


class Motion(models.Model):
    """What is put to the vote (*moción*), and what was decided."""

    item = models.ForeignKey("governance.AgendaItem", models.CASCADE, related_name="motions")
    text = models.CharField(max_length=1000)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=9, blank=True)
    seats = models.PositiveSmallIntegerField(default=0)
    present = models.PositiveSmallIntegerField(default=0)
    """How many vote by mandate, and were there when it closed."""

    class Meta:
        ordering = ("item", "opened_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", closed_at=None)
                | Q(result__in=[each.value for each in Result], closed_at__isnull=False),
                name="governance_motion_result",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """How somebody voted; `cast_by` is themselves, or whoever keeps the minutes for them."""

    motion = models.ForeignKey("governance.Motion", models.CASCADE, related_name="votes")
    seat = models.ForeignKey("governance.Seat", models.PROTECT, related_name="+")
    choice = models.CharField(max_length=7)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("motion", "pk")
        constraints = [
            models.UniqueConstraint("motion", "seat", name="governance_one_vote"),
            models.CheckConstraint(
                condition=Q(choice__in=[each.value for each in Choice]), name="governance_vote_choice"
            ),
        ]

    def __str__(self) -> str:
        return f"vote:{self.pk}"


class Agreement(models.Model):
    """What a session agreed to do (*acuerdo*), by whom and until when, and what became of it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    item = models.ForeignKey("governance.AgendaItem", models.PROTECT, related_name="agreements")
    text = models.CharField(max_length=1000)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    """Who answers for it."""
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=7, default=AgreementState.OPEN)
    outcome = models.CharField(max_length=1000, blank=True)
    """What was done, or why it is not done any more."""
    ended_on = models.DateField(null=True)
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ("-agreed_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in AgreementState]),
                name="governance_agreement_state",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None) | (~Q(state="open") & ~Q(outcome="")),
                name="governance_agreement_outcome",
            ),
        ]
        indexes = [
            models.Index(
                "institution", "due_on", "id", name="governance_agreements_open", condition=Q(state="open")
            )
        ]

    def __str__(self) -> str:
        return self.text
