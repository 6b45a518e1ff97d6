# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.servicepoints.domain.hours import Hours, unpack


class ServicePointKind(models.TextChoices):
    OFFICE = "office", "Oficina de atención"
    INFORMATION_OFFICE = "information_office", "OIRS"
    REGISTRY = "registry", "Oficina de Partes"
    MOBILE_OFFICE = "mobile_office", "Oficina móvil"
    PHONE = "phone", "Teléfono"
    WEB = "web", "Sitio web"
    DOCUMENTATION_CENTRE = "documentation_centre", "Centro de documentación"
    LETTERS = "letters", "Cartas"
    SOCIAL_MEDIA = "social_media", "Redes sociales"
    SCHOOL = "school", "Establecimiento educacional"


class ServicePoint(VersionedRecord):
    """A place or channel where the body and the people it serves meet (*espacio de atención*)."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="service_points"
    )
    unit = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad a cargo",
    )
    code = models.SlugField("código", max_length=40)
    name = models.CharField("nombre", max_length=150)
    sort_key = models.CharField(max_length=200, editable=False)
    kind = models.CharField("tipo", max_length=24, choices=ServicePointKind.choices)
    address = models.CharField("dirección", max_length=200, blank=True)
    commune = models.CharField("comuna o municipio", max_length=80, blank=True)
    phone = models.CharField("teléfono", max_length=40, blank=True)
    schedule = models.JSONField("horario", default=dict, blank=True)
    """When it is open (`domain.hours`); empty: nobody said it yet."""
    hours_note = models.CharField("horario, en palabras", max_length=200, blank=True)
    """What was written of before hours had a form, or what they do not say («con hora reservada»)."""
    in_charge = models.CharField("cargo responsable", max_length=150, blank=True)
    """The office that answers for it, without a person's name: charters print it."""
    service_ids = models.JSONField("servicios que da", default=list, blank=True)
    """Primary keys of services of the catalogue."""
    no_services = models.CharField("por qué no da servicios", max_length=200, blank=True)
    """Where none applies: why."""
    is_active = models.BooleanField("activo", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="servicepoints_service_point_code")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> Hours:
        """When it is open."""
        return unpack(self.schedule)


class PointVersion(SavedVersion):
    """A service point as it stood since one save."""

    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("point", "-number")
        constraints = [models.UniqueConstraint("point", "number", name="servicepoints_point_version")]
