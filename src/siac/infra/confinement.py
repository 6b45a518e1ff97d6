# SPDX-License-Identifier: EUPL-1.2
"""The process in which `siac.infra.confined` reads what comes from outside. Imports no Django.

Items come on standard input and go out on standard output; whatever a parser prints goes nowhere. It ends
when its parent does, as its input ends then, and after a minute without work.
"""

import json
import os
import sys
import threading
from importlib import import_module
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

from siac.infra.confined import received_parts, send_parts

_IDLE_SECONDS = 60.0


def main() -> int:
    """Read items until the input ends; an error in one is told and the next is read."""
    _limit_memory(int(sys.argv[1]) * 1024 * 1024)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    while True:
        idle = threading.Timer(_IDLE_SECONDS, os._exit, [0])
        idle.daemon = True
        idle.start()
        parts = received_parts(orders)
        idle.cancel()
        if not parts:
            return 0
        send_parts(answers, _answered(parts[0], parts[1]))


def _answered(order: bytes, payload: bytes) -> list[bytes]:
    try:
        wanted = json.loads(order)
        value, found = _run(wanted["function"], payload, wanted["options"])
        return [json.dumps({"value": value}).encode(), *found]
    except MemoryError:
        return [b'{"error": "memory"}']
    except Exception as error:
        return [json.dumps({"error": type(error).__name__}).encode()]


def _run(function: str, payload: bytes, options: dict[str, Any]) -> tuple[Any, list[bytes]]:
    if not function:
        return None, []
    module, _, name = function.partition(":")
    made: tuple[Any, list[bytes]] = getattr(import_module(module), name)(payload, options)
    return made


def _limit_memory(size: int) -> None:
    """Hold this process to `size` bytes of address space and no core file, where the system has limits."""
    if resource is None:
        return
    for what, limit in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # macOS refuses some
            continue


if __name__ == "__main__":
    sys.exit(main())
