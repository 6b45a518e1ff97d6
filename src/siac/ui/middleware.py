# SPDX-License-Identifier: EUPL-1.2
"""What a visitor sees when a command refuses or the database is away."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from siac.infra.retrying import AWAY, StoreAway, is_collision, tried_again
from siac.infra.unreached import why_unreached
from siac.kernel.errors import Refused
from siac.ui.framing import allow_frames, is_framed
from siac.ui.kept import kept_of
from siac.ui.refusals import refusal_text
from siac.ui.uploads import is_disk_full
from siac.ui.views import error_page, forbidden, not_found

log = logging.getLogger(__name__)


class ErrorPages:
    """A refusal becomes 409 with its sentence; a database or a storage of files that does not answer, 503.

    The 503 page keeps everything typed in a form that sends the same again; the idempotency key
    travels with it, so nothing doubles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; failures of other middleware come to `server_error` of the URLs."""
        response = self.get_response(request)
        allow_frames(request, response)
        if isinstance(response, HttpResponseNotAllowed) and not request.path.startswith("/api/"):
            page = error_page(405)
            page["Allow"] = response["Allow"]
            allow_frames(request, page)
            return page
        return response

    def process_view(self, request: HttpRequest, view: Any, *given: Any) -> HttpResponse | None:
        """Stop a form whose files found no room, before a view takes it for one without files; one that tells
        in a form of its own what could not be read (`tells_own_faults`) reads for itself.
        """
        if getattr(view, "tells_own_faults", False):
            return None
        if request.method == "POST" and request.POST is not None and getattr(request, "found_no_room", False):
            return unavailable(request, status=507)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what a view raised into a page; what only collided with another writer is done again first."""
        if is_collision(exception) and not connection.in_atomic_block:
            try:
                return tried_again(lambda: _view_again(request))
            except Http404 as gone:
                return not_found(request, gone)
            except PermissionDenied as denied:
                return forbidden(request, denied)
            except Exception as again:
                exception = again
        if isinstance(exception, Refused):
            return error_page(
                409,
                message=refusal_text(exception),
                code=exception.code,
                **kept_of(request).context(token=""),
            )
        if isinstance(exception, AWAY):
            return unavailable(request)
        return unavailable(request, status=507) if is_disk_full(exception) else None


def _view_again(request: HttpRequest) -> HttpResponse:
    """Ask the view once more. Every command is one transaction, whose collision left nothing
    behind; what a view did before it bears being done twice: commands compare versions,
    sending twice is one (see `infra.idempotency`).
    """
    match = request.resolver_match
    if match is None:
        raise RuntimeError("No view was found for this request.")
    for _, files in request.FILES.lists():
        for file in files:
            file.seek(0)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def unavailable(request: HttpRequest, *, status: int = 503) -> HttpResponse:
    """Return the page that keeps the posted texts: 503, the database does not
    answer, or the storage of files; 507, there is no room for files.
    """
    error = sys.exc_info()[1]
    is_store = isinstance(error, StoreAway)
    where = "the storage of files" if is_store else "the database"
    why = why_unreached(error)  # which the traceback leaves out
    told = "the disk is full" if status == 507 else f"{where} does not answer{': ' if why else ''}{why}"
    log.exception("%s", told)
    if status != 507 and not is_store:
        connection.close()
    if request.path.startswith("/api/"):
        return _for_programs(status)
    token = request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else ""
    if is_framed(request):  # it is sent again without one
        token = token or "-"
    response = error_page(status, **kept_of(request).context(token=token))
    response["Retry-After"] = "15"
    return response


def _for_programs(status: int) -> HttpResponse:
    title = "No queda espacio para archivos" if status == 507 else "El servicio no responde en este momento"
    body = {"type": "about:blank", "title": title, "status": status}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    response["Retry-After"] = "15"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when what failed was the database, wherever it was asked; 507
    when there was no room on the disk.
    """
    error = sys.exc_info()[1]
    if is_disk_full(error):
        return unavailable(request, status=507)
    return unavailable(request) if isinstance(error, AWAY) else error_page(500)
