# SPDX-License-Identifier: EUPL-1.2
"""A node of the database that now follows another one is away, as far as whoever writes can tell.

A connection that was made before the roles changed lives on, and reads; what it writes is refused. Django
tells that as a fault of the program: here it becomes what it is, so that pages keep the typed text, jobs are
done again, and the next connection looks for the node that can write.
"""

from typing import Any

from django.db import InternalError, OperationalError

READ_ONLY = "25006"


def is_standby(error: BaseException | None) -> bool:
    """Return whether an error says that this node of the database follows another one."""
    while error is not None:
        if getattr(error, "sqlstate", None) == READ_ONLY:
            return True
        error = error.__cause__
    return False


def _execute(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    try:
        return execute(sql, params, many, context)
    except InternalError as error:
        if is_standby(error):
            raise OperationalError("this node of the database follows another one") from error
        raise


def notice_standby(connection: Any, **_: Any) -> None:
    """Tell of a node that only reads as of one that is away, on this connection from now on."""
    if _execute not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _execute)
