# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class LinkKind(models.TextChoices):
    LINK = "link", "Enlace o código QR"
    KIOSK = "kiosk", "Tótem (pantalla en el lugar)"


class SurveyLink(models.Model):
    """A door to a survey that anybody may go through: an address, its QR code, or a screen at a place."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="links")
    name = models.CharField("nombre", max_length=100)
    kind = models.CharField("forma", max_length=5, choices=LinkKind.choices, default=LinkKind.LINK)
    point = models.ForeignKey(
        "servicepoints.ServicePoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="punto de atención",
    )
    token = models.CharField(max_length=40, unique=True)
    is_active = models.BooleanField("abierto", default=True)
    version = models.PositiveIntegerField(default=1)
    """Grows with each save: who changes it says which one they saw."""

    class Meta:
        ordering = ("-is_active", "name", "pk")

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """Somebody is asked to answer a survey once. Nothing in it or beside it leads to what was answered."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="+", db_index=False)
    recipient = models.CharField(max_length=60)
    """Who, by id, as a notice names them: `person:12`."""
    token = models.CharField(max_length=40, unique=True)
    invited_on = models.DateField()
    closes_on = models.DateField()
    """The last local day on which its link answers."""
    case_id = models.BigIntegerField(null=True)
    """The request after whose answer it was sent."""
    attention_id = models.BigIntegerField(null=True)
    """The attention after which it was sent."""
    wave = models.ForeignKey(
        "surveys.Wave", models.PROTECT, null=True, related_name="invitations", db_index=False
    )
    reminded_on = models.DateField(null=True)
    is_spent = models.BooleanField(default=False)
    counted_on = models.DateField(null=True)
    """Its day, once figures count it; what they count of it is as it was then."""
    was_answered = models.BooleanField(default=False)
    has_failed = models.BooleanField(default=False)

    class Meta:
        ordering = ("-invited_on", "-pk")
        indexes = [
            models.Index("institution", "recipient", "invited_on", name="surveys_asked_lately"),
            models.Index("institution", "survey", "invited_on", name="surveys_invited"),
            models.Index(
                "institution",
                "counted_on",
                name="surveys_invited_counted",
                condition=Q(counted_on__isnull=False),
            ),
            models.Index("wave", name="surveys_invited_by_wave", condition=Q(wave__isnull=False)),
            models.Index("institution", "case_id", name="surveys_invited_after"),
            models.Index(
                "institution",
                "attention_id",
                name="surveys_invited_attended",
                condition=Q(attention_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.recipient}"
