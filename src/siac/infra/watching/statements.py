# SPDX-License-Identifier: EUPL-1.2
"""What the house asks of the database: counted, and logged where it took long.

The text is logged as the code wrote it, with its places for values and never with the values: these are
people's.
"""

import logging
import re
import time
from typing import Any

from siac.infra.environment import whole
from siac.infra.watching.instruments import counted_statement

log = logging.getLogger("siac.statements")
LONGEST_TEXT = 2000
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r"'(?:[^']|'')*'")


def _timed(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        tell_statement(sql, time.perf_counter() - begun)


def tell_statement(sql: Any, seconds: float) -> None:
    """Count a statement that took `seconds`; log one above `SIAC_SLOW_STATEMENT_MS` (0: none)."""
    least = whole("SIAC_SLOW_STATEMENT_MS", "1000")
    is_slow = bool(least) and seconds * 1000 >= least
    counted_statement(seconds, is_slow=is_slow)
    if is_slow:
        fields = {"ms": round(seconds * 1000), "sql": told_statement(str(sql))}
        log.warning("%(ms)s ms: %(sql)s", fields, extra={"fields": fields})


def told_statement(sql: str) -> str:
    """Return a statement on one line, no longer than `LONGEST_TEXT`; what is quoted in it is left out."""
    told = _QUOTED.sub("'…'", _SPACE.sub(" ", sql).strip())
    return told if len(told) <= LONGEST_TEXT else f"{told[:LONGEST_TEXT]}…"


def time_statements(connection: Any, **_: Any) -> None:
    """Time what is asked by this connection from now on."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)
