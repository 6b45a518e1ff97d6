# SPDX-License-Identifier: EUPL-1.2
"""The texts that answers begin with: where they are kept, and how one gets into an answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import case_for
from siac.cases.answer_templates import editable_scopes, editable_templates, filled, scope_of, templates_for
from siac.cases.commands.answer_templates import save_template
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.variables import unfilled
from siac.cases.forms.templates import TemplateForm
from siac.cases.pages import person_of
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.public import refusal_text


def _require_writer(access: Access) -> None:
    if not (access.has(CaseRight.WORK) or access.has(StaffRight.TEAM)):
        raise PermissionDenied("templates")


@require_safe
@staff_page(CaseRight.FILE)
def template_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the templates that this user may change."""
    _require_writer(access)
    institution, scopes = access.institution, dict(editable_scopes(access))
    rows = [
        {
            "cells": [row.title, scopes[scope_of(row)].lstrip("\u2014 "), "Sí" if row.is_active else "No"],
            "url": reverse("workspace:cases:template", args=[institution.slug, row.pk]),
        }
        for row in editable_templates(access)
    ]
    context = {
        "title": "Plantillas de respuesta",
        "headers": ["Título", "Para quién", "Se ofrece"],
        "rows": rows,
        "add_url": reverse("workspace:cases:template_new", args=[institution.slug]),
        "add_label": "Agregar plantilla",
        "empty": "Todavía no hay plantillas. Sirven para no escribir dos veces lo mismo al responder.",
    }
    return render(request, "ui/record_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def template(request: HttpRequest, access: Access, template_id: int | None = None) -> HttpResponse:
    """Add or change a template."""
    _require_writer(access)
    row = next((own for own in editable_templates(access) if own.pk == template_id), None)
    if template_id and row is None:
        raise Http404(str(template_id))
    known = (
        {"title": row.title, "scope": scope_of(row), "body": row.body, "is_active": row.is_active}
        if row
        else {}
    )
    form = TemplateForm(editable_scopes(access), request.POST or None, initial=known)
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        scope, _, unit = values.pop("scope").partition(":")
        try:
            save_template(
                institution=access.institution,
                template=row,
                actor=access.user,
                now=current_time(),
                owner_id=access.user.pk if scope == "own" else None,
                unit_id=int(unit) if unit else None,
                **values,
            )
            messages.success(request, "Plantilla guardada.")
            return redirect("workspace:cases:templates", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    back = reverse("workspace:cases:templates", args=[access.institution.slug])
    context = {"title": row.title if row else "Nueva plantilla", "form": form, "back_url": back}
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@staff_page(CaseRight.WORK)
def template_text(request: HttpRequest, access: Access, folio: str, template_id: int) -> HttpResponse:
    """Give the text of a template for a case, plain: the page puts it where the officer is writing."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.WORK, now=now, reveals=True)
    row = next((own for own in templates_for(access, case) if own.pk == template_id), None)
    if row is None:
        raise Http404(str(template_id))
    text = filled(row, access, case, person_of(access, case, now=now), now=now)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def insert_text(actions: Sequence[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return the actions of the case page with the form of the answer open and `text` after what it held."""
    left = unfilled(text)
    lines = [f"Complete a mano antes de enviar: {', '.join(left)}."] if left else []
    shown = [dict(action) for action in actions]
    for action in shown:
        if action["also"]:
            form = action["form"]
            form.initial["body"] = "\n\n".join(filter(None, (form.initial.get("body", ""), text)))
            action |= {"is_open": True, "guide": [*action["guide"], *lines]}
    return shown
