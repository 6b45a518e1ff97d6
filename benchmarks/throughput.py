# SPDX-License-Identifier: EUPL-1.2
"""What one, two and four web processes do in a second, and two behind PgBouncer: filings of citizens and list
pages of staff; and what each costs the web and the database, against one process.
"""

import http.client
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from secrets import randbits, token_hex
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.fill import SLUG
from benchmarks.requests import OFFICER, TYPED, WORK
from benchmarks.serving import serving
from siac.accounts.public import User

CLIENTS = 8
SECONDS, WARM_UP = 10, 3
FORM = f"/{SLUG}/solicitud/reclamo/"
LIST = f"{WORK}?vista=abiertas"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Turn = Callable[[http.client.HTTPConnection], None]


@dataclass(frozen=True)
class Rate:
    """What was done in a second, and the milliseconds of processor that each took of web and database."""

    a_second: float
    web: float
    database: float

    def told(self, first: "Rate") -> str:
        """Return it as cells, against what one process did."""
        ratio = self.a_second / first.a_second
        return f"{self.a_second:.0f} | {ratio:.2f} | {self.web:.1f} | {self.database:.1f}"


def throughput() -> Iterator[str]:
    """Yield a table; eight clients in this process keep the web busy, ten seconds each setting."""
    cookie = _signed_in()
    yield (
        "| web processes | filed a second | × one | CPU ms: web | database |"
        " lists a second | × one | CPU ms: web | database |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    alone: list[Rate] = []
    for name, variables in _settings():
        with variables as given, serving(SIAC_PROXIES="1", **given) as (process, port):
            found = [_rate(port, process, turn) for turn in (_file, _listing(cookie))]
        alone = alone or found
        parts = (rate.told(first) for rate, first in zip(found, alone, strict=True))
        yield f"| {name} | {' | '.join(parts)} |"


def _settings() -> Iterator[tuple[str, AbstractContextManager[dict[str, str]]]]:
    for workers in (1, 2, 4):
        yield str(workers), _plain(workers)
    if shutil.which("pgbouncer", path="/usr/sbin:/usr/bin"):
        yield "2 through PgBouncer", _pooled(2)


@contextmanager
def _plain(workers: int) -> Iterator[dict[str, str]]:
    yield {"WEB_WORKERS": str(workers)}


@contextmanager
def _pooled(workers: int) -> Iterator[dict[str, str]]:
    from tests.faults.pooler import Pooler  # what the tests stand behind

    folder = Path(tempfile.mkdtemp(prefix="siac-pooler-"))
    pooler = Pooler(folder, size=20)
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}@127.0.0.1:{pooler.port}/{known['NAME']}"
    try:
        direct = os.environ["DATABASE_URL"]
        yield {"WEB_WORKERS": str(workers), "DATABASE_URL": url, "DATABASE_DIRECT_URL": direct}
    finally:
        pooler.kill()
        shutil.rmtree(folder)


def _signed_in() -> str:
    staff = Client()
    staff.force_login(User.objects.get(email=OFFICER), backend=_BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={staff.cookies[settings.SESSION_COOKIE_NAME].value}"


def _rate(port: int, web: psutil.Process, turn: Turn) -> Rate:
    _together(port, turn, WARM_UP)
    server = _postmaster()
    begun = _work_of(web), _work_of(server)
    done, seconds = _together(port, turn, SECONDS)
    worked = _work_of(web) - begun[0], _work_of(server) - begun[1]
    return Rate(done / seconds, worked[0] / done * 1000, worked[1] / done * 1000)


def _together(port: int, turn: Turn, seconds: float) -> tuple[int, float]:
    begun = time.perf_counter()

    def client() -> int:
        line, done = http.client.HTTPConnection("127.0.0.1", port, timeout=60), 0
        while time.perf_counter() < begun + seconds:
            turn(line)
            done += 1
        line.close()
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        done = sum(part.result() for part in [pool.submit(client) for _ in range(CLIENTS)])
    return done, time.perf_counter() - begun


def _asked(
    line: http.client.HTTPConnection,
    method: str,
    address: str,
    body: str,
    headers: dict[str, str],
    status: int,
) -> http.client.HTTPResponse:
    line.request(method, address, body or None, headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != status:
        raise SystemExit(f"throughput: {address} answered {answer.status}")
    return answer


def _file(line: http.client.HTTPConnection) -> None:
    """File once as a new visitor: the form, what was typed, and sending it for good."""
    token = token_hex(16)
    headers = {
        "Cookie": f"csrftoken={token}", "X-CSRFToken": token,
        "X-Forwarded-For": str(IPv4Address(randbits(32))),
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    _asked(line, "GET", FORM, "", headers, 200)
    checked = _asked(line, "POST", FORM, urlencode(TYPED), headers, 302)
    given = [each.partition(";")[0] for each in checked.headers.get_all("Set-Cookie") or ()]
    headers["Cookie"] = "; ".join([headers["Cookie"], *given])
    _asked(line, "POST", checked.headers["Location"], "", headers, 302)


def _listing(cookie: str) -> Turn:
    def turn(line: http.client.HTTPConnection) -> None:
        _asked(line, "GET", LIST, "", {"Cookie": cookie}, 200)

    return turn


def _postmaster() -> psutil.Process:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        parent = psutil.Process(cursor.fetchone()[0]).parent()
    assert parent is not None
    return parent


def _work_of(process: psutil.Process) -> float:
    """Return the processor seconds of a process and all that it started, also of those that ended."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    gone = process.cpu_times()
    return float(sum(each.user + each.system for each in times) + gone.children_user + gone.children_system)
