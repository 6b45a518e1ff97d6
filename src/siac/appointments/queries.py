# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about appointments: agendas, what is free, a day, one, who waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import Q, QuerySet

from siac.appointments.domain.slots import (
    LONGEST,
    Sitting,
    Slot,
    Taken,
    can_be_booked,
    free_seats,
    is_within,
    slots_of,
    stretches,
)
from siac.appointments.domain.states import LIVE, State, WaitState
from siac.appointments.models import Agenda, Appointment, Suspension, Waiter
from siac.catalogue.public import services
from siac.counter.public import lines
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint, instant, open_spells, service_points

MOST_DAYS = 400
"""As far ahead as anything is worked out."""


def _load(institution_id: int) -> dict[int, Agenda]:
    rows = Agenda.objects.filter(institution_id=institution_id)
    return {agenda.pk: agenda for agenda in rows.order_by("point__sort_key", "name", "pk")}


_AGENDAS: ConfigCache[dict[int, Agenda]] = ConfigCache(_load)


def agendas(institution: Institution) -> dict[int, Agenda]:
    """Return the agendas of a body by primary key, by point and name; no SQL when warm."""
    return _AGENDAS.get(institution)


def point_of(institution: Institution, agenda: Agenda) -> ServicePoint:
    """Return the point of an agenda; no SQL when warm."""
    return service_points(institution)[agenda.point_id]


def why_closed(institution: Institution, agenda: Agenda) -> str:
    """Return why an agenda takes nothing now, as a code of `texts.UNFIT`; empty where it does. No SQL when
    warm.
    """
    if not agenda.is_active:
        return "agenda"
    if not service_points(institution)[agenda.point_id].is_active:
        return "point"
    if not lines(institution)[agenda.line_id].is_active:
        return "line"
    service = services(institution).get(agenda.service_id) if agenda.service_id else None
    return "service" if service is not None and not service.is_active else ""


def open_agendas(institution: Institution, *, online: bool = True) -> list[Agenda]:
    """Return the agendas that take bookings, those of the public (`online`) or all; no SQL when warm."""
    found = agendas(institution).values()
    return [each for each in found if (each.is_online or not online) and not why_closed(institution, each)]


def last_day(agenda: Agenda, today: date) -> date:
    """Return the last day that can be booked. No SQL."""
    return today + timedelta(days=min(agenda.ahead_days, MOST_DAYS))


def suspended_days(point_id: int, agenda_id: int, first: date, last: date) -> set[date]:
    """Return the days between two on which an agenda is suspended (1 SQL)."""
    rows = Suspension.objects.filter(
        Q(agenda=None) | Q(agenda=agenda_id),
        point_id=point_id, lifted_at=None, first_on__lte=last, last_on__gte=first,
    )  # fmt: skip
    return {
        day
        for row in rows
        for ahead in range((row.last_on - row.first_on).days + 1)
        if first <= (day := row.first_on + timedelta(days=ahead)) <= last
    }


@dataclass(frozen=True, slots=True)
class Free:
    """An hour, and how many can still book it."""

    slot: Slot
    seats: Sequence[int]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(max(0, (last - first).days + 1))]


def day_slots(institution: Institution, agenda: Agenda, first: date, last: date) -> dict[date, list[Slot]]:
    """Return the hours of an agenda on each day between two, suspended days without any (2 SQL)."""
    point = point_of(institution, agenda)
    at = partial(instant, zone=point.zone)
    # What was opened the day before may go on after midnight.
    spells = open_spells(point, first - timedelta(days=1), (last - first).days + 2)
    off = suspended_days(point.pk, agenda.pk, first, last)
    return {
        day: [] if day in off else slots_of(agenda.openings, day, agenda.grid, at, spells)
        for day in _days(first, last)
    }


def taken_between(
    agenda_id: int, begin: datetime, end: datetime, *, without: int | None = None
) -> list[Taken]:
    """Return the seats of an agenda that somebody has at some moment of an interval (1 SQL)."""
    rows = Appointment.objects.filter(agenda_id=agenda_id, begins_at__lt=end, state__in=LIVE)
    rows = rows.filter(begins_at__gt=begin - LONGEST, ends_at__gt=begin).exclude(pk=without or 0)
    return [Taken(*each) for each in rows.values_list("begins_at", "ends_at", "seat")]


def free_slots(
    institution: Institution,
    agenda: Agenda,
    first: date,
    last: date,
    *,
    now: datetime,
    for_staff: bool = False,
    without: int | None = None,
) -> dict[date, list[Free]]:
    """Return what can be booked of an agenda on each day between two (3 SQL): from its notice on and as far
    ahead as it says; whoever books for somebody (`for_staff`) is held by neither, but books no hour that
    began. `without`: the appointment that is to be moved.
    """
    today = now.astimezone(point_of(institution, agenda).zone).date()
    end = today + timedelta(days=MOST_DAYS) if for_staff else last_day(agenda, today)
    first, last = max(first, today), min(last, end)
    if first > last:
        return {}
    notice = timedelta() if for_staff else agenda.notice
    known = day_slots(institution, agenda, first, last)
    every = [slot for slots in known.values() for slot in slots]
    if not every:
        return {day: [] for day in known}
    taken = taken_between(agenda.pk, every[0].begins_at, every[-1].ends_at, without=without)
    near = Sitting(taken)
    return {
        day: [
            Free(slot, seats)
            for slot in slots
            if can_be_booked(slot, now, notice) and (seats := free_seats(slot, near.about(slot)))
        ]
        for day, slots in known.items()
    }


