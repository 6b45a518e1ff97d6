# SPDX-License-Identifier: EUPL-1.2
"""What never reaches a view of the interface (wrong address, wrong method) is a problem too, not a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from siac.rest.problems import CONTENT_TYPE, problem

PREFIX = "/api/"


def _with_other_methods(asked: str | None, response: HttpResponse) -> HttpResponse:
    """Name HEAD and OPTIONS among what an address admits, and answer OPTIONS with the list."""
    if "Allow" not in response:
        return response
    admitted = {method.strip() for method in response["Allow"].split(",")} | {"OPTIONS"}
    allow = ", ".join(sorted(admitted | ({"HEAD"} if "GET" in admitted else set())))
    if asked == "OPTIONS":
        response = HttpResponse(status=204)
    response["Allow"] = allow
    return response


class Problems:
    """Turn error pages under /api/ into problems, keeping `Allow` and
    `Retry-After`; answer HEAD and OPTIONS; store nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = _with_other_methods(asked, self._told(request))
        request.method = asked
        response.headers.setdefault("Cache-Control", "no-store")
        if asked == "HEAD" and not response.streaming:
            length = len(response.content)
            response.content = b""
            response["Content-Length"] = str(length)
        return response

    def _told(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE
        if not is_page:
            return response
        told = problem(response.status_code)
        for header in ("Allow", "Retry-After"):
            if header in response:
                told[header] = response[header]
        return told
