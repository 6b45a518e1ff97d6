# SPDX-License-Identifier: EUPL-1.2
"""`siac serve`: the web, on granian."""

import argparse

from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from siac.infra.environment import Misconfigured, text, whole
from siac.infra.supervisor import ensure_free
from siac.infra.watching.instruments import count_as


def address() -> tuple[str, int]:
    """Return HOST and PORT of the environment, else 127.0.0.1 and 8000.

    Raises:
        Misconfigured: PORT is no port number.
    """
    port = text("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Misconfigured(f"PORT debe ser un número de puerto, no «{port}».")
    return text("HOST", "127.0.0.1"), int(port)


def run(arguments: list[str]) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    argparse.ArgumentParser(
        prog="siac serve", description="Atiende la web (HOST, PORT, WEB_WORKERS)."
    ).parse_args(arguments)
    host, port = address()
    ensure_free(host, port)
    count_as("web")
    call_command("first_run")
    connection.close()  # the processes that serve open their own
    Granian(
        "siac.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=max(1, whole("WEB_WORKERS", "2")),
        blocking_threads=1,  # two of one process wait for each other's turn at Python; processes do not
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0
