# SPDX-License-Identifier: EUPL-1.2
"""Things that are for everybody, handed out so that whoever has them already is not sent them again."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

KEPT = "public, max-age=3600"


def for_everybody(
    request: HttpRequest, content: bytes, kind: str, *, digest: str = "", name: str = "", status: int = 200
) -> HttpResponseBase:
    """Return something that anybody may keep for an hour and show elsewhere; nothing where whoever asks has
    it already. `digest`: its SHA-256, where it is known; `name`: it is a download called so.
    """
    response = HttpResponse(content, content_type=kind, status=status)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if status != 200:
        return response
    etag = f'"{digest or hashlib.sha256(content).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
