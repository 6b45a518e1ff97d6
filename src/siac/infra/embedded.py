# SPDX-License-Identifier: EUPL-1.2
"""The embedded PostgreSQL: start it, join the one that runs, stop it.

A folder holds one server: `data/` (the cluster), `server.json` (its socket folder), `server.log`
and two lock files. `start.lock` is held for the moment of starting or stopping; `users.lock` is
held shared by every process that works on the server, so the last one to leave can stop it, and
a killed one is forgotten by the operating system.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from siac.infra.file_locks import lock, locked, unlock
from siac.infra.postgres_files import Account, EmbeddedError, account, place, programs, run

__all__ = [
    "EmbeddedError",
    "as_application",
    "erase",
    "is_alive",
    "join_or_start",
    "leased",
    "status",
    "stop",
]

WINDOWS = sys.platform == "win32"
PATIENCE = 300  # seconds to wait for crash recovery
NOBODY = 4194303  # the highest process number Linux can give; beyond the range of others
OWNER, APPLICATION = "siac", "siac_app"
SOCKET_PATH_LIMIT = 100  # the system allows 103 to 107 bytes, of which `/.s.PGSQL.5432` takes 14
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
COMMON = {"max_connections": "100", "listen_addresses": "''", "port": "5432", "timezone": "'UTC'"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def join_or_start(folder: Path, *, fast: bool = False) -> str:
    """Return the DATABASE_URL of the server that keeps its data in `folder`, starting it if need be.

    `fast` gives up durability, for tests. The URL names the role `siac`, which owns the database
    `siac`, may create databases and is no superuser.

    Raises:
        EmbeddedError: no room, no permission, or the server does not start; one line.
    """
    who = account()
    real = _placed(folder, who)
    with locked(real / "start.lock"):
        return _running(real) or _started(real, who, fast=fast)


@contextlib.contextmanager
def leased(folder: Path) -> Iterator[str]:
    """Join or start the server for a while; whoever leaves last stops it.

    Raises:
        EmbeddedError: as `join_or_start`.
    """
    who = account()
    real = _placed(folder, who)
    with (real / "users.lock").open("a+") as lease:
        with locked(real / "start.lock"):
            lock(lease, shared=True)
            url = _running(real) or _started(real, who, fast=False)
            _ensure_role(real)  # a server that an earlier version started lacks one of them
        try:
            yield url
        finally:
            with locked(real / "start.lock"):
                unlock(lease)
                if lock(lease, shared=False, wait=False):
                    _stopped(real, who)


def as_application(url: str) -> str:
    """Return the address of the same database for the role of web and worker,
    which owns nothing (see `config.roles`).
    """
    return url.replace(f"postgresql://{OWNER}", f"postgresql://{APPLICATION}", 1)


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if one runs, and wait until it is gone."""
    if folder.exists():
        real = folder.resolve()
        with locked(real / "start.lock"):
            _stopped(real, account())


def status(folder: Path) -> str | None:
    """Return the URL of the server that runs on `folder`, or None when none answers."""
    return _running(folder.resolve()) if folder.exists() else None


def is_alive(folder: Path) -> bool:
    """Return whether the process of the server of `folder` exists; cheap, asks it nothing."""
    return folder.exists() and _postmaster(folder.resolve()) is not None


def erase(folder: Path) -> None:
    """Stop the server of `folder` and delete all its data."""
    stop(folder)
    real = folder.resolve()
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(real, ignore_errors=True)


