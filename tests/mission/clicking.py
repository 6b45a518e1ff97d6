# SPDX-License-Identifier: EUPL-1.2
"""Somebody who clicks the links of pages, without a browser."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.mission.rows import Road, Step


class _Links(HTMLParser):
    """The links of a page with their words, told apart by whether they stand in what the page is about."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, bool]] = []
        self._href: str | None = None
        self._words: list[str] = []
        self._in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._in_main = True
        elif tag == "a":
            self._href, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._in_main = False
        elif tag == "a" and self._href:
            self.found.append((" ".join("".join(self._words).split()), self._href, self._in_main))
            self._href = None


def links(html: str) -> list[tuple[str, str, bool]]:
    """Return words, address and whether it stands in `main`, for each link in their order."""
    parser = _Links()
    parser.feed(html)
    return parser.found


def name_of(address: str) -> str:
    """Return the name of a page, or nothing where the address is no page of the product."""
    try:
        return str(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return ""


class Visitor:
    """A person of one role in front of one browser; what was opened once is not asked for again."""

    def __init__(self, client: Client, home: str) -> None:
        self.client, self.home = client, home
        self._opened: dict[str, tuple[str, str]] = {}

    def arrives(self, road: Road) -> str:
        """Return nothing where the road leads to its page, else where it breaks off, in words."""
        place, html = self._open(self.home)
        return self._walk(place, html, road.steps, road.page)

    def _walk(self, place: str, html: str, steps: tuple[Step, ...], page: str) -> str:
        if not steps:
            return "" if name_of(place) == page else f"leads to {name_of(place)} ({place})"
        step, *rest = steps
        trouble = f"no link «{step.words}» on {place}"
        for address in self._offered(place, html, step, page if not rest else ""):
            there, shown = self._open(address)
            trouble = self._walk(there, shown, tuple(rest), page) if shown else f"{address} does not open"
            if not trouble:
                return ""
        return trouble

    def _offered(self, place: str, html: str, step: Step, page: str) -> Iterator[str]:
        """Yield where a step may lead: its link, or each of a list (of the last step, those to its page)."""
        seen = set()
        for words, href, in_main in links(html):
            address = urljoin(place, href)
            if address in seen or urlsplit(address).netloc or href.startswith("#"):
                continue
            if step.any_of_a_list:
                fits = in_main and name_of(address) not in {"", name_of(place)}
                fits = fits and (not page or name_of(address) == page)
            else:
                fits = words.startswith(step.words)
            if fits:
                seen.add(address)
                yield address

    def _open(self, address: str) -> tuple[str, str]:
        """Return where an address leads and its HTML; no HTML where it does not open."""
        if address not in self._opened:
            response: HttpResponse = self.client.get(address, follow=True)
            moved = getattr(response, "redirect_chain", [])
            place = urlsplit(moved[-1][0]).path if moved else address
            self._opened[address] = (place, _html(response))
        return self._opened[address]


def _html(response: HttpResponse) -> str:
    if response.status_code != 200:
        return ""
    if getattr(response, "streaming", False):
        b"".join(response)  # read to its end, the file closes itself
        return "-"
    return response.content.decode(errors="replace") or "-"
