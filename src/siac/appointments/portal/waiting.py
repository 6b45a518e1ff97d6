# SPDX-License-Identifier: EUPL-1.2
"""Joining the waiting list of an agenda, and leaving it."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.appointments.choosing import request_key, unkept
from siac.appointments.commands.offering import join_list, leave_list
from siac.appointments.contact import digest_of
from siac.appointments.domain.states import WaitState
from siac.appointments.forms import CONTACT_FIELDS, WaitForm
from siac.appointments.portal.booking import TRAP
from siac.appointments.portal.choosing import online_agenda
from siac.appointments.queries import last_day, point_of, waiter_by_digest
from siac.appointments.texts import WAIT_NAMES, day_words
from siac.infra.ratelimit import limited
from siac.kernel.days import read_day
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.ui.public import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
@limited("appointments.wait", limit=20, window_seconds=3600)
@portal_page
def wait(request: HttpRequest, institution: Institution, agenda_id: int) -> HttpResponse:
    """Let somebody wait for a place, on a day or on any."""
    agenda, now = online_agenda(institution, agenda_id), current_time()
    if not agenda.has_waiting_list:
        raise Http404("no list")
    point = point_of(institution, agenda)
    today = now.astimezone(point.zone).date()
    last = last_day(agenda, today)
    sent = request.POST if request.method == "POST" else request.GET
    day = read_day(str(sent.get("dia", "")))
    if day is not None and not today <= day <= last:
        day = None
    form, key = (
        WaitForm(agenda, today, last, request.POST or None, day=day),
        request_key(str(sent.get("clave", ""))),
    )
    if form.is_bound and request.POST.get(TRAP):
        return redirect("portal:appointments:choose", institution.slug, agenda.pk)
    if form.is_bound and form.is_valid():
        first_on, last_on = form.span
        try:
            _, token = join_list(
                institution=institution, agenda_id=agenda.pk, first_on=first_on, last_on=last_on,
                contact=form.contact, request_key=key, now=now,
            )  # fmt: skip
            return unkept(redirect("portal:appointments:waiter", institution.slug, token))
        except Refused as refused:
            form.refuse(refusal_text(refused), CONTACT_FIELDS.get(refused.code))
    context = {
        "form": form, "agenda": agenda, "point": point, "key": key, "trap": TRAP,
        "day": day.isoformat() if day else "",
    }  # fmt: skip
    page = render(request, "appointments/portal/wait.html", context, status=422 if form.is_bound else 200)
    return unkept(page)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("appointments.change", limit=40, window_seconds=3600)
@portal_page
def waiter(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Show how somebody who waits stands, and let them leave the list."""
    row = waiter_by_digest(institution, digest_of(token[:64]))
    if row is None or row.sealed is None:
        raise Http404("waiter")
    if request.method == "POST":
        with suppress(Refused):  # the page says how they stand
            leave_list(institution=institution, pk=row.pk, now=current_time())
        return unkept(redirect("portal:appointments:waiter", institution.slug, token))
    context = {
        "row": row, "state": WAIT_NAMES[WaitState(row.state)], "point": point_of(institution, row.agenda),
        "first": day_words(row.first_on), "last": day_words(row.last_on),
        "is_one_day": row.first_on == row.last_on,
    }  # fmt: skip
    return unkept(render(request, "appointments/portal/waiter.html", context))
