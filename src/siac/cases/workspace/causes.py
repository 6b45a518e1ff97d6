# SPDX-License-Identifier: EUPL-1.2
"""Causes of complaints: the body's list, and those that come back with the cases behind them."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import require_reader
from siac.cases.commands.causes import save_cause
from siac.cases.learning import PERIOD, RECURRING, lessons, measures_by_topic
from siac.cases.models import Cause
from siac.cases.queries import causes
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.forms import Form
from siac.ui.public import refusal_text


class CauseForm(Form):
    """A cause."""

    name = forms.CharField(
        label="Nombre",
        max_length=120,
        help_text="Por ejemplo: demora, trato, información equivocada, falta de mantención.",
        error_messages={"required": "Escriba el nombre."},
    )
    is_active = forms.BooleanField(label="Activa", required=False, initial=True)


@require_safe
@staff_page(StaffRight.FIGURES)
def recurring(request: HttpRequest, access: Access) -> HttpResponse:
    """Show which causes come back, compared with the period before; each number opens its cases."""
    require_reader(access)
    institution = access.institution
    found = lessons(access, today=institution.local_date(current_time()))
    base = reverse("workspace:cases:list", args=[institution.slug])
    shown = {"vista": "cerradas", "desde": found.first.isoformat()}
    rows = [(item, f"{base}?{urlencode({**shown, 'causa': item.cause.pk})}") for item in found.causes]
    context = {
        "lessons": found, "rows": rows, "period": PERIOD, "recurring": RECURRING,
        "remedied": measures_by_topic(access, since=found.first),
    }  # fmt: skip
    return render(request, "cases/workspace/causes.html", context)


@require_safe
@staff_page(StaffRight.SETUP)
def cause_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the causes."""
    institution = access.institution
    rows = [
        {
            "cells": [cause.name, "Sí" if cause.is_active else "No"],
            "url": reverse("workspace:kinds:cause", args=[institution.slug, pk]),
        }
        for pk, cause in causes(institution).items()
    ]
    context = {
        "title": "Causas de reclamos",
        "tabs": setup_tabs(institution),
        "headers": ["Causa", "Activa"],
        "rows": rows,
        "add_url": reverse("workspace:kinds:cause_new", args=[institution.slug]),
        "add_label": "Agregar causa",
    }
    return render(request, "ui/record_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def cause(request: HttpRequest, access: Access, cause_id: int | None = None) -> HttpResponse:
    """Add or change a cause."""
    institution = access.institution
    row = Cause.objects.filter(institution=institution, pk=cause_id).first() if cause_id else None
    if cause_id and row is None:
        raise Http404(str(cause_id))
    initial = {"name": row.name, "is_active": row.is_active} if row else None
    form = CauseForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            save_cause(
                institution=institution, cause=row, actor=access.user, now=current_time(), **form.cleaned_data
            )
            messages.success(request, "Causa guardada.")
            return redirect("workspace:kinds:causes", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    back = reverse("workspace:kinds:causes", args=[institution.slug])
    context = {"title": row.name if row else "Nueva causa", "form": form, "back_url": back}
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)
