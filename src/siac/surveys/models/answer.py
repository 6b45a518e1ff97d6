# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class Way(models.TextChoices):
    """How an answer came."""

    INVITED = "invited", "Enlace personal"
    LINK = "link", "Enlace o QR"
    KIOSK = "kiosk", "Tótem"
    PHONE = "phone", "Teléfono"
    PAPER = "paper", "Papel"
    LOADED = "loaded", "Cargada de un archivo"


class HalfAnswer(models.Model):
    """What somebody answered who is not at the end yet. Its key is made of a secret that only their link or
    browser has; it goes when the answer is sent, and is kept as a partial answer when it never is.
    """

    key = models.CharField(max_length=32, primary_key=True)
    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    """The version that they began with, and end with."""
    way = models.CharField(max_length=7, choices=Way.choices)
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()
    saved_on = models.DateField()
    is_sent = models.BooleanField(default=False)
    """It was sent through an open door, and what was answered is gone from here: sent a second time, it is
    known."""

    def __str__(self) -> str:
        return f"{self.survey_id} {self.saved_on}"


class SurveyAnswer(models.Model):
    """What somebody answered. Nothing tells who, or when but for the day: its number is random, and at night
    the answers of a day are written anew together (`is_settled`), so that not even the database's own marks
    tell which came first or along with what.
    """

    id = models.BigIntegerField(primary_key=True)
    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    answered_on = models.DateField()
    way = models.CharField(max_length=7, choices=Way.choices)
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_complete = models.BooleanField()
    answers = models.JSONField()
    """By code of the question, as `domain.questionnaire.clean_answers` gives them."""
    is_settled = models.BooleanField(default=False)
    counted_on = models.DateField(null=True)
    """Its day, once figures count it; null: not yet, or partial."""
    place_id = models.BigIntegerField(default=0)
    """The place, or 0."""
    mark = models.SmallIntegerField(null=True)
    """Of the main question."""
    top = models.SmallIntegerField(null=True)
    """The highest mark of its scale."""
    net = models.SmallIntegerField(null=True)
    """100 for a good mark, -100 for a bad one, else 0: their mean is the net index."""

    class Meta:
        ordering = ("-answered_on", "pk")
        indexes = [
            models.Index("institution", "survey", "answered_on", "id", name="surveys_answered"),
            models.Index(
                "institution",
                "counted_on",
                name="surveys_counted",
                condition=models.Q(counted_on__isnull=False),
            ),
            models.Index(
                "institution", "answered_on", name="surveys_unsettled", condition=models.Q(is_settled=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.answered_on}"
