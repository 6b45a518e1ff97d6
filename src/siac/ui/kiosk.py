# SPDX-License-Identifier: EUPL-1.2
"""A screen that many use: public pages in large letters that go back to their beginning, and keep nothing for
whoever comes next. A cookie of the screen says that a page is read there; it tells of no person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

COOKIE = "siac_pantalla"
LETTERS = 3
"""Sizes of letters: the usual one and two more."""
READING = 120
"""Seconds after which a page that nobody touches goes back; whoever needs more says so."""
_SHAPE = re.compile(r"([a-z0-9-]{1,60}):([1-3]):([01]):([01])")


@dataclass(frozen=True, slots=True)
class Kiosk:
    """How a screen shows pages: of which place (its code), in which size of letters, with more contrast, and
    whether it prints.
    """

    place: str
    letter: int = 1
    contrast: bool = False
    printer: bool = False
    seconds: int = READING
    """After so many without a touch it goes back to its beginning."""
    is_first: bool = False
    """It shows its beginning: nobody needs to be told that it goes back there."""
    slug: str = ""

    @property
    def cookie(self) -> str:
        """What the cookie of the screen says."""
        return f"{self.place}:{self.letter}:{self.contrast:d}:{self.printer:d}"

    @property
    def classes(self) -> str:
        """The classes of the body of its pages."""
        return f"siac-kiosk siac-letter-{self.letter}{' siac-contrast' if self.contrast else ''}"

    @property
    def reset_url(self) -> str:
        """Where everything of a person ends and the screen begins anew."""
        return _ADDRESSES[0](self)

    @property
    def larger_url(self) -> str:
        """Where the next size of letters is asked for, the first one after the last."""
        return _ADDRESSES[1](replace(self, letter=self.letter % LETTERS + 1))

    @property
    def contrast_url(self) -> str:
        """Where more contrast is asked for, or the usual one."""
        return _ADDRESSES[1](replace(self, contrast=not self.contrast))


_ADDRESSES: list[Callable[[Kiosk], str]] = []


def register_kiosk_addresses(reset: Callable[[Kiosk], str], aid: Callable[[Kiosk], str]) -> None:
    """Say where screens begin anew and where they are shown otherwise; called when the application starts."""
    _ADDRESSES[:] = [reset, aid]


def kiosk_in(text: str, slug: str) -> Kiosk | None:
    """Return the screen that a cookie tells of; None where it is none of ours."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    place, letter, contrast, printer = found.groups()
    return Kiosk(place, int(letter), contrast == "1", printer == "1", slug=slug)


def kiosk_of(request: HttpRequest, slug: str) -> Kiosk | None:
    """Return the screen at which a public page of a body is read; None where it is read elsewhere. No SQL."""
    if request.path.startswith(f"/{slug}/gestion/"):
        return None
    return kiosk_in(request.COOKIES.get(COOKIE, ""), slug)


def keep_kiosk(response: HttpResponse, kiosk: Kiosk) -> HttpResponse:
    """Let a browser remember that it is a screen of a place, until it is closed."""
    response.set_cookie(COOKIE, kiosk.cookie, path=f"/{kiosk.slug}/", httponly=True, samesite="Lax")
    return response


def unkept(response: HttpResponse) -> HttpResponse:
    """Let no browser keep a page, so that going back shows nothing of whoever was there before."""
    response["Cache-Control"] = "private, no-store"
    return response
