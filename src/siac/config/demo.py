# SPDX-License-Identifier: EUPL-1.2
"""`siac demo`: everything at once, on one machine, to be stopped with Ctrl-C."""

import argparse
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Any

import django
from django.core.management import call_command, get_commands
from django.db import connection, connections

from siac.config.serve import address
from siac.infra.embedded import as_application, erase, is_alive, join_or_start, leased
from siac.infra.environment import Misconfigured, home, text
from siac.infra.roots_file import set_roots_aside
from siac.infra.supervisor import Child, ensure_free, stop_all, watch

PATIENCE = 60  # seconds until the web must answer


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(arguments: list[str]) -> int:
    """Prepare, load the demo bodies, run web and jobs, and stop all of it at the end."""
    parser = argparse.ArgumentParser(prog="siac demo", description="Arranca la demostración en esta máquina.")
    parser.add_argument(
        "--reset", action="store_true", help="borra los datos de la demostración y empieza de cero"
    )
    options = parser.parse_args(arguments)
    host, port = address()
    ensure_free(host, port)
    os.environ["SIAC_DEMO"] = "1"
    os.environ.setdefault("SIAC_MAIL", "outbox")
    os.environ.setdefault("SIAC_ACCESS_LOG", "0")
    os.environ.setdefault("SIAC_SLOW_STATEMENT_MS", "0")  # accounts are read there
    asked = _end_politely()
    external = os.environ.get("DATABASE_URL")
    if options.reset:
        _reset(external)
    if external:
        return _with_database(host, port, asked, external=True)
    with leased(home() / "postgres") as url:
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = as_application(url), url
        return _with_database(host, port, asked, external=False)


def _end_politely() -> threading.Event:
    """Let the signals that end a program interrupt this one; return where it is noted that one came.

    The note is for those whose exception nobody sees: Python drops what is raised while it tidies up.
    """
    asked = threading.Event()

    def end(number: int, frame: Any) -> None:
        asked.set()
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    signal.signal(signal.SIGINT, end)  # a shell that starts us in the background ignores it
    return asked


def _reset(external: str | None) -> None:
    if external:
        raise Misconfigured("RESET solo borra la base de datos incluida; vacíe usted la de DATABASE_URL.")
    erase(home() / "postgres")
    set_roots_aside()


def _heal_database() -> None:
    """Start the embedded server again if it was killed; its address stays the same."""
    folder = home() / "postgres"
    if not is_alive(folder):
        say("La base de datos terminó; se arranca de nuevo.")
        join_or_start(folder)


def _with_database(host: str, port: int, asked: threading.Event, *, external: bool) -> int:
    children: list[Child] = []
    shown = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}/"  # noqa: S104
    os.environ.setdefault("SIAC_URL", shown)  # the links in the post it shows lead to this very demonstration
    try:
        _prepare()
        os.environ.pop("DATABASE_OWNER_URL", None)  # web and worker have no use for it
        command = [sys.executable, "-c", "from siac.config.cli import main; main()"]
        children += [Child("La web", [*command, "serve"]), Child("El trabajador", [*command, "worker"])]
        for child in children:
            child.start()
        _await_answer(shown, children[0])
        _announce(shown)
        watch(children, say, (lambda: None) if external else _heal_database, until=asked.is_set)
    except KeyboardInterrupt:
        pass
    finally:
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        say("\nDeteniendo…")
        connections.close_all()
        stop_all(children)
    say("Detenido. Los datos siguen guardados.")
    return 0


def _prepare() -> None:
    django.setup()
    say("Preparando la base de datos…")
    call_command("setup_installation", verbosity=0)
    if "load_demo" in get_commands() and _lacks_bodies():
        say("Cargando los organismos de demostración (una sola vez)…")
        wanted = text("SIAC_DEMO_CASES", "")
        call_command("load_demo", cases=int(wanted) if wanted else None)
    connection.close()


def _lacks_bodies() -> bool:
    """Whether an invented body is missing, and nobody set up one of their own instead."""
    from siac.config.demonstration.load import missing
    from siac.organizations.public import has_real_bodies

    return bool(missing()) and not has_real_bodies()


def _await_answer(url: str, web: Child) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if web.died() is not None:
            raise Misconfigured(f"La web no arrancó (código {web.died()}).")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise Misconfigured(f"La web no respondió en {PATIENCE} segundos.")


def _announce(url: str) -> None:
    say(f"\nSIAC responde en {url}")
    if "demo_accounts" in get_commands():
        call_command("demo_accounts")
        connection.close()
    say("Ctrl-C lo detiene todo.\n")
