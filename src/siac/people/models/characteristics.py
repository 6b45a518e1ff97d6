# SPDX-License-Identifier: EUPL-1.2
from django.db import models

TRAITS = (
    "age_band", "sex", "commune", "nationality_group", "disability", "indigenous_people", "income_band",
    "schooling",
)  # fmt: skip
"""The columns of `Characteristics` that say something."""


class Characteristics(models.Model):
    """Coarse facts a person chose to give, for statistics only; they are erased with the identity."""

    class AgeBand(models.TextChoices):
        UNDER_14 = "under_14", "Menos de 14"
        FROM_14 = "14_17", "14 a 17"
        FROM_18 = "18_29", "18 a 29"
        FROM_30 = "30_44", "30 a 44"
        FROM_45 = "45_59", "45 a 59"
        FROM_60 = "60_74", "60 a 74"
        FROM_75 = "75_more", "75 o más"

    class Sex(models.TextChoices):
        FEMALE = "female", "Mujer"
        MALE = "male", "Hombre"
        OTHER = "other", "Otro"

    class NationalityGroup(models.TextChoices):
        NATIONAL = "national", "Del país"
        FOREIGN = "foreign", "De otro país"

    class Answer(models.TextChoices):
        YES = "yes", "Sí"
        NO = "no", "No"

    class Income(models.TextChoices):
        """How far the income of the household goes, as its people see it: comparable between countries."""

        NOT_ENOUGH = "not_enough", "No alcanza"
        JUST = "just", "Alcanza justo"
        ENOUGH = "enough", "Alcanza"
        PLENTY = "plenty", "Alcanza y sobra"

    class Schooling(models.TextChoices):
        """The highest level that was begun."""

        NONE = "none", "Sin estudios"
        PRIMARY = "primary", "Básica o primaria"
        SECONDARY = "secondary", "Media o secundaria"
        TECHNICAL = "technical", "Técnica"
        UNIVERSITY = "university", "Universitaria"

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="characteristics"
    )
    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    age_band = models.CharField("edad", max_length=10, choices=AgeBand.choices, blank=True)
    sex = models.CharField("sexo", max_length=10, choices=Sex.choices, blank=True)
    commune = models.CharField("comuna, distrito o municipio", max_length=20, blank=True)
    """Official code of the place of residence."""
    nationality_group = models.CharField(
        "nacionalidad", max_length=10, choices=NationalityGroup.choices, blank=True
    )
    disability = models.CharField("discapacidad", max_length=3, choices=Answer.choices, blank=True)
    indigenous_people = models.CharField(
        "pueblo originario", max_length=40, choices=Answer.choices, blank=True
    )
    income_band = models.CharField(
        "ingreso", max_length=10, choices=Income.choices, blank=True, default="", db_default=""
    )
    schooling = models.CharField(
        "estudios", max_length=10, choices=Schooling.choices, blank=True, default="", db_default=""
    )

    def __str__(self) -> str:
        return f"characteristics of person:{self.pk}"
