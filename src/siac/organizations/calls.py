# SPDX-License-Identifier: EUPL-1.2
"""What every call of a program has in common: its body, how errors and pages look, what it has seen."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from ninja import Header, Query, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.infra.ratelimit import Verdict
from siac.kernel.errors import Refused
from siac.organizations.access import Access
from siac.organizations.programs import program_access

R = TypeVar("R")
MOST = 200
"""Rows of a page that no caller can pass."""
USUAL = 50


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str = Field(description="Siempre about:blank (RFC 9457)", examples=["about:blank"])
    title: str = Field(description="Qué pasó, en una frase", examples=["Los datos no son válidos"])
    status: int = Field(description="Código HTTP", examples=[422])
    detail: str = Field(description="Qué hacer, en palabras", examples=["El tipo de solicitud no existe."])
    code: str = Field(description="Código estable, para programas", examples=["kind_unknown"])
    errors: list[dict[str, str]] = Field(
        [],
        description="Un error por campo: dónde y por qué",
        examples=[[{"field": "person.email", "message": "No es un correo."}]],
    )


READING: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 413, 422, 429), Problem)
"""What may answer a reading that fails."""
WRITING: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 409, 412, 413, 415, 422, 429), Problem)
"""What may answer a change that fails."""
Slug = Annotated[
    str | None,
    Query(
        pattern="^[a-z][a-z0-9-]{1,39}$", description="Organismo de la clave; puede omitirse", example="norte"
    ),
]
Cursor = Annotated[
    str,
    Query(
        max_length=600,
        description="`next` de la página anterior; vacío: la primera",
        example="eyJrIjogWyIyMDI2Il19",
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Cuántos por página", example=50)]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", max_length=200,
        description="De 8 a 200 caracteres; repetida, no hace nada por segunda vez",
        example="3f1c9e52-folio-8123",
    ),
]  # fmt: skip
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="El `ETag` de lo que se leyó: si ya cambió, responde 412",
        example='"3.9a11fa0d32a3be2241e4e37de77f15aa"',
    ),
]


def caller(request: HttpRequest, institution: str | None, scope: Scope, *, now: datetime) -> Access:
    """Return what the program that calls may do in its body (3 SQL: its calls are counted, as it is told).

    Raises:
        Throttled, PermissionDenied: as `program_access`.
    """
    return program_access(request.auth, institution, scope, now=now)  # type: ignore[attr-defined]


def calls_left(request: HttpRequest) -> Verdict | None:
    """Return what the limit said of this call; None where it was not counted. No SQL."""
    return getattr(getattr(request, "auth", None), "verdict", None)


def expected_version(if_match: str | None) -> int | None:
    """Return the version that a caller saw, by its `If-Match`; None where it does not ask (`*`, or nothing).

    Raises:
        Refused: it is no mark of a record with versions (if_match_failed): nothing can match it.
    """
    said = (if_match or "").strip()
    if said in ("", "*"):
        return None
    number = said.removeprefix("W/").strip('"').partition(".")[0]
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise Refused("if_match_failed")
    return int(number)


def check_version(version: int, if_match: str | None) -> None:
    """Refuse a change of what is no longer as its caller saw it.

    Raises:
        Refused: it is another version by now, or `If-Match` is of something else (if_match_failed).
    """
    expected = expected_version(if_match)
    if expected is not None and expected != version:
        raise Refused("if_match_failed")


def seen_as(request: HttpRequest, version: int) -> None:
    """Let the `ETag` of the answer begin with the version of the record it tells."""
    request.api_version = version  # type: ignore[attr-defined]


def part(rows: Sequence[R], key: Callable[[R], str], *, cursor: str, limit: int) -> dict[str, Any]:
    """Return one page of rows at hand as `items` and `next`, by their `key`, which is unique. No SQL.

    Raises:
        Refused: the cursor was not made by such a list (cursor_invalid).
    """
    after = _read_cursor(cursor)
    ordered = sorted((row for row in rows if after is None or key(row) > after), key=key)
    shown = ordered[:limit]
    return {"items": shown, "next": _cursor(key(shown[-1])) if len(ordered) > limit else None}


def _cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> str | None:
    if not cursor:
        return None
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error):
        raise Refused("cursor_invalid") from None
