# SPDX-License-Identifier: EUPL-1.2
"""A cluster whose database is migrated and seeded, made once for each state of the code.

It is copied wherever a process of the tests, or an installation that a test makes, begins a server of its
own: migrating from nothing takes longer than most tests do.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from siac.infra import embedded
from siac.infra.embedded import erase, join_or_start, stop
from siac.infra.file_locks import locked
from siac.infra.postgres_files import account, place

ROOT = Path(__file__).resolve().parents[1]
MADE_OF = (
    "src/siac/*/migrations/*.py",
    "src/siac/*/*/migrations/*.py",
    "src/siac/clocks/**/*",
    "src/siac/infra/migrating.py",
    "requirements/*",
)
"""What decides how the database begins; a change of any of it makes a new cluster."""
MAKE = """
import django; django.setup()
from django.core.management import call_command
from siac.infra.migrating import lean_migrations
from tests.flushing import seed
with lean_migrations():
    call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
seed()
"""


OTHER_PROGRAMS = os.environ.get("SIAC_TEST_PROGRAMS", "")
"""The folder of another PostgreSQL's programs, with which the servers of this process are to run."""
FOLDER = ROOT / "var" / ("test-template-others" if OTHER_PROGRAMS else "test-template")


def use_other_programs() -> None:
    """Let the servers that this process starts be those of `SIAC_TEST_PROGRAMS`, where it names some."""
    if OTHER_PROGRAMS:
        embedded.programs = lambda who: Path(OTHER_PROGRAMS)
        embedded.LOCALE = ["--encoding=UTF8", "--locale=C.UTF-8"]  # PostgreSQL has its own since 17


def fingerprint() -> str:
    """Return what names the state of all that the database is made of."""
    found = hashlib.sha256(sys.version.encode() + OTHER_PROGRAMS.encode())
    for pattern in MADE_OF:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _made() -> Path:
    """Return the folder of the cluster, made now if need be; nothing works on it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / fingerprint()
    with locked(FOLDER / "lock"):
        if not (target / "made").exists():
            for former in FOLDER.iterdir():
                if former.is_dir():
                    erase(former / "postgres")
                    shutil.rmtree(former, ignore_errors=True)
            (target / "home").mkdir(parents=True)
            made = {
                "SIAC_TEST": "1",
                "SIAC_HOME": str(target / "home"),
                "DJANGO_SETTINGS_MODULE": "siac.config.settings",
                "DATABASE_URL": join_or_start(target / "postgres", fast=True),
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            }
            subprocess.run([sys.executable, "-c", MAKE], env=os.environ | made, check=True)
            stop(target / "postgres")
            (target / "made").touch()
    return target / "postgres"


def begin(folder: Path) -> None:
    """Let the server that keeps its data in `folder` begin with the prepared database.

    Nothing happens where it began with one of this state; one of another state is erased.
    """
    note = folder.with_name(f"{folder.name}.prepared")
    state = fingerprint()
    if note.exists() and note.read_text() == state and folder.exists():
        return
    if folder.exists():
        erase(folder)
    source = _made().resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    who = account()
    real = place(folder, who)
    shutil.copytree(source / "data", real / "data", symlinks=True, dirs_exist_ok=True)
    shutil.copy2(source / "password", real / "password")
    for path in (real, *real.rglob("*")) if who else ():
        os.chown(path, who.uid, who.gid, follow_symlinks=False)
    note.write_text(state)
