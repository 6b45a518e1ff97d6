# SPDX-License-Identifier: EUPL-1.2
"""How much memory a real web worker holds after pages and exports."""

import http.cookiejar
import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode

import psutil
from django.db import connection

from benchmarks.fill import SLUG
from benchmarks.requests import OFFICER, WORK
from benchmarks.serving import serving
from siac.cases.models import Case
from siac.config.demonstration.accounts import PASSWORD
from siac.organizations.public import Institution

LIMIT_MB = 100
SIGN_INS = 8
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Memory:
    """Megabytes resident of the web worker: at its first page, after the sign-ins, the pages, the exports;
    and how many of the last it shares with nobody: what one worker more costs.
    """

    first: float
    sign_ins: float
    pages: float
    exports: float
    own: float


def worker_memory(institution: Institution, rounds: int) -> Memory:
    """Start `siac serve` with one worker, sign in, visit pages, take exports, and weigh it."""
    connection.close()
    with serving(WEB_WORKERS="1") as (process, port):
        base = f"http://127.0.0.1:{port}"
        browser = _Browser(base)
        browser.get(f"/{SLUG}/")
        first = weight(process)
        for _ in range(SIGN_INS):
            browser = _Browser(base)
            browser.sign_in()
        signed_in = weight(process)
        numbers = Case.objects.filter(institution=institution, year=2020).order_by("-number")
        for number in numbers.values_list("number", flat=True)[:rounds]:
            for path in _pages(number):
                browser.get(path)
        pages = weight(process)
        for _ in range(3):
            browser.get(f"{WORK}exportar/?vista=abiertas&formato=csv")
            browser.get(f"{WORK}exportar/?vista=abiertas&formato=xlsx")
        return Memory(first, signed_in, pages, weight(process), weight(process, own=True))


def _pages(number: int) -> list[str]:
    lists = [f"{WORK}?vista={view}" for view in ("abiertas", "todas", "cerradas", "atrasadas")]
    return [
        f"/{SLUG}/",
        f"/{SLUG}/solicitud/",
        f"/{SLUG}/solicitud/reclamo/",
        f"/{SLUG}/seguimiento/",
        f"/{SLUG}/gestion/",
        *lists,
        f"{WORK}?vista=todas&q=problema",
        f"{WORK}?vista=todas&q=raro{number}",
        f"{WORK}nueva/",
        f"{WORK}2020-{number:06d}/",
        f"{WORK}2020-{number:06d}/comprobante/",
    ]


class _Browser:
    """A browser of its own that reads answers to their end."""

    def __init__(self, base: str) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.base, self.opener = base, urllib.request.build_opener(jar)

    def sign_in(self) -> None:
        """Sign the officer in with the password, as people do."""
        found = _TOKEN.search(self.get("/cuenta/login/", may_sign_in=True))
        token = found[1] if found else ""
        typed = {"csrfmiddlewaretoken": token, "login": OFFICER, "password": PASSWORD}
        request = urllib.request.Request(
            f"{self.base}/cuenta/login/", urlencode(typed).encode(), {"Referer": self.base}
        )
        with self.opener.open(request, timeout=60) as answer:
            if "login" in answer.url:
                raise SystemExit("memory: the officer could not sign in")

    def get(self, path: str, *, may_sign_in: bool = False) -> str:
        """Return what a page says."""
        with self.opener.open(self.base + path, timeout=600) as answer:
            if "login" in answer.url and not may_sign_in:
                raise SystemExit(f"memory: {path} asked to sign in")
            return str(answer.read().decode(errors="replace"))


def weight(server: psutil.Process, *, own: bool = False) -> float:
    """Return the resident megabytes of the heaviest worker, a child of the server that forked it; `own`:
    without what it shares.
    """
    workers = server.children(recursive=True) or [server]
    held = [float(worker.memory_full_info().uss if own else worker.memory_info().rss) for worker in workers]
    return max(held) / 1024 / 1024
