# SPDX-License-Identifier: EUPL-1.2
"""Keep a few child processes running, and take them all down with the parent."""

import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from siac.infra.environment import Misconfigured

GRACE = 12  # seconds from SIGTERM to SIGKILL
PR_SET_PDEATHSIG = 1


def ensure_free(host: str, port: int) -> None:
    """Make sure we can listen on `host` and `port`.

    Raises:
        Misconfigured: something else does, or the address is none of this machine's; the line names what to
            change.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            foreign = error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror)
            change = (
                "HOST debe ser una dirección de esta máquina."
                if foreign
                else f"Elija otro puerto: PORT={port + 1}"
            )
            raise Misconfigured(
                f"No se puede atender en {host}:{port} ({error.strerror}). {change}"
            ) from error


def _die_with_parent() -> None:
    """In the child: ask the kernel for SIGTERM when the parent ends, however it ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A program to keep running: `name` in messages, `command` as for subprocess."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a group of its own: Ctrl-C reaches only the parent, which then asks nicely."""
        self.started.append(time.monotonic())
        # The kernel's own switch needs code between fork and exec; nothing else runs there.
        hook = _die_with_parent if sys.platform == "linux" else None
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=hook)

    def died(self) -> int | None:
        """Return its exit code once it ended."""
        return self.process.poll() if self.process else None

    def too_often(self) -> bool:
        """Return whether it was started five times within a minute: then restarting is no cure."""
        return len(self.started) >= 5 and self.started[-1] - self.started[-5] < 60

    def signal(self, number: int) -> None:
        """Send a signal to its whole group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.name == "nt":
                    self.process.terminate()
                else:
                    os.killpg(self.process.pid, number)


def stop_all(children: list[Child]) -> None:
    """Ask every child to end, and end by force what does not within the time of grace."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
    for child in children:
        child.signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        if child.process:
            child.process.wait()


def watch(
    children: list[Child],
    say: Callable[[str], None],
    heal: Callable[[], None] = lambda: None,
    *,
    until: Callable[[], bool],
    pause: float = 0.5,
) -> None:
    """Restart whoever dies, saying so, until `until()` or an interruption; call `heal` at every look.

    Raises:
        Misconfigured: a child dies again and again.
    """
    while not until():
        time.sleep(pause)
        heal()
        for child in children:
            code = child.died()
            if code is None:
                continue
            if child.too_often():
                raise Misconfigured(f"{child.name} termina una y otra vez (código {code}).")
            say(f"{child.name} terminó (código {code}); se arranca de nuevo.")
            child.signal(signal.SIGTERM)  # whatever is left of its group
            child.start()
