# SPDX-License-Identifier: EUPL-1.2
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.surveys.domain.interchange import parse
from siac.surveys.domain.questionnaire import Questionnaire
from siac.surveys.domain.satisfaction import CONVENTIONS, Grades


class Survey(VersionedRecord):
    """A questionnaire that a body asks people to answer, with how its answers are read."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=150)
    """What the house calls it."""
    title = models.CharField("título", max_length=150)
    """What stands above its first page."""
    intro = models.CharField("presentación", max_length=2000, blank=True)
    thanks = models.CharField("agradecimiento", max_length=1000, blank=True)
    questionnaire = models.JSONField("preguntas")
    """As `domain.interchange.dump` gives it."""
    good_from = models.PositiveSmallIntegerField("nota buena desde", null=True, blank=True)
    bad_to = models.PositiveSmallIntegerField("nota mala hasta", null=True, blank=True)
    """Null, both: the convention of the scale of its main question."""
    least = models.PositiveSmallIntegerField("grupo más pequeño que se muestra", default=5)
    is_active = models.BooleanField("recibe respuestas", default=True)
    for_staff = models.BooleanField("se pregunta al personal", default=False)
    """Said when it is begun and never changed. What people of the house say is no figure of the service."""
    asks_after = models.BooleanField("se envía después de responder una solicitud", default=False)
    asks_after_attention = models.BooleanField(
        "se envía después de una atención en persona o por teléfono", default=False
    )
    kinds = models.JSONField("de los tipos", default=list, blank=True)
    topics = models.JSONField("de los temas", default=list, blank=True)
    channels = models.JSONField("de los canales", default=list, blank=True)
    """By id, and by code; empty: of all."""
    share = models.PositiveSmallIntegerField("a cuántas de cada 100", default=100)
    delay_days = models.PositiveSmallIntegerField("días después", default=1)
    open_days = models.PositiveSmallIntegerField("días para responder", default=30)
    rest_days = models.PositiveSmallIntegerField("días sin volver a preguntar", default=90)
    """Nobody who was asked anything within so many days is asked this."""

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {"for_staff"}

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("institution", "name", name="surveys_survey_name"),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100, delay_days__lte=60)
                & Q(open_days__gte=1, open_days__lte=180, rest_days__lte=730),
                name="surveys_sending",
            ),
            models.CheckConstraint(condition=Q(least__gte=1, least__lte=100), name="surveys_least"),
            models.CheckConstraint(
                condition=Q(good_from=None, bad_to=None) | Q(bad_to__lt=F("good_from")),
                name="surveys_grades_apart",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> Questionnaire:
        """Its questionnaire."""
        return parse(self.questionnaire)

    @property
    def grades(self) -> Grades | None:
        """Which marks of its main question are good and bad; None where it has no such question."""
        main = self.asked.main_question
        if main is None:
            return None
        if self.good_from is not None and self.bad_to is not None:
            return Grades(self.good_from, self.bad_to)
        return CONVENTIONS[main.marks[-1]]


class SurveyVersion(SavedVersion):
    """A survey as it stood since one save; answers name the version that was answered."""

    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("survey", "-number")
        constraints = [models.UniqueConstraint("survey", "number", name="surveys_survey_version")]
