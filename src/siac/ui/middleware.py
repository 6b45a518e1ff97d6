# SPDX-License-Identifier: EUPL-1.2
"""What a visitor sees when a command refuses or the database is away."""

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from siac.kernel.errors import Refused
from siac.ui.kept import kept_of
from siac.ui.refusals import refusal_text
from siac.ui.views import error_page

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)


class ErrorPages:
    """A refusal becomes 409 with its sentence; a database that does not answer becomes 503.

    The 503 page keeps everything typed in a form that sends the same again; the idempotency key
    travels with it, so nothing doubles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; failures of other middleware come to `server_error` of the URLs."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not request.path.startswith("/api/"):
            page = error_page(405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what a view raised into a page."""
        if isinstance(exception, Refused):
            return error_page(409, message=refusal_text(exception), code=exception.code)
        if isinstance(exception, AWAY):
            return unavailable(request)
        return None


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return the 503 page with the posted texts kept."""
    log.exception("the database does not answer")
    connection.close()
    if request.path.startswith("/api/"):
        return _for_programs()
    token = request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else ""
    response = error_page(503, **kept_of(request).context(token=token))
    response["Retry-After"] = "15"
    return response


def _for_programs() -> HttpResponse:
    body = {"type": "about:blank", "title": "La base de datos no responde", "status": 503}
    response = JsonResponse(body, status=503, content_type="application/problem+json")
    response["Retry-After"] = "15"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when what failed was the database, wherever it was asked."""
    return unavailable(request) if isinstance(sys.exc_info()[1], AWAY) else error_page(500)
