# SPDX-License-Identifier: EUPL-1.2
from zoneinfo import ZoneInfo

from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.servicepoints.domain.geography import Coordinates
from siac.servicepoints.domain.hours import Hours, unpack
from siac.servicepoints.domain.types import PointType, channels, point_types, type_choices


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
    kind = models.CharField("tipo", max_length=24, choices=type_choices)
    """A code of `domain.types`: what it is, as data."""
    address = models.CharField("dirección", max_length=200, blank=True)
    commune = models.CharField("comuna o municipio", max_length=80, blank=True)
    territory = models.CharField(max_length=12, editable=False, default="", blank=True)
    """Code of the commune where the country's list has its name: its holidays and its zone are its own."""
    latitude = models.DecimalField("latitud", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("longitud", max_digits=9, decimal_places=6, null=True, blank=True)
    directions = models.CharField("cómo llegar", max_length=400, blank=True)
    phone = models.CharField("teléfono", max_length=40, blank=True)
    email = models.EmailField("correo", max_length=150, blank=True)
    website = models.URLField("dirección web", max_length=200, blank=True)
    channels = models.JSONField("canales", default=list, blank=True)
    """Codes of `domain.types.channels`; empty: that of its type."""
    access = models.JSONField("accesibilidad", default=list, blank=True)
    """Codes of `domain.types.access_features`: what helps to come in and be attended."""
    access_note = models.CharField("accesibilidad, en palabras", max_length=300, blank=True)
    """What the list does not say, or what is missing."""
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
    closing_reason = models.CharField("por qué cierra", max_length=200, blank=True)
    instead = models.CharField("dónde seguir después del cierre", max_length=300, blank=True)
    """What happens to its services once it is closed for good (`Hours.closed_from`)."""
    is_active = models.BooleanField("activo", default=True)
    unversioned = VersionedRecord.unversioned | {"territory"}

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="servicepoints_service_point_code"),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="servicepoints_point_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> Hours:
        """When it is open."""
        return unpack(self.schedule)

    @property
    def type(self) -> PointType:
        """What it is."""
        return point_types()[self.kind]

    @property
    def channel_codes(self) -> list[str]:
        """The channels by which people are attended here: those said, else that of its type."""
        known = channels()
        return [code for code in known if code in self.channels] or [self.type.channel]

    @property
    def coordinates(self) -> Coordinates | None:
        """Where it lies; None where nobody said it."""
        if self.latitude is None or self.longitude is None:
            return None
        return Coordinates(self.latitude, self.longitude)

    @property
    def place(self) -> str:
        """The place expression of its calendar: its own commune where known, else that of the body."""
        body = self.institution
        return f"{body.jurisdiction}-{self.territory}" if self.territory else body.place

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its clock on the wall."""
        if not self.territory:
            return self.institution.zone
        return ZoneInfo(self.institution.country.zone_at(self.place))


class PointVersion(SavedVersion):
    """A service point as it stood since one save."""

    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("point", "-number")
        constraints = [models.UniqueConstraint("point", "number", name="servicepoints_point_version")]
