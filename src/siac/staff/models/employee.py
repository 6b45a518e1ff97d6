# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import F, Q


class Group(models.TextChoices):
    """Staff group (*estamento*)."""

    DIRECTIVE = "directive", "Directivo"
    PROFESSIONAL = "professional", "Profesional"
    TECHNICAL = "technical", "Técnico"
    CLERICAL = "clerical", "Administrativo"
    AUXILIARY = "auxiliary", "Auxiliar"
    OTHER = "other", "Otro"


class Studies(models.TextChoices):
    """The highest level of studies that was finished."""

    PRIMARY = "primary", "Básicos"
    SECONDARY = "secondary", "Medios"
    TECHNICAL = "technical", "Técnicos superiores"
    UNIVERSITY = "university", "Universitarios"
    POSTGRADUATE = "postgraduate", "Posgrado"


class Sex(models.TextChoices):
    WOMAN = "woman", "Mujer"
    MAN = "man", "Hombre"
    OTHER = "other", "Otro"


class AgeBand(models.TextChoices):
    UNDER_30 = "under_30", "Menos de 30"
    FROM_30 = "from_30", "30 a 44"
    FROM_45 = "from_45", "45 a 59"
    FROM_60 = "from_60", "60 o más"


class Employee(models.Model):
    """The record of somebody who works in the body (*ficha*), with an account in it or without.

    The name stands in clear, as those of accounts do: who works for a public body in which post is published
    by law (Chile: art. 7 d of law 20.285; Peru: art. 25.3 of law 27.806; Spain: art. 8 of law 19/2013 for who
    directs). Sex and age are in clear too, may stay empty, are never listed, and only counted. It keeps no
    versions: a former name or sex would stay in them for ever.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=150)
    code = models.CharField("código", max_length=30, blank=True)
    """The body's own, by which a sheet finds the record; never the number of an identity document."""
    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="cuenta"
    )
    post = models.CharField("cargo", max_length=120, blank=True)
    profile = models.ForeignKey(
        "staff.Profile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="perfil"
    )
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unidad"
    )
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="punto de atención",
    )  # fmt: skip
    group = models.CharField("estamento", max_length=12, choices=Group.choices, blank=True)
    studies = models.CharField("estudios", max_length=12, choices=Studies.choices, blank=True)
    sex = models.CharField("sexo", max_length=5, choices=Sex.choices, blank=True)
    age_band = models.CharField("edad", max_length=8, choices=AgeBand.choices, blank=True)
    hired_on = models.DateField("ingreso")
    """The local day on which they began in the body."""
    in_point_since = models.DateField("en el punto desde", null=True, blank=True)
    left_on = models.DateField("egreso", null=True, blank=True)
    """The first local day on which they do not work here any more."""
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "pk")
        indexes = [models.Index("institution", "name", "id", name="staff_employees")]
        constraints = [
            models.UniqueConstraint("institution", "code", name="staff_code", condition=~Q(code="")),
            models.UniqueConstraint(
                "institution", "user", name="staff_account", condition=Q(user__isnull=False)
            ),
            models.CheckConstraint(
                condition=(Q(left_on=None) | Q(left_on__gte=F("hired_on")))
                & (Q(in_point_since=None) | Q(in_point_since__gte=F("hired_on"))),
                name="staff_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"employee:{self.pk}"

    def works_on(self, day: date) -> bool:
        """Return whether they work here on a local day."""
        return self.hired_on <= day and (self.left_on is None or day < self.left_on)
