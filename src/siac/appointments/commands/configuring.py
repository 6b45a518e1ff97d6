# SPDX-License-Identifier: EUPL-1.2
"""Changes of agendas."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.appointments.domain.slots import Opening, crossing, pack, unpack
from siac.appointments.domain.states import LIVE
from siac.appointments.models import Agenda, Appointment
from siac.catalogue.public import services
from siac.counter.public import lines
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration, save_version
from siac.servicepoints.public import service_points

_SIZES = {
    "minutes": (5, 480), "between": (0, 240), "places": (1, 100), "notice_hours": (0, 720),
    "ahead_days": (0, 365), "most_open": (1, 50), "reminder_hours": (0, 240), "offer_hours": (1, 240),
    "early_minutes": (0, 240), "late_minutes": (0, 240), "keep_days": (1, 365),
}  # fmt: skip
MOST_WINDOWS = 60


@transaction.atomic
def save_agenda(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    agenda: Agenda | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> Agenda:
    """Add an agenda to a point, or change `agenda` as its next version (5 SQL); `fields` are those of the
    model. Appointments that it already has stay as they are: those that no longer fit are told apart
    (`commands.tending.review`), and their people hear of it from whoever decides.

    Raises:
        Refused: it names what is not the body's, or a line of another point (agenda_place), a number is out
            of bounds (agenda_sizes), it is booked and would go to another point (agenda_booked), there is no
            window (agenda_windows), one ends before it begins or is too short (agenda_window_ends), two have
            a moment in common (agenda_windows_cross), its name is that of another one in use there
            (agenda_name_taken), or somebody saved it meanwhile (saved_meanwhile).
    """
    row = agenda or Agenda(institution=institution)
    if agenda is not None and fields.get("point_id", row.point_id) != row.point_id and _is_booked(row, now):
        raise Refused("agenda_booked")
    told = {name: fields.get(name, getattr(row, name)) for name in ("point_id", "line_id", "service_id")}
    _check_place(institution, told)
    for name, (least, most) in _SIZES.items():
        if not least <= int(fields.get(name, getattr(row, name))) <= most:
            raise Refused("agenda_sizes")
    if "windows" in fields:
        openings = unpack(fields["windows"])
        _check_windows(openings, int(fields.get("minutes", row.minutes)))
        fields["windows"] = pack(openings)
    elif agenda is None:
        raise Refused("agenda_windows")
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("agenda_name_taken", name=fields.get("name", row.name)) from error
    if saved.is_changed:
        data = {"agenda": saved.row.pk, "point": saved.row.point_id, "version": saved.row.version}
        note_configuration(institution.pk, "appointments.agenda_saved", actor=actor, now=now, data=data)
    return saved.row


def _is_booked(row: Agenda, now: datetime) -> bool:
    """Return whether somebody is still to come (1 SQL): where they were told to go must stay true."""
    return Appointment.objects.filter(agenda=row, ends_at__gt=now, state__in=LIVE).exists()


def _check_place(institution: Institution, told: dict[str, Any]) -> None:
    line = lines(institution).get(told["line_id"] or 0)
    is_known = told["point_id"] in service_points(institution) and (
        told["service_id"] is None or told["service_id"] in services(institution)
    )
    if not is_known or line is None or line.point_id != told["point_id"]:
        raise Refused("agenda_place")


def _check_windows(openings: tuple[Opening, ...], minutes: int) -> None:
    if not openings or len(openings) > MOST_WINDOWS:
        raise Refused("agenda_windows")
    for each in openings:
        length = timedelta(
            hours=each.closes.hour - each.opens.hour, minutes=each.closes.minute - each.opens.minute
        )
        is_turned = each.first is not None and each.last is not None and each.last < each.first
        if length < timedelta(minutes=minutes) or is_turned or not each.weekdays:
            raise Refused("agenda_window_ends")
        if each.places is not None and not 1 <= each.places <= 100:
            raise Refused("agenda_sizes")
    pair = crossing(openings)
    if pair is not None:
        one, other = (f"{each.opens:%H:%M} a {each.closes:%H:%M}" for each in pair)
        raise Refused("agenda_windows_cross", one=one, other=other)
