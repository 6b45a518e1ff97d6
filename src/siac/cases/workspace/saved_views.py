# SPDX-License-Identifier: EUPL-1.2
"""Named lists: saved from the list as it stands, renamed, shared, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import require_reader
from siac.cases.answer_templates import editable_scopes
from siac.cases.commands.saved_views import remove_view, save_view
from siac.cases.extensions import filters
from siac.cases.forms.saved_views import SavedViewForm
from siac.cases.models import SavedView
from siac.cases.queries import LIST_PARAMS
from siac.cases.saved_views import editable_views, query_of, view_scope
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.public import refusal_text

_PASSING = frozenset({"seleccion"})
"""Parameters of what does not last: not to be saved."""


def _params(request: HttpRequest) -> dict[str, str]:
    names = [name for name in (*LIST_PARAMS, *filters()) if name not in _PASSING]
    return {name: request.GET[name].replace("\x00", "")[:200] for name in names if request.GET.get(name)}


def _view(access: Access, view_id: int) -> SavedView:
    found = next((row for row in editable_views(access) if row.pk == view_id), None)
    if found is None:
        raise Http404(str(view_id))
    return found


@require_safe
@staff_page()
def view_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the named lists that this user may change."""
    require_reader(access)
    slug, scopes = access.institution.slug, dict(editable_scopes(access))
    rows = [
        {
            "cells": [row.name, scopes[view_scope(row)].lstrip("\u2014 ")],
            "url": reverse("workspace:cases:view", args=[slug, row.pk]),
            "remove_url": reverse("workspace:cases:view_remove", args=[slug, row.pk]),
        }
        for row in editable_views(access)
    ]
    context = {
        "title": "Vistas guardadas", "headers": ["Nombre", "Para quién", ""], "rows": rows,
        "empty": "Ponga filtros o busque en la lista de solicitudes y elija «Guardar esta vista».",
    }  # fmt: skip
    return render(request, "ui/record_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def view_page(request: HttpRequest, access: Access, view_id: int | None = None) -> HttpResponse:
    """Name the list in the address, or rename and share one that has a name."""
    require_reader(access)
    row = _view(access, view_id) if view_id else None
    known = {"name": row.name, "scope": view_scope(row)} if row else {}
    form = SavedViewForm(editable_scopes(access), request.POST or None, initial=known)
    list_url = reverse("workspace:cases:list", args=[access.institution.slug])
    if form.is_bound and form.is_valid():
        scope, _, unit = form.cleaned_data["scope"].partition(":")
        try:
            saved = save_view(
                institution=access.institution,
                actor=access.user,
                now=current_time(),
                name=form.cleaned_data["name"],
                view=row,
                params=None if row else _params(request),
                owner_id=access.user.pk if scope == "own" else None,
                unit_id=int(unit) if unit else None,
            )
            messages.success(request, f"Vista «{saved.name}» guardada.")
            return redirect(f"{list_url}?{query_of(saved.params)}")
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context: dict[str, Any] = {
        "title": row.name if row else "Guardar esta vista",
        "form": form,
        "back_url": f"{list_url}?{query_of(row.params if row else _params(request))}",
    }
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_page()
def view_remove(request: HttpRequest, access: Access, view_id: int) -> HttpResponse:
    """Remove a named list."""
    require_reader(access)
    row = _view(access, view_id)
    remove_view(institution=access.institution, view=row, actor=access.user, now=current_time())
    messages.success(request, f"Vista «{row.name}» quitada.")
    return redirect("workspace:cases:views", access.institution.slug)
