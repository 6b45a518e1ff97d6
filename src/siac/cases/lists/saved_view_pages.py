# SPDX-License-Identifier: EUPL-1.2
"""Named lists: saved from the list as it stands, renamed, shared, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import require_reader
from siac.cases.answer_templates.queries import editable_scopes
from siac.cases.lists.commands import remove_view, save_view
from siac.cases.lists.forms import SavedViewForm
from siac.cases.lists.saved_views import editable_views, lasting, query_of, view_scope
from siac.cases.models import SavedView
from siac.cases.queries import list_names
from siac.organizations.public import Access, staff_page
from siac.ui.lists import kept
from siac.ui.records import Row, record_form, record_list

_PASSING = frozenset({"seleccion"})
"""Parameters of what does not last: not to be saved."""


def _params(request: HttpRequest, access: Access) -> dict[str, str]:
    return lasting(access, kept(request.GET, [name for name in list_names() if name not in _PASSING]))


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
        Row(
            (row.name, scopes[view_scope(row)].lstrip("\u2014 ")),
            reverse("workspace:cases:view", args=[slug, row.pk]),
            remove_url=reverse("workspace:cases:view_remove", args=[slug, row.pk]),
        )
        for row in editable_views(access)
    ]
    return record_list(
        request,
        title="Vistas guardadas",
        columns=("Nombre", "Para quién", ""),
        rows=rows,
        empty="Ponga filtros o busque en la lista de solicitudes y elija «Guardar esta vista».",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def view_page(request: HttpRequest, access: Access, view_id: int | None = None) -> HttpResponse:
    """Name the list in the address, or rename and share one that has a name."""
    require_reader(access)
    row = _view(access, view_id) if view_id else None
    known = {"name": row.name, "scope": view_scope(row)} if row else {}
    form = SavedViewForm(editable_scopes(access), request.POST or None, initial=known)
    list_url = reverse("workspace:cases:list", args=[access.institution.slug])

    def save(fields: dict[str, Any]) -> HttpResponse:
        scope, _, unit = fields["scope"].partition(":")
        saved = save_view(
            institution=access.institution,
            actor=access.user,
            now=current_time(),
            name=fields["name"],
            view=row,
            params=None if row else _params(request, access),
            owner_id=access.user.pk if scope == "own" else None,
            unit_id=int(unit) if unit else None,
        )
        messages.success(request, f"Vista «{saved.name}» guardada.")
        return redirect(f"{list_url}?{query_of(saved.params)}")

    back = f"{list_url}?{query_of(row.params if row else _params(request, access))}"
    title = row.name if row else "Guardar esta vista"
    return record_form(request, form, save, title=title, back_url=back)


@require_POST
@staff_page()
def view_remove(request: HttpRequest, access: Access, view_id: int) -> HttpResponse:
    """Remove a named list."""
    require_reader(access)
    row = _view(access, view_id)
    remove_view(institution=access.institution, view=row, actor=access.user, now=current_time())
    messages.success(request, f"Vista «{row.name}» quitada.")
    return redirect("workspace:cases:views", access.institution.slug)