def _placed(folder: Path, who: Account | None) -> Path:
    """Create the folder where it can lie; two first starts at once are one after the other."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"No se puede usar la carpeta {folder}: {error.strerror}.") from error
    with locked(folder.with_name(f"{folder.name}.lock")):
        return place(folder, who)


# --- starting and stopping, under the lock -------------------------------------------------------


def _running(real: Path) -> str | None:
    """Return the URL of a server that answers; waits for one that is still recovering."""
    deadline = time.monotonic() + PATIENCE
    while _postmaster(real) is not None and time.monotonic() < deadline:
        try:
            _ask(real, "SELECT 1")
            return _url(real)
        except (psycopg.OperationalError, OSError, ValueError):
            time.sleep(0.1)
    return None


def _started(real: Path, who: Account | None, *, fast: bool) -> str:
    binaries = programs(who)
    if not (real / "data" / "PG_VERSION").exists():
        _create(real, who, binaries)
    _note(real, who)
    _configure(real, who, fast=fast)
    _forget_the_dead(real)
    log = real / "server.log"
    deadline = time.monotonic() + 30
    while True:
        log.write_bytes(b"")
        _own(log, who)
        command: list[str | Path] = [binaries / "pg_ctl", "start", "-w", "-t", str(PATIENCE), "-s"]
        code, _ = run([*command, "-D", real / "data", "-l", log], who, real / "pg_ctl.log")
        if code == 0:
            break
        # Children of a killed server need a moment to notice and let go of its memory.
        if "shared memory" not in _tail(log) or time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL no arrancó: {_reason(log)} (detalle en {log})")
        time.sleep(0.3)
    _ensure_role(real)
    return _url(real)


def _forget_the_dead(real: Path) -> None:
    """Let a server start although its killed predecessor's number is taken (a reboot, a zombie).

    The file of the cluster stays, with a number nobody has: PostgreSQL finds in it the memory that
    orphans of the predecessor may still be using, and waits for them.
    """
    pid_file = real / "data" / "postmaster.pid"
    if pid_file.exists():
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(NOBODY), *lines[1:]]) + "\n")
    if not WINDOWS:
        for leftover in Path(_state(real)["socket"]).glob(".s.PGSQL.*"):
            leftover.unlink()


def _stopped(real: Path, who: Account | None) -> None:
    pid = _postmaster(real)
    if pid is not None:
        command: list[str | Path] = [programs(who) / "pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-s"]
        code, _ = run([*command, "-D", real / "data"], who, real / "pg_ctl.log")
        if code != 0 and _postmaster(real) is not None:
            raise EmbeddedError(f"PostgreSQL no se detuvo; su proceso es el {pid}.")
    with contextlib.suppress(OSError, ValueError, KeyError):
        shutil.rmtree(_state(real)["socket"], ignore_errors=True)


def _create(real: Path, who: Account | None, binaries: Path) -> None:
    """Make the cluster in a draft folder, so that a full disk never leaves half of one behind."""
    draft = real / "data-draft"
    shutil.rmtree(draft, ignore_errors=True)
    secret = real / "password"
    secret.write_text(secrets.token_hex(24))
    secret.chmod(0o600)
    _own(secret, who)
    auth = ["--auth=scram-sha-256", f"--pwfile={secret}"] if WINDOWS else ["--auth=trust"]
    code, said = run([binaries / "initdb", "-D", draft, "-U", "postgres", *auth, *LOCALE], who)
    if code != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise EmbeddedError(f"No se pudo crear la base de datos en {real}: {_last_line(said)}")
    with (draft / "postgresql.conf").open("a") as config:
        config.write("\ninclude_if_exists = 'siac.conf'\n")
    shutil.rmtree(real / "data", ignore_errors=True)
    draft.rename(real / "data")


def _configure(real: Path, who: Account | None, *, fast: bool) -> None:
    state = _state(real)
    values = dict(COMMON)
    if WINDOWS:
        values |= {"listen_addresses": "'127.0.0.1'", "port": str(state["port"])}
    else:
        values["unix_socket_directories"] = "'{}'".format(state["socket"].replace("'", "''"))
        values["unix_socket_permissions"] = "0700"
    if fast:
        values |= FAST
    target = real / "data" / "siac.conf"
    target.write_text("".join(f"{key} = {value}\n" for key, value in values.items()))
    _own(target, who)


def _ensure_role(real: Path) -> None:
    password = (real / "password").read_text().strip()
    for role, powers in ((OWNER, "LOGIN CREATEDB"), (APPLICATION, "LOGIN")):
        if not _ask(real, sql.SQL("SELECT 1 FROM pg_roles WHERE rolname = {}").format(sql.Literal(role))):
            words = sql.SQL("CREATE ROLE {} {} PASSWORD {}")
            _ask(real, words.format(sql.Identifier(role), sql.SQL(powers), sql.Literal(password)))
    if not _ask(real, "SELECT 1 FROM pg_database WHERE datname = 'siac'"):
        _ask(real, "CREATE DATABASE siac OWNER siac")


# --- what is known of a server -------------------------------------------------------------------


def _state(real: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((real / "server.json").read_text())
    return found


def _note(real: Path, who: Account | None) -> None:
    """Record where this start listens: a short private socket folder, or a free port on Windows."""
    state = {"port": _free_port()} if WINDOWS else {"socket": str(_socket_folder(real, who)), "port": 5432}
    (real / "server.json").write_text(json.dumps(state))


def _socket_folder(real: Path, who: Account | None) -> Path:
    """Return a folder only its owner can enter; its name is the same at every start."""
    root = Path(tempfile.gettempdir())
    if len(str(root)) > SOCKET_PATH_LIMIT - 40:
        root = Path("/tmp")  # noqa: S108 - the folder below is private
    folder = root / f"siac-{hashlib.sha256(str(real).encode()).hexdigest()[:16]}"
    owner = who.uid if who else os.getuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _own(folder, who)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != owner or stat.S_IMODE(seen.st_mode) != 0o700:
        folder = Path(tempfile.mkdtemp(prefix="siac-", dir=root))  # the name was taken by someone else
        _own(folder, who)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _url(real: Path) -> str:
    state = _state(real)
    if WINDOWS:
        return f"postgresql://siac:{(real / 'password').read_text().strip()}@127.0.0.1:{state['port']}/siac"
    return f"postgresql://siac@/siac?host={quote(state['socket'], safe='/')}"


def _ask(real: Path, query: Any) -> list[Any]:
    """Run one statement as the superuser of the cluster and return its rows."""
    state = _state(real)
    where = {"host": state.get("socket", "127.0.0.1"), "port": state["port"], "user": "postgres"}
    if WINDOWS:
        where["password"] = (real / "password").read_text().strip()
    with psycopg.connect(dbname="postgres", connect_timeout=5, autocommit=True, **where) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def _postmaster(real: Path) -> int | None:
    """Return the process id of the server of this very folder, None when it is gone.

    After a reboot, or in another container, the recorded number may be someone else's: the
    command line of the process decides.
    """
    try:
        pid = int((real / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if str(real / "data") in _command_line(pid) else None


def _command_line(pid: int) -> str:
    try:
        if WINDOWS:
            query = ["powershell", "-NoProfile", "-Command"]
            query.append(f"(Get-CimInstance Win32_Process -Filter 'ProcessId={pid}').CommandLine")
            return subprocess.run(query, capture_output=True, text=True, check=False).stdout.replace(
                "/", "\\"
            )
        if Path("/proc/self/cmdline").exists():
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        query = ["ps", "-ww", "-p", str(pid), "-o", "command="]
        return subprocess.run(query, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


# --- files -----------------------------------------------------------------------------


def _own(path: Path, who: Account | None) -> None:
    if who:
        os.chown(path, who.uid, who.gid)


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-4000:] if log.exists() else ""


def _reason(log: Path) -> str:
    """Return the line of the log that says why, without its time stamp."""
    return _last_line(_tail(log)).split("] ", 1)[-1]


def _last_line(text: str) -> str:
    """Return the first line of `text` that names an error or, without one, the last line."""
    lines = text.strip().splitlines()
    wrong = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    return (wrong or lines[-1:] or ["sin explicación"])[0].strip()
