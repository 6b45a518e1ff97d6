# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from siac.documents.public import PreparedFile


class Edition(models.TextChoices):
    """What a dossier holds."""

    COMPLETE = "complete", "Expediente completo"
    RELEASE = "release", "Versión para entregar"
    PERSON = "person", "Datos de una persona"


class DossierForm(models.TextChoices):
    """How a dossier leaves."""

    PDF = "pdf", "Un solo PDF, con los archivos dentro"
    ZIP = "zip", "ZIP: el PDF y, a su lado, los archivos originales"


class Dossier(PreparedFile):
    """Everything about one case, or about one person, that somebody took out:
    who, which edition, when, its SHA-256.

    The file lasts a day; the row stays, for it says who took what.
    """

    edition = models.CharField(max_length=8, choices=Edition.choices)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    form = models.CharField(max_length=3, choices=DossierForm.choices, default=DossierForm.PDF)
    case_ids = ArrayField(models.BigIntegerField(), default=list)
    """The cases told in the copy of a person's data, so that the right to each
    is asked again when it is fetched.
    """

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(edition="person", person__isnull=False, case__isnull=True)
                | (~Q(edition="person") & Q(case__isnull=False, person__isnull=True)),
                name="cases_dossier_of_one",
            )
        ]
        indexes = [
            models.Index("case", F("id").desc(), name="cases_dossier_case", condition=Q(case__isnull=False)),
            models.Index(
                "institution",
                "person",
                F("id").desc(),
                name="cases_dossier_person",
                condition=Q(person__isnull=False),
            ),
            models.Index("created_at", name="cases_dossier_age", condition=Q(state="done")),
        ]

    def __str__(self) -> str:
        return f"dossier {self.pk}"

    @property
    def subject(self) -> str:
        """The journal stream of what it is about: `case:12` or `person:3`."""
        return f"case:{self.case_id}" if self.case_id else f"person:{self.person_id}"
