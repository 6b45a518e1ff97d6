# SPDX-License-Identifier: EUPL-1.2
"""The network between web and database is slow, cut, refused or silent: what a citizen is told then.

Of each: either acknowledged, or a page that keeps what was typed, within the limit; sent again it is taken
once; no folio is skipped.
"""

import io
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import Client, override_settings

from siac.cases.models import Case
from siac.infra import health
from siac.infra.limits import RequestLimit, elsewhere, limited
from siac.infra.tables.download import whole_csv
from tests.factories import make_house
from tests.faults.citizen import Citizen
from tests.faults.proxy import Proxy, proxy

LIMIT = 2.0
FORM = "/puerto/solicitud/sugerencia/"


class _Silent(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""


class _Server(WSGIServer):
    def handle_error(self, *words: object) -> None:
        """Say nothing: a visitor went away."""


@pytest.fixture
def between(real_commits: None) -> Iterator[Proxy]:
    """A proxy between this process and its database."""
    make_house()
    known = connection.settings_dict
    kept = {part: known[part] for part in ("HOST", "PORT")}
    with proxy(known["HOST"] or "127.0.0.1", int(known["PORT"] or 5432)) as made:
        connection.close()
        known.update(HOST="127.0.0.1", PORT=str(made.port))
        patience = known["OPTIONS"]["connect_timeout"]
        known["OPTIONS"]["connect_timeout"] = 2
        try:
            yield made
        finally:
            made.become("pass")
            connection.close()
            known.update(kept)
            known["OPTIONS"]["connect_timeout"] = patience


@pytest.fixture
def web(between: Proxy) -> Iterator[SimpleNamespace]:
    """The product as a server of one process, whose requests may wait two seconds."""
    application = RequestLimit(WSGIHandler(), LIMIT)
    server = make_server("127.0.0.1", 0, application, _Server, _Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield SimpleNamespace(port=server.server_port)
        between.become("pass")
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("fault", "after", "told"),
    [
        ("delay", b"", {302}),
        ("cut", b"INSERT", {503}),
        ("cut", b"COMMIT", {503}),
        ("refuse", b"", {503}),
        ("hold", b"", {503}),
        ("hold", b"COMMIT", {503}),
    ],
)
def test_what_was_typed_is_kept_and_taken_once(between, web, fault, after, told):
    citizen = Citizen(web)
    typed = citizen.write("Plaza sin luz")
    if fault != "cut" and after != b"COMMIT":  # the draft is broken
        between.become(fault, 0.001, after=after)
        begun = time.monotonic()
        status, _, page = citizen.ask(FORM, typed)
        assert status in told and time.monotonic() - begun < LIMIT + 4
        assert status == 302 or "Plaza sin luz: falta un banco." in page
        between.become("pass")
    check = citizen.insist(FORM, typed)
    between.become(fault, 0.001, after=after)  # the filing is broken
    status, _, page = citizen.ask(check, {})
    assert status in told
    between.become("pass")
    for _ in range(2):  # sent again, and once more
        assert "/comprobante/" in citizen.insist(check, {})
    other = Citizen(web)
    again = other.insist(FORM, other.write("Otra plaza"))
    assert "/comprobante/" in other.insist(again, {})
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_the_limit_ends_a_wait_and_leaves_other_work_alone(between):
    with limited(5) as wide:
        connection.ensure_connection()
        between.become("hold")
        begun = time.monotonic()
        with limited(0.5) as limit, pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert limit.broken and not wide.broken and 0.4 < time.monotonic() - begun < 2
        between.become("pass")
        connection.close()
        with limited(5), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert not wide.broken


def test_the_time_in_which_a_visitor_sends_is_not_counted(between):
    class Slow(io.BytesIO):
        def read(self, *args: int) -> bytes:
            time.sleep(0.8)
            return super().read(*args)

    asked = []

    def view(environ: dict, start: object) -> list[bytes]:
        asked.append(environ["wsgi.input"].read(3))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.2)")
        return [b"done"]

    connection.ensure_connection()
    assert RequestLimit(view, 0.5)({"wsgi.input": Slow(b"abc")}, None) == [b"done"]
    assert asked == [b"abc"]


def test_an_answer_that_is_made_piece_by_piece_ends_too(between):
    class Answer:
        streaming = True

        def __iter__(self) -> Iterator[bytes]:
            yield b"first"
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            yield b"second"

    connection.ensure_connection()
    pieces = RequestLimit(lambda environ, start: Answer(), 0.5)({"wsgi.input": io.BytesIO()}, None)
    assert next(pieces) == b"first"
    between.become("hold")
    with pytest.raises(OperationalError):
        next(pieces)


@pytest.mark.parametrize(
    ("fault", "told"), [("hold", "holds: no answer within 0.5 s"), ("refuse", "refuses")]
)
def test_salud_names_the_database_and_still_tells_of_the_rest(between, monkeypatch, fault, told):
    monkeypatch.setattr(health, "DATABASE_SECONDS", 0.5)
    connection.ensure_connection()
    between.become(fault)
    answer = Client().get("/salud")
    assert answer.status_code == 503
    said = answer.json()
    assert said["status"] == "down" and said["database"] == told
    assert said["disk"] and said["storage"] == "well" and said["smtp"] == "well"
    assert "worker" not in said
    between.become("pass")
    assert Client().get("/salud").status_code == 200


def test_each_line_of_a_list_that_is_made_whole_has_the_limit_of_a_page(between):
    def lines() -> Iterator[bytes]:
        for _ in range(4):
            time.sleep(0.4)
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            yield b"a;b"

    with limited(0.7) as limit:
        connection.ensure_connection()
        assert b"".join(whole_csv(lines(), name="lista")) == b"a;b" * 4
        assert not limit.broken


def test_what_takes_long_elsewhere_is_not_counted(between):
    """Files that are checked and stored have an end of their own."""
    with limited(0.6) as limit:
        connection.ensure_connection()
        with elsewhere():
            time.sleep(1.2)
        assert not limit.broken
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        time.sleep(1.0)
        assert limit.broken
