# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from siac.config.key_check import check_keys, note_keys
from siac.config.roles import application_role, as_owner, grant_rows, one_at_a_time
from siac.config.setup_steps import SETUP_STEPS


class Command(BaseCommand):
    """Bring database, seeds and static files up to date; safe to run again."""

    help = "Prepara o actualiza la base de datos y los archivos estáticos."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the cache table, seed, let the application's role in, collect static files."""
        verbosity = options["verbosity"]
        with as_owner(), one_at_a_time():
            check_keys()
            call_command("migrate", interactive=False, verbosity=max(0, verbosity - 1), stdout=self.stdout)
            call_command("createcachetable", verbosity=0)
            note_keys()
            for path in SETUP_STEPS:
                import_string(path)()
            if role := application_role():
                grant_rows(role)
        if not settings.PLAIN_STATIC:
            call_command("collectstatic", interactive=False, verbosity=0)
        if verbosity:
            self.stdout.write("Base de datos y archivos estáticos al día.")
            call_command("first_run", stdout=self.stdout)
