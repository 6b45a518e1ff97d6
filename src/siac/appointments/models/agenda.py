# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from siac.appointments.domain.slots import Grid, Opening, unpack
from siac.infra.models import LongWork
from siac.organizations.public import SavedVersion, VersionedRecord


class Agenda(VersionedRecord):
    """What can be booked at a point: for which line and service, at which hours, for how many at once."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, related_name="+", verbose_name="punto de atención"
    )
    line = models.ForeignKey(
        "counter.QueueLine", models.PROTECT, related_name="+", verbose_name="fila de espera"
    )
    """Where whoever comes gets their ticket; its unit attends them."""
    service = models.ForeignKey(
        "catalogue.Service", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="servicio"
    )
    name = models.CharField("nombre", max_length=100)
    is_online = models.BooleanField("se pide por internet", default=True)
    minutes = models.PositiveSmallIntegerField("minutos de cada cita", default=20)
    between = models.PositiveSmallIntegerField("minutos entre citas", default=0)
    places = models.PositiveSmallIntegerField("personas a la vez", default=1)
    windows = models.JSONField("horario de citas", default=list)
    """As `domain.slots.pack` keeps them."""
    notice_hours = models.PositiveSmallIntegerField("horas de anticipación mínima", default=2)
    ahead_days = models.PositiveSmallIntegerField("días hacia adelante", default=30)
    most_open = models.PositiveSmallIntegerField("citas pendientes por persona", default=2)
    """Of one mail address or telephone, at this agenda."""
    bring = models.TextField("qué llevar", blank=True)
    asks_document = models.BooleanField("pide documento de identidad", default=False)
    reminder_hours = models.PositiveSmallIntegerField("horas antes del recordatorio", default=24)
    """0: nobody is reminded."""
    has_waiting_list = models.BooleanField("lista de espera", default=True)
    offer_hours = models.PositiveSmallIntegerField("horas para aceptar un cupo", default=12)
    early_minutes = models.PositiveSmallIntegerField("minutos antes en que puede llegar", default=30)
    late_minutes = models.PositiveSmallIntegerField("minutos de tolerancia", default=15)
    keep_days = models.PositiveSmallIntegerField("días que se guardan los datos de contacto", default=30)
    is_active = models.BooleanField("activa", default=True)

    class Meta:
        ordering = ("point", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                "point", "name", name="appointments_agenda_name", condition=Q(is_active=True)
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480, places__gte=1, places__lte=100),
                name="appointments_agenda_sizes",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def openings(self) -> tuple[Opening, ...]:
        """Its windows."""
        return unpack(self.windows)

    @property
    def grid(self) -> Grid:
        """How it cuts them."""
        return Grid(self.minutes, self.between, self.places)

    @property
    def notice(self) -> timedelta:
        """How long before an hour it can still be booked."""
        return timedelta(hours=self.notice_hours)


class AgendaVersion(SavedVersion):
    """An agenda as it stood since one save."""

    agenda = models.ForeignKey("appointments.Agenda", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("agenda", "-number")
        constraints = [models.UniqueConstraint("agenda", "number", name="appointments_agenda_version")]


class Suspension(LongWork):
    """Days on which a point, or one agenda of it, attends no appointments: those there were are cancelled one
    by one by a job, everybody is told, and nothing is booked there until it is lifted.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+", db_index=False)
    agenda = models.ForeignKey(
        "appointments.Agenda", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Null: all of the point."""
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=200)
    """As people read it."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="appointments_suspension_days"
            )
        ]
        indexes = [
            models.Index(
                "point", "last_on", name="appointments_suspended", condition=Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on} {self.last_on}"

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"suspension:{self.pk}"
