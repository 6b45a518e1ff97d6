# SPDX-License-Identifier: EUPL-1.2
"""What is logged: a line per request without its query or keys, faults without what they quote."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver, resolve

from siac.infra.logs import Json, Line, access, told_path


@pytest.fixture
def lines(monkeypatch) -> list[str]:
    """The access log as lines."""
    found: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(Line().format(record).partition("siac.access ")[2])

    handler = Kept()
    access.addHandler(handler)
    monkeypatch.setattr(access, "level", logging.INFO)
    access.manager._clear_cache()
    yield found
    access.removeHandler(handler)
    access.manager._clear_cache()


SECRET = "kJ8sQ2vX9pLmN4tRw7yZ"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/puerto/seguimiento/?codigo=ABCD-EFGH-JKLM", "GET /puerto/seguimiento/ 200"),
        (f"/puerto/tercero/{SECRET}/", "GET /puerto/tercero/…/ 404"),
        (f"/puerto/encuesta/{SECRET}/", "GET /puerto/encuesta/…/ "),
        (f"/puerto/cita/{SECRET}/anular/", "GET /puerto/cita/…/anular/ "),
        (f"/puerto/comprobante/{SECRET}/", "GET /puerto/comprobante/…/ "),
        (f"/cuenta/invitacion/{SECRET}/", "GET /cuenta/invitacion/…/ "),
        (f"/cuenta/password/reset/key/1-{SECRET}/", "GET /cuenta/password/reset/key/…-…/ "),
        (f"/nada/{SECRET}?x=1", "GET /nada/… "),
        ("/x%0A2026-11-30T04:00:00.000Z%20ERROR", "GET /x?2026-11-30T04:00:00.000Z ERROR 404"),
        ("/puerto/compromisos/7/solicitudes/", "GET /puerto/compromisos/7/solicitudes/ 404"),
    ],
)
def test_a_request_is_told_without_its_query_and_without_keys(house, lines, asked, told):
    Client().get(asked)
    (line,) = lines
    assert line.startswith(told), line
    assert line.endswith(" ms")
    assert SECRET not in line and "codigo" not in line and "ABCD" not in line


def proxy_tells(path: str) -> str:
    """Return what the log of the proxy of the documentation says of a path."""
    conf = (Path(__file__).parents[2] / "docs/operate/nginx.conf").read_text()
    rules = re.findall(r'"~(\S+)" "\$\{opens\}\.\.\.";', conf)
    assert len(rules) > 2
    found = (re.match(rule.replace("(?<", "(?P<"), path) for rule in rules)
    return next((f"{each['opens']}..." for each in found if each), path)


def opening_routes() -> list[str]:
    """Return the routes of the portal and of letters in which something stands that opens what it names."""
    routes = (str(route) for route in _routes(get_resolver(), ""))
    return sorted({each for each in routes if re.search(r"<\w+:(token|key|secret)>", each)
                   and not each.startswith(("scim/", "<slug:slug>/gestion/"))})  # fmt: skip


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern)


def test_what_opens_something_stands_in_neither_log():
    routes = opening_routes()
    assert len(routes) > 15
    for route in routes:
        path = "/" + re.sub(r"<\w+:(?:token|key|secret)>", SECRET, route)
        path = re.sub(r"<\w+:\w+>", "puerto", path)
        assert SECRET not in proxy_tells(path), route
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        assert SECRET not in told_path(request), route


NAME, NUMBER = "María Ñancupil Soto", "12.345.678-5"


def fault() -> logging.LogRecord:
    try:
        try:
            raise ValueError(NAME)
        except ValueError as error:
            raise RuntimeError(NUMBER) from error
    except RuntimeError:
        return logging.LogRecord("siac.x", logging.ERROR, __file__, 1, "a job failed", (), sys.exc_info())


@pytest.mark.parametrize("form", [Line, Json])
def test_a_fault_is_told_by_class_and_place_and_never_by_what_it_quotes(form):
    told = form().format(fault())
    assert "builtins.RuntimeError" in told and "builtins.ValueError" in told
    assert "in fault" in told
    assert "María" not in told and "12.345" not in told


def test_a_request_for_another_host_is_one_line(caplog):
    assert Client().get("/salud", headers={"host": "otro.example"}).status_code == 400
    (record,) = [row for row in caplog.records if row.name == "django.security.DisallowedHost"]
    told = Line().format(record)
    assert "otro.example" in told and "\n" not in told


def test_a_collector_gets_one_object_per_event():
    record = logging.LogRecord("siac.access", logging.INFO, __file__, 1, "x", (), None)
    record.fields = {"method": "GET", "path": "/puerto/", "status": 200, "ms": 12}
    told = json.loads(Json().format(record))
    assert {
        "level": "INFO",
        "method": "GET",
        "path": "/puerto/",
        "status": 200,
        "ms": 12,
    }.items() <= told.items()
    assert told["at"].endswith("Z")
    assert "\n" not in Json().format(fault())
