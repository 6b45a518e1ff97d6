# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class CaseFact(models.Model):
    """What is counted of a case: its local days, its whole numbers and the codes that it is told apart by.

    Written anew from the case whenever something happens to it, never edited; 0 and the empty text mean none.
    Nothing in it tells who the person is; of what they told of themselves no page shows a row.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    filed_on = models.DateField()
    answered_on = models.DateField(null=True)
    """Day of the first answer."""
    closed_on = models.DateField(null=True)
    """Day on which it ended without an answer."""
    ended_on = models.DateField(null=True)
    """Day of the first answer, or of its end without one; of one closed in an earlier register that says
    neither, the day it was closed, else the day of its filing.
    """
    late_from = models.DateField(null=True)
    """The day after the last day of its legal term, where it had no answer by then; also one that is still to
    come, while the term runs. Null: it ended in time, or has no such term, or the term waits for the person.
    """
    certified_on = models.DateField(null=True)
    """Day on which it was certified that the legal term ended without an answer."""
    unit_id = models.BigIntegerField(default=0)
    kind_id = models.BigIntegerField()
    topic_id = models.BigIntegerField(default=0)
    point_id = models.BigIntegerField(default=0)
    service_id = models.BigIntegerField(default=0, db_default=0)
    channel = models.CharField(max_length=8)
    person = models.CharField(max_length=9)
    """natural, legal or anonymous."""
    audience = models.CharField(max_length=8)
    """citizen, internal (works for the body), or empty for an anonymous one."""
    answer_days = models.SmallIntegerField(null=True)
    """Business days to the first answer, pauses left out."""
    calendar_days = models.IntegerField(null=True)
    """Calendar days to the first answer."""
    days_late = models.IntegerField(null=True)
    """Business days after the legal term at the first answer; 0 in time; null without a legal term."""
    term_margin = models.IntegerField(null=True)
    """Business days from the last day of the legal term to the first answer, negative before it; null without
    a legal term.
    """
    arrived = models.SmallIntegerField(null=True)
    """Local hour of its arrival, counted from Monday at midnight (0 to 167); null where an earlier register
    gave only the day.
    """
    own_term = models.CharField(max_length=6, blank=True)
    """met or missed: the term that the body set itself; empty while it runs, or where there is none."""
    unit_term = models.CharField(max_length=6, blank=True)
    """met or missed: the internal term of a unit."""
    referral_days = models.IntegerField(null=True)
    """Business days from its arrival until it was first referred to a unit."""
    registration_days = models.IntegerField(null=True)
    """Business days from its arrival until it was registered."""
    rating = models.SmallIntegerField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    ending = models.CharField(max_length=12, blank=True)
    is_first_contact = models.BooleanField(null=True, default=False)
    """Answered by the first unit that had it, nothing asked back, not reopened within 30 days; null: it came
    from an earlier register.
    """
    is_contested = models.BooleanField(default=False)
    is_reopened = models.BooleanField(default=False)
    """Reopened within 30 calendar days after its first answer."""
    is_completed = models.BooleanField(default=False)
    """Its person was asked to complete it."""
    is_extended = models.BooleanField(default=False)
    is_by_staff = models.BooleanField(default=False)
    has_cause = models.BooleanField(default=False)
    age_band = models.CharField(max_length=10, default="", db_default="")
    """What its person told of themselves, for statistics: this and those below; empty: not answered."""
    sex = models.CharField(max_length=10, default="", db_default="")
    nationality_group = models.CharField(max_length=10, default="", db_default="")
    disability = models.CharField(max_length=3, default="", db_default="")
    indigenous_people = models.CharField(max_length=3, default="", db_default="")
    income_band = models.CharField(max_length=10, default="", db_default="")
    schooling = models.CharField(max_length=10, default="", db_default="")
    commune = models.CharField(max_length=20, default="", db_default="")
    appeals = models.SmallIntegerField(default=0)
    """Appeals filed against what was decided, or against silence."""
    appeals_lost = models.SmallIntegerField(default=0)
    """Those of them that were upheld, wholly or in part."""
    appeals_decided = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index("institution", "filed_on", name="cases_fact_filed"),
            models.Index(
                "institution",
                "answered_on",
                name="cases_fact_answered",
                condition=Q(answered_on__isnull=False),
            ),
            models.Index(
                "institution", "closed_on", name="cases_fact_closed", condition=Q(closed_on__isnull=False)
            ),
            models.Index(
                "institution", "ended_on", name="cases_fact_ended", condition=Q(ended_on__isnull=False)
            ),
            models.Index(
                "institution", "late_from", name="cases_fact_late", condition=Q(late_from__isnull=False)
            ),
            models.Index(
                "institution",
                "late_from",
                "case",
                name="cases_fact_waiting",
                condition=Q(late_from__isnull=False, ended_on__isnull=True),
            ),
            models.Index(
                "institution",
                "certified_on",
                name="cases_fact_certified",
                condition=Q(certified_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"case:{self.pk}"
