# SPDX-License-Identifier: EUPL-1.2
"""pg_dump, pg_restore and psql: of this machine where they fit, else those that
come with the embedded server.
"""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from siac.infra.environment import text
from siac.infra.postgres_files import EmbeddedError, programs

_VERSION = re.compile(r"(\d+)[.\w]*\s*(?:\(|$)")
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
_END = ".exe" if os.name == "nt" else ""


class ToolError(Exception):
    """A program of PostgreSQL is missing or failed; the message is one line for the operator."""


@dataclass(frozen=True, order=True)
class Tools:
    """The programs of one folder; `major` is their version (18)."""

    major: int
    folder: Path

    def program(self, name: str) -> str:
        """Return the path of `pg_dump`, `pg_restore` or `psql`."""
        return str(self.folder / f"{name}{_END}")


def found_tools() -> list[Tools]:
    """Return what this machine has, oldest version first; `SIAC_POSTGRES_TOOLS`
    names a folder to use before all others.

    Raises:
        ToolError: that folder holds no such programs.
    """
    named = text("SIAC_POSTGRES_TOOLS", "")
    if named:
        tools = _tools(Path(named))
        if tools is None:
            raise ToolError(f"SIAC_POSTGRES_TOOLS: en {named} no están pg_dump, pg_restore y psql.")
        return [tools]
    return sorted({tools for folder in _folders() if (tools := _tools(folder))})


def _folders() -> Iterator[Path]:
    for pattern in _PLACES:
        yield from Path("/").glob(pattern.lstrip("/"))
    known = shutil.which("pg_dump")
    if known and Path(known).resolve().name.startswith(
        "pg_dump"
    ):  # Debian's is a wrapper that chooses a version by itself
        yield Path(known).resolve().parent
    with contextlib.suppress(EmbeddedError):
        yield programs(None)


def _tools(folder: Path) -> Tools | None:
    if not all((folder / f"{name}{_END}").exists() for name in ("pg_dump", "pg_restore", "psql")):
        return None
    said = subprocess.run(
        [str(folder / f"pg_dump{_END}"), "--version"], capture_output=True, text=True, check=False
    )
    version = _VERSION.search(said.stdout.strip())
    return Tools(int(version[1]), folder) if version and said.returncode == 0 else None


def tools_to_dump(server: int) -> Tools:
    """Return the oldest programs that can read a server of version `server` (18).

    Raises:
        ToolError: those at hand are older than the server.
    """
    fitting = [tools for tools in found_tools() if tools.major >= server]
    if not fitting:
        raise ToolError(
            f"Para un PostgreSQL {server} hace falta pg_dump "
            f"{server} o más nuevo: instale postgresql-client-{server}"
            " o indique su carpeta en SIAC_POSTGRES_TOOLS."
        )
    return fitting[0]


def tools_to_restore(dumped_with: int) -> Tools:
    """Return the newest programs, which must be able to read what pg_dump of version `dumped_with` wrote.

    Raises:
        ToolError: those at hand are older.
    """
    known = found_tools()
    if not known or known[-1].major < dumped_with:
        raise ToolError(
            f"El respaldo se hizo con pg_dump {dumped_with}: hace falta pg_restore {dumped_with} o más nuevo."
        )
    return known[-1]


def environment_of(database: Mapping[str, Any]) -> dict[str, str]:
    """Return the environment with which PostgreSQL's programs reach `database` (Django's
    settings); no secret in the command line.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    given = {
        "PGDATABASE": database["NAME"], "PGUSER": database["USER"], "PGPASSWORD": database["PASSWORD"],
        "PGHOST": database["HOST"], "PGPORT": database["PORT"],
    }  # fmt: skip
    options = {
        f"PG{name.replace('_', '').upper()}": str(value)
        for name, value in database["OPTIONS"].items()
        if name.startswith("ssl") or name in {"connect_timeout", "channel_binding", "target_session_attrs"}
    }
    options = {
        name.replace("PGCONNECTTIMEOUT", "PGCONNECT_TIMEOUT"): value for name, value in options.items()
    }
    return kept | {name: str(value) for name, value in given.items() if value} | options


def dump(tools: Tools, database: Mapping[str, Any], target: Path, *, snapshot: str) -> None:
    """Write what the database holds, as `snapshot` sees it, to `target` in PostgreSQL's own compressed form.

    Raises:
        ToolError: pg_dump says no.
    """
    command = [
        tools.program("pg_dump"),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--schema=public",
    ]
    done = subprocess.run(
        [*command, f"--snapshot={snapshot}", f"--file={target}"],
        env=environment_of(database), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ToolError(f"pg_dump no pudo: {last_line(done.stderr)}")


def load(tools: Tools, database: Mapping[str, Any], source: Path) -> None:
    """Bring what `dump` wrote into an empty database: all of it, or nothing.

    Raises:
        ToolError: the archive is damaged, or the server says no.
    """
    read = [tools.program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
    write = [tools.program("psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader,
        subprocess.Popen(
            write,
            env=environment_of(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as writer,
    ):
        assert reader.stdout
        assert reader.stderr
        assert writer.stdin
        assert writer.stderr
        with contextlib.suppress(BrokenPipeError):
            _pour(reader.stdout, writer.stdin)
        if reader.wait():
            writer.kill()  # before it sees the end of its input and commits half of it
            raise ToolError(f"pg_restore no pudo: {last_line(reader.stderr.read().decode(errors='replace'))}")
        with contextlib.suppress(BrokenPipeError):
            writer.stdin.close()
        said = writer.stderr.read().decode(errors="replace")
        if writer.wait():
            raise ToolError(f"psql no pudo: {last_line(said)}")


def _pour(source: Any, target: Any) -> None:
    """Copy the script; what newer programs set at its head and older servers do not know is left out."""
    for line in source:
        if not line.startswith((b"SET transaction_timeout", b"CREATE SCHEMA public;")):
            target.write(line)
        if line.startswith((b"CREATE TABLE", b"CREATE FUNCTION", b"CREATE TYPE")):
            break
    shutil.copyfileobj(source, target, 1024 * 1024)
    target.flush()


def last_line(text: str) -> str:
    """Return the line of what a program said that names the error."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    wrong = [line for line in lines if "error" in line.lower() or "FATAL" in line]
    return (wrong or lines[-1:] or ["sin explicación"])[0][:400]
