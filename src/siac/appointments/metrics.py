# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of appointments, by the day they are for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from siac.appointments.domain.states import State
from siac.appointments.models import Appointment, AppointmentFact
from siac.appointments.models.appointment import Way
from siac.appointments.texts import STATE_NAMES
from siac.catalogue.public import services
from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Statistic, Thing, Things
from siac.organizations.public import Access, Institution
from siac.servicepoints.public import service_points

_COLUMNS = [field.attname for field in AppointmentFact._meta.concrete_fields if not field.primary_key]
_UNCOUNTED = (State.HELD, State.LAPSED)
"""An offer that nobody took was no appointment."""


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these appointments of a body as they are now (3 SQL, however many)."""
    rows = Appointment.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk")
    counted = rows.exclude(state__in=_UNCOUNTED).select_related("agenda", "institution")
    facts = [_fact(row) for row in counted]
    AppointmentFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["appointment"], update_fields=_COLUMNS, batch_size=500
    )
    AppointmentFact.objects.filter(institution_id=institution_id, appointment__in=ids).exclude(
        pk__in=[fact.pk for fact in facts]
    ).delete()


def _fact(row: Appointment) -> AppointmentFact:
    booked_on = row.institution.local_date(row.created_at)
    return AppointmentFact(
        appointment=row,
        institution_id=row.institution_id,
        held_on=row.on,
        point_id=row.point_id,
        service_id=row.agenda.service_id or 0,
        way=row.way,
        outcome=row.state,
        anticipation=max(0, (row.on - booked_on).days),
    )


def appointments_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next appointments of a body by id, after one (1 SQL)."""
    rows = Appointment.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _all(institution: Any) -> QuerySet[Appointment]:
    return Appointment.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[Appointment]) -> list[Thing]:
    """Return appointments by day, point and end: whose they are is on the page of their day (1 SQL)."""
    points = service_points(access.institution)
    kept = _all(access.institution).in_bulk([row.pk for row in rows])
    found = [kept[row.pk] for row in rows]
    return [
        Thing("Cita", cells=(f"{row.on:%d-%m-%Y}", points[row.point_id].name, STATE_NAMES[State(row.state)]))
        for row in found
    ]


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return none: a row tells of nobody. No SQL."""
    return set()


def _points(institution: Institution) -> Mapping[str, str]:
    return {str(pk): point.name for pk, point in service_points(institution).items()}


def _services(institution: Institution) -> Mapping[str, str]:
    named = {str(pk): service.name for pk, service in services(institution).items()}
    return {**named, "0": "Sin servicio"}


def _ways(_: Institution) -> Mapping[str, str]:
    return {code: str(label) for code, label in Way.choices}


SOURCE = Source(
    key="appointments",
    table="appointments_appointmentfact",
    subject="appointment_id",
    stream="appointment",
    refresh=refresh_facts,
    after=appointments_after,
    dimensions=(
        Dimension("point", "Punto de atención", "point_id", _points),
        Dimension("service", "Servicio", "service_id", _services),
        Dimension("way", "Por dónde se pidió", "way", _ways),
    ),
    families=((), ("point",), ("service",), ("way",)),
    things=Things(
        one="cita",
        many="citas",
        heads=("Cita", "Día", "Punto", "Estado"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
    rests_on=lambda institution: str(institution.zone),
)


def _measure(name: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"appointments.{name}", SOURCE.key, "held_on", where, value)


_KEPT = "outcome IN ('attended', 'unserved', 'present')"
_OVER = "outcome IN ('attended', 'unserved', 'present', 'missed')"
_ENDED = _measure("ended", _OVER)
METRICS = (
    Metric(
        key="appointments.booked",
        title="Citas reservadas",
        definition="Citas para un día del período, también las anuladas; sin los cupos que nadie aceptó.",
        family=Family.COVERAGE,
        unit="appointments",
        better=Better.NEITHER,
        of=_measure("booked"),
    ),
    Metric(
        key="appointments.attended",
        title="Citas atendidas",
        definition="Citas para un día del período a las que la persona vino y fue atendida.",
        family=Family.COVERAGE,
        unit="appointments",
        better=Better.HIGHER,
        of=_measure("attended", "outcome = 'attended'"),
    ),
    Metric(
        key="appointments.missed",
        title="Citas a las que nadie vino",
        definition="De las citas del período que no se anularon y ya pasaron, las que no usó nadie.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=_measure("missed", "outcome = 'missed'"),
        per=_ENDED,
    ),
    Metric(
        key="appointments.unserved",
        title="Citas de quienes vinieron y no se atendieron",
        definition="De las citas del período a las que la persona vino, aquellas en que no fue atendida.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=_measure("unserved", "outcome = 'unserved'"),
        per=_measure("came", _KEPT),
    ),
    Metric(
        key="appointments.anticipation",
        title="Días de anticipación de las citas",
        definition="Días corridos desde que se pidió la cita hasta su día; de las que no se anularon.",
        family=Family.TIMELINESS,
        unit="calendar_days",
        better=Better.LOWER,
        of=_measure("anticipation", "outcome <> 'cancelled'", "anticipation"),
        told=(Statistic.MEDIAN, Statistic.P90, Statistic.MEAN),
    ),
)
