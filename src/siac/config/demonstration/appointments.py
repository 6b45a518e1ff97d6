# SPDX-License-Identifier: EUPL-1.2
"""Invented appointments of a body: two agendas at its counter, who booked, who waits for a place."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from siac.appointments.public import (
    Agenda,
    Contact,
    Opening,
    book,
    cancel,
    free_slots,
    join_list,
    pack,
    save_agenda,
)
from siac.counter.public import lines
from siac.organizations.public import Institution

_AGENDAS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("A", "Orientación y reclamos", {"minutes": 20, "places": 2, "bring": "El número de su solicitud."}),
    ("B", "Certificados", {"minutes": 30, "notice_hours": 4, "bring": "Su documento de identidad."}),
)  # fmt: skip
_MORNING, _AFTERNOON = (time(9, 30), time(13)), (time(14, 30), time(16, 30))
_NAMES = (
    "Rosa Fuentes", "Pedro Vidal", "Elena Prieto", "Marcos Leiva", "Julia Campos", "Hugo Salas",
    "Inés Robledo", "Tomás Araya", "Clara Montes", "Raúl Ibarra", "Nora Pizarro", "Óscar Lillo",
)  # fmt: skip
_BEFORE = timedelta(days=4)


def give_hours(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> None:
    """Set up two agendas at the counter of a body, and let people book, cancel and wait."""
    chance = Random(script["seed"])  # noqa: S311 - invented data
    then = now - timedelta(days=20)
    by_prefix = {line.prefix: line for line in lines(institution).values() if line.is_active}
    found = []
    for prefix, name, more in _AGENDAS:
        line = by_prefix[prefix]
        windows = pack(Opening(opens, closes, (0, 1, 2, 3, 4)) for opens, closes in (_MORNING, _AFTERNOON))
        found.append(
            save_agenda(
                institution=institution, actor=None, now=then, point_id=line.point_id, line_id=line.pk,
                name=name, windows=windows, **more,
            )
        )  # fmt: skip
        institution.refresh_from_db()
    for agenda in found:
        _book(institution, agenda, chance, now - _BEFORE)
    _fill_a_day(institution, found[-1], now)


def _contact(number: int) -> Contact:
    name = _NAMES[number % len(_NAMES)]
    return Contact(name, f"cita{number}@vecinos.demo.invalid")


def _book(institution: Institution, agenda: Agenda, chance: Random, then: datetime) -> None:
    """Let a third of the hours of the coming days be booked, and some cancelled again."""
    today = institution.local_date(then)
    number = agenda.pk * 1000
    for hours in free_slots(institution, agenda, today, today + timedelta(days=12), now=then).values():
        for free in hours:
            if chance.random() > 0.3:
                continue
            number += 1
            done = book(
                institution=institution, agenda_id=agenda.pk, begins_at=free.slot.begins_at,
                contact=_contact(number), now=then,
            )  # fmt: skip
            if chance.random() < 0.1:
                cancel(institution=institution, pk=done.appointment.pk, now=then + timedelta(hours=2))


def _fill_a_day(institution: Institution, agenda: Agenda, now: datetime) -> None:
    """Fill the next day that has room, and let two people wait for it."""
    today = institution.local_date(now)
    days = free_slots(institution, agenda, today + timedelta(days=1), today + timedelta(days=10), now=now)
    day, hours = next(((day, hours) for day, hours in days.items() if hours), (None, []))
    for number, free in enumerate(hours, start=agenda.pk * 1000 + 500):
        book(
            institution=institution, agenda_id=agenda.pk, begins_at=free.slot.begins_at,
            contact=_contact(number), now=now,
        )  # fmt: skip
    if day is None:
        return
    for number in (1, 2):
        join_list(
            institution=institution, agenda_id=agenda.pk, first_on=day, last_on=day,
            contact=Contact(_NAMES[-number], f"espera{number}@vecinos.demo.invalid"), now=now,
        )  # fmt: skip
