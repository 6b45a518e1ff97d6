# SPDX-License-Identifier: EUPL-1.2
"""The calendars of a body, year by year, and their history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.clocks.access import may_edit
from siac.clocks.commands.calendar import confirm_year
from siac.clocks.forms import ConfirmForm
from siac.clocks.models import CalendarLayer
from siac.clocks.queries.clocks import days_of_year, layer_history, layers_for
from siac.clocks.texts import DAY_KINDS
from siac.countries.public import FIRST, LAST
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page


@require_safe
@staff_page(StaffRight.CALENDARS)
def calendars(request: HttpRequest, access: Access) -> HttpResponse:
    """List the layers that make the calendar of the body."""
    body = access.institution
    layers = layers_for(body.place, body.pk)
    context = {
        "layers": layers,
        "editable": {layer.pk for layer in layers if layer.confirmed_to and may_edit(access, layer)},
        "year": body.local_date(current_time()).year,
        "institution": body,
    }
    return render(request, "clocks/workspace/calendars.html", context)


@require_safe
@staff_page(StaffRight.CALENDARS)
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
        "pending": [layer for layer in layers if layer.confirmed_to and layer.confirmed_to.year < year],
        "partial": [layer for layer in layers if layer.whole_from and layer.whole_from.year > year],
        "previous": year - 1 if year > FIRST.year else None,
        "next": year + 1 if year < LAST.year else None,
    }
    return render(request, "clocks/workspace/year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def confirm(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Ask where the days of the next unconfirmed year of a layer were
    published, and note that they are confirmed.
    """
    body, now = access.institution, current_time()
    layer = next((layer for layer in layers_for(body.place, body.pk) if layer.code == code), None)
    if layer is None or layer.confirmed_to is None:
        raise Http404(code)
    if not may_edit(access, layer):
        raise PermissionDenied(code)
    form = ConfirmForm(request.POST or None)
    following = layer.confirmed_to.year + 1
    if request.method == "POST" and form.is_valid():
        try:
            confirm_year(
                layer_code=code, year=form.cleaned_data["year"], source=form.cleaned_data["source"],
                institution_id=body.pk, actor_id=access.user.pk, now=now,
            )  # fmt: skip
            messages.success(
                request, "Año confirmado: los plazos que se calculen desde ahora ya no llevan la advertencia."
            )
            return redirect("workspace:clocks:calendars", body.slug)
        except Refused as refused:
            form.show(refused)
    context = {
        "institution": body,
        "layer": layer,
        "form": form,
        "year": following,
        "days": list(days_of_year([layer], following)),
    }
    return render(request, "clocks/workspace/confirm.html", context, status=422 if form.errors else 200)


@require_safe
@staff_page(StaffRight.CALENDARS)
def history(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Show who changed a layer, when and why."""
    body = access.institution
    layer = next((layer for layer in layers_for(body.place, body.pk) if layer.code == code), None)
    if not isinstance(layer, CalendarLayer):
        raise Http404(code)
    context = {"institution": body, "layer": layer, "versions": layer_history(layer)}
    return render(request, "clocks/workspace/history.html", context)
