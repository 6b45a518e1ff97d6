# SPDX-License-Identifier: EUPL-1.2
"""Days that stop or start counting: shown with the clocks they move, then done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.clocks.access import may_edit
from siac.clocks.commands.calendar import open_own_layer, open_unit_layer
from siac.clocks.commands.changes import begin_adding, begin_revoking
from siac.clocks.commands.moves import preview_moves
from siac.clocks.domain.registry import may_open
from siac.clocks.forms import WHOLE, ClosureForm, DayForm, RevokeForm
from siac.clocks.models import CalendarChange, CalendarLayer, LayerDay
from siac.clocks.queries.changes import Preview, preview_of
from siac.clocks.queries.clocks import layers_for
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, StaffRight, staff_page, unit_options, unit_tree


def _preview(
    access: Access,
    layer: CalendarLayer,
    *,
    added: Sequence[date] = (),
    removed: Sequence[date] = (),
    kind: str = "holiday",
) -> Preview:
    moves = preview_moves(layer, added=added, removed=removed, kind=kind)
    return preview_of(moves, access.institution.pk)


def _to_change(body: Institution, change: CalendarChange) -> HttpResponse:
    return redirect("workspace:clocks:change", body.slug, change.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def add_day(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for a day off, show which clocks it moves, and add it once that was seen."""
    body, now = access.institution, current_time()
    open_own_layer(institution_id=body.pk, name=body.name, country=body.jurisdiction, now=now)
    found = layers_for(body.place, body.pk)
    layers = {layer.code: layer for layer in reversed(found) if not layer.unit_id and may_edit(access, layer)}
    form = DayForm(request.POST or None, layers=[(code, layer.name) for code, layer in layers.items()])
    preview: Preview | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if "confirm" in request.POST:
                change = begin_adding(
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
                return _to_change(body, change)
            preview = _preview(access, layers[data["layer"]], added=[data["day"]], kind=data["kind"])
        except Refused as refused:
            form.show(refused)
    context = {"institution": body, "form": form, "preview": preview, "may_open": may_open(access)}
    return render(request, "clocks/workspace/add_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def closure(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask where and when nobody is attended, show which clocks that moves, and write it down once seen."""
    body, now = access.institution, current_time()
    form = ClosureForm(
        request.POST or None,
        body=body.name,
        country=body.jurisdiction,
        units=unit_options(body),
        initial={"since": body.local_date(now)},
    )
    preview: Preview | None = None
    if request.method == "POST" and form.is_valid():
        try:
            layer, days = _closed_layer(access, form), form.days()
            kind = LayerDay.Kind.DECREED if form.decreed_only else LayerDay.Kind.CLOSURE
            if "confirm" in request.POST:
                change = begin_adding(
                    layer_code=layer.code,
                    days=days,
                    name=form.cleaned_data["name"],
                    kind=kind,
                    source=form.cleaned_data["source"],
                    reason=form.cleaned_data["name"],
                    institution_id=body.pk,
                    actor_id=access.user.pk,
                    now=now,
                )
                return _to_change(body, change)
            preview = _preview(access, layer, added=days, kind=kind)
        except Refused as refused:
            form.show(refused)
    context: dict[str, Any] = {"institution": body, "form": form, "preview": preview}
    context["may_open"] = may_open(access)
    return render(request, "clocks/workspace/closure.html", context, status=422 if form.errors else 200)


def _closed_layer(access: Access, form: ClosureForm) -> CalendarLayer:
    """Return the layer of the whole body, or of the unit that was chosen, opening it.

    Raises:
        Refused: as `open_unit_layer`.
    """
    body, now, unit_id = access.institution, current_time(), form.cleaned_data["where"]
    if unit_id == WHOLE:
        return open_own_layer(institution_id=body.pk, name=body.name, country=body.jurisdiction, now=now)
    node = unit_tree(body).nodes[int(unit_id)]
    return open_unit_layer(
        institution_id=body.pk, unit_id=node.pk, name=node.name, country=body.jurisdiction, now=now
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def revoke_day(request: HttpRequest, access: Access, day_id: int) -> HttpResponse:
    """Show which clocks move if a day stops being off, and revoke it with a reason."""
    body = access.institution
    day = get_object_or_404(
        LayerDay.objects.select_related("layer"),
        pk=day_id,
        layer__in=layers_for(body.place, body.pk),
        revoked_at__isnull=True,
    )
    if not may_edit(access, day.layer):
        raise PermissionDenied(day.layer.code)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = begin_revoking(
                layer_code=day.layer.code,
                days=[day.date],
                name=day.name,
                reason=form.cleaned_data["reason"],
                institution_id=body.pk,
                actor_id=access.user.pk,
                now=current_time(),
            )
        except Refused as refused:
            form.show(refused)
        else:
            return _to_change(body, change)
    preview = _preview(access, day.layer, removed=[day.date])
    context = {
        "institution": body, "form": form, "day": day, "preview": preview, "may_open": may_open(access),
    }  # fmt: skip
    return render(request, "clocks/workspace/revoke_day.html", context, status=422 if form.errors else 200)
