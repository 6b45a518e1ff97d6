# SPDX-License-Identifier: EUPL-1.2
"""Booking without an account, and the page of an appointment behind its link."""

from contextlib import suppress
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.appointments.choosing import days_told, near, request_key, unkept
from siac.appointments.commands.booking import book, cancel, move, take_offer
from siac.appointments.commands.offering import decline_offer
from siac.appointments.contact import digest_of, opened
from siac.appointments.domain.calendar_file import Event, calendar_file
from siac.appointments.domain.states import State
from siac.appointments.forms import CONTACT_FIELDS, ContactForm, read_moment
from siac.appointments.letters import appointment_url
from siac.appointments.models import Appointment
from siac.appointments.portal.choosing import online_agenda
from siac.appointments.queries import appointment_by_digest, point_of, why_closed
from siac.appointments.texts import STATE_NAMES, moment_words
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.ui.public import refusal_text

MOST_BOOKED = 20
"""Appointments that one address books in an hour: an office that helps people stands behind one too."""
TRAP = "apellido2"
"""A field that nobody sees: whoever fills it in is no person."""


@require_http_methods(["GET", "HEAD", "POST"])
@limited("appointments.book", limit=MOST_BOOKED, window_seconds=3600)
@portal_page
def reserve(request: HttpRequest, institution: Institution, agenda_id: int) -> HttpResponse:
    """Take the data of whoever books an hour, and book it; what was typed stays where somebody else was
    first, with the nearest hours to choose (3 SQL to show, 16 to book).
    """
    agenda, now = online_agenda(institution, agenda_id), current_time()
    sent = request.POST if request.method == "POST" else request.GET
    begins_at = read_moment(str(sent.get("hora", "")))
    if begins_at is None:
        return redirect("portal:appointments:choose", institution.slug, agenda.pk)
    form, options, key = (
        ContactForm(agenda, request.POST or None),
        None,
        request_key(str(sent.get("clave", ""))),
    )
    if form.is_bound and request.POST.get(TRAP):
        return redirect("portal:appointments:choose", institution.slug, agenda.pk)
    if form.is_bound and form.is_valid():
        try:
            booked = book(
                institution=institution, agenda_id=agenda.pk, begins_at=begins_at, contact=form.contact,
                request_key=key, now=now,
            )  # fmt: skip
            return unkept(redirect("portal:appointments:appointment", institution.slug, booked.token))
        except Refused as refused:
            form.refuse(refusal_text(refused), CONTACT_FIELDS.get(refused.code))
            if refused.code.startswith("slot_"):
                options = near(institution, agenda, begins_at, now=now)
    point = point_of(institution, agenda)
    context = {
        "form": form, "agenda": agenda, "point": point, "hour": sent.get("hora", ""), "key": key,
        "trap": TRAP,
        "when": moment_words(begins_at, point.zone), "options": options, "is_gone": options is not None,
        "day": begins_at.astimezone(point.zone).date(),
    }  # fmt: skip
    page = render(request, "appointments/portal/reserve.html", context, status=422 if form.is_bound else 200)
    return unkept(page)


def _own(institution: Institution, token: str) -> Appointment:
    """Return the appointment behind a link.

    Raises:
        Http404: there is none, or it was forgotten.
    """
    row = appointment_by_digest(institution, digest_of(token[:64]))
    if row is None or row.sealed is None:
        raise Http404("appointment")
    return row


