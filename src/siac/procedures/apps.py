# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "siac.procedures"
    label = "procedures"
    verbose_name = "Trámites y productos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what procedures add to the wizard of registers, figures, pages and words."""
        import_module("siac.procedures.registration").register()
