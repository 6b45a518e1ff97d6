# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.organizations.public import SavedVersion, VersionedRecord


class QueueLine(VersionedRecord):
    """A line of a service point: what people come for who take a ticket with its letter."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, related_name="+", verbose_name="punto de atención"
    )
    prefix = models.CharField("letra", max_length=1)
    """Of its tickets: a capital letter, another one for each line in use of a point."""
    name = models.CharField("nombre", max_length=80)
    hint = models.CharField("para qué es", max_length=120, blank=True)
    """Whom it serves, as the screen says it below the name."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="+", verbose_name="unidad que atiende"
    )
    topic = models.ForeignKey(
        "catalogue.Topic", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tema"
    )
    service = models.ForeignKey(
        "catalogue.Service", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="servicio"
    )
    is_active = models.BooleanField("activa", default=True)

    class Meta:
        ordering = ("point", "prefix", "pk")
        constraints = [
            models.UniqueConstraint(
                "point", "prefix", name="counter_line_prefix", condition=Q(is_active=True)
            ),
            models.CheckConstraint(condition=Q(prefix__regex=r"^[A-Z]$"), name="counter_line_letter"),
        ]

    def __str__(self) -> str:
        return self.name


class LineVersion(SavedVersion):
    """A line as it stood since one save."""

    line = models.ForeignKey("counter.QueueLine", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("line", "-number")
        constraints = [models.UniqueConstraint("line", "number", name="counter_line_version")]


class Desk(VersionedRecord):
    """A desk of a service point, and the lines it serves."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, related_name="+", verbose_name="punto de atención"
    )
    name = models.CharField("nombre", max_length=40)
    """As the screen calls people to it: «Módulo 3»."""
    line_ids = models.JSONField("filas que atiende", default=list)
    """Primary keys of lines of its point."""
    is_active = models.BooleanField("activo", default=True)

    class Meta:
        ordering = ("point", "name", "pk")
        constraints = [models.UniqueConstraint("point", "name", name="counter_desk_name")]

    def __str__(self) -> str:
        return self.name


class DeskVersion(SavedVersion):
    """A desk as it stood since one save."""

    desk = models.ForeignKey("counter.Desk", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("desk", "-number")
        constraints = [models.UniqueConstraint("desk", "number", name="counter_desk_version")]


class DeskShift(models.Model):
    """A time during which a desk was open, and who sat there; without an end it is open."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey("counter.Desk", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("desk", name="counter_desk_open_once", condition=Q(closed_at=None)),
            models.UniqueConstraint(
                "institution", "officer", name="counter_officer_one_desk", condition=Q(closed_at=None)
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
                name="counter_shift_ends_after",
            ),
        ]
        indexes = [models.Index("point", name="counter_shift_open", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return f"{self.desk_id}"
