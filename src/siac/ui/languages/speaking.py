# SPDX-License-Identifier: EUPL-1.2
"""In which language the page in hand is made, and which of its words are only in Spanish."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from gettext import NullTranslations
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import gettext, override, trans_real
from django.utils.translation.trans_real import parse_accept_lang_header

from siac.ui.domain.due import day_with_weekday, long_date, short_date
from siac.ui.languages.known import NAMES, SPANISH, day_and_weekday, long_day, short_day

COOKIE = "siac_idioma"
OPEN, CLOSE = "\ue000", "\ue001"
"""Around words in Spanish on a page in another language; no script uses them, and no page keeps them."""
NOTICE = "\ue002"
"""Where a page says, if anything is so marked, that a part of it is only in Spanish."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default=SPANISH)
_OWN: ContextVar[Mapping[str, str]] = ContextVar("own", default={})  # noqa: B039 - never written
_MARKS: ContextVar[bool] = ContextVar("marks", default=False)


class _Missing(NullTranslations):
    """What is asked for a text that a language lacks: it comes back in Spanish and, on a page, marked."""

    def __init__(self, beneath: Any) -> None:
        super().__init__()
        self.beneath = beneath

    def gettext(self, message: str) -> str:
        """Return the Spanish text."""
        return marked(self.beneath.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the Spanish text for `n`."""
        return marked(self.beneath.ngettext(msgid1, msgid2, n))


def spoken() -> str:
    """Return the code of the language of the page or the notice in hand."""
    return _SPOKEN.get()


def marked(text: str) -> str:
    """Return words in Spanish, marked where a page in another language is made; as they are elsewhere."""
    if not _MARKS.get() or not text.strip() or OPEN in text:
        return text
    whole = f"{OPEN}{text}{CLOSE}"
    return SafeString(whole) if isinstance(text, SafeData) else whole


def said(text: Any) -> str:
    """Return Spanish words of the product in the language in hand; marked where it lacks them."""
    words = str(text)
    if _SPOKEN.get() == SPANISH or not words.strip() or OPEN in words:
        return words
    if words.strip() in _OWN.get():
        return own(words)
    found = gettext(words)
    return SafeString(found) if isinstance(words, SafeData) else found


def own(text: str) -> str:
    """Return what a body wrote in the language in hand, where it translated it; else as it is, marked."""
    return _OWN.get().get(text.strip()) or marked(text)


def is_own_said(text: str) -> bool:
    """Return whether a body translated exactly this."""
    return text.strip() in _OWN.get()


@contextmanager
def speaking(language: str, *, marks: bool = False) -> Iterator[None]:
    """Say what is inside in `language`; `marks`: what it lacks is marked for `spoken_page`. No SQL."""
    was = _SPOKEN.set(language), _MARKS.set(marks and language != SPANISH)
    _fall_back(language)
    try:
        with override(language):
            yield
    finally:
        _SPOKEN.reset(was[0])
        _MARKS.reset(was[1])


def begin(language: str, words: Mapping[str, str] | None = None) -> None:
    """Say all that follows in this request in `language`, with marks; `SpokenPages` ends it. `words`: what
    the body's own Spanish texts are in it.
    """
    _OWN.set(words or {})
    _SPOKEN.set(language)
    _MARKS.set(language != SPANISH)
    _fall_back(language)
    trans_real.activate(language)


def end() -> None:
    """Go back to Spanish: the next request of this thread is somebody else's."""
    _SPOKEN.set(SPANISH)
    _OWN.set({})
    _MARKS.set(False)
    trans_real.activate(SPANISH)


def _fall_back(language: str) -> None:
    """Have the texts that a language lacks come by `_Missing`, once in a process."""
    if language == SPANISH:
        return
    texts: Any = trans_real.translation(language)
    if not isinstance(texts._fallback, _Missing):
        texts._fallback = _Missing(trans_real.translation(SPANISH))


def chosen(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """Return the language that this browser chose among those offered; Spanish where it chose none."""
    code = request.COOKIES.get(COOKIE, "")
    return code if code in offered else SPANISH


def preferred(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """Return the language offered that the browser says it prefers to Spanish; empty: none, or it was asked
    already. It is only ever offered: a header says how a telephone was set up, not who holds it.
    """
    if COOKIE in request.COOKIES:
        return ""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        plain = code.split("-")[0]
        if plain == SPANISH:
            return ""
        if plain in offered:
            return plain
    return ""


def name_of(code: str) -> str:
    """Return the name of a language in itself."""
    return NAMES.get(code, code)


def long_date_said(day: date) -> str:
    """Return the day in full in the language in hand."""
    return long_day(_SPOKEN.get(), day) or marked(long_date(day))


def day_with_weekday_said(day: date) -> str:
    """Return the day with its weekday in the language in hand."""
    return day_and_weekday(_SPOKEN.get(), day) or marked(day_with_weekday(day))


def short_date_said(day: date) -> str:
    """Return the day without its year in the language in hand."""
    return short_day(_SPOKEN.get(), day) or marked(short_date(day))
