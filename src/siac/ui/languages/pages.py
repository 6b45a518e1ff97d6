# SPDX-License-Identifier: EUPL-1.2
"""What pages in other languages are made and sent by: the middleware, and what error pages ask."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from siac.ui.languages import speaking
from siac.ui.languages.known import NAMES, SPANISH
from siac.ui.languages.marking import spoken_page, without_marks


class SpokenPages:
    """Ends the language of each request, and says on its page what was only in Spanish. No SQL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; the view says in which language (`speaking.begin`)."""
        try:
            response = self.get_response(request)
            if getattr(request, "languages", ()):
                patch_vary_headers(response, ["Cookie", "Accept-Language"])
            if speaking.spoken() != SPANISH and not response.streaming:
                _finish(response)
            return response
        finally:
            if speaking.spoken() != SPANISH:
                speaking.end()


def _finish(response: HttpResponse) -> None:
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith(("text/", "application/json")):
        return
    page = response.content.decode()
    if kind.startswith("text/html"):
        response.headers["Content-Language"] = speaking.spoken()
        response.content = spoken_page(page, render_to_string("ui/parts/partly_spanish.html")).encode()
    else:
        response.content = without_marks(page).encode()


def speak_by_cookie(request: HttpRequest) -> None:
    """Let an error page, which asks no database, speak the language this browser chose for the body.

    The cookie comes only under the address of a body that offered it; pages of the house stay in Spanish.
    """
    code = request.COOKIES.get(speaking.COOKIE, "")
    inside = request.path.split("/")[2:3] == ["gestion"]
    if speaking.spoken() == SPANISH and code in NAMES and code != SPANISH and not inside:
        speaking.begin(code)
