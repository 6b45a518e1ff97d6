# SPDX-License-Identifier: EUPL-1.2
"""Days with room and their hours as pages show them, of the people who come and of the house alike."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse

from siac.appointments.domain.slots import Slot, nearest
from siac.appointments.forms import written
from siac.appointments.models import Agenda
from siac.appointments.queries import Free, free_slots, last_day, point_of
from siac.appointments.texts import day_words, hour_words, moment_words
from siac.kernel.days import read_day
from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint

SHOWN_DAYS = 35
"""Days of a page: those ahead of most agendas."""


def unkept(response: HttpResponse) -> HttpResponse:
    """Keep it in no cache: what is free changes, and some addresses are keys."""
    response["Cache-Control"] = "private, no-store"
    return response


def request_key(text: str) -> str:
    """Return the key that a form sent along, or a new one where it is none."""
    try:
        return str(uuid.UUID(text[:36]))
    except ValueError:
        return str(uuid.uuid4())


def _local_today(point: ServicePoint, now: datetime) -> date:
    return now.astimezone(point.zone).date()


def days_told(
    institution: Institution,
    agenda: Agenda,
    asked: Mapping[str, str],
    *,
    now: datetime,
    for_staff: bool = False,
    without: int | None = None,
) -> dict[str, Any]:
    """Return the days with room of a page of days, and the hours of the chosen one (as `free_slots`): the
    first with room where none is chosen.
    """
    point = point_of(institution, agenda)
    today = _local_today(point, now)
    end = last_day(agenda, today) if not for_staff else today + timedelta(days=365)
    begin = max(read_day(asked.get("desde", "")) or today, today)
    begin = min(begin, end)
    wanted = read_day(asked.get("dia", ""))
    if wanted is not None and not begin <= wanted < begin + timedelta(days=SHOWN_DAYS):
        begin = max(today, min(wanted, end))
    last = min(begin + timedelta(days=SHOWN_DAYS - 1), end)
    found = free_slots(institution, agenda, begin, last, now=now, for_staff=for_staff, without=without)
    days = [(day, day_words(day), len(hours)) for day, hours in found.items() if hours]
    chosen = (
        wanted
        if wanted is not None and found.get(wanted)
        else (days[0][0] if days and wanted is None else wanted)
    )
    return {
        "agenda": agenda, "point": point, "zone": point.zone, "today": today,
        "days": days, "chosen": chosen, "chosen_words": day_words(chosen) if chosen else "",
        "hours": hours_told(found.get(chosen, []) if chosen else [], point),
        "begin": begin, "last": last, "last_words": day_words(end),
        "next_begin": last + timedelta(days=1) if last < end else None,
        "first_begin": begin > today,
    }  # fmt: skip


def hours_told(found: Sequence[Free], point: ServicePoint) -> list[dict[str, Any]]:
    """Return hours as a page shows them; no SQL."""
    return [
        {
            "value": written(each.slot.begins_at),
            "words": hour_words(each.slot.begins_at, point.zone),
            "left": len(each.seats),
            "is_shared": each.slot.places > 1,
        }
        for each in found
    ]


def near(
    institution: Institution,
    agenda: Agenda,
    wanted: datetime,
    *,
    now: datetime,
    for_staff: bool = False,
    without: int | None = None,
) -> list[tuple[str, str]]:
    """Return the free hours nearest to one that is taken, as options (as `free_slots`)."""
    point = point_of(institution, agenda)
    day = wanted.astimezone(point.zone).date()
    found = free_slots(
        institution, agenda, day - timedelta(days=3), day + timedelta(days=10), now=now, for_staff=for_staff,
        without=without,
    )  # fmt: skip
    slots: list[Slot] = [each.slot for hours in found.values() for each in hours]
    return [
        (written(each.begins_at), moment_words(each.begins_at, point.zone)) for each in nearest(slots, wanted)
    ]
