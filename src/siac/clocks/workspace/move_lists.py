# SPDX-License-Identifier: EUPL-1.2
"""The list of what a change of calendar moved: asked for, prepared by a job, fetched by who asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.clocks.commands.move_lists import MOVE_LISTS, begin_move_list
from siac.clocks.models import MoveList
from siac.clocks.workspace.changes import change_of
from siac.documents.public import download_response, fetched
from siac.organizations.public import Access, StaffRight, staff_page


def _own(access: Access, list_id: int) -> MoveList:
    rows = MoveList.objects.select_related("change")
    made = rows.filter(institution=access.institution, requested_by=access.user, pk=list_id).first()
    if made is None:
        raise Http404(str(list_id))
    return made


@require_POST
@staff_page(StaffRight.CALENDARS)
def ask(request: HttpRequest, access: Access, change_id: int) -> HttpResponse:
    """Begin to prepare the list of every clock of the body that a change moved."""
    made = begin_move_list(access=access, change=change_of(access, change_id), now=current_time())
    return redirect("workspace:clocks:move_list", access.institution.slug, made.pk)


@require_safe
@staff_page(StaffRight.CALENDARS)
def show(request: HttpRequest, access: Access, list_id: int) -> HttpResponse:
    """Show how far the list is; refreshes itself until it is there."""
    made = _own(access, list_id)
    context = {
        "institution": access.institution,
        "made": made,
        "refreshes": made.is_moving,
        "things": "plazos",
        "doing": "En preparación",
        "finished": "Ya está. Se borra un día después de pedirse.",
        "broken": "No se pudo preparar. Pídalo otra vez; si vuelve a fallar, avise a quien administra.",
    }
    return render(request, "clocks/workspace/move_list.html", context)


@require_safe
@staff_page(StaffRight.CALENDARS)
def file(request: HttpRequest, access: Access, list_id: int) -> HttpResponseBase:
    """Hand it out to whoever asked for it, for a day: UTF-8 with its mark and semicolons, as Excel opens
    it.
    """
    found = fetched(MOVE_LISTS, _own(access, list_id), access, now=current_time())
    if found is None:
        raise Http404(str(list_id))
    return download_response(found, to_staff=True)
