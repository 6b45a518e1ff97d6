# SPDX-License-Identifier: EUPL-1.2
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.config.moving.importing import BroughtIn, Package, arrived_before, bring_in, examine
from siac.config.moving.ledger import lines_here
from siac.config.moving.words import MovingError
from siac.config.roles import as_owner
from siac.infra.retrying import StoreAway
from siac.journal.public import make_checkpoints


class Command(BaseCommand):
    help = (
        "Trae el organismo de ARCHIVO, con la clave que lo abre. Lee todo antes de cambiar algo; si algo"
        " falla no queda nada. Comprueba la bitácora y cuenta las cifras. Si se interrumpe, la misma orden"
        " sigue donde quedó."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare file, its key and the address here."""
        parser.add_argument("file", type=Path, metavar="ARCHIVO")
        parser.add_argument(
            "--key-from",
            type=Path,
            required=True,
            metavar="ARCHIVO",
            help="archivo con la clave del traslado",
        )
        parser.add_argument(
            "--as", dest="slug", metavar="DIRECCIÓN", help="otra dirección en el portal, aquí"
        )
        parser.add_argument("--root", metavar="HEX", default="", help="raíz que dijo la exportación")
        parser.add_argument("--check", action="store_true", help="solo lee el archivo entero y dice qué trae")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at the file, take the body in, count its figures."""
        path: Path = options["file"].expanduser().resolve()
        try:
            package, key = self._examine(path, options)
            if options["check"]:
                return
            here = arrived_before(package)
            if here is not None and options["slug"] in (None, here.slug):
                self._finish(here.slug, package)
                return
            slug = options["slug"] or str(package.head["slug"])
            with as_owner():
                found = bring_in(path, key, package, slug=slug, now=timezone.now(), say=self.stdout.write)
        except MovingError as error:
            raise CommandError(str(error)) from None
        except StoreAway:
            raise
        except OSError as error:
            raise CommandError(f"No se puede leer {error.filename or path}: {error.strerror}.") from None
        self._say(found, int(package.manifest["missing"]))
        self._complete(slug, package)

    def _finish(self, slug: str, package: Package) -> None:
        """Do what a run that was killed behind its commit left undone."""
        self.stdout.write(f"Ya está en /{slug}/, de este archivo: se termina lo que falta.")
        self._complete(slug, package)

    def _complete(self, slug: str, package: Package) -> None:
        """Seal, erase again and count: what may be done twice, and is done again after a run was killed."""
        make_checkpoints(timezone.now(), slug)
        if package.ledger:
            self._erase(lines_here(package.ledger, slug))
        with StringIO() as said:
            call_command("figures", "rebuild", institution=slug, verbosity=0, stdout=said)
        self.stdout.write("Cifras contadas de nuevo. Compruebe: siac verify --institution " + slug)

    def _examine(self, path: Path, options: dict[str, Any]) -> tuple[Package, bytes]:
        key = self._key(options["key_from"].expanduser())
        package = examine(path, key)
        head = package.head
        self.stdout.write(
            f"{head['name']} ({head['slug']}), del {head['made_at']}: {package.rows} filas,"
            f" {package.manifest['files']} archivos. El archivo está completo."
        )
        if options["root"] and options["root"].lower() != head["root"]:
            raise CommandError("La raíz del archivo no es la que usted indicó; no se cambió nada.")
        return package, key

    def _key(self, path: Path) -> bytes:
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError:
            key = b""
        if len(key) != 32:
            raise CommandError(f"{path} no es el archivo de una clave de traslado (64 cifras hexadecimales).")
        return key

    def _say(self, found: BroughtIn, missing: int) -> None:
        body = found.institution
        self.stdout.write(f"{body.name}: está en /{body.slug}/. Cada tabla trae las filas de su inventario:")
        for name, count in sorted(found.rows.items()):
            if count:
                self.stdout.write(f"  {name}: {count}")
        self.stdout.write(
            f"  archivos: {found.files}" + (f"; faltaban ya allá: {missing}" if missing else "")
        )
        self.stdout.write(
            f"  personas del equipo: {found.people_known} con cuenta aquí, {found.people_new} nuevas,"
            " sin clave todavía"
        )
        self.stdout.write(f"  bitácora íntegra: {found.entries} anotaciones, raíz {found.root}")
        for code in found.calendars:
            self.stdout.write(f"  ✗ El calendario {code} tiene aquí otros días, o no está: compárelo.")
        if found.mail_domains:
            self.stdout.write(
                f"  ✗ Dominios de correo que allá eran suyos: {', '.join(found.mail_domains)}. Compruebe"
                f" que lo son y agréguelos: siac sign-in domains {body.slug} add DOMINIO"
            )
        self.stdout.write(
            "Llegan apagados: casillas de correo, servidor de identidad, avisos a programas. No llegan:"
            " claves de programas. Vea docs/operate/moving.md."
        )

    def _erase(self, lines: list[str]) -> None:
        """Erase again what its ledger says; the ledger here has it since the rows are here."""
        with NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as ledger:
            ledger.writelines(lines)
            ledger.flush()
            call_command("erasures", "apply", ledger.name, stdout=self.stdout)
