# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class Interaction(models.Model):
    """An attention that somebody was given and that is no request: a question answered on the spot, a form
    handed out, a call put through.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    channel = models.CharField("canal", max_length=8)
    """One of `Channel`."""
    service_point = models.ForeignKey(
        "servicepoints.ServicePoint",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="punto de atención",
    )
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="unidad"
    )
    """The unit that attended, and so reports it."""
    topic = models.ForeignKey(
        "catalogue.Topic", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="tema"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    """None where nobody said who they are."""
    subject = models.CharField("de qué se trató", max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    """That of the digest of `subject`; empty once the text was erased."""
    begun_at = models.DateTimeField("cuándo")
    minutes = models.PositiveSmallIntegerField("minutos", null=True)
    """How long it took; null where nobody says so."""
    waited = models.PositiveSmallIntegerField("minutos de espera", null=True)
    """How long the person waited before it began; null where nobody says so."""
    is_resolved = models.BooleanField("resuelta", default=True)
    """It ended there: the person need not come, call or write again."""
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Null: the line of orders brought it in."""
    due_on = models.DateField(null=True)
    """The last local day to register it on time, by the body's own term on the day it was registered; null:
    the body had none.
    """
    batch = models.ForeignKey(
        "cases.ImportBatch", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    """The sheet it came in with."""
    original_number = models.CharField(max_length=60, blank=True)
    """Its number in the sheet of the unit; one that is there already is not loaded again."""
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="interaction")
    """The request it became."""
    withdrawn_at = models.DateTimeField(null=True)
    """When it was taken out of the register: it was none, or it is there twice."""
    withdrawn_why = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    before = models.JSONField(null=True)
    """What its last change changed, as it was; null: it was registered as it is."""
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField()
    """By whom and when it was last changed: they may take that back for some seconds."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "institution",
                "original_number",
                name="cases_interaction_original",
                condition=~Q(original_number=""),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="cases_interaction_says_why"
            ),
        ]
        indexes = [
            models.Index(
                "institution", F("begun_at").desc(), F("id").desc(), name="cases_interaction_newest"
            ),
            models.Index(
                "institution", "unit", F("begun_at").desc(), F("id").desc(), name="cases_interaction_unit"
            ),
            models.Index("institution", "registered_by", F("id").desc(), name="cases_interaction_by"),
            models.Index(
                "institution", "person", name="cases_interaction_person", condition=Q(person__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"interaction:{self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"interaction:{self.pk}"


class InteractionFact(models.Model):
    """What is counted of an attention: its local days, its whole numbers and the codes it is told apart by.

    Written anew whenever something happens to it, never edited; 0 and the empty text mean none. One that was
    withdrawn has none.
    """

    interaction = models.OneToOneField(
        "cases.Interaction", models.CASCADE, primary_key=True, related_name="+"
    )
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    begun_on = models.DateField()
    registered_on = models.DateField()
    unit_id = models.BigIntegerField()
    topic_id = models.BigIntegerField(default=0)
    point_id = models.BigIntegerField(default=0)
    channel = models.CharField(max_length=8)
    person = models.CharField(max_length=9)
    """natural, legal or anonymous."""
    minutes = models.SmallIntegerField(null=True)
    waited = models.SmallIntegerField(null=True)
    """Minutes that the person waited before it began; null where nobody says so."""
    reporting_days = models.IntegerField(null=True)
    """Business days of its unit from the attention to its registration; null where it claims none."""
    is_in_term = models.BooleanField(null=True)
    """Registered by the last day of the body's own term; null: it had none then."""
    is_resolved = models.BooleanField()
    """It ended there, and became no request."""
    is_filed = models.BooleanField()
    """It became a request."""

    class Meta:
        indexes = [
            models.Index("institution", "begun_on", name="cases_attention_begun"),
            models.Index("institution", "registered_on", name="cases_attention_registered"),
        ]

    def __str__(self) -> str:
        return f"interaction:{self.pk}"
