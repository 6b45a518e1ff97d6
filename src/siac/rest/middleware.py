# SPDX-License-Identifier: EUPL-1.2
"""What never reaches a view of the interface (wrong address, wrong method) is a problem too, not a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from siac.rest.problems import CONTENT_TYPE, problem

PREFIX = "/api/"


class Problems:
    """Turn error pages under /api/ into problems, keeping `Allow` and `Retry-After`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        is_page = response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE
        if not (is_page and request.path.startswith(PREFIX)):
            return response
        told = problem(response.status_code)
        for header in ("Allow", "Retry-After"):
            if header in response:
                told[header] = response[header]
        return told
