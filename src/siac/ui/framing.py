# SPDX-License-Identifier: EUPL-1.2
"""Pages that other sites may show in a frame of theirs; all others are shown in none."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

ANYBODY = ("*",)
"""For errors before it is known who may: such a page holds nothing but what its reader just sent."""


def frame_in(request: HttpRequest, sites: Sequence[str]) -> None:
    """Let `sites` (origins such as `https://www.example.org`) show the answer to a request, also one that
    tells of a fault; none: nobody.
    """
    request.framed_in = tuple(sites)  # type: ignore[attr-defined]


def is_framed(request: HttpRequest) -> bool:
    """Return whether another site may show the answer: such a page keeps and reads no cookie."""
    return bool(getattr(request, "framed_in", ()))


def allow_frames(request: HttpRequest, response: HttpResponse) -> None:
    """Say to the browser who may show an answer, where `frame_in` said so."""
    if is_framed(request):
        sites = list(request.framed_in)  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": sites}  # type: ignore[attr-defined]
