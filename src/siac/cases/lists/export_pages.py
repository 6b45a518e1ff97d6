# SPDX-License-Identifier: EUPL-1.2
"""Taking a list out: a short CSV at once; a long one, and XLSX, when the worker has made it (see
`workspace.prepared`).
"""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.accounts.public import ask_again
from siac.cases.access import may_read_cases
from siac.cases.domain.rights import CaseRight
from siac.cases.lists.exporting import EXPORTS, begin_export, csv_lines
from siac.cases.queries import list_names
from siac.cases.workspace.prepared import THERE, file_of, own, shown
from siac.infra.readers import HEADER as DATA_TIME
from siac.infra.readers import read_whole
from siac.infra.tables.download import whole_csv
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.people.public import PeopleRight
from siac.ui.lists import kept
from siac.ui.public import refusal_text


@require_safe
@staff_page(CaseRight.EXPORT)
def export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Offer the two forms for the list in the address, or with `formato` export it."""
    if not may_read_cases(access):
        raise Http404
    params = kept(request.GET, list_names())
    form = request.GET.get("formato", "")
    if form not in {"csv", "xlsx"} or request.method == "HEAD":
        return _choose(request, access, params)
    if access.has(PeopleRight.IDENTITY):  # the list has names: it opens for whoever is surely there
        ask_again(request)
    try:
        made = begin_export(access=access, params=params, form=form, now=current_time())
    except Refused as refused:
        return _choose(request, access, params, problem=refusal_text(refused))
    if made.is_moving:
        return redirect("workspace:cases:export_page", access.institution.slug, made.pk)
    now = current_time()
    response = read_whole(
        lambda: whole_csv(csv_lines(access, params, now=now), name=f"solicitudes-{made.pk}")
    )
    response.headers[DATA_TIME] = now.isoformat(timespec="seconds")
    return response


def _choose(request: HttpRequest, access: Access, params: dict[str, str], problem: str = "") -> HttpResponse:
    """Offer the two forms, and the way back to the list as it was."""
    back = f"{reverse('workspace:cases:list', args=[access.institution.slug])}?{urlencode(params)}"
    context = {
        "params": params,
        "problem": problem,
        "back_url": back,
        "has_names": access.has(PeopleRight.IDENTITY),
    }
    template = "cases/workspace/export_choose.html"
    return render(request, template, context, status=422 if problem else 200)


@require_safe
@staff_page(CaseRight.EXPORT)
def export_page(request: HttpRequest, access: Access, export_id: int) -> HttpResponse:
    """Show how far a list is; refreshes itself until it is there."""
    made = own(EXPORTS, access, export_id)
    title = f"Exportación de {made.total} solicitudes"
    return shown(
        request, made, title=title, things="solicitudes", form="", finished=THERE,
        file="workspace:cases:export_file",
    )  # fmt: skip


@require_safe
@staff_page(CaseRight.EXPORT)
def export_file(request: HttpRequest, access: Access, export_id: int) -> HttpResponseBase:
    """Hand out the list to whoever asked for it, for a day."""
    return file_of(EXPORTS, access, export_id)
