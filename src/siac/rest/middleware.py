# SPDX-License-Identifier: EUPL-1.2
"""What never reaches a view of the interface (wrong address, wrong method) is a problem too, not a page."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from siac.organizations.public import CALLS_PER_MINUTE, calls_left
from siac.rest.problems import CONTENT_TYPE, problem

PREFIX = "/api/"
OPEN311 = "/api/open311/"
"""A standard of its own, which says how its errors look."""


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


def _etag(request: HttpRequest, response: HttpResponse) -> str:
    """Return the mark of what is answered: the version of the record where it has one, and the content."""
    version = getattr(request, "api_version", None)
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def _marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give what was read its `ETag`; answer 304 where the caller has just that. Rights were asked before, and
    a reading that leaves a line in the journal left it.
    """
    if request.method != "GET" or response.status_code != HTTPStatus.OK or response.streaming:
        return response
    mark = _etag(request, response)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or mark in {each.removeprefix("W/") for each in known}:
        response = HttpResponseNotModified()
    response["ETag"] = mark
    patch_vary_headers(response, ["Authorization"])
    return response


def _told_limits(request: HttpRequest, response: HttpResponse) -> None:
    """Say how many calls the key may still make (draft-ietf-httpapi-ratelimit-headers)."""
    verdict = calls_left(request)
    if verdict is not None:
        response["RateLimit-Policy"] = f'"clave";q={CALLS_PER_MINUTE};w=60'
        response["RateLimit"] = f'"clave";r={verdict.left};t={verdict.retry_after or 60}'


class Problems:
    """Turn error pages under /api/ into problems, keeping `Allow` and
    `Retry-After`; answer HEAD and OPTIONS; store nothing; mark what is read
    with an `ETag`; tell what is left of the limit of calls.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if not request.path.startswith(PREFIX) or request.path.startswith(OPEN311):
            return self.get_response(request)
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = _marked(request, _with_other_methods(asked, self._told(request)))
        _told_limits(request, response)
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
