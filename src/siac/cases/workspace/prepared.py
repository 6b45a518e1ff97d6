# SPDX-License-Identifier: EUPL-1.2
"""What was asked to be prepared (an export, a case file, the copy of a person's data): how far it is, and its
file, for whoever asked and may still have it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time

from siac.documents.public import Prepared, PreparedFile, download_response, fetched
from siac.organizations.public import Access

THERE = "Ya está. Se borra un día después de pedirse."
TOLD = f"{THERE} Cada descarga queda registrada."


def own(prepared: Prepared[Any, Access], access: Access, pk: int) -> Any:
    """Return what this very user asked for; anybody else's does not exist."""
    rows = prepared.line.model.objects.select_related(*prepared.line.related)
    made = rows.filter(institution=access.institution, requested_by=access.user, pk=pk).first()
    if made is None:
        raise Http404(str(pk))
    return made


def shown(request: HttpRequest, made: PreparedFile, **words: Any) -> HttpResponse:
    """Show how far it is."""
    context = {"made": made, "refreshes": made.is_moving, **words}
    return render(request, "cases/workspace/prepared.html", context)


def file_of(prepared: Prepared[Any, Access], access: Access, pk: int) -> HttpResponseBase:
    """Hand it out to whoever asked for it and may still have it."""
    found = fetched(prepared, own(prepared, access, pk), access, now=current_time())
    if found is None:
        raise Http404(str(pk))
    return download_response(found, to_staff=True)
