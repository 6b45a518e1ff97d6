# SPDX-License-Identifier: EUPL-1.2
"""How many citizens file at once: a real `siac serve`, and eight who send the form one after another."""

import http.client
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address
from secrets import randbits, token_hex
from urllib.parse import urlencode

import psutil

from benchmarks.fill import SLUG
from benchmarks.requests import TYPED
from benchmarks.serving import serving

CLIENTS = 8
SECONDS = 20
WARM_UP = 3


@dataclass(frozen=True)
class Load:
    """What some clients did at once: in how many seconds, the milliseconds of each time, sorted, and the
    processor seconds of the server and all it started.
    """

    seconds: float
    took: list[float]
    cpu: float

    def told(self) -> str:
        """Return it in words."""
        p50, p95 = (self.took[int(len(self.took) * part)] for part in (0.5, 0.95))
        each = self.cpu / len(self.took) * 1000
        return (
            f"{len(self.took) / self.seconds:.0f} a second, p50 {p50:.0f} ms, p95 {p95:.0f} ms, "
            f"{each:.1f} ms of processor of the web processes each"
        )


def filed_at_once() -> Iterable[str]:
    """Yield how many requests a second eight citizens file, each with the form and its check page."""
    with serving(SIAC_PROXIES="1") as (process, port):
        found = load(port, _file, process)
    yield f"{CLIENTS} clients filing by form, both POSTs, `siac serve`: {found.told()}"


Ask = Callable[[str, dict[str, str]], str]
"""Send a form to an address and return where its answer leads."""


def load(port: int, do: Callable[[Ask], None], server: psutil.Process) -> Load:
    """Let eight clients do something again and again, each time as a new visitor; a fault ends the whole."""
    _together(port, do, WARM_UP)
    begun = _work_of(server)
    took, seconds = _together(port, do, SECONDS)
    return Load(seconds, sorted(took), _work_of(server) - begun)


def _together(port: int, do: Callable[[Ask], None], seconds: float) -> tuple[list[float], float]:
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        parts = [pool.submit(_client, port, do, begun + seconds) for _ in range(CLIENTS)]
        took = [each for part in parts for each in part.result()]
    return took, time.perf_counter() - begun


def _client(port: int, do: Callable[[Ask], None], until: float) -> list[float]:
    connection, took = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    while time.perf_counter() < until:
        begun = time.perf_counter()
        do(_visitor(connection))
        took.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return took


def _visitor(connection: http.client.HTTPConnection) -> Ask:
    token = token_hex(16)
    headers = {
        "Cookie": f"csrftoken={token}",
        "X-CSRFToken": token,
        "X-Forwarded-For": str(IPv4Address(randbits(32))),
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def ask(address: str, typed: dict[str, str]) -> str:
        connection.request("POST", address, urlencode(typed), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.FOUND:
            raise SystemExit(f"clients: {address} answered {answer.status}")
        given = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or ()]
        headers["Cookie"] = "; ".join([headers["Cookie"], *given])
        return answer.headers["Location"]

    return ask


def _file(ask: Ask) -> None:
    ask(ask(f"/{SLUG}/solicitud/reclamo/", TYPED), {})


def _work_of(server: psutil.Process) -> float:
    times = [each.cpu_times() for each in (server, *server.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))
