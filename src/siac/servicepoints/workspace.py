# SPDX-License-Identifier: EUPL-1.2
"""Configuration of service points."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, StaffRight, setup_tabs, staff_page, unit_tree
from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import service_points
from siac.ui.forms import ModelForm
from siac.ui.public import refusal_text


class ServicePointForm(ModelForm):
    """A service point."""

    class Meta:
        model = ServicePoint
        fields = ("name", "code", "kind", "unit", "address", "commune", "phone", "hours", "is_active")
        help_texts = {"hours": "Por ejemplo: lunes a viernes, 9:00 a 14:00."}

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [
            (n.pk, "\u2014 " * depth + n.name) for depth, n in unit_tree(institution).outline() if n.is_active
        ]
        self.fields["unit"].choices = [("", "Ninguna"), *units]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = self.fields["unit"].queryset.filter(institution=institution)  # type: ignore[attr-defined]


@require_safe
@staff_page(StaffRight.SETUP)
def point_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the service points."""
    institution = access.institution
    rows = [
        {
            "cells": [
                p.name,
                p.get_kind_display(),
                p.commune or "—",
                p.hours or "—",
                "Sí" if p.is_active else "No",
            ],
            "url": reverse("workspace:servicepoints:point", args=[institution.slug, pk]),
        }
        for pk, p in service_points(institution).items()
    ]
    context = {
        "title": "Puntos de atención",
        "tabs": setup_tabs(institution),
        "headers": ["Nombre", "Tipo", "Comuna", "Horario", "Activo"],
        "rows": rows,
        "add_url": reverse("workspace:servicepoints:point_new", args=[institution.slug]),
        "add_label": "Agregar punto",
    }
    return render(request, "ui/record_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def point(request: HttpRequest, access: Access, point_id: int | None = None) -> HttpResponse:
    """Add or change a service point."""
    institution = access.institution
    row = ServicePoint.objects.filter(institution=institution, pk=point_id).first() if point_id else None
    if point_id and row is None:
        raise Http404(str(point_id))
    form = ServicePointForm(institution, request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        try:
            save_service_point(
                institution=institution, point=row, actor=access.user, now=current_time(), **form.cleaned_data
            )
            messages.success(request, "Punto de atención guardado.")
            return redirect("workspace:servicepoints:points", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    back = reverse("workspace:servicepoints:points", args=[institution.slug])
    context = {"title": row.name if row else "Nuevo punto de atención", "form": form, "back_url": back}
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)
