# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord


class CompetenceKind(models.TextChoices):
    """The five classes of the SIAC model (technical requirements of the profile of the staff)."""

    QUALIFICATION = "qualification", "Calificación"
    SKILL = "skill", "Habilidades"
    APTITUDE = "aptitude", "Aptitudes"
    TOOLS = "tools", "Uso de herramientas"
    TRAINING = "training", "Capacitación"


class Competence(VersionedRecord):
    """Something that whoever attends people should know or be able to do."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=120)
    kind = models.CharField("clase", max_length=13, choices=CompetenceKind.choices)
    description = models.CharField("qué se espera", max_length=500, blank=True)
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        ordering = ("kind", "name", "pk")
        constraints = [models.UniqueConstraint("institution", "name", name="staff_competence_name")]

    def __str__(self) -> str:
        return self.name


class CompetenceVersion(SavedVersion):
    """A competence as it stood since one save."""

    competence = models.ForeignKey(
        "staff.Competence", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("competence", "-number")
        constraints = [models.UniqueConstraint("competence", "number", name="staff_competence_version")]


class Profile(VersionedRecord):
    """A post of attention (*perfil de funciones y competencias*): what is done in it, and what level of each
    competence it asks.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=120)
    functions = models.TextField("funciones", max_length=4000, blank=True)
    required = models.JSONField("competencias exigidas", default=list)
    """[[key of the competence, level from 1 to 4], …] in the order of the form."""
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint("institution", "name", name="staff_profile_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def levels(self) -> dict[int, int]:
        """The level that each competence asks, by its key."""
        return {int(pk): int(level) for pk, level in self.required}


class ProfileVersion(SavedVersion):
    """A profile as it stood since one save."""

    profile = models.ForeignKey("staff.Profile", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("profile", "-number")
        constraints = [models.UniqueConstraint("profile", "number", name="staff_profile_version")]
