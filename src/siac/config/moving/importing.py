# SPDX-License-Identifier: EUPL-1.2
"""Taking a body in: the file is read whole first, then its documents go into the store, then all rows go in
with one transaction or nothing does.

Rows go in as they are, so chains, roots and all that names a row by its number hold; what is sealed is sealed
under the key of this vault, what is signed is signed by this house. Before it commits, rows are held against
the manifest and against their body (`checking`), the journal is recomputed, and the ledger of erasures has
what it says of the body: a run that is killed behind the commit is finished by the same command again.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction

from siac.accounts.public import CarriedAccount, take_in_accounts
from siac.clocks.public import shared_calendars
from siac.config.moving.checking import check_rows, drop_filters, settle_numbers
from siac.config.moving.exporting import schema
from siac.config.moving.ledger import keep_lines, lines_here, sound_lines
from siac.config.moving.lines import lines_of
from siac.config.moving.loading import Loading
from siac.config.moving.locking import one_import
from siac.config.moving.package import ERASURES, FILE, FORM, HEAD, MANIFEST, TABLE, Part, Tally, parts_of
from siac.config.moving.storing import Say, StoredFiles
from siac.config.moving.tables import LAYERS, USERS, travelling_tables
from siac.config.moving.words import MovingError
from siac.documents.public import count_files, file_row_problems
from siac.journal.public import Report, history, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.public import (
    RESERVED_SLUGS,
    Institution,
    installed_slugs,
    institutions_of,
    note_configuration,
)
from siac.ui.public import refusal_text

_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}", re.ASCII)
_LARGEST_LEDGER = 64 << 20
_BROUGHT_IN = "organizations.institution_brought_in"
_REFUSED = (MovingError, Refused, IntegrityError, DataError)
"""What the same file would meet again; all else passes, and leaves the files for the next run."""
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)


@dataclass
class Package:
    """What a file says of itself, every byte of it read."""

    head: Mapping[str, Any]
    manifest: Mapping[str, Any]
    ledger: list[str]
    """Lines of the ledger of erasures, with the address of there."""

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(int(each["rows"]) for each in self.manifest["tables"].values())


@dataclass
class BroughtIn:
    """What came in."""

    institution: Institution
    rows: Mapping[str, int]
    files: int = 0
    entries: int = 0
    root: str = ""
    people_new: int = 0
    people_known: int = 0
    calendars: list[str] = field(default_factory=list)
    """Codes of shared calendars whose days are others here."""
    mail_domains: list[str] = field(default_factory=list)
    """Those that were the body's there: nobody made sure of them here yet."""


def examine(path: Path, key: bytes) -> Package:
    """Read a file whole and hold it against its manifest; nothing is changed.

    Raises:
        MovingError: the key is another one, a byte is not what it was, or it is of another version.
        OSError: it cannot be read.
    """
    with path.open("rb") as source:
        parts = parts_of(source, key)
        head, manifest = _head(next(parts)), {}
        found, ledger = Sums(), b""
        for part in parts:
            if part.name == MANIFEST:
                manifest = part.note()
            elif part.name == ERASURES:
                ledger = _whole(part)
                found.add(part)
            else:
                _read_through(part)
                found.add(part)
    _compare(manifest, found)
    lines = [line + b"\n" for line in lines_of([ledger])] if ledger else []
    return Package(head, manifest, sound_lines(lines, str(head["slug"])))


def _whole(part: Part) -> bytes:
    held = bytearray()
    for block in part.blocks:
        held += block
        if len(held) > _LARGEST_LEDGER:
            raise MovingError("El registro de borrados del archivo es demasiado grande; no se cambió nada.")
    return bytes(held)


@dataclass
class Sums:
    """What the parts of a file came to."""

    parts: dict[str, Tally] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    digest: Any = field(default_factory=sha256)

    def add(self, part: Part) -> None:
        """Count a part that was read through."""
        if part.name.startswith(FILE):
            self.files += 1
            self.size += part.tally.size
            self.digest.update(bytes.fromhex(part.tally.sha256))
        elif part.name in self.parts:
            raise MovingError(f"La parte «{part.name}» viene dos veces; no se cambió nada.")
        else:
            self.parts[part.name] = part.tally


def _compare(manifest: Any, found: Sums) -> None:
    try:
        told = {TABLE + name: Tally(**each) for name, each in manifest["tables"].items()}
        told[ERASURES] = Tally(**manifest[ERASURES])
        sums = (manifest["files"], manifest["file_bytes"], manifest["files_sha256"])
        int(manifest["missing"]), int(manifest["entries"]), str(manifest["root"])
    except (TypeError, KeyError, AttributeError, ValueError):
        raise MovingError("El inventario del archivo no se entiende; no se cambió nada.") from None
    if told != found.parts or sums != (found.files, found.size, found.digest.hexdigest()):
        raise MovingError("El archivo no trae lo que dice su inventario; no se cambió nada.")
    if set(told) != {ERASURES, *(TABLE + name for name in travelling_tables())}:
        raise MovingError("El archivo no trae las tablas de esta versión; no se cambió nada.")


