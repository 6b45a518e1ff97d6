# SPDX-License-Identifier: EUPL-1.2
"""The calendars of a body, year by year, and their history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.accounts.public import Permission
from siac.clocks.access import may_edit
from siac.clocks.domain.seeds import FIRST, LAST
from siac.clocks.models import CalendarLayer
from siac.clocks.queries.clocks import days_of_year, layer_history, layers_for
from siac.clocks.texts import DAY_KINDS
from siac.organizations.public import Access, staff_page


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
