# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class SurveyRefusal(models.Model):
    """Somebody whom the body asks to answer no more surveys, because they said so."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    refused_on = models.DateField()

    class Meta:
        indexes = [models.Index("institution", "person", name="surveys_refused")]

    def __str__(self) -> str:
        return f"person:{self.person_id}"