def _read_through(part: Part) -> None:
    if not part.name.startswith((TABLE, FILE)):
        raise MovingError(f"El archivo trae una parte que nadie conoce: «{part.name}»; no se cambió nada.")
    if part.name.startswith(FILE) and not _KEY.fullmatch(part.name.removeprefix(FILE)):
        raise MovingError("El archivo trae un documento con un nombre que no puede ser; no se cambió nada.")
    for _ in part.blocks:
        pass


def _head(part: Part) -> Mapping[str, Any]:
    if part.name != HEAD:
        raise MovingError("El archivo no sigue la forma de un organismo exportado.")
    head: Mapping[str, Any] = part.note()
    try:
        if head["form"] > FORM:
            raise MovingError("El archivo lo hizo una versión más nueva de SIAC: instale esa versión.")
        if head["form"] < FORM:
            raise MovingError(
                "El archivo lo hizo una versión anterior de SIAC: actualícela y exporte de nuevo."
            )
        here, there = schema(), head["migrations"]
        if here != there:
            other = next(
                f"{app}.{there.get(app, '—')} / {here.get(app, '—')}"
                for app in sorted({*here, *there})
                if here.get(app) != there.get(app)
            )
            raise MovingError(
                f"El archivo es de SIAC {head['siac']}, con otra versión de las tablas ({other}):"
                " actualice las dos instalaciones a la misma versión y exporte de nuevo; no se cambió nada."
            )
        head["root"], int(head["body"]), str(head["slug"]), list(head["mail_domains"])
    except (TypeError, KeyError, AttributeError, ValueError):
        raise MovingError("La cabecera del archivo no se entiende; no se cambió nada.") from None
    return head


def arrived_before(package: Package) -> Institution | None:
    """Return the body of a file that came in from this very file: a run was killed behind its commit (2 SQL).
    None where the body is not here, or came last from another file: its journal tells of former houses too.
    """
    told = (package.manifest["root"], _made_at(package))
    for body in institutions_of([int(package.head["body"])]):
        entries = history(body.pk, f"institution:{body.pk}")
        came = [each.data for each in entries if each.kind == _BROUGHT_IN]
        if came and (came[-1].get("root"), came[-1].get("made_at")) == told:
            return body
    return None


def _made_at(package: Package) -> str:
    return str(package.head["made_at"])[:40]


def bring_in(path: Path, key: bytes, package: Package, *, slug: str, now: datetime, say: Say) -> BroughtIn:
    """Take in the body of a file that was examined, under the address `slug`.

    Raises:
        MovingError: the body, its address or its numbers are taken here, a row is not as it must be, or
            another run brings it in. What this run put into the store is taken away again.
        StoreAway, and whatever else ends it: what is in the store is found again by the next run.
    """
    body = int(package.head["body"])
    with one_import(body) as is_alone, closing(StoredFiles(say)) as files:
        _check_free(package, slug)
        try:
            with path.open("rb") as source:
                for part in parts_of(source, key):
                    if part.name.startswith(FILE):
                        files.put(part)
            say(f"Archivos en el almacén: {files.count}. Siguen las filas.")
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout = 0")
                    cursor.execute("SET LOCAL lock_timeout = 0")
                    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                return _bring_in(path, key, package, slug, now, say, files)
        except _REFUSED as error:
            _take_back(files, body, is_alone)
            if isinstance(error, MovingError):
                raise
            raise _refusal(error) from error


def _refusal(error: Exception) -> MovingError:
    if isinstance(error, Refused):
        return MovingError(f"{refusal_text(error)} No se cambió nada.")
    if isinstance(error, IntegrityError):
        return MovingError(_clash(error))
    return MovingError("Una fila del archivo no se entiende; no se cambió nada.")


def _take_back(files: StoredFiles, body: int, is_alone: Callable[[], bool]) -> None:
    """Delete what this run put of a body that was refused. Where another run may rely on it, or the body is
    there all the same, or nobody can say, all stays; what nobody knows is swept at night.
    """
    connection.close()
    try:
        if not is_alone() or institutions_of([body]):
            return
    except DatabaseError:
        return
    files.take_back()


