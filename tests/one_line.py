# SPDX-License-Identifier: EUPL-1.2
"""What a page says does not depend on where its template breaks lines: tests read as browsers do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.test.client import ClientHandler

_BLOCKS = (
    "dt|dd|dl|li|ul|ol|tr|td|th|thead|tbody|table|div|p|section|option|form|details|summary|h1|h2|h3|h4"
    "|header|footer|nav|main|article|fieldset|legend|aside|label|caption"
)
_BREAK = r"\n {2,}"
_BLOCK = f"</?(?:{_BLOCKS})\\b"
_BESIDE_BLOCKS = re.compile(f"({_BLOCK}[^>]*>){_BREAK}|{_BREAK}(?={_BLOCK})".encode())
_ELSEWHERE = re.compile(_BREAK.encode())


def on_one_line(page: bytes) -> bytes:
    """Return a page without the line breaks of its template: none beside blocks, a blank anywhere else."""
    return _ELSEWHERE.sub(b" ", _BESIDE_BLOCKS.sub(lambda found: found[1] or b"", page))


@contextmanager
def pages_on_one_line() -> Iterator[None]:
    """Give the test client every page as `on_one_line` leaves it."""
    known = ClientHandler.__call__

    def answered(self: ClientHandler, environ: dict[str, Any]) -> Any:
        response = known(self, environ)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = on_one_line(response.content)
        return response

    with mock.patch.object(ClientHandler, "__call__", answered):
        yield
