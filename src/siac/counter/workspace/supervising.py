# SPDX-License-Identifier: EUPL-1.2
"""The room of a point, for whoever supervises: what goes on, who sits where, and how its day ends."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import Role, rights_of, user_names, user_of
from siac.counter.commands.halting import go_on, halt
from siac.counter.commands.shifts import close_desk, end_day, open_desk
from siac.counter.domain.queueing import range_words
from siac.counter.domain.rights import CounterRight
from siac.counter.found import ROOM
from siac.counter.queries import (
    counter_points,
    desks_of,
    lines_of,
    missed_today,
    snapshot,
)
from siac.counter.workspace.attending import minutes_since, number
from siac.findings.public import opening_address
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key
from siac.organizations.public import Access, holders, staff_page
from siac.servicepoints.public import ServicePoint, hours_words
from siac.ui.public import refusal_text


def _supervised(access: Access, point_id: int) -> ServicePoint:
    points = {point.pk: point for point in counter_points(access, CounterRight.SUPERVISE)}
    if point_id not in points:
        raise Http404(str(point_id))
    return points[point_id]


@require_safe
@staff_page(CounterRight.SUPERVISE)
def room(request: HttpRequest, access: Access, point_id: int) -> HttpResponse:
    """Show a room as it is: its lines and how long they wait, its desks and who sits there (9 SQL)."""
    institution, now = access.institution, current_time()
    point = _supervised(access, point_id)
    state = snapshot(institution, point.pk, now=now, fresh=True)
    names = user_names(set(state.officers.values())) if state.officers else {}
    shown_lines = []
    for line in lines_of(institution, point.pk):
        waits = [each for each in state.waiting if each.line_id == line.pk]
        oldest = min((each.taken_at for each in waits), default=None)
        minutes, words = minutes_since(oldest, now) if oldest else None, range_words(state.range_of(line.pk))
        shown_lines.append((line, len(waits), minutes, words))
    shown_desks = [
        (row, names.get(state.officers.get(row.pk, 0), ""), row.pk in state.officers, state.at_desk(row.pk))
        for row in desks_of(institution, point.pk)
    ]
    free = _free(access, point.pk, state.officers.values())
    context = {
        "point": point, "lines": shown_lines, "desks": shown_desks, "held": state.held, "now": now,
        "is_halted": state.is_halted, "people": list(free.items()),
        "closed_desks": [row for row, _, is_open, _ in shown_desks if not is_open],
        "hours": hours_words(point), "opens": opening_address(access, ROOM, point.pk),
        "left": len(state.waiting) + len(state.held),
        "missed": missed_today(institution, point.pk, now=now),
    }  # fmt: skip
    return render(request, "counter/workspace/room.html", context)


@require_POST
@staff_page(CounterRight.SUPERVISE)
def room_act(request: HttpRequest, access: Access, point_id: int) -> HttpResponse:
    """Open a desk of a room for somebody, close one, give no more numbers or again, end its day."""
    point = _supervised(access, point_id)
    try:
        messages.success(request, _done(request.POST, access, point, current_time()))
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:counter:room", access.institution.slug, point.pk)


def _done(sent: QueryDict, access: Access, point: ServicePoint, now: datetime) -> str:
    """Do what a button of a room says, and return what was done in words."""
    common: dict[str, Any] = {"institution": access.institution, "actor": access.user, "now": now}
    if "seguir" in sent:
        go_on(**common, point_id=point.pk)
        return "El punto vuelve a dar números."
    if "dia" in sent or "terminar" in sent:
        return _ended(sent.get("dia", ""), common, point)
    desk_id = number(sent.get("modulo", "") or sent.get("abrir", ""))
    if desk_id not in {row.pk for row in desks_of(access.institution, point.pk)}:
        raise PermissionDenied("desk")
    if "modulo" in sent:
        close_desk(**common, desk_id=desk_id)
        return "Módulo cerrado."
    officer_id, people = number(sent.get("quien", "")), _free(access, point.pk, ())
    if officer_id not in people:
        raise Refused("desk_officer")
    open_desk(**common, desk_id=desk_id, officer=user_of(officer_id))
    return f"Módulo abierto para {people[officer_id]}."


def _ended(choice: str, common: dict[str, Any], point: ServicePoint) -> str:
    """End a day as was chosen: nothing is taken for chosen."""
    if choice == "atender":
        halt(**common, point_id=point.pk)
        return "No se dan más números hoy. Se atiende a quienes esperan."
    if choice != "cerrar":
        raise Refused("closing_choice")
    halt(**common, point_id=point.pk)
    closed = end_day(**common, point_id=point.pk)
    return f"Día terminado. Quedaron sin atender: {closed}."


def _free(access: Access, point_id: int, seated: Iterable[int]) -> dict[int, str]:
    """Return those who may attend at a point and do not sit at one of its desks, by id in the order of their
    names (2 SQL).
    """
    known = holders(access.institution)
    units = {line.unit_id for line in lines_of(access.institution, point_id)}
    may = {
        user
        for role in Role
        if CounterRight.ATTEND in rights_of(role)
        for unit in units
        for user in known.over(role, unit)
    }
    names = user_names(may - set(seated)) if may - set(seated) else {}
    return dict(sorted(names.items(), key=lambda each: sort_key(each[1])))