def _check_free(package: Package, slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise MovingError("La dirección va en minúsculas, con números y guiones, y empieza por una letra.")
    if institutions_of([int(package.head["body"])]):
        raise MovingError(
            f"El organismo n.º {package.head['body']} ya está en esta instalación; no se cambió nada."
        )
    if slug in RESERVED_SLUGS:
        raise MovingError(f"«{slug}» es una dirección del sistema: elija otra con --as.")
    if slug in installed_slugs():
        raise MovingError(f"Aquí ya hay un organismo en «{slug}»: elija otra dirección con --as.")


def _clash(error: DatabaseError) -> str:
    told = getattr(error.__cause__, "diag", None)
    table, name = getattr(told, "table_name", None) or "?", getattr(told, "constraint_name", None) or "?"
    if name.endswith("_pkey"):
        return (
            f"Los números de {table} ya están ocupados en esta instalación: los dos organismos se abrieron"
            " antes de que cada instalación tuviera los suyos (docs/operate/moving.md). No se cambió nada."
        )
    return (
        f"Algo del archivo choca con lo que ya hay en esta instalación ({table}, {name}); no se cambió nada."
    )


def _bring_in(
    path: Path, key: bytes, package: Package, slug: str, now: datetime, say: Say, files: StoredFiles
) -> BroughtIn:
    head, body = package.head, int(package.head["body"])
    people = _people(head)
    users = take_in_accounts(people)
    calendars, differing = _calendars(head)
    loading = Loading(body, slug, key, {USERS: users, LAYERS: calendars})
    with path.open("rb") as source:
        for part in parts_of(source, key):
            if part.name.startswith(TABLE):
                loading.take(part)
            elif part.name.startswith(FILE):  # behind the rows, and in the store by now
                break
    if set(loading.rows) != set(travelling_tables()):
        raise MovingError("El archivo no sigue la forma de un organismo exportado.")
    files.check(body)
    _settle(
        loading, package, files, set(users.values()) | {each.id for each in people}, set(calendars.values())
    )
    say("Filas y archivos revisados. Se comprueba la bitácora.")
    report = _verified(body, package)
    data = {
        "root": report.last_root, "entries": report.entries, "from": str(head["slug"]),
        "made_at": _made_at(package),
    }  # fmt: skip
    note_configuration(body, _BROUGHT_IN, actor=None, now=now, data=data)
    # On disk before this commits, as those of every erasure: a line of a body that is not here does no harm.
    keep_lines(lines_here(package.ledger, slug), slug)
    known = sum(old != new for old, new in users.items())
    return BroughtIn(
        loading.institution, loading.rows, files.count, report.entries, report.last_root,
        len(users) - known, known, differing, [str(each)[:253] for each in head["mail_domains"]],
    )  # fmt: skip


def _settle(
    loading: Loading, package: Package, files: StoredFiles, people: set[int], calendars: set[int]
) -> None:
    with connection.cursor() as cursor:
        try:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as error:
            raise MovingError(_stray(error)) from error
    drop_filters(loading.body, loading.rows)
    check_rows(loading.body, loading.rows, people, calendars)
    if files.count + int(package.manifest["missing"]) != count_files(loading.body):
        raise MovingError("Faltan archivos de los que el organismo guarda; no se cambió nada.")
    settle_numbers(loading.body, loading.rows)


def _verified(body: int, package: Package) -> Report:
    report = verify_institution(body, package.head["root"], without=["files"])
    problems = [*report.problems, *islice(file_row_problems(body), 1)]  # bytes were read on their way in
    if problems:
        raise MovingError(f"La bitácora que trae el archivo no está íntegra: {problems[0]}")
    manifest = package.manifest
    if report.entries != manifest["entries"] or report.last_root != manifest["root"]:
        raise MovingError("La bitácora del archivo no es la que dice su inventario; no se cambió nada.")
    return report


def _stray(error: DatabaseError) -> str:
    told = getattr(error.__cause__, "diag", None)
    return (
        f"Una fila de {getattr(told, 'table_name', '?')} apunta a algo que no viene en el archivo;"
        " no se cambió nada."
    )


def _people(head: Mapping[str, Any]) -> list[CarriedAccount]:
    try:
        return [
            CarriedAccount(
                int(each["id"]), str(each["email"])[:254], str(each["name"])[:150], bool(each["is_active"]),
                datetime.fromisoformat(each["created_at"]), bool(each["is_barred"]),
            )
            for each in head["people"]
        ]  # fmt: skip
    except (KeyError, TypeError, ValueError):
        raise MovingError("Las cuentas del archivo no se entienden; no se cambió nada.") from None


def _calendars(head: Mapping[str, Any]) -> tuple[dict[int, int], list[str]]:
    """Return the shared calendars here of those there, by number, and the codes of those with other days."""
    there = {str(each["code"]): each for each in head["calendars"]}
    here = {each.code: each for each in shared_calendars(str(head["country"]))}
    ids = {int(each["id"]): here[code].id for code, each in there.items() if code in here}
    other = [code for code, each in there.items() if code not in here or here[code].digest != each["digest"]]
    return ids, sorted(other)
