# SPDX-License-Identifier: EUPL-1.2
"""The one command-line entry, `siac`."""

import contextlib
import importlib
import os
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from siac.config.allocator import begin_again_with_settings, loading
from siac.config.commands import Entry, overview, resolve
from siac.config.keys import KeysLost, forget_keys, load_keys
from siac.infra.embedded import EmbeddedError, as_application, leased
from siac.infra.environment import Misconfigured, home
from siac.infra.retrying import StoreAway
from siac.infra.unreached import why_unreached

KNOWN = (Misconfigured, EmbeddedError, ImproperlyConfigured)
TRY_AGAIN = 75
"""The exit code where no database answers (`EX_TEMPFAIL` of sysexits.h): the same order may do later."""
_NO_USE = ("authentication", "no password", "pg_hba.conf", "does not exist", "permission denied")
"""What a server says that will say the same the next time."""


def main() -> None:
    """Run `siac COMMAND`; without DATABASE_URL, on the embedded PostgreSQL of `SIAC_HOME`.

    What the operator can mend is one line on stderr and exit code 1, never a traceback; what passes by itself
    (no database answers, or none leads) is one line and `TRY_AGAIN`.
    """
    try:
        sys.exit(run(sys.argv[1:]))
    except CommandError as error:
        fail(str(error), error.returncode)
    except KNOWN as error:
        fail(str(error))
    except StoreAway as error:
        fail(f"El almacén de archivos no responde: {error.strerror}")
    except (DatabaseError, psycopg.Error) as error:
        code = TRY_AGAIN if passes_by_itself(error) else 1
        told = why_unreached(error) or str(error).strip().partition("\n")[0]
        fail(f"La base de datos no responde o rechazó la orden: {told}{_as_whom(error)}", code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)


def _late(name: str) -> Any:
    """Return a module of the wiring that may only be loaded once the
    environment is complete: it reads settings.
    """
    return importlib.import_module(f"siac.config.{name}")


def passes_by_itself(error: BaseException) -> bool:
    """Return whether an error says that no database answers, or that the line to it broke; not that one
    answered and refused.
    """
    told = str(error)
    if not isinstance(error, (OperationalError, psycopg.OperationalError)) or any(w in told for w in _NO_USE):
        return False
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    return not state or state.startswith(("08", "57P"))


def _as_whom(error: BaseException) -> str:
    """Return what is missing where the role of rows was denied what only the owner of the tables may do."""
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if not isinstance(cause, psycopg.errors.InsufficientPrivilege) or os.environ.get("DATABASE_OWNER_URL"):
        return ""
    return ". Si las tablas son de otro rol, falta DATABASE_OWNER_URL (/etc/siac/owner.env)"


def fail(message: str, code: int = 1) -> NoReturn:
    """Print one line, after all that was said before, and leave with that exit code."""
    with contextlib.suppress(OSError):  # whoever read it went away
        sys.stdout.flush()
    sys.stderr.write("siac: " + " ".join(message.split()) + "\n")
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run what was typed and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siac.config.settings")
    entry, rest = resolve(arguments)
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        return _help(arguments[1:])
    if arguments[0] in {"--version", "version"}:
        sys.stdout.write(f"siac {version('siac')}\n")
        return 0
    if entry is not None and entry.words == "verify" and _late("pack_check").is_asked(rest):
        return int(_late("pack_check").run(rest))
    if "--help" not in arguments and "-h" not in arguments:
        _check_owner(home())
        if entry is not None and entry.words == "serve":
            begin_again_with_settings()  # before keys are made or a server is started
    made = load_keys(home())
    try:
        return _run(entry, arguments, rest)
    except KeysLost:
        if made:  # keys that open nothing of what is there must not pass for the lost ones
            forget_keys(home())
        raise


def _check_owner(folder: Path) -> None:
    """Refuse to write as root into the folder of the user the services run as.

    Root has none of their settings either: it would begin a second, empty database beside theirs.

    Raises:
        Misconfigured: it is somebody else's.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not folder.exists():
        return
    if folder.stat().st_uid != 0:
        raise Misconfigured(
            f"{folder} es del usuario {_owner(folder)}: dé la "
            "orden como él y con los ajustes de los servicios, "
            "como dice «By hand» en docs/operate.md."
        )


def _owner(folder: Path) -> str:
    try:
        return folder.owner()
    except KeyError:  # a number that this machine has no name for
        return str(folder.stat().st_uid)


def _run(entry: Entry | None, arguments: list[str], rest: list[str]) -> int:
    if entry is not None and entry.words == "demo":
        return int(_late("demo").run(rest))
    with _database() as embedded:
        if entry is None:
            _django([*arguments])
            return 0
        return _own(entry, rest, embedded=embedded)


@contextlib.contextmanager
def _database() -> Any:
    """Hold the embedded server while the command runs; yield whether it is in use."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        yield False
        return
    # A polite end on SIGTERM, so that the server this command started goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with leased(home() / "postgres") as url:
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = as_application(url), url
        try:
            yield True
        finally:
            connection.close()


def _own(entry: Entry, rest: list[str], *, embedded: bool) -> int:
    with loading():
        django.setup()
    if embedded and entry.needs_tables and "--help" not in rest:
        prepare_if_pending()
    if entry.words != "setup" and "--help" not in rest:
        _late("key_check").check_keys()
    if entry.words in {"serve", "worker"}:
        os.environ.pop("DATABASE_OWNER_URL", None)  # they have no use for it, and should not know it
        return int(_late(entry.words).run(rest))
    name, *words = entry.command.split()
    # With a traceback Django hands a CommandError on to `main`, which says it as one line. Its checks of
    # models and addresses are `setup`'s to run: they load every page, a third of a short command's time.
    checks = [] if entry.words == "setup" else ["--skip-checks"]
    _django([name, "--traceback", *checks, *words, *rest], shown_as=entry.words)
    return 0


def prepare_if_pending() -> None:
    """Bring the database up to date when a migration is pending (about 50 ms when none is)."""
    with _late("roles").as_owner():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("setup_installation", verbosity=0, stdout=sys.stderr)


def _django(arguments: list[str], shown_as: str = "") -> None:
    utility = ManagementUtility(["siac", *arguments])
    if shown_as:
        utility.prog_name = f"siac {shown_as}".rsplit(" ", 1)[0] if " " in shown_as else "siac"
    if arguments[:1] in (["migrate"], ["createcachetable"], ["flush"]):
        django.setup()
        with _late("roles").as_owner():
            _late("key_check").check_keys()
            utility.execute()
        return
    utility.execute()


def _help(rest: list[str]) -> int:
    sys.stdout.write(overview() + "\n")
    os.environ.setdefault("DATABASE_URL", "postgresql:///siac")
    os.environ.setdefault("SECRET_KEY", "only-to-list-commands")
    django.setup()
    sys.stdout.write("\nÓrdenes de Django:\n")
    sys.stdout.write(ManagementUtility(["siac", "help"]).main_help_text(commands_only=False) + "\n")
    return 0