@require_safe
@limited("appointments.see", limit=300, window_seconds=3600, methods=("GET",))
@portal_page
def appointment(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Show an appointment to whoever has its link: when, where, how it stands, what can be done (2 SQL)."""
    row, now = _own(institution, token), current_time()
    found, is_over = opened(row), row.begins_at <= now
    may_choose = row.state in (State.BOOKED, State.CANCELLED) and not why_closed(institution, row.agenda)
    context = {
        "row": row, "token": token, "name": found[0].name if found else "", "point": row.point,
        "when": moment_words(row.begins_at, row.zone), "state": STATE_NAMES[State(row.state)],
        "may_cancel": row.state == State.BOOKED and not is_over,
        "may_choose": may_choose and not (is_over and row.state == State.BOOKED),
        "until": moment_words(row.held_until, row.zone) if row.held_until else "",
        "is_over": is_over,
    }  # fmt: skip
    return unkept(render(request, "appointments/portal/appointment.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@limited("appointments.change", limit=40, window_seconds=3600)
@portal_page
def change(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Choose another hour; where somebody else was first, the one it had stays (4 SQL to show)."""
    row, now = _own(institution, token), current_time()
    if row.state not in (State.BOOKED, State.CANCELLED) or why_closed(institution, row.agenda):
        return unkept(redirect("portal:appointments:appointment", institution.slug, token))
    without = row.pk if row.state == State.BOOKED else None
    problem, options, wanted = "", None, read_moment(request.POST.get("hora", ""))
    if request.method == "POST" and wanted is not None:
        try:
            move(institution=institution, pk=row.pk, begins_at=wanted, now=now)
            return unkept(redirect("portal:appointments:appointment", institution.slug, token))
        except Refused as refused:
            problem = refusal_text(refused)
            options = near(institution, row.agenda, wanted, now=now, without=without)
    context = {
        **days_told(institution, row.agenda, request.GET.dict(), now=now, without=without),
        "row": row, "token": token, "problem": problem, "options": options,
        "when": moment_words(row.begins_at, row.zone),
    }  # fmt: skip
    page = render(request, "appointments/portal/change.html", context, status=422 if problem else 200)
    return unkept(page)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("appointments.change", limit=40, window_seconds=3600)
@portal_page
def cancelling(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Ask whether to cancel, and do it; a link that was used before shows how it stands."""
    row = _own(institution, token)
    if request.method == "POST":
        with suppress(Refused):  # the page says how it stands
            cancel(institution=institution, pk=row.pk, now=current_time())
        return unkept(redirect("portal:appointments:appointment", institution.slug, token))
    if row.state != State.BOOKED:
        return unkept(redirect("portal:appointments:appointment", institution.slug, token))
    context = {"row": row, "token": token, "when": moment_words(row.begins_at, row.zone)}
    return unkept(render(request, "appointments/portal/cancel.html", context))


@require_POST
@limited("appointments.change", limit=40, window_seconds=3600)
@portal_page
def respond(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Take or decline a place that was offered; what stands afterwards is on the page."""
    row = _own(institution, token)
    act = take_offer if "acepto" in request.POST else decline_offer
    with suppress(Refused):  # the page says how it stands
        act(institution=institution, pk=row.pk, now=current_time())
    return unkept(redirect("portal:appointments:appointment", institution.slug, token))


@require_safe
@limited("appointments.see", limit=300, window_seconds=3600, methods=("GET",))
@portal_page
def calendar(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Give an appointment as a file for calendars; of a cancelled one, what takes it out (2 SQL)."""
    row = _own(institution, token)
    if row.state == State.HELD:
        raise Http404("held")
    url = appointment_url(institution, token)
    bring = f"Lleve: {row.agenda.bring}\n" if row.agenda.bring else ""
    event = Event(
        uid=f"{row.token_digest[:32]}@siac", sequence=row.sequence, stamped_at=current_time(),
        begins_at=row.begins_at, ends_at=row.ends_at, title=f"{row.agenda.name} — {institution.short_name}",
        place=", ".join(filter(None, (row.point.name, row.point.address, row.point.commune))),
        text=f"Código: {row.code}\n{bring}{url}", url=url,
        is_cancelled=row.state in (State.CANCELLED, State.LAPSED),
        alarm=int(timedelta(hours=2) / timedelta(minutes=1)),
    )  # fmt: skip
    response = HttpResponse(calendar_file(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cita.ics"'
    return unkept(response)
