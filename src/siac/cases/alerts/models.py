# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.cases.domain.clock_kinds import APPEAL, LEGAL
from siac.cases.texts import ALERTED_TERMS
from siac.clocks.public import Audience


class AudienceLabel(models.TextChoices):
    """Words for whom an alert speaks to."""

    ASSIGNEE = Audience.ASSIGNEE.value, "Responsable de la solicitud"
    UNIT_OFFICER = Audience.UNIT_OFFICER.value, "Personal de la unidad"
    HEAD_OF_UNIT = Audience.HEAD_OF_UNIT.value, "Jefatura de la unidad"
    QUALITY_MANAGER = Audience.QUALITY_MANAGER.value, "Encargado de calidad"
    AUTHORITY = Audience.AUTHORITY.value, "Autoridad"


class CaseAlert(models.Model):
    """A step of a kind's ladder that a case has reached: whom it speaks to, and what they did with it.

    One per term, step and audience, however often the ladder is climbed.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="alerts", db_index=False)
    appeal = models.ForeignKey("cases.Appeal", models.CASCADE, null=True, related_name="+", db_index=False)
    """The appeal whose term it is about; None: a term of the case itself."""
    clock_id = models.BigIntegerField()
    """The term it is about."""
    clock_kind = models.CharField(max_length=16, default=LEGAL)
    due_on = models.DateField()
    """Last local day of that term when the alert was raised."""
    offset = models.SmallIntegerField()
    """Business days after the last day; negative: before it."""
    audience = models.CharField(max_length=16, choices=AudienceLabel.choices)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Unit of the case then; None where no unit had it."""
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    """The assignee, where it speaks to one person."""
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    silences = models.BooleanField(default=False)
    """Whoever saw it asked not to be told of this term again; says why in the journal."""

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("clock_id", "offset", "audience", name="cases_alert_once"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True, silences=False)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="cases_alert_seen",
            ),
            models.CheckConstraint(
                condition=Q(clock_kind=APPEAL, appeal__isnull=False)
                | ~Q(clock_kind=APPEAL) & Q(appeal__isnull=True),
                name="cases_alert_appeal",
            ),
            models.CheckConstraint(
                condition=~Q(audience="assignee") | Q(user__isnull=False), name="cases_alert_assignee"
            ),
        ]
        indexes = [
            models.Index(
                "institution", F("id").desc(), name="cases_alert_open", condition=Q(seen_at__isnull=True)
            ),
            models.Index("case", name="cases_alert_case"),
        ]

    @property
    def term(self) -> str:
        """Return in words which term it is about; empty for the legal term of the case."""
        return ALERTED_TERMS.get(self.clock_kind, "")

    def __str__(self) -> str:
        return f"{self.case_id} {self.offset:+d} {self.audience}"
