# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "siac.programme"
    label = "programme"
    verbose_name = "Programa anual"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.programme.registration").register()
