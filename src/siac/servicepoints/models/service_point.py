# SPDX-License-Identifier: EUPL-1.2
from django.db import models


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


class ServicePoint(models.Model):
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
    hours = models.CharField("horario", max_length=200, blank=True)
    is_active = models.BooleanField("activo", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="servicepoints_service_point_code")
        ]

    def __str__(self) -> str:
        return self.name
