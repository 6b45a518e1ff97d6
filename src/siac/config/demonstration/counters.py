# SPDX-License-Identifier: EUPL-1.2
"""An invented counter of a body: two lines, two desks, and a morning of people who came."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from siac.accounts.public import User
from siac.counter.public import (
    call_next,
    close_desk,
    end,
    miss,
    open_desk,
    save_desk,
    save_line,
    start,
    take_ticket,
)
from siac.organizations.public import Institution
from siac.servicepoints.public import service_points

_LINES = (
    ("A", "Ingresar o preguntar", "Reclamos, consultas, sugerencias"),
    ("B", "Certificados", "Pedir o retirar un documento"),
)
_COME, _PREFERRED, _GONE = 24, 0.15, 0.06
_ASKED = ("Estado de una solicitud", "Requisitos", "Retiro de un certificado", "Dónde ingresar un reclamo")


def keep_counter(
    institution: Institution, *, script: Mapping[str, Any], clerk: User, colleague: User, now: datetime
) -> None:
    """Set up the first point of a body, and let its last whole working day pass there."""
    chance = Random(script["seed"])  # noqa: S311 - invented data
    point = next(
        each for each in service_points(institution).values()
        if each.kind in ("information_office", "office") and each.unit_id is not None
    )  # fmt: skip
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": now - timedelta(days=30)}
    lines = [
        save_line(**common, point_id=point.pk, unit_id=point.unit_id, prefix=prefix, name=name, hint=hint).pk
        for prefix, name, hint in _LINES
    ]
    institution.refresh_from_db()
    desks = [
        save_desk(**common, point_id=point.pk, name=f"Módulo {number}", line_ids=served).pk
        for number, served in enumerate((lines, lines[:1]), start=1)
    ]
    institution.refresh_from_db()
    _pass_morning(institution, chance, lines, dict(zip(desks, (clerk, colleague), strict=True)), now=now)


def _pass_morning(
    institution: Institution, chance: Random, lines: list[int], officers: dict[int, User], *, now: datetime
) -> None:
    """Let people come, wait and be attended, minute by minute; nobody is left at the end."""
    day = institution.local_date(now) - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    opens = datetime.combine(day, time(9, 30), tzinfo=institution.zone)
    for desk_id, officer in officers.items():
        open_desk(institution=institution, desk_id=desk_id, actor=officer, now=opens)
    preferred = [each.code for each in institution.country.preferred]
    comes = sorted(chance.randrange(100) for _ in range(_COME))
    at_desk: dict[int, tuple[int, int]] = {}
    minute = 0
    while minute < 180 or at_desk:
        moment = opens + timedelta(minutes=minute)
        for _ in range(comes.count(minute)):
            priority = chance.choice(preferred) if preferred and chance.random() < _PREFERRED else ""
            take_ticket(institution=institution, line_id=chance.choice(lines), priority=priority, now=moment)
        for desk_id, officer in officers.items():
            _attend(institution, chance, desk_id, officer, at_desk, minute, moment)
        minute += 1
    moment = opens + timedelta(minutes=minute)
    for desk_id, officer in officers.items():
        close_desk(institution=institution, desk_id=desk_id, actor=officer, now=moment)


def _attend(
    institution: Institution,
    chance: Random,
    desk_id: int,
    officer: User,
    at_desk: dict[int, tuple[int, int]],
    minute: int,
    moment: datetime,
) -> None:
    """Do at a desk what is due at a minute: end, or call whoever is next while people may still come."""
    common: dict[str, Any] = {"institution": institution, "actor": officer, "now": moment}
    if desk_id in at_desk:
        visit_id, until = at_desk[desk_id]
        if minute >= until:
            del at_desk[desk_id]
            subject, is_resolved = chance.choice(_ASKED), chance.random() < 0.85
            end(**common, visit_id=visit_id, subject=subject, is_resolved=is_resolved)
        return
    visit = call_next(**common, desk_id=desk_id) if minute < 180 else None
    if visit is None:
        return
    if chance.random() < _GONE:
        miss(**common, visit_id=visit.pk)
        return
    start(**common, visit_id=visit.pk)
    at_desk[desk_id] = visit.pk, minute + chance.choice((3, 4, 5, 7, 9, 12))
