# SPDX-License-Identifier: EUPL-1.2
"""The day of a point: who comes, and what may be done about each; booking and moving for somebody."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.appointments.access import may_suspend, own_agendas, own_points
from siac.appointments.choosing import days_told, near, request_key, unkept
from siac.appointments.commands.arriving import arrive
from siac.appointments.commands.booking import book, cancel, move
from siac.appointments.contact import name_of, opened
from siac.appointments.domain.arrival import Arrival
from siac.appointments.domain.rights import AppointmentRight
from siac.appointments.domain.states import State
from siac.appointments.forms import CONTACT_FIELDS, BookForSomebodyForm, read_moment
from siac.appointments.models import Agenda, Appointment
from siac.appointments.queries import (
    appointment_of,
    appointments_of_day,
    point_of,
    suspensions_of,
    unfit_appointments,
    waiting_at,
    why_closed,
)
from siac.appointments.texts import STATE_NAMES, UNFIT, day_words, hour_words, moment_words
from siac.journal.public import record_access
from siac.kernel.days import read_day
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.servicepoints.public import ServicePoint
from siac.ui.public import refusal_text

_ATTEND = AppointmentRight.ATTEND


def _told(row: Appointment) -> dict[str, Any]:
    return {
        "row": row,
        "hour": hour_words(row.begins_at, row.zone),
        "name": name_of(row) or "Datos borrados",
        "state": STATE_NAMES[State(row.state)],
        "unfit": UNFIT.get(row.unfit, "") if row.state == State.BOOKED else "",
        "ticket": row.visit.code if row.visit else "",
    }


@require_safe
@staff_page(_ATTEND)
def day(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the appointments of a day of a point, by hour (4 SQL)."""
    institution, now = access.institution, current_time()
    points, own = own_points(access, _ATTEND), own_agendas(access, _ATTEND)
    chosen = next(
        (each for each in points if str(each.pk) == request.GET.get("punto")), points[0] if points else None
    )
    if chosen is None:
        return render(request, "appointments/workspace/day.html", {"points": []})
    today = now.astimezone(chosen.zone).date()
    wanted = read_day(request.GET.get("dia", "")) or today
    there = {pk: each for pk, each in own.items() if each.point_id == chosen.pk}
    rows = appointments_of_day(institution, chosen.pk, wanted, there)
    waiting = waiting_at(there, wanted)
    context = {
        "points": points, "point": chosen, "day": wanted, "day_words": day_words(wanted),
        "is_today": wanted == today, "rows": [_told(row) for row in rows],
        "booked": sum(row.state == State.BOOKED for row in rows),
        "came": sum(row.visit_id is not None for row in rows),
        "agendas": [each for each in there.values() if not why_closed(institution, each)],
        "waiting": [(there[pk], count) for pk, count in sorted(waiting.items())],
        "unfit": unfit_appointments(institution, own).count(),
        "suspensions": suspensions_of(institution, [chosen.pk], today),
        "may_suspend": any(may_suspend(access, chosen.pk, pk) for pk in there),
    }  # fmt: skip
    return render(request, "appointments/workspace/day.html", context)


def _agenda(access: Access, agenda_id: int) -> Agenda:
    """Return an agenda where somebody books for others.

    Raises:
        Http404: there is none for them.
    """
    agenda = own_agendas(access, _ATTEND).get(agenda_id)
    if agenda is None or why_closed(access.institution, agenda):
        raise Http404(str(agenda_id))
    return agenda


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(_ATTEND)
def new(request: HttpRequest, access: Access, agenda_id: int) -> HttpResponse:
    """Book for somebody who calls or came: the hour first, then who they are."""
    institution, now, agenda = access.institution, current_time(), _agenda(access, agenda_id)
    point = point_of(institution, agenda)
    sent = request.POST if request.method == "POST" else request.GET
    begins_at = read_moment(str(sent.get("hora", "")))
    if begins_at is None:
        context = days_told(institution, agenda, request.GET.dict(), now=now, for_staff=True)
        return render(request, "appointments/workspace/choose.html", context)
    form, options = BookForSomebodyForm(agenda, request.POST or None, by_house=True), None
    key = request_key(str(sent.get("clave", "")))
    if form.is_bound and form.is_valid():
        try:
            done = book(
                institution=institution, agenda_id=agenda.pk, begins_at=begins_at, contact=form.contact,
                way=form.cleaned_data["way"], actor=access.user, request_key=key, now=now,
            ).appointment  # fmt: skip
            messages.success(
                request, f"Reservada: {moment_words(begins_at, point.zone)}. Código {done.code}."
            )
            return redirect("workspace:appointments:appointment", institution.slug, done.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused), CONTACT_FIELDS.get(refused.code))
            if refused.code.startswith("slot_"):
                options = near(institution, agenda, begins_at, now=now, for_staff=True)
    context = {
        "form": form, "agenda": agenda, "point": point, "hour": sent.get("hora", ""), "key": key,
        "when": moment_words(begins_at, point.zone), "options": options, "is_gone": options is not None,
    }  # fmt: skip
    return render(request, "appointments/workspace/book.html", context, status=422 if form.is_bound else 200)


