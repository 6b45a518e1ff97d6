# SPDX-License-Identifier: EUPL-1.2
"""What is written to the log: one line or one JSON object per event, never what
people typed, never a secret of an address.

The message of an exception often quotes what it failed on (a value the database refused, say), so only its
class is written, with the lines of code it came through.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from siac.infra.watching.instruments import counted_request
from siac.infra.watching.request_ids import HEADER, current_id, id_of, named

access = logging.getLogger("siac.access")
_PLAIN = re.compile(r"<(?:int|slug):(\w+)>")
_KEYS = frozenset({"token", "key", "secret"})
"""What is named so opens what it names, whatever it is made of."""
_HIDDEN = "…"


def told_exception(error: BaseException | None) -> str:
    """Return where an exception came through and of which class it is, its causes first; not what it says."""
    if error is None:
        return ""
    former = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    state = getattr(error, "sqlstate", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}{f' ({state})' if state else ''}"
    lines = [
        told_exception(former),
        "Traceback:",
        *(line.rstrip() for line in traceback.format_tb(error.__traceback__)),
        name,
    ]
    return "\n".join(line for line in lines if line)


class Line(logging.Formatter):
    """Moment in UTC, level, name of the request or job (`-` outside of both), logger, message; a traceback
    follows on lines of its own.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of one event."""
        name = current_id() or "-"
        head = f"{_moment(record)} {record.levelname} {name} {record.name} {record.getMessage()}"
        fault = _fault(record)
        return f"{head}\n{fault}" if fault else head


class Json(logging.Formatter):
    """The same as one JSON object a line, for collectors of logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object of one event."""
        values: dict[str, Any] = {"at": _moment(record), "level": record.levelname, "logger": record.name}
        if current_id():
            values["request"] = current_id()
        values |= getattr(record, "fields", None) or {"message": record.getMessage()}
        fault = _fault(record)
        return json.dumps(values | ({"exception": fault} if fault else {}), ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return (
        datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _fault(record: logging.LogRecord) -> str:
    """Return where a fault came through; of what a visitor asked wrongly
    (another `Host`) the message says all.
    """
    if not isinstance(record.exc_info, tuple) or record.name.startswith("django.security."):
        return ""
    return told_exception(record.exc_info[1])


def told_path(request: HttpRequest) -> str:
    """Return the address of a request without its query and without the parts
    that are keys: they open what they name.

    Numbers and short names of the product (`<int:…>`, `<slug:…>`) stay, unless they are called `token`, `key`
    or `secret`; of an address that leads nowhere only the first part.
    """
    match = request.resolver_match
    if match is None:
        said = "".join(sign if sign.isprintable() else "?" for sign in request.path)
        first, _, rest = said.lstrip("/").partition("/")
        return f"/{first[:40]}/{_HIDDEN}" if rest else f"/{first[:40]}"
    plain = set(_PLAIN.findall(match.route)) - _KEYS
    path = request.path
    for name, value in match.kwargs.items():
        if name not in plain and value:
            path = path.replace(str(value), _HIDDEN)
    return path if not match.args else f"/{match.route}"


class AccessLog:
    """One line per request: method, address, status, milliseconds; and a name for it, that everything logged
    meanwhile carries and its answer tells in `X-Request-ID`.

    Whose it was is not written; the proxy knows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and tell of it."""
        with named(id_of(request.headers.get(HEADER, ""))) as name:
            started = time.perf_counter()
            response = self.get_response(request)
            spent = time.perf_counter() - started
            response[HEADER] = name
            page = request.resolver_match.view_name if request.resolver_match else ""
            counted_request(page, request.method or "", response.status_code, spent)
            if access.isEnabledFor(logging.INFO):
                fields = {
                    "method": request.method,
                    "path": told_path(request),
                    "status": response.status_code,
                    "ms": round(spent * 1000),
                }
                access.info("%(method)s %(path)s %(status)s %(ms)s ms", fields, extra={"fields": fields})
            return response
