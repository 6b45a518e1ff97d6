# SPDX-License-Identifier: EUPL-1.2
"""Days that stop or start counting: typed here, shown with the clocks they move (`previews`), then done."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.clocks.access import may_edit
from siac.clocks.commands.calendar import open_own_layer, open_unit_layer
from siac.clocks.commands.previews import Asked, begin_preview
from siac.clocks.forms import WHOLE, ClockForm, ClosureForm, DayForm, RevokeForm
from siac.clocks.models import CalendarChange, CalendarLayer, LayerDay
from siac.clocks.queries.clocks import layers_for
from siac.clocks.workspace.previews import typed_before
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page, unit_options, unit_tree
from siac.ui.forms import typed_in

_ADDED = CalendarChange.Action.ADDED


def _sent(request: HttpRequest, access: Access) -> Mapping[str, Any] | None:
    """Return what was typed: sent now, or behind the preview `de` that is to be changed; None: nothing."""
    return request.POST if request.method == "POST" else typed_before(access, request.GET.get("de", ""))


def _begin(access: Access, form: ClockForm, asked: Asked) -> HttpResponse:
    """Begin to compute what would move, and lead to where that is shown.

    Raises:
        Refused: as `begin_preview`.
    """
    row = begin_preview(
        replace(asked, typed=typed_in(form)),
        institution_id=access.institution.pk,
        actor_id=access.user.pk,
        now=current_time(),
    )
    return redirect("workspace:clocks:preview", access.institution.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def add_day(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for a day off, and begin to compute which clocks it moves."""
    body, now = access.institution, current_time()
    open_own_layer(institution_id=body.pk, name=body.name, country=body.jurisdiction, now=now)
    found = layers_for(body.place, body.pk)
    layers = {layer.code: layer for layer in reversed(found) if not layer.unit_id and may_edit(access, layer)}
    form = DayForm(_sent(request, access), layers=[(code, layer.name) for code, layer in layers.items()])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = Asked(
            layers[data["layer"]], _ADDED, [data["day"]], data["name"], data["reason"], data["kind"],
            data["source"], "add_day",
        )  # fmt: skip
        try:
            return _begin(access, form, asked)
        except Refused as refused:
            form.show(refused)
    context = {"institution": body, "form": form}
    return render(request, "clocks/workspace/add_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def closure(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask where and when nobody is attended, and begin to compute which clocks that moves."""
    body, now = access.institution, current_time()
    form = ClosureForm(
        _sent(request, access),
        body=body.name,
        country=body.jurisdiction,
        units=unit_options(body),
        initial={"since": body.local_date(now)},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kind = LayerDay.Kind.DECREED if form.decreed_only else LayerDay.Kind.CLOSURE
        try:
            asked = Asked(
                _closed_layer(access, form), _ADDED, form.days(), data["name"], data["name"], kind,
                data["source"], "closure",
            )  # fmt: skip
            return _begin(access, form, asked)
        except Refused as refused:
            form.show(refused)
    context = {"institution": body, "form": form}
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
    """Ask why a day stops being off, and begin to compute which clocks that moves."""
    body = access.institution
    day = get_object_or_404(
        LayerDay.objects.select_related("layer"),
        pk=day_id,
        layer__in=layers_for(body.place, body.pk),
        revoked_at__isnull=True,
    )
    if not may_edit(access, day.layer):
        raise PermissionDenied(day.layer.code)
    form = RevokeForm(_sent(request, access))
    if request.method == "POST" and form.is_valid():
        asked = Asked(
            day.layer, CalendarChange.Action.REVOKED, [day.date], day.name, form.cleaned_data["reason"],
            screen="revoke_day",
        )  # fmt: skip
        try:
            return _begin(access, form, asked)
        except Refused as refused:
            form.show(refused)
    context = {"institution": body, "form": form, "day": day}
    return render(request, "clocks/workspace/revoke_day.html", context, status=422 if form.errors else 200)
