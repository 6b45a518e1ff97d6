# SPDX-License-Identifier: EUPL-1.2
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from siac.config.key_check import check_keys, note_keys
from siac.config.roles import application_role, as_owner, grant_rows, one_at_a_time
from siac.config.setup_steps import SETUP_STEPS
from siac.infra.migrating import lean_migrations
from siac.infra.numbering import take_numbers

_STYLES = "ui/build/siac.css"


class Command(BaseCommand):
    """Bring database, seeds and static files up to date; safe to run again."""

    help = "Prepara o actualiza la base de datos y los archivos estáticos."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="solo dice qué migraciones faltan (código de salida 1) y no cambia nada",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the cache table, seed, let the application's role in, collect static files."""
        verbosity = options["verbosity"]
        if options["check"]:
            self._check()
            return
        if not settings.PLAIN_STATIC:
            _check_built()
        with as_owner(), one_at_a_time():
            check_keys()
            with lean_migrations():
                said = max(0, verbosity - 1)
                call_command("migrate", interactive=False, verbosity=said, stdout=self.stdout)
            call_command("createcachetable", verbosity=0)
            note_keys()
            take_numbers()  # before anything is seeded: each installation has a block of its own
            for path in SETUP_STEPS:
                import_string(path)()
            if role := application_role():
                grant_rows(role)
        if not settings.PLAIN_STATIC:
            call_command("collectstatic", interactive=False, verbosity=0)
        if verbosity:
            self.stdout.write("Base de datos y archivos estáticos al día.")
            call_command("first_run", stdout=self.stdout)

    def _check(self) -> None:
        """List the migrations that are not applied, and those applied that this
        version does not know: it is older.
        """
        with as_owner():
            executor = MigrationExecutor(connection)
            loader = executor.loader
            pending = [
                f"{migration.app_label}.{migration.name}"
                for migration, _ in executor.migration_plan(loader.graph.leaf_nodes())
            ]
            ours = {app for app, _ in loader.disk_migrations}
            unknown = [
                f"{app}.{name}"
                for app, name in sorted(loader.applied_migrations)
                if app in ours
                and (app, name) not in loader.disk_migrations
                and (app, name) not in _replaced(loader)
            ]
        for name in pending:
            self.stdout.write(f"falta: {name}")
        for name in unknown:
            self.stdout.write(f"de una versión más nueva: {name}")
        if pending or unknown:
            sys.exit(1)
        self.stdout.write("Nada pendiente.")


def _check_built() -> None:
    """Refuse, before anything is changed, a program without its styles and scripts: no page could be made.

    Raises:
        CommandError: they are missing, and how to come by them.
    """
    if finders.find(_STYLES) is None:
        raise CommandError(
            f"A este programa le faltan los estilos y los guiones ({_STYLES}). Instale el archivo que hace "
            "«make wheel», o dé «make assets» en la carpeta de las fuentes. No se cambió nada."
        )


def _replaced(loader: Any) -> set[tuple[str, str]]:
    """Return the migrations that squashed ones stand for: applied once, no longer on disk."""
    return {key for migration in loader.disk_migrations.values() for key in migration.replaces}
