# SPDX-License-Identifier: EUPL-1.2
"""The register of processing activities: list, edit, export."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.tables.download import csv_response
from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.processing import save_activity
from siac.organizations.domain.rights import StaffRight
from siac.organizations.forms import ActivityForm
from siac.organizations.models import ProcessingActivity
from siac.organizations.setup_pages import setup_tabs
from siac.ui.public import refusal_text


@require_safe
@staff_page(StaffRight.SETUP)
def activities(request: HttpRequest, access: Access) -> HttpResponse:
    """List the activities of the body, those that are done no more included."""
    slug = access.institution.slug
    rows = [
        {
            "cells": [row.name, row.responsible, "Sí" if row.is_active else "No"],
            "url": reverse("workspace:setup:activity", args=[slug, row.pk]),
        }
        for row in _rows(access)
    ]
    context = {
        "title": "Actividades de tratamiento",
        "tabs": setup_tabs(access.institution),
        "rows": rows,
        "headers": ["Actividad", "Responde", "Se hace hoy"],
        "add_url": reverse("workspace:setup:activity_new", args=[slug]),
        "add_label": "Agregar actividad",
        "intro": (
            "Qué hace el organismo con datos personales, para qué y "
            "por cuánto tiempo. La ley pide tener este registro al día."
        ),
        "empty": "Agregue la primera actividad: la atención de solicitudes.",
        "download_url": reverse("workspace:setup:activities_export", args=[slug]),
    }
    return render(request, "organizations/activities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def activity(request: HttpRequest, access: Access, activity_id: int | None = None) -> HttpResponse:
    """Add or change an activity."""
    row = _rows(access).filter(pk=activity_id).first() if activity_id else None
    if activity_id and row is None:
        raise Http404(str(activity_id))
    initial: dict[str, Any] = {"based_on": row.version if row else 0}
    form = ActivityForm(request.POST or None, instance=row, initial=initial)
    if form.is_bound and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            save_activity(
                institution=access.institution,
                actor=access.user,
                now=current_time(),
                activity_id=activity_id,
                **fields,
            )
            messages.success(request, "Actividad guardada.")
            return redirect("workspace:setup:activities", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {
        "title": "Actividad de tratamiento" if row else "Nueva actividad de tratamiento",
        "form": form,
        "back_url": reverse("workspace:setup:activities", args=[access.institution.slug]),
    }
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@staff_page(StaffRight.SETUP)
def export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Give the whole register as CSV, as an authority may ask for it."""
    fields = ActivityForm.Meta.fields
    labels = [str(ProcessingActivity._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]
    columns = [*(label.capitalize() for label in labels), "Guardada"]
    zone = access.institution.zone
    rows = (
        [*(_word(getattr(row, name)) for name in fields), row.saved_at.astimezone(zone).date()]
        for row in _rows(access)
    )
    return csv_response(columns, rows, name="actividades-de-tratamiento")


def _word(value: Any) -> str:
    return ("Sí" if value else "No") if isinstance(value, bool) else str(value)


def _rows(access: Access) -> Any:
    return ProcessingActivity.objects.filter(institution=access.institution).order_by("name", "pk")