def is_offered(institution: Institution, agenda: Agenda, day: date, begins_at: datetime, seat: int) -> bool:
    """Return whether an hour of a day stands in an agenda as it is now, with that seat (2 SQL)."""
    if why_closed(institution, agenda):
        return False
    slots = day_slots(institution, agenda, day, day)[day]
    return any(slot.begins_at == begins_at and seat <= slot.places for slot in slots)


def why_unfit(institution: Institution, agenda: Agenda, rows: Sequence[Appointment]) -> dict[int, str]:
    """Return for each appointment of an agenda why it cannot be kept as things stand, empty where it can
    (2 SQL).
    """
    closed = why_closed(institution, agenda)
    if closed or not rows:
        return {row.pk: closed for row in rows}
    point = point_of(institution, agenda)
    first, last = min(row.on for row in rows), max(row.on for row in rows)
    spells = open_spells(point, first - timedelta(days=1), (last - first).days + 2)
    off = suspended_days(point.pk, agenda.pk, first, last)
    at = partial(instant, zone=point.zone)
    found: dict[int, str] = {}
    for row in rows:
        known = [] if row.on in off else list(stretches(agenda.openings, row.on, at, spells, agenda.places))
        if is_within(row.begins_at, row.ends_at, row.seat, known):
            found[row.pk] = ""
        else:
            found[row.pk] = "seat" if is_within(row.begins_at, row.ends_at, 1, known) else "hours"
    return found


def appointments_of_day(
    institution: Institution, point_id: int, day: date, agenda_ids: Iterable[int]
) -> list[Appointment]:
    """Return the appointments of some agendas of a point on a day, by hour, without what was offered and not
    taken (1 SQL).
    """
    rows = Appointment.objects.filter(
        institution=institution, point_id=point_id, on=day, agenda_id__in=list(agenda_ids)
    )
    return list(
        rows.exclude(state=State.LAPSED).select_related("agenda", "point__institution", "visit")
        .order_by("begins_at", "seat", "pk")[:1000]
    )  # fmt: skip


def unfit_appointments(institution: Institution, agenda_ids: Iterable[int]) -> QuerySet[Appointment]:
    """Return the appointments to come of some agendas that cannot be kept as things stand (lazy: 1 SQL)."""
    rows = Appointment.objects.filter(
        institution=institution, state=State.BOOKED, agenda__in=list(agenda_ids)
    )
    return rows.exclude(unfit="")


def appointment_by_digest(institution: Institution, digest: str) -> Appointment | None:
    """Return the appointment with a secret, by its digest (1 SQL); None where there is none."""
    rows = Appointment.objects.filter(institution=institution, token_digest=digest)
    return rows.select_related("agenda", "point__institution", "institution").first()


def waiter_by_digest(institution: Institution, digest: str) -> Waiter | None:
    """Return whoever waits with a secret, by its digest (1 SQL); None where nobody does."""
    return (
        Waiter.objects.filter(institution=institution, token_digest=digest).select_related("agenda").first()
    )


def appointment_of(institution: Institution, pk: int) -> Appointment | None:
    """Return an appointment of a body (1 SQL); None where it has none."""
    rows = Appointment.objects.filter(institution=institution, pk=pk)
    return rows.select_related("agenda", "point__institution", "institution", "visit").first()


def waiting_at(agenda_ids: Iterable[int], day: date) -> Mapping[int, int]:
    """Return how many wait for a place on a day, by agenda (1 SQL)."""
    found: dict[int, int] = {}
    rows = Waiter.objects.filter(
        agenda_id__in=list(agenda_ids), state=WaitState.WAITING, first_on__lte=day, last_on__gte=day
    )
    for agenda_id in rows.values_list("agenda_id", flat=True):
        found[agenda_id] = found.get(agenda_id, 0) + 1
    return found


def suspensions_of(institution: Institution, point_ids: Iterable[int], today: date) -> list[Suspension]:
    """Return the suspensions of some points that are not over, the newest first (1 SQL)."""
    rows = Suspension.objects.filter(institution=institution, point_id__in=list(point_ids))
    rows = rows.filter(last_on__gte=today, lifted_at=None).select_related("point", "agenda")
    return list(rows.order_by("-pk")[:100])


def appointment_of_visits(institution: Institution, visit_ids: Iterable[int]) -> Appointment | None:
    """Return the appointment that somebody came for with one of some tickets (1 SQL); None where none."""
    rows = Appointment.objects.filter(institution=institution, visit_id__in=list(visit_ids))
    return rows.select_related("agenda", "point__institution").first()


def midnight(day: date, point: ServicePoint) -> datetime:
    """Return the moment at which a day begins by the clock of a point. No SQL."""
    return instant(day, time(0), point.zone)
