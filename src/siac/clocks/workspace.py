# SPDX-License-Identifier: EUPL-1.2
"""The pages of calendars and rules for whoever sets them up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.accounts.public import Permission
from siac.clocks.access import may_edit
from siac.clocks.commands.calendar import open_own_layer
from siac.clocks.commands.editing import add_days_and_move, revoke_days_and_move
from siac.clocks.commands.moves import preview_calendar_change
from siac.clocks.domain.seeds import FIRST, LAST
from siac.clocks.explanations import Explanation
from siac.clocks.forms import DayForm, RevokeForm, TryForm
from siac.clocks.models import CalendarLayer, LayerDay
from siac.clocks.queries.clocks import (
    days_of_year,
    explained_term,
    layer_history,
    layers_for,
    rules_of,
    running_labels,
)
from siac.clocks.texts import BASIS_NAMES, DAY_KINDS, amount_text
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page

SHOWN = 50
Move = tuple[int, date, date]


@require_safe
@staff_page(Permission.SETUP_CALENDARS)
def calendars(request: HttpRequest, access: Access) -> HttpResponse:
    """List the layers that make the calendar of the body."""
    body = access.institution
    context = {
        "layers": layers_for(body.place, body.pk),
        "year": body.local_date(current_time()).year,
        "institution": body,
    }
    return render(request, "clocks/workspace/calendars.html", context)


@require_safe
@staff_page(Permission.SETUP_CALENDARS)
def year(request: HttpRequest, access: Access, year: int) -> HttpResponse:
    """Show all days off of the body in a year, each with the layer it comes from."""
    if not FIRST.year <= year <= LAST.year:
        raise Http404(str(year))
    body = access.institution
    layers = layers_for(body.place, body.pk)
    editable = {layer.pk for layer in layers if may_edit(access, layer)}
    rows = [
        {"day": day, "kind": DAY_KINDS[day.kind], "editable": day.layer_id in editable}
        for day in days_of_year(layers, year)
    ]
    context = {
        "institution": body,
        "rows": rows,
        "year": year,
        "previous": year - 1 if year > FIRST.year else None,
        "next": year + 1 if year < LAST.year else None,
    }
    return render(request, "clocks/workspace/year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.SETUP_CALENDARS)
def add_day(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for a day off, show which clocks it moves, and add it once that was seen."""
    body, now = access.institution, current_time()
    open_own_layer(institution_id=body.pk, name=body.name, country=body.jurisdiction, now=now)
    layers = [layer for layer in layers_for(body.place, body.pk) if may_edit(access, layer)]
    choices = [(layer.code, layer.name) for layer in reversed(layers)]
    form = DayForm(request.POST or None, layers=choices)
    preview: list[Move] | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if "confirm" in request.POST:
                moves = add_days_and_move(
                    layer_code=data["layer"],
                    days=[data["day"]],
                    name=data["name"],
                    kind=data["kind"],
                    source=data["source"],
                    reason=data["reason"],
                    institution_id=body.pk,
                    actor_id=access.user.pk,
                    now=now,
                )
                messages.success(request, f"Día agregado. Plazos que cambiaron: {len(moves)}.")
                return redirect("workspace:clocks:year", body.slug, data["day"].year)
            preview = preview_calendar_change(data["layer"], added=[data["day"]], kind=data["kind"])
        except Refused as refused:
            form.show(refused)
    context = {"institution": body, "form": form, **_shown(preview, body.pk)}
    return render(request, "clocks/workspace/add_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.SETUP_CALENDARS)
def revoke_day(request: HttpRequest, access: Access, day_id: int) -> HttpResponse:
    """Show which clocks move if a day stops being off, and revoke it with a reason."""
    body = access.institution
    layers = layers_for(body.place, body.pk)
    day = get_object_or_404(
        LayerDay.objects.select_related("layer"), pk=day_id, layer__in=layers, revoked_at__isnull=True
    )
    if not may_edit(access, day.layer):
        raise PermissionDenied(day.layer.code)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moves = revoke_days_and_move(
                layer_code=day.layer.code,
                days=[day.date],
                reason=form.cleaned_data["reason"],
                institution_id=body.pk,
                actor_id=access.user.pk,
                now=current_time(),
            )
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, f"Día anulado. Plazos que cambiaron: {len(moves)}.")
            return redirect("workspace:clocks:year", body.slug, day.date.year)
    preview = preview_calendar_change(day.layer.code, removed=[day.date])
    context = {"institution": body, "form": form, "day": day, **_shown(preview, body.pk)}
    return render(request, "clocks/workspace/revoke_day.html", context, status=422 if form.errors else 200)


def _shown(preview: Sequence[Move] | None, institution_id: int) -> dict[str, Any]:
    """Return the moves of the body's own clocks (the first of them) and how many there are in other bodies."""
    if preview is None:
        return {"preview": None}
    clocks = running_labels([clock_id for clock_id, _, _ in preview])
    own = [
        {"clock": clocks[clock_id], "before": before, "after": after}
        for clock_id, before, after in preview
        if clock_id in clocks and clocks[clock_id].institution_id == institution_id
    ]
    return {"preview": own[:SHOWN], "own": len(own), "elsewhere": len(preview) - len(own)}


@require_safe
@staff_page(Permission.SETUP_CALENDARS)
def history(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Show who changed a layer, when and why."""
    body = access.institution
    layer = next((layer for layer in layers_for(body.place, body.pk) if layer.code == code), None)
    if not isinstance(layer, CalendarLayer):
        raise Http404(code)
    context = {"institution": body, "layer": layer, "days": layer_history(layer)}
    return render(request, "clocks/workspace/history.html", context)


@require_safe
@staff_page(Permission.SETUP_CALENDARS)
def rules(request: HttpRequest, access: Access) -> HttpResponse:
    """List the rules of the country, and explain the term of one from a date that someone types."""
    body = access.institution
    known = rules_of(body.jurisdiction)
    form = TryForm(request.GET if "rule" in request.GET else None, rules=known, initial={"channel": "web"})
    told: Explanation | None = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            told = explained_term(
                data["rule"],
                place=body.place,
                zone=body.zone,
                on=data["on"],
                at=data["at"],
                channel=data["channel"],
                closes_at=body.office_closes_at,
                extended=data["extended"],
                pauses=form.pauses(),
                institution_id=body.pk,
            )
        except Refused as refused:
            form.show(refused)
    rows = [
        {
            "rule": rule,
            "amount": amount_text(rule.amount, rule.country) if rule.amount else "Sin número de días",
            "basis": BASIS_NAMES[rule.basis],
        }
        for rule in known
    ]
    context = {"institution": body, "rows": rows, "form": form, "told": told}
    return render(request, "clocks/workspace/rules.html", context, status=422 if form.errors else 200)