def _one(access: Access, pk: int) -> Appointment:
    """Return an appointment that somebody may look after.

    Raises:
        Http404: there is none for them.
    """
    row = appointment_of(access.institution, pk)
    if row is None or row.agenda_id not in own_agendas(access, _ATTEND):
        raise Http404(str(pk))
    return row


@require_safe
@staff_page(_ATTEND)
def appointment(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show an appointment: who, how to reach them, what may be done; that it was read is noted."""
    row, now = _one(access, pk), current_time()
    found = opened(row)
    if found is not None:
        record_access(access.institution.pk, access.user.pk, row.stream, now)
    context = {
        **_told(row), "contact": found[0] if found else None, "point": row.point,
        "when": moment_words(row.begins_at, row.zone),
        "back_query": f"?punto={row.point_id}&dia={row.on:%Y-%m-%d}",
        "may_arrive": row.state == State.BOOKED and row.on == now.astimezone(row.zone).date(),
        "may_change": row.state == State.BOOKED and row.begins_at > now,
        "may_choose": row.state in (State.BOOKED, State.CANCELLED) and found is not None
        and not why_closed(access.institution, row.agenda)
        and not (row.state == State.BOOKED and row.begins_at <= now),
        "until": moment_words(row.held_until, row.zone) if row.held_until else "",
        "preferred": access.institution.country.preferred,
    }  # fmt: skip
    return unkept(render(request, "appointments/workspace/appointment.html", context))


@require_POST
@staff_page(_ATTEND)
def act(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Note that somebody came, or cancel for them."""
    row, now = _one(access, pk), current_time()
    try:
        messages.success(request, _done(request, access, row, now))
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:appointments:appointment", access.institution.slug, row.pk)


def _done(request: HttpRequest, access: Access, row: Appointment, now: datetime) -> str:
    common: dict[str, Any] = {
        "institution": access.institution,
        "pk": row.pk,
        "actor": access.user,
        "now": now,
    }
    if request.POST.get("hacer") == "llego":
        done, came = arrive(**common, priority=request.POST.get("preferente", ""))
        number = done.visit.code if done.visit else ""
        return f"Número {number}." if came is Arrival.IN_TIME else f"Llegó tarde: número común {number}."
    if request.POST.get("hacer") == "anular":
        cancel(**common, reason=request.POST.get("motivo", ""))
        return "Cita anulada. Se avisó a la persona."
    raise Http404("hacer")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(_ATTEND)
def moving(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Give somebody's appointment another hour; refused, it keeps the one it had."""
    institution, row, now = access.institution, _one(access, pk), current_time()
    point: ServicePoint = row.point
    wanted = read_moment(request.POST.get("hora", ""))
    if request.method == "POST" and wanted is not None:
        try:
            move(institution=institution, pk=row.pk, begins_at=wanted, actor=access.user, now=now)
            messages.success(
                request, f"Ahora es el {moment_words(wanted, point.zone)}. Se avisó a la persona."
            )
            return redirect("workspace:appointments:appointment", institution.slug, row.pk)
        except Refused as refused:
            messages.error(request, refusal_text(refused))
            return redirect("workspace:appointments:move", institution.slug, row.pk)
    without = row.pk if row.state == State.BOOKED else None
    context = {
        **days_told(institution, row.agenda, request.GET.dict(), now=now, for_staff=True, without=without),
        "row": row, "name": name_of(row), "when": moment_words(row.begins_at, row.zone),
    }  # fmt: skip
    return render(request, "appointments/workspace/move.html", context)
