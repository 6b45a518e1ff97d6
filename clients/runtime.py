# SPDX-License-Identifier: EUPL-1.2
"""Client of the SIAC API, in plain Python 3.11, with types. Generated: `make client`, not by hand.

client = Client("https://siac.example", "siac_…")
for case in each(client.list_cases, state="received"):
    ...
"""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NotRequired, TypedDict  # noqa: F401 - those of the models below
from urllib.parse import quote, urlencode, urlsplit


class ApiError(Exception):
    """The API refused: `status` of HTTP, and the `problem` it told (RFC 9457), whose `code` is stable."""

    def __init__(self, status: int, problem: Mapping[str, Any], retry_after: int | None = None) -> None:
        super().__init__(f"{status} {problem.get('code', '')}: {problem.get('detail', '')}")
        self.status, self.problem, self.retry_after = status, dict(problem), retry_after

    @property
    def code(self) -> str:
        """What was wrong, for programs."""
        return str(self.problem.get("code", ""))


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the key goes to the installation and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """Let a redirection be the error that its status tells."""


_OPENER = urllib.request.build_opener(_Stays)


class Caller:
    """Calls an installation with a key; `etag` is the mark of what was read last, for `if_match`.

    Raises:
        ValueError: `base` is not encrypted, and not this very machine: anybody on the way could read the key.
    """

    def __init__(self, base: str, key: str, *, seconds: float = 30.0) -> None:
        parts = urlsplit(base)
        is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or not (parts.scheme == "https" or is_here):
            raise ValueError(f"{base} does not begin with https://")
        self.base, self.key, self.seconds, self.etag = base.rstrip("/") + "/api/v1", key, seconds, ""

    def _bytes(
        self,
        verb: str,
        path: str,
        *,
        query: Mapping[str, Any],
        headers: Mapping[str, Any],
        data: Any = None,
        fields: Mapping[str, str] | None = None,
        files: list[tuple[str, bytes]] | None = None,
    ) -> bytes:
        asked = urlencode({name: _text(value) for name, value in query.items() if value is not None})
        sent = {name: str(value) for name, value in headers.items() if value is not None}
        content, kind = _content(data, fields, files)
        if kind:
            sent["Content-Type"] = kind
        request = urllib.request.Request(
            f"{self.base}{path}{'?' if asked else ''}{asked}",
            data=content,
            headers={**sent, "Authorization": f"Bearer {self.key}", "Accept": "application/json"},
            method=verb,
        )
        try:
            with _OPENER.open(request, timeout=self.seconds) as response:
                self.etag = response.headers.get("ETag", "")
                answer: bytes = response.read()
                return answer
        except urllib.error.HTTPError as error:
            with error:
                wait = error.headers.get("Retry-After")
                raise ApiError(error.code, _problem(error.read()), _seconds(wait)) from None

    def _json(self, verb: str, path: str, **sent: Any) -> Any:
        return json.loads(self._bytes(verb, path, **sent))


def each(listing: Callable[..., Any], *arguments: Any, **filters: Any) -> Iterator[Any]:
    """Yield the rows of all pages of a list."""
    cursor: str | None = ""
    while cursor is not None:
        page = listing(*arguments, cursor=cursor, **filters)
        yield from page["items"]
        cursor = page["next"]


def _quoted(value: Any) -> str:
    return quote(str(value), safe="")


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _seconds(said: str | None) -> int | None:
    """Return the seconds of `Retry-After`; None where none came, or a date, or nothing of this world."""
    return int(said) if said and len(said) <= 9 and said.isascii() and said.isdigit() else None


def _problem(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _content(
    data: Any, fields: Mapping[str, str] | None, files: list[tuple[str, bytes]] | None
) -> tuple[bytes | None, str]:
    if fields is None:
        return (None, "") if data is None else (json.dumps(data).encode(), "application/json")
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, content in files or ():
        safe = name.replace('"', "").replace("\r", "").replace("\n", "")
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{safe}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
