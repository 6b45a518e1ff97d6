# SPDX-License-Identifier: EUPL-1.2
"""The desk: whom it attends, who waits, and what may be done; and the room of whoever supervises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.cases.public import UNDO_FOR
from siac.counter.commands import attending
from siac.counter.commands.shifts import close_desk, open_desk
from siac.counter.domain.rights import CounterRight
from siac.counter.models import Desk
from siac.counter.queries import (
    Snapshot,
    counter_points,
    desks,
    desks_of,
    lines,
    lines_of,
    missed_today,
    open_desk_of,
    snapshot,
)
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.servicepoints.public import ServicePoint
from siac.ui.public import refusal_text

MOST_SHOWN = 30
"""Of those who wait: a desk need not see more."""


def minutes_since(since: datetime, now: datetime) -> int:
    """Return the whole minutes that went by."""
    return max(0, int((now - since).total_seconds()) // 60)


def _desk(access: Access, desk_id: int) -> tuple[Desk, ServicePoint]:
    """Return a desk in use where somebody may attend, and its point.

    Raises:
        Http404: there is none.
    """
    desk = desks(access.institution).get(desk_id)
    points = {point.pk: point for point in counter_points(access, CounterRight.ATTEND)}
    if desk is None or not desk.is_active or desk.point_id not in points:
        raise Http404(str(desk_id))
    return desk, points[desk.point_id]


@require_safe
@staff_page(CounterRight.ATTEND)
def home(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose a desk; who has one open is led there."""
    mine = open_desk_of(access.institution, access.user.pk)
    if mine is not None:
        return redirect("workspace:counter:desk", access.institution.slug, mine)
    points = [
        (point, desks_of(access.institution, point.pk))
        for point in counter_points(access, CounterRight.ATTEND)
    ]
    context = {"points": points, "may_supervise": access.has(CounterRight.SUPERVISE)}
    return render(request, "counter/workspace/home.html", context)


def _waiting(access: Access, now: datetime, room: Snapshot, of: frozenset[int]) -> list[dict[str, Any]]:
    """Return those who wait for some lines, in their turn, as a page shows them; no SQL."""
    known = lines(access.institution)
    words = {each.code: each.words for each in access.institution.country.preferred}
    return [
        {
            "code": each.code,
            "line": known[each.line_id].name,
            "minutes": minutes_since(each.taken_at, now),
            "priority": words.get(each.priority, each.priority),
            "hour": each.hour,
        }
        for each in room.waiting
        if each.line_id in of
    ]


@require_safe
@staff_page(CounterRight.ATTEND)
def desk(request: HttpRequest, access: Access, desk_id: int) -> HttpResponse:
    """Show a desk: who is there, who is next, who was let go for a moment (6 SQL)."""
    institution, now = access.institution, current_time()
    row, point = _desk(access, desk_id)
    room = snapshot(institution, point.pk, now=now, fresh=True)
    there = room.at_desk(row.pk)
    waiting = _waiting(access, now, room, frozenset(row.line_ids))
    words = {each.code: each.words for each in institution.country.preferred}
    context = {
        "desk": row,
        "point": point,
        "is_open": row.pk in room.officers,
        "is_mine": room.officers.get(row.pk) == access.user.pk,
        "there": there,
        "priority": words.get(there.priority, "") if there else "",
        "line": lines(institution).get(there.line_id) if there else None,
        "minutes": minutes_since(there.begun_at, now) if there else 0,
        "may_undo": there is not None and there.state == "called" and now - there.begun_at <= UNDO_FOR,
        "others": [each for each in lines_of(institution, point.pk) if there and each.pk != there.line_id],
        "waiting": waiting[:MOST_SHOWN],
        "waiting_count": len(waiting),
        "held": room.held,
        "missed": missed_today(institution, point.pk, now=now),
    }
    return render(request, "counter/workspace/desk.html", context)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a button of a desk sends."""

    access: Access
    desk_id: int
    visit_id: int
    line_id: int
    subject: str
    is_resolved: bool
    now: datetime

    @property
    def common(self) -> dict[str, Any]:
        """What every command takes."""
        return {"institution": self.access.institution, "actor": self.access.user, "now": self.now}

    @property
    def visit(self) -> dict[str, Any]:
        """What a command on a visit takes."""
        return {**self.common, "visit_id": self.visit_id}


def number(text: str) -> int:
    """Return a whole number that was sent; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _call(sent: _Sent) -> str:
    visit = attending.call_next(**sent.common, desk_id=sent.desk_id)
    return f"Llamado: {visit.code}." if visit else "No espera nadie en sus filas."


def _end(sent: _Sent, **more: Any) -> int:
    row = attending.end(**sent.visit, subject=sent.subject, is_resolved=sent.is_resolved, **more)
    return row.pk


def _ended(sent: _Sent) -> str:
    _end(sent)
    return "Atención terminada y registrada."


def _another(sent: _Sent) -> str:
    _end(sent, next_line_id=sent.line_id)
    return "Atención registrada. Sigue con la misma persona."


def _said(words: str, done: Callable[[_Sent], object]) -> Callable[[_Sent], str]:
    def run(sent: _Sent) -> str:
        done(sent)
        return words

    return run


ACTS: Mapping[str, Callable[[_Sent], str]] = {
    "abrir": _said("Módulo abierto.", lambda sent: open_desk(**sent.common, desk_id=sent.desk_id)),
    "cerrar": _said("Módulo cerrado.", lambda sent: close_desk(**sent.common, desk_id=sent.desk_id)),
    "llamar": _call,
    "rellamar": _said("Llamado otra vez.", lambda sent: attending.recall(**sent.visit)),
    "deshacer": _said("Llamado deshecho: sigue esperando.", lambda sent: attending.undo_call(**sent.visit)),
    "atender": _said("Atención iniciada.", lambda sent: attending.start(**sent.visit)),
    "pausar": _said("En pausa: puede llamar a otra persona.", lambda sent: attending.hold(**sent.visit)),
    "retomar": _said("Llamado otra vez.", lambda sent: attending.resume(**sent.visit, desk_id=sent.desk_id)),
    "derivar": _said(
        "Derivada: espera en la otra fila.",
        lambda sent: attending.transfer(**sent.visit, line_id=sent.line_id),
    ),
    "ausente": _said("Anotado: no se presentó.", lambda sent: attending.miss(**sent.visit)),
    "terminar": _ended,
    "otro": _another,
    "solicitud": _ended,
}
"""What may be done at a desk, by the word in its address; «solicitud» goes on to filing what was ended."""


@require_POST
@staff_page(CounterRight.ATTEND)
def act(request: HttpRequest, access: Access, desk_id: int, code: str) -> HttpResponse:
    """Do what a button of a desk says, and show the desk again.

    Raises:
        Http404: there is no such desk or button.
    """
    _desk(access, desk_id)
    run = ACTS.get(code)
    if run is None:
        raise Http404(code)
    sent = _Sent(
        access, desk_id, number(request.POST.get("visita", "")), number(request.POST.get("fila", "")),
        request.POST.get("asunto", "")[:200], code != "solicitud" and "pendiente" not in request.POST,
        current_time(),
    )  # fmt: skip
    slug = access.institution.slug
    try:
        if code == "solicitud":
            return redirect("workspace:cases:attention_file", slug, _end(sent))
        messages.success(request, run(sent))
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    if code == "cerrar":
        return redirect("workspace:counter:home", slug)
    return redirect("workspace:counter:desk", slug, desk_id)
