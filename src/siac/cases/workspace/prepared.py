# SPDX-License-Identifier: EUPL-1.2
"""What was asked to be prepared (an export, a case file, the copy of a person's data): how far it is, and its
file, for whoever asked and may still have it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.domain.rights import CaseRight
from siac.cases.dossiers.preparing import DOSSIERS
from siac.cases.exports.preparing import EXPORTS
from siac.documents.public import Prepared, PreparedFile, download_response, fetched
from siac.organizations.public import Access, staff_page

_THERE = "Ya está. Se borra un día después de pedirse."
_TOLD = f"{_THERE} Cada descarga queda registrada."


def _own(prepared: Prepared[Any, Access], access: Access, pk: int) -> Any:
    """Return what this very user asked for; anybody else's does not exist."""
    rows = prepared.line.model.objects.select_related(*prepared.line.related)
    made = rows.filter(institution=access.institution, requested_by=access.user, pk=pk).first()
    if made is None:
        raise Http404(str(pk))
    return made


def _page(request: HttpRequest, made: PreparedFile, **words: Any) -> HttpResponse:
    context = {"made": made, "refreshes": made.is_moving, **words}
    return render(request, "cases/workspace/prepared.html", context)


def _file(prepared: Prepared[Any, Access], access: Access, pk: int) -> HttpResponseBase:
    found = fetched(prepared, _own(prepared, access, pk), access, now=current_time())
    if found is None:
        raise Http404(str(pk))
    return download_response(found, to_staff=True)


@require_safe
@staff_page(CaseRight.EXPORT)
def export_page(request: HttpRequest, access: Access, export_id: int) -> HttpResponse:
    """Show how far a workbook is; refreshes itself until it is there."""
    made = _own(EXPORTS, access, export_id)
    title = f"Exportación de {made.total} solicitudes"
    return _page(
        request, made, title=title, things="solicitudes", form="", finished=_THERE,
        file="workspace:cases:export_file",
    )  # fmt: skip


@require_safe
@staff_page(CaseRight.EXPORT)
def export_file(request: HttpRequest, access: Access, export_id: int) -> HttpResponseBase:
    """Hand out the workbook to whoever asked for it, for a day."""
    return _file(EXPORTS, access, export_id)


@require_safe
@staff_page(CaseRight.EXPORT)
def dossier(request: HttpRequest, access: Access, dossier_id: int) -> HttpResponse:
    """Show how far a case file or the copy of a person's data is; refreshes itself until it is there."""
    made = _own(DOSSIERS, access, dossier_id)
    return _page(
        request, made, title=made.get_edition_display(), case=made.case, form=made.form.upper(),
        things="piezas" if made.case else "solicitudes", finished=_TOLD,
        file="workspace:cases:dossier_file",
    )  # fmt: skip


@require_safe
@staff_page(CaseRight.EXPORT)
def dossier_file(request: HttpRequest, access: Access, dossier_id: int) -> HttpResponseBase:
    """Hand out a dossier to whoever asked for it, for a day; each time leaves a line in the access stream."""
    return _file(DOSSIERS, access, dossier_id)
