# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "siac.processes"
    label = "processes"
    verbose_name = "Procesos guiados"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register rights, words and pages."""
        import_module("siac.processes.registration").register()
